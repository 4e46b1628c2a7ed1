"""One order: its five elements, what is promised, what can be done now, its money, its timeline."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from menling.doorway.bill import bill_of
from menling.doorway.doing import ORDERS, NotThere, act, find
from menling.doorway.language import said
from menling.doorway.offered import actions
from menling.doorway.showing import FACTS, event, loaded, told
from menling.journal.facts import Malformed
from menling.journal.models import Case
from menling.kernel.refusal import Refused
from menling.kinds import KINDS, cases_under
from menling.orders.grid import standing
from menling.orders.models import Order
from menling.procedures.adjustment import ASKERS as ADJUSTERS
from menling.web.acceptances import rounds
from menling.web.answers import asked, said_no
from menling.web.links import resident_page
from menling.web.passed_on import handed_on
from menling.web.session import StaffRequest, staff_page
from menling.web.steps import buttons
from menling.web.timeline import lines, waits_for
from menling.web.views.cleaning_papers import READERS as LIST_READERS

PLACES = {"referral": "web:referrals", "register_copy": "web:registers", "shift_handover": "web:shifts",
          "contract_review": "web:reviews", "handover": "web:finance", "commission_query": "web:commission",
          "commission_month": "web:commission", "batch": "web:pickups", "alarm_batch": "web:pickups",
          "refused_step": "web:refused_steps", "closing_sheet": "web:closing", "deposit": "web:deposits",
          "adjustment": "web:adjustments", "tax_invoice": "web:tax_invoices"}  # fmt: skip
"""Where cases are shown that have no page of their own, or one for few."""
PAGES = {"errand": "web:errand", "pad": "web:pad", "paper_inquiry": "web:pad", "coordination": "web:coordination",
         "call_order": "web:call", "agreement": "web:agreement", "fee_standard": "web:price_proposal",
         "cashier_day": "web:cashier_day"}  # fmt: skip
"""The pages of cases that are no orders: who is led there by a message may see the one case, and not the list."""


@never_cache
@staff_page()
def show(request: StaffRequest, number: str) -> HttpResponse:
    """Show an order; the number of its charge, settlement or handover leads to it as well."""
    case = find(request.actor, number)
    if case.kind not in ORDERS:
        return redirect(_place_of(request, case))
    order: Order = loaded(case)
    under = cases_under(case)
    money = [each for each in under if each.kind != "referral"]
    body = told(order, request.actor, request.now, money)
    body["status_title"] = said(standing(case))
    return render(request, "web/pages/order.html", {
        "case": case, "order": order, "body": body, "buttons": buttons(body["actions"], case.status),
        "may_reveal": any(each["verb"] == "reveal" for each in body["actions"]),
        "may_enter_signed": any(each["verb"] == "sign_on_paper" for each in body["actions"]),
        "promises": _promises(body["deadlines"]), "prompts": _prompts(body),
        "timeline": _timeline(request, order, body), "waits_for": waits_for(case) if case.closed_at is None else [],
        "bill": bill_of(order) if order.due else None, "money": [_money(request, each) for each in money],
        "handed_on": [handed_on(each, request.actor) for each in under if each.kind == "referral"],
        "has_message_slip": order.message_slips.exists(), **resident_page(request, body),
        "may_adjust": request.actor.holds(case.office_id, *ADJUSTERS),
        "may_print": request.actor.holds(case.office_id, *LIST_READERS),
        "open_verb": request.GET.get("do", ""), "rounds": rounds(body) if case.kind == "housekeeping" else [],
    })  # fmt: skip


def _place_of(request: StaffRequest, case: Case) -> str:
    if case.kind in PAGES:
        return reverse(PAGES[case.kind], args=[case.number])
    if case.parent is not None and case.parent.kind in ORDERS:
        return reverse("web:order", args=[case.parent.number])
    if case.kind in PLACES:
        return reverse(PLACES[case.kind])
    raise NotThere(case.number)


def _timeline(request: StaffRequest, order: Order, body: dict[str, Any]) -> list[dict[str, Any]]:
    """The events of the order, and when its team came for it: the pick-up is a case of its own (HS-4.1.1.3, HS-4.1.2.2)."""
    own = lines(order.case, body["events"], request.now)
    if order.batch is None:
        return own
    came = [event(row, request.actor) for row in order.batch.case.events.filter(verb="pick_up")]
    brought = [each | {"facts": each["facts"] | {"orders": None}} for each in came if each]
    both = own + lines(order.batch.case, brought, request.now)
    return sorted(both, key=lambda each: (each["happened_at"], each["id"]), reverse=True)


def _promises(deadlines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The running promises, the one that breaks first on top; then those that are over."""
    over = [each for each in deadlines if each["state"] in ("met", "met_late", "released")]
    running = sorted((each for each in deadlines if each not in over), key=lambda each: each["due_at"])
    return running + over[::-1]


def _prompts(body: dict[str, Any]) -> list[dict[str, Any]]:
    """The reminders of a desk whose moment it is."""
    return [each for each in body["prompts"] if each["screen"] == "desk" and called_for(each["group"], body["deadlines"])]


AT_STAKE = {"call_late": ("dispatch", "redispatch", "arrive", "appointment", "complete"), "time_refused": ()}
OWED = {"call_late": ("rebook",), "time_refused": ("rebook", "keep_time")}
"""The promises about which a reminder to telephone is shown: when one is about to break, or as long as the call is owed."""


def called_for(group: str, deadlines: list[dict[str, Any]]) -> bool:
    """Tell whether a reminder has its moment: calling about a delay waits for a delay (HS-4.3.1, EN-2.7)."""
    if group not in AT_STAKE:
        return True
    pressing = {each["key"] for each in deadlines if each["state"] in ("soon", "broken")}
    running = {each["key"] for each in deadlines if each["state"] in ("open", "soon", "broken", "passed")}
    return bool(pressing & set(AT_STAKE[group]) or running & set(OWED[group]))


def _money(request: StaffRequest, case: Case) -> dict[str, Any]:
    detail = loaded(case)
    return {
        "case": case,
        "facts": FACTS[case.kind](detail, request.actor),
        "buttons": buttons(actions(detail, KINDS[case.kind], request.actor)),
    }


@require_POST
@staff_page()
def reveal(request: StaffRequest, number: str) -> HttpResponse:
    """Show the resident's number in full to somebody who has to call; the look is put on record (MR-13)."""
    try:
        act(asked(request, {}), number, "reveal", ORDERS)
    except (Refused, Malformed) as problem:
        return said_no(request, problem)
    return JsonResponse({"phone": Order.objects.get(case__number=number).phone})
