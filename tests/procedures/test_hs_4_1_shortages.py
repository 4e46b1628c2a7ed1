"""HS-4.1.1.6, OC-4.4  What is missing and was owned up to leaves the bag: owed by the collector until it is paid back."""

from decimal import Decimal

import pytest

from menling.doorway.leaving import OWED, in_hands
from menling.doorway.workday import workday
from menling.journal.models import Case
from menling.money import shortages
from menling.money.books import balance
from menling.premises.models import Staff
from tests.cashier import cash
from tests.office import World
from tests.recount import recounted, written

d = Decimal


def stands(world: World) -> dict[str, Decimal]:
    """Return what the bag, the safe, the differences and what the collector owes hold, in yuan; empty ones left out."""
    worker, office = world.staff["repair_worker"], world.office.pk
    places = {"bag": f"bag:{worker.pk}", "safe": f"safe:{office}", "difference": f"difference:{office}",
              "owed": f"shortfall:{worker.number}"}  # fmt: skip
    found = {name: balance(office, place) for name, place in places.items()}
    return {name: amount for name, amount in found.items() if amount}


def own(world: World, who: str = "repair_worker") -> list[tuple[str, str]]:
    """Return what somebody's own day says is owed: yuan and the case."""
    return [(each["amount"], each["number"]) for each in workday(world.actor(who), world.now)["owed"]]


def leaver(world: World) -> list[tuple[str, str]]:
    """Return what the list of a leaver's things says is owed: yuan and the case."""
    found = in_hands(world.staff["repair_worker"])
    return [(each.amount, each.number) for each in found if each.sort == OWED]


def short(world: World) -> Case:
    """Return a bag of 86 yuan in which finance found a yuan less."""
    handover = cash(world)
    world.do(handover, "hand_over", "repair_worker")
    return world.do(handover, "receive", "finance", amount="85.00", difference_reason="少一元")


@pytest.mark.django_db
@pytest.mark.clause("HS-4.1.1.6", "OC-4.4")
def test_what_is_missing_is_owed_by_the_collector_once_that_person_signed_it(world: World) -> None:
    handover = short(world)
    assert stands(world) == {"bag": d("1.00"), "safe": d("85.00")}
    world.do(handover, "sign_difference", "repair_worker")
    assert stands(world) == {"owed": d("1.00"), "safe": d("85.00")}
    assert recounted(world.office.pk).moved == written(world.office.pk)


@pytest.mark.django_db
@pytest.mark.clause("HS-4.1.1.6", "OC-4.4")
def test_what_the_collector_told_and_finance_found_is_owed_at_once(world: World) -> None:
    handover = cash(world)
    world.do(handover, "hand_over", "repair_worker", amount="85.00", difference_reason="找零有误")
    world.do(handover, "receive", "finance")
    assert stands(world) == {"owed": d("1.00"), "safe": d("85.00")}


@pytest.mark.django_db
@pytest.mark.clause("HS-4.1.1.6", "OC-4.4")
@pytest.mark.parametrize(("amount", "after"), [
    ("86.99", {"owed": d("0.01"), "safe": d("171.99")}), ("87.00", {"safe": d("172.00")}),
    ("87.01", {"safe": d("172.01"), "difference": d("-0.01")}),
])  # fmt: skip
def test_what_is_too_much_makes_up_first_for_what_is_owed(world: World, amount: str, after: dict[str, Decimal]) -> None:
    world.do(short(world), "sign_difference", "repair_worker")
    handover = cash(world)
    world.do(handover, "hand_over", "repair_worker", amount=amount, difference_reason="补交上次少的一元")
    world.do(handover, "receive", "finance")
    assert stands(world) == after
    assert recounted(world.office.pk).moved == written(world.office.pk)


@pytest.mark.django_db
@pytest.mark.clause("OC-4.4", "MR-15")
def test_what_is_owed_stands_on_the_own_day_and_in_the_list_of_who_leaves_until_it_is_paid_back(world: World) -> None:
    handover = short(world)
    assert (own(world), leaver(world)) == ([], [])
    world.do(handover, "sign_difference", "repair_worker")
    assert own(world) == [("1.00", handover.number)]
    assert leaver(world) == [("1.00", handover.number)]
    assert own(world, "repair_worker_2") == []
    again = cash(world)
    world.do(again, "hand_over", "repair_worker", amount="87.00", difference_reason="补交")
    world.do(again, "receive", "finance")
    assert (own(world), leaver(world)) == ([], [])


@pytest.mark.django_db
@pytest.mark.clause("OC-4.4", "MR-15")
def test_finance_sees_who_owes_even_after_that_person_left(world: World) -> None:
    world.do(short(world), "sign_difference", "repair_worker")
    worker = world.staff["repair_worker"]
    Staff.objects.filter(pk=worker.pk).update(is_active=False)
    found = shortages.owed([world.office.pk])
    assert [(each.number, each.name, each.amount) for each in found] == [(worker.number, worker.name, d("1.00"))]
    assert shortages.owed([world.elsewhere.pk]) == []
