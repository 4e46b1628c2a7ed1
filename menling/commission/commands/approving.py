"""The commission of a month is approved: from then on its sheets stay as they are (MR-51)."""

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from menling.commission.models import CommissionMonth
from menling.journal.cases import open_case
from menling.journal.take import take
from menling.journal.taken import Taken
from menling.kernel.actor import Actor
from menling.policies.values import values_for
from menling.premises.models import Office
from menling.procedures import commission as rules
from menling.procedures.commission import COMMISSION_MONTH, MonthStatus

Steps = list[tuple[CommissionMonth, Taken]]
Month = Annotated[str, Field(pattern=r"^20\d\d-(0[1-9]|1[0-2])$")]


def approve(office: Office, *, by: Actor, at: datetime, month: Month) -> Steps:
    """MR-51  The manager approves the commission of a month (2026-10) that is over; what differs later is a line of another."""
    row = COMMISSION_MONTH.step("approve", MonthStatus.NEW, by.roles_in(office.pk))
    values = values_for(office, at)
    today = values.calendar.local(at).date()
    meant = date.fromisoformat(f"{month}-01")
    rules.month_over(meant, today)
    approved = CommissionMonth(office=office, month=meant, kept=True)
    approved.case = open_case("commission_month", office, at, year=today.year)
    approved.values = values
    approved.save(force_insert=True)
    return [(approved, take(approved, row, by=by, at=at, facts={"month": month}))]
