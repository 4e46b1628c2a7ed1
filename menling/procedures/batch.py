"""A pick-up batch: the agreed orders somebody of the team comes for at 8:00 and 13:30 (HS-4.1.1.3)."""

from enum import StrEnum

from menling.kernel.points import rule
from menling.kernel.procedure import Clock, Procedure, Step
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role as R
from menling.kernel.words import _
from menling.procedures.housekeeping_clocks import picked_up


class Status(StrEnum):
    """Where a batch is."""

    NEW = "new"
    PREPARED = "prepared"
    PICKED_UP = "picked_up"


S = Status
TEAM = frozenset({R.HOUSEKEEPER, R.TEAM_LEAD})
DESK = frozenset({R.SERVICE_DESK, R.SERVICE_DESK_SUPERVISOR})

BATCH = Procedure(
    kind="batch",
    title=_("Pick-up batch"),
    statuses=Status,
    ends=frozenset({S.PICKED_UP}),
    steps=(
        Step(("HS-4.1.1.3",), "prepare", frozenset({S.NEW}), S.PREPARED, DESK | {R.SYSTEM}),
        Step(("HS-4.1.1.3",), "pick_up", frozenset({S.PREPARED}), S.PICKED_UP, TEAM | DESK),
    ),
    clocks=(
        Clock(("HS-4.1.1.3",), "pick_up", _("somebody of the team has come for the orders"), frozenset({"prepare"}),
              frozenset({"pick_up"}), picked_up, frozenset(), frozenset({R.TEAM_LEAD, R.SERVICE_DESK})),
    ),
)  # fmt: skip
BATCH.titles = {S.PREPARED: _("waiting to be picked up"), S.PICKED_UP: _("picked up")}
BATCH.verbs = {"prepare": _("Prepare"), "pick_up": _("Sign for the orders")}


@rule("HS-4.1.1.3")
def collected_by(own: bool, named: str) -> None:
    """Who came for the orders is on record: of the team whoever signs; the desk names who stood there."""
    if not own and not named.strip():
        raise Refused("HS-4.1.1.3", _("Please enter the work number of who came."), status=422, field="collector")


@rule("HS-4.1.1.3")
def something_to_pick_up(orders: int) -> None:
    """A batch is prepared where orders wait; nobody is sent for an empty one."""
    if not orders:
        raise Refused("HS-4.1.1.3", _("No agreed order waits for the team."))
