"""The steps written on a dispatch slip of paper, taken one after the other: what became of each, what is to be put right."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from django.db.models import Q

from menling.doorway.doing import Asked, act, find
from menling.doorway.language import said
from menling.journal.facts import Malformed
from menling.journal.files import keep_image
from menling.journal.models import Event
from menling.kernel.refusal import Refused
from menling.kinds import KINDS
from menling.procedures.afterwards import stopped_first
from menling.web.answers import told_no

COMING = (("accept", "reported"), ("dispatch", "sent"), ("acknowledge", "accepted"), ("arrive", "arrived"))
BEGUN = (("start", "begun"),)
PRICED = (("quote", "agreed"), ("consent", "agreed"))
DONE = (("finish", "finished"),)
"""The steps a sheet may tell of, and the field with the time of each; the first empty time ends them."""
AFTER = (("sign_on_paper", "signed"), ("collect", "paid"))
"""What may have come after the work, in whichever turn: where one of them is not taken, the other is all the same."""
MAY_LACK = frozenset({"acknowledge", "start", "quote", "consent"})
"""Steps without which the next one may follow: only an emergency has to have its start (HC-5.2.5), only paid work its price;
not every slip says when the worker took it."""
WORKERS = frozenset({"acknowledge", "arrive", "start", "quote", "consent", "finish", "collect"})
"""Steps the worker took, written down by who enters the sheet."""
TIMES = ("visit_at", *dict.fromkeys(name for _verb, name in (*COMING, *BEGUN, *PRICED, *DONE, *AFTER)))
UNREADABLE = 422
Times = Mapping[str, datetime | None]


@dataclass(frozen=True)
class Sheet:
    """A dispatch slip as it was typed: its fields, its times, and the picture of it where it bears a signature."""

    sent: Mapping[str, str]
    times: Times
    scan: bytes = b""

    def text(self, name: str) -> str:
        """Return what stands in a field, without the blanks around it."""
        return self.sent.get(name, "").strip()


@dataclass(frozen=True)
class Line:
    """One step of a sheet at its time: entered, refused (why, by which clause, for which field), or waiting for one before."""

    verb: str
    at: datetime
    state: Literal["entered", "refused", "waits"]
    why: str = ""
    clause: str = ""
    field: str = ""

    @property
    def title(self) -> str:
        """Return what the step is called on its button."""
        return said(KINDS["charge" if self.verb == "collect" else "repair"].procedure.verb_title(self.verb))


@dataclass(frozen=True)
class Entered:
    """What became of a sheet: the number of its order, each step written on it, the orders its worker was planned for then."""

    number: str
    lines: tuple[Line, ...] = ()
    beside: str = ""

    @property
    def refused(self) -> list[Line]:
        """Return the steps that could not be taken."""
        return [each for each in self.lines if each.state == "refused"]

    @property
    def is_whole(self) -> bool:
        """Tell whether everything written on the sheet was taken."""
        return all(each.state == "entered" for each in self.lines)

    @property
    def left_out(self) -> str:
        """Return what the steps are called that wait for one before them."""
        return " · ".join(each.title for each in self.lines if each.state == "waits")


def in_turn(times: Times) -> tuple[tuple[str, str], ...]:
    """Return the steps of the work as they were taken, each with the field of its time."""
    first, then = (BEGUN, PRICED) if stopped_first(times["begun"], times["agreed"]) else (PRICED, BEGUN)
    return (*COMING, *first, *then, *DONE)


def take_steps(asked: Asked, sheet: Sheet, number: str) -> Entered:
    """Take the steps of a sheet up to the first without a time, then what came after the work; say what became of each.

    A step the order knows already is not taken again, so that the sheet goes on where it was refused, with the facts put right.
    """
    known = frozenset(
        Event.objects.filter(Q(case__number=number) | Q(case__parent__number=number)).values_list("verb", flat=True)
    )
    lines = list(_lines(asked, sheet, number, known))
    sent = Event.objects.filter(case__number=number, verb="dispatch").order_by("-pk").first()
    return Entered(number, tuple(lines), str(sent.facts.get("beside") or "") if sent else "")


def _lines(asked: Asked, sheet: Sheet, number: str, known: frozenset[str]) -> Iterator[Line]:
    """Yield the steps that have a time; after an empty time of the work, or a refusal, they wait."""
    waits = False
    for verb, field in in_turn(sheet.times):
        at = sheet.times[field]
        waits = waits or (at is None and verb not in MAY_LACK)
        if at is not None:
            line = _line(asked, sheet, number, known, Line(verb, at, "waits" if waits else "entered", field=field))
            waits = line.state != "entered"
            yield line
    for verb, field in AFTER:
        at = sheet.times[field]
        if at is not None:
            yield _line(asked, sheet, number, known, Line(verb, at, "waits" if waits else "entered", field=field))


def _line(asked: Asked, sheet: Sheet, number: str, known: frozenset[str], meant: Line) -> Line:
    """Take one step at its time, if it does not wait and was not taken before; return what became of it.

    What the resident wrote is not typed twice: a picture or a rating nobody can read is put right on the form (MR-40).
    """
    if meant.verb in known:
        return replace(meant, state="entered")
    if meant.state == "waits":
        return meant
    try:
        facts = _facts(asked, sheet, number, meant.verb) | {"happened_at": meant.at.isoformat()}
        act(part(asked, meant.verb, facts), number, meant.verb, part=True)
    except (Refused, Malformed) as problem:
        if meant.verb == "sign_on_paper" and (isinstance(problem, Malformed) or problem.status == UNREADABLE):
            raise
        told = told_no(problem)
        named = str(told.get("field") or "")
        field = named if named in sheet.sent else meant.field
        return replace(meant, state="refused", why=told["why"], clause=problem.clause, field=field)
    return meant


def _facts(asked: Asked, sheet: Sheet, number: str, verb: str) -> dict[str, Any]:
    if verb == "sign_on_paper":
        return _signed(asked, sheet, number)
    worker = sheet.text("worker")
    facts: dict[str, Any] = {"on_behalf_of": worker, "source": "paper"} if verb in WORKERS else {}
    more: dict[str, dict[str, Any]] = {
        "dispatch": {"worker": worker} | _been_there(sheet.times),
        "consent": {"how": "paper"},
        "quote": {"items": [{"code": sheet.text("item"), "quantity": sheet.text("quantity") or "1"}]},
        "finish": {"summary": sheet.text("summary")},
        "collect": {"method": sheet.text("method") or "cash"},
    }
    return facts | more.get(verb, {})


def _been_there(times: Times) -> dict[str, Any]:
    """Return when the worker was at the door, and whether nobody knows when the slip was taken (HS-4.2.3, MR-1)."""
    arrived = times["arrived"]
    return {"untimed": times["accepted"] is None, "arrived_at": arrived.isoformat()} if arrived else {}


def _signed(asked: Asked, sheet: Sheet, number: str) -> dict[str, Any]:
    """Return what the resident wrote below: the name, the rating and the opinion; the picture of it is put on file."""
    case = find(asked.by, number)
    kept = keep_image(case, sheet.scan, "photo", by=asked.by, at=asked.now).digest if sheet.scan else ""
    rated = {"rating": sheet.text("rating")} if sheet.text("rating") else {}
    return {"scan": kept, "name": sheet.text("signed_by"), "opinion": sheet.text("opinion")} | rated


def part(asked: Asked, verb: str, body: Mapping[str, Any]) -> Asked:
    """Return one step of the sheet, under a key of its own, so that two presses are one."""
    return replace(asked, key=f"{asked.key}-{verb}" if asked.key else "", body=body)
