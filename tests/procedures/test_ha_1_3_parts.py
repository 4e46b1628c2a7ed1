"""HA-1.3  What was agreed is accepted part by part; a heading over the list is no part, and nothing else is left out."""

from contextlib import nullcontext

import pytest

from menling.orders.housekeeping.items import LONGEST, items_of, told_apart
from menling.orders.models import Housekeeping
from menling.procedures.housekeeping_rules import every_part_looked_at, parts_as_agreed
from tests import cleaning
from tests.doors.api import caller
from tests.office import World
from tests.procedures.given import refused

pytestmark = pytest.mark.clause("HA-1.3", "HA-4.2.1")


def parts_of(content: str) -> list[str]:
    return items_of(Housekeeping(content=content))


@pytest.mark.parametrize(("content", "parts"), [
    ("每周两人三小时日常保洁：客厅、卧室、厨卫", ["客厅", "卧室", "厨卫"]), ("日常保洁:客厅，卧室", ["客厅", "卧室"]),
    ("日常保洁（两人）：客厅、卧室", ["客厅", "卧室"]), ("Regular cleaning: living room, kitchen", ["living room", "kitchen"]),
    ("日常保洁：客厅、卧室；厨房：油烟机", ["客厅", "卧室", "厨房：油烟机"]),
])  # fmt: skip
def test_the_heading_of_a_list_is_no_part_to_accept(content: str, parts: list[str]) -> None:
    assert parts_of(content) == parts


@pytest.mark.parametrize(("content", "parts"), [
    ("擦玻璃，擦厨房，备注：自备梯子", ["擦玻璃", "擦厨房", "备注：自备梯子"]),
    ("客厅、厨房：油烟机、灶台", ["客厅", "厨房：油烟机", "灶台"]),
    ("厨房深度清洁、卫生间、阳台，注意:狗", ["厨房深度清洁", "卫生间", "阳台", "注意:狗"]),
    ("玻璃。厨房\n备注：带梯子；有狗", ["玻璃", "厨房", "备注：带梯子", "有狗"]),
    ("glass, kitchen; note: bring a ladder", ["glass", "kitchen", "note: bring a ladder"]),
    ("全屋保洁：自备梯子", ["全屋保洁：自备梯子"]), ("日常保洁：", ["日常保洁："]), ("玻璃、厨房", ["玻璃", "厨房"]),
])  # fmt: skip
def test_a_colon_further_on_or_over_no_list_leaves_nothing_out(content: str, parts: list[str]) -> None:
    assert parts_of(content) == parts


@pytest.mark.parametrize(("content", "parts"), [
    ("9:00 客厅", ["9:00 客厅"]), ("上午 9:00 起：客厅、卧室", ["上午 9:00 起：客厅", "卧室"]),
    ("14：30 厨房、阳台", ["14：30 厨房", "阳台"]), ("客厅，14:30 前：厨房", ["客厅", "14:30 前：厨房"]),
    ("日常保洁（9:00-12:00）：客厅、卧室", ["日常保洁（9:00-12:00）：客厅", "卧室"]),
])  # fmt: skip
def test_a_time_of_the_clock_ends_no_heading_and_stands_in_none(content: str, parts: list[str]) -> None:
    assert parts_of(content) == parts


@pytest.mark.parametrize(("content", "parts"), [
    ("厨房（油烟机、灶台）、卫生间", ["厨房（油烟机、灶台）", "卫生间"]),
    ("厨房(hood, stove), bath", ["厨房(hood, stove)", "bath"]),
    ("玻璃【内侧；外侧：不做】、厨房", ["玻璃【内侧；外侧：不做】", "厨房"]),
    ("日常（客厅：地面、窗）、厨房", ["日常（客厅：地面、窗）", "厨房"]), ("厨房（油烟机、灶台", ["厨房（油烟机", "灶台"]),
])  # fmt: skip
def test_what_stands_in_brackets_belongs_to_its_part(content: str, parts: list[str]) -> None:
    assert parts_of(content) == parts


def test_a_long_part_goes_on_as_another_and_many_parts_are_all_there() -> None:
    assert parts_of("擦" * LONGEST) == ["擦" * LONGEST]
    assert parts_of("擦" * LONGEST + "净") == ["擦" * LONGEST, "净"]
    many = [f"房间{each}" for each in range(80)]
    assert parts_of("、".join(many)) == many


@pytest.mark.parametrize(("failed", "told"), [
    ("备注：自备梯子", ("备注：自备梯子", "")), ("备注：自备梯子：没带", ("备注：自备梯子", "没带")),
    ("备注：自备", ("备注：自备", "")), ("厨房：灶台有油", ("厨房", "灶台有油")), ("厨房", ("厨房", "")),
    ("阳台：有灰", ("阳台", "有灰")), ("阳台", ("阳台", "")),
])  # fmt: skip
def test_a_part_with_a_colon_of_its_own_is_told_from_the_remark_about_it(failed: str, told: tuple[str, str]) -> None:
    assert told_apart(failed, ["厨房", "备注：自备", "备注：自备梯子"]) == told


@pytest.mark.parametrize(("looked_at", "fine"), [
    ([], True), (["厨房"], True), (["厨房", "玻璃"], True), (["厨房", "阳台"], False), (["厨"], False),
])  # fmt: skip
def test_who_accepts_has_looked_at_parts_of_this_order(looked_at: list[str], fine: bool) -> None:
    with nullcontext() if fine else refused("HA-4.2.1", 409):
        parts_as_agreed(looked_at, ["玻璃", "厨房"])


@pytest.mark.parametrize(("looked_at", "fine"), [
    ([], False), (["厨房"], False), (["玻璃"], False), (["厨房", "玻璃"], True), (["厨房", "玻璃", "阳台"], True),
])  # fmt: skip
def test_who_accepts_part_by_part_says_something_of_each(looked_at: list[str], fine: bool) -> None:
    with nullcontext() if fine else refused("HA-4.2.1", 409):
        every_part_looked_at(looked_at, ["玻璃", "厨房"])


@pytest.mark.django_db
@pytest.mark.parametrize(("parts", "named"), [(["玻璃"], "厨房"), ([], "玻璃"), (["玻璃", "厨房"], ""), (None, "")])
def test_a_program_that_signs_for_a_list_of_parts_names_them_all(world: World, parts: list[str] | None, named: str) -> None:
    case = cleaning.finished(world)
    listed = {} if parts is None else {"parts": parts}
    answer = caller(world, "customer").post(f"/orders/{case.number}/sign", {"rating": 5, **listed})
    assert answer.status_code == (409 if named else 200)
    if named:
        assert (answer.json()["clause"], named in answer.json()["why_zh"]) == ("HA-4.2.1", True)
