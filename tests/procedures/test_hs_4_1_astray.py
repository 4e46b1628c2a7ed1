"""HS-4.1.1.6, MR-16, MR-23, MR-25  What the books say is in somebody's hands is what the records say, or the doctor tells."""

from decimal import Decimal

import pytest

from menling.cli import doctor
from menling.doorway.astray import astray
from menling.journal.models import Case
from menling.money.books import move
from menling.procedures.places import bag, in_envelope, purse, unconfirmed, unexplained
from tests.buying import BUYER, errand, signed
from tests.cashier import cash
from tests.office import World
from tests.procedures.test_mr_25_envelopes import sealed

pytestmark = pytest.mark.django_db


def paid_by_code(world: World) -> Case:
    return world.do(world.child(world.finished("60.00"), "charge"), "collect", "repair_worker", method="qr")


@pytest.mark.clause("HS-4.1.1.6", "MR-16", "MR-23", "MR-25")
def test_bags_purses_and_payments_stand_as_their_records_say_at_every_step(world: World) -> None:
    paid_by_code(world)
    world.do(errand(world), "advance", "finance", amount="71.00")
    bought = world.do(signed(world), "settle", BUYER)
    handover = cash(world)
    assert astray() == []
    world.do(handover, "hand_over", "repair_worker")
    assert astray() == []
    world.do(handover, "receive", "finance", amount="85.00", difference_reason="少一元")
    assert astray() == [], "what is missing is still in the bag until it is signed"
    world.do(handover, "sign_difference", "repair_worker")
    world.do(bought, "reckon", "finance", amount="99.00", difference_reason="少一元")
    assert astray() == []
    assert doctor.EXAMINATIONS["books"]().startswith("every bag")


@pytest.mark.clause("HS-4.1.1.6", "MR-16", "MR-23", "MR-25")
def test_what_no_record_knows_is_told_with_the_place_and_the_amount(world: World) -> None:
    case, worker, office = cash(world), world.staff["repair_worker"].pk, world.office.pk
    places = (bag(worker), in_envelope("E77"), purse(worker), unconfirmed(office))
    for place in places:
        move(case, unexplained(office), place, Decimal("0.01"), world.now)
    assert {each.place: each.booked - each.meant for each in astray()} == dict.fromkeys(places, Decimal("0.01"))
    with pytest.raises(doctor.Ailment, match=f"{world.office.code} {bag(worker)} holds 86.01, not 86.00"):
        doctor.EXAMINATIONS["books"]()


@pytest.mark.clause("MR-25")
def test_an_envelope_stands_as_sealed_until_what_was_missing_in_it_is_signed(world: World) -> None:
    handover = sealed(world)
    assert astray() == []
    world.do(handover, "open_envelope", "finance", amount="85.00", difference_reason="少一元")
    assert astray() == []
    world.do(handover, "sign_difference", "repair_worker")
    assert astray() == []
