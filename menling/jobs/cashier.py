"""The cashier's day begins by itself on the morning of a working day, with what the day before left (MR-52)."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils.timezone import localtime

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
    today = localtime(at).date()
    begun = CashierDay.objects.filter(office=OuterRef("pk"), day=today)
    books = CashBook.objects.filter(~Exists(begun), closed_through__lt=today).select_related("office")
    return [line for book in books.order_by("office__code") for line in _of_office(book, at)]


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
    return opens_by_itself(today, at_work, values.policy(CashierPolicy), book.closed_through)
