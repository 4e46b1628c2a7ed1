"""Contract reviews: what waits for a decision, what was decided, and asking for one before there is an order."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST

from menling.catalogue.models import ContractReview
from menling.doorway.doing import find, open_new
from menling.doorway.offered import actions
from menling.doorway.reviewed import review_form, review_register
from menling.doorway.showing import loaded
from menling.journal.cases import visible_to
from menling.journal.models import Case
from menling.kinds import KINDS
from menling.procedures.contract_review import DESKS
from menling.web.answers import answered, asked
from menling.web.navigation import REVIEWING
from menling.web.session import StaffRequest, staff_page
from menling.web.sheets import sheet, span_of_month
from menling.web.steps import buttons

READERS = tuple(sorted(REVIEWING))
MOST, DONE_SHOWN, TEXTS = 100, 20, ("content", "price", "customer")


@staff_page(*READERS)
def listing(request: StaffRequest) -> HttpResponse:
    """List what waits for a decision, the oldest first, then what was decided last."""
    rows = _rows(request)
    waiting = rows.filter(case__closed_at__isnull=True).order_by("pk")[:MOST]
    return render(request, "web/roles/reviews.html", {
        "waiting": [(each, _buttons(request, each.case)) for each in waiting],
        "done": rows.filter(case__closed_at__isnull=False).order_by("-pk")[:DONE_SHOWN],
        "month": f"{localtime(request.now):%Y-%m}", "may_ask": request.actor.holds(request.office.pk, *DESKS),
    })  # fmt: skip


def _rows(request: StaffRequest) -> Any:
    seen = visible_to(request.actor).filter(office=request.office, kind="contract_review")
    return ContractReview.objects.filter(case__in=seen).select_related(
        "case", "case__office", "case__parent", "case__unit", "asked_by", "decided_by"
    )


def _buttons(request: StaffRequest, case: Case) -> Any:
    return buttons(actions(loaded(case), KINDS[case.kind], request.actor))


@require_POST
@staff_page(*READERS)
def ask(request: StaffRequest) -> HttpResponse:
    """Ask for the review of a wish no order was filed for yet."""
    body = {name: request.POST[name].strip() for name in TEXTS if request.POST.get(name, "").strip()}
    doing = partial(open_new, asked(request, body | {"office": request.office.pk}), "contract_review", "file")
    return answered(request, doing, lambda answer: reverse("web:reviews"), stays=False)


@staff_page(*READERS)
def month(request: StaffRequest, month: str, form: str) -> HttpResponse:
    """Return the contract reviews of a month as ``pdf`` or ``xlsx``."""
    begin, after = span_of_month(month, request.now)
    rows = _rows(request).filter(case__reported_at__gte=begin, case__reported_at__lt=after).order_by("pk")
    return sheet(review_register(request.office, month, list(rows)), form, f"{request.office.code}-reviews-{month}")


@staff_page()
def paper(request: StaffRequest, number: str, form: str) -> HttpResponse:
    """Return the form of one contract review."""
    review = loaded(find(request.actor, number, ("contract_review",)))
    return sheet(review_form(review), form, number)
