"""MR-34  What is prepaid is spoken for by visits that were done and are not charged yet."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

import pytest

from menling.journal.models import Case
from menling.kernel.refusal import Refused
from menling.money.waiting import uncharged_of
from menling.procedures.deposit import nothing_is_to_be_paid_from_it
from tests import agreed
from tests.office import World
from tests.procedures.given import decide
from tests.procedures.test_mr_34_deposits import charges_of, cleaned, prepaid, visit
from tests.recount import recounted, written

pytestmark = pytest.mark.clause("MR-34")


@contextmanager
def refused_naming(numbers: str) -> Iterator[None]:
    """Expect a refusal that names orders."""
    with pytest.raises(Refused) as caught:
        yield
    assert (caught.value.clause, caught.value.status) == ("MR-34", 409)
    assert numbers in str(caught.value)


def test_a_prepayment_is_given_back_once_nothing_waits_for_it() -> None:
    nothing_is_to_be_paid_from_it([])
    with refused_naming("XH-H26-00001，XH-H26-00002"):
        nothing_is_to_be_paid_from_it(["XH-H26-00001", "XH-H26-00002"])


@pytest.mark.django_db
def test_no_prepayment_is_given_back_while_a_visit_waits_to_be_charged(world: World) -> None:
    agreement = agreed.in_force(world)
    case, order = prepaid(world, agreement, "320.00"), cleaned(world, visit(world, agreement))
    assert uncharged_of(agreement) == {order.number: Decimal(160)}
    with refused_naming(order.number):
        world.do(case, "give_back", "finance")
    world.do(order, "object", "customer", items=["厨房"])
    with refused_naming(order.number):
        world.do(case, "give_back", "finance")
    world.do(order, "rework", "housekeeper", done="已重擦")
    world.do(order, "sign", "customer", rating=5)
    assert (charges_of(order), uncharged_of(agreement)) == ([("collected", Decimal(160), "prepaid")], {})
    world.do(case, "give_back", "finance")
    assert Case.objects.get(pk=case.pk).deposit.returned == Decimal(160)
    assert recounted(world.office.pk).moved == written(world.office.pk)


@pytest.mark.django_db
@pytest.mark.parametrize(("amount", "second"), [
    ("160.00", [("due", Decimal(160), "")]), ("160.01", []), ("320.00", []), ("159.99", [("due", Decimal(160), "")]),
])  # fmt: skip
def test_a_visit_waits_only_for_what_the_ones_done_before_it_leave(
    world: World, amount: str, second: list[tuple[str, Decimal, str]]
) -> None:
    agreement = agreed.in_force(world)
    prepaid(world, agreement, amount)
    assert charges_of(cleaned(world, visit(world, agreement))) == []
    assert charges_of(cleaned(world, visit(world, agreement))) == second


@pytest.mark.django_db
def test_two_prepayments_count_together_and_one_given_back_no_more(world: World) -> None:
    agreement = agreed.in_force(world)
    prepaid(world, agreement, "100.00")
    world.do(prepaid(world, agreement, "500.00"), "give_back", "finance")
    prepaid(world, agreement, "61.00")
    assert charges_of(cleaned(world, visit(world, agreement))) == []
    assert charges_of(cleaned(world, visit(world, agreement))) == []
    assert charges_of(cleaned(world, visit(world, agreement))) == [("due", Decimal(160), "")]


@pytest.mark.django_db
def test_what_is_charged_at_the_door_keeps_no_prepayment_back(world: World) -> None:
    decide(world, "deposits.visits_draw_down", False)
    agreement = agreed.in_force(world)
    case, order = prepaid(world, agreement, "320.00"), cleaned(world, visit(world, agreement))
    assert (charges_of(order), uncharged_of(agreement)) == ([("due", Decimal(160), "")], {})
    assert world.do(case, "give_back", "finance").status == "returned"
