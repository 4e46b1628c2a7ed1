"""The pick-ups: a team's appointed person comes to the service desk for what waits (HS-4.1.1.3, HS-4.1.2.2)."""

from dataclasses import dataclass
from enum import StrEnum

from menling.kernel.points import rule
from menling.kernel.procedure import Asks, Clock, Procedure, Step
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role as R
from menling.kernel.words import Message, _
from menling.procedures import alarm, housekeeping
from menling.procedures.alarm_policy import AlarmPolicy
from menling.procedures.housekeeping_clocks import picked_up
from menling.procedures.housekeeping_policy import HousekeepingPolicy
from menling.procedures.pickup_policy import PickupPolicy


class Status(StrEnum):
    """Where a pick-up is."""

    NEW = "new"
    PREPARED = "prepared"
    PICKED_UP = "picked_up"


S = Status
DESK = frozenset({R.SERVICE_DESK, R.SERVICE_DESK_SUPERVISOR})


@dataclass(frozen=True)
class Team:
    """Who comes for which orders: its name, its people, the kind and status of what waits for it, its figures and words.

    `clause` gives it its hours; `told` hear that something lies ready, in the words of `ready`.
    """

    name: str
    clause: str
    roles: frozenset[R]
    kind: str
    waits: StrEnum
    policy: type[PickupPolicy]
    batch: str
    title: str
    promise: str
    told: tuple[R, ...]
    ready: str
    stranger: str
    nothing: str


CLEANING = Team(
    "housekeeping", "HS-4.1.1.3", frozenset({R.HOUSEKEEPER, R.TEAM_LEAD}), "housekeeping", housekeeping.Status.AGREED,
    HousekeepingPolicy, "batch", _("Pick-up batch"), _("somebody of the team has come for the orders"), (R.TEAM_LEAD,),
    _("{number}: {count} orders wait for the team to be picked up."),
    _("{worker} is not of the housekeeping team. Please enter who came."), _("No agreed order waits for the team."),
)  # fmt: skip
ENGINEERING = Team(
    "engineering", "HS-4.1.2.2", frozenset({R.ENGINEERING_CREW, R.TEAM_LEAD}), "alarm", alarm.Status.ACCEPTED,
    AlarmPolicy, "alarm_batch", _("Pick-up of home alarms"), _("somebody of engineering has come for the slips"),
    (R.TEAM_LEAD, R.ENGINEERING_CREW), _("{number}: {count} alarm slips wait at the service desk for engineering."),
    _("{worker} is not of engineering. Please enter who came."), _("No alarm order waits for engineering."),
)  # fmt: skip
TEAMS = {team.batch: team for team in (CLEANING, ENGINEERING)}
"""The teams that come for their orders, by the kind of their pick-ups."""
WAITS = {team.kind: team.waits for team in TEAMS.values()}
"""The status in which an order of a team lies until somebody is sent, by its kind."""
PICKED_UP = Message(_("picked up, nobody sent yet"))
"""How it stands with an order that waits no more to be picked up, and of which the team has sent nobody yet."""


def _procedure(team: Team) -> Procedure:
    made = Procedure(
        kind=team.batch,
        title=team.title,
        statuses=Status,
        ends=frozenset({S.PICKED_UP}),
        steps=(
            Step((team.clause,), "prepare", frozenset({S.NEW}), S.PREPARED, DESK | {R.SYSTEM}),
            Step((team.clause,), "pick_up", frozenset({S.PREPARED}), S.PICKED_UP, team.roles | DESK),
        ),
        clocks=(
            Clock((team.clause,), "pick_up", team.promise, frozenset({"prepare"}), frozenset({"pick_up"}), picked_up,
                  frozenset(), frozenset({R.TEAM_LEAD, R.SERVICE_DESK})),
        ),
    )  # fmt: skip
    made.titles = {S.PREPARED: _("waiting to be picked up"), S.PICKED_UP: _("picked up")}
    made.verbs = {"prepare": _("Prepare"), "pick_up": _("Sign for the orders")}
    made.asks = {"pick_up": Asks(sometimes=("collector",))}
    return made


BATCH = _procedure(CLEANING)
ALARM_BATCH = _procedure(ENGINEERING)


@rule("HS-4.1.1.3", "HS-4.1.2.2")
def collected_by(own: bool, named: str, clause: str) -> None:
    """Who came is on record: of the team whoever signs; the desk names who stood there."""
    if not own and not named.strip():
        raise Refused(clause, _("Please enter the work number of who came."), status=422, field="collector")


@rule("HS-4.1.1.3", "HS-4.1.2.2")
def of_this_team(held: frozenset[R], number: str, team: Team) -> None:
    """Somebody of another crew does not sign for the orders of a team: that person is named, and asked who came instead."""
    if not held & team.roles:
        raise Refused(team.clause, team.stranger, status=422, worker=number[:40], field="collector")


@rule("HS-4.1.1.3", "HS-4.1.2.2")
def something_to_pick_up(orders: int, team: Team) -> None:
    """A pick-up is prepared where something waits; nobody is sent for nothing."""
    if not orders:
        raise Refused(team.clause, team.nothing)
