"""MR-39  Public places in words, and reports that belong to another department: followed up, told back, never dropped."""

from datetime import timedelta
from typing import Any

import pytest

from menling.journal.models import Case
from menling.journal.sweep import sweep
from menling.kernel.actor import Actor
from menling.kernel.calendars import OfficeCalendar
from menling.kernel.roles import Role
from menling.premises.actors import link_actor
from menling.premises.models import Building, Unit
from menling.procedures.referral import (
    REFERRAL,
    answer_on_record,
    asked_again,
    department_known,
    keeper,
    lies_with_a_department,
)
from menling.procedures.repair_policy import RepairPolicy
from menling.procedures.scope import ScopePolicy, one_place, reported_from_home, told_in_time
from tests.office import World, make_unit
from tests.procedures.given import chosen, decide, due_at, kept, last, promise, refused, shanghai, told_roles

pytestmark = [pytest.mark.clause("MR-39"), pytest.mark.django_db]
SECOND = timedelta(seconds=1)
PLACE: dict[str, Any] = {"unit": "", "content": "电梯厅灯不亮"}


# A public place, in words


@pytest.mark.parametrize(
    ("said", "code"),
    [("3栋电梯厅", "3-电梯厅"), ("3号楼 电梯厅", "3-电梯厅"), ("３栋电梯厅", "3-电梯厅"), ("地下车库B区", "公共-地下车库B区"),
     ("33栋大堂", "公共-33栋大堂"), ("大门岗亭", "公共-大门岗亭")],
)  # fmt: skip
def test_a_public_place_is_filed_in_words_without_a_home_set_up_first(world: World, said: str, code: str) -> None:
    case = world.file(place=said, **PLACE)
    assert (case.order.unit.code, case.order.unit.is_public) == (code, True)


def test_the_same_place_said_again_is_the_same_place_and_has_its_past(world: World) -> None:
    first, second = world.file(place="3栋电梯厅", **PLACE), world.file(place="3号楼电梯厅", **PLACE)
    assert first.unit_id == second.unit_id
    assert world.file(place="3-电梯厅", **PLACE).unit_id == first.unit_id
    assert Building.objects.filter(office=world.office, code="公共").count() == 0


@pytest.mark.clause("EN-D.4")
def test_a_public_place_has_the_three_days_of_a_public_area(world: World) -> None:
    case = world.file(place="3栋电梯厅", **PLACE)
    assert promise(case, "track_public").due_at == case.reported_at + timedelta(hours=72)
    assert not case.deadlines.filter(key="track_warranty").exists()


@pytest.mark.parametrize("said", ["？？", "123", "很" * 18])
def test_no_words_or_too_many_are_no_public_place(world: World, said: str) -> None:
    with refused("MR-39", 422):
        world.file(place=said, **PLACE)
    assert not Unit.objects.filter(is_public=True).exists()


def test_seventeen_characters_are_a_place_also_in_the_longest_building(world: World) -> None:
    assert world.file(place="很" * 17, **PLACE).unit.code == "公共-" + "很" * 17
    Building.objects.create(office=world.office, code="长" * 12)
    assert world.file(place="长" * 12 + "栋电梯", **PLACE).unit.code == "长" * 12 + "-电梯"


def test_a_home_is_no_public_place_and_both_at_once_are_refused(world: World) -> None:
    with refused("MR-39", 409):
        world.file(place="3-2-1201", **PLACE)
    with refused("MR-39", 422):
        world.file(place="3栋电梯厅")


@pytest.mark.clause("EN-D.4")
def test_a_resident_reports_a_public_place_in_words_like_the_desk_and_only_that(world: World) -> None:
    case = world.file("customer", place="3栋电梯厅", **PLACE)
    assert (case.order.unit.code, case.status) == (world.file(place="3栋电梯厅", **PLACE).order.unit.code, "reported")
    assert promise(case, "track_public").due_at == case.reported_at + timedelta(hours=72)
    with refused("MR-39", 422):
        world.file("customer", place="3栋电梯厅")
    with refused("MR-39", 422):
        one_place("3-2-1201")
    assert one_place("") is None


@pytest.mark.clause("MR-48")
def test_a_resident_reports_so_many_public_places_in_a_day_and_the_desk_any_number(world: World) -> None:
    decide(world, "intake.public_reports", 2)
    for place in ("3栋电梯厅", "地下车库"):
        world.file("customer", place=place, **PLACE)
    with refused("MR-48"):
        world.file("customer", place="大门岗亭", **PLACE)
    world.file(place="大门岗亭", **PLACE)
    world.file("customer")
    world.later(60 * 24, -1)
    with refused("MR-48"):
        world.file("customer", place="大门岗亭", **PLACE)
    world.later(0, 1)
    assert world.file("customer", place="大门岗亭", **PLACE).order.unit.is_public


