"""What was paid by QR code and what the statements say: what waits for which, and what plainly belongs together."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum

from menling.journal.cases import visible_to
from menling.kernel.actor import Actor
from menling.kernel.money import ZERO
from menling.money.models import Charge, StatementLine
from menling.premises.models import Office

CANDIDATES = 30
"""So many charges of its amount are offered for a line, those it names first."""


@dataclass(frozen=True)
class Unmatched:
    """A line nobody has matched, and the charges of its amount that wait for a statement, those named in it first."""

    line: StatementLine
    candidates: tuple[Charge, ...]


def on_no_statement(by: Actor, office: Office) -> QuerySet[Charge]:
    """Return the charges that were paid by QR code, as somebody recorded, and that no statement shows yet, the oldest first."""
    return _told(Charge.objects.filter(awaited_by=office, case__in=visible_to(by)))


def _due(by: Actor, office: Office) -> QuerySet[Charge]:
    """Return the charges still due: a statement may pay them without a collector."""
    cases = visible_to(by).filter(office=office, kind="charge", closed_at__isnull=True, status="due")
    return _told(Charge.objects.filter(case__in=cases))


def _told(rows: QuerySet[Charge]) -> QuerySet[Charge]:
    return rows.select_related("case", "case__parent", "case__parent__unit", "collector").order_by("pk")


def unconfirmed(by: Actor, office: Office, after: int = 0, size: int | None = None) -> list[Charge]:
    """Return the charges that were paid by QR code, as somebody recorded, and that stand on no statement yet.

    At most `size` of them, behind the one with the key `after`.
    """
    return list(on_no_statement(by, office).filter(pk__gt=after)[:size])


def unmatched(by: Actor, office: Office, after: int = 0, size: int | None = None) -> list[Unmatched]:
    """Return the lines that paid nothing yet and were not set aside, as they were brought in, each with what it may have paid.

    At most `size` of them, behind the one with the key `after`.
    """
    lines = list(_lines(office).filter(pk__gt=after).order_by("pk")[:size])
    fitting: dict[Decimal, list[Charge]] = defaultdict(list)
    amounts = {line.amount for line in lines}
    fits = [*_due(by, office).filter(due__in=amounts), *on_no_statement(by, office).filter(collected__in=amounts)]
    for charge in sorted(fits, key=lambda each: (each.case.reported_at, each.pk)):
        fitting[charge.awaited].append(charge)
    return [Unmatched(line, _candidates(fitting[line.amount], line)) for line in lines]


def _candidates(fitting: Iterable[Charge], line: StatementLine) -> tuple[Charge, ...]:
    return tuple(sorted(fitting, key=lambda each: not named_in(each, line))[:CANDIDATES])


def waiting_sums(by: Actor, office: Office) -> tuple[tuple[int, Decimal], tuple[int, Decimal]]:
    """Return how many lines paid nothing yet and what they come to, in yuan; and the same of the QR payments on no statement."""
    lines = _lines(office).aggregate(n=Count("pk"), sum=Sum("amount"))
    paid = on_no_statement(by, office).aggregate(n=Count("pk"), sum=Sum("collected"))
    return (lines["n"], lines["sum"] or ZERO), (paid["n"], paid["sum"] or ZERO)


def _lines(office: Office) -> QuerySet[StatementLine]:
    return StatementLine.objects.filter(office=office, charge__isnull=True, aside_at__isnull=True)


def aside(office: Office, size: int) -> list[StatementLine]:
    """Return the lines that were set aside, the latest first, at most `size` of them (MR-23)."""
    rows = StatementLine.objects.filter(office=office, aside_at__isnull=False).select_related("aside_by")
    return list(rows.order_by("-aside_at", "-pk")[:size])


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
