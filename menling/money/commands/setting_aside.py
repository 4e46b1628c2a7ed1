"""Setting aside: what a statement shows and is none of ours leaves the list, on record in the cashier's day (MR-23)."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from menling.journal.take import take
from menling.journal.taken import Taken
from menling.kernel.actor import Actor
from menling.money.models import StatementLine
from menling.money.sheets import CashierDay
from menling.money.statements import locked_line
from menling.procedures.cashier_day import CASHIER_DAY
from menling.procedures.charge import line_used_once
from menling.procedures.statement_lines import not_set_aside, told_why_aside, was_set_aside

Steps = list[tuple[CashierDay, Taken]]
Words = Annotated[str, Field(max_length=300)]


def set_aside(day: CashierDay, *, by: Actor, at: datetime, line: int, reason: Words) -> Steps:
    """MR-23  A line is none of ours: it waits for nobody any more. No money moves; `line` is the key of the line.

    Errors: `Refused` 422 without a reason or for a line of another office, 409 for one that paid something or is aside.
    """
    row = CASHIER_DAY.step("set_aside", day.case.status, by.roles_in(day.case.office_id))
    told_why_aside(reason)
    found = locked_line(day.office_id, line)
    line_used_once(found.charge.case.number if found.charge else "")
    not_set_aside(found.aside_reason)
    return [(day, take(day, row, by=by, at=at, facts=_marked(found, at, by.id, reason.strip()) | {"reason": reason.strip()}))]


def take_up(day: CashierDay, *, by: Actor, at: datetime, line: int) -> Steps:
    """MR-23  A line that was set aside is looked at again: it is back on the list of what is matched with nothing."""
    row = CASHIER_DAY.step("take_up", day.case.status, by.roles_in(day.case.office_id))
    found = locked_line(day.office_id, line)
    reason = found.aside_reason
    was_set_aside(reason)
    return [(day, take(day, row, by=by, at=at, facts=_marked(found, None, None, "") | {"reason": reason}))]


def _marked(line: StatementLine, at: datetime | None, by: int | None, reason: str) -> dict[str, Any]:
    line.aside_at, line.aside_by_id, line.aside_reason = at, by, reason
    line.save(update_fields=["aside_at", "aside_by", "aside_reason"])
    return {"line": line.pk, "account": line.account, "trade": line.trade, "amount": line.amount, "payer": line.payer}
