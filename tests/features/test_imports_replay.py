"""Orders of other systems: recorded through the commands at their true times, once; refused where they cannot have been so."""

import csv
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from menling.doorway.keys import issue
from menling.imports.registry import LISTS
from menling.imports.replay.play import replay
from menling.imports.replay.records import CITY_311, SFHA, Form, Request, Unfit, read
from menling.imports.sitting import Report, carry_out
from menling.journal.models import Case, Event, Outgoing
from menling.money.books import balance
from menling.premises.models import Staff
from menling.procedures.places import bag
from tests import city
from tests.features.test_imports_lists import counts, flaws, workbook
from tests.office import World

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 20, 2, 4, tzinfo=UTC)
ROWS = (
    ("SF1", "2014-05-11T09:16:48", "2014-05-13T15:24:16", "Closed"), ("SF2", "2015-12-15T06:32:10", "", "Open"),
    ("SF3", "2013-01-02T08:00:00", "2013-01-02T07:00:00", "Closed"), ("SF4", "", "", "Open"),
    ("SF5", "2031-01-01T00:00:00", "", "Open"), ("SF6", "2012-03-04T05:06:07", "2012-03-05T05:06:07", "Closed (Duplicate)"),
    ("SF7", "2012-03-04T05:06:07", "", "Closed"), ("SF2", "2016-01-01T00:00:00", "", "Open"),
    ("SF8", "2012-03-04T05:06:07", "soon", "Closed"), ("SF9", "2012-03-04T05:06:07", "", "Open"),
)  # fmt: skip
UNFIT = {4: "before it was reported", 5: "missing", 6: "future", 8: "nobody wrote when", 9: "row 3", 10: "no time"}


def city_file(folder: Path, rows: tuple[tuple[str, ...], ...] = ROWS) -> Path:
    path = folder / "requests.csv"
    with path.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(city.TITLES)
        for key, created, closed, status in rows:
            about = ("Sewer Issues", "Odor", "From manhole")
            writer.writerow(("SanFrancisco", key, created, "", closed, status, "PUC", *about, "", "Web", "", "", ""))
    return path


def records(path: Path, form: Form = CITY_311, most: int | None = None) -> list[Request | Unfit]:
    return read(path, form, SHANGHAI, NOW, most)


