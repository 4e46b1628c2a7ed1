"""The pages of the day: offices side by side for the company head."""

from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from menling.journal.models import Case
from menling.kernel.roles import Role
from menling.orders.grid import grid, waiting
from menling.orders.models import Order
from menling.orders.served import COUNTED, PAGE, not_followed_up
from menling.premises import clock
from menling.premises.models import Company, Office, Shift
from tests.doors.web import browser, words
from tests.office import MORNING, World, make_person, make_staff, make_unit, move_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(today: World) -> World:
    """The office half an hour ago, so that what is done in a test was done already."""
    today.now -= timedelta(minutes=30)
    return today


def queries(there: Any, path: str) -> int:
    """How often a page asks the database."""
    with CaptureQueriesContext(connection) as caught:
        assert there.get(path).status_code == 200
    return len(caught)


def row_of(page: Any, office: Office) -> Any:
    return next(row for row in page.context["rows"] if row.office == office)


def busy(world: World) -> None:
    world.file()
    other = world.do(world.file(), "accept", "control_centre")
    world.do(other, "dispatch", "control_centre", worker=world.staff["repair_worker_2"].number)
    case = world.completed("120.00")
    world.do(world.child(case, "charge"), "collect", "business_lead", amount=Decimal("120.00"), method="cash")


def test_the_company_head_begins_with_the_offices_side_by_side(house: World) -> None:
    assert browser(house, "company_management").get("/")["Location"] == "/company"


def test_every_figure_of_an_office_opens_as_many_cases(house: World) -> None:
    busy(house)
    there = browser(house, "company_management")
    row = row_of(there.get("/company"), house.office)
    assert (row.undispatched, row.cash, row.rating, row.unsettled) == (1, Decimal("120.00"), Decimal("5.0"), 1)
    counted = {"reported": row.reported, "open": row.open, "undispatched": row.undispatched, "late": row.late,
               "unsettled": row.unsettled, "rated": row.rated}  # fmt: skip
    for name, count in counted.items():
        assert len(there.get(f"/company/XH/{name}").context["lines"]) == count, name
    assert "¥120.00" in there.read("/company/XH/cash")


def test_a_figure_brings_the_company_head_into_its_office(house: World) -> None:
    there = browser(house, "company_management")
    assert there.get("/company/LY/open").context["office"] == house.elsewhere
    assert there.get("/board").context["office"] == house.elsewhere


def test_nobody_else_sees_the_offices_side_by_side(house: World) -> None:
    assert browser(house, "office_manager").get("/company").status_code == 403


def test_braces_in_a_residents_words_are_only_words(house: World) -> None:
    house.file(content="马桶{漏水}")
    assert "马桶{漏水}" in browser(house, "company_management").read("/company/XH/open")


def test_the_offices_are_asked_for_equally_often_however_many_there_are(house: World) -> None:
    busy(house)
    there = browser(house, "company_management")
    few = queries(there, "/company")
    for number in range(5):
        office = Office.objects.create(company=house.company, code=f"Z{number}", name=f"新{number}", phone="021-1")
        move_in(make_person(house.company, "住户", f"1370000000{number}"), make_unit(office, "1", "1", "101"), "owner")
    house.completed("90.00")
    house.file()
    assert queries(there, "/company") == few <= 14


def on_shift(world: World, who: str, begin: datetime, hours: float) -> None:
    Shift.objects.create(staff=world.staff[who], office=world.office, starts_at=begin, ends_at=begin + timedelta(hours=hours))


def test_the_grid_shows_visits_gaps_and_what_waits(world: World) -> None:
    ten = MORNING.replace(minute=0)
    on_shift(world, "repair_worker", ten - timedelta(hours=2), 8)
    on_shift(world, "repair_worker_2", ten - timedelta(hours=2), 8)
    waits, going = world.file(), world.at_home()
    found = grid(world.office, MORNING + timedelta(minutes=6))
    rows = {row.staff.number: row.blocks for row in found.rows}
    (visit,) = [each for each in rows["A005"] if each.sort == "visit"]
    assert (visit.visit and visit.visit.order.case, visit.begin) == (going, ten)
    assert [each.sort for each in rows["A101"]] == ["gap", "off"]
    assert [case.number for case in waiting(world.actor("team_lead"), world.office)] == [waits.number]


def test_what_presses_most_stands_first_of_what_waits_for_a_name_or_a_time(world: World) -> None:
    parked = world.do(world.at_home(), "absent", "repair_worker", slip="0001")
    at_once = world.file(at=MORNING + timedelta(minutes=10), content="客厅灯不亮")
    burst = world.file(at=MORNING + timedelta(minutes=11), content="水管爆裂", urgency="emergency")
    found = waiting(world.actor("team_lead"), world.office)
    assert [case.number for case in found] == [burst.number, at_once.number, parked.number]


def test_what_ended_before_the_hours_shown_is_not_drawn(world: World) -> None:
    begin = MORNING - timedelta(hours=8)
    on_shift(world, "repair_worker", begin, 6)
    world.now = begin
    world.finished()
    (row,) = grid(world.office, MORNING + timedelta(hours=3)).rows
    assert {each.sort for each in row.blocks} <= {"on", "off"}


def test_a_practice_office_says_so_and_a_real_one_does_not(house: World) -> None:
    there = browser(house, "team_lead")
    assert "Practice" in words(there.read("/team"))
    Company.objects.update(is_demo=False)
    assert "Practice" not in words(there.read("/team"))


