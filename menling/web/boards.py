"""The board of a control room: rows by urgency, each with the one promise that counts now."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language

from menling.doorway.language import said
from menling.doorway.showing import standing
from menling.journal.models import Case
from menling.journal.sweep import clock_of
from menling.kernel.actor import Actor
from menling.kernel.roles import Role
from menling.kernel.words import Message
from menling.orders.board import UNDISPATCHED, Mate, crew, with_promises
from menling.orders.calls import guided
from menling.orders.emergencies import CALLED, Emergency, emergencies_of
from menling.orders.housekeeping.batches import KINDS as BATCHES
from menling.orders.housekeeping.batches import Pickup, uncollected
from menling.orders.watch import Promise, Work, lying, watched
from menling.premises.models import Office
from menling.procedures.batch import PICKED_UP, WAITS
from menling.procedures.emergency import URGENT
from menling.web.steps import LETTERS

URGENCY = {"broken": 0, "soon": 1, "passed": 1, "open": 2, "paused": 3}
LATE, SOON, RUNNING = "late", "soon", "running"
COLUMNS = {"broken": LATE, "soon": SOON, "passed": SOON}


@dataclass(frozen=True)
class Row:
    """One repair on the board: how its most pressing promise stands, and the verbs of its row by key."""

    case: Work
    state: str
    promise: Promise | None
    what: str
    status: str
    verbs: tuple[tuple[str, str, str], ...]

    @property
    def told(self) -> tuple[object, ...]:
        """Return everything a row shows, as plain values: a seal is made of them for every look at a board."""
        running = [tuple(each) for each in self.case.running]
        return (self.case[:-1], running, self.state, self.promise and self.promise.key, self.what, self.status, self.verbs)

    @property
    def ticks(self) -> bool:
        """Tell whether the time that is left is shown as one that runs out."""
        return self.promise is not None and _presses(self.case, self.promise)

    @property
    def column(self) -> str:
        """Return late, soon or running."""
        return COLUMNS.get(self.state, RUNNING)

    @property
    def undispatched(self) -> bool:
        """Tell whether nobody was sent yet."""
        return self.case.status in UNDISPATCHED.get(self.case.kind, ())

    @property
    def calls(self) -> bool:
        """Tell whether this is an emergency nobody has taken yet."""
        return self.on_top and self.case.status == "reported"

    @property
    def on_top(self) -> bool:
        """Tell whether this is an emergency nobody acknowledged yet: it stays on top, taken, sent or not (HC-5.2.5)."""
        return self.case.urgency == URGENT and any(each.key == CALLED for each in self.case.running)


@dataclass(frozen=True)
class Board:
    """All rows, the most pressing first, who is where, what other desks guided here, and orders nobody came for."""

    rows: tuple[Row, ...]
    mates: tuple[Mate, ...]
    guided: tuple[Case, ...] = ()
    pickups: tuple[Pickup, ...] = ()
    panels: tuple[tuple[Row, Emergency], ...] = ()

    def of(self, column: str) -> list[Row]:
        """Return the rows of a column, or those nobody was sent to (`undispatched`), or all."""
        if column == "undispatched":
            return [row for row in self.rows if row.undispatched]
        return [row for row in self.rows if column in ("", row.column)]

    @property
    def calling(self) -> int:
        """Count what sounds: emergencies nobody has taken, ordered here or guided here."""
        return sum(row.calls for row in self.rows) + sum(case.referral.urgent for case in self.guided)

    @property
    def free(self) -> list[Mate]:
        """Return who could be sent now."""
        return [mate for mate in self.mates if mate.state == "free"]

    def seal(self, *more: object) -> str:
        """Return an ETag: the same while nothing on the board would look different."""
        passed = [case.number for case in self.guided] + [each.batch.case.number for each in self.pickups]
        passed += [f"{row.case.number} {len(each.calls)} {each.next_call and each.next_call.people}" for row, each in self.panels]
        digest = hashlib.sha256(repr(([row.told for row in self.rows], self.mates, passed, more)).encode()).hexdigest()
        return f'"{digest[:32]}"'


def board(office: Office, now: datetime, by: Actor, roles: frozenset[Role]) -> Board:
    """Return the board of an office for somebody with these roles, in three queries however much is open; where there are any,
    referrals take one more, batches two, emergencies nobody acknowledged seven."""
    rows = tuple(sorted(rows_of(watched(office), now, roles), key=_pressing))
    waiting = lying(office, ("referral", *BATCHES))
    passed = guided(office, by, {"control_centre"}) if "referral" in waiting else []
    laid_out = uncollected(office) if waiting & set(BATCHES) else []
    return Board(
        rows, tuple(crew(office, now)), tuple(passed), tuple(laid_out), tuple(_panels((row for row in rows if row.on_top), now))
    )


def _panels(urgent: Iterable[Row], now: datetime) -> Iterable[tuple[Row, Emergency]]:
    rows = {row.case.pk: row for row in urgent}
    called = emergencies_of(with_promises(rows), now) if rows else []
    return sorted(((rows[each.case.pk], each) for each in called), key=lambda pair: _pressing(pair[0]))


def rows_of(works: Iterable[Work], now: datetime, roles: frozenset[Role]) -> list[Row]:
    """Return orders as rows for somebody with these roles."""
    verbs: dict[tuple[str, str], Verbs] = {}
    spoken = get_language() or ""
    return [_row(work, now, roles, verbs, spoken) for work in works]


Verbs = tuple[tuple[str, str, str], ...]


def _row(work: Work, now: datetime, roles: frozenset[Role], verbs: dict[tuple[str, str], Verbs], spoken: str) -> Row:
    status = (work.kind, work.status)
    if status not in verbs:
        verbs[status] = tuple(_verbs(work, roles))
    state, first = _most_pressing(work, now)
    clock = clock_of(work.kind, first.key) if first else None
    return Row(work, state, first, said(clock.promise, spoken) if clock else "", said(_standing(work), spoken), verbs[status])


def _standing(work: Work) -> Message:
    """Return how an order stands, in the words of its procedure; what its team has come for lies no more (HS-4.1.1.3)."""
    lies = work.status == WAITS.get(work.kind)
    return PICKED_UP if lies and work.collected else work.procedure.status_title(work.status)


def _most_pressing(work: Work, now: datetime) -> tuple[str, Promise | None]:
    """Return the promise a row shows. What is never counted as broken presses nobody, but in an emergency: it is a time to know,
    behind every promise that counts."""
    ranked = [(standing(each, now) if _presses(work, each) else "open", each) for each in work.running]
    return min(ranked, key=lambda pair: (URGENCY[pair[0]], not pair[1].counted, pair[1].due_at), default=("open", None))


def _presses(work: Work, promise: Promise) -> bool:
    return promise.counted or promise.paused_at is not None or work.urgency == URGENT


def _verbs(work: Work, roles: frozenset[Role]) -> Iterable[tuple[str, str, str]]:
    for step in work.procedure.open_steps(work.status, roles, assigned=False):
        if step.verb in LETTERS:
            yield LETTERS[step.verb], step.verb, said(work.procedure.verb_title(step.verb))


def _pressing(row: Row) -> tuple[bool, bool, int, float]:
    return (not row.calls, not row.on_top, URGENCY[row.state], row.promise.due_at.timestamp() if row.promise else float("inf"))
