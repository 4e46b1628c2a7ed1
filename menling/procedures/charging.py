"""What labour on one dispatch slip comes to: by the started block, once, at the highest rate worked in it (EN-D.13, EN-Q.3).

The work stands on a line of time, in the order it was done. The line is as long as the exact time at work and is cut
into blocks. In each block labour is charged once. Work that is not priced by time counts in the block it was begun in.

A piece that costs more than the work of its block is itself the highest standard there: it is charged and that work goes
under it, never both. The procedure says higher, not twice; that a cheaper piece goes under dearer work is the other half of
the same rule, and an office may choose to add pieces instead (MN-12). Begun in another block, a piece is charged beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from menling.kernel.money import ZERO, times
from menling.kernel.points import rule
from menling.kernel.policy import setting
from menling.kernel.refusal import Refused
from menling.kernel.words import _
from menling.procedures.repair_time import started_blocks

BLOCK = "block"
NOTHING = timedelta()


@dataclass(frozen=True)
class ChargingPolicy:
    """How time and pieces are charged (MN-12, MN-13)."""

    unit: str = setting(
        "money.charging_unit_minutes",
        ("EN-D.10B", "CF-18"),
        _("Time is charged in blocks of"),
        "30",
        unit="min",
        options=("15", "30", "60", "none"),
        in_source=False,
    )
    longest_visit: int = setting(
        "money.longest_visit_hours",
        ("EN-D.10A", "EN-D.10B"),
        _("A visit longer than hours was not ended at the door: its minutes are not told"),
        10,
        unit="h",
        least=1,
        most=24,
        in_source=False,
    )
    pieces: str = setting(
        "money.piece_items",
        "EN-D.13",
        _("A job priced per piece, beside higher-rated work of the same block"),
        "absorb",
        options=("absorb", "add"),
        in_source=False,
    )


@dataclass(frozen=True)
class Work:
    """One job on a slip: `rate` yuan per `per`, how many, and how long it took, where that is known.

    A job that is not `shared` has a price of its own, agreed or reviewed, and is always charged in full.
    """

    rate: Decimal
    per: str
    quantity: Decimal = Decimal(1)
    time: timedelta | None = None
    shared: bool = True

    @property
    def told(self) -> Decimal:
        """Return what the job costs on its own, in yuan."""
        return times(self.rate, self.quantity)


@dataclass(frozen=True)
class Share:
    """What one job comes to beside the others: yuan, how many blocks or pieces, and which job it went under, if any."""

    amount: Decimal
    quantity: Decimal
    under: int | None = None


@dataclass(frozen=True)
class _Placed:
    index: int
    work: Work
    begin: timedelta
    end: timedelta


@rule("EN-D.13")
def labour(works: Sequence[Work], spent: timedelta | None, policy: ChargingPolicy) -> list[Share]:
    """Return what each job comes to, in the order given.

    `spent` is the exact time over the visits; None before the work is done, when the times of the jobs are a plan. Without
    any times every job stands at its own price: that is the most it can come to.
    """
    alone = [Share(each.told, each.quantity) for each in works]
    timed = bool(works) and all(each.time is not None for each in works)
    if policy.unit == "none" or (spent is None and not timed):
        return alone
    whole = sum((each.time or NOTHING for each in works), NOTHING) if spent is None else spent
    placed = _placed(works, whole, timed=timed)
    return _Blocks(works, placed, whole, policy).shares(alone)


def _placed(works: Sequence[Work], whole: timedelta, *, timed: bool) -> list[_Placed]:
    """Put the jobs one after the other; jobs without a time of their own lie over the whole of it."""
    if not timed:
        return [_Placed(index, work, NOTHING, whole) for index, work in enumerate(works)]
    placed, begin = [], NOTHING
    for index, work in enumerate(works):
        end = begin + (work.time or NOTHING)
        placed.append(_Placed(index, work, begin, whole if index == len(works) - 1 else end))
        begin = end
    return placed


@dataclass(frozen=True)
class _Blocks:
    works: Sequence[Work]
    placed: Sequence[_Placed]
    whole: timedelta
    policy: ChargingPolicy

    def shares(self, alone: list[Share]) -> list[Share]:
        """Charge block by block; jobs that won no block went under the job that won theirs."""
        winners = [self._highest(block) for block in range(self._count)]
        return [self._share(each, alone[each.index], winners) for each in self.placed]

    @property
    def _unit(self) -> timedelta:
        return timedelta(minutes=int(self.policy.unit))

    @property
    def _count(self) -> int:
        """A job that was begun has begun a block, however short it was."""
        return max(1, started_blocks(self.whole, self.policy.unit) or 0)

    def _highest(self, block: int) -> int | None:
        """Return the job that is charged in a block: the one with the highest rate worked in it."""
        there = [each for each in self.placed if self._weighs(each, block)]
        best = max(there, key=lambda each: (self._price(each.work), each.work.per == BLOCK, -each.index), default=None)
        return best.index if best else None

    def _weighs(self, placed: _Placed, block: int) -> bool:
        if placed.work.per == BLOCK:
            return block in self._worked(placed)
        return self._joins(placed.work) and block == self._begun(placed)

    def _joins(self, work: Work) -> bool:
        """Tell whether a piece goes under higher-rated work: only where it is known that they shared a block."""
        known = work.time is not None or self._count == 1
        return work.shared and known and self.policy.pieces == "absorb"

    def _worked(self, placed: _Placed) -> range:
        last = max(placed.end, placed.begin + timedelta(microseconds=1))
        return range(self._begun(placed), min(-(-last // self._unit), self._count))

    def _begun(self, placed: _Placed) -> int:
        return min(placed.begin // self._unit, self._count - 1)

    def _price(self, work: Work) -> Decimal:
        return work.rate if work.per == BLOCK else work.told

    def _share(self, placed: _Placed, alone: Share, winners: list[int | None]) -> Share:
        work, won = placed.work, winners.count(placed.index)
        if work.per != BLOCK and (won or not self._joins(work)):
            return alone
        if work.per == BLOCK and won:
            return Share(times(work.rate, Decimal(won)), Decimal(won))
        block = self._begun(placed) if work.per != BLOCK else self._worked(placed)[0]
        return Share(ZERO, Decimal(0), winners[block])


@rule("EN-D.10B")
def minutes_as_worked(told: Sequence[timedelta], spent: timedelta) -> None:
    """The minutes written for the jobs are never more than the exact time at the home."""
    if sum(told, NOTHING) > spent:
        raise Refused(
            "EN-D.10B",
            _("The jobs add up to {told} minutes, yet the work took {spent}. Please write the minutes as they were."),
            field="worked",
            told=sum(told, NOTHING) // timedelta(minutes=1),
            spent=spent // timedelta(minutes=1),
        )


@rule("EN-3.7", "EN-4.3")
def within_what_was_agreed(due: Decimal, agreed: Decimal | None) -> bool:
    """Tell whether what the time came to may be charged: never more than the resident agreed to before."""
    return due <= (agreed or ZERO)
