"""Finished paid work: its charge and what is owed are written with its case, as the models would write them."""

from decimal import Decimal

import pytest
from django.db import connection
from django.forms.models import model_to_dict
from django.test.utils import CaptureQueriesContext

from menling.journal.models import Case
from menling.money.models import Charge, Transfer
from tests.office import World

pytestmark = pytest.mark.django_db


def agreed(world: World, amount: str = "") -> Case:
    """A repair at which the work may end: free, or at a price the resident agreed to."""
    case = world.at_home()
    if not amount:
        return case
    world.do(case, "quote", "repair_worker", amount=amount, description="疏通")
    return world.do(case, "consent", "customer")


def finishing(world: World, case: Case) -> int:
    with CaptureQueriesContext(connection) as queries:
        world.answer("finish", case, "repair_worker", summary="已疏通")
    return len(queries)


def test_a_charge_costs_two_queries_beside_those_of_free_work(world: World) -> None:
    finishing(world, agreed(world))  # what is read once is read now
    free = finishing(world, agreed(world))
    assert finishing(world, agreed(world, "86.00")) == free + 2


def test_a_new_charge_is_as_its_model_has_it(world: World) -> None:
    case = agreed(world, "86.00")
    world.do(case, "finish", "repair_worker", summary="已疏通")
    charge = Charge.objects.get(case__parent=case)
    plain = Charge(case=charge.case, due=Decimal("86.00"), payer="王芳")
    assert model_to_dict(charge) == model_to_dict(plain)
    row = Transfer.objects.get()
    assert (row.office_id, row.case_id, row.amount) == (case.office_id, charge.pk, Decimal("86.00"))
    assert (row.source, row.target) == (f"income:{case.office_id}", f"owed:{charge.case.number}")
    assert row.happened_at == charge.case.reported_at
