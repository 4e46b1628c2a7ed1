"""Who works when in the invented offices, which days are holidays, and the figures the offices decided on."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from chinese_calendar import constants

from menling.demo.crew import Hand
from menling.kernel.actor import Actor
from menling.kernel.roles import OUTSIDE
from menling.kernel.roles import Role as R
from menling.policies.models import CalendarDay
from menling.policies.values import approve
from menling.premises.models import Office, OnCall, Shift, Staff

AHEAD = 14
"""Days of the roster after today."""
FIRST_YEAR = 2024
ROUND_THE_CLOCK = ((7, 19, "白班"), (19, 31, "夜班"))
"""The watches of a control room; who has had the night is off the day after."""
EARLY, LATE = (8, 17, "早班"), (13, 22, "晚班")
CREW = (EARLY, EARLY, EARLY, LATE, None)
"""The days of a crew of five, each beginning a day after the other; at night the late one is on call."""
DAY = (8, 18, "日班")
WEEKDAYS = {
    R.SERVICE_DESK: "12345", R.SERVICE_DESK_SUPERVISOR: "34567", R.TEAM_LEAD: "123456", R.HOUSEKEEPER: "123456",
    R.REPAIR_WORKER: "123456", R.CONTROL_CENTRE: "123456",
}  # fmt: skip
"""Days of the week (1 is Monday) worked whether or not they are public holidays; everybody else has the office's."""
FIGURES = (
    ("repair.dispatch_minutes", 5, 8), ("repair.acknowledge_minutes", 5, 5), ("money.collection_threshold", "100.00", "100.00"),
    ("calendar.shift_start", "08:00", "08:00"), ("calendar.shift_end", "18:00", "17:30"),
)  # fmt: skip
"""Key, figure of the first office, figure of the second."""

HALF_AN_HOUR = timedelta(minutes=30)
Hours = tuple[int, int, str]


def holidays() -> None:
    """Load the public holidays and worked weekends of every year that was announced."""
    off = [CalendarDay(day=day, works=False, name=_chinese(name)) for day, name in constants.holidays.items()
           if day.year >= FIRST_YEAR]  # fmt: skip
    worked = [CalendarDay(day=day, works=True, name=_chinese(name)) for day, name in constants.workdays.items()
              if day.year >= FIRST_YEAR]  # fmt: skip
    CalendarDay.objects.bulk_create(off + worked)


def _chinese(name: str) -> str:
    known: dict[str, str] = {each.value: each.chinese for each in constants.Holiday}
    return known.get(name, name)


def shifts(office: Office, hands: list[Hand], staff: dict[str, Staff], now: datetime, back: int) -> None:
    """Write the roster of an office from `back` days ago: the watches of the control centre, early and late for the crew,
    and who is on call at night. On the day of the demonstration everybody is at work, whatever day or hour it is."""
    zone = ZoneInfo(office.zone)
    here = [hand for hand in hands if hand.office == office.code and hand.role not in OUTSIDE]
    today = now.astimezone(zone).date()
    days = [today + timedelta(days=count) for count in range(-back - 1, AHEAD + 1)]
    rows = [_shift(office, staff[hand.number], day, hours, zone) for day in days for hand, hours in _day(here, day, today)]
    there = {row.staff_id for row in rows if row.starts_at <= now - HALF_AN_HOUR and now + HALF_AN_HOUR < row.ends_at}
    crew = [staff[hand.number] for hand in here if hand.role is R.REPAIR_WORKER]
    called = {each.pk: each for each in crew if each.pk not in there}
    kept = [row for row in rows if row.staff_id not in called or row.starts_at.astimezone(zone).date() != today]
    Shift.objects.bulk_create([*kept, *(_called_in(office, each, now) for each in called.values())])
    _on_call(office, crew, days)


def _on_call(office: Office, crew: list[Staff], days: list[date]) -> None:
    """Who has the late shift is called first at night, then who has it the day after."""
    late = CREW.index(LATE)
    OnCall.objects.bulk_create(
        OnCall(office=office, day=day, rank=rank, staff=crew[(late - day.toordinal() - rank + 1) % len(crew)])
        for day in days for rank in range(1, min(len(crew), 2) + 1)
    )  # fmt: skip


def _day(here: list[Hand], day: date, today: date) -> Iterator[tuple[Hand, Hours]]:
    turn = day.toordinal()
    centre = [hand for hand in here if hand.role is R.CONTROL_CENTRE]
    crew = [hand for hand in here if hand.role is R.REPAIR_WORKER]
    watched = centre if len(centre) > len(ROUND_THE_CLOCK) else []
    turned = crew if len(crew) == len(CREW) else []
    for number, hours in enumerate(ROUND_THE_CLOCK if watched else ()):
        yield watched[(turn - number) % len(watched)], hours
    for number, hand in enumerate(turned):
        if (shift := CREW[(number + turn) % len(CREW)]) is not None:
            yield hand, shift
    for hand in here:
        if hand not in watched and hand not in turned and (day == today or _at_work(hand, day)):
            yield hand, DAY


def _at_work(hand: Hand, day: date) -> bool:
    return str(day.isoweekday()) in WEEKDAYS[hand.role] if hand.role in WEEKDAYS else _works(day)


def _works(day: date) -> bool:
    return day in constants.workdays or (day.weekday() < 5 and day not in constants.holidays)


def _shift(office: Office, staff: Staff, day: date, hours: Hours, zone: ZoneInfo) -> Shift:
    begin, end, name = hours
    starts = datetime.combine(day, time(begin), zone)
    ends = datetime.combine(day + timedelta(days=end // 24), time(end % 24), zone)
    return Shift(staff=staff, office=office, starts_at=starts, ends_at=ends, name=name)


def _called_in(office: Office, staff: Staff, now: datetime) -> Shift:
    """A morning so busy that whoever is off or comes later is called in; in the evening and at night there is a crew as well."""
    return Shift(staff=staff, office=office, starts_at=now - timedelta(hours=4), ends_at=now + timedelta(hours=5), name="加班")


def figures(offices: list[Office], manager: Actor, since: datetime) -> None:
    """Let the company's management decide on a few figures of each office."""
    for key, *values in FIGURES:
        for office, value in zip(offices, values, strict=True):
            approve(office, key, value, by=manager, company_id=office.company_id, in_force_from=since, at=since,
                    reason="示范数据")  # fmt: skip
