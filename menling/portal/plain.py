"""Refusals in a resident's words: no clause, no status, what to do next."""

from django.utils.translation import gettext

from menling.journal.facts import Malformed
from menling.kernel.refusal import Refused
from menling.kernel.words import Message, _

CHANGED = _("Something has changed meanwhile. This page now shows how things stand; please look again.")
BY_VERB = {
    "consent": _("The price is a different one now. Please look at it again before you agree."),
    "sign": _("You cannot sign at this moment. This page now shows how things stand."),
    "cancel": _("The worker has already begun, so the visit cannot be cancelled here. Please call us."),
    "report_public": _("This cannot be reported here now. Please call us."),
    "ask": _("A tax invoice cannot be asked for here now. Please call us."),
    "query_fee": _("Your question cannot be sent here now. Please call us, and we will explain the price."),
}
BY_KIND = {
    ("errand", "sign"): _("You cannot sign at this moment. This page now shows how things stand."),
    ("agreement", "skip"): _("This visit cannot be called off here any more. Please call us."),
}
BY_FIELD = {
    "name": _("Please sign in the box, or write your name."),
    "checked": _("Please compare goods and invoice first, then tick that both are right."),
    "signature": _("Your signature could not be read. Please draw it once more."),
    "rating": _("Please choose one to five stars."),
    "items": _("Please say which part is not in order."),
    "parts": _("The list of what was cleaned is a different one now. Please look at each part again."),
    "unseen": _("“{part}” is part of the cleaning as well. Please look at it, and say whether it is in order."),
    "reason": _("Please write a few words, so that we know what to do."),
    "question": _("Please write your question."),
    "place": _("Please write which place it is in a few words, such as 3栋电梯厅 or 地下车库."),
    "content": _("Please write what is wrong there."),
    "title": _("Please write whose name the invoice is made out to."),
    "tax_number": _("An invoice for a company needs its tax number: 15 to 20 figures and capital letters."),
    "email": _("This is no e-mail address. Please write it as name@example.com."),
    "drawn": _("Your signature could not be read. Please draw it once more."),
    "photo": _("Your signature could not be read. Please draw it once more."),
}


def refused(verb: str, refusal: Refused, kind: str) -> str:
    """Return what a resident reads instead of a refusal."""
    known = BY_FIELD.get(refusal.field) or BY_KIND.get((kind, verb)) or BY_VERB.get(verb, CHANGED)
    return Message(known, refusal.why.values).said_by(gettext)


def changed() -> str:
    """Return what a resident reads when the page was no longer true."""
    return gettext(CHANGED)


def malformed(error: Malformed) -> str:
    """Return what a resident reads when a form was not filled in."""
    known = (BY_FIELD.get(each["path"]) for each in error.errors)
    return gettext(next(filter(None, known), CHANGED))
