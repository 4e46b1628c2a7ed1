"""EN-D.10, EN-D.11  The handling time on the slip: measured, never rounded, added up; and work to be continued."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.utils.translation import override

from menling.doorway.bill import bill_of
from menling.doorway.papers import slip_facts
from menling.doorway.showing import loaded
from menling.journal.models import Case
from menling.kernel.roles import Role as R
from menling.orders.models import Order
from menling.orders.queries import HandlingTime, handling_time
from menling.policies.values import values_for
from menling.printing.sheets import slip_sheet
from menling.procedures.charging import ChargingPolicy
from menling.procedures.repair import REPAIR
from menling.procedures.repair_rules import carried_over
from menling.procedures.repair_time import exact_time, shown_minutes, started_blocks, time_at_home, time_known
from tests.office import World
from tests.procedures.given import NOON, decide, last, refused


def worked(world: World, case: Case, idle: int, seconds: int, then: str = "finish", **facts: object) -> None:
    """Arrive, tap start some seconds later, work, and end the visit."""
    world.do(case, "arrive", "repair_worker")
    world.later(seconds=idle)
    world.do(case, "start", "repair_worker")
    world.later(seconds=seconds)
    world.do(case, then, "repair_worker", **facts)


def time_of(case: Case) -> HandlingTime:
    order = Order.objects.select_related("case", "case__office").get(pk=case.pk)
    order.values = values_for(order.case.office, order.case.reported_at)
    return handling_time(order)


def sent_again(world: World, case: Case) -> None:
    world.do(case, "move", "control_centre", visit_at=world.now + timedelta(hours=1))
    world.do(case, "dispatch", "control_centre", worker=world.staff["repair_worker"].number)


# EN-D.10A  From the start at the home to completion


@pytest.mark.clause("EN-D.10A")
@pytest.mark.parametrize("started", [None, NOON + timedelta(seconds=133)])
def test_time_runs_from_the_start_at_the_home_or_the_check_in_until_completion(started: datetime | None) -> None:
    finished = NOON + timedelta(minutes=25)
    assert time_at_home(NOON, started, finished) == (started or NOON, finished)


@pytest.mark.django_db
@pytest.mark.clause("EN-D.10A")
def test_the_way_and_the_talk_before_the_start_are_not_handling_time(world: World) -> None:
    case = world.sent()
    world.later(9)
    worked(world, case, idle=133, seconds=23 * 60)
    assert time_of(case).spent == timedelta(minutes=23)
    assert ["EN-D.10A" in last(case, verb).clauses for verb in ("start", "finish")] == [True, True]


@pytest.mark.django_db
@pytest.mark.clause("EN-D.10A")
@pytest.mark.parametrize(("tapped", "told"), [(None, 24), (-2, 20), (3, 15)])
def test_the_time_runs_from_the_check_in_unless_its_start_was_tapped(world: World, tapped: int | None, told: int) -> None:
    case = world.sent()
    world.do(case, "arrive", "repair_worker")
    world.later(4)
    if tapped == -2:
        world.do(case, "start", "repair_worker")
    world.later(2)
    world.do(case, "quote", "repair_worker", amount="86.00")
    world.do(case, "consent", "repair_worker")
    world.later(tapped if tapped == 3 else 0)
    if tapped == 3:
        world.do(case, "start", "repair_worker")
    world.later(18 - (tapped if tapped == 3 else 0))
    world.do(case, "finish", "repair_worker", summary="已疏通")
    assert (time_of(case).minutes, last(case, "finish").facts["minutes"]) == (told, told)


@pytest.mark.clause("EN-D.10A", "EN-D.10B")
@pytest.mark.parametrize(("spent", "known"), [("599:59", True), ("600:00", True), ("600:01", False)])
def test_a_visit_of_more_hours_than_the_office_set_was_not_ended_at_the_home(spent: str, known: bool) -> None:
    longest = ChargingPolicy().longest_visit
    assert time_known(NOON, NOON + duration(spent), longest) is known
    assert time_known(NOON, NOON + duration("60:01"), 1) is False


@pytest.mark.django_db
@pytest.mark.clause("EN-D.10A", "EN-D.10B")
def test_a_visit_left_open_through_the_night_has_no_minutes_on_paper_page_or_charge(world: World) -> None:
    case = world.sent()
    world.do(case, "arrive", "repair_worker")
    world.do(case, "quote", "repair_worker", amount="86.00")
    world.do(case, "consent", "repair_worker")
    world.later(1405)
    world.do(case, "finish", "repair_worker", summary="已疏通")
    order = loaded(case)
    facts = slip_facts(order, world.now, "https://menling.example", phone_shown=False)
    assert time_of(case) == HandlingTime(None, None, None, 1)
    assert (facts.total_minutes, [each.minutes for each in facts.visits]) == (None, [None])
    assert not [each for each in bill_of(order).behind if "1405" in each.text]
    assert (order.due, last(case, "finish").facts.get("by_time")) == (Decimal("86.00"), None)


@pytest.mark.django_db
@pytest.mark.clause("EN-D.10A", "EN-D.10B")
def test_one_visit_left_open_leaves_the_time_of_the_others_known_and_nothing_is_charged_by_a_part(world: World) -> None:
    case = world.sent()
    world.do(case, "arrive", "repair_worker")
    world.do(case, "quote", "repair_worker", amount="86.00")
    world.do(case, "consent", "repair_worker")
    world.later(1405)
    world.do(case, "carry_over", "repair_worker", reason="缺件", next_at=world.now + timedelta(hours=2))
    sent_again(world, case)
    worked(world, case, idle=0, seconds=25 * 60, summary="已换件")
    order = loaded(case)
    assert time_of(case) == HandlingTime(timedelta(minutes=25), 25, None, 1)
    assert time_of(case).measured is None
    finish = last(case, "finish").facts
    assert (finish["minutes"], finish["blocks"], finish["unended"], order.due) == (25, None, 1, Decimal("86.00"))
    with override("zh-hans"):
        printed = slip_sheet(slip_facts(order, world.now, "https://menling.example", phone_shown=False))["minutes_total"]
        assert printed == "25 分 + 1 次到访未记结束"
        assert "有 1 次到访没有记录结束时间" in " ".join(each.text for each in bill_of(order).behind)


@pytest.mark.clause("EN-D.10A")
@pytest.mark.parametrize("verb", ["start", "finish"])
def test_time_starts_and_stops_only_at_the_home(verb: str) -> None:
    worker = frozenset({R.REPAIR_WORKER})
    assert "EN-D.10A" in REPAIR.step(verb, "on_site", worker).clauses
    with refused(REPAIR.step(verb, "on_site", worker).clauses[0]):
        REPAIR.step(verb, "acknowledged", worker)


# EN-D.10B  True times, never rounded


@pytest.mark.clause("EN-D.10B")
@pytest.mark.parametrize("seconds", [1, 1799, 1800, 1801])
def test_the_time_is_the_exact_one_to_the_second(seconds: int) -> None:
    assert exact_time([(NOON, NOON + timedelta(seconds=seconds))]) == timedelta(seconds=seconds)


@pytest.mark.clause("EN-D.10B")
@pytest.mark.parametrize(("spent", "minutes"), [("29:59", 29), ("30:00", 30), ("30:01", 30), ("30:59", 30), ("31:00", 31)])
def test_the_time_shown_has_its_seconds_cut_off(spent: str, minutes: int) -> None:
    assert shown_minutes(duration(spent)) == minutes


@pytest.mark.clause("EN-D.10B", "CF-18")
@pytest.mark.parametrize(
    ("spent", "unit", "blocks"),
    [
        ("0:01", "30", 1), ("29:59", "30", 1), ("30:00", "30", 1), ("30:01", "30", 2), ("60:00", "30", 2),
        ("60:01", "30", 3), ("15:00", "15", 1), ("15:01", "15", 2), ("60:00", "60", 1), ("60:01", "60", 2),
    ],
)  # fmt: skip
def test_a_block_counts_once_it_is_started(spent: str, unit: str, blocks: int) -> None:
    assert started_blocks(duration(spent), unit) == blocks


@pytest.mark.clause("EN-D.10B", "CF-18")
def test_an_office_without_blocks_shows_only_the_time() -> None:
    assert started_blocks(duration("30:01"), "none") is None
    assert shown_minutes(duration("30:01")) == 30


@pytest.mark.django_db
@pytest.mark.clause("EN-D.10B", "CF-18")
def test_the_finished_slip_tells_seconds_minutes_and_blocks_by_the_unit_of_its_report(world: World) -> None:
    before = world.sent()
    decide(world, "money.charging_unit_minutes", "15")
    worked(world, before, idle=0, seconds=30 * 60 + 1)
    after = world.sent()
    worked(world, after, idle=0, seconds=30 * 60 + 1)
    told = [last(case, "finish").facts for case in (before, after)]
    assert [(facts["spent"], facts["minutes"], facts["blocks"]) for facts in told] == [(1801, 30, 2), (1801, 30, 3)]


# EN-D.10C  Several visits are added up


@pytest.mark.clause("EN-D.10C")
def test_several_visits_are_summed_before_anything_is_cut_off() -> None:
    visits = [(NOON, NOON + duration("10:40")), (NOON, NOON + duration("10:40")), (NOON, NOON + duration("8:41"))]
    assert exact_time(visits) == duration("30:01")


@pytest.mark.django_db
@pytest.mark.clause("EN-D.10C")
def test_a_second_visit_adds_its_exact_time_to_the_first(world: World) -> None:
    case = world.sent()
    worked(world, case, 60, 10 * 60 + 20, "carry_over", reason="缺配件", next_at=world.now + timedelta(days=1))
    assert time_of(case).spent == duration("10:20")
    world.later(24 * 60)
    sent_again(world, case)
    worked(world, case, 30, 19 * 60 + 41)
    assert time_of(case) == HandlingTime(duration("30:01"), 30, 2)
    assert last(case, "finish").facts["spent"] == 1801


@pytest.mark.django_db
@pytest.mark.clause("EN-D.10C")
def test_an_empty_home_adds_nothing(world: World) -> None:
    case = world.sent()
    world.later(10)
    world.do(case, "absent", "repair_worker", slip="L001")
    sent_again(world, case)
    worked(world, case, 0, 61)
    assert time_of(case).spent == timedelta(seconds=61)


# EN-D.11  To be continued: why, who, when


@pytest.mark.clause("EN-D.11")
@pytest.mark.parametrize("missing", ["reason", "handler", "next_at"])
def test_work_to_be_continued_says_why_who_and_when(missing: str) -> None:
    said = {"reason": "缺配件", "handler": "赵师傅", "next_at": NOON}
    carried_over(**said)
    with refused("EN-D.11", 422):
        carried_over(**{**said, missing: None if missing == "next_at" else " "})


@pytest.mark.django_db
@pytest.mark.clause("EN-D.11")
def test_a_result_to_be_continued_keeps_reason_handler_and_time(world: World) -> None:
    case = world.at_home()
    tomorrow = world.now + timedelta(days=1)
    with refused("EN-D.11", 422):
        world.do(case, "carry_over", "repair_worker", reason="缺配件")
    world.do(case, "carry_over", "repair_worker", reason="缺配件", next_at=tomorrow)
    event = last(case, "carry_over")
    assert (case.status, event.clauses, event.happened_at) == ("unfinished", ["EN-D.11"], world.now)
    assert (event.facts["reason"], event.facts["handler"]) == ("缺配件", world.staff["repair_worker"].name)
    assert datetime.fromisoformat(event.facts["next_at"]) == tomorrow


def duration(text: str) -> timedelta:
    minutes, seconds = text.split(":")
    return timedelta(minutes=int(minutes), seconds=int(seconds))
