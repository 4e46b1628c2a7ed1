"""MR-51  The lines of an approved month stay in the database as they were approved, whoever does what beside it."""

from datetime import datetime
from decimal import Decimal
from functools import partial
from itertools import pairwise

import pytest
from django.db import IntegrityError, transaction

from menling.commission.models import CommissionLine
from menling.earnings.sheets import sheets
from menling.journal.models import Case
from tests import giving
from tests.earning import settled
from tests.office import World
from tests.procedures.test_mr_51_refunded_commission import at
from tests.together import together


def approved(world: World, month: str) -> None:
    world.answer("approve", None, "office_manager", kind="commission_month", month=month)


def to_be_paid(world: World, settlement: Case) -> Case:
    return world.do(giving.asked(world, settlement.settlement.charge, "43.00"), "approve", "business_lead")


def total(world: World, month: datetime) -> Decimal:
    (found,) = sheets(world.office, [world.staff["repair_worker"]], month.date())
    return found.total


@pytest.mark.django_db
@pytest.mark.clause("MR-51")
def test_a_line_of_an_approved_month_is_neither_changed_nor_deleted(world: World) -> None:
    settled(world)
    world.now = at("2026-12-01 09:00")
    approved(world, "2026-11")
    line = CommissionLine.objects.get()
    with pytest.raises(IntegrityError, match="rows are only added"), transaction.atomic():
        CommissionLine.objects.filter(pk=line.pk).update(part=Decimal("9.00"))
    with pytest.raises(IntegrityError, match="rows are only added"), transaction.atomic():
        line.delete()
    assert CommissionLine.objects.get().part == line.part


@pytest.mark.django_db(transaction=True)
@pytest.mark.clause("MR-51")
def test_a_refund_at_the_moment_of_the_approval_lowers_one_of_both_months_and_once(world: World) -> None:
    world.actor("office_manager"), world.actor("finance")
    months = [at(f"2027-{month:02d}-01 09:00") for month in range(1, 6)]
    for first, after in pairwise(months):
        world.now = first.replace(day=5)
        refund = to_be_paid(world, settled(world))
        world.now = after
        pay = partial(world.answer, "pay_out", refund, "finance", method="cash")
        together([partial(approved, world, f"{first:%Y-%m}"), pay])
        assert Case.objects.get(pk=refund.pk).status == "paid_out"
        assert sum(total(world, month) for month in months) == months.index(after) * Decimal("4.30")
