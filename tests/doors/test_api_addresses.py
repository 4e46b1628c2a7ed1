"""Whatever is asked below the address of the API, and however, the answer is one for programs, with words for people."""

import json
from typing import Any

import pytest
from django.test import Client, RequestFactory

from menling.api.door import LARGEST_BODY
from menling.urls import broken
from tests.doors.api import Caller, caller
from tests.office import World

pytestmark = pytest.mark.django_db


def told(answer: Any, status: int) -> dict[str, Any]:
    """Return the body of a problem: the status, and why in both languages."""
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    body: dict[str, Any] = json.loads(answer.content)
    assert body["status"] == status
    assert body["why"]
    assert body["why_zh"] != body["why"]
    return body


@pytest.mark.parametrize(
    "address", ["/api", "/api/", "/api/v1", "/api/v1/", "/api/v2/orders", "/api/v1/nothing", "/api/v1/orders/"]
)
@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
def test_an_address_that_is_not_there_is_a_problem_by_any_method(address: str, method: str) -> None:
    told(getattr(Client(enforce_csrf_checks=True), method)(address), 404)


@pytest.mark.parametrize(
    ("method", "address", "allowed"),
    [
        ("put", "/orders", {"GET", "POST"}), ("delete", "/orders/WX-1", {"GET"}), ("get", "/orders/WX-1/accept", {"POST"}),
        ("post", "/me", {"GET"}), ("patch", "/price-list", {"GET"}), ("get", "/login", {"POST"}),
    ],
)  # fmt: skip
def test_a_method_an_address_does_not_take_is_a_problem_with_those_it_takes(
    world: World, method: str, address: str, allowed: set[str]
) -> None:
    desk = caller(world, "control_centre")
    answer = getattr(desk.client, method)(f"/api/v1{address}", headers=desk.headers)
    body = told(answer, 405)
    assert set(answer["Allow"].split(", ")) == allowed
    assert all(each in body["why_zh"] for each in allowed)


BODIES = ["{", "[1]", '"text"', "null", "5", "unit=3-2-1201", "<order/>", "{'unit': 1}", '{"a": ' + "[" * 100_000]


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("address", ["/orders", "/login", "/my/messages/seen", "/my/swaps"])
def test_a_body_that_is_no_object_of_json_is_bad_input_with_words(world: World, address: str, body: str) -> None:
    assert told(caller(world, "control_centre").post(address, body), 422)["errors"]


@pytest.mark.parametrize("depth", [250, 600, 900])
@pytest.mark.parametrize("field", ["happened_at", "source", "content"])
def test_a_field_nested_deeper_than_any_fact_is_bad_input_with_words(world: World, field: str, depth: int) -> None:
    body = f'{{"{field}": {"[" * depth}{"]" * depth}}}'
    assert told(caller(world, "control_centre").post("/orders", body), 422)["errors"]


@pytest.mark.parametrize("field", ["happened_at", "source", "content"])
def test_a_name_inside_a_field_that_holds_half_a_character_is_bad_input_there(world: World, field: str) -> None:
    body = told(caller(world, "control_centre").post("/orders", '{"' + field + '": {"\\ud800": 1}}'), 422)
    assert [each["path"] for each in body["errors"]] == [field]


def test_a_field_whose_name_holds_half_a_character_is_bad_input(world: World) -> None:
    body = told(caller(world, "control_centre").post("/orders", '{"\\ud800": "\\ud800"}'), 422)
    assert [each["path"] for each in body["errors"]] == ["body"]


@pytest.mark.parametrize(
    "typed", ["text/xml", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "image/png", "nonsense", ""]
)
def test_a_body_of_another_media_type_is_bad_input_with_words(world: World, typed: str) -> None:
    desk = caller(world, "control_centre")
    headers = desk.headers | {"Idempotency-Key": "typed"}
    for body in (b"\x89PNG\xff", b"--x\r\nContent-Disposition: form-data; name=unit\r\n\r\n1\r\n--x--\r\n"):
        told(desk.client.generic("POST", "/api/v1/orders", body, content_type=typed, headers=headers), 422)


def test_a_body_larger_than_any_step_is_bad_input_with_words(world: World) -> None:
    told(caller(world, "control_centre").post("/orders", '{"content": "' + "a" * LARGEST_BODY + '"}'), 422)


def test_a_picture_that_came_as_json_is_missed_with_words(world: World) -> None:
    case = world.at_home()
    body = told(caller(world, "repair_worker").post(f"/orders/{case.number}/photos", {"photo": "abc"}), 422)
    assert [each["path"] for each in body["errors"]] == ["photo"]


def test_nobody_without_a_token_learns_more_than_that(world: World) -> None:
    assert told(Caller(None).post(f"/orders/{world.file().number}/accept", "{"), 401)["errors"] == []


def test_the_description_of_the_api_is_there_by_get_alone(world: World) -> None:
    answer = caller(world, "control_centre").get("/openapi.json")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")


def test_a_fault_of_ours_is_a_problem_for_programs_and_a_page_for_people() -> None:
    assert "Idempotency-Key" in told(broken(RequestFactory().get("/api/v1/me")), 500)["why_zh"]
    page = broken(RequestFactory().get("/board"))
    assert (page.status_code, page["Content-Type"]) == (500, "text/html; charset=utf-8")
