"""OI-4.2, CF-04  Whoever is nobody of the company, or does single jobs, sees no office whole: not by a post for all of them."""

import pytest

from menling.doorway.masking import place_shown
from menling.doorway.showing import shown
from menling.journal.cases import case_of, sees_office, visible_to
from menling.journal.models import Case
from menling.kernel.roles import Role
from tests.office import World, make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.clause("OI-4.2", "CF-04")]
SINGLE = (Role.PROVIDER, Role.OWNERS_COMMITTEE, Role.EMPLOYEE, Role.REPAIR_WORKER)


@pytest.mark.parametrize("everywhere", [True, False])
@pytest.mark.parametrize("role", SINGLE)
def test_a_post_of_single_jobs_sees_no_case_of_others_in_one_office_or_in_all(world: World, role: Role, everywhere: bool) -> None:
    case = world.sent()
    world.staff["new"] = make_staff(world.company, None if everywhere else world.office, role, "A900", "新人")
    by = world.actor("new")
    assert not visible_to(by).exists()
    assert case_of(by, case.number) is None
    assert not sees_office(by, world.office)


@pytest.mark.parametrize("everywhere", [True, False])
def test_a_worker_sees_the_own_orders_with_a_post_for_one_office_or_for_all(world: World, everywhere: bool) -> None:
    office = None if everywhere else world.office
    world.staff["new"] = make_staff(world.company, office, Role.REPAIR_WORKER, "A900", "新人")
    mine, other = world.sent(), world.file()
    Case.objects.filter(pk=mine.pk).update(assignee_id=world.staff["new"].pk)
    assert list(visible_to(world.actor("new"))) == [mine]
    assert case_of(world.actor("new"), other.number) is None


@pytest.mark.parametrize("role", [Role.QUALITY, Role.CALL_DEPARTMENT, Role.ADMINISTRATOR])
def test_the_companys_own_people_still_see_every_office_by_a_post_for_all_of_them(world: World, role: Role) -> None:
    case = world.sent()
    world.staff["new"] = make_staff(world.company, None, role, "A900", "新人")
    assert case_of(world.actor("new"), case.number) == case
    assert sees_office(world.actor("new"), world.elsewhere)


@pytest.mark.parametrize("written", ["3-2-1201", "3栋2单元1201", "3 - 2 - 1201", "在3-2-1201门口"])
def test_a_home_somebody_typed_into_a_text_is_not_read_by_who_may_not_read_the_address(world: World, written: str) -> None:
    case = world.sent(content=f"{written}漏水")
    world.staff["employee"] = make_staff(world.company, world.office, Role.EMPLOYEE, "A900", "新人")
    assert "1201" not in str(shown(case, world.actor("employee"), world.now))
    assert "1201" in str(shown(case, world.actor("control_centre"), world.now))


@pytest.mark.parametrize("other", ["13-2-1201", "3-2-12010", "3-2-1201A", "2026-3-2-1201"])
def test_a_longer_number_that_holds_that_of_the_home_stays_as_it_is(world: World, other: str) -> None:
    worker = make_staff(world.company, world.office, Role.EMPLOYEE, "A900", "新人")
    world.staff["employee"] = worker
    assert place_shown({"text": other}, world.sent(), world.actor("employee"), world.now)["text"] == other
