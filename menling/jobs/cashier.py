"""The cashier's day begins by itself on the morning of a working day, with what the day before left (MR-52)."""

from collections.abc import Iterator
from datetime import datetime

from menling.journal.when import When
from menling.kernel.actor import SYSTEM
from menling.kernel.refusal import Refused
from menling.kinds import KINDS
from menling.money.sheets import CashBook, CashierDay
from menling.policies.values import values_for
from menling.procedures.cashier_day import CASHIER_DAY, CashierPolicy, opens_by_itself
from menling.reactions import perform

KIND = KINDS[CASHIER_DAY.kind]


def begin_days(at: datetime) -> list[str]:
    """Begin today's sheet of every office whose books have begun, from the start of work on. Twice is once."""
    books = CashBook.objects.filter(closed_through__isnull=False).select_related("office").order_by("office__code")
    return [line for book in books for line in _of_office(book, at)]


def _of_office(book: CashBook, at: datetime) -> Iterator[str]:
    office = book.office
    if not _due(book, at):
        return
    key = f"cashier:{office.pk}:{values_for(office, at).calendar.local(at).date()}"
    try:
        answer = perform(KIND.openings["begin"], office, kind=KIND, by=SYSTEM, at=When(at, at), key=key, facts={})
    except Refused:
        return  # finance, or another process, was faster
    yield f"{office.code}: {answer.body['number']} begun"


def _due(book: CashBook, at: datetime) -> bool:
    values = values_for(book.office, at)
    calendar = values.calendar
    today = calendar.local(at).date()
    at_work = calendar.is_working_day(today) and calendar.at(today, calendar.shift_start) <= at
    due = opens_by_itself(today, at_work, values.policy(CashierPolicy), book.closed_through)
    return due and not CashierDay.objects.filter(office=book.office, day=today).exists()
