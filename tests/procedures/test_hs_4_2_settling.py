"""HS-4.2.3  Sign-off, review, settlement: the order in which a repair's fee is closed."""

import pytest

from menling.kernel.roles import Role as R
from menling.money.watch import to_settle
from menling.procedures.settlement import SETTLEMENT, SettlementPolicy, money_arrived, reviewed, signed_off
from tests.examples import statement_line
from tests.office import World
from tests.procedures.given import (
    chosen,
    decide,
    refused,
)

SERVICE = frozenset({R.SERVICE_DESK})
CENTRE = frozenset({R.CONTROL_CENTRE})


@pytest.mark.clause("HS-4.2.3")
@pytest.mark.parametrize("status", ["finished", "objected", "signed", "reviewed"])
def test_a_fee_is_not_settled_before_the_worker_signed_the_register(status: str) -> None:
    with refused("HS-4.2.3"):
        signed_off(status)


@pytest.mark.clause("HS-4.2.3")
@pytest.mark.parametrize("status", ["signed_off", "completed", "archived"])
def test_a_fee_is_settled_after_the_worker_signed_the_register(status: str) -> None:
    signed_off(status)
    assert SETTLEMENT.step("open", "new", {R.SYSTEM}).after == "open"
    assert SETTLEMENT.step("settle", "open", {R.FINANCE}).after == "settled"


@pytest.mark.clause("CF-31")
@pytest.mark.parametrize(
    ("order", "has_slip", "waits"),
    [
        ("by_slip", True, True),
        ("by_slip", False, False),
        ("signoff_settle", True, False),
        ("signoff_settle", False, False),
        ("signoff_review_settle", True, True),
        ("signoff_review_settle", False, True),
    ],
)
def test_the_office_says_whether_the_review_stands_between_sign_off_and_settlement(
    order: str, has_slip: bool, waits: bool
) -> None:
    policy = chosen(SettlementPolicy, settlement__order=order)
    reviewed("completed", policy, has_slip)
    if waits:
        with refused("EN-7.6"):
            reviewed("signed_off", policy, has_slip)
    else:
        reviewed("signed_off", policy, has_slip)


@pytest.mark.clause("HS-4.2.3", "CF-31")
@pytest.mark.django_db
def test_sign_off_then_review_then_settlement_and_not_in_another_order(world: World) -> None:
    case = world.signed("86.00")
    world.do(world.child(case, "charge"), "collect", "repair_worker")
    settlement = world.child(case, "settlement")
    with refused("HS-4.2.3"):
        world.do(settlement, "settle", "finance")
    world.do(case, "sign_off", "repair_worker")
    with refused("EN-7.6"):
        world.do(settlement, "settle", "finance")
    world.do(case, "review", "team_lead")
    assert world.do(settlement, "settle", "finance").status == "settled"


@pytest.mark.clause("CF-31")
@pytest.mark.django_db
def test_an_order_keeps_the_way_of_settling_of_its_report(world: World) -> None:
    before = world.signed("86.00")
    decide(world, "settlement.order", "signoff_settle")
    after = world.signed("5.00")
    for case in (before, after):
        world.do(world.child(case, "charge"), "collect", "repair_worker")
        world.do(case, "sign_off", "repair_worker")
    with refused("EN-7.6"):
        world.do(world.child(before, "settlement"), "settle", "finance")
    assert world.do(world.child(after, "settlement"), "settle", "finance").status == "settled"


@pytest.mark.clause("MR-23")
@pytest.mark.parametrize(("method", "confirmed", "waits"), [("qr", False, True), ("qr", True, False), ("cash", False, False)])
def test_a_qr_payment_is_settled_once_a_statement_shows_it_unless_the_office_says_otherwise(
    method: str, confirmed: bool, waits: bool
) -> None:
    money_arrived(method, chosen(SettlementPolicy, settlement__qr_confirmed=False), confirmed=confirmed)
    if not waits:
        money_arrived(method, SettlementPolicy(), confirmed=confirmed)
        return
    with refused("MR-23"):
        money_arrived(method, SettlementPolicy(), confirmed=confirmed)


@pytest.mark.clause("MR-23")
@pytest.mark.django_db
def test_finance_sees_which_settlement_waits_for_a_statement(world: World) -> None:
    case = world.completed("86.00")
    charge = world.do(world.child(case, "charge"), "collect", "repair_worker", method="qr")
    (waiting,) = to_settle(world.actor("finance"), world.office)
    assert waiting.refused is not None
    assert waiting.refused.clause == "MR-23"
    with refused("MR-23"):
        world.do(world.child(case, "settlement"), "settle", "finance")
    world.do(charge, "confirm_payment", "finance", line=statement_line(world, charge).pk)
    assert [each.refused for each in to_settle(world.actor("finance"), world.office)] == [None]
    assert world.do(world.child(case, "settlement"), "settle", "finance").status == "settled"
