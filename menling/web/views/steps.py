"""One step of a case from a button in a list."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from menling.doorway.doing import act
from menling.doorway.language import said
from menling.journal.perform import Answer
from menling.procedures import PROCEDURES
from menling.web.answers import answered, asked
from menling.web.session import StaffRequest, staff_page

NO_FACTS = frozenset({"csrfmiddlewaretoken", "key", "next", "then"})


@require_POST
@staff_page()
def take(request: StaffRequest, number: str, verb: str) -> HttpResponse:
    """Carry out a step with the fields of a form, and go back to the page it came from."""
    body = facts_sent(request.POST)

    def doing() -> Answer:
        answer = act(asked(request, body), number, verb)
        title = said(PROCEDURES[answer.body["kind"]].verb_title(verb))
        if not answer.repeated:
            messages.success(request, _("{number}: {step}, done.").format(number=number, step=title))
        return answer

    return answered(request, doing, lambda answer: back(request))


def facts_sent(sent: QueryDict) -> dict[str, Any]:
    """Return what a form says: what was left empty is absent, ``count:100`` is the 100 of the fact `count`."""
    body: dict[str, Any] = {}
    for name in sent:
        fact, many, part = name.partition(":")
        text = sent.get(name, "").strip()
        if not text or name in NO_FACTS:
            continue
        if many:
            body.setdefault(fact, {})[part] = text
        else:
            body[name] = text
    return body


def back(request: StaffRequest) -> str:
    """Return the address of the page a form came from; another site's address leads to the start."""
    named = request.POST.get("next", "")
    return named if url_has_allowed_host_and_scheme(named, {request.get_host()}, request.is_secure()) else "/"
