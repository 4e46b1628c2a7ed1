"""Figures are dated and approved; a case keeps those in force when it was reported."""

from dataclasses import fields
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from menling.journal.perform import locked
from menling.kernel.refusal import Refused
from menling.kinds import KINDS
from menling.policies.models import CalendarDay, PolicyValue
from menling.policies.values import approve, calendar_days, values_for
from menling.premises.models import Company, Office
from menling.procedures.charge import ChargePolicy
from menling.procedures.repair_policy import RepairPolicy
from tests.office import World

KEY = "repair.arrive_minutes"
MINUTE = timedelta(minutes=1)
pytestmark = pytest.mark.django_db


def bring(world: World, value: Any, *, key: str = KEY, who: str = "office_manager", minutes: float = 0,
          office: Office | None = None, company: bool = False) -> PolicyValue:  # fmt: skip
    at = world.now
    return approve(None if company else office or world.office, key, value, by=world.actor(who), company_id=world.company.pk,
                   in_force_from=at + minutes * MINUTE, at=at)  # fmt: skip


def arrive_within(world: World, minutes: float = 0, office: Office | None = None) -> int:
    return values_for(office or world.office, world.now + minutes * MINUTE).policy(RepairPolicy).arrive_within


def test_a_figure_holds_from_its_instant_on_and_not_before(world: World) -> None:
    bring(world, 20, minutes=10)
    assert [arrive_within(world, minutes) for minutes in (0, 9.99, 10, 600)] == [15, 15, 20, 20]


def test_the_newest_of_two_figures_of_one_instant_holds(world: World) -> None:
    bring(world, 20, minutes=10)
    bring(world, 25, minutes=10)
    assert arrive_within(world, 10) == 25


def test_an_offices_own_figure_goes_before_the_companys_even_when_it_is_older(world: World) -> None:
    bring(world, 20)
    bring(world, 45, who="company_management", company=True, minutes=5)
    assert [arrive_within(world, 10), arrive_within(world, 10, world.elsewhere)] == [20, 45]


def test_another_company_has_its_own_figures(world: World) -> None:
    other = Company.objects.create(name="另一家物业", short_name="另一家")
    office = Office.objects.create(company=other, code="ZZ", name="另一管理处")
    bring(world, 45, who="company_management", company=True)
    assert arrive_within(world, 1, office) == 15


@pytest.mark.parametrize("key", ["repair.arrive_minutes", "money.collection_threshold"])
def test_a_case_keeps_the_figures_of_its_report(world: World, key: str) -> None:
    before = world.file()
    world.later(1)
    bring(world, 99, key=key)
    world.later(1)
    after = world.file()
    shape = RepairPolicy if key.startswith("repair") else ChargePolicy
    name = "arrive_within" if key.startswith("repair") else "threshold"
    kept = [getattr(locked(KINDS["repair"], case).values.policy(shape), name) for case in (before, after)]
    shipped = getattr(shape(), name)
    assert kept == [shipped, type(shipped)(99)]


def test_the_figures_read_with_a_case_are_those_read_by_its_office_and_time(world: World) -> None:
    for minutes, value in enumerate((20, 25, 30)):
        bring(world, value, minutes=minutes)
        bring(world, value + 1, who="company_management", company=True, minutes=minutes)
        case = world.file()
        assert locked(KINDS["repair"], case).values.raw == values_for(world.office, case.reported_at).raw
        world.later(1)


def test_a_clock_uses_the_figure_of_the_report_not_of_the_step(world: World) -> None:
    case = world.do(world.file(), "accept", "control_centre")
    world.later(1)
    bring(world, 45)
    world.do(case, "dispatch", "control_centre", worker=world.staff["repair_worker"].number)
    assert case.deadlines.get(key="arrive").due_at == world.now + 15 * MINUTE


def test_a_new_figure_never_holds_backwards(world: World) -> None:
    with pytest.raises(Refused, match="MR-4") as met:
        bring(world, 20, minutes=-0.001)
    assert (met.value.status, PolicyValue.objects.exists()) == (409, False)


