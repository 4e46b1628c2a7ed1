"""An agreement through a month: drawn up, signed, five weeks of visits, one called off, one moved, the money, the end."""

from datetime import date, timedelta

import pytest

from menling.agreements.models import AgreementDay
from menling.jobs.named import JOBS
from menling.journal.models import Case
from menling.journal.replay import differences
from menling.orders.models import Housekeeping
from tests.agreed import at, in_force, row
from tests.office import World

pytestmark = pytest.mark.django_db
BEGIN, UNTIL = date(2026, 11, 23), date(2026, 12, 31)


def through(world: World, case: Case, first: date, last: date) -> None:
    """Let the mornings of a time come; whoever is sent to a visit comes, cleans and has it signed."""
    day = first
    while day <= last:
        JOBS["agreements"].run(at(day.year, day.month, day.day, 6))
        JOBS["agreements"].run(at(day.year, day.month, day.day, 6, 15))
        for order in Housekeeping.objects.filter(case__parent=case, case__status="dispatched").select_related("case"):
            if order.visit_at and order.visit_at.astimezone(at(2026, 1, 1).tzinfo).date() == day:
                cleaned(world, order)
        day += timedelta(days=1)


def cleaned(world: World, order: Housekeeping) -> None:
    """Come at the time agreed, clean, and have it signed."""
    assert order.visit_at is not None
    world.now = order.visit_at
    world.do(order.case, "arrive", "housekeeper")
    world.later(110)
    world.do(order.case, "finish", "housekeeper", summary="全屋保洁")
    world.do(order.case, "sign", "customer", rating=5)


def test_an_agreement_for_the_month_is_lived_by_and_paid_once_a_month(world: World) -> None:
    case = in_force(world, begin=BEGIN, until=UNTIL, weekdays=[1], price="600", per="month")
    through(world, case, date(2026, 11, 21), date(2026, 12, 4))
    world.now = at(2026, 12, 5, 10)
    world.do(case, "skip", "service_desk", day=date(2026, 12, 7), reason="业主出差", asked_by="resident")
    world.do(case, "move", "service_desk", day=date(2026, 12, 14), visit_at=at(2026, 12, 15, 14), reason="业主要求",
             asked_by="resident")  # fmt: skip
    through(world, case, date(2026, 12, 5), UNTIL)
    visits = [(each.day.isoformat()[5:], each.state, each.amount and int(each.amount), each.order and each.order.status)
              for each in AgreementDay.objects.filter(agreement=row(case)).select_related("order").order_by("day")]  # fmt: skip
    assert visits == [
        ("11-23", "laid_out", 600, "signed"), ("11-30", "laid_out", 0, "signed"), ("12-07", "skipped", None, None),
        ("12-14", "laid_out", 600, "signed"), ("12-21", "laid_out", 0, "signed"), ("12-28", "laid_out", 0, "signed"),
    ]  # fmt: skip
    charges = Case.objects.filter(kind="charge").order_by("pk")
    assert [int(each.charge.due) for each in charges] == [600, 600]
    assert JOBS["agreements"].run(at(2027, 1, 1, 0, 15)) == [f"{case.number}: end"]
    case.refresh_from_db()
    assert case.status == "ended"
    assert [differences(each) for each in Case.objects.all()] == [[]] * Case.objects.count()
