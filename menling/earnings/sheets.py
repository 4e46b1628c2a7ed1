"""The commission sheets of a month: live until it is approved, as it was approved afterwards (MR-37, MR-51)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils.timezone import localtime

from menling.commission.models import CommissionLine, CommissionMonth
from menling.earnings.changed import bounds, changed, last_steps, sent, settled
from menling.earnings.lines import NOTHING, Line, Share, Sheet
from menling.earnings.reckoning import Reckoning, asked_about, minus, plus, reckoning
from menling.earnings.refunds import refunds_of
from menling.money.models import Settlement
from menling.policies.history import History
from menling.premises.models import Office, Staff
from menling.procedures.commission import CommissionPolicy

Lines = list[tuple[int, Line]]
"""Lines, each with whose it is."""
Approvals = dict[date, int]
"""The months that were approved, by their first days."""


def sheets(office: Office, staff: Iterable[Staff], first: date) -> list[Sheet]:
    """MR-37, MR-51  Return the sheets of some people for a month, in few queries, however many they are.

    Until the month is approved they are reckoned from what is known now; afterwards they stay, and each difference is a line
    of the month in which it became known, or of the first one after it that is not approved.
    """
    months, asked_for = _approvals(office), list(staff)
    own = sent([each.pk for each in asked_for])
    lines = _kept(office, months[first]) if first in months else _reckoned(office, first, months, own)
    found: dict[int, list[Line]] = defaultdict(list)
    for person, line in lines:
        found[person].append(line)
    return [Sheet(each, tuple(found[each.pk])) for each in asked_for]


def keep(month: CommissionMonth) -> None:
    """MR-51  Write down the lines of a month as they are approved."""
    others = _approvals(month.office)
    del others[month.month]
    CommissionLine.objects.bulk_create(
        CommissionLine(
            month=month, settlement=line.settlement, staff_id=person, at=line.at, charged=line.charged, labour=line.labour,
            people=line.people, whole=line.whole, part=line.part, added=line.share.added, later=line.taken_back,
            covers=[*(each.number for each in line.refunds), *(each.case.number for each in line.queries if each.more)],
        )
        for person, line in _reckoned(month.office, month.month, others, Q())
    )  # fmt: skip


def _approvals(office: Office) -> Approvals:
    return dict(CommissionMonth.objects.filter(office=office, kept=True).values_list("month", "pk"))


def _kept(office: Office, month: int) -> Lines:
    """Return the lines of a month as they were approved, with what was asked about them; an answer that came later and added
    something stands on the line that carries it."""
    rows = list(CommissionLine.objects.filter(month=month).select_related("settlement__parent__office",
                "settlement__settlement").order_by("pk"))  # fmt: skip
    asked, given = asked_about(row.settlement_id for row in rows), refunds_of(row.settlement.settlement.charge_id for row in rows)
    history, found = History(office), Lines()
    for row in rows:
        order = row.settlement.parent
        assert order is not None, "a settlement belongs to an order"
        about = [each for each in asked[row.settlement_id] if each.staff_id == row.staff_id]
        line = Line(
            row.settlement, order, row.at, row.charged, row.labour, row.people, Share(row.whole, row.part, row.added),
            history.at(order.reported_at).policy(CommissionPolicy),
            tuple(each for each in about if each.case.number in row.covers or not (each.more or row.later)),
            tuple(each for each in given[row.settlement.settlement.charge_id] if each.number in row.covers), row.later,
        )  # fmt: skip
        found.append((row.staff_id, line))
    return found


def _reckoned(office: Office, first: date, months: Approvals, own: Q) -> Lines:
    """Return the lines of a month that is not approved: what was settled in it, and what differs in the approved ones.

    Of what was settled in it only the orders that fit `own` are read, with the lines of all who were sent to them.
    """
    rows, late = list(settled(office, *bounds(first)).filter(own)), changed(office, first, months)
    by = reckoning(office, [*rows, *late])
    earned = [
        (person, by.line(row, person, share, by.known(row)))
        for row in rows for person, share in by.shares(row, by.known(row)).items()
    ]  # fmt: skip
    return earned + (_differences(_Later(first, months, by, last_steps(late), _booked(late)), late) if late else [])


def _booked(late: Sequence[Settlement]) -> dict[int, list[CommissionLine]]:
    found: dict[int, list[CommissionLine]] = defaultdict(list)
    for each in CommissionLine.objects.filter(settlement__in=[row.pk for row in late]).order_by("pk"):
        found[each.settlement_id].append(each)
    return found


@dataclass(frozen=True)
class _Later:
    """What the differences that a month carries are reckoned from."""

    first: date
    months: Approvals
    by: Reckoning
    steps: dict[int | None, datetime]
    booked: dict[int, list[CommissionLine]]

    def lines(self, row: Settlement) -> Lines:
        """Return what the month carries of a settlement of an approved month: what came, and what was changed otherwise."""
        covered = {number for each in self.booked[row.pk] for number in each.covers}
        due = {number: self._carrying(at) for number, at in self.by.known(row).items() if number not in covered}
        before = covered | {number for number, month in due.items() if month < self.first}
        came = {number for number, month in due.items() if month == self.first}
        found = minus(self.by.shares(row, before | came), self.by.shares(row, before))
        step = max(self.steps[each] for each in (row.pk, row.charge_id, row.case.parent_id) if each in self.steps)
        if self._carrying(step) == self.first:
            found = plus(found, minus(self.by.shares(row, covered), self._held(row)))
        known = self.by.known(row)
        at = max((known[number] for number in came), default=step)
        return [(person, self.by.line(row, person, share, came, at)) for person, share in found.items()
                if came or share != NOTHING]  # fmt: skip

    def _held(self, row: Settlement) -> dict[int, Share]:
        held: dict[int, Share] = {}
        for each in self.booked[row.pk]:
            held = plus(held, {each.staff_id: Share(each.whole, each.part, each.added)})
        return held

    def _carrying(self, at: datetime) -> date:
        """Return the first month from an instant on that is not approved."""
        month = localtime(at).date().replace(day=1)
        while month in self.months:
            month = (month + timedelta(days=31)).replace(day=1)
        return month


def _differences(later: _Later, late: Sequence[Settlement]) -> Lines:
    return [line for row in late for line in later.lines(row)]