@pytest.mark.parametrize(("who", "company"), [
    ("control_centre", False), ("repair_worker", False), ("office_manager_elsewhere", False), ("office_manager", True),
    ("customer", False), ("quality", False),
])  # fmt: skip
def test_only_managers_decide_on_figures_and_only_on_their_own(world: World, who: str, company: bool) -> None:
    with pytest.raises(Refused) as met:
        bring(world, 20, who=who, company=company)
    assert (met.value.clause, met.value.status, PolicyValue.objects.exists()) == ("EN-2.1", 403, False)


def test_an_unknown_figure_does_not_exist(world: World) -> None:
    with pytest.raises(Refused, match="MR-8") as met:
        bring(world, 20, key="repair.moon_phase")
    assert met.value.status == 404


@pytest.mark.parametrize(("key", "wrong", "status"), [
    ("repair.arrive_minutes", 0, 409), ("repair.arrive_minutes", 1441, 409), ("repair.arrive_minutes", "soon", 422),
    ("repair.arrive_minutes", 3.7, 422), ("repair.arrive_minutes", True, 422), ("repair.arrive_minutes", None, 422),
    ("money.material_markup_pct", "30.01", 409), ("money.material_markup_pct", "NaN", 422),
    ("retention.paid_slip_years", 1, 409), ("intake.home_repair.desk", "the_cat", 422), ("register.copy_time", "24:01", 422),
    ("repair.at_once_allowed", "no", 422),
])  # fmt: skip
def test_a_figure_outside_the_procedure_is_refused_and_not_kept(world: World, key: str, wrong: object, status: int) -> None:
    with pytest.raises(Refused) as met:
        bring(world, wrong, key=key)
    assert (met.value.status, PolicyValue.objects.exists()) == (status, False)


@pytest.mark.parametrize(("key", "given", "kept"), [
    ("money.material_markup_pct", Decimal("12.5"), Decimal("12.5")), ("money.material_markup_pct", "12.5", Decimal("12.5")),
    ("money.material_markup_pct", 12, Decimal(12)), ("repair.arrive_minutes", "20", 20), ("repair.at_once_allowed", False, False),
])  # fmt: skip
def test_a_figure_is_read_as_it_was_approved(world: World, key: str, given: object, kept: object) -> None:
    row = bring(world, given, key=key)
    row.refresh_from_db()
    policy = values_for(world.office, world.now).policy(RepairPolicy)
    name = next(each.name for each in fields(RepairPolicy) if each.metadata["setting"].key == key)
    assert (getattr(policy, name), type(getattr(policy, name))) == (kept, type(kept))
    assert (row.approved_by_id, row.approved_at, row.office_id) == (world.staff["office_manager"].pk, world.now, world.office.pk)


def test_days_out_of_the_ordinary_are_the_companys_or_the_offices_own(world: World) -> None:
    CalendarDay.objects.create(day=date(2026, 10, 1), works=False, name="国庆")
    CalendarDay.objects.create(day=date(2026, 10, 1), works=True, office=world.office, name="值班")
    october = [world.now.replace(month=10, day=day) for day in (1, 31)]
    assert calendar_days(world.office, *october) == {date(2026, 10, 1): True}
    assert calendar_days(world.elsewhere, *october) == {date(2026, 10, 1): False}


def test_the_calendar_of_an_office_knows_its_holidays_and_worked_weekend_days(world: World) -> None:
    CalendarDay.objects.create(day=date(2026, 10, 1), works=False, name="国庆")
    CalendarDay.objects.create(day=date(2026, 10, 10), works=True, office=world.office, name="调休")
    here, there = (values_for(office, world.now).calendar for office in (world.office, world.elsewhere))
    assert here.next_working_day(date(2026, 9, 30)) == there.next_working_day(date(2026, 9, 30)) == date(2026, 10, 2)
    assert here.next_working_day(date(2026, 10, 9)) == date(2026, 10, 10)
    assert there.next_working_day(date(2026, 10, 9)) == date(2026, 10, 12)
