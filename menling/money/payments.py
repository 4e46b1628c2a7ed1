"""What was paid by QR code and what the statements say: what waits for which, and what plainly belongs together."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, QuerySet

from menling.journal.cases import visible_to
from menling.kernel.actor import Actor
from menling.money.models import Charge, StatementLine
from menling.premises.models import Office


@dataclass(frozen=True)
class Unmatched:
    """A line nobody has matched, and the charges of its amount that wait for a statement, those named in it first."""

    line: StatementLine
    candidates: tuple[Charge, ...]


def awaiting(by: Actor, office: Office) -> QuerySet[Charge]:
    """Return the charges that a statement may confirm: paid by QR code and not confirmed, or still due; the oldest first."""
    paid = Q(method="qr", collected__gt=0, case__status__in=("collected", "disputed"), payment__isnull=True)
    rows = Charge.objects.filter(Q(case__status="due") | paid, case__in=visible_to(by), case__office=office)
    return rows.select_related("case", "case__parent", "case__parent__unit", "collector").order_by("case__reported_at", "pk")


def unconfirmed(by: Actor, office: Office) -> list[Charge]:
    """Return the charges that were paid by QR code, as somebody recorded, and that stand on no statement yet."""
    return list(awaiting(by, office).filter(method="qr"))


def unmatched(by: Actor, office: Office) -> list[Unmatched]:
    """Return the lines that paid nothing yet, the oldest first, each with what it may have paid."""
    lines = StatementLine.objects.filter(office=office, charge__isnull=True).order_by("paid_at", "pk")
    fitting: dict[Decimal, list[Charge]] = defaultdict(list)
    for charge in awaiting(by, office):
        fitting[charge.awaited].append(charge)
    return [Unmatched(line, tuple(sorted(fitting[line.amount], key=lambda each: not named_in(each, line)))) for line in lines]


def plain(found: Iterable[Unmatched]) -> list[tuple[StatementLine, Charge]]:
    """Return the pairs that need no judgement: the amount is the same and the line names the charge, its order or its receipt.

    What only has the same amount is left to finance.
    """
    pairs, used = [], set()
    for each in found:
        named = [charge for charge in each.candidates if named_in(charge, each.line) and charge.pk not in used]
        if len(named) == 1:
            used.add(named[0].pk)
            pairs.append((each.line, named[0]))
    return pairs


def named_in(charge: Charge, line: StatementLine) -> bool:
    """Tell whether a line names a charge, its order or its receipt by number."""
    order = charge.case.parent.number if charge.case.parent else ""
    numbers = (each for each in (charge.case.number, order, charge.receipt) if each)
    return any(re.search(rf"(?<![A-Z0-9]){re.escape(number)}(?!\d)", line.remark.upper()) for number in numbers)
