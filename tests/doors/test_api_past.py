"""Orders of the past through the API: filed at their true times, listed once each, refused where they cannot have been so."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from menling.premises.clock import now
from tests.doors.api import Caller, caller
from tests.office import World

pytestmark = pytest.mark.django_db
FIRST = datetime(2014, 5, 11, 9, 16, 48, tzinfo=ZoneInfo("Asia/Shanghai"))


def filed(clerk: Caller, number: int, at: datetime) -> str:
    body = {"kind": "repair", "unit": "3-2-1201", "reporter": "311", "phone": "14000000000", "content": f"request {number}",
            "happened_at": at.isoformat()}  # fmt: skip
    answer = clerk.post("/orders", body, key=f"city-{number}")
    assert answer.status_code == 201, answer.content
    return str(answer.json()["number"])


def pages(clerk: Caller, **asked: str) -> list[str]:
    found: list[str] = []
    query = {"limit": "4", **asked}
    while True:
        answer = clerk.get("/orders", **query).json()
        found += [item["number"] for item in answer["items"]]
        if answer["next"] is None:
            return found
        query["next"] = answer["next"]


def test_a_replay_through_the_api_comes_back_once_in_filing_order(world: World) -> None:
    clerk = caller(world, "control_centre")
    # three of four share their second with another one
    times = [FIRST + timedelta(days=number // 3) for number in range(11)]
    numbers = [filed(clerk, number, at) for number, at in enumerate(times)]
    assert len(set(numbers)) == 11
    assert pages(clerk, sort="reported_at") == numbers
    assert pages(clerk, sort="-reported_at") == numbers[::-1]
    assert [filed(clerk, number, at) for number, at in enumerate(times)] == numbers
    shown = clerk.get(f"/orders/{numbers[0]}").json()
    assert datetime.fromisoformat(shown["reported_at"]) == FIRST


def test_orders_filed_in_no_order_of_time_are_listed_as_they_were_filed(world: World) -> None:
    clerk = caller(world, "control_centre")
    numbers = [filed(clerk, number, FIRST + timedelta(days=400 * (number * 7 % 10))) for number in range(10)]
    assert pages(clerk, sort="filed") == numbers
    assert pages(clerk, sort="-filed") == numbers[::-1]
    assert sorted(pages(clerk, sort="reported_at")) == sorted(numbers)


@pytest.mark.parametrize("at", ["2014-05-11T09:16:48", "soon", "1999-05-11T09:16:48+08:00"])
def test_a_time_that_cannot_have_been_is_refused(world: World, at: str) -> None:
    body = {"kind": "repair", "unit": "3-2-1201", "reporter": "311", "content": "x", "happened_at": at}
    assert caller(world, "control_centre").post("/orders", body).status_code == 422


def test_the_future_is_refused(world: World) -> None:
    body = {"kind": "repair", "unit": "3-2-1201", "reporter": "311", "content": "x",
            "happened_at": (now() + timedelta(days=1)).isoformat()}  # fmt: skip
    answer = caller(world, "control_centre").post("/orders", body)
    assert (answer.status_code, answer.json()["clause"]) == (422, "MR-4")
