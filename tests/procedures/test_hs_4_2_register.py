"""HS-4.2.4  The control centre's copy of yesterday's repair register, with the service desk by nine."""

from contextlib import nullcontext
from datetime import date, datetime
from typing import Any

import pytest

from menling.journal.sweep import sweep
from menling.kernel.actor import SYSTEM
from menling.kernel.calendars import OfficeCalendar
from menling.kernel.roles import Role as R
from menling.orders.models import RegisterCopy
from menling.procedures.register_copy import REGISTER_COPY, in_register
from menling.procedures.repair_policy import RepairPolicy
from tests.office import World
from tests.procedures.given import (
    NOON,
    chosen,
    clock,
    decide,
    due_at,
    kept,
    promise,
    refused,
    shanghai,
    told_roles,
)

SERVICE = frozenset({R.SERVICE_DESK})
CENTRE = frozenset({R.CONTROL_CENTRE})


# HS-4.2.4  Yesterday's register by nine


@pytest.mark.clause("HS-4.2.4")
@pytest.mark.parametrize(
    ("reported", "belongs"),
    [
        (shanghai(19, 23, 59, 59), False),
        (shanghai(20, 0), True),
        (shanghai(20, 23, 59, 59), True),
        (shanghai(21, 0), False),
    ],
)
def test_a_register_holds_the_repairs_reported_on_its_calendar_day(reported: datetime, belongs: bool) -> None:
    assert in_register(reported, shanghai(20, 0), shanghai(21, 0)) is belongs


@pytest.mark.clause("HS-4.2.4")
def test_the_register_is_due_at_nine_of_the_next_day_or_when_the_office_says() -> None:
    terms: dict[str, Any] = {"due_day": date(2026, 11, 21)}
    assert due_at(REGISTER_COPY, "register", NOON, **terms) == shanghai(21, 9)
    policy = chosen(RepairPolicy, register__copy_time="08:30")
    assert due_at(REGISTER_COPY, "register", NOON, policy, OfficeCalendar(), **terms) == shanghai(21, 8, 30)
    assert clock(REGISTER_COPY, "register").alerts == {R.SERVICE_DESK, R.CONTROL_CENTRE}


@pytest.mark.clause("HS-4.2.4")
def test_the_control_centre_may_deliver_it_earlier_by_hand() -> None:
    for roles in ({R.SYSTEM}, {R.CONTROL_CENTRE}):
        assert REGISTER_COPY.step("prepare", "new", roles).after == "prepared"
        assert REGISTER_COPY.step("deliver", "prepared", roles).after == "delivered"
    with refused("HS-4.2.4", 403):
        REGISTER_COPY.step("deliver", "prepared", {R.REPAIR_WORKER})


@pytest.mark.clause("HS-4.2.4")
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("delivered", "broken"), [(shanghai(21, 8, 59, 59), False), (shanghai(21, 9), False), (shanghai(21, 9, 0, 1), True)]
)
def test_delivered_at_nine_is_in_time_and_a_second_later_is_not(world: World, delivered: datetime, broken: bool) -> None:
    order = world.file()
    world.now = shanghai(21, 0, 30)
    copy = prepared(world, date(2026, 11, 20))
    assert (promise(copy.case, "register").due_at, promise(copy.case, "register").clause) == (shanghai(21, 9), "HS-4.2.4")
    world.now = delivered
    world.do(copy.case, "deliver", "control_centre")
    assert kept(copy.case, "register") is not broken
    copy.refresh_from_db()
    assert (copy.entries, copy.delivered_at) == ([order.number], delivered)
    assert told_roles(copy.case) == {"service_desk"}


@pytest.mark.clause("HS-4.2.4")
@pytest.mark.django_db
def test_a_register_nobody_delivered_is_told_to_both_desks_after_nine(world: World) -> None:
    world.now = shanghai(21, 0, 30)
    copy = prepared(world, date(2026, 11, 20))
    sweep(shanghai(21, 9))
    assert not told_roles(copy.case)
    sweep(shanghai(21, 9, 0, 1))
    assert told_roles(copy.case) == {"service_desk", "control_centre"}


@pytest.mark.clause("HS-4.2.4")
@pytest.mark.django_db
def test_another_hour_in_force_binds_the_registers_opened_from_then_on(world: World) -> None:
    world.now = shanghai(21, 0, 30)
    before = prepared(world, date(2026, 11, 20))
    decide(world, "register.copy_time", "08:30")
    world.now = shanghai(22, 0, 30)
    after = prepared(world, date(2026, 11, 21))
    assert promise(before.case, "register").due_at == shanghai(21, 9)
    assert promise(after.case, "register").due_at == shanghai(22, 8, 30)


@pytest.mark.clause("HS-4.2.4")
@pytest.mark.django_db
@pytest.mark.parametrize(("day", "comes"), [(19, True), (20, True), (21, False)])
def test_the_copy_of_a_register_is_opened_on_its_day_or_later(world: World, day: int, comes: bool) -> None:
    with nullcontext() if comes else refused("HS-4.2.4", 409):
        prepared(world, date(2026, 11, day))
    assert RegisterCopy.objects.filter(day=date(2026, 11, day)).exists() is comes


@pytest.mark.clause("HS-4.2.4")
@pytest.mark.django_db
def test_a_register_is_handed_over_when_its_day_is_over_and_no_second_before(world: World) -> None:
    order = world.file()
    copy = prepared(world, date(2026, 11, 20))
    world.now = shanghai(20, 23, 59, 59)
    belated = world.file()
    with refused("HS-4.2.4"):
        world.do(copy.case, "deliver", "control_centre")
    world.now = shanghai(21, 0)
    assert world.do(copy.case, "deliver", "control_centre").status == "delivered"
    copy.refresh_from_db()
    assert copy.entries == [order.number, belated.number]


def prepared(world: World, day: date) -> RegisterCopy:
    """Return the copy of a day's register as the system opens it."""
    answer = world.answer("prepare", None, SYSTEM, kind="register_copy", day=day)
    return RegisterCopy.objects.select_related("case").get(case__number=answer.body["number"])
