"""A written procedure as a table: steps with who, from where and to where; clocks with what is promised and by when."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum
from functools import partial
from typing import Any

from menling.kernel.calendars import OfficeCalendar
from menling.kernel.points import register
from menling.kernel.refusal import Refused
from menling.kernel.roles import WORKERS, Role
from menling.kernel.words import Message, _

ANOTHERS = _("This order is assigned to somebody else. Ask the desk to reassign it first.")
NOBODYS = _("Nobody is sent on this order. Send who went, with the true time, then write this step down.")


@dataclass(frozen=True)
class Step:
    """One row of the procedure: `verb` leads from one of `before` to `after` (None: the status stays) by `roles`.

    `own` steps belong to the person the case is assigned to. The first clause is the one shown.
    """

    clauses: tuple[str, ...]
    verb: str
    before: frozenset[StrEnum]
    after: StrEnum | None
    roles: frozenset[Role]
    own: bool = False


def nothing_more(_status: str, _terms: Mapping[str, Any]) -> frozenset[str]:
    """Return that how a case stands makes no fact of a step needed."""
    return frozenset()


@dataclass(frozen=True)
class Asks:
    """The facts a step is refused without, though its command takes them empty so that the refusal names the clause.

    `always` whatever the case; `sometimes` depending on what else is written; `by_case` returns those that the status and
    the terms of the case call for.
    """

    always: tuple[str, ...] = ()
    sometimes: tuple[str, ...] = ()
    by_case: Callable[[str, Mapping[str, Any]], frozenset[str]] = nothing_more

    def needed(self, status: str, terms: Mapping[str, Any]) -> frozenset[str]:
        """Return the facts that are asked for of a case that stands like this."""
        return frozenset(self.always) | self.by_case(status, terms)


NOTHING_ASKED = Asks()


@dataclass(frozen=True)
class Due:
    """When a promise breaks (`at`), and the earlier moment that was aimed at, if there is one. `counted` is False for a
    target that is shown but never counted as broken."""

    at: datetime
    target: datetime | None = None
    counted: bool = True


@dataclass(frozen=True)
class Moment:
    """What a clock may know when it is started: the instant, the policy of the case, the office's calendar and `terms`."""

    at: datetime
    policy: Any
    calendar: OfficeCalendar
    terms: dict[str, Any]


@dataclass(frozen=True)
class Clock:
    """A promise: started by a verb of `starts`, kept by one of `until`, let go by one of `drops`.

    `due` returns None when the promise does not apply to this case. `alerts` are the roles told when it breaks. A verb of
    `shifts` moves a running promise to the instant `later` answers, where that is later than its own. One that `climbs` is
    called out to the next person each time its length has passed again, until it is kept. Where several have to take the
    step that keeps it, `whole` tells whether this was the last of them.
    """

    clauses: tuple[str, ...]
    key: str
    promise: str
    starts: frozenset[str]
    until: frozenset[str]
    due: Callable[[Moment], Due | None]
    drops: frozenset[str] = frozenset()
    alerts: frozenset[Role] = frozenset()
    shifts: frozenset[str] = frozenset()
    later: Callable[[Moment], datetime | None] = field(default=lambda _moment: None)
    climbs: bool = False
    whole: Callable[[Moment], bool] = field(default=lambda _moment: True)