def listed(world: World, **asked: str) -> list[str]:
    """Return every order number the API lists, page by page in the order of filing."""
    token = issue(world.now, staff=world.staff["control_centre"])
    found: list[str] = []
    query = {"sort": "reported_at", "limit": "200", **asked}
    while True:
        answer = Client().get("/api/v1/orders", query, headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == 200, answer.content
        found += [item["number"] for item in answer.json()["items"]]
        if answer.json()["next"] is None:
            return found
        query["next"] = answer.json()["next"]


@pytest.mark.django_db(transaction=True)
def test_what_can_have_been_so_is_replayed_in_the_order_of_the_reports_and_once(world: World, tmp_path: Path) -> None:
    rows = records(city_file(tmp_path))
    done = replay(world.office, "city-311", rows, NOW)
    assert list(done.accepted) == [7, 11, 2, 3]
    assert {each.row for each in done.refused} == set(UNFIT)
    assert all(UNFIT[each.row] in str(each.why) for each in done.refused)
    assert listed(world, limit="2") == list(done.accepted.values())
    again = replay(world.office, "city-311", rows, NOW)
    assert (again.accepted, again.before) == ({}, done.accepted)
    assert Case.objects.filter(kind="repair").count() == 4


@pytest.mark.django_db(transaction=True)
def test_a_replayed_order_carries_its_true_times_and_says_who_wrote_it_down(world: World, tmp_path: Path) -> None:
    done = replay(world.office, "city-311", records(city_file(tmp_path)), NOW)
    closed = Case.objects.get(number=done.accepted[2])
    assert closed.reported_at == datetime(2014, 5, 11, 9, 16, 48, tzinfo=SHANGHAI)
    assert (closed.status, closed.closed_at) == ("archived", datetime(2014, 5, 13, 15, 24, 16, tzinfo=SHANGHAI))
    finish = Event.objects.get(case=closed, verb="finish")
    assert (finish.source, finish.recorded_at, finish.actor_name) == ("paper", NOW, "回放维修员")
    assert finish.recorder is not None
    assert not Event.objects.filter(case=closed, verb__in=("sign", "rate")).exists()
    assert Case.objects.get(number=done.accepted[7]).status == "cancelled"
    assert Case.objects.get(number=done.accepted[3]).closed_at is None


@pytest.mark.django_db(transaction=True)
def test_a_replay_sends_no_message_and_leaves_nobody_to_be_dispatched(world: World, tmp_path: Path) -> None:
    replay(world.office, "city-311", records(city_file(tmp_path)), NOW)
    assert not Outgoing.objects.filter(sent_at__isnull=True).exists()
    assert not Staff.objects.filter(number__startswith="REPLAY", is_active=True).exists()


def work_order_file(folder: Path) -> Path:
    path = folder / "work_orders.csv"
    titles = "request_id,created_at,closed_at,updated_at,status,trade,priority,channel,close_note,neighborhood"
    order = "7,2010-08-02T14:04:33,2013-05-28T18:06:36,,Closed,Plumber,Emergency,Phone,Completed,"
    path.write_text(f"{titles}\n{order}\n", "utf-8")
    return path


def test_housing_work_orders_are_read_with_their_urgency(tmp_path: Path) -> None:
    (row,) = records(work_order_file(tmp_path), SFHA)
    assert isinstance(row, Request)
    assert (row.urgency, row.content, row.ending) == ("emergency", "[7] Plumber: Completed", "done")


@pytest.mark.django_db(transaction=True)
def test_an_emergency_that_is_over_is_replayed_to_its_end(world: World, tmp_path: Path) -> None:
    done = replay(world.office, "sfha", records(work_order_file(tmp_path), SFHA), NOW)
    assert (len(done.accepted), done.refused) == (1, ())
    assert Case.objects.get(kind="repair").status == "archived"


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_five_thousand_requests_come_back_once_in_filing_order(world: World, tmp_path: Path) -> None:
    rows = records(city.city_file(tmp_path, 5000), most=5000)
    done = replay(world.office, "city-311", rows, NOW)
    assert len(done.accepted) + len(done.refused) == len(rows) == 5000
    assert done.refused
    assert all(str(each.why) for each in done.refused)
    assert listed(world) == list(done.accepted.values())
    again = replay(world.office, "city-311", rows, NOW)
    assert (again.accepted, again.before, len(again.refused)) == ({}, done.accepted, len(done.refused))


def brought(world: World, kind: str, *rows: Any, keep: bool = True) -> Report:
    return carry_out(LISTS[kind], world.office, world.actor("control_centre"), world.now, workbook(*rows), keep=keep)


ORDERS = (
    ("Old number", "Unit", "Reporter", "Phone", "What is to be done", "Reported at", "Worker (work number)", "Sent at"),
    ("GD-1", "三号楼1202", "李雷", "13900139000", "灯不亮", "2026-11-18 09:00", None, None),
    ("GD-2", "3-2-1201", "王芳", "13800138000", "水管漏水", datetime(2026, 11, 19, 8, 30), "A005", "2026年11月19日 8:45"),  # noqa: DTZ001
)  # fmt: skip


@pytest.mark.django_db
def test_open_orders_arrive_with_their_true_times_and_once(world: World) -> None:
    assert counts(brought(world, "orders", *ORDERS, keep=False)) == (2, 0, 0)
    assert not Case.objects.exists()
    assert counts(brought(world, "orders", *ORDERS)) == (2, 0, 0)
    waiting, sent = Case.objects.filter(kind="repair").order_by("reported_at")
    assert (waiting.status, sent.status) == ("accepted", "dispatched")
    assert sent.reported_at == datetime(2026, 11, 19, 8, 30, tzinfo=SHANGHAI)
    assert sent.order.issued_at == datetime(2026, 11, 19, 8, 45, tzinfo=SHANGHAI)
    assert counts(brought(world, "orders", *ORDERS)) == (0, 0, 2)


@pytest.mark.django_db
def test_an_order_from_the_future_or_for_an_unknown_home_keeps_the_whole_file_out(world: World) -> None:
    wrong = ("GD-3", "9-9-901", "李雷", "13900139000", "灯不亮", "2026-11-18 09:00", None, None)
    late = ("GD-4", "3-2-1201", "李雷", "13900139000", "灯不亮", "2027-11-18 09:00", None, None)
    assert flaws(brought(world, "orders", *ORDERS, wrong, late)) == [(4, "Unit"), (5, "Reported at")]
    assert not Case.objects.exists()


CASH = (
    ("Old number", "Unit", "Reporter", "Phone", "What is to be done", "Reported at", "Worker (work number)", "Finished at",
     "Amount", "Cash taken at"),
    ("GD-5", "3-2-1201", "王芳", "13800138000", "通下水", "2026-11-19 08:30", "A005", "2026-11-19 10:00", 86, None),
    ("GD-6", "3-2-1202", "李雷", "13900139000", "换灯", "2026-11-19 08:40", "A005", "2026-11-19 11:00", "20.00",
     "2026-11-19 11:05"),
)  # fmt: skip


@pytest.mark.django_db
def test_money_outstanding_is_owed_by_the_resident_or_lies_in_the_workers_bag(world: World) -> None:
    assert counts(brought(world, "cash", *CASH)) == (2, 0, 0)
    worker = world.staff["repair_worker"].pk
    assert balance(world.office.pk, bag(worker)) == Decimal("20.00")
    owed, taken = Case.objects.filter(kind="charge").order_by("parent__reported_at")
    assert (owed.status, taken.status) == ("due", "collected")
    assert counts(brought(world, "cash", *CASH)) == (0, 0, 2)
    assert balance(world.office.pk, bag(worker)) == Decimal("20.00")