def test_every_row_of_the_grid_is_as_long_as_the_day(world: World) -> None:
    on_shift(world, "repair_worker", MORNING - timedelta(hours=5, minutes=10), 11.3)
    world.at_home()
    for minutes in (0, 50, 200, 500):
        found = grid(world.office, MORNING + timedelta(minutes=minutes))
        for row in found.rows:
            assert sum(each.slots for each in row.blocks) == 4 * len(found.hours), (minutes, row)
            assert all(one.end == other.begin for one, other in pairwise(row.blocks))


def test_a_gap_opens_the_form_with_worker_and_time_and_sends_the_job_then(house: World) -> None:
    case = house.do(house.file(), "accept", "control_centre")
    there = browser(house, "team_lead")
    at = (clock.now() + timedelta(hours=2)).replace(microsecond=0)
    page = there.get("/crew/assign/A101", {"at": at.isoformat()})
    assert (page.context["worker"].number, page.context["at"]) == ("A101", at)
    assert [(each, sendable) for each, sendable in page.context["jobs"]] == [(case, True)]
    answer = there.post("/crew/assign/A101", {"order": case.number, "at": at.isoformat()})
    assert answer["Location"] == "/crew"
    case.refresh_from_db()
    assert (case.status, case.order.visit_at, case.order.worker.number) == ("dispatched", at, "A101")


def test_a_job_nobody_accepted_yet_is_listed_and_cannot_be_sent(house: World) -> None:
    house.file()
    jobs = browser(house, "team_lead").get("/crew/assign/A101").context["jobs"]
    assert [sendable for _case, sendable in jobs] == [False]


def test_the_grid_is_the_same_number_of_questions_however_many_people_there_are(house: World) -> None:
    there = browser(house, "team_lead")
    on_shift(house, "repair_worker", house.now, 8)
    house.at_home()
    few = queries(there, "/crew")
    for number in range(4):
        staff = make_staff(house.company, house.office, Role.HOUSEKEEPER, f"H{number}", f"阿姨{number}")
        Shift.objects.create(staff=staff, office=house.office, starts_at=house.now, ends_at=house.now + timedelta(hours=4))
        house.file()
    assert queries(there, "/crew") == few <= 14


def archived(world: World) -> Case:
    return world.do(world.completed(), "archive", "service_desk")


def test_quality_begins_with_what_nobody_asked_about(house: World) -> None:
    asked, other = archived(house), house.completed()
    house.file()
    house.do(asked, "note", "service_desk", text="业主说修得好", follow_up="reached")
    house.do(other, "note", "service_desk", follow_up="not_reached")
    there = browser(house, "quality")
    assert there.get("/")["Location"] == "/quality"
    page = there.get("/quality")
    assert (page.context["rows"], page.context["whole"]) == ([other], 1)
    assert there.get("/quality", {"age": "3"}).context["rows"] == []
    assert there.get("/quality", {"office": "LY"}).status_code == 404


def test_quality_writes_down_a_call_where_the_order_waits_for_it(house: World) -> None:
    there, case = browser(house, "quality"), house.completed()
    page = there.get("/quality").content.decode()
    assert f"/steps/{case.number}/note" in page
    assert "13800138000" not in page
    there.post(f"/steps/{case.number}/note", {"text": "都好", "follow_up": "reached", "key": "call-1"})
    assert there.get("/quality").context["rows"] == []
    assert '/note"' not in browser(house, "company_management").get("/quality").content.decode()


def served_before(world: World, count: int, days: int, *, asked: bool) -> None:
    """Lay down orders that were served, an hour apart, the last one so many days ago."""
    cases = Case.objects.bulk_create(
        Case(kind="repair", number=f"XH-R{days}-{at:05}", office=world.office, status="archived", closed_at=then, last_at=then,
             reported_at=then, asked=asked, unit=world.unit)
        for at in range(count) if (then := world.now - timedelta(days=days, hours=at))
    )  # fmt: skip
    Order.objects.bulk_create(Order(case=case, unit=world.unit, reporter="王芳", content="水龙头漏") for case in cases)


def test_what_waits_for_a_call_is_read_from_an_index_of_its_own_and_in_a_fixed_number_of_questions(house: World) -> None:
    there = browser(house, "quality")
    house.completed()
    few = queries(there, "/quality")
    house.completed()
    archived(house)
    assert queries(there, "/quality") == few <= 12
    served_before(house, 3000, 100, asked=False)
    served_before(house, 2000, 2, asked=True)
    assert queries(there, "/quality") == few
    sql, params = not_followed_up(house.actor("quality"), [house.office.pk], house.now).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute("REINDEX TABLE journal_case")  # what other tests took back still fills the pages of its indexes
        cursor.execute("ANALYZE journal_case")
        cursor.execute("SET LOCAL enable_seqscan = off")  # so few rows may as well be read through
        cursor.execute(f"EXPLAIN {sql}", params)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "case_to_be_asked" in plan, plan


def test_a_great_many_are_not_counted_to_the_last_one(house: World) -> None:
    there = browser(house, "quality")
    for count, days, shown in ((COUNTED - 1, 2, f"{COUNTED - 1}"), (1, 50, f"{COUNTED}+"), (5, 60, f"{COUNTED}+")):
        served_before(house, count, days, asked=False)
        page = there.get("/quality")
        assert f'<span class="figure">{shown}</span>' in page.content.decode()
        assert len(page.context["rows"]) == PAGE


def test_a_housekeeper_is_not_offered_repairs(house: World) -> None:
    house.do(house.file(), "accept", "control_centre")
    there = browser(house, "team_lead")
    assert there.get("/crew/assign/A006").context["jobs"] == []
    assert len(there.get("/crew/assign/A005").context["jobs"]) == 1
