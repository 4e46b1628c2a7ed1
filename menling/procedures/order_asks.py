"""What the steps of an order ask for beyond what their commands cannot do without: of every kind, and of some."""

from collections.abc import Mapping
from typing import Any

from menling.kernel.procedure import Asks
from menling.procedures.closing_sheet import TIME_AND_PLAN, WORK_DONE


def time_and_plan(status: str, _terms: Mapping[str, Any]) -> frozenset[str]:
    """HS-4.3.4  Why an order is not signed off is said of an unfinished one with the time and the plan."""
    return frozenset() if status in WORK_DONE else TIME_AND_PLAN


ON_ORDERS: dict[str, Asks] = {
    "explain": Asks(by_case=time_and_plan),
    "carry_over": Asks(("next_at",)),
    "delay": Asks(("can_come_at",)),
    "note": Asks(("text",)),
    "change": Asks(sometimes=("content", "requirements", "phone")),
    "quote": Asks(sometimes=("items", "amount", "description")),
    "warn": Asks(sometimes=("answers",)),
    "move": Asks(sometimes=("override_reason",)),
    "dispatch": Asks(sometimes=("override_reason",)),
}
"""Steps that every kind of order has."""
ON_REPAIRS: dict[str, Asks] = {
    **ON_ORDERS,
    "coordinate": Asks(("tracker",)),
    "draw_material": Asks(("slip", "name")),
    "add_material": Asks(sometimes=("name", "code", "stock_price", "reason")),
    "check_off": Asks(sometimes=("reason",)),
    "dispatch": Asks(sometimes=("release", "override_reason")),
    "reassign": Asks(sometimes=("release", "override_reason")),
}
"""Steps of a repair."""
CHECKED: dict[str, Asks] = {**ON_ORDERS, "spot_check": Asks(sometimes=("remark",))}
"""Steps of an order whose quality is checked on the spot."""
