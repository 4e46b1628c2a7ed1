"""What waits for money is listed from indexes that hold nothing else: a long history makes no list of finance slower."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from menling.earnings.changed import bounds
from menling.earnings.changed import settled as settled_in
from menling.earnings.sheets import sheets
from menling.journal.models import Case
from menling.money import cashier
from menling.money.models import Charge, Handover
from menling.money.movements import movements, newest
from menling.money.payments import on_no_statement, unconfirmed
from menling.money.watch import to_settle
from menling.procedures.accounts import kind_of
from menling.procedures.cashier_day import REVERSIBLE
from tests.earning import settled
from tests.examples import statement_line
from tests.office import World

NOVEMBER = date(2026, 11, 1)

pytestmark = pytest.mark.django_db


def plan(rows: QuerySet[Any]) -> str:
    """How the database finds some rows when reading a table through is dear, as it is where there are many.

    What other tests took back still fills the pages of the indexes, and the figures of the table may be of that time.
    """
    sql, params = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        for table in ("journal_case", rows.model._meta.db_table):
            cursor.execute(f"REINDEX TABLE {table}")
            cursor.execute(f"ANALYZE {table}")
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {sql}", params)
        return "\n".join(row[0] for row in cursor.fetchall())


def paid_by_code(world: World) -> Case:
    return world.do(world.child(world.finished("86.00"), "charge"), "collect", "repair_worker", method="qr")


@pytest.mark.clause("MR-23")
def test_a_payment_waits_for_a_statement_from_its_record_until_it_is_found(world: World) -> None:
    finance = world.actor("finance")
    cash = world.child(world.finished("50.00"), "charge")
    world.do(cash, "collect", "repair_worker")
    charge = paid_by_code(world)
    today = world.now.date()
    assert [each.pk for each in unconfirmed(finance, world.office)] == [charge.pk]
    assert [each.charge.pk for each in cashier.unpaid(world.office, today)] == [charge.pk]
    world.do(charge, "query_fee", "customer", question="太贵")
    assert [each.pk for each in unconfirmed(finance, world.office)] == [charge.pk]
    world.do(charge, "confirm_payment", "finance", line=statement_line(world, charge).pk)
    assert unconfirmed(finance, world.office) == []
    assert cashier.unpaid(world.office, today) == []


@pytest.mark.clause("MR-23")
def test_what_a_statement_pays_by_itself_never_waits(world: World) -> None:
    charge = world.child(world.finished("86.00"), "charge")
    world.do(charge, "confirm_payment", "finance", line=statement_line(world, charge).pk)
    assert Charge.objects.get(pk=charge.pk).method == "qr"
    assert unconfirmed(world.actor("finance"), world.office) == []


def test_what_waits_is_found_in_an_index_that_holds_nothing_else(world: World) -> None:
    paid_by_code(world)
    assert "charge_on_no_statement" in plan(on_no_statement(world.actor("finance"), world.office))
    assert "handover_unsigned" in plan(Handover.objects.filter(office=world.office, unsigned=True))
    assert "case_settled" in plan(settled_in(world.office, *bounds(NOVEMBER)))


def test_what_can_be_settled_is_found_before_anything_is_joined_to_it(world: World) -> None:
    first = paid_by_code(world)
    finance = world.actor("finance")
    with CaptureQueriesContext(connection) as few:
        assert len(to_settle(finance, world.office)) == 1
    paid_by_code(world)
    with CaptureQueriesContext(connection) as more:
        found = to_settle(finance, world.office)
    assert {each.settlement.charge_id for each in found} > {first.pk}
    assert len(more) == len(few) <= 4


@pytest.mark.clause("MR-29")
def test_the_newest_movements_between_some_places_are_those_of_all_movements(world: World) -> None:
    for _each in range(3):
        world.do(world.child(world.finished("50.00"), "charge"), "collect", "repair_worker")
    handover = Case.objects.get(kind="handover")
    world.do(handover, "receive", "finance", amount="150.00")
    paid_by_code(world)
    finance, today = world.actor("finance"), world.now.date()
    every = movements(finance, world.office, today, today)
    between = [each.row.pk for each in every if {kind_of(each.row.source), kind_of(each.row.target)} <= REVERSIBLE]
    assert between
    assert len(between) < len(every)
    found = newest(finance, world.office, today, today, REVERSIBLE, 60)
    assert [each.row.pk for each in found] == between[::-1]
    assert len(newest(finance, world.office, today, today, REVERSIBLE, len(between) - 1)) == len(between) - 1


@pytest.mark.clause("MR-37")
def test_the_sheet_of_one_person_is_that_of_everybody_without_the_others(world: World) -> None:
    settled(world)
    staff = list(world.staff.values())
    every = {each.staff.pk: each for each in sheets(world.office, staff, NOVEMBER)}
    assert any(each.lines for each in every.values())
    for one in staff:
        (alone,) = sheets(world.office, [one], NOVEMBER)
        assert [(line.settlement.number, line.amount) for line in alone.lines] == [
            (line.settlement.number, line.amount) for line in every[one.pk].lines
        ]
