"""HS-4.3.2  A visit of an agreement is called off until its housekeepers are in the home."""

from contextlib import nullcontext
from datetime import date, timedelta

import pytest

from menling.agreements.models import AgreementDay
from menling.jobs.named import JOBS
from menling.portal.visits import visits
from menling.procedures.agreement_rules import not_begun
from menling.procedures.housekeeping import HOUSEKEEPING, NOT_STARTED
from tests.agreed import at, in_force, order_of, row
from tests.office import World
from tests.procedures.given import refused

MONDAY, THURSDAY = date(2026, 11, 23), date(2026, 11, 26)


@pytest.mark.clause("HS-4.3.2")
@pytest.mark.parametrize("status", sorted(set(HOUSEKEEPING.statuses) - {"new"}))
def test_a_visit_is_called_off_until_its_housekeepers_are_in_the_home(status: str) -> None:
    not_begun("", MONDAY)
    with nullcontext() if status in NOT_STARTED else refused("HS-4.3.2"):
        not_begun(status, MONDAY)


@pytest.mark.clause("HS-4.3.2")
@pytest.mark.django_db
def test_a_visit_at_work_is_not_called_off_and_one_called_off_on_its_order_not_again(world: World) -> None:
    case = in_force(world)
    JOBS["agreements"].run(at(2026, 11, 21, 6))
    order, world.now = order_of(case, MONDAY), at(2026, 11, 23, 14, 50)
    world.do(order, "arrive", "housekeeper")
    with refused("HS-4.3.2"):
        world.do(case, "skip", "service_desk", day=MONDAY, reason="业主出差", asked_by="resident")
    assert (AgreementDay.objects.get(order=order).stands, order.status) == ("laid_out", "on_site")
    (shown,) = (each for each in visits(row(case), world.now, str) if each["day"] == "2026-11-23")
    assert shown["can_skip"] is False
    world.now = at(2026, 11, 24, 8)
    JOBS["agreements"].run(at(2026, 11, 24, 6))
    world.do(order_of(case, THURSDAY), "cancel", "service_desk", reason="业主出差")
    with refused("HS-4.3.2"):
        world.do(case, "skip", "service_desk", day=THURSDAY, reason="业主出差", asked_by="resident")


@pytest.mark.clause("HS-4.3.2")
@pytest.mark.django_db
@pytest.mark.parametrize(("verb", "facts"), [
    ("suspend", {"reason": "业主出差"}), ("stop", {"reason": "业主搬走", "asked_by": "resident", "stop_on": MONDAY}),
])  # fmt: skip
def test_a_rest_or_a_stop_calls_off_what_is_ahead_and_leaves_a_visit_at_work_alone(
    world: World, verb: str, facts: dict[str, object]
) -> None:
    case = in_force(world, weekdays=[1, 2])
    JOBS["agreements"].run(at(2026, 11, 22, 6))
    first, second = order_of(case, MONDAY), order_of(case, MONDAY + timedelta(days=1))
    world.now = first.order.visit_at - timedelta(minutes=10)
    world.do(first, "arrive", "housekeeper")
    world.do(case, verb, "service_desk", **facts)
    second.refresh_from_db()
    assert (first.status, AgreementDay.objects.get(order=first).stands) == ("on_site", "laid_out")
    assert (second.status, AgreementDay.objects.get(order=second).stands) == ("cancelled", "skipped")
