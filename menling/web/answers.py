"""One step from a form: carried out and gone on from, or refused beside the button that was pressed."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect, trigger_client_event

from menling.doorway.doing import Asked, KeyMissing
from menling.doorway.language import said
from menling.doorway.unreadable import unreadable
from menling.journal.facts import Malformed
from menling.journal.perform import Answer
from menling.kernel.refusal import Refused
from menling.web.session import StaffRequest

Doing = Callable[[], Answer]


def asked(request: StaffRequest, body: Mapping[str, Any]) -> Asked:
    """Return a step as it came from a form: the key hidden in it makes two presses one."""
    return Asked(request.actor, request.POST.get("key", ""), request.now, body)


def answered(request: StaffRequest, doing: Doing, after: Callable[[Answer], str], done: str = "",
             stays: bool = True) -> HttpResponse:  # fmt: skip
    """Carry out a step and go on to `after`; what is refused or cannot be read is said beside the button.

    A form that says ``then=stay`` stays on its page unless the step cannot (`stays`): the page hears `stepTaken` with
    the sentence `done` and looks anew. Elsewhere the sentence stands on the page it goes on to.
    """
    try:
        answer = doing()
    except (Refused, Malformed, KeyMissing) as problem:
        return said_no(request, problem)
    sentence = done.format(number=answer.body["number"]) if done else ""
    if request.htmx and stays and request.POST.get("then") == "stay":
        return trigger_client_event(HttpResponse(status=204), "stepTaken", {"done": sentence})
    if sentence and not answer.repeated:
        messages.success(request, sentence)
    return HttpResponseClientRedirect(after(answer)) if request.htmx else redirect(after(answer))


def said_no(request: StaffRequest, problem: Refused | Malformed | KeyMissing) -> HttpResponse:
    """Return a refusal: what, which clause, what next, and the field to go back to."""
    told = told_no(problem)
    template = "web/parts/refusal.html" if request.htmx else "web/pages/refused.html"
    return render(request, template, told, status=told["status"])


def told_no(problem: Refused | Malformed | KeyMissing) -> dict[str, Any]:
    """Return what stands beside the button: `why` in words, `clause_id` and `field` where there are any, and the status."""
    if isinstance(problem, Refused):
        return {"why": said(problem.why), "clause_id": problem.clause, "field": problem.field, "status": problem.status}
    if isinstance(problem, KeyMissing):
        return {"why": _("This page is too old to send from. Please reload it; what you typed is kept."), "status": 400}
    why = " ".join(dict.fromkeys(unreadable(each) for each in problem.errors))
    return {"why": why, "field": problem.errors[0]["path"].split(".")[0], "status": 422}
