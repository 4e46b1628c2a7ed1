"""What a reader sees of an order of the call department and of a shift hand-over."""

from typing import Any

from menling.calls.models import CallOrder
from menling.kernel.actor import Actor
from menling.procedures.call_order import CALLERS, DESK
from menling.shifts.models import ShiftHandover


def call_order(call: CallOrder, by: Actor) -> dict[str, Any]:
    """Return the facts of an order of the call department; the customer's phone is for who has to call."""
    calls = by.holds(call.case.office_id, *CALLERS, *DESK)
    return {
        "customer": call.customer, "phone": call.phone if calls else "", "unit": call.unit_text,
        "content": call.content, "wanted": call.wanted, "urgent": call.urgent, "visit_at": call.visit_at,
        "answer_day": call.answer_day, "called_back_at": call.called_back_at, "question": call.question,
        "accepted_by": call.accepted_by, "call_again_at": call.call_again_at, "outcome": call.outcome, "told": call.told,
        "became": call.became.number if call.became else None, "group": call.group,
        "passed_to": list(call.case.children.filter(kind="call_order").values_list("number", flat=True)),
    }  # fmt: skip


def shift_handover(shift: ShiftHandover, by: Actor) -> dict[str, Any]:
    """Return the facts of a hand-over: who gives, who takes, and what is open."""
    return {
        "giver": {"number": shift.giver.number, "name": shift.giver.name},
        "taker": {"number": shift.taker.number, "name": shift.taker.name} if shift.taker else None,
        "open_orders": shift.open_orders, "late_orders": shift.late_orders, "envelopes": shift.envelopes, "keys": shift.keys,
        "radios": shift.radios, "remarks": shift.remarks, "given_at": shift.given_at, "answer": shift.answer,
    }  # fmt: skip
