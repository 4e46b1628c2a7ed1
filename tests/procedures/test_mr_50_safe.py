"""MR-50  Cash goes out of the safe only as far as it lies there: refunds, deposits given back, money for errands."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from menling.kernel.refusal import Refused
from menling.money.models import Transfer
from menling.procedures.safe import lies_in_the_safe
from tests import buying, giving
from tests.cashier import begun, closed, in_safe
from tests.office import World
from tests.procedures.given import refused
from tests.together import together

Payment = Callable[[], object]


def d(text: str) -> Decimal:
    return Decimal(text)


def refund(world: World, amount: str) -> Payment:
    """A refund of so much was approved; what was paid is still in the bag of who took it, and not in the safe."""
    charge = world.do(giving.due(world, "500.00").case, "collect", "business_lead").charge
    case = world.do(giving.asked(world, charge, amount), "approve", "office_manager")
    return lambda: world.do(case, "pay_out", "finance", method="cash")


def deposit(world: World, amount: str) -> Payment:
    case = giving.deposit(world, amount, method="bank")
    return lambda: world.do(case, "give_back", "finance", method="cash")


def advance(world: World, amount: str) -> Payment:
    case = buying.errand(world)
    return lambda: world.do(case, "advance", "finance", amount=amount)


@pytest.mark.clause("MR-50")
@pytest.mark.parametrize(("amount", "passes"), [("99.99", True), ("100.00", True), ("100.01", False)])
def test_as_much_as_lies_there_goes_out_and_not_a_cent_more(amount: str, passes: bool) -> None:
    if passes:
        lies_in_the_safe(d(amount), d("100.00"))
    else:
        with refused("MR-50"):
            lies_in_the_safe(d(amount), d("100.00"))


@pytest.mark.django_db
@pytest.mark.clause("MR-50")
@pytest.mark.parametrize("paying", [refund, deposit, advance])
def test_what_is_paid_in_cash_lies_in_the_safe(world: World, paying: Callable[[World, str], Payment]) -> None:
    begun(world, "100.00")
    too_much, all_of_it = paying(world, "100.01"), paying(world, "100.00")
    with pytest.raises(Refused) as told:
        too_much()
    assert (told.value.clause, told.value.status) == ("MR-50", 409)
    assert "100.00" in str(told.value)
    all_of_it()
    assert in_safe(world) == d("0.00")


@pytest.mark.django_db
@pytest.mark.clause("MR-50")
def test_what_goes_back_by_bank_needs_nothing_in_the_safe(world: World) -> None:
    begun(world, "0")
    case = giving.deposit(world, "500.00", method="bank")
    world.do(case, "give_back", "finance", method="bank")
    assert in_safe(world) == d("0.00")


@pytest.mark.django_db
@pytest.mark.clause("MR-50")
def test_before_the_safe_was_ever_counted_nobody_knows_what_lies_in_it(world: World) -> None:
    advance(world, "100.00")()
    assert in_safe(world) == d("-100.00")


@pytest.mark.django_db
@pytest.mark.clause("MR-50")
def test_what_an_earlier_day_left_counts_and_so_does_what_came_since(world: World) -> None:
    closed(world, begun(world, "100.00"))
    world.later(24 * 60)
    giving.deposit(world, "50.00")
    with refused("MR-50"):
        deposit(world, "150.01")()
    deposit(world, "150.00")()


@pytest.mark.django_db
@pytest.mark.clause("MR-50")
def test_who_brings_back_more_than_is_missing_takes_nothing_out(world: World) -> None:
    """A purse comes home a cent short: the cent is booked to the buyer again, which takes nothing out of the safe."""
    begun(world, "100.00")
    case = buying.errand(world)
    world.do(case, "advance", "finance", amount="100.00")
    world.do(case, "not_bought", buying.BUYER, **buying.TOLD)
    world.do(case, "reckon", "finance", amount="99.99", difference_reason="少一分")
    assert in_safe(world) == d("99.99")


@pytest.mark.django_db(transaction=True)
@pytest.mark.clause("MR-50")
def test_two_pay_outs_at_once_never_take_more_than_lies_there(world: World) -> None:
    begun(world, "100.00")
    answers = together([refund(world, "60.00"), refund(world, "60.00"), deposit(world, "60.00"), advance(world, "60.00")])
    assert [each.clause for each in answers if isinstance(each, Refused)] == ["MR-50"] * 3
    assert in_safe(world) == d("40.00")
    assert Transfer.objects.filter(source__startswith="safe:").count() == 1


@pytest.mark.django_db
@pytest.mark.clause("MR-50", "MR-29")
@pytest.mark.parametrize(("spent", "passes"), [("99.99", True), ("100.00", True), ("100.01", False)])
def test_what_was_fetched_from_the_bank_goes_back_only_while_it_lies_there(world: World, spent: str, passes: bool) -> None:
    day = begun(world, "100.00")
    world.do(day, "withdraw", "finance", amount="900.00", bank_slip="YH-2")
    fetched = Transfer.objects.latest("pk")
    advance(world, spent)()
    world.do(day, "counter_entry", "finance", entry=fetched.pk, reason="记错了")
    entry = day.cashierday.entries.get()
    if not passes:
        with refused("MR-50", 409):
            world.do(day, "confirm_entry", "office_manager", entry=entry.pk)
        assert in_safe(world) == d("899.99")
        return
    world.do(day, "confirm_entry", "office_manager", entry=entry.pk)
    assert in_safe(world) == d("100.00") - d(spent)
