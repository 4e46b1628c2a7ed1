"""Housekeeping through the API: filed with the fixed fields, refused with the clause, done step by step."""

from datetime import timedelta

import pytest

from menling.orders.models import Visit
from tests import cleaning
from tests.doors.api import caller
from tests.office import World

pytestmark = pytest.mark.django_db
FILING = cleaning.ASKED | {"kind": "housekeeping", "office": "XH", "channel": "phone"}


def filing(world: World, ahead: int, **more: str) -> dict[str, object]:
    return FILING | {"happened_at": world.now.isoformat(), "visit_at": (world.now + timedelta(minutes=ahead)).isoformat()} | more


def test_an_order_is_filed_agreed_and_given_to_two_people(world: World) -> None:
    desk, lead = caller(world, "service_desk"), caller(world, "team_lead")
    number = desk.post("/orders", filing(world, 180)).json()["number"]
    assert number.startswith("XH-J26-")
    for verb, facts in (("accept", {}), ("quote", {"amount": "240", "description": "日常保洁"}), ("consent", {"how": "phone"})):
        assert desk.post(f"/orders/{number}/{verb}", facts).status_code == 200
    crew = [world.staff["housekeeper"].number, world.staff["housekeeper_2"].number]
    assert lead.post(f"/orders/{number}/dispatch", {"workers": crew}).json()["status"] == "dispatched"
    shown = lead.get(f"/orders/{number}").json()
    assert [each["number"] for each in shown["workers"]] == crew
    for who in ("housekeeper", "housekeeper_2"):
        mine = caller(world, who)
        assert [each["number"] for each in mine.get("/orders").json()["items"]] == [number]
        assert mine.get(f"/orders/{number}").json()["phone"] == "13800138000"
    assert Visit.objects.filter(active=True).count() == 2


def test_a_step_of_the_second_housekeeper_counts_and_a_strangers_is_unseen(world: World) -> None:
    case = cleaning.sent(world, crew=("housekeeper_2",))
    assert caller(world, "housekeeper").post(f"/orders/{case.number}/acknowledge", {}).status_code == 404
    assert caller(world, "housekeeper_2").post(f"/orders/{case.number}/acknowledge", {}).status_code == 200


@pytest.mark.parametrize(("ahead", "status"), [(29, 409), (30, 201), (31, 201)])
def test_a_lead_of_thirty_minutes_is_the_least(world: World, ahead: int, status: int) -> None:
    answer = caller(world, "service_desk").post("/orders", filing(world, ahead))
    assert answer.status_code == status
    if status == 409:
        assert (answer.json()["clause"], answer.json()["errors"][0]["path"]) == ("HS-4.1.1.2", "visit_at")
    urgent = caller(world, "service_desk").post("/orders", filing(world, ahead, override_reason="客人马上到"))
    assert urgent.status_code == 201


def test_the_verbs_open_are_those_that_pass_and_name_their_facts(world: World) -> None:
    case = cleaning.finished(world)
    offered = {each["verb"] for each in caller(world, "housekeeper").get(f"/orders/{case.number}").json()["actions"]}
    assert "object" in offered
    assert "accept_site" not in offered


def test_the_batch_is_listed_and_signed_for(world: World) -> None:
    case = cleaning.agreed(world)
    world.answer("prepare", None, "service_desk", kind="batch", pick_up_at=world.now)
    mine = caller(world, "housekeeper")
    (batch,) = mine.get("/batches").json()["items"]
    assert mine.get(f"/batches/{batch['number']}").json()["entries"] == [case.number]
    assert mine.post(f"/batches/{batch['number']}/pick_up", {}).json()["status"] == "picked_up"
