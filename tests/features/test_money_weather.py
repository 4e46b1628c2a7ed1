"""Bad weather for money: two things at once, the same thing twice, an envelope short; the books stay whole."""

from decimal import Decimal
from functools import partial

import pytest
from django.db import IntegrityError, transaction

from menling.journal.models import Case
from menling.kernel.refusal import Refused
from menling.money.books import balance
from menling.money.models import Charge, Handover, StatementLine, Transfer
from menling.procedures.places import bag
from tests.examples import statement_line
from tests.faults.invariants import awaited, carried, charged, slips_freed
from tests.office import World
from tests.procedures.given import shanghai
from tests.recount import recounted, written
from tests.together import together


def owed(world: World, amount: str) -> Case:
    return world.child(world.finished(amount), "charge")


def whole(world: World) -> None:
    """Nothing is lost or doubled, and the events tell the same books."""
    assert [*charged(), *awaited(), *slips_freed(), *carried()] == []
    assert recounted(world.office.pk).moved == written(world.office.pk)


@pytest.mark.django_db(transaction=True)
def test_a_collection_during_a_hand_over_goes_with_it_or_into_the_next_bag(world: World) -> None:
    world.actor("repair_worker"), world.actor("finance")
    for _round in range(4):
        first, second = owed(world, "86.00"), owed(world, "5.00")
        handover = world.do(first, "collect", "repair_worker").charge.handover.case
        answers = together([
            partial(world.answer, "collect", second, "repair_worker"),
            partial(world.answer, "hand_over", handover, "finance"),
        ])  # fmt: skip
        assert [each for each in answers if isinstance(each, Refused)] == []
        held = balance(world.office.pk, bag(world.staff["repair_worker"].pk))
        rest = Handover.objects.filter(case__status="open")
        assert held == sum((each.collected or Decimal(0) for row in rest for each in row.charges.all()), Decimal(0))
        whole(world)
        for row in rest:
            world.do(row.case, "hand_over", "finance")
    assert balance(world.office.pk, f"safe:{world.office.pk}") == Decimal("364.00")


@pytest.mark.django_db(transaction=True)
def test_the_statement_and_the_collector_at_once_pay_a_fee_once(world: World) -> None:
    world.actor("repair_worker"), world.actor("finance")
    for _round in range(4):
        charge = owed(world, "86.00")
        line = statement_line(world, charge)
        together([
            partial(world.answer, "collect", charge, "repair_worker"),
            partial(world.answer, "confirm_payment", charge, "finance", line=line.pk),
        ])  # fmt: skip
        row = Charge.objects.get(pk=charge.pk)
        assert balance(world.office.pk, f"owed:{charge.number}") == 0
        assert StatementLine.objects.filter(charge=row).exists() is (row.method == "qr")
        whole(world)


@pytest.mark.django_db
def test_a_collection_sent_again_gives_the_same_receipt_and_a_receipt_number_is_given_once(world: World) -> None:
    charge = owed(world, "86.00")
    first = world.answer("collect", charge, "repair_worker", key="phone-1")
    assert world.answer("collect", charge, "repair_worker", key="phone-1").body == first.body
    row = Charge.objects.get(pk=charge.pk)
    assert Transfer.objects.filter(case=charge, source__startswith="owed:").count() == 1
    other = owed(world, "5.00")
    with pytest.raises(IntegrityError, match="receipt_once"), transaction.atomic():
        Charge.objects.filter(pk=other.pk).update(receipt=row.receipt)


@pytest.mark.django_db
def test_an_envelope_that_is_short_leaves_the_missing_yuan_under_its_number(world: World) -> None:
    handover = world.do(owed(world, "86.00"), "collect", "repair_worker").charge.handover.case
    world.now = shanghai(20, 18, 30)
    seen = [world.staff[key].number for key in ("team_lead", "control_centre")]
    world.do(handover, "seal", "repair_worker", envelope="F12", witnesses=seen)
    world.now = shanghai(23, 9)
    world.do(handover, "open_envelope", "finance", amount="80.00", difference_reason="少六元")
    office = world.office.pk
    assert (balance(office, f"safe:{office}"), balance(office, "envelope:F12")) == (Decimal("80.00"), Decimal("6.00"))
    assert Handover.objects.get(pk=handover.pk).unsigned
    assert recounted(office).moved == written(office)
