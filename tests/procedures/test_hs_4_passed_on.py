"""HS-4.1.3, HS-4.2.1  What belongs to another desk is passed on, and taken there in time: no report is dropped."""

from datetime import timedelta

import pytest

from menling.journal.models import Case
from menling.journal.sweep import sweep
from menling.procedures.referral import REFERRAL
from menling.procedures.repair_policy import RepairPolicy
from tests.office import World
from tests.procedures.given import chosen, due_at, kept, promise, shanghai, told_roles

SECOND = timedelta(seconds=1)


@pytest.mark.clause("HS-4.1.3", "HS-4.2.1")
def test_what_is_urgent_is_taken_within_five_minutes_unless_the_office_says_otherwise() -> None:
    at = shanghai(20, 10)
    assert due_at(REFERRAL, "taken", at, urgent=True) == shanghai(20, 10, 5)
    assert due_at(REFERRAL, "taken", at, chosen(RepairPolicy, repair__take_over_minutes=2), urgent=True) == shanghai(20, 10, 2)


@pytest.mark.clause("HS-4.1.3", "HS-4.2.1")
def test_the_rest_is_taken_by_the_end_of_the_shift_or_with_the_start_of_the_next() -> None:
    assert due_at(REFERRAL, "taken", shanghai(20, 10), urgent=False) == shanghai(20, 18)
    assert due_at(REFERRAL, "taken", shanghai(20, 17, 59), urgent=False) == shanghai(20, 18)
    assert due_at(REFERRAL, "taken", shanghai(20, 18), urgent=False) > shanghai(20, 18)


def passed_on(world: World) -> Case:
    """Return a report of the lift hall that the control centre passes on to the service desk, urgent."""
    answer = world.answer("pass_on", None, "control_centre", kind="referral", wanted="other", to_desk="service_desk",
                          content="3 栋电梯厅地面有油", urgent=True)  # fmt: skip
    return Case.objects.get(number=answer.body["number"])


@pytest.mark.clause("HS-4.1.3", "HS-4.2.1")
@pytest.mark.django_db
def test_a_report_that_nobody_takes_breaks_its_promise_and_stays_open_until_somebody_does(world: World) -> None:
    case = passed_on(world)
    due = promise(case, "taken").due_at
    assert sweep(due) == 0
    assert sweep(due + SECOND) == 1
    assert "service_desk_supervisor" in told_roles(case)
    case.refresh_from_db()
    assert (case.status, case.closed_at) == ("passed", None)
    world.now = due + SECOND * 2
    assert world.do(case, "take", "service_desk").closed_at is not None
    assert promise(case, "taken").met_at is not None


@pytest.mark.clause("HS-4.1.3", "HS-4.2.1")
@pytest.mark.django_db
def test_a_report_taken_in_time_keeps_its_promise(world: World) -> None:
    case = passed_on(world)
    world.later(minutes=5)
    world.do(case, "take", "service_desk")
    assert kept(case, "taken")
    assert sweep(world.later(minutes=600)) == 0
