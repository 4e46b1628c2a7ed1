"""MR-32  Who may decide looks at one order: what is let off it together, and what is given back of it together."""

import pytest

from tests.giving import asked, collected, due, refunded
from tests.office import World
from tests.procedures.given import decide, refused, told_roles

PIECES = pytest.mark.parametrize(("limit", "may"), [("86.01", True), ("86.00", True), ("85.99", False)])


@pytest.mark.django_db
@pytest.mark.clause("MR-32")
@PIECES
def test_a_discount_and_a_waiver_of_one_order_count_as_one_sum(world: World, limit: str, may: bool) -> None:
    decide(world, "adjustments.lead_limit", limit)
    charge = due(world)
    assert world.do(asked(world, charge, "20.00", "discount"), "approve", "business_lead").status == "booked"
    rest = asked(world, charge, "66.00", "waiver")
    assert ("business_lead" in told_roles(rest)) is may
    if may:
        assert world.do(rest, "approve", "business_lead").status == "booked"
        return
    with refused("MR-32", 403):
        world.do(rest, "approve", "business_lead")
    assert world.do(rest, "approve", "office_manager").status == "booked"


@pytest.mark.django_db
@pytest.mark.clause("MR-32")
@PIECES
def test_refunds_of_one_order_count_as_one_sum(world: World, limit: str, may: bool) -> None:
    decide(world, "adjustments.lead_limit", limit)
    charge = collected(world)
    refunded(world, charge, "43.00")
    rest = asked(world, charge, "43.00")
    if may:
        assert world.do(rest, "approve", "business_lead").status == "approved"
        return
    with refused("MR-32", 403):
        world.do(rest, "approve", "business_lead")
    assert world.do(rest, "approve", "office_manager").status == "approved"


@pytest.mark.django_db
@pytest.mark.clause("MR-32")
def test_what_waits_counts_and_what_was_withdrawn_or_stands_on_another_order_does_not(world: World) -> None:
    decide(world, "adjustments.lead_limit", "50.00")
    refunded(world, collected(world), "50.00")
    charge = collected(world)
    first, second = asked(world, charge, "30.00"), asked(world, charge, "20.01")
    with refused("MR-32", 403):
        world.do(first, "approve", "business_lead")
    world.do(second, "withdraw", "service_desk", reason="业主不要了")
    assert world.do(first, "approve", "business_lead").status == "approved"
