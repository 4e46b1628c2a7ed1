"""MR-33, OC-3.11  Money let go of what is due, and damage made good: to the fen what is due, and what was reported."""

from decimal import Decimal

import pytest

from menling.journal.models import Case
from menling.kernel.refusal import Refused
from menling.money.models import Charge
from menling.money.queries import whole_order
from menling.procedures import adjustment_rules as rules
from tests.faults.invariants import charged
from tests.giving import asked, at, due, refunded
from tests.office import World
from tests.procedures.given import refused

# Let go of what is due


@pytest.mark.clause("MR-33")
@pytest.mark.parametrize(("sort", "amount", "fine"), [
    ("waiver", "85.99", False), ("waiver", "86.00", True), ("waiver", "86.01", False),
    ("discount", "85.99", True), ("discount", "86.00", False), ("discount", "0.00", False),
])  # fmt: skip
def test_a_waiver_is_all_of_what_is_due_and_a_discount_less(sort: str, amount: str, fine: bool) -> None:
    if fine:
        rules.waivable(sort, Decimal(amount), Decimal("86.00"))
        return
    with refused("MR-33", 409):
        rules.waivable(sort, Decimal(amount), Decimal("86.00"))


@pytest.mark.django_db
@pytest.mark.clause("MR-33")
def test_a_waiver_is_booked_with_its_approval_and_nothing_is_collected_any_more(world: World) -> None:
    charge = due(world)
    case = world.do(asked(world, charge, "86.00", "waiver"), "approve", "business_lead")
    charge = Charge.objects.select_related("case").get(pk=charge.pk)
    assert (case.status, charge.case.status, charge.due, charge.waived) == ("booked", "waived", Decimal(0), Decimal("86.00"))
    assert (at(world, f"owed:{charge.case.number}"), at(world, "written_off")) == (Decimal(0), Decimal("86.00"))
    assert at(world, "income") == Decimal("-86.00"), "the published price stays on the charge"
    with refused("HS-3.3"):
        world.do(charge.case, "collect", "repair_worker")
    assert list(charged()) == []


@pytest.mark.django_db
@pytest.mark.clause("MR-33")
def test_a_discount_leaves_the_rest_due_and_counts_as_charged_when_the_order_is_done_again(world: World) -> None:
    charge = due(world, "120.00")
    world.do(asked(world, charge, "30.00", "discount"), "approve", "business_lead")
    charge = Charge.objects.select_related("case__parent").get(pk=charge.pk)
    assert (charge.case.status, charge.due, whole_order(charge)) == ("due", Decimal("90.00"), Decimal("90.00"))
    world.do(charge.case, "collect", "repair_worker")
    assert at(world, f"owed:{charge.case.number}") == Decimal(0)
    order = charge.case.parent
    assert order is not None
    world.do(world.do(order, "sign", "customer"), "rate", "customer", rating=5)
    world.do(order, "reopen", "team_lead", reason="又堵了")
    again(world, order)
    assert list(Charge.objects.filter(case__parent=order).values_list("pk", flat=True)) == [charge.pk]


@pytest.mark.django_db
@pytest.mark.clause("MR-33")
@pytest.mark.parametrize("given_back", ["0.01", "119.99", "120.00"])
def test_what_was_given_back_is_due_once_more_when_the_order_is_done_again(world: World, given_back: str) -> None:
    charge = due(world, "120.00")
    world.do(charge.case, "collect", "business_lead")
    refunded(world, charge, given_back)
    order = charge.case.parent
    assert order is not None
    world.do(world.do(order, "sign", "customer"), "rate", "customer", rating=5)
    world.do(order, "reopen", "team_lead", reason="又堵了")
    again(world, order)
    dues = Charge.objects.filter(case__parent=order).order_by("pk").values_list("due", flat=True)
    assert list(dues) == [Decimal("120.00"), Decimal(given_back)]


def again(world: World, order: Case) -> None:
    """Do a reopened repair once more for the same price."""
    world.do(order, "dispatch", "control_centre", worker=world.staff["repair_worker"].number)
    world.do(world.do(order, "acknowledge", "repair_worker"), "arrive", "repair_worker")
    world.do(order, "quote", "repair_worker", amount="120.00", description="疏通")
    world.do(world.do(order, "consent", "repair_worker"), "finish", "repair_worker", summary="已疏通")


@pytest.mark.django_db
@pytest.mark.clause("MR-33")
def test_what_was_collected_before_the_waiver_was_approved_is_not_waived(world: World) -> None:
    charge = due(world)
    case = asked(world, charge, "86.00", "waiver")
    world.do(charge.case, "collect", "repair_worker")
    with refused("MR-33"):
        world.do(case, "approve", "business_lead")


# Damage at its value


@pytest.mark.django_db
@pytest.mark.clause("OC-3.11")
@pytest.mark.parametrize(("amount", "fine"), [("29.99", False), ("30.00", True), ("30.01", False)])
def test_damage_is_made_good_at_the_value_in_its_report(world: World, amount: str, fine: bool) -> None:
    order = world.at_home()
    world.do(order, "report_damage", "repair_worker", item="瓷砖", price="30.00")
    facts = {"order": order.number, "sort": "damage", "amount": amount, "reason": "掉落砸坏"}
    if not fine:
        with refused("OC-3.11", 409):
            world.answer("request", None, "team_lead", kind="adjustment", **facts)
        return
    number = world.answer("request", None, "team_lead", kind="adjustment", **facts).body["number"]
    case = world.do(Case.objects.get(number=number), "approve", "business_lead")
    world.do(case, "pay_out", "finance", paid_to="王芳")
    assert (case.adjustment.item, at(world, "damage")) == ("瓷砖", Decimal("30.00"))
    with refused("OC-3.11", 409):
        world.answer("request", None, "team_lead", kind="adjustment", **facts)


@pytest.mark.django_db
@pytest.mark.clause("OC-3.11")
def test_without_a_report_or_where_the_resident_bears_it_nothing_is_made_good(world: World) -> None:
    order = world.at_home()
    with pytest.raises(Refused, match="No damage that we pay for is reported on this order"):
        world.answer("request", None, "team_lead", kind="adjustment", order=order.number, sort="damage", amount="0.01",
                     reason="砸坏")  # fmt: skip
    world.do(order, "warn", "repair_worker", about="damage", told="可能掉瓷", consented=True)
    world.do(order, "report_damage", "repair_worker", item="浴缸", price="800.00")
    with refused("OC-3.11", 409):
        world.answer("request", None, "team_lead", kind="adjustment", order=order.number, sort="damage", amount="800.00",
                     reason="砸坏")  # fmt: skip
