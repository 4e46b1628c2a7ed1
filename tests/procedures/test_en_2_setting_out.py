"""EN-2.4  Who took an order on is on the way to it a while before the appointment: as long before as the office set."""

from datetime import timedelta

import pytest

from menling.doorway.showing import loaded
from menling.orders.team import crew
from menling.portal.tracking import under_way
from menling.procedures.repair_policy import RepairPolicy
from menling.procedures.repair_sending import sets_out
from tests.office import World
from tests.procedures.given import NOON, chosen, decide


@pytest.mark.clause("EN-2.4")
@pytest.mark.parametrize(("minutes", "policy"), [
    (30, RepairPolicy()), (10, chosen(RepairPolicy, visit__sets_out_minutes=10)),
    (0, chosen(RepairPolicy, visit__sets_out_minutes=0)),
])  # fmt: skip
@pytest.mark.parametrize(("seconds", "out"), [(-1, True), (0, True), (1, False)])
def test_somebody_sets_out_so_long_before_the_appointment_to_the_second(
    minutes: int, policy: RepairPolicy, seconds: int, out: bool
) -> None:
    assert sets_out(NOON + timedelta(minutes=minutes, seconds=seconds), NOON, policy) is out
    assert sets_out(None, NOON, policy)


@pytest.mark.django_db
@pytest.mark.clause("EN-2.4")
@pytest.mark.parametrize(("minutes", "out"), [(9, True), (10, True), (11, False)])
def test_foreman_and_resident_read_the_same_by_the_figure_of_the_office(world: World, minutes: int, out: bool) -> None:
    decide(world, "visit.sets_out_minutes", 10)
    case = world.do(world.sent(visit_at=world.now + timedelta(hours=2)), "acknowledge", "repair_worker")
    assert case.order.visit_at is not None
    now = case.order.visit_at - timedelta(minutes=minutes)
    (state,) = (each.state for each in crew(world.office, now) if each.staff == world.staff["repair_worker"])
    assert (state == "on_the_way", under_way(loaded(case), now)) == (out, out)
