"""MR-23  What waits for a statement is on its list, and what is kept wrongly about that is found, told and set right."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from menling.cli import doctor
from menling.jobs.named import JOBS
from menling.journal.models import Case
from menling.money.awaited import mislaid
from menling.money.models import Charge
from tests.examples import statement_line
from tests.faults.invariants import awaited
from tests.office import World

pytestmark = [pytest.mark.django_db, pytest.mark.clause("MR-23")]


def paid(world: World, method: str = "qr") -> Case:
    return world.do(world.child(world.finished("86.00"), "charge"), "collect", "repair_worker", method=method)


@pytest.fixture
def charges(world: World) -> dict[str, Case]:
    """A charge that waits for a statement, one that waits while its amount is questioned, and four that do not."""
    found = {"waits": paid(world), "questioned": paid(world), "shown": paid(world), "cash": paid(world, "cash")}
    world.do(found["questioned"], "query_fee", "customer", question="太贵")
    world.do(found["shown"], "confirm_payment", "finance", line=statement_line(world, found["shown"]).pk)
    world.do(paid(world), "confirm_payment", "finance", line=statement_line(world, Charge.objects.latest("pk").case).pk)
    world.finished("50.00")
    return found


def waiting() -> set[int]:
    return set(Charge.objects.filter(awaited_by__isnull=False).values_list("pk", flat=True))


def examined() -> list[str]:
    """Return what the doctor says of payments where they ail."""
    try:
        doctor.EXAMINATIONS["payments"]()
    except doctor.Ailment as ailment:
        return [str(ailment)]
    return []


def test_what_an_older_program_left_off_the_list_is_told_and_put_there(world: World, charges: dict[str, Case]) -> None:
    meant = {charges["waits"].pk, charges["questioned"].pk}
    assert (waiting(), mislaid(), examined(), list(awaited())) == (meant, [], [], [])
    assert JOBS["awaited"].run(world.now) == []
    Charge.objects.update(awaited_by=None)
    assert mislaid() == [charges["waits"].number, charges["questioned"].number]
    assert charges["waits"].number in examined()[0]
    assert len(list(awaited())) == 2
    assert len(JOBS["awaited"].run(world.now)) == 2
    assert (waiting(), examined(), list(awaited())) == (meant, [], [])


def test_what_stands_on_the_list_and_waits_for_nothing_is_taken_off(world: World, charges: dict[str, Case]) -> None:
    Charge.objects.filter(pk__in=[charges["shown"].pk, charges["cash"].pk]).update(awaited_by=world.office)
    Charge.objects.filter(pk=charges["waits"].pk).update(awaited_by=world.elsewhere)
    assert len(list(awaited())) == 3
    assert len(JOBS["awaited"].run(world.now)) == 3
    assert (waiting(), list(awaited())) == ({charges["waits"].pk, charges["questioned"].pk}, [])


def test_an_update_finds_what_waits_range_by_range_and_twice_is_once(
    world: World, charges: dict[str, Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    migration = import_module("menling.money.migrations.0018_awaited_found")
    monkeypatch.setattr(migration, "KEYS", 3)
    Charge.objects.update(awaited_by=None)
    for _turn in range(2):
        with connection.schema_editor() as editor:
            migration.find(apps, editor)
        assert (waiting(), mislaid()) == ({charges["waits"].pk, charges["questioned"].pk}, [])