@pytest.mark.clause("MR-48")
@pytest.mark.parametrize(("today", "passes"), [(4, True), (5, False), (6, False)])
def test_five_a_day_unless_the_office_says_otherwise(today: int, passes: bool) -> None:
    if passes:
        reported_from_home(True, today, ScopePolicy())
        return
    with refused("MR-48"):
        reported_from_home(True, today, ScopePolicy())


@pytest.mark.clause("MR-48")
def test_whoever_holds_several_links_of_a_home_or_gives_one_phone_is_counted_for_all_of_them(world: World) -> None:
    decide(world, "intake.public_reports", 2)
    first, second = (holder_of(world.file(), world) for _call in range(2))
    told = {"place": "3栋电梯厅", **PLACE}
    filed(world, first, **told, phone="13900000001")
    filed(world, second, **told, phone="13900000002")
    for by in (first, second, world.actor("customer")):
        with refused("MR-48"):
            filed(world, by, **told, phone="13900000003")
    neighbour = holder_of(world.file(unit="3-2-1202"), world)
    filed(world, neighbour, **told, phone="13900000003")
    filed(world, neighbour, **told, phone="13900000003")
    other = holder_of(world.file(unit=make_unit(world.office, "3", "2", "1203").code), world)
    with refused("MR-48"):
        filed(world, other, **told, phone="139 0000 0003")
    filed(world, other, **told, phone="")


def holder_of(case: Case, world: World) -> Actor:
    """Return who holds the link of an order."""
    return link_actor(case.pk, world.office.pk, "王芳")


def filed(world: World, by: Actor, **facts: Any) -> Any:
    """Report a public place as the holder of a link does."""
    return world.answer("file", None, by, **({"reporter": "王芳"} | facts))


@pytest.mark.clause("MR-48")
def test_the_day_is_counted_by_when_a_report_is_received_and_not_by_the_time_it_tells(world: World) -> None:
    decide(world, "intake.public_reports", 1)
    yesterday = world.now - timedelta(hours=23)
    filed(world, world.actor("customer"), place="3栋电梯厅", phone="", at=yesterday, **PLACE)
    world.later(60 * 2)
    with refused("MR-48"):
        filed(world, world.actor("customer"), place="地下车库", phone="", **PLACE)
    world.later(60 * 22)
    filed(world, world.actor("customer"), place="地下车库", phone="", **PLACE)


@pytest.mark.clause("MR-48")
@pytest.mark.parametrize(("before", "passes"), [(-SECOND, True), (timedelta(), True), (SECOND, False)])
def test_what_was_seen_more_than_a_day_ago_is_told_by_phone(world: World, before: timedelta, passes: bool) -> None:
    seen = world.now - timedelta(hours=24) - before
    if passes:
        told_in_time(seen, world.now, ScopePolicy())
        return
    with refused("MR-48", 409):
        world.file("customer", at=seen, place="3栋电梯厅", **PLACE)


def test_another_office_has_places_of_its_own(world: World) -> None:
    world.file(place="3栋电梯厅", **PLACE)
    assert not Unit.objects.filter(office=world.elsewhere, is_public=True).exists()


# Another department


def given_away(world: World, **facts: Any) -> Case:
    """Return a report the control centre gave to the gardeners."""
    said = {"wanted": "other", "content": "花坛喷头坏了", "reporter": "王芳", "department": "greening", "taken_by": "绿化李工"}
    return Case.objects.get(
        number=world.answer("pass_on", None, "control_centre", kind="referral", **(said | facts)).body["number"]
    )


def test_it_goes_to_a_department_of_the_offices_list_with_the_name_of_who_took_it(world: World) -> None:
    case = given_away(world)
    assert (case.status, case.referral.department, case.referral.to_desk) == ("passed", "greening", "control_centre")
    assert last(case, "pass_on").facts["taken_by"] == "绿化李工"
    for facts in ({"department": "环卫"}, {"taken_by": " "}):
        with refused("MR-39", 422):
            given_away(world, **facts)


def test_the_office_sets_its_own_departments(world: World) -> None:
    decide(world, "referral.departments", ["greening", "环卫"])
    assert given_away(world, department="环卫").referral.department == "环卫"
    with refused("MR-39", 422):
        given_away(world, department="security")


def test_who_works_for_the_department_here_hears_of_it(world: World) -> None:
    assert "security" in told_roles(given_away(world, department="security"))
    assert told_roles(given_away(world)) == set()


