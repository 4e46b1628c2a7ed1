"""EN-P  The pledge of the engineering department: one badge, open prices and slips, three things in place, four don'ts."""

from decimal import Decimal

import pytest

from menling.procedures.repair_rules import published_price
from tests.office import World
from tests.procedures.given import refused
from tests.procedures.reminding import BEFORE, HOME, reminds, ticks

DOOR, LEAVING = BEFORE | HOME, HOME | {"finished"}


def pledge(named: str, card: str, at: set[str], zh: str, en: str) -> object:
    return pytest.param(named, card, at, zh, en, marks=pytest.mark.clause(named), id=named)


@pytest.mark.parametrize(
    ("named", "card", "at", "zh", "en"),
    [
        pledge("EN-P.1", "setting_out", BEFORE, "戴好您的工号牌", "badge on"),
        pledge("EN-P.2", "at_the_door", DOOR, "统一收费标准", "unified price list"),
        pledge("EN-P.3", "leaving", LEAVING, "写下意见", "signed opinion"),
        pledge("EN-P.4", "leaving", LEAVING, "现场收拾干净", "leave the place clean"),
        pledge("EN-P.5", "leaving", LEAVING, "演示给客户看", "show the customer that it works"),
        pledge("EN-P.6", "leaving", LEAVING, "怎么使用", "how to use it"),
        pledge("EN-P.7", "at_the_door", DOOR, "水、烟、饭、礼品", "water, cigarettes, meals and gifts"),
        pledge("EN-P.8", "setting_out", BEFORE, "全屋通检", "one all-round check"),
    ],
)
def test_each_pledge_is_shown_to_the_worker_at_its_moment(named: str, card: str, at: set[str], zh: str, en: str) -> None:
    reminds(named, card, at, zh, en)


@pytest.mark.django_db
@pytest.mark.clause("EN-P.1", "EN-P.8")
def test_the_worker_ticks_badge_and_kit_before_setting_out(world: World) -> None:
    ticks(world, world.sent(), "setting_out", ["EN-P.1", "EN-P.8"])


@pytest.mark.django_db
@pytest.mark.clause("EN-P.2", "EN-P.7")
def test_the_worker_ticks_the_open_price_and_the_four_donts_at_the_door(world: World) -> None:
    ticks(world, world.at_home(), "at_the_door", ["EN-P.2", "EN-P.7"])


@pytest.mark.django_db
@pytest.mark.clause("EN-P.3", "EN-P.4", "EN-P.5", "EN-P.6")
def test_the_worker_ticks_the_opinion_and_the_three_things_in_place_before_leaving(world: World) -> None:
    ticks(world, world.finished(), "leaving", ["EN-P.3", "EN-P.4", "EN-P.5", "EN-P.6"])


@pytest.mark.clause("EN-P.2")
@pytest.mark.parametrize("asked", ["85.99", "86.01"])
def test_no_price_but_the_published_one_is_charged(asked: str) -> None:
    published_price(Decimal("86.00"), Decimal("86.00"))
    with refused("OC-4.4", 409):
        published_price(Decimal(asked), Decimal("86.00"))
