"""The rules of home alarms. They take values, never models, never the clock; each raises `Refused` or returns a figure."""

from datetime import datetime
from decimal import ROUND_CEILING, Decimal

from menling.kernel.points import rule
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role
from menling.kernel.words import Message, _
from menling.procedures.alarm_policy import AlarmPolicy
from menling.procedures.repair_rules import ELEMENTS, desk_assigns_too

SERVICE_DESK = frozenset({Role.SERVICE_DESK, Role.SERVICE_DESK_SUPERVISOR})
TAKERS = {"service_desk": SERVICE_DESK, "office": SERVICE_DESK | {Role.OFFICE_MANAGER}}
RESULTS = {
    "satisfied": _("satisfied"), "quality_problem": _("problem of quality"), "not_satisfied": _("not satisfied"),
}  # fmt: skip
"""What a spot check may find."""
JOBS = {"activation": _("open the alarm"), "relocation": _("move the alarm"), "repair": _("repair the alarm")}


@rule("HS-3.1")
def takers(policy: AlarmPolicy) -> frozenset[Role]:
    """Return the roles that take home alarms in this office: the service desk, and the manager where the office says so."""
    return TAKERS[policy.taker]


@rule("HS-3.4")
def performers() -> frozenset[Role]:
    """Return the roles that go to a home alarm: engineering's crew, nobody else."""
    return frozenset({Role.ENGINEERING_CREW})


@rule("HS-4.1.2.2")
def assigners(policy: AlarmPolicy) -> frozenset[Role]:
    """Return the roles that choose who goes: the leader of the team; the desk too where the office says so (CF-41)."""
    return frozenset({Role.TEAM_LEAD}) | (SERVICE_DESK if desk_assigns_too(policy) else frozenset())


def acting(roles: frozenset[Role], policy: AlarmPolicy) -> frozenset[Role]:
    """Return `roles` with those added that somebody has on alarm orders of this office."""
    held = roles | {Role.SERVICE_DESK} if roles & takers(policy) else roles
    return held | {Role.ASSIGNER} if roles & assigners(policy) else held


@rule("HS-3.1")
def filed_at_the_right_desk(roles: frozenset[Role], policy: AlarmPolicy) -> None:
    """Only the desk that owns home alarms makes the order; everybody else passes it on."""
    if not roles & takers(policy):
        raise Refused(
            "HS-3.1", _("Home alarms are taken by the service desk. Please pass it on with what you have typed."), status=403
        )  # fmt: skip


@rule("HS-4.1.2.1")
def registered(facts: dict[str, str], job: str) -> None:
    """The alarm register names home, customer and what is wanted: opened, moved or repaired."""
    for name, text in facts.items():
        if not text:
            raise Refused("HS-4.1.2.1", _("Please fill in the alarm register: {missing}."), status=422, field=name,
                          missing=Message(ELEMENTS[name]))  # fmt: skip
    if job not in JOBS:
        raise Refused("HS-4.1.2.1", _("Please choose: is the alarm to be opened, moved or repaired?"), status=422, field="job")


@rule("HS-4.1.2.1")
def time_agreed(visit_at: datetime | None) -> None:
    """A time is agreed with the resident before the order is registered."""
    if visit_at is None:
        raise Refused("HS-4.1.2.1", _("Please agree a time with the resident and enter it."), status=422, field="visit_at")


@rule("HS-4.1.2.3")
def signed_off_by_collector(by: int, collector: int | None) -> None:
    """Who collected the slip signs it off at the service desk, and nobody in that person's place."""
    if by != collector:
        raise Refused(
            "HS-4.1.2.3", _("Somebody else collected this slip. Who collected it signs it off at the service desk."), status=403
        )  # fmt: skip


POOR = frozenset({"quality_problem", "not_satisfied"})


@rule("HS-4.1.2.3")
def found_by_check(result: str, remark: str) -> str:
    """Return what is not in order after a spot check, empty where all is well; a bad result says what it is."""
    if result not in POOR:
        return ""
    if not remark.strip():
        raise Refused("HS-4.1.2.3", _("Please write what is not in order."), status=422, field="remark")
    return remark.strip()


MOST_SMALL, MOST_MIDDLE = 100, 300


@rule("HS-4.1.2.3")
def spot_checks_due(finished: int, policy: AlarmPolicy) -> int:
    """Return how many of the finished orders of a month are checked at least, rounded up.

    The paper gives no rate: without one of the office's own those of the return visits hold (HC-5.5.2): 30% up to 100,
    20% up to 300, 10% above.
    """
    tier = 30 if finished <= MOST_SMALL else 20 if finished <= MOST_MIDDLE else 10
    share = policy.spot_check_pct or Decimal(tier)
    return int((finished * share / 100).to_integral_value(ROUND_CEILING))
