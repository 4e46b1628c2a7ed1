"""The rules of a slip on its way to a home: seen once, put off only with an apology."""

from datetime import datetime, timedelta

from menling.kernel.points import rule
from menling.kernel.refusal import Refused
from menling.kernel.words import _
from menling.procedures.acceptance import lead_of_all_orders
from menling.procedures.housekeeping_policy import HousekeepingPolicy
from menling.procedures.housekeeping_rules import agreed_time
from menling.procedures.repair_policy import RepairPolicy


@rule("MR-42")
def something_to_see(*, first: bool, seen: bool) -> None:
    """A slip is acknowledged once, and once more after each change or cancellation; nothing is seen for a second time."""
    if not first and seen:
        raise Refused("MR-42", _("This was acknowledged already, and nothing has changed since. There is nothing more to do."))


@rule("HS-4.3.1", "EN-2.2")
def apologised_for(*, late: bool, apologised: bool, called_back: bool = False) -> None:
    """A visit that was reported late gets a new time only with an apology to the resident, whoever agrees it.

    So does one whose worker was `called_back` while nobody else was sent, which is said as it is.
    """
    if late and not apologised:
        why = CALLED_BACK if called_back else REPORTED_LATE
        raise Refused("HS-4.3.1", why, status=422, field="apologised")


def sets_out(visit_at: datetime | None, now: datetime, policy: RepairPolicy) -> bool:
    """Tell whether somebody who took an order on is on the way to it by now: a while before the appointment, that is (EN-2.4)."""
    return visit_at is None or visit_at - now <= timedelta(minutes=policy.sets_out)


def lead_kept(
    reported_at: datetime, agreed: datetime | None, visit_at: datetime, urgency: str, override_reason: str, policy: RepairPolicy
) -> None:
    """A visit brought forward too begins as long after the report as the first had to, or says why it is urgent (HS-4.1.1.2): a
    booking is not made for the afternoon to be moved to at once.

    `agreed` is the time until now, which kept the lead or said why not: what is put off has nothing to say again. Why the time
    is another one is no reason why it is so soon.
    """
    if agreed is None or visit_at >= agreed:
        return
    if isinstance(policy, HousekeepingPolicy):
        agreed_time(reported_at, visit_at, urgency, override_reason, policy)
    else:
        lead_of_all_orders(reported_at, visit_at, urgency, override_reason, policy)


REPORTED_LATE = _("This visit was reported late. Apologise to the resident, agree the new time and record that you did.")
CALLED_BACK = _(
    "The worker of this visit was called back. Apologise to the resident, agree the new time and record that you did."
)
