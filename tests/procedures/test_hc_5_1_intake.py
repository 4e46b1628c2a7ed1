"""HC-5.1  Intake: five entries in the work information log, and the worker is told as soon as one is sent."""

import pytest

from menling.journal.models import Case, Outgoing
from menling.kernel.roles import Role as R
from menling.orders.models import Order
from menling.procedures.repair import REPAIR
from menling.procedures.repair_policy import RepairPolicy
from menling.procedures.repair_rules import acting, logged
from tests.office import World
from tests.procedures.given import last, refused, shanghai

FULL = {"unit": "3-2-1201", "reporter": "王芳", "content": "厨房下水堵", "requirements": "-"}


@pytest.mark.clause("HC-5.1.2")
@pytest.mark.parametrize("missing", ["unit", "reporter", "content", "requirements"])
def test_no_entry_of_the_log_is_missing(missing: str) -> None:
    logged(FULL)
    for nothing in ("", None):
        with refused("HC-5.1.2", 422):
            logged(FULL | {missing: nothing})


@pytest.mark.clause("HC-5.1.2")
def test_the_desk_of_repairs_or_the_resident_registers() -> None:
    for roles in (acting(frozenset({R.CONTROL_CENTRE}), RepairPolicy()), frozenset({R.CUSTOMER})):
        step = REPAIR.step("file", "new", roles)
        assert (step.after, step.clauses[0]) == ("reported", "HC-5.1.2")
    with refused("HC-5.1.2", 403):
        REPAIR.step("file", "new", {R.REPAIR_WORKER})


@pytest.mark.clause("HC-5.1.2")
@pytest.mark.django_db
@pytest.mark.parametrize("missing", ["unit", "reporter", "content"])
def test_a_request_that_lacks_an_entry_is_not_registered(world: World, missing: str) -> None:
    with refused("HC-5.1.2", 422):
        world.file(**{missing: "  " if missing != "unit" else ""})
    assert not Case.objects.exists()


@pytest.mark.clause("HC-5.1.2")
@pytest.mark.django_db
def test_unit_name_time_content_and_requirements_are_on_record_and_none_asked_for_is_none(world: World) -> None:
    booked = Order.objects.get(pk=world.file(requirements="先打电话", visit_at=shanghai(20, 15)).pk)
    assert (booked.unit, booked.reporter, booked.visit_at) == (world.unit, "王芳", shanghai(20, 15))
    assert (booked.content, booked.requirements, booked.at_once) == ("厨房下水堵", "先打电话", False)
    plain = Order.objects.get(pk=world.file().pk)
    assert (plain.requirements, plain.visit_at, plain.at_once) == ("", None, True)
    assert "HC-5.1.2" in last(plain.case, "file").clauses


@pytest.mark.clause("HC-5.1.2")
@pytest.mark.django_db
def test_the_worker_is_told_the_moment_the_slip_is_saved(world: World) -> None:
    case = world.do(world.file(), "accept", "control_centre")
    assert not Outgoing.objects.filter(staff_id__isnull=False).exists()
    world.do(case, "dispatch", "control_centre", worker=world.staff["repair_worker"].number)
    message = Outgoing.objects.get(case=case, staff_id__isnull=False)
    assert (message.staff_id, message.created_at) == (world.staff["repair_worker"].pk, world.now)
    assert "HC-5.1.2" in last(case, "dispatch").clauses
