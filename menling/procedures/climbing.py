"""Whom an emergency that nobody acknowledged is called out to next (HC-5.2.5)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from menling.kernel.points import rule
from menling.kernel.roles import Role

LEADERS = (Role.CONTROL_CENTRE, Role.TEAM_LEAD, Role.OFFICE_MANAGER)
FIRST: dict[str, tuple[Role, ...]] = {
    "leaders": LEADERS, "foreman": (Role.TEAM_LEAD,), "control_centre": (Role.CONTROL_CENTRE,), "sent_worker": (),
}  # fmt: skip
"""Whom an office may call before the list while its crew is on shift; `sent_worker` is the one sent there."""
MOST_CALLS = 12
"""So often an emergency is called out after its report; then the board alone shows it."""
PUNCTUAL = 5
"""A call within a fifth of the office's minutes was made at its time; one made later has all its minutes from then on."""


@dataclass(frozen=True)
class Ladder:
    """Who may be called out: the ids of those `listed` for the day in order, the one who was `sent`, and the office's choice
    of who comes `first` while its crew is `on_shift`."""

    listed: tuple[int, ...] = ()
    on_shift: bool = False
    first: str = "leaders"
    sent: int | None = None


@dataclass(frozen=True)
class Turn:
    """One call: to these people by id and to the holders of these roles; `again` when it is everybody."""

    staff: tuple[int, ...] = ()
    roles: tuple[Role, ...] = ()
    again: bool = False


@rule("HC-5.2.5")
def next_turn(ladder: Ladder, called: Collection[int], told: Collection[str], last: bool = False) -> Turn:
    """Return whom the next call goes to: somebody who was not called yet; when nobody is left, and in the `last` call, all.

    While the crew is on shift, first whom the office chose, then the list one by one, then the leaders; with nobody on shift
    the list comes first. `called` are the people, `told` the roles that were called before.
    """
    everybody = Turn(ladder.listed, LEADERS, again=True)
    one_by_one = [Turn(staff=(each,)) for each in ladder.listed]
    leaders = Turn(roles=LEADERS)
    turns = [*_before_the_list(ladder), *one_by_one, leaders] if ladder.on_shift else [*one_by_one, leaders]
    for turn in [] if last else turns:
        if set(turn.staff) - set(called) or {role.value for role in turn.roles} - set(told):
            return turn
    return everybody


@rule("HC-5.2.5")
def next_time(armed_at: datetime, minutes: timedelta, level: int, last: datetime | None) -> datetime:
    """Return after when the next call may follow the one of a `level`, made at `last` where there was one.

    Calls keep to the office's `minutes` since the promise began; whoever was called late has them in full all the same.
    """
    planned = armed_at + minutes * (level + 1)
    if last is None or last <= armed_at + minutes * level + minutes / PUNCTUAL:
        return planned
    return max(planned, last + minutes)


def _before_the_list(ladder: Ladder) -> list[Turn]:
    sent = (ladder.sent,) if ladder.first == "sent_worker" and ladder.sent is not None else ()
    return [Turn(sent, FIRST[ladder.first])]
