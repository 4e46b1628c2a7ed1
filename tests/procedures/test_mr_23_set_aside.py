"""MR-23: a line of a statement that pays nothing of ours is set aside with a reason, and may be taken up again."""

from datetime import timedelta

import pytest

from menling.journal.models import Case, Event
from menling.money.models import StatementLine
from menling.money.payments import aside, unmatched
from menling.money.statements import keep, read
from menling.procedures.statement_lines import not_set_aside, told_why_aside, was_set_aside
from tests.cashier import begun, closing
from tests.examples import statement_line
from tests.office import World
from tests.procedures.given import refused
from tests.procedures.test_mr_23_statements import WECHAT, ZONE, qr_charge

pytestmark = [pytest.mark.clause("MR-23")]
WHY = "隔壁小区的停车费"


def set_aside(world: World, day: Case, line: StatementLine, reason: str = WHY, who: str = "finance") -> None:
    world.do(day, "set_aside", who, line=line.pk, reason=reason)


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_line_is_not_set_aside_without_a_reason(reason: str) -> None:
    told_why_aside(WHY)
    with refused("MR-23", 422):
        told_why_aside(reason)


def test_what_is_aside_pays_nothing_and_only_that_is_taken_up() -> None:
    not_set_aside("")
    was_set_aside(WHY)
    with refused("MR-23", 409):
        not_set_aside(WHY)
    with refused("MR-23", 409):
        was_set_aside("")


@pytest.mark.django_db
def test_who_set_it_aside_when_and_why_is_on_record_and_it_leaves_the_list(world: World) -> None:
    line, day = statement_line(world, qr_charge(world)), begun(world)
    set_aside(world, day, line)
    assert unmatched(world.actor("finance"), world.office) == []
    (kept,) = aside(world.office, 9)
    assert (kept.pk, kept.aside_reason, kept.aside_by, kept.aside_at) == (line.pk, WHY, world.staff["finance"], world.now)
    told = Event.objects.get(case=day, verb="set_aside")
    assert (told.facts["trade"], told.facts["reason"], told.actor_name) == (line.trade, WHY, world.actor("finance").name)


@pytest.mark.django_db
def test_it_confirms_nothing_until_it_is_taken_up_again(world: World) -> None:
    charge = qr_charge(world)
    line, day = statement_line(world, charge), begun(world)
    set_aside(world, day, line)
    with refused("MR-23", 409):
        world.do(charge, "confirm_payment", "finance", line=line.pk)
    world.do(day, "take_up", "finance", line=line.pk)
    assert [each.line.pk for each in unmatched(world.actor("finance"), world.office)] == [line.pk]
    assert (aside(world.office, 9), Event.objects.get(case=day, verb="take_up").facts["reason"]) == ([], WHY)
    world.do(charge, "confirm_payment", "finance", line=line.pk)


@pytest.mark.django_db
def test_it_needs_no_open_day_because_no_money_moves_by_it(world: World) -> None:
    line, day = statement_line(world, qr_charge(world)), begun(world)
    world.do(day, "close_day", "finance", **closing(world, day))
    set_aside(world, day, line)
    day.refresh_from_db()
    assert (day.status, [kept.pk for kept in aside(world.office, 9)]) == ("closed", [line.pk])
    world.do(day, "take_up", "finance", line=line.pk)
    assert aside(world.office, 9) == []


@pytest.mark.django_db
def test_the_same_line_brought_in_again_stays_aside(world: World) -> None:
    found = read(WECHAT.encode(), ZONE)
    (line,), _known = keep(world.office, found, world.now)
    set_aside(world, begun(world), line)
    fresh, known = keep(world.office, found, world.now + timedelta(days=1))
    assert (fresh, known, unmatched(world.actor("finance"), world.office)) == ([], 1, [])


@pytest.mark.django_db
def test_what_paid_something_is_aside_already_or_is_of_another_office_is_not_set_aside(world: World) -> None:
    charge = qr_charge(world)
    paid, other, day = statement_line(world, charge), statement_line(world, charge), begun(world)
    world.do(charge, "confirm_payment", "finance", line=paid.pk)
    with refused("MR-23", 409):
        set_aside(world, day, paid)
    set_aside(world, day, other)
    with refused("MR-23", 409):
        set_aside(world, day, other)
    StatementLine.objects.filter(pk=other.pk).update(office=world.elsewhere)
    with refused("MR-23", 422):
        world.do(day, "take_up", "finance", line=other.pk)


@pytest.mark.django_db
def test_only_finance_sets_aside_and_takes_up(world: World) -> None:
    line, day = statement_line(world, qr_charge(world)), begun(world)
    with refused("MR-23", 403):
        set_aside(world, day, line, who="business_lead")
    set_aside(world, day, line)
    with refused("MR-23", 403):
        world.do(day, "take_up", "office_manager", line=line.pk)
