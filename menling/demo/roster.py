"""Who works when in the invented offices, which days are holidays, and the figures the offices decided on."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from chinese_calendar import constants

from menling.demo.crew import Hand
from menling.kernel.actor import Actor
from menling.kernel.roles import Role as R
from menling.policies.models import CalendarDay
from menling.policies.values import approve
from menling.premises.models import Office, Shift, Staff

AHEAD = 14
"""Days of the roster after today."""
FIRST_YEAR = 2024
ROUND_THE_CLOCK = ((7, 15, "早班"), (15, 23, "中班"), (23, 31, "夜班"))
EARLY, LATE, NIGHT = (8, 17, "早班"), (13, 22, "晚班"), (22, 32, "值班")
CREW = (EARLY, EARLY, EARLY, EARLY, LATE, LATE, NIGHT, None)
DAY = (8, 18, "日班")
EVERY_DAY = frozenset({R.SERVICE_DESK, R.TEAM_LEAD, R.SECURITY, R.HOUSEKEEPER})
OUTSIDE = frozenset({R.OWNERS_COMMITTEE, R.PROVIDER})
FIGURES = (
    ("repair.dispatch_minutes", 5, 8), ("repair.acknowledge_minutes", 5, 5), ("money.collection_threshold", "100.00", "100.00"),
    ("calendar.shift_start", "08:00", "08:00"), ("calendar.shift_end", "18:00", "17:30"),
)  # fmt: skip
"""Key, figure of the first office, figure of the second."""

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
    """Write the roster of an office from `back` days ago: three shifts in the control centre, early and late for the crew."""
    zone = ZoneInfo(office.zone)
    here = [hand for hand in hands if hand.office == office.code and hand.role not in OUTSIDE]
    today = now.astimezone(zone).date()
    days = [today + timedelta(days=count) for count in range(-back - 1, AHEAD + 1)]
    rows = [_shift(office, staff[hand.number], day, hours, zone) for day in days for hand, hours in _day(here, day)]
    if not 8 <= now.astimezone(zone).hour < 20:
        rows += [_called_in(office, staff[hand.number], now) for hand in here if hand.role is R.REPAIR_WORKER]
    Shift.objects.bulk_create(rows)


def _day(here: list[Hand], day: date) -> Iterator[tuple[Hand, Hours]]:
    turn = day.toordinal()
    centre = [hand for hand in here if hand.role is R.CONTROL_CENTRE]
    for number, hours in enumerate(ROUND_THE_CLOCK):
        yield centre[(number + turn) % len(centre)], hours
    crew = [hand for hand in here if hand.role is R.REPAIR_WORKER]
    for number, hand in enumerate(crew):
        if (shift := CREW[(number + turn) % len(crew)]) is not None:
            yield hand, shift
    for hand in here:
        if hand not in centre and hand not in crew and (hand.role in EVERY_DAY or _works(day)):
            yield hand, DAY


def _works(day: date) -> bool:
    return day in constants.workdays or (day.weekday() < 5 and day not in constants.holidays)


def _shift(office: Office, staff: Staff, day: date, hours: Hours, zone: ZoneInfo) -> Shift:
    begin, end, name = hours
    starts = datetime.combine(day, time(begin), zone)
    ends = datetime.combine(day + timedelta(days=end // 24), time(end % 24), zone)
    return Shift(staff=staff, office=office, starts_at=starts, ends_at=ends, name=name)


def _called_in(office: Office, staff: Staff, now: datetime) -> Shift:
    """A demonstration in the evening or at night still shows a crew at work."""
    return Shift(staff=staff, office=office, starts_at=now - timedelta(hours=4), ends_at=now + timedelta(hours=5), name="加班")


def figures(offices: list[Office], manager: Actor, since: datetime) -> None:
    """Let the company's management decide on a few figures of each office."""
    for key, *values in FIGURES:
        for office, value in zip(offices, values, strict=True):
            approve(office, key, value, by=manager, company_id=office.company_id, in_force_from=since, at=since,
                    reason="示范数据")  # fmt: skip
