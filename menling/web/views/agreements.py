"""Home service agreements: those of the office, one of them, drawing one up, its paper."""

from functools import partial
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from menling.agreements.days import missed
from menling.agreements.models import Agreement
from menling.doorway.agreement_papers import agreement_facts, names_in_words, when_in_words
from menling.doorway.doing import act, find, open_new
from menling.doorway.showing import loaded, shown
from menling.doorway.uploading import may_upload
from menling.journal.cases import visible_to
from menling.journal.files import keep_image
from menling.journal.models import Case
from menling.journal.perform import Answer
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role
from menling.money.waiting import prepaid_of
from menling.premises.crew import employed
from menling.printing.agreement_sheet import agreement_pdf
from menling.procedures.agreement import DESK, LIVING, READERS, UNSIGNED, Status
from menling.web.answers import answered, asked, said_no
from menling.web.links import resident_page
from menling.web.session import StaffRequest, staff_page
from menling.web.sheets import as_pdf
from menling.web.steps import buttons
from menling.web.timeline import lines

KIND = ("agreement",)
TEXTS = ("unit", "customer", "phone", "content", "scope", "target", "requirements", "begin", "until", "clock", "every_weeks",
         "month_day", "minutes", "price", "per")  # fmt: skip
FORMS = frozenset({"change", "assign", "sign_on_paper"})
"""Steps with a form of their own on the page."""
MOST, DONE_SHOWN = 300, 20


@staff_page(*READERS)
def listing(request: StaffRequest) -> HttpResponse:
    """List the agreements of the office: what waits for a signature, those in force, those that ended."""
    rows = visible_to(request.actor).filter(kind="agreement", office=request.office).select_related("agreement", "unit")
    waiting = list(rows.filter(closed_at__isnull=True).order_by("agreement__until", "pk")[:MOST])
    groups = [
        (_("To be signed"), [(each, when_in_words(each.agreement)) for each in waiting if each.status in UNSIGNED]),
        (_("In force"), [(each, when_in_words(each.agreement)) for each in waiting if each.status in LIVING]),
    ]
    return render(request, "web/roles/agreements.html", {
        "groups": groups, "missed": missed(request.actor, request.office, MOST),
        "done": rows.filter(closed_at__isnull=False).order_by("-last_at")[:DONE_SHOWN],
        "may_draft": request.actor.holds(request.office.pk, *DESK), **_form(request, None, request.GET.get("unit", "")),
    })  # fmt: skip


def _form(request: StaffRequest, row: Agreement | None, unit: str = "") -> dict[str, Any]:
    """What the form of an agreement needs: its days of the week and its people, with what is written already."""
    people = employed(request.office.pk, Role.HOUSEKEEPER, localtime(request.now).date()).order_by("number")
    return {
        "row": row, "unit_text": row.unit.code if row else unit,
        "weekdays": [(key + 1, title, row is not None and key + 1 in row.weekdays) for key, title in WEEKDAYS.items()],
        "people": [(each.number, each.name, row is not None and each.pk in row.crew) for each in people],
    }  # fmt: skip


@staff_page(*READERS)
def one(request: StaffRequest, number: str) -> HttpResponse:
    """Show one agreement: what is agreed, what can be done now, its visits, its promises and its timeline."""
    case = find(request.actor, number, KIND)
    body, row = shown(case, request.actor, request.now), loaded(case)
    may = {each["verb"] for each in body["actions"]}
    return render(request, "web/roles/agreement.html", {
        "case": case, "body": body, "when": when_in_words(row), "names": names_in_words(row), "may": may,
        "buttons": buttons([each for each in body["actions"] if each["verb"] not in FORMS], case.status),
        "promises": [each for each in body["deadlines"] if each["state"] not in ("met", "met_late", "released")],
        "timeline": lines(case, body["events"], request.now), "running": case.status in LIVING,
        "paid_by_month": row.per == "month", "to_sign": case.status == Status.SIGNED_HERE, "prepaid": prepaid_of(case),
        "may_prepay": request.actor.holds(case.office_id, Role.FINANCE) and case.closed_at is None,
        "open_verb": request.GET.get("do", ""), **_form(request, row), **resident_page(request, body),
    })  # fmt: skip


def _typed(sent: QueryDict) -> dict[str, Any]:
    """Return what the form of an agreement says; the days of the week and the people as they are ticked."""
    said: dict[str, Any] = {name: text for name in TEXTS if (text := str(sent.get(name, "")).strip())}
    return said | {
        "weekdays": sent.getlist("weekdays"), "workers": sent.getlist("workers"), "holidays": "holidays" in sent,
    }  # fmt: skip


@require_POST
@staff_page(*DESK)
def draft(request: StaffRequest) -> HttpResponse:
    """Draw up an agreement."""
    body = _typed(request.POST) | {"office": request.office.pk}
    doing = partial(open_new, asked(request, body), "agreement", "draft")
    return answered(request, doing, _page, _("{number}: drawn up"), stays=False)


def _page(answer: Answer) -> str:
    return reverse("web:agreement", args=[answer.body["number"]])


@require_POST
@staff_page(*READERS)
def change(request: StaffRequest, number: str) -> HttpResponse:
    """Write an agreement anew while it is being drawn up."""
    body = {name: value for name, value in _typed(request.POST).items() if name != "unit"}
    return _step(request, number, "change", body)


@require_POST
@staff_page(*READERS)
def assign(request: StaffRequest, number: str) -> HttpResponse:
    """Name other people from now on."""
    return _step(
        request, number, "assign", {"workers": request.POST.getlist("workers"), "reason": request.POST.get("reason", "")}
    )


@require_POST
@staff_page(*READERS)
def signed_on_paper(request: StaffRequest, number: str) -> HttpResponse:
    """Put the sheet the resident signed on file: its picture and the name under it (HC-5.1.5)."""
    case, sheet = find(request.actor, number, KIND), request.FILES.get("scan")
    try:
        may_upload(case, request.actor)
        kept = keep_image(case, sheet.read(), "photo", by=request.actor, at=request.now).digest if sheet else ""
    except Refused as problem:
        return said_no(request, problem)
    return _step(request, number, "sign_on_paper", {"scan": kept, "name": request.POST.get("name", "")})


def _step(request: StaffRequest, number: str, verb: str, body: dict[str, Any]) -> HttpResponse:
    return answered(request, partial(act, asked(request, body), number, verb, KIND), _page, _("{number}: done"), stays=False)


@staff_page(*READERS)
def paper(request: StaffRequest, number: str) -> HttpResponse:
    """The agreement on paper, to be signed by hand or as it was signed."""
    case: Case = find(request.actor, number, KIND)
    return as_pdf(agreement_pdf(agreement_facts(loaded(case))), number)
