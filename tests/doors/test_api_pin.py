"""MR-22  The token of a PIN opens the doorstep: every other address of the API asks for the password."""

from typing import Any

import pytest

from menling.api.door import DESKS_OWN, DOORSTEP, api
from menling.doorway import keys
from menling.kernel.roles import Role
from menling.premises.models import Post
from tests.doors.api import Caller, caller
from tests.doors.test_doorstep import PASSWORD, login, with_pin
from tests.office import SINCE, World


def by_pin(world: World, who: str) -> Caller:
    """Return a caller of the world who came in by a PIN."""
    return Caller(keys.issue(world.now, staff=world.staff[who], name=who, doorstep=True))


def addresses() -> list[tuple[str, str]]:
    """Return every method and address of the API as it describes itself."""
    paths: dict[str, Any] = api.get_openapi_schema()["paths"]
    return sorted((method, path.removeprefix("/api/v1")) for path, methods in paths.items() for method in methods)


def inside(path: str) -> bool:
    parts = path.split("/")[1:]
    return parts[0] in DOORSTEP and not DESKS_OWN.intersection(parts)


@pytest.mark.django_db
def test_every_address_behind_the_doorstep_asks_for_the_password(world: World) -> None:
    number = world.sent().number
    phone, asked = by_pin(world, "repair_worker"), 0
    for method, path in addresses():
        if path == "/login" or inside(path):
            continue
        there = path.replace("{number}", number).replace("{digest}", "x")
        answer = phone.get(there) if method == "get" else phone.post(there)
        assert (answer.status_code, answer.json().get("clause")) == (403, "MR-22"), (method, path)
        asked += 1
    assert asked > 40, "the back office has more addresses than the doorstep"


@pytest.mark.django_db
def test_no_address_of_the_doorstep_is_closed_to_a_pin(world: World) -> None:
    phone = by_pin(world, "repair_worker")
    for method, path in addresses():
        if inside(path) and path != "/logout":
            there = path.replace("{number}", "XH-R26-99999").replace("{digest}", "x")
            answer = phone.get(there) if method == "get" else phone.post(there)
            assert b"MR-22" not in answer.content, (method, path)


@pytest.mark.django_db
def test_money_is_not_settled_by_a_pin_whoever_holds_it(world: World) -> None:
    case = world.completed("86.00")
    charge = world.child(case, "charge")
    world.do(charge, "collect", "repair_worker", amount="86.00", method="cash")
    settlement = world.child(case, "settlement")
    Post.objects.create(staff=world.staff["finance"], office=world.office, role=Role.REPAIR_WORKER, since=SINCE)
    phone = by_pin(world, "finance")
    assert phone.post(f"/orders/{case.number}/settle").status_code == 404
    assert phone.post(f"/settlements/{settlement.number}/settle").status_code == 403
    settlement.refresh_from_db()
    assert settlement.status != "settled"
    world.actors.pop("finance", None)
    assert caller(world, "finance").post(f"/orders/{case.number}/settle").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["control_centre", "finance", "office_manager", "company_management"])
def test_somebody_of_the_office_sees_nothing_by_a_pin(world: World, who: str) -> None:
    case = world.sent()
    phone = by_pin(world, who)
    assert phone.get("/me").json()["roles"] == {}
    assert phone.get("/orders").json()["items"] == []
    assert phone.get(f"/orders/{case.number}").status_code == 404


@pytest.mark.django_db
def test_the_log_in_says_which_token_it_gives(today: World) -> None:
    staff = with_pin(today.staff["repair_worker"])
    Post.objects.create(staff=staff, office=today.office, role=Role.TEAM_LEAD, since=SINCE)
    pin, password = (
        Caller(login(staff.number, **secret).json()["token"]) for secret in ({"pin": "2846"}, {"password": PASSWORD})
    )
    assert pin.get("/me").json()["roles"] == {"XH": ["home_service_worker", "repair_worker"]}
    assert "team_lead" in password.get("/me").json()["roles"]["XH"]
    assert (pin.get("/agreements").status_code, password.get("/agreements").status_code) == (403, 200)
