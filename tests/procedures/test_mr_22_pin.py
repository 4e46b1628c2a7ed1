"""MR-22  A PIN opens the doorstep: the roles of a worker, and no address of the office."""

import pytest

from menling.doorway import keys
from menling.kernel.roles import WORKERS, Role
from menling.premises.models import Post
from menling.procedures.doorstep import opened_by_pin, roles_by_pin
from tests.doors.api import Caller
from tests.earning import settled
from tests.office import SINCE, World
from tests.procedures.given import refused


@pytest.mark.clause("MR-22")
def test_a_pin_leaves_the_roles_of_a_worker_and_no_others() -> None:
    assert roles_by_pin(frozenset({Role.REPAIR_WORKER, Role.TEAM_LEAD, Role.FINANCE})) == {Role.REPAIR_WORKER}
    for role in Role:
        assert roles_by_pin(frozenset({role})) == frozenset({role}) & WORKERS
    opened_by_pin(True)
    with refused("MR-22", 403):
        opened_by_pin(False)


@pytest.mark.clause("MR-22")
@pytest.mark.django_db
def test_the_token_of_a_pin_shows_a_foreman_who_also_goes_out_as_a_worker(world: World) -> None:
    staff = world.staff["repair_worker"]
    Post.objects.create(staff=staff, office=world.office, role=Role.TEAM_LEAD, since=SINCE)
    pin, password = (keys.holder(keys.issue(world.now, staff=staff, doorstep=doorstep), world.now) for doorstep in (True, False))
    assert pin is not None
    assert password is not None
    assert pin.roles_in(world.office.pk) == {Role.REPAIR_WORKER, Role.HOME_SERVICE_WORKER}
    assert (pin.doorstep, password.doorstep) == (True, False)
    assert Role.TEAM_LEAD in password.roles_in(world.office.pk)


@pytest.mark.clause("MR-22")
@pytest.mark.django_db
def test_somebody_of_the_office_alone_holds_nothing_by_a_pin(world: World) -> None:
    pin = keys.holder(keys.issue(world.now, staff=world.staff["finance"], doorstep=True), world.now)
    assert pin is not None
    assert pin.roles == {}


@pytest.mark.clause("MR-22")
@pytest.mark.clause("MR-38")
@pytest.mark.django_db
def test_a_worker_who_came_in_by_a_pin_asks_about_the_own_commission_and_answers_nothing(world: World) -> None:
    line = settled(world)
    phone = Caller(keys.issue(world.now, staff=world.staff["repair_worker"], doorstep=True))
    asked = phone.post("/commission-queries", {"settlement": line.number, "question": "少算了"})
    assert asked.status_code == 201
    number = asked.json()["number"]
    assert phone.post(f"/commission-queries/{number}/answer", {"answer": "补上", "more": "5.00"}).status_code == 403
