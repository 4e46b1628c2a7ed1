"""How long a filed slip is kept (EN-D.2)."""

from datetime import date

from menling.kernel.calendars import years_after
from menling.kernel.points import rule
from menling.kernel.refusal import Refused
from menling.kernel.words import _
from menling.procedures.repair_policy import RepairPolicy


@rule("EN-D.2")
def keep_until(filed_on: date, paid: bool, policy: RepairPolicy) -> date:
    """Return the last day a filed slip must be kept: two years when paid, one when free, from the filing date."""
    return years_after(filed_on, policy.paid_years if paid else policy.free_years)


@rule("EN-D.2")
def kept_long_enough(keep_to: date, today: date) -> None:
    """A slip is not destroyed before its time."""
    if today <= keep_to:
        raise Refused("EN-D.2", _("This slip must be kept until {day}. It can be destroyed after that."), day=keep_to)
