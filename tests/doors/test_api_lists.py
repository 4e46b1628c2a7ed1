"""What a list is asked is read strictly: an unknown question or value is said, never passed over in silence."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from menling.api.cases import COLLECTIONS
from menling.doorway.questions import LARGEST_PAGE, NAMES, SORTS, YES_OR_NO, parameters, statuses_of
from menling.journal.models import Deadline
from tests.doors.api import Caller, caller
from tests.office import World

pytestmark = pytest.mark.django_db


def numbers(who: Caller, **query: str) -> list[str]:
    """Return the numbers of the orders a list answers."""
    return [each["number"] for each in who.get("/orders", **query).json()["items"]]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("sort", "foo"), ("sort", ""), ("limit", "0"), ("limit", "-1"), ("limit", "abc"), ("limit", "100000"), ("limit", ""),
        ("limit", "1.5"), ("limit", "５"), ("limit", str(LARGEST_PAGE + 1)), ("open", "maybe"), ("open", ""), ("open", "2"),
        ("open", "True"), ("late", "yes"), ("status", "nonsense"), ("status", ""), ("status", "accepted,nonsense"),
        ("status", "accepted,"), ("kind", "gardening"), ("kind", "charge"), ("next", ""), ("next", "rubbish"), ("colour", "red"),
        ("Status", "accepted"), ("page", "2"),
    ],
)  # fmt: skip
def test_what_no_list_understands_is_422_with_its_name(world: World, name: str, value: str) -> None:
    answer = caller(world, "control_centre").get("/orders", **{name: value})
    assert (answer.status_code, [each["path"] for each in answer.json()["errors"]]) == (422, [name])
    assert name in answer.json()["why_zh"]


@pytest.mark.parametrize("name", COLLECTIONS)
def test_every_list_knows_the_same_questions_and_no_others(world: World, name: str) -> None:
    desk = caller(world, "control_centre")
    assert desk.get(f"/{name}", colour="red").status_code == 422
    assert desk.get(f"/{name}", status="nonsense").status_code == 422
    assert desk.get(f"/{name}", status=",".join(statuses_of(COLLECTIONS[name])), open="true", late="0").status_code == 200


def test_a_question_asked_twice_is_said_and_not_half_answered(world: World) -> None:
    answer = caller(world, "control_centre").get("/orders?status=accepted&status=reported")
    assert (answer.status_code, answer.json()["errors"][0]["path"]) == (422, "status")


def test_the_smallest_and_the_largest_page_are_given(world: World) -> None:
    desk = caller(world, "control_centre")
    for size in ("1", str(LARGEST_PAGE)):
        assert desk.get("/orders", limit=size).status_code == 200


def test_open_and_closed_orders_are_told_apart_by_any_spelling_of_yes_and_no(world: World) -> None:
    running, over = world.file(), world.do(world.file(), "cancel", "control_centre", reason="不修了")
    desk = caller(world, "control_centre")
    for word, meant in YES_OR_NO.items():
        assert numbers(desk, open=word) == [(running if meant else over).number]
    assert set(numbers(desk)) == {running.number, over.number}


def test_late_orders_and_those_in_time_are_told_apart(world: World) -> None:
    late, fine = world.file(), world.file()
    Deadline.objects.filter(case=late).update(due_at=world.now - timedelta(minutes=1), counted=True)
    Deadline.objects.filter(case=fine).update(due_at=world.now + timedelta(days=900))
    desk = caller(world, "control_centre")
    assert (numbers(desk, late="1"), numbers(desk, late="true")) == ([late.number], [late.number])
    assert (numbers(desk, late="0"), numbers(desk, late="false")) == ([fine.number], [fine.number])


def test_those_in_time_are_found_without_naming_every_late_one(world: World) -> None:
    late = [world.file() for _each in range(3)]
    Deadline.objects.filter(case__in=late).update(due_at=world.now - timedelta(minutes=1), counted=True)
    with CaptureQueriesContext(connection) as asked:
        assert numbers(caller(world, "control_centre"), late="false") == []
    named = ", ".join(str(each.pk) for each in late)
    assert not [each["sql"] for each in asked.captured_queries if named in each["sql"]]
    assert [each["sql"] for each in asked.captured_queries if "NOT EXISTS" in each["sql"]]


def test_orders_are_found_by_several_statuses_and_by_kind(world: World) -> None:
    reported, accepted = world.file(), world.do(world.file(), "accept", "control_centre")
    world.do(world.file(), "cancel", "control_centre", reason="不修了")
    desk = caller(world, "control_centre")
    assert set(numbers(desk, status="reported,accepted")) == {reported.number, accepted.number}
    assert len(numbers(desk, kind="repair")) == 3
    assert numbers(desk, kind="housekeeping,alarm") == []


@pytest.mark.parametrize("name", COLLECTIONS)
def test_every_list_is_described_with_its_questions_and_their_values(world: World, name: str) -> None:
    path: Any = caller(world, "control_centre").get("/openapi.json").json()["paths"][f"/api/v1/{name}"]["get"]
    told = {each["name"]: each["schema"] for each in path["parameters"]}
    assert set(told) == NAMES == {each["name"] for each in parameters(COLLECTIONS[name])}
    assert told["sort"]["enum"] == list(SORTS)
    assert told["status"]["items"]["enum"] == list(statuses_of(COLLECTIONS[name]))
    assert (told["limit"]["minimum"], told["limit"]["maximum"]) == (1, LARGEST_PAGE)
    assert told["open"]["enum"] == list(YES_OR_NO)


def test_a_picture_of_an_unknown_sort_is_not_taken_for_a_photo(world: World) -> None:
    case = world.at_home()
    answer = caller(world, "repair_worker").post(f"/orders/{case.number}/photos?kind=drawing", {})
    assert answer.status_code == 422
    assert "kind" in {each["path"] for each in answer.json()["errors"]}


def test_a_desk_finds_the_newest_orders_of_a_phone_as_any_other_question_finds_them(world: World) -> None:
    orders = [world.file(phone="13911112222") for _each in range(3)]
    world.do(orders[0], "cancel", "control_centre", reason="不修了")
    world.file(phone="13733334444")
    desk = caller(world, "control_centre")
    newest = [each.number for each in reversed(orders)]
    lines = desk.get("/orders", phone="139-1111-2222").json()["items"]
    assert [each["number"] for each in lines] == newest
    # the same lines by way of a further question, which is put together otherwise
    asked = "/orders?phone=13911112222&status=" + ",".join(statuses_of(COLLECTIONS["orders"]))
    assert desk.get(asked).json()["items"] == lines


def test_the_orders_of_a_phone_are_paged_and_kept_to_kind_and_office(world: World) -> None:
    orders = [world.file(phone="13911112222") for _each in range(3)]
    desk, stranger = caller(world, "control_centre"), caller(world, "control_centre_elsewhere")
    first = desk.get("/orders", phone="13911112222", limit="2").json()
    rest = desk.get("/orders", phone="13911112222", limit="2", next=first["next"]).json()
    assert [each["number"] for each in (*first["items"], *rest["items"])] == [each.number for each in reversed(orders)]
    assert (rest["next"], numbers(desk, phone="13911112222", kind="housekeeping")) == (None, [])
    assert numbers(stranger, phone="13911112222") == []
    assert numbers(desk, phone="未知") == []


def test_a_cursor_of_one_sort_is_refused_for_another(world: World) -> None:
    for _each in range(2):
        world.file()
    desk = caller(world, "control_centre")
    cursor = desk.get("/orders", limit="1", sort="-reported_at").json()["next"]
    assert desk.get("/orders", limit="1", sort="-reported_at", next=cursor).json()["items"]
    answer = desk.get("/orders", limit="1", sort="reported_at", next=cursor)
    assert (answer.status_code, [each["path"] for each in answer.json()["errors"]]) == (422, ["next"])


def test_what_is_no_order_is_found_by_the_person_who_has_it_in_hand(world: World) -> None:
    charge = world.do(world.child(world.finished("86.00"), "charge"), "collect", "repair_worker")
    bag, who = charge.charge.handover.case, caller(world, "finance")
    own = who.get("/handovers", worker=world.staff["repair_worker"].number).json()["items"]
    assert [each["number"] for each in own] == [bag.number]
    assert who.get("/handovers", worker=world.staff["finance"].number).json()["items"] == []


def test_a_resident_finds_the_own_orders_by_phone_as_well(world: World) -> None:
    mine = world.file(phone="13911112222")
    assert numbers(caller(world, "customer"), phone="13911112222") == [mine.number]
    assert numbers(caller(world, "repair_worker"), phone="13911112222") == []
