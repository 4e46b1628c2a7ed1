"""Orders of the past through the API: filed at their true times, listed once each, refused where they cannot have been so."""

import csv
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from menling.imports.replay.estate import home_of, homes
from menling.premises.clock import now
from tests.city import city_file
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
    query = {"limit": "4"} | asked
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


@pytest.mark.parametrize(("at", "status"), [("2014-05-11T09:16:48", 422), ("soon", 422), ("1999-05-11T09:16:48+08:00", 409)])
def test_a_time_that_cannot_have_been_is_refused(world: World, at: str, status: int) -> None:
    body = {"kind": "repair", "unit": "3-2-1201", "reporter": "311", "content": "x", "happened_at": at}
    assert caller(world, "control_centre").post("/orders", body).status_code == status


def test_a_report_before_the_year_2000_is_told_to_look_at_the_year_and_names_no_step_before(world: World) -> None:
    body = {"kind": "repair", "unit": "3-2-1201", "reporter": "311", "content": "x"}
    clerk = caller(world, "control_centre")
    answer = clerk.post("/orders", body | {"happened_at": "2000-01-01T07:59:59+08:00"})
    assert (answer.status_code, answer.json()["clause"], answer.json()["errors"][0]["path"]) == (409, "MR-4", "happened_at")
    assert "look at the year" in answer.json()["why"]
    assert clerk.post("/orders", body | {"happened_at": "2000-01-01T08:00:00+08:00"}).status_code == 201


def test_the_future_is_refused(world: World) -> None:
    body = {"kind": "repair", "unit": "3-2-1201", "reporter": "311", "content": "x",
            "happened_at": (now() + timedelta(days=1)).isoformat()}  # fmt: skip
    answer = caller(world, "control_centre").post("/orders", body)
    assert (answer.status_code, answer.json()["clause"]) == (409, "MR-4")


def replayed(clerk: Caller, row: dict[str, str], unit: str) -> Any:
    """File one request of the city as a repair at its true time, under its own number as the key."""
    body: dict[str, Any] = {"kind": "repair", "unit": unit, "reporter": "311", "phone": "14000000000",
                            "happened_at": row["created_at"],
                            "content": f"[{row['request_id']}] {row['category']}: {row['detail']}"}  # fmt: skip
    if row["created_at"]:
        body["happened_at"] = datetime.fromisoformat(row["created_at"]).replace(tzinfo=FIRST.tzinfo).isoformat()
    return clerk.post("/orders", body, key=row["request_id"])


@pytest.mark.long
def test_five_thousand_requests_filed_through_the_api_come_back_once_in_filing_order(world: World, tmp_path: Path) -> None:
    clerk, places = caller(world, "control_centre"), homes(world.office)
    with city_file(tmp_path, 5000).open(encoding="utf-8-sig", newline="") as opened:
        rows = list(islice(csv.DictReader(opened), 5000))
    rows.sort(key=lambda row: row["created_at"])
    accepted: list[Any] = []
    refused: list[Any] = []
    seen, unfit = set(), 0
    for row in rows:
        answer = replayed(clerk, row, home_of(row["request_id"], places).code)
        (accepted if answer.status_code == 201 else refused).append(answer)
        unfit += not row["request_id"] or not row["created_at"] or row["created_at"] > "2090" or row["request_id"] in seen
        seen.add(row["request_id"])
    numbers = [answer.json()["number"] for answer in accepted]
    assert len(set(numbers)) == len(numbers)
    assert len(numbers) + len(refused) == len(rows) == 5000
    assert len(refused) == unfit
    for answer in refused:
        told = answer.json()
        assert answer.status_code in (400, 409, 422)
        assert told["why"], told
        assert told["why_zh"], told
    for sort in ("filed", "reported_at"):
        assert pages(clerk, sort=sort, limit="200") == numbers
        assert pages(clerk, sort=f"-{sort}", limit="200") == numbers[::-1]
    again = replayed(clerk, rows[len(rows) // 2], home_of(rows[len(rows) // 2]["request_id"], places).code)
    assert again.json()["number"] in numbers
    assert len(pages(clerk, sort="filed", limit="200")) == len(numbers)
