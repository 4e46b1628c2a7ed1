"""An order with another department, as its resident follows it: with whom, by when they answer, what they said (MR-39)."""

from datetime import datetime

from django.utils.translation import gettext

from menling.doorway.customer import hiding
from menling.doorway.departments import department_name
from menling.doorway.language import clock_time
from menling.journal.models import Case, Event
from menling.kernel.words import _
from menling.orders.models import Referral
from menling.orders.referred import promised, referral_of
from menling.portal.tracking import News, Stage

ANSWERED = ("heard", "answered")
SORRY = _("We are sorry. We keep asking, and tell you as soon as we know.")


def news(case: Case, now: datetime) -> News:
    """Return what the department does about it, in the resident's words."""
    referral = referral_of(case)
    who, status = department_name(referral.department), referral.case.status
    answer = hiding(case.office, now)(referral.reason)
    if status in ANSWERED:
        return News(gettext("An answer came from {department}").format(department=who), answer)
    if status == "closed":
        return News(
            gettext("It cannot be done by {department}").format(department=who), gettext("Why: {reason}").format(reason=answer)
        )
    return _waiting(referral, who, now)


def _waiting(referral: Referral, who: str, now: datetime) -> News:
    due = promised(referral.case)
    if due is None or due.broken_at is not None or due.due_at < now:
        return News(gettext("There is no answer from {department} yet").format(department=who), gettext(SORRY), True)
    text = gettext("They answer by {time}. We follow it up, and tell you what they say.").format(time=clock_time(due.due_at, now))
    return News(gettext("It is with {department} now").format(department=who), text)


def stages(case: Case, events: list[Event], now: datetime) -> list[Stage]:
    """Return the track of what was handed on: reported, with the department, answered."""
    referral = referral_of(case)
    told = next((each.happened_at for each in referral.case.events.filter(verb="answer").order_by("-pk")[:1]), None)
    answered = referral.case.status in ANSWERED
    gone = next((each.happened_at for each in reversed(events) if each.verb == "hand_on"), None)
    at = gettext("With {department}").format(department=department_name(referral.department))
    return [
        Stage(gettext("Registered"), "done", clock_time(case.reported_at, now)),
        Stage(at, "now" if referral.case.closed_at is None and not answered else "done", clock_time(gone, now) if gone else ""),
        Stage(gettext("Answered"), "done" if answered else "ahead", clock_time(told, now) if told and answered else ""),
    ]
