"""MR-16, HS-4.1.1.6  The money of an errand: in the books to the fen, and home before the end of work."""

from decimal import Decimal

import pytest

from menling.kernel.procedure import Moment
from menling.kernel.roles import Role as R
from menling.money.books import balance
from menling.money.models import Transfer
from menling.money.payments import unconfirmed
from menling.procedures import errand_rules as rules
from menling.procedures.errand import ERRAND
from menling.procedures.errand_rules import ErrandPolicy
from tests.buying import BUYER, TOLD, bought, errand, held, signed
from tests.examples import statement_line
from tests.office import World
from tests.procedures.given import NOON, kept, promise, refused, shanghai


@pytest.mark.clause("MR-16")
@pytest.mark.django_db
def test_every_yuan_of_an_errand_stands_in_the_books_and_comes_home(world: World) -> None:
    case = signed(world)
    assert (held(world), balance(world.office.pk, f"customer:{case.number}")) == (Decimal("14.00"), Decimal("86.00"))
    world.do(case, "settle", BUYER)
    assert (held(world), balance(world.office.pk, f"customer:{case.number}")) == (Decimal("100.00"), Decimal(0))
    with refused("MR-16", 409):
        world.do(case, "reckon", "finance", amount="99.00")
    world.do(case, "reckon", "finance")
    assert (held(world), balance(world.office.pk, f"safe:{world.office.pk}")) == (Decimal(0), Decimal(0))
    assert Transfer.objects.filter(case=case).count() == 4


@pytest.mark.clause("MR-16")
@pytest.mark.django_db
def test_an_advance_needs_a_buyer_goes_along_with_the_errand_and_is_not_voided_away(world: World) -> None:
    with refused("MR-16"):
        world.do(errand(world, buyer=""), "advance", "finance", amount="50.00")
    case = world.do(errand(world), "advance", "finance", amount="50.00")
    with refused("MR-16"):
        world.do(case, "void", "service_desk", reason="不要了")
    world.do(case, "dispatch", "service_desk", buyer=world.staff["repair_worker_2"].number)
    assert held(world) == 0
    assert balance(world.office.pk, f"errand:{world.staff['repair_worker_2'].pk}") == Decimal("50.00")
    with refused("MR-16", 403):
        ERRAND.step("advance", "registered", {R.SERVICE_DESK})


@pytest.mark.clause("MR-16", "MR-23")
@pytest.mark.django_db
def test_who_laid_money_out_and_was_paid_by_code_gets_it_back_from_the_safe(world: World) -> None:
    case = world.do(errand(world), "buy", BUYER, amount="86.00", invoice="1")
    world.do(world.do(case, "deliver", BUYER), "sign", "customer", checked=True)
    world.do(case, "settle", BUYER, method="qr")
    assert held(world) == Decimal("-86.00")
    world.do(case, "reckon", "finance")
    assert (held(world), balance(world.office.pk, f"bank:{world.office.pk}")) == (Decimal(0), Decimal(0))
    (charge,) = unconfirmed(world.actor("finance"), world.office)
    assert (charge.case.parent, charge.collector, bool(charge.receipt)) == (case, world.staff[BUYER], True)
    world.do(charge.case, "confirm_payment", "finance", line=statement_line(world, charge.case).pk)
    assert balance(world.office.pk, f"bank:{world.office.pk}") == Decimal("86.00")
    assert balance(world.office.pk, f"unconfirmed:{world.office.pk}") == Decimal(0)


@pytest.mark.clause("MR-16")
@pytest.mark.django_db
def test_goods_given_back_leave_no_debt_and_the_advance_comes_home(world: World) -> None:
    case = world.do(bought(world), "not_bought", BUYER, **TOLD)
    assert (held(world), balance(world.office.pk, f"customer:{case.number}")) == (Decimal("100.00"), Decimal(0))
    world.do(case, "reckon", "finance", amount="95.00", difference_reason="退货少五元")
    owed = balance(world.office.pk, f"shortfall:{world.staff[BUYER].number}")
    assert (held(world), owed) == (Decimal(0), Decimal("5.00")), "nobody has it in hand; the buyer owes it"


@pytest.mark.clause("HS-4.1.1.6")
@pytest.mark.django_db
def test_the_money_of_an_errand_is_with_finance_before_the_end_of_work(world: World) -> None:
    case = world.do(signed(world), "settle", BUYER)
    assert promise(case, "reckon").due_at == shanghai(20, 18)
    world.do(case, "reckon", "finance")
    assert kept(case, "reckon")
    without = Moment(NOON, ErrandPolicy(), None, {"money_out": False})  # type: ignore[arg-type]  # no money, no calendar needed
    assert rules.cash_home(without) is None
