"""The pick-up of alarm orders: engineering comes to the service desk for the slips at 9:00 and 13:30 (HS-4.1.2.2)."""

from enum import StrEnum

from menling.kernel.points import rule
from menling.kernel.procedure import Clock, Procedure, Step
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role as R
from menling.kernel.words import _
from menling.procedures.housekeeping_clocks import picked_up


class Status(StrEnum):
    """Where a pick-up is."""

    NEW = "new"
    PREPARED = "prepared"
    PICKED_UP = "picked_up"


S = Status
TEAM = frozenset({R.ENGINEERING_CREW, R.TEAM_LEAD})
DESK = frozenset({R.SERVICE_DESK, R.SERVICE_DESK_SUPERVISOR})

ALARM_BATCH = Procedure(
    kind="alarm_batch",
    title=_("Pick-up of home alarms"),
    statuses=Status,
    ends=frozenset({S.PICKED_UP}),
    steps=(
        Step(("HS-4.1.2.2",), "prepare", frozenset({S.NEW}), S.PREPARED, DESK | {R.SYSTEM}),
        Step(("HS-4.1.2.2",), "pick_up", frozenset({S.PREPARED}), S.PICKED_UP, TEAM | DESK),
    ),
    clocks=(
        Clock(("HS-4.1.2.2",), "pick_up", _("somebody of engineering has come for the slips"), frozenset({"prepare"}),
              frozenset({"pick_up"}), picked_up, frozenset(), frozenset({R.TEAM_LEAD, R.SERVICE_DESK})),
    ),
)  # fmt: skip
ALARM_BATCH.titles = {S.PREPARED: _("waiting to be picked up"), S.PICKED_UP: _("picked up")}
ALARM_BATCH.verbs = {"prepare": _("Prepare"), "pick_up": _("Sign for the orders")}


@rule("HS-4.1.2.2")
def collected_by(own: bool, named: str) -> None:
    """Who came for the slips is on record: of engineering whoever signs; the desk names who stood there."""
    if not own and not named.strip():
        raise Refused("HS-4.1.2.2", _("Please enter the work number of who came."), status=422, field="collector")


@rule("HS-4.1.2.2")
def something_to_pick_up(orders: int) -> None:
    """A pick-up is prepared where slips wait; nobody is sent for none."""
    if not orders:
        raise Refused("HS-4.1.2.2", _("No alarm order waits for engineering."))
