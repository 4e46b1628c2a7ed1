"""Deposits and prepayments: what is held for whom, taking one, one of them, and its receipt."""

from functools import partial
from typing import Any

from django.db.models import F, Sum
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from menling.doorway.doing import find, open_new
from menling.doorway.given_papers import deposit_slip
from menling.doorway.labels import LABELS
from menling.doorway.showing import loaded
from menling.journal.cases import visible_to
from menling.kernel.money import ZERO
from menling.money.given import Deposit
from menling.procedures.adjustment_rules import WAYS
from menling.procedures.deposit import FINANCE, PURPOSES, READERS
from menling.web.answers import answered, asked
from menling.web.session import StaffRequest, staff_page
from menling.web.templatetags.show import choice_word, clock, yuan
from menling.web.views.adjustments import Shown, money_page, money_slip

MOST, DONE_SHOWN = 300, 30
FIELDS = ("unit", "payer", "amount", "purpose", "method", "agreement")


@staff_page(*READERS)
def listing(request: StaffRequest) -> HttpResponse:
    """Show what is held, the oldest first, with its sum, and what was given back last; finance takes a new one here."""
    cases = visible_to(request.actor).filter(kind="deposit", office=request.office)
    rows = Deposit.objects.filter(case__in=cases).select_related("case", "case__parent", "case__unit")
    held = rows.filter(case__closed_at__isnull=True)
    left = held.aggregate(left=Sum(F("amount") - F("used") - F("kept") - F("returned")))["left"]
    return render(request, "web/roles/deposits.html", {
        "held": held.order_by("case__reported_at", "pk")[:MOST], "left": left or ZERO,
        "done": rows.filter(case__closed_at__isnull=False).order_by("-pk")[:DONE_SHOWN],
        "may_take": request.actor.holds(request.office.pk, *FINANCE), "purposes": PURPOSES, "ways": WAYS,
        "agreement": request.GET.get("agreement", ""),
    })  # fmt: skip


@require_POST
@staff_page(*FINANCE)
def take_in(request: StaffRequest) -> HttpResponse:
    """Take one."""
    body: dict[str, Any] = {name: text for name in FIELDS if (text := request.POST.get(name, "").strip())}
    return answered(request, partial(open_new, asked(request, body | {"office": request.office.pk}), "deposit", "take_in"),
                    lambda answer: reverse("web:deposit", args=[answer.body["number"]]), stays=False)  # fmt: skip


@staff_page(*READERS)
def one(request: StaffRequest, number: str) -> HttpResponse:
    """Show one: for what, how much of it is left, what can be done, the timeline."""
    case = find(request.actor, number, ("deposit",))
    row: Deposit = loaded(case)
    title = f"{choice_word('purpose', row.purpose)} {yuan(row.amount)}"
    return money_page(request, case, _said(row, request), title, reverse("web:deposit_slip", args=[number]),
                      reverse("web:deposits"))  # fmt: skip


def _said(row: Deposit, request: StaffRequest) -> Shown:
    amounts = (
        ("used", _("Used by visits"), row.used), ("kept", _("Kept"), row.kept), ("returned", _("Given back"), row.returned),
        ("left", _("Left"), row.left),
    )  # fmt: skip
    told = (
        ("payer", row.payer),
        ("purpose", choice_word("purpose", row.purpose)), ("amount", yuan(row.amount)),
        ("method", choice_word("method", row.method)), ("reason", row.reason), ("paid_to", row.returned_to),
    )  # fmt: skip
    back = f"{choice_word('method', row.returned_how)} {clock(row.returned_at, request.now)}" if row.returned_at else ""
    return [
        *((_(LABELS[name]), words) for name, words in told if words),
        *((title, yuan(amount)) for name, title, amount in amounts if amount or name == "left"),
        *([(_("Given back by"), back)] if back else []),
        (_("Cashier"), f"{row.taken_by.name} {clock(row.case.reported_at, request.now)}"),
    ]


@staff_page(*READERS)
def slip(request: StaffRequest, number: str) -> HttpResponse:
    """Return the receipt of a deposit, or the slip of its return."""
    case = find(request.actor, number, ("deposit",))
    return money_slip(deposit_slip(loaded(case), case.unit.code if case.unit else ""), number)
