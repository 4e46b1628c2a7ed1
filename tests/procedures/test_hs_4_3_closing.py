"""HS-4.3.4, HS-4.3.6  No desk ends its day while an order is unsigned without a word; what was late is on record by person."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from menling.closing.queries import UNANSWERED, late_in
from menling.jobs.closing import lay_out
from menling.journal.models import Case
from menling.journal.sweep import sweep
from menling.orders.register import lines
from menling.procedures.closing_sheet import (
    CLOSING_SHEET,
    ClosingPolicy,
    answer_stands,
    answers_for,
    closed_before_leaving,
    registers_of,
)
from menling.procedures.repair import REPAIR
from menling.shifts.queries import open_sheets
from tests import cleaning
from tests.office import World
from tests.procedures.given import decide, due_at, kept, last, promise, refused, shanghai, told_roles, told_staff

FIVE = shanghai(20, 17)


def sheet_of(world: World, desk: str = "control_centre") -> Case:
    """Return the sheet of a desk for the day, as the desk lays it out."""
    answer = world.answer("prepare", None, desk, kind="closing_sheet", desk=desk)
    return Case.objects.get(number=answer.body["number"])


def shift_of(world: World, who: str = "control_centre") -> Case:
    """Return a hand-over somebody has begun to write."""
    return Case.objects.get(number=world.answer("prepare", None, who, kind="shift_handover").body["number"])


@pytest.mark.clause("HS-4.3.4")
@pytest.mark.django_db
def test_the_newest_sheet_of_a_desk_is_one_look_in_an_index_however_many_there_were(world: World) -> None:
    sheet = sheet_of(world)
    with CaptureQueriesContext(connection) as asked:
        assert open_sheets(world.office) == {"control_centre": sheet.number}
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # so few rows may as well be read through
        for each in asked.captured_queries:
            cursor.execute(f"EXPLAIN {each['sql']}")
            plan = "\n".join(row[0] for row in cursor.fetchall())
            assert "closing_sheet_once" in plan, plan
            assert "Sort" not in plan, plan


def on_sheet(case: Case) -> list[str]:
    return [line["number"] for line in case.closingsheet.lines]


@pytest.mark.clause("HS-4.3.4")
def test_a_sheet_is_closed_by_the_end_of_work() -> None:
    assert due_at(CLOSING_SHEET, "close", FIVE, ClosingPolicy()) == shanghai(20, 18)


@pytest.mark.clause("HS-4.3.4")
@pytest.mark.parametrize(
    ("desk", "repairs_at", "kinds"),
    [
        ("control_centre", "control_centre", ("repair",)),
        ("control_centre", "either", ("repair",)),
        ("control_centre", "service_desk", ()),
        ("service_desk", "control_centre", ("housekeeping", "alarm")),
        ("service_desk", "service_desk", ("housekeeping", "alarm", "repair")),
    ],
)
def test_each_desk_asks_about_the_registers_it_keeps(desk: str, repairs_at: str, kinds: tuple[str, ...]) -> None:
    assert registers_of(desk, repairs_at) == kinds


@pytest.mark.clause("HS-4.3.4")
@pytest.mark.parametrize(
    ("finished", "reason", "minutes", "stands"),
    [(True, "未签字", None, True), (True, "", None, False), (False, "等件", 1, True), (False, "等件", 0, False),
     (False, "等件", -1, False), (False, "等件", None, False)],
)  # fmt: skip
def test_an_answer_stands_while_the_time_it_named_lies_ahead(
    finished: bool, reason: str, minutes: int | None, stands: bool
) -> None:
    expected = None if minutes is None else FIVE + timedelta(minutes=minutes)
    assert answer_stands(finished, reason, expected, FIVE) is stands


@pytest.mark.clause("HS-4.3.4")
@pytest.mark.django_db
def test_the_sheet_lists_what_is_not_signed_off_today_and_asks_who_took_it(world: World) -> None:
    taken, untaken, signed = world.sent(), world.file(), world.file()
    world.do(signed, "decline", "control_centre", reason="不在服务范围", offered="介绍厂家")
    sheet = sheet_of(world)
    assert on_sheet(sheet) == [taken.number, untaken.number]
    first = sheet.closingsheet.lines[0]
    assert (first["taker_name"], first["finished"], first["answered"]) == (world.staff["repair_worker"].name, False, False)
    assert told_staff(sheet) == [world.staff["repair_worker"].pk]
    assert told_roles(sheet) == {"control_centre"}


@pytest.mark.clause("HS-4.3.4")
@pytest.mark.django_db
def test_the_day_is_not_closed_before_every_order_has_a_reason_and_the_unfinished_a_time_and_a_plan(world: World) -> None:
    order = world.sent()
    sheet = sheet_of(world)
    with refused("HS-4.3.4"):
        world.do(sheet, "close_day", "control_centre")
    tomorrow = world.now + timedelta(days=1)
    for facts, status in (({"reason": " "}, 422), ({"reason": "等件", "plan": "续修"}, 422),
                          ({"reason": "等件", "expected_at": tomorrow}, 422),
                          ({"reason": "等件", "expected_at": world.now, "plan": "续修"}, 409)):  # fmt: skip
        with refused("HS-4.3.4", status):
            world.do(order, "explain", "control_centre", **facts)
    world.do(order, "explain", "repair_worker", reason="等配件", expected_at=tomorrow, plan="明早续修")
    sheet = world.do(sheet, "close_day", "control_centre")
    assert (sheet.status, kept(sheet, "close")) == ("closed", True)
    assert last(order, "explain").clauses == ["HS-4.3.4"]
    (row,) = lines(world.office, [order.number])
    assert (row.unsigned, row.expected_at, row.plan) == ("等配件", tomorrow, "明早续修")


@pytest.mark.clause("HS-4.3.4")
@pytest.mark.django_db
def test_no_desk_hands_its_shift_over_while_its_own_sheet_is_open(world: World) -> None:
    order, to = world.finished(), world.staff["service_desk"].number
    shift = shift_of(world)
    sheet = sheet_of(world)
    with refused("HS-4.3.4"):
        world.do(shift, "give", "control_centre", to=to)
    world.do(order, "explain", "control_centre", reason="业主不在家，明日补签")
    with refused("HS-4.3.4"):
        world.do(shift, "give", "control_centre", to=to)
    world.do(sheet, "close_day", "control_centre")
    assert world.do(shift, "give", "control_centre", to=to).status == "given"


@pytest.mark.clause("HS-4.3.4")
@pytest.mark.django_db
def test_the_sheet_of_the_other_desk_or_one_that_a_newer_replaced_holds_nobody_back(world: World) -> None:
    closed_before_leaving("control_centre", "")
    sheet_of(world, "service_desk")
    old = sheet_of(world)
    world.later(60 * 24)
    world.do(sheet_of(world), "close_day", "control_centre")
    assert world.do(old, "ask", "control_centre").status == "prepared"
    for who, to in (("control_centre", "service_desk"), ("team_lead", "service_desk")):
        assert world.do(shift_of(world, who), "give", who, to=world.staff[to].number).status == "given"
    with refused("HS-4.3.4"):
        world.do(shift_of(world, "service_desk"), "give", "service_desk", to=world.staff["control_centre"].number)


@pytest.mark.clause("HS-4.3.4")
@pytest.mark.django_db
def test_of_finished_work_only_the_reason_is_asked_and_what_is_signed_off_meanwhile_is_not_asked_about(world: World) -> None:
    finished = world.finished()
    world.later(60)
    signed = world.file()
    sheet = sheet_of(world)
    world.do(finished, "explain", "control_centre", reason="业主不在家，明日补签")
    world.do(signed, "cancel", "control_centre", reason="业主取消")
    assert world.do(sheet, "close_day", "control_centre").status == "closed"


@pytest.mark.clause("HS-4.3.4")
@pytest.mark.django_db
def test_an_order_whose_time_has_passed_is_asked_about_again_on_a_later_day(world: World) -> None:
    order = world.file()
    world.do(order, "explain", "control_centre", reason="等件", expected_at=world.now + timedelta(days=2), plan="到货上门")
    world.later(60 * 24)
    assert on_sheet(sheet_of(world)) == []
    world.later(60 * 24, 1)
    assert on_sheet(sheet_of(world)) == [order.number]


@pytest.mark.clause("HS-4.3.4")
@pytest.mark.django_db
def test_the_service_desk_asks_about_housekeeping_and_neither_desk_closes_the_other_s_sheet(world: World) -> None:
    order, repair = cleaning.agreed(world), world.file()
    sheet = sheet_of(world, "service_desk")
    assert on_sheet(sheet) == [order.number]
    assert repair.number not in on_sheet(sheet)
    with refused("HS-4.3.4", 403):
        world.do(sheet, "close_day", "control_centre")
    with refused("HS-4.3.4", 403):
        world.answer("prepare", None, "service_desk", kind="closing_sheet", desk="control_centre")
    world.do(order, "explain", "service_desk", reason="已约周末", expected_at=world.now + timedelta(days=9), plan="按约上门")
    assert world.do(sheet, "close_day", "service_desk").status == "closed"


@pytest.mark.clause("HS-4.3.4")
@pytest.mark.django_db
def test_the_sheets_are_laid_out_before_the_end_of_work_once_a_day_and_told_when_late(world: World) -> None:
    world.file()
    assert lay_out(FIVE - timedelta(seconds=1)) == []
    assert len(lay_out(FIVE)) == 4  # two desks in each of two offices
    assert lay_out(FIVE + timedelta(minutes=1)) == []
    sheet = Case.objects.get(kind="closing_sheet", office=world.office, closingsheet__desk="control_centre")
    sweep(shanghai(20, 18))
    assert promise(sheet, "close").broken_at is None
    sweep(shanghai(20, 18, 0, 1))
    assert promise(sheet, "close").broken_at == shanghai(20, 18)
    assert {"control_centre", "service_desk"} <= told_roles(sheet)


@pytest.mark.clause("HS-4.3.4")
@pytest.mark.django_db
def test_an_office_asks_earlier_and_ends_work_when_it_says(world: World) -> None:
    decide(world, "closing.ahead_minutes", 120)
    decide(world, "calendar.shift_end", "17:00")
    assert lay_out(shanghai(20, 14, 59)) == []
    assert any(line.startswith("XH") for line in lay_out(shanghai(20, 15)))


def month(world: World, at: datetime) -> list[tuple[str, str, str]]:
    return [(each.who, each.number, each.clause) for each in late_in(world.office, at.date(), at)]


@pytest.mark.clause("HS-4.3.6")
@pytest.mark.django_db
def test_what_was_late_stands_in_the_month_s_list_by_who_answers_for_it_with_the_complaints(world: World) -> None:
    assert (answers_for("王师傅 A005", "desk"), answers_for("", "control_centre")) == ("王师傅 A005", "control_centre")
    order = world.sent()
    world.later(30)
    sweep(world.now)
    worker = world.staff["repair_worker"]
    named = f"{worker.name} {worker.number}"
    assert (named, order.number, "EN-2.1") in month(world, world.now)
    before = month(world, shanghai(20, 10) - timedelta(days=30))
    assert before == []


@pytest.mark.clause("HS-4.3.6", "HS-4.3.4")
@pytest.mark.django_db
def test_an_answer_not_given_by_the_end_of_work_stands_in_the_list_of_the_month(world: World) -> None:
    order = world.sent()
    world.now = FIVE
    sheet = sheet_of(world)
    world.now = shanghai(20, 18, 0, 1)
    missing = [each for each in late_in(world.office, world.now.date(), world.now) if each.promise == UNANSWERED]
    assert [(each.number, each.kept_at) for each in missing] == [(order.number, None)]
    world.do(order, "explain", "control_centre", reason="等件", expected_at=shanghai(21, 10), plan="续修")
    world.do(sheet, "close_day", "control_centre")
    world.later(5)
    late = [each for each in late_in(world.office, world.now.date(), world.now) if each.promise == UNANSWERED]
    assert [(each.number, each.kept_at) for each in late] == [(order.number, shanghai(20, 18, 0, 1))]


@pytest.mark.clause("HS-4.3.4")
@pytest.mark.parametrize(("verb", "status", "needed"), [
    ("explain", "working", {"expected_at", "plan"}), ("explain", "finished", set()), ("note", "working", set()),
])  # fmt: skip
def test_of_an_unfinished_order_its_time_and_its_plan_are_asked_too(verb: str, status: str, needed: set[str]) -> None:
    assert REPAIR.asks_of(verb).needed(status, {}) - {"text"} == needed
