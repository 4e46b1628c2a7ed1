"""The main job: one repair from the call to the filed slip and the cash at finance."""

from decimal import Decimal

import pytest

from menling.journal.models import Deadline
from menling.money.books import balance
from menling.procedures.places import bag
from tests.office import World


@pytest.mark.django_db
def test_a_repair_runs_from_the_call_to_the_filed_slip_and_the_settled_fee(world: World) -> None:
    case = world.file()
    world.later(1)
    world.do(case, "accept", "control_centre")
    world.do(case, "dispatch", "control_centre", worker=world.staff["repair_worker"].number)
    world.later(2)
    world.do(case, "acknowledge", "repair_worker")
    world.later(9)
    world.do(case, "arrive", "repair_worker")
    world.do(case, "quote", "repair_worker", items=[{"code": "W01"}])
    world.do(case, "consent", "customer")
    world.later(25)
    world.do(case, "finish", "repair_worker", summary="已疏通")
    charge = world.child(case, "charge")
    world.do(charge, "collect", "repair_worker", amount=Decimal("86.00"))
    world.do(case, "sign", "customer", rating=5)
    world.do(case, "sign_off", "repair_worker")
    world.do(case, "review", "team_lead")
    settlement = world.child(case, "settlement")
    world.do(settlement, "settle", "finance")
    handover = charge.charge.handover.case
    assert balance(world.office.pk, bag(world.staff["repair_worker"].pk)) == Decimal("86.00")
    world.do(handover, "hand_over", "repair_worker", amount=Decimal("86.00"))
    world.do(handover, "receive", "finance")
    world.do(case, "archive", "service_desk")
    assert (case.status, settlement.status, handover.status) == ("archived", "settled", "received")
    assert balance(world.office.pk, f"safe:{world.office.pk}") == Decimal("86.00")
    assert not Deadline.objects.filter(broken_at__isnull=False).exists()
    assert not Deadline.objects.filter(case=case, met_at__isnull=True, released_at__isnull=True).exists()
