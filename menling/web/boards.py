"""The board of a control room: rows by urgency, each with the one promise that counts now."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from menling.doorway.language import said
from menling.doorway.showing import standing
from menling.journal.models import Case, Deadline
from menling.journal.sweep import clock_of
from menling.kernel.actor import Actor
from menling.kernel.roles import Role
from menling.orders.board import UNDISPATCHED, Mate, crew, live
from menling.orders.calls import guided
from menling.orders.emergencies import Emergency, emergencies_of
from menling.orders.housekeeping.batches import Pickup, uncollected
from menling.orders.models import Order
from menling.premises.models import Office
from menling.web.steps import LETTERS

URGENCY = {"broken": 0, "soon": 1, "open": 2, "paused": 3}
LATE, SOON, RUNNING = "late", "soon", "running"
COLUMNS = {"broken": LATE, "soon": SOON}


@dataclass(frozen=True)
class Row:
    """One repair on the board: how its most pressing promise stands, and the verbs of its row by key."""

    case: Case
    order: Order
    state: str
    promise: Deadline | None
    what: str
    status: str
    verbs: tuple[tuple[str, str, str], ...]

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
        return self.order.urgency == "emergency" and (self.undispatched or self.case.status == "dispatched")


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
        seen = [(row.case.number, row.case.status, row.state, row.promise and row.promise.due_at, row.order.worker_id,
                 row.order.content, row.order.visit_at, row.order.urgency, row.verbs) for row in self.rows]  # fmt: skip
        passed = [case.number for case in self.guided] + [each.batch.case.number for each in self.pickups]
        passed += [f"{row.case.number} {len(each.calls)}" for row, each in self.panels]
        digest = hashlib.sha256(repr((seen, self.mates, passed, more)).encode()).hexdigest()
        return f'"{digest[:32]}"'


def board(office: Office, now: datetime, by: Actor, roles: frozenset[Role]) -> Board:
    """Return the board of an office for somebody with these roles, in nine queries however much is open."""
    rows = sorted((row_of(case, now, roles) for case in live(office)), key=_pressing)
    urgent = [row for row in rows if row.on_top]
    panels = zip(urgent, emergencies_of([row.case for row in urgent]), strict=True)
    return Board(tuple(rows), tuple(crew(office, now)), tuple(guided(office, by, {"control_centre"})),
                 tuple(uncollected(office)), tuple(panels))  # fmt: skip


def row_of(case: Case, now: datetime, roles: frozenset[Role]) -> Row:
    """Return an order as a row; its promises that run are in `running`, as the queries of boards load them."""
    promises: list[Deadline] = getattr(case, "running", [])
    ranked = sorted(promises, key=lambda each: (URGENCY[standing(each, now)], not each.counted, each.due_at))
    first = ranked[0] if ranked else None
    clock = clock_of(case.kind, first.key) if first else None
    return Row(
        case, case.order, standing(first, now) if first else "open", first,
        said(clock.promise) if clock else "", said(case.procedure.status_title(case.status)), tuple(_verbs(case, roles)),
    )  # fmt: skip


def _verbs(case: Case, roles: frozenset[Role]) -> Iterable[tuple[str, str, str]]:
    for step in case.procedure.open_steps(case.status, roles, assigned=False):
        if step.verb in LETTERS:
            yield LETTERS[step.verb], step.verb, said(case.procedure.verb_title(step.verb))


def _pressing(row: Row) -> tuple[bool, bool, int, float]:
    return (not row.calls, not row.on_top, URGENCY[row.state], row.promise.due_at.timestamp() if row.promise else float("inf"))
