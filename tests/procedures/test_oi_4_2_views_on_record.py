"""OI-4.2, CF-04  Every view of an address by a worker is on record: who, whose home, when; once a day, at little cost."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.test.utils import CaptureQueriesContext

from menling.doorway.listing import page
from menling.doorway.masking import paper_shown
from menling.doorway.papers import slip_facts
from menling.doorway.questions import Question
from menling.doorway.showing import loaded, shown
from menling.doorway.workday import workday
from menling.journal.models import Case
from menling.orders.addresses import views_of
from menling.orders.models import AddressView
from menling.procedures.privacy import Told, views_on_record
from tests.office import World
from tests.procedures.given import decide


def read(world: World, case: Case, door: str, who: str = "repair_worker") -> None:
    """Let somebody open a door behind which the order stands."""
    by, now = world.actor(who), world.now
    if door == "paper":
        paper: Any = slip_facts(loaded(case), now, "https://home.example", phone_shown=False)
        paper_shown(paper, case, by, now)
    elif door == "case":
        shown(case, by, now)
    elif door == "list":
        page(by, Question(("repair",)), now)
    else:
        workday(by, now)


def views(case: Case) -> list[tuple[str, str]]:
    """Return who read the address and at what time, as the office reads it."""
    return [(row.staff.number, f"{row.at:%d %H:%M}") for row in views_of(case)]


@pytest.mark.clause("OI-4.2", "CF-04")
def test_what_is_told_in_full_is_on_record_and_nothing_less() -> None:
    assert views_on_record(dict(enumerate(Told))) == [list(Told).index(Told.FULL)]


@pytest.mark.clause("OI-4.2", "CF-04")
@pytest.mark.django_db
@pytest.mark.parametrize("door", ["case", "list", "day", "paper"])
def test_a_worker_who_reads_an_address_is_on_record_whatever_the_door(world: World, door: str) -> None:
    case = world.sent()
    assert views(case) == []
    read(world, case, door)
    assert views(case) == [(world.staff["repair_worker"].number, "20 02:04")]


@pytest.mark.clause("OI-4.2", "CF-04")
@pytest.mark.django_db
def test_a_day_is_written_down_once_and_the_next_day_again(world: World) -> None:
    case = world.sent()
    for _look in range(3):
        read(world, case, "day")
        world.later(5)
    world.later(24 * 60)
    read(world, case, "list")
    number = world.staff["repair_worker"].number
    assert views(case) == [(number, "21 02:19"), (number, "20 02:04")]


@pytest.mark.clause("OI-4.2", "CF-04")
@pytest.mark.django_db
def test_who_is_told_less_and_who_reads_every_address_is_not_written_down(world: World) -> None:
    far = world.sent(visit_at=world.now + timedelta(days=1))
    decide(world, "privacy.address_release", "on_acceptance")
    world.later(60)
    asked = world.do(world.file(), "accept", "control_centre")
    world.do(asked, "dispatch", "control_centre", worker=world.staff["repair_worker_2"].number)
    for who in ("repair_worker", "repair_worker_2", "control_centre", "team_lead", "company_management"):
        read(world, far, "list", who)
    read(world, far, "case")
    read(world, asked, "paper", "repair_worker_2")
    assert not AddressView.objects.exists()
    world.do(asked, "acknowledge", "repair_worker_2")
    read(world, asked, "case", "repair_worker_2")
    assert views(asked) == [(world.staff["repair_worker_2"].number, f"{world.now:%d %H:%M}")]


@pytest.mark.clause("OI-4.2", "CF-04")
@pytest.mark.django_db
def test_the_office_reads_who_looked_and_a_worker_or_resident_does_not(world: World) -> None:
    case = world.sent()
    read(world, case, "day")
    told = shown(case, world.actor("control_centre"), world.now)["address_views"]
    worker = world.staff["repair_worker"]
    assert told == [{"by": worker.name, "number": worker.number, "at": world.now, "message": ""}]
    for who in ("repair_worker", "customer"):
        assert "address_views" not in shown(case, world.actor(who), world.now)


@pytest.mark.clause("OI-4.2", "CF-04")
@pytest.mark.django_db
def test_a_list_of_addresses_is_written_down_in_one_statement_and_a_desks_list_in_none(world: World) -> None:
    for minutes in (0, 60):
        world.later(minutes)
        world.sent()
    for who, written in (("repair_worker", 1), ("control_centre", 0)):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page(world.actor(who), Question(("repair",)), world.now)
        assert sum("orders_addressview" in each["sql"] for each in asked.captured_queries) == written


@pytest.mark.clause("OI-4.2", "CF-04")
@pytest.mark.django_db
def test_nobody_changes_or_takes_away_what_was_read(world: World) -> None:
    case = world.sent()
    read(world, case, "case")
    with pytest.raises(IntegrityError), transaction.atomic():
        views_of(case).update(at=world.now)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM orders_addressview")
