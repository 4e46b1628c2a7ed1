"""MR-29  A slip of the bank counts once: what was taken back whole frees it, what counts again holds it again."""

from functools import partial
from importlib import import_module

import pytest
from django.db import connection

from menling.doorway.cashier_papers import day_sheet
from menling.journal.models import Case
from menling.kernel.refusal import Refused
from menling.money.models import Transfer
from menling.money.sheets import BankSlip, CounterEntry
from tests.cashier import begun, closed, in_safe
from tests.faults.invariants import slips_freed
from tests.office import World
from tests.procedures.given import refused
from tests.together import together

MIGRATION = "menling.money.migrations.0017_bank_slip_once"


def asked(world: World, day: Case, amount: str | None = None, of: int | None = None) -> int:
    """Ask for the newest movement, or another, to be taken back; return the key of the entry."""
    entry = of or Transfer.objects.latest("pk").pk
    world.do(day, "counter_entry", "finance", entry=entry, reason="记错", **({"amount": amount} if amount else {}))
    return CounterEntry.objects.latest("pk").pk


def taken_back(world: World, day: Case, of: int | None = None) -> None:
    world.do(day, "confirm_entry", "office_manager", entry=asked(world, day, of=of))


def freed() -> dict[str, bool]:
    """Return of each slip, the last of a number, whether it was taken back; and that the rows of all slips are true."""
    assert list(slips_freed()) == []
    return dict(BankSlip.objects.order_by("pk").values_list("number", "taken_back"))


def links() -> list[int | None]:
    """Return the keys of the movements that slips, and then counter-entries, made."""
    rows = BankSlip.objects.values_list("transfer", flat=True), CounterEntry.objects.values_list("posted", flat=True)
    return [key for each in rows for key in each.order_by("pk")]


@pytest.mark.django_db
@pytest.mark.clause("MR-29")
def test_a_slip_whose_counter_entry_was_taken_back_counts_again(world: World) -> None:
    day = begun(world)
    world.do(day, "withdraw", "finance", amount="600.00", bank_slip="YH-1")
    taken_back(world, day)
    assert freed() == {"YH-1": True}
    taken_back(world, day)
    assert freed() == {"YH-1": False}
    with refused("MR-29"):
        world.do(day, "withdraw", "finance", amount="600.00", bank_slip="YH-1")
    taken_back(world, day)
    assert freed() == {"YH-1": True}


@pytest.mark.django_db
@pytest.mark.clause("MR-29")
def test_a_booking_whose_slip_was_written_once_more_does_not_come_back(world: World) -> None:
    day = begun(world)
    world.do(day, "withdraw", "finance", amount="600.00", bank_slip="YH-1")
    taken_back(world, day)
    back = Transfer.objects.latest("pk").pk
    world.do(day, "withdraw", "finance", amount="60.00", bank_slip="YH-1")
    with refused("MR-29"):
        taken_back(world, day, of=back)
    assert in_safe(world) == 160


@pytest.mark.django_db
@pytest.mark.clause("MR-29")
def test_of_two_slips_alike_the_one_whose_movement_went_back_is_free(world: World) -> None:
    day = begun(world)
    for slip in ("YH-1", "YH-2"):
        world.do(day, "withdraw", "finance", amount="500.00", bank_slip=slip)
    assert len(set(BankSlip.objects.values_list("at", flat=True))) == 1
    taken_back(world, day)
    assert freed() == {"YH-1": False, "YH-2": True}


@pytest.mark.django_db(transaction=True)
@pytest.mark.clause("MR-29")
def test_two_parts_confirmed_at_once_on_two_sheets_free_the_slip(world: World) -> None:
    friday = begun(world)
    world.do(friday, "withdraw", "finance", amount="50.00", bank_slip="YH-1")
    moved, first = Transfer.objects.latest("pk").pk, asked(world, friday, "20.00")
    world.later(60 * 24)
    saturday = begun(world)
    second = asked(world, saturday, "30.00", of=moved)
    world.actor("office_manager")
    answers = together([
        partial(world.answer, "confirm_entry", day, "office_manager", entry=entry)
        for day, entry in ((friday, first), (saturday, second))
    ])  # fmt: skip
    assert not [each for each in answers if isinstance(each, Refused)]
    assert freed() == {"YH-1": True}


@pytest.mark.django_db
@pytest.mark.clause("MR-30")
def test_the_sheet_of_a_closed_day_does_not_tell_what_was_taken_back_later(world: World) -> None:
    friday = begun(world)
    world.do(friday, "withdraw", "finance", amount="50.00", bank_slip="YH-1")
    moved = Transfer.objects.latest("pk").pk
    closed(world, friday)
    before = day_sheet(friday.cashierday).rows
    world.later(60 * 24)
    saturday = begun(world)
    taken_back(world, saturday, of=moved)
    world.do(saturday, "withdraw", "finance", amount="5.00", bank_slip="YH-2")
    taken_back(world, saturday)
    friday.cashierday.refresh_from_db()
    assert day_sheet(friday.cashierday).rows == before
    assert freed() == {"YH-1": True, "YH-2": True}
    [of_saturday] = [str(row["why"]) for row in day_sheet(saturday.cashierday).rows if row.get("who") == "YH-2"]
    assert of_saturday.endswith("已冲回")


@pytest.mark.django_db
@pytest.mark.clause("MR-29")
def test_slips_and_entries_of_before_find_the_movements_they_made(world: World) -> None:
    day = begun(world)
    for slip in ("YH-1", "YH-2"):
        world.do(day, "withdraw", "finance", amount="500.00", bank_slip=slip)
    world.do(day, "deposit", "finance", amount="500.00", bank_slip="YH-3")
    world.later(1)
    taken_back(world, day)
    made = links()
    assert len(made) == 4
    assert None not in made
    BankSlip.objects.update(transfer=None, taken_back=False)
    CounterEntry.objects.update(posted=None)
    migration = import_module(MIGRATION)
    for statement in (migration.SLIPS, migration.ENTRIES, migration.FREED) * 2:
        with connection.cursor() as cursor:
            cursor.execute(statement)
    assert links() == made
    assert freed() == {"YH-1": False, "YH-2": False, "YH-3": True}
