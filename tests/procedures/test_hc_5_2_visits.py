"""HC-5.2  Repairs at the door: card and kit, the two promises of time, valuables, the commitment line by line."""

from datetime import datetime
from decimal import Decimal

import pytest

from menling.kernel.refusal import Refused
from menling.kernel.roles import Role as R
from menling.procedures.conduct_policy import ConductPolicy
from menling.procedures.repair import REPAIR
from menling.procedures.repair_rules import published_price, risk_accepted
from tests.office import World
from tests.procedures.given import (
    chosen,
    due_at,
    last,
    newest_message,
    refused,
    shanghai,
    told_roles,
)
from tests.procedures.reminding import BEFORE, HOME, reminds, says, ticks

WORKER = frozenset({R.REPAIR_WORKER})
AT_THE_DOOR, LEAVING = BEFORE | HOME, HOME | {"finished"}


@pytest.mark.clause("HC-5.2.1")
def test_at_the_door_the_worker_is_shown_to_hand_over_the_commitment_card() -> None:
    reminds("HC-5.2.1", "at_the_door", AT_THE_DOOR, "承诺卡", "commitment card")


@pytest.mark.clause("HC-5.2.2")
def test_before_setting_out_the_worker_is_shown_the_kit() -> None:
    for zh, en in (("工具箱", "tool box"), ("工具包", "tool bag"), ("护垫", "mat"), ("工作鞋", "work shoes"), ("有水", "wet")):
        reminds("HC-5.2.2", "setting_out", BEFORE, zh, en)


@pytest.mark.clause("HC-5.2.2", "CF-10")
def test_the_office_says_whether_work_shoes_or_covers_are_put_on_at_the_door() -> None:
    shoes = says("HC-5.2.2", chosen(ConductPolicy, conduct__footwear="work_shoes"))
    covers = says("HC-5.2.2", chosen(ConductPolicy, conduct__footwear="shoe_covers"))
    assert shoes is not None
    assert covers is not None
    assert "change into your work shoes at the door" in shoes[0]
    assert "shoe covers on at the door" in covers[0]


@pytest.mark.clause("HC-5.2.3")
def test_when_something_was_soiled_the_worker_is_shown_to_apologise() -> None:
    reminds("HC-5.2.3", "soiled", LEAVING | {"objected"}, "抱歉", "sorry")


@pytest.mark.clause("HC-5.2.3")
@pytest.mark.django_db
def test_damage_is_reported_to_the_foreman_and_the_apology_ticked(world: World) -> None:
    case = world.at_home()
    seen = newest_message()
    world.do(case, "report_damage", "repair_worker", item="地毯", price=Decimal("60.00"))
    assert "HC-5.2.3" in last(case, "report_damage").clauses
    assert told_roles(case, seen) >= {"team_lead", "office_manager"}
    ticks(world, case, "soiled", {"HC-5.2.3"})


@pytest.mark.clause("HC-5.2.6")
def test_before_valuables_are_moved_the_worker_is_shown_to_ask() -> None:
    reminds("HC-5.2.6", "valuables", HOME, "同意", "after a yes")


@pytest.mark.clause("HC-5.2.6")
def test_without_consent_the_work_does_not_go_on() -> None:
    with refused("HC-5.2.6"):
        risk_accepted(["valuables"])
    risk_accepted([])


@pytest.mark.clause("HC-5.2.6")
@pytest.mark.django_db
def test_the_consent_to_move_valuables_is_recorded_before_the_work_starts_or_ends(world: World) -> None:
    case = world.at_home()
    world.do(case, "warn", "repair_worker", about="valuables", told="须移动古董柜", consented=False)
    for verb in ("start", "finish"):
        with refused("HC-5.2.6"):
            world.do(case, verb, "repair_worker")
    world.do(case, "warn", "repair_worker", about="valuables", told="须移动古董柜", consented=True)
    assert last(case, "warn").facts["consented"] is True
    assert "HC-5.2.6" in last(case, "warn").clauses
    ticks(world, case, "valuables", {"HC-5.2.6"})
    assert world.do(case, "start", "repair_worker").status == "working"
    assert world.do(case, "finish", "repair_worker").status == "finished"


# HC-5.2.7 to 5.2.9-5  The rest of the visit


