"""A worker's month, as the worker's phone asks for it and as the foreman reads it."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localtime

from menling.journal.models import Case
from tests.doors.api import caller
from tests.doors.web import browser, words
from tests.office import World
from tests.procedures.given import decide

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def job(world: World, minutes: float, amount: str | None = None) -> Case:
    """A job of some minutes at the home, collected by the worker."""
    case = world.at_home()
    if amount:
        world.do(case, "quote", "repair_worker", amount=Decimal(amount), description="疏通")
        world.do(case, "consent", "repair_worker")
    world.later(minutes=minutes)
    world.do(case, "finish", "repair_worker", summary="已疏通")
    if amount:
        world.do(case, "sign", "customer")
        world.do(world.child(case, "charge"), "collect", "repair_worker", amount=Decimal(amount), method="cash")
    return case


def month_of(world: World) -> str:
    return f"{localtime(world.now):%Y-%m}"


def asked(world: World, who: str = "repair_worker", **query: str) -> Any:
    return caller(world, who).get("/my/month", **query).json()


def test_a_worker_reads_jobs_minutes_and_amounts_of_the_month(world: World) -> None:
    job(world, 20.5, "50.00")
    job(world, 9.5, "30.00")
    found = asked(world, month=month_of(world))
    assert (found["jobs"], found["minutes"], found["collected"]) == (2, 30, "80.00")
    assert [(each["day"], each["jobs"]) for each in found["days"]] == [(f"{localtime(world.now):%Y-%m-%d}", 2)]


@pytest.mark.clause("EN-D.10A", "EN-D.10B")
@pytest.mark.parametrize(("spent", "told"), [(599.99, 599), (600, 600), (600.01, 0)])
def test_a_visit_nobody_ended_at_the_home_is_a_job_of_minutes_nobody_knows(world: World, spent: float, told: int) -> None:
    job(world, 20)
    job(world, spent)
    query = {"month": month_of(world)}
    found = asked(world, **query)
    assert (found["jobs"], found["minutes"], found["unended"]) == (2, 20 + told, 0 if told else 1)
    rows = {staff.number: whole for staff, whole in browser(world, "team_lead").get("/crew/month", query).context["rows"]}
    assert (rows["A005"].jobs, rows["A005"].minutes, rows["A005"].unended) == (2, 20 + told, 0 if told else 1)


@pytest.mark.clause("EN-D.10A", "EN-D.10B")
def test_how_long_a_visit_may_be_is_what_stood_when_its_order_was_reported(world: World) -> None:
    case = world.at_home()
    decide(world, "money.longest_visit_hours", 1)  # two minutes pass
    world.later(minutes=88)
    world.do(case, "finish", "repair_worker", summary="已疏通")
    job(world, 90)
    found = asked(world, month=month_of(world))
    assert (found["jobs"], found["minutes"]) == (2, 90)


def test_another_month_is_empty_and_what_is_no_month_is_malformed(world: World) -> None:
    job(world, 10)
    assert asked(world, month="2025-01") == {
        "month": "2025-01",
        "days": [],
        "jobs": 0,
        "minutes": 0,
        "unended": 0,
        "collected": "0.00",
    }
    assert caller(world, "repair_worker").get("/my/month", month="2026-13").status_code == 422


def test_a_door_nobody_opened_is_no_job(world: World) -> None:
    case = world.sent()
    world.do(case, "absent", "repair_worker", slip="L-1")
    assert asked(world, month=month_of(world))["jobs"] == 0


def test_nobody_reads_the_month_of_a_colleague(world: World) -> None:
    job(world, 10, "30.00")
    assert asked(world, "repair_worker_2", month=month_of(world))["jobs"] == 0
    assert browser(world, "repair_worker_2").get("/crew/month").status_code == 403


def test_the_foreman_reads_the_same_sums_for_everybody_and_day_by_day(world: World) -> None:
    job(world, 25, "30.00")
    there = browser(world, "team_lead")
    query = {"month": month_of(world)}
    rows = {staff.number: whole for staff, whole in there.get("/crew/month", query).context["rows"]}
    assert (rows["A005"].jobs, rows["A005"].minutes, rows["A005"].collected) == (1, 25, Decimal("30.00"))
    assert "¥30.00" in words(there.read("/crew/month/A005", query))


def test_the_month_of_a_crew_is_the_same_number_of_questions_however_much_was_done(world: World) -> None:
    there = browser(world, "team_lead")
    job(world, 10, "30.00")
    counts = []
    for _again in range(2):
        with CaptureQueriesContext(connection) as caught:
            there.read("/crew/month", {"month": month_of(world)})
        counts.append(len(caught))
        job(world, 10, "20.00")
    assert counts[0] == counts[1] <= 12
