"""Telling a case again from its events alone: through the table of its kind they must lead to the very same rows."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

from menling.journal.cases import NEW
from menling.journal.models import Case, Deadline, Detail, Event
from menling.kernel.procedure import Clock, Moment, Procedure
from menling.policies.values import values_for

BREAK, KEPT_LATE = "break", "kept_late"
VERDICTS = (BREAK, KEPT_LATE)
CALLED = "called"
"""Somebody else was called out: it changes neither status nor promise."""


@dataclass
class Promise:
    """A deadline as the events tell it; the fields are those of the row."""

    key: str
    clause: str
    armed_at: datetime
    target_at: datetime | None
    due_at: datetime
    counted: bool
    met_at: datetime | None = None
    broken_at: datetime | None = None
    released_at: datetime | None = None
    released_by: str = ""
    paused_at: datetime | None = None
    pause_reason: str = ""

    @property
    def is_open(self) -> bool:
        """Tell whether the promise is neither kept nor let go."""
        return self.met_at is None and self.released_at is None


NAMES = tuple(field.name for field in fields(Promise))


def differences(case: Case) -> list[str]:
    """Return what the rows of a case say otherwise than its events do, one sentence each; an empty list is a sound case.

    It compares status, the last and the closing instant, and every deadline: armed, aimed at, due, kept, broken, let go,
    paused; and it expects one event for each promise that broke or was kept but reported late.
    """
    case = Case.objects.select_related("office").get(pk=case.pk)
    told = Telling(case)
    for event in case.events.order_by("pk"):
        told.hear(event)
    return told.odd + told.unlike_row() + told.unlike_deadlines() + told.unlike_verdicts()


def detail_of(case: Case) -> Detail:
    """Return what a feature keeps about a case, with the figures in force when it was reported."""
    for relation in Case._meta.related_objects:
        model = relation.related_model
        if relation.one_to_one and isinstance(model, type) and issubclass(model, Detail):
            found = model._default_manager.filter(pk=case.pk).first()
            if found is not None:
                found.values = values_for(case.office, found.valued_at)
                return found
    raise LookupError(f"{case.number} has no row of its kind")


class Telling:
    """One case told from its first event on."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.procedure: Procedure = case.procedure
        self.detail = detail_of(case)
        self.status: str = NEW
        self.last_at = case.reported_at
        self.closed_at: datetime | None = None
        self.promises: list[Promise] = []
        self.verdicts: Counter[tuple[str, str, datetime]] = Counter()
        self.expected: Counter[tuple[str, str, datetime]] = Counter()
        self.odd: list[str] = []

    def hear(self, event: Event) -> None:
        """Let an event happen."""
        if event.verb == CALLED:
            return
        if event.verb in VERDICTS:
            self._judged(event)
            return
        self._stepped(event)
        for promise in [each for each in self.promises if each.is_open]:
            self._touch(promise, event)
        self._arm(event)

    def _judged(self, event: Event) -> None:
        key = event.facts["promise"]
        self.verdicts[event.verb, key, event.happened_at] += 1
        for promise in self.promises:
            due_then = promise.is_open and promise.broken_at is None and promise.due_at == event.happened_at
            if event.verb == BREAK and promise.key == key and due_then:
                self._break(promise)

    def _break(self, promise: Promise) -> None:
        promise.broken_at = promise.due_at
        self.expected[BREAK, promise.key, promise.due_at] += 1

    def _stepped(self, event: Event) -> None:
        moves = self._moves(event)
        if moves is None:
            self.odd.append(f"{event.verb}: the table has no way from {self.status} to {event.after}")
        self.status = event.after
        if moves:
            self.last_at = max(self.last_at, event.happened_at)
        ended = event.after in self.procedure.ends
        self.closed_at = (self.closed_at or event.happened_at) if ended else None

    def _moves(self, event: Event) -> bool | None:
        """Tell whether the row of the table that leads to this event sets the status; None when there is no such row."""
        for step in self.procedure.steps:
            before = step.verb == event.verb and self.status == event.before and event.before in step.before
            if before and (step.after or event.before) == event.after:
                return step.after is not None
        return None

    def _touch(self, promise: Promise, event: Event) -> None:
        kept = any(event.verb in clock.until and clock.whole(self._moment(event)) for clock in self._clocks(promise.key))
        dropped = not kept and any(event.verb in clock.drops | clock.starts for clock in self._clocks(promise.key))
        pause = "" if kept or dropped else str(event.facts.get("pause", ""))
        if kept or dropped or event.facts.get("resume"):
            _run_on(promise, event.happened_at)
        if promise.paused_at is None and (kept or dropped or pause):
            self._overtaken(promise, event.happened_at, kept)
            promise.paused_at, promise.pause_reason = (event.happened_at if pause else None), pause
        self._shift(promise, event)
        promise.met_at = event.happened_at if kept else None
        promise.released_at, promise.released_by = (event.happened_at, event.verb) if dropped else (None, "")

    def _shift(self, promise: Promise, event: Event) -> None:
        for clock in self._clocks(promise.key):
            later = clock.later(self._moment(event)) if event.verb in clock.shifts else None
            if later is not None and promise.paused_at is None:
                self._overtaken(promise, event.happened_at, kept=False)
                runs = promise.broken_at is None and event.happened_at <= promise.due_at  # one that is over stays over
                promise.due_at = max(promise.due_at, later) if runs else promise.due_at

    def _overtaken(self, promise: Promise, at: datetime, kept: bool) -> None:
        if promise.broken_at is None and promise.counted and at > promise.due_at:
            self._break(promise)
        elif promise.broken_at is not None and kept and at <= promise.due_at:
            self.expected[KEPT_LATE, promise.key, at] += 1

    def _clocks(self, key: str) -> Iterable[Clock]:
        return (clock for clock in self.procedure.clocks if clock.key == key)

    def _arm(self, event: Event) -> None:
        moment = self._moment(event)
        for clock in self.procedure.clocks:
            due = clock.due(moment) if event.verb in clock.starts else None
            if due is not None:
                promise = Promise(clock.key, clock.clauses[0], event.happened_at, due.target, due.at, due.counted)
                self.promises.append(promise)

    def _moment(self, event: Event) -> Moment:
        terms = {name: _revived(value) for name, value in event.terms.items()}
        return Moment(event.happened_at, self.detail.policy, self.detail.values.calendar, terms)

    def unlike_row(self) -> list[str]:
        """Return where the case row differs."""
        told = {"status": self.status, "last_at": self.last_at, "closed_at": self.closed_at}
        return [
            f"{name} is {getattr(self.case, name)}, the events say {value}"
            for name, value in told.items()
            if getattr(self.case, name) != value
        ]

    def unlike_deadlines(self) -> list[str]:
        """Return the deadlines that only the rows or only the events know."""
        rows = Counter(tuple(getattr(row, name) for name in NAMES) for row in Deadline.objects.filter(case=self.case))
        told = Counter(astuple(promise) for promise in self.promises)
        return [f"only a row: {_shown(each)}" for each in (rows - told).elements()] + [
            f"only the events: {_shown(each)}" for each in (told - rows).elements()
        ]

    def unlike_verdicts(self) -> list[str]:
        """Return the breaks and late reports that have no event, or one too many."""
        missing, extra = self.expected - self.verdicts, self.verdicts - self.expected
        return [f"no event: {verb} {key} {at}" for verb, key, at in missing.elements()] + [
            f"an event too many: {verb} {key} {at}" for verb, key, at in extra.elements()
        ]


def _run_on(promise: Promise, at: datetime) -> None:
    """A promise that stood still moves on by that time (EN-4.6)."""
    still = max(at - promise.paused_at, timedelta()) if promise.paused_at else timedelta()
    promise.due_at += still
    promise.target_at = promise.target_at + still if promise.target_at else None
    promise.paused_at, promise.pause_reason = None, ""


def _revived(value: Any) -> Any:
    """Return an instant or a day that JSON keeps as text in its own type again; anything else as it is."""
    for read in (date.fromisoformat, datetime.fromisoformat) if isinstance(value, str) else ():
        try:
            return read(value)
        except ValueError:
            continue
    return value


def _shown(values: tuple[Any, ...]) -> str:
    return ", ".join(f"{name} {value}" for name, value in zip(NAMES, values, strict=True) if value not in (None, ""))
