"""HC-5.2.5, HS-4.3.4  By clock and calendar: emergencies at 9:00 and 22:00, across midnight, on rest days; three shifts."""

from datetime import datetime, timedelta

import pytest

from menling.jobs.closing import lay_out
from menling.journal.climbing import climb
from menling.journal.models import Case, Outgoing
from menling.journal.replay import differences
from menling.journal.sweep import sweep
from menling.kernel.calendars import OfficeCalendar
from menling.premises.models import OnCall, Shift
from menling.procedures.closing_sheet import CLOSING_SHEET, ClosingPolicy, shift_end
from tests.office import World
from tests.procedures.given import chosen, decide, due_at, kept, promise

ZONE = OfficeCalendar().zone
BURST = {"urgency": "emergency", "emergency": "burst_pipe", "content": "水管爆裂"}
THREE = chosen(ClosingPolicy, closing__centre_shifts="three")


def at(clock: str, day: str = "2026-11-20") -> datetime:
    """Return an instant on the office's clock."""
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZONE)


# The ten minutes, by the clock


@pytest.mark.django_db
@pytest.mark.clause("HC-5.2.5")
@pytest.mark.parametrize(
    ("clock", "counted"), [("08:59", False), ("09:00", True), ("21:59", True), ("22:00", True), ("22:01", False)]
)
def test_an_emergency_nobody_reaches_breaks_its_promise_by_day_and_only_shows_it_by_night(
    world: World, clock: str, counted: bool
) -> None:
    case = world.file(at=at(clock), **BURST)
    sweep(at(clock) + timedelta(minutes=10))
    assert promise(case, "emergency").broken_at is None
    sweep(at(clock) + timedelta(minutes=10, seconds=1))
    door = promise(case, "emergency")
    assert (door.counted, door.broken_at is not None) == (counted, counted)
    assert door.due_at == at(clock) + timedelta(minutes=10)


@pytest.mark.django_db
@pytest.mark.clause("HC-5.2.5")
@pytest.mark.parametrize("day", ["2026-10-01", "2026-10-10", "2026-11-22"], ids=["holiday", "worked Saturday", "Sunday"])
def test_the_ten_minutes_know_no_rest_day(world: World, day: str) -> None:
    case = world.file(at=at("10:00", day), **BURST)
    sweep(at("10:10:01", day))
    assert promise(case, "emergency").broken_at == at("10:10", day)


@pytest.mark.django_db
@pytest.mark.clause("HC-5.2.5")
def test_an_emergency_before_ten_at_night_counts_though_the_worker_comes_after(world: World) -> None:
    case = world.do(world.file(at=at("21:59"), **BURST), "accept", "control_centre", at=at("21:59:30"))
    world.do(case, "dispatch", "control_centre", at=at("22:00"), worker=world.staff["repair_worker"].number)
    world.do(case, "arrive", "repair_worker", at=at("22:09:00"))
    assert kept(case, "emergency") is True
    assert promise(case, "emergency").counted is True


@pytest.mark.django_db
@pytest.mark.clause("HC-5.2.5")
def test_across_midnight_the_list_of_the_evening_is_called_and_the_times_stay_true(world: World) -> None:
    Shift.objects.all().delete()
    for rank, key in enumerate(("repair_worker", "repair_worker_2"), 1):
        OnCall.objects.create(office=world.office, day=at("23:57").date(), rank=rank, staff=world.staff[key])
    case = world.file(at=at("23:57"), **BURST)
    climb(at("00:02:01", "2026-11-21"))
    called = list(Outgoing.objects.filter(case=case, staff_id__isnull=False).order_by("pk").values_list("staff_id", flat=True))
    assert called == [world.staff["repair_worker"].pk, world.staff["repair_worker_2"].pk]
    world.do(case, "accept", "control_centre", at=at("00:03", "2026-11-21"))
    number = world.staff["repair_worker_2"].number
    world.do(case, "dispatch", "control_centre", at=at("00:03", "2026-11-21"), worker=number)
    world.do(case, "acknowledge", "repair_worker_2", at=at("00:04", "2026-11-21"))
    climb(at("00:12:01", "2026-11-21"))
    assert Outgoing.objects.filter(case=case, staff_id__isnull=False, urgent=True).count() == 2
    world.do(case, "arrive", "repair_worker_2", at=at("00:08", "2026-11-21"))
    door = promise(case, "emergency")
    assert (door.due_at, door.counted, door.broken_at) == (at("00:07", "2026-11-21"), False, None)
    assert differences(case) == []


# The sheet of every shift


@pytest.mark.clause("HS-4.3.4", "CF-35")
@pytest.mark.parametrize(
    ("clock", "ends"),
    [("07:59", "2026-11-20T08:00"), ("08:00", "2026-11-20T08:00"), ("08:01", "2026-11-20T16:00"),
     ("15:59", "2026-11-20T16:00"), ("16:00", "2026-11-20T16:00"), ("16:01", "2026-11-21T00:00"),
     ("23:59", "2026-11-21T00:00"), ("00:00", "2026-11-20T00:00"), ("00:01", "2026-11-20T08:00")],
)  # fmt: skip
def test_a_control_room_of_three_shifts_closes_at_the_end_of_each(clock: str, ends: str) -> None:
    end = datetime.fromisoformat(ends).replace(tzinfo=ZONE)
    assert shift_end("control_centre", at(clock), THREE, OfficeCalendar()) == end
    assert due_at(CLOSING_SHEET, "close", at(clock), THREE, desk="control_centre") == end


@pytest.mark.clause("HS-4.3.4", "CF-35")
@pytest.mark.parametrize(("desk", "policy"), [("service_desk", THREE), ("control_centre", ClosingPolicy())])
def test_every_other_desk_closes_once_at_the_end_of_work(desk: str, policy: ClosingPolicy) -> None:
    for clock in ("07:00", "15:00", "23:00"):
        assert shift_end(desk, at(clock), policy, OfficeCalendar()) == at("18:00")


@pytest.mark.django_db
@pytest.mark.clause("HS-4.3.4", "CF-35")
def test_with_three_shifts_three_sheets_are_laid_out_a_day_and_each_asks_what_the_one_before_left(world: World) -> None:
    decide(world, "closing.centre_shifts", "three")
    order = world.file(at=at("09:00"))
    made = []
    for clock, day in (("15:00", "2026-11-20"), ("23:00", "2026-11-20"), ("07:00", "2026-11-21")):
        assert not any("control_centre" in line for line in of(lay_out(at(clock, day) - timedelta(seconds=1))))
        assert len([line for line in of(lay_out(at(clock, day))) if "control_centre" in line]) == 1
        assert not any("control_centre" in line for line in of(lay_out(at(clock, day) + timedelta(minutes=1))))
        sheet = Case.objects.filter(kind="closing_sheet", office=world.office, closingsheet__desk="control_centre").latest("pk")
        assert order.number in [line["number"] for line in sheet.closingsheet.lines]
        made.append(sheet.closingsheet.due_at)
    assert made == [at("16:00"), at("00:00", "2026-11-21"), at("08:00", "2026-11-21")]


def of(lines: list[str]) -> list[str]:
    """Return the lines about the office of the tests."""
    return [line for line in lines if line.startswith("XH")]
