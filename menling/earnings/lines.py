"""A line of commission, and the sheet of one person in a month (MR-37, MR-51)."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from menling.commission.models import CommissionQuery
from menling.earnings.refunds import Refund, total
from menling.journal.models import Case
from menling.kernel.money import ZERO
from menling.premises.models import Staff
from menling.procedures.commission import CommissionPolicy


@dataclass(frozen=True)
class Share:
    """What a charge brings one person, in yuan: the whole of its order, this person's part, and what answers added."""

    whole: Decimal = ZERO
    part: Decimal = ZERO
    added: Decimal = ZERO

    def __add__(self, other: "Share") -> "Share":
        return Share(self.whole + other.whole, self.part + other.part, self.added + other.added)

    def __sub__(self, other: "Share") -> "Share":
        return Share(self.whole - other.whole, self.part - other.part, self.added - other.added)


NOTHING = Share()


@dataclass(frozen=True)
class Line:
    """One settled charge for one person: its labour, and what of it is this person's, in yuan.

    `queries` are what was asked about it, the oldest first, `refunds` what was given back of the charge. A line that is
    `taken_back` came after its month was approved: it carries the difference alone, mostly below zero, and `at` is when that
    became known, otherwise when the charge was settled (MR-51).
    """

    settlement: Case
    order: Case
    at: datetime
    charged: Decimal
    labour: Decimal
    people: int
    share: Share
    policy: CommissionPolicy
    queries: tuple[CommissionQuery, ...] = ()
    refunds: tuple[Refund, ...] = ()
    taken_back: bool = False

    @property
    def whole(self) -> Decimal:
        """Return what the order brings all who were sent, in yuan."""
        return self.share.whole

    @property
    def part(self) -> Decimal:
        """Return this person's part of that, in yuan."""
        return self.share.part

    @property
    def amount(self) -> Decimal:
        """Return what the line comes to with what answers added, in yuan."""
        return self.share.part + self.share.added

    @property
    def refunded(self) -> Decimal:
        """Return what was given back, in yuan."""
        return total(self.refunds)

    @property
    def query(self) -> CommissionQuery | None:
        """Return what was asked about it last."""
        return self.queries[-1] if self.queries else None


@dataclass(frozen=True)
class Sheet:
    """The commission of one person in a month."""

    staff: Staff
    lines: tuple[Line, ...]

    @property
    def total(self) -> Decimal:
        """Return the sum of the lines, in yuan."""
        return sum((each.amount for each in self.lines), ZERO)
