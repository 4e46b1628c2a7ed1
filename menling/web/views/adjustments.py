"""Refunds, waivers, discounts and damage made good: what is to be decided and paid, one of them, and its slip."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from menling.doorway.doing import NotThere, find, open_new
from menling.doorway.given_papers import adjustment_slip
from menling.doorway.labels import LABELS
from menling.doorway.showing import loaded, shown
from menling.journal.cases import visible_to
from menling.money.given import Adjustment
from menling.policies.values import values_for
from menling.printing.money_slip import MoneySlipFacts, money_slip_pdf
from menling.procedures.adjustment import ASKERS, READERS, Status
from menling.procedures.adjustment_rules import SORTS, AdjustmentPolicy, limit_of
from menling.web.answers import answered, asked
from menling.web.session import StaffRequest, staff_page
from menling.web.sheets import as_pdf
from menling.web.steps import buttons
from menling.web.templatetags.show import choice_word, clock, yuan
from menling.web.timeline import lines

DONE_SHOWN, MOST = 30, 200
RELATED = ("case", "case__parent", "case__unit", "asked_by", "charge__case")
FIELDS = ("order", "sort", "amount", "reason")
Shown = list[tuple[str, str]]


@staff_page(*READERS)
def listing(request: StaffRequest) -> HttpResponse:
    """Show what is to be decided, what is to be paid out and what was done last, with the form to ask for more."""
    cases = visible_to(request.actor).filter(kind="adjustment", office=request.office)
    rows = Adjustment.objects.filter(case__in=cases).select_related(*RELATED)
    waiting = list(rows.filter(case__closed_at__isnull=True).order_by("case__reported_at", "pk")[:MOST])
    policy = values_for(request.office, request.now).policy(AdjustmentPolicy)
    roles = request.actor.roles_in(request.office.pk)
    return render(request, "web/roles/adjustments.html", {
        "groups": [
            (_("Waits for a decision"), [each for each in waiting if each.case.status == Status.REQUESTED]),
            (_("To be paid out"), [each for each in waiting if each.case.status == Status.APPROVED]),
        ],
        "done": rows.filter(case__closed_at__isnull=False).order_by("-pk")[:DONE_SHOWN], "may_ask": bool(roles & ASKERS),
        "order": request.GET.get("order", ""), "sorts": SORTS, "limit": limit_of(roles, policy), "policy": policy,
    })  # fmt: skip


@require_POST
@staff_page(*ASKERS)
def ask(request: StaffRequest) -> HttpResponse:
    """Ask for one."""
    body: dict[str, Any] = {name: request.POST.get(name, "").strip() for name in FIELDS} | {"office": request.office.pk}
    return answered(request, partial(open_new, asked(request, body), "adjustment", "request"),
                    lambda answer: reverse("web:adjustment", args=[answer.body["number"]]), stays=False)  # fmt: skip


@staff_page(*READERS)
def one(request: StaffRequest, number: str) -> HttpResponse:
    """Show one: how much of which order, why, who asked, decided and paid, what can be done, the timeline."""
    case = find(request.actor, number, ("adjustment",))
    row: Adjustment = loaded(case)
    paper = reverse("web:adjustment_slip", args=[number]) if row.paid_at else ""
    return money_page(request, case, said_of(row, request), f"{choice_word('sort', row.sort)} {yuan(row.amount)}", paper,
                      reverse("web:adjustments"))  # fmt: skip


def said_of(row: Adjustment, request: StaffRequest) -> Shown:
    """Return what an adjustment says, as (name, words), without what is not known."""
    told = (
        ("sort", choice_word("sort", row.sort)), ("amount", yuan(row.amount)), ("item", row.item), ("reason", row.reason),
        ("charge", row.charge.case.number if row.charge else ""), ("receipt", row.charge.receipt if row.charge else ""),
        ("decision", row.decision), ("method", choice_word("method", row.method)), ("paid_to", row.paid_to),
    )  # fmt: skip
    people = (
        (_("Asked for by"), row.asked_by.name), (_("Approved or not by"), row.decided_by.name if row.decided_by else ""),
        (_("Paid out by"), f"{row.paid_by.name} {clock(row.paid_at, request.now)}" if row.paid_by else ""),
    )  # fmt: skip
    return [(_(LABELS[name]), words) for name, words in told if words] + [each for each in people if each[1]]


def money_page(request: StaffRequest, case: Any, told: Shown, title: str, paper: str, listed: str) -> HttpResponse:
    """Return the page of a case of money: what it says, its steps, its promises, its timeline and its paper."""
    body = shown(case, request.actor, request.now)
    return render(request, "web/roles/money_case.html", {
        "case": case, "body": body, "title": title, "told": told, "paper": paper, "listed": listed,
        "buttons": buttons(body["actions"]), "here": request.path,
        "promises": [each for each in body["deadlines"] if each["state"] not in ("met", "met_late", "released")],
        "timeline": lines(case, body["events"], request.now),
    })  # fmt: skip


@staff_page(*READERS)
def slip(request: StaffRequest, number: str) -> HttpResponse:
    """Return the slip of what was paid out, for the resident to sign."""
    case = find(request.actor, number, ("adjustment",))
    return money_slip(adjustment_slip(loaded(case), case.unit.said if case.unit else ""), number)


def money_slip(facts: MoneySlipFacts | None, number: str) -> HttpResponse:
    """Return a slip as it is printed. Errors: `NotThere` where no money has moved yet."""
    if facts is None:
        raise NotThere(number)
    return as_pdf(money_slip_pdf(facts), number)