@pytest.mark.parametrize(
    ("clause", "card", "at", "zh", "en"),
    [
        pytest.param(clause, card, at, zh, en, marks=pytest.mark.clause(clause), id=clause)
        for clause, card, at, zh, en in (
            ("HC-5.2.7", "at_the_door", AT_THE_DOOR, "对讲", "walkie-talkie"),
            ("HC-5.2.8", "leaving", LEAVING, "当着客户试", "in front of the customer"),
            ("HC-5.2.9", "setting_out", BEFORE, "承诺", "promise"),
            ("HC-5.2.9-1", "setting_out", BEFORE, "工牌", "badge"),
            ("HC-5.2.9-2.1", "at_the_door", AT_THE_DOOR, "收费标准", "price list"),
            ("HC-5.2.9-2.2", "leaving", LEAVING, "记录表", "record sheet"),
            ("HC-5.2.9-3", "leaving", LEAVING, "收拾干净", "clean"),
            ("HC-5.2.9-3.3", "leaving", LEAVING, "怎么使用", "how it is to be used"),
            ("HC-5.2.9-4", "setting_out", BEFORE, "鞋套", "shoe covers"),
            ("HC-5.2.9-5", "at_the_door", AT_THE_DOOR, "礼品", "gifts"),
        )
    ],
)
def test_each_line_is_shown_at_its_moment_in_its_own_words(clause: str, card: str, at: set[str], zh: str, en: str) -> None:
    reminds(clause, card, at, zh, en)


@pytest.mark.clause("HC-5.2.9-4")
def test_the_four_things_are_named() -> None:
    for zh, en in (("服务卡", "card"), ("鞋套", "shoe covers"), ("地垫", "mat"), ("抹布", "cloth")):
        reminds("HC-5.2.9-4", "setting_out", BEFORE, zh, en)


@pytest.mark.clause("HC-5.2.9-5")
def test_the_five_donts_are_named() -> None:
    for zh, en in (("水", "water"), ("烟", "cigarettes"), ("饭", "meals"), ("礼品", "gifts"), ("电话", "phone")):
        reminds("HC-5.2.9-5", "at_the_door", AT_THE_DOOR, zh, en)


@pytest.mark.clause("HC-5.2.9-2.1")
@pytest.mark.parametrize("asked", ["85.99", "86.01"])
def test_a_fen_more_or_less_than_the_published_price_is_refused(asked: str) -> None:
    published_price(Decimal("86.00"), Decimal("86.00"))
    with refused("OC-4.4", 409):
        published_price(Decimal(asked), Decimal("86.00"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "card", "expected"),
    [
        pytest.param("acknowledged", "setting_out", {"HC-5.2.2", "HC-5.2.9", "HC-5.2.9-1", "HC-5.2.9-4"}, id="setting out",
                     marks=pytest.mark.clause("HC-5.2.2", "HC-5.2.9", "HC-5.2.9-1", "HC-5.2.9-4")),
        pytest.param("on_site", "at_the_door", {"HC-5.2.1", "HC-5.2.7", "HC-5.2.9-2.1", "HC-5.2.9-5"}, id="at the door",
                     marks=pytest.mark.clause("HC-5.2.1", "HC-5.2.7", "HC-5.2.9-2.1", "HC-5.2.9-5")),
        pytest.param("finished", "leaving", {"HC-5.2.8", "HC-5.2.9-2.2", "HC-5.2.9-3", "HC-5.2.9-3.3"}, id="leaving",
                     marks=pytest.mark.clause("HC-5.2.8", "HC-5.2.9-2.2", "HC-5.2.9-3", "HC-5.2.9-3.3")),
    ],
)  # fmt: skip
def test_one_tap_of_the_worker_journals_every_line_of_the_card_and_nobody_else_taps_it(
    world: World, status: str, card: str, expected: set[str]
) -> None:
    case = world.do(world.sent(), "acknowledge", "repair_worker")
    for verb, reached in (("arrive", "on_site"), ("finish", "finished")):
        if case.status != status:
            assert world.do(case, verb, "repair_worker").status == reached
    for other in ("control_centre", "repair_worker_2"):
        with pytest.raises(Refused) as caught:
            world.do(case, "tick", other, group=card)
        assert caught.value.status == 403
    ticks(world, case, card, expected)


@pytest.mark.clause("HC-5.2.4")
@pytest.mark.parametrize(("begun", "until"), [(shanghai(20, 21), shanghai(21, 21)), (shanghai(21, 9), shanghai(22, 9))])
def test_nights_and_weekends_count(begun: datetime, until: datetime) -> None:
    assert due_at(REPAIR, "complete", begun) == until