@dataclass
class Procedure:
    """The table of one kind of case. The steps of the roles of `away` may be written down by a desk or a foreman (MR-3).

    `asks` says by verb which facts a step needs beyond those its command cannot do without.
    """

    kind: str
    title: str
    statuses: type[StrEnum]
    steps: tuple[Step, ...]
    clocks: tuple[Clock, ...] = ()
    ends: frozenset[StrEnum] = frozenset()
    titles: dict[str, str] = field(default_factory=dict)
    verbs: dict[str, str] = field(default_factory=dict)
    away: frozenset[Role] = WORKERS
    asks: Mapping[str, Asks] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for step in self.steps:
            register("step", f"{self.kind}.{step.verb}", step.clauses, partial(self._without_step, step))
        for clock in self.clocks:
            register("clock", f"{self.kind}.{clock.key}", clock.clauses, partial(self._without_clock, clock))

    def _without_step(self, row: Step, clause: str) -> None:
        self.steps = tuple(step for step in self.steps if step is not row)

    def _without_clock(self, row: Clock, clause: str) -> None:
        self.clocks = tuple(clock for clock in self.clocks if clock is not row)

    def rows(self, verb: str) -> list[Step]:
        """Return the rows of a verb; refuse a verb this procedure does not know."""
        rows = [step for step in self.steps if step.verb == verb]
        if not rows:
            raise Refused("MR-5", _("There is no such step here: {verb}."), status=404, verb=verb)
        return rows

    def asks_of(self, verb: str) -> Asks:
        """Return what a verb asks for beyond what its command cannot do without."""
        return self.asks.get(verb, NOTHING_ASKED)

    def clause_of(self, verb: str, status: str) -> str:
        """Return the clause a verb is shown under at a status, or wherever it is possible. Errors: as `rows`."""
        rows = self.rows(verb)
        return next((row for row in rows if status in row.before), rows[0]).clauses[0]

    def step(self, verb: str, status: str, roles: Iterable[Role], *, assigned: bool = True, sent: bool = True) -> Step:
        """Return the row that lets somebody with `roles` take `verb` at `status`.

        `sent` tells whether anybody has the case at all.
        Errors: `Refused` 403 with the clause when the role may not, or the case is somebody else's or nobody's; 409 when the case
        is not at that point.
        """
        allowed = self.may_take(verb, roles)
        mine = [step for step in allowed if assigned or not step.own]
        if not mine:
            raise Refused("MR-2", ANOTHERS if sent else NOBODYS, status=403)
        for step in mine:
            if status in step.before:
                return step
        raise Refused(
            mine[0].clauses[0],
            _("“{verb}” is not possible now: this is at “{now}”. It is possible at: {statuses}."),
            verb=self.verb_title(verb),
            now=self.status_title(status),
            statuses=tuple(self.status_title(before) for step in mine for before in sorted(step.before)),
        )

    def may_take(self, verb: str, roles: Iterable[Role]) -> list[Step]:
        """Return the rows of a verb that somebody with `roles` may take at all. Errors: `Refused` 403 with the clause."""
        rows = self.rows(verb)
        held = frozenset(roles)
        allowed = [step for step in rows if step.roles & held]
        if not allowed:
            raise Refused(
                rows[0].clauses[0],
                _("“{verb}” is not yours to do. It is done by: {roles}. Please pass it on to them."),
                status=403,
                verb=self.verb_title(verb),
                roles=tuple(Message(ROLE_TITLES[role]) for role in sorted(rows[0].roles)),
            )
        return allowed

    def open_steps(self, status: str, roles: Iterable[Role], *, assigned: bool) -> list[Step]:
        """Return the rows open now to somebody with `roles`, in the order of the table, one per verb."""
        held = frozenset(roles)
        rows: dict[str, Step] = {}
        for step in self.steps:
            if status in step.before and step.roles & held and (assigned or not step.own):
                rows.setdefault(step.verb, step)
        return list(rows.values())

    def verb_title(self, verb: str) -> Message:
        """Return the name of a verb as it stands on a button."""
        return Message(self.verbs.get(verb, verb))

    def status_title(self, status: str) -> Message:
        """Return the name of a status as it stands on the paper form."""
        return Message(self.titles.get(status, status))


def minutes_after(at: datetime, minutes: int) -> datetime:
    """Return the instant `minutes` after `at`."""
    return at + timedelta(minutes=minutes)


def at_time(day: datetime, clock: time) -> datetime:
    """Return `clock` on the day of `day`, in the time zone of `day`."""
    return day.replace(hour=clock.hour, minute=clock.minute, second=clock.second, microsecond=0)


ROLE_TITLES: dict[Role, str] = {
    Role.CUSTOMER: _("resident"),
    Role.SERVICE_DESK: _("service desk"),
    Role.SERVICE_DESK_SUPERVISOR: _("service desk supervisor"),
    Role.CONTROL_CENTRE: _("control centre"),
    Role.CALL_DEPARTMENT: _("call department"),
    Role.HOUSEKEEPER: _("housekeeper"),
    Role.REPAIR_WORKER: _("repair worker"),
    Role.TEAM_LEAD: _("foreman"),
    Role.BUSINESS_LEAD: _("business lead"),
    Role.FINANCE: _("finance"),
    Role.OFFICE_MANAGER: _("office manager"),
    Role.QUALITY: _("quality department"),
    Role.COMPANY_MANAGEMENT: _("company management"),
    Role.PROVIDER: _("provider"),
    Role.ENGINEERING_CREW: _("engineering crew"),
    Role.HOME_SERVICE_WORKER: _("home-service worker"),
    Role.TRACKER: _("tracker"),
    Role.DEPARTMENT_HEAD: _("head of department"),
    Role.ADMINISTRATION: _("administration"),
    Role.WAREHOUSE: _("warehouse"),
    Role.SECURITY: _("security"),
    Role.EMPLOYEE: _("employee"),
    Role.OWNERS_COMMITTEE: _("owners' committee"),
    Role.ADMINISTRATOR: _("administrator"),
    Role.REPAIR_DESK: _("the desk that takes repairs"),
    Role.HOUSEKEEPING_DESK: _("the desk that takes housekeeping"),
    Role.ASSIGNER: _("who assigns the workers"),
    Role.SYSTEM: _("the system"),
}
