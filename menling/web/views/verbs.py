"""One verb of a case: its form, and taking it."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from menling.catalogue.labour import jobs_of
from menling.catalogue.offers import housekeeping_items, repair_items
from menling.doorway.doing import NotThere, act, find
from menling.doorway.doubtful import in_words
from menling.doorway.showing import loaded
from menling.doorway.uploading import may_upload
from menling.journal.facts import Malformed
from menling.journal.files import keep_image
from menling.journal.models import Case
from menling.kernel.refusal import Refused
from menling.orders.candidates import candidates
from menling.orders.housekeeping.items import items_of
from menling.policies.values import values_for
from menling.premises.models import Staff
from menling.tracking.commands.steps import trackers
from menling.web.answers import answered, asked, said_no
from menling.web.departments import with_departments
from menling.web.emergencies import with_duties
from menling.web.fields import Field, read_facts_of
from menling.web.labels import CHOICES
from menling.web.session import StaffRequest, staff_page
from menling.web.steps import Button, button, described


@staff_page()
def step(request: StaffRequest, number: str, verb: str) -> HttpResponse:
    """GET: the form of a verb. POST: take the step."""
    case = find(request.actor, number)
    action = described(case, verb, request.actor)
    if action is None:
        raise NotThere(verb)
    if request.method == "POST":
        return _take(request, case, button(action | {"on_behalf": "source" in request.POST}), action.get("asks"))
    made = with_duties(button(action, _known(case, verb)), case, request.GET.get("duty", ""))
    return _form(request, case, with_departments(made, request))


def _known(case: Case, verb: str) -> dict[str, str]:
    if verb == "change":
        order = loaded(case)
        return {"content": order.content, "requirements": order.requirements}
    return {}


def _form(request: StaffRequest, case: Case, made: Button) -> HttpResponse:
    context: dict[str, Any] = {"case": case, "button": made, "then": request.GET.get("then", ""), "next": _next(request, case)}
    widgets = {field.widget for field in made.fields}
    if widgets & {"worker", "crew"}:
        order = loaded(case)
        found = candidates(order, request.now)
        context |= {"candidates": found, "asks_trade": any(each.fitting for each in found), "sent": _sent(case)}
    if "parts" in widgets:
        context["parts"] = items_of(loaded(case))
    if "items" in widgets:
        offered = housekeeping_items if case.kind == "housekeeping" else repair_items
        context["items"] = offered(case.office, case.reported_at)
    if "worked" in widgets:
        context["jobs"] = jobs_of(loaded(case).quote)
    if "tracker" in widgets:
        context["trackers"] = trackers(case.office, localtime(request.now).date())
    return render(request, "web/parts/step_form.html" if request.htmx else "web/pages/step.html", context)


def _sent(case: Case) -> set[str]:
    """The work numbers of those who were sent."""
    return set(Staff.objects.filter(pk__in=case.crew).values_list("number", flat=True)) if case.crew else set()


def _take(request: StaffRequest, case: Case, made: Button, question: dict[str, Any] | None = None) -> HttpResponse:
    zone = values_for(case.office, request.now).calendar.zone
    try:
        body = read_facts_of(request.POST, made.fields, request.now, zone) | _photographs(request, case, made.fields)
    except (Refused, Malformed) as problem:
        return said_no(request, problem)
    if question:
        body |= _answer(request, question)
        if (
            request.htmx
            and question["fact"] not in body
            and (words := in_words(question, body.get("happened_at") or request.now))
        ):
            return render(request, "web/parts/question.html", _asking(question, words))
    doing = partial(act, asked(request, body), case.number, made.verb)
    done = _("{number}: {step}, done.").format(number="{number}", step=made.title)
    return answered(request, doing, lambda answer: _next(request, case), done)


def _answer(request: StaffRequest, question: dict[str, Any]) -> dict[str, Any]:
    given = request.POST.get(question["fact"], "")
    return {question["fact"]: given} if given else {}


def _asking(question: dict[str, Any], words: str) -> dict[str, Any]:
    """A question as it stands beside the button: the step is taken with the answer that goes along with the next press."""
    titles = CHOICES[question["fact"]]
    return {"words": words, "fact": question["fact"], "answers": [(each, _(titles[each])) for each in question["answers"]]}


def _photographs(request: StaffRequest, case: Case, fields: tuple[Field, ...]) -> dict[str, Any]:
    named = next((field.name for field in fields if field.widget == "photos"), "")
    files = request.FILES.getlist(named) if named else []
    if files:
        may_upload(case, request.actor)
    kept = [keep_image(case, each.read(), "photo", by=request.actor, at=request.now).digest for each in files]
    if not kept:
        return {}
    return {named: kept[0] if named == "photo" else kept}


def _next(request: StaffRequest, case: Case) -> str:
    asked_for = request.POST.get("next") or request.GET.get("next") or ""
    if asked_for and url_has_allowed_host_and_scheme(asked_for, {request.get_host()}, request.is_secure()):
        return asked_for
    return reverse("web:order", args=[case.number])