def test_another_department_answers_by_the_end_of_the_next_working_day() -> None:
    away = {"urgent": False, "department": "greening"}
    assert due_at(REFERRAL, "department", shanghai(19, 10), **away) == shanghai(20, 18)
    assert due_at(REFERRAL, "department", shanghai(20, 10), **away) == shanghai(23, 18), "over the week-end"
    saturday = OfficeCalendar(worked=frozenset({shanghai(21, 0).date()}))
    assert due_at(REFERRAL, "department", shanghai(20, 10), calendar=saturday, **away) == shanghai(21, 18), "a worked Saturday"
    holiday = OfficeCalendar(holidays=frozenset({shanghai(20, 0).date()}))
    assert due_at(REFERRAL, "department", shanghai(19, 10), calendar=holiday, **away) == shanghai(23, 18), "over a holiday"
    three = chosen(RepairPolicy, referral__department_days=3)
    assert due_at(REFERRAL, "department", shanghai(16, 10), three, **away) == shanghai(19, 18)
    assert due_at(REFERRAL, "department", shanghai(19, 10), urgent=True, department="security") == shanghai(19, 10, 5)
    assert due_at(REFERRAL, "department", shanghai(19, 10), urgent=False, department="") is None
    assert due_at(REFERRAL, "taken", shanghai(19, 10), **away) is None


def test_a_department_that_does_not_answer_alarms_and_the_report_stays(world: World) -> None:
    case = given_away(world)
    due = promise(case, "department").due_at
    assert sweep(due) == 0
    assert sweep(due + SECOND) == 1
    case.refresh_from_db()
    assert (case.closed_at, told_roles(case)) == (None, {"service_desk_supervisor", "control_centre"})
    world.now = due + timedelta(minutes=10)
    world.do(case, "chase", "control_centre", text="李工说明天来")
    assert promise(case, "chased").due_at > world.now
    world.do(case, "answer", "control_centre", answer="已换喷头", told_resident=True)
    assert (kept(case, "department"), kept(case, "chased")) == (False, True)


def test_asked_again_in_time_the_first_promise_stands(world: World) -> None:
    case = given_away(world)
    first = promise(case, "department").due_at
    world.later(minutes=60 * 24)
    world.do(case, "chase", "control_centre", text="催办")
    assert promise(case, "department").due_at == first
    with refused("MR-39", 422):
        world.do(case, "chase", "control_centre", text=" ")


def test_the_answer_is_kept_when_it_comes_and_it_is_closed_when_the_reporter_knows(world: World) -> None:
    case = given_away(world)
    with refused("MR-39", 422):
        world.do(case, "answer", "control_centre", answer=" ", told_resident=True)
    world.do(case, "answer", "control_centre", answer="已换喷头")
    assert (case.status, case.closed_at, kept(case, "department")) == ("heard", None, True)
    assert promise(case, "told").due_at == shanghai(world.now.day, 18)
    world.do(case, "tell", "control_centre", text="谢谢")
    assert kept(case, "told")
    case.referral.refresh_from_db()
    assert (case.status, case.referral.reason) == ("answered", "已换喷头")
    unnamed = given_away(world, reporter="")
    assert world.do(unnamed, "answer", "control_centre", answer="已换喷头").status == "answered"


def test_what_comes_back_becomes_an_order_after_all(world: World) -> None:
    case = given_away(world)
    order = world.file(place="3栋花坛", unit="", content="喷头")
    assert world.do(case, "take", "control_centre", became=order.number).status == "taken"


def test_what_was_passed_to_a_desk_goes_on_to_a_department_from_there(world: World) -> None:
    passed = world.answer("pass_on", None, "repair_worker", kind="referral", wanted="other", unit="3栋", content="门禁坏了")
    case = Case.objects.get(number=passed.body["number"])
    with refused("MR-39"):
        world.do(case, "chase", "service_desk", text="催")
    with refused("MR-39"):
        world.do(case, "answer", "service_desk", answer="好了")
    world.do(case, "hand_on", "service_desk", department="security", taken_by="保安队长")
    case.referral.refresh_from_db()
    assert (case.status, case.referral.department) == ("passed", "security")
    assert promise(case, "taken").met_at is not None
    assert promise(case, "department").met_at is None


def test_the_desk_that_gave_it_away_follows_it_up_and_a_colleague_leaves_that_to_the_desk_in_charge() -> None:
    assert keeper(frozenset({Role.CONTROL_CENTRE}), "other", "control_centre") == "control_centre"
    assert keeper(frozenset({Role.SERVICE_DESK}), "repair", "control_centre") == "service_desk"
    assert keeper(frozenset({Role.FINANCE}), "repair", "control_centre") == "control_centre"
    assert keeper(frozenset({Role.FINANCE}), "other", "control_centre") == "service_desk"


def test_the_rules_say_what_is_missing() -> None:
    with refused("MR-39", 422):
        department_known("greening", ("greening",), "")
    with refused("MR-39", 422):
        department_known("x", ("greening",), "李工")
    with refused("MR-39", 422):
        asked_again("")
    with refused("MR-39", 422):
        answer_on_record("")
    with refused("MR-39"):
        lies_with_a_department("")
