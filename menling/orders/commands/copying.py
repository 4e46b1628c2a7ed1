"""Yesterday's repair register, copied to the service desk for its follow-ups."""

from datetime import date, datetime, time, timedelta

from menling.journal.cases import open_case
from menling.journal.models import Case
from menling.journal.take import take
from menling.journal.taken import Taken, Tell
from menling.kernel.actor import Actor
from menling.kernel.calendars import OfficeCalendar
from menling.kernel.words import Message, _
from menling.orders.models import Order, RegisterCopy
from menling.policies.values import values_for
from menling.premises.models import Office
from menling.procedures.register_copy import REGISTER_COPY, Status, day_has_come, day_is_over, in_register

Steps = list[tuple[RegisterCopy, Taken]]


def prepare(office: Office, *, by: Actor, at: datetime, day: date) -> Steps:
    """HS-4.2.4  Open the copy of one day's register: every repair reported on that calendar day. Once per day."""
    row = REGISTER_COPY.step("prepare", Status.NEW, by.roles_in(office.pk))
    values = values_for(office, at)
    day_has_come(day, values.calendar.local(at).date())
    copy = RegisterCopy(office=office, day=day, due_day=day + timedelta(days=1),
                        entries=entries(office, day, values.calendar))  # fmt: skip
    copy.case = open_case("register_copy", office, at, year=values.calendar.local(at).year)
    copy.values = values
    copy.save(force_insert=True)
    return [(copy, take(copy, row, by=by, at=at, facts={"day": day, "entries": len(copy.entries)}))]


def entries(office: Office, day: date, calendar: OfficeCalendar) -> list[str]:
    """Return the numbers of the repairs of a calendar day at the office, in the order of their reports.

    What was written down only after the copy of its own day had gone comes first: no repair misses its follow-up.
    """
    begin = calendar.at(day, time.min)
    end = calendar.at(day + timedelta(days=1), time.min)
    rows = Order.objects.filter(case__kind="repair", case__office=office, case__reported_at__gte=begin - timedelta(days=1),
                                case__reported_at__lt=end + timedelta(days=1)).order_by("case__reported_at", "pk")  # fmt: skip
    reported = rows.values_list("case__number", "case__reported_at")
    return _belated(office, day, begin) + [number for number, at in reported if in_register(at, begin, end)]


def _belated(office: Office, day: date, begin: datetime) -> list[str]:
    before = RegisterCopy.objects.filter(office=office, day__lt=day, delivered_at__isnull=False).order_by("-day").first()
    if before is None:
        return []
    since = Case.objects.filter(kind="repair", office=office, pk__gt=before.pk, reported_at__lt=begin)
    numbers = since.order_by("reported_at", "pk").values_list("number", flat=True)
    return [number for number in numbers if number not in set(before.entries)]


def deliver(copy: RegisterCopy, *, by: Actor, at: datetime) -> Steps:
    """HS-4.2.4  The service desk has the register; an empty one is said to be empty."""
    row = REGISTER_COPY.step("deliver", copy.case.status, by.roles_in(copy.case.office_id))
    day_is_over(copy.day, copy.values.calendar.local(at).date())
    copy.entries = entries(copy.office, copy.day, copy.values.calendar)
    copy.delivered_at = at
    copy.save(update_fields=["entries", "delivered_at"])
    sentence = _("The repair register of {day} is here: {count} repairs for follow-up.")
    if not copy.entries:
        sentence = _("The repair register of {day} is empty. Please check with the control centre.")
    text = Message(sentence, {"day": copy.day.isoformat(), "count": len(copy.entries)})
    tell = (Tell(text, roles=("service_desk", "control_centre") if not copy.entries else ("service_desk",)),)
    return [(copy, take(copy, row, by=by, at=at, facts={"day": copy.day, "entries": len(copy.entries)}, tell=tell))]
