"""Open orders and money of another system, of every kind: written down as far as they went there, once, or said to be wrong."""

from decimal import Decimal
from typing import Any

import pytest

from menling.imports.registry import LISTS
from menling.imports.sitting import Report, carry_out
from menling.journal.models import Case, Event
from menling.money.books import balance
from menling.orders.models import Alarm, Housekeeping
from menling.procedures.places import bag
from tests.features.test_imports_lists import counts, flaws, workbook
from tests.office import World

pytestmark = pytest.mark.django_db
TITLES = (
    "Old number", "Kind of order", "Unit", "Reporter", "Phone", "What is to be done", "Reported at", "Appointment",
    "Alarm: what is wanted", "Agreed price in yuan", "Worker (work number)", "Sent at", "Sent by (work number)",
)  # fmt: skip


def housekeeping(world: World, number: str = "GD-11", **other: Any) -> tuple[Any, ...]:
    said = {"price": 240, "workers": "、".join(world.staff[each].number for each in ("housekeeper", "housekeeper_2")),
            "sent": "2026-11-19 13:30", "by": world.staff["team_lead"].number} | other  # fmt: skip
    return (number, "housekeeping", "3-2-1201", "王芳", "13800138000", "玻璃、厨房", "2026-11-19 11:00",
            "2026-11-21 14:00", None, said["price"], said["workers"], said["sent"], said["by"])  # fmt: skip


def alarm(
    number: str = "GD-12", job: str | None = "activation", worker: str | None = None, by: str | None = None
) -> tuple[Any, ...]:
    return (number, "alarm", "3-2-1202", "李雷", "13900139000", "重新开通", "2026-11-19 11:30", "2026-11-21 15:00", job, None,
            worker, None, by)  # fmt: skip


def brought(world: World, kind: str, *rows: Any, who: str = "service_desk", keep: bool = True) -> Report:
    return carry_out(LISTS[kind], world.office, world.actor(who), world.now, workbook(*rows), keep=keep)


def test_open_housekeeping_comes_with_its_price_its_two_people_and_who_sent_them(world: World) -> None:
    rows = (TITLES, housekeeping(world))
    assert counts(brought(world, "orders", *rows, keep=False)) == (1, 0, 0)
    assert not Case.objects.exists()
    assert counts(brought(world, "orders", *rows)) == (1, 0, 0)
    order = Housekeeping.objects.select_related("case").get()
    assert (order.case.kind, order.case.status, order.agreed) == ("housekeeping", "dispatched", Decimal("240"))
    assert order.case.crew == (world.staff["housekeeper"].pk, world.staff["housekeeper_2"].pk)
    sending = Event.objects.get(case=order.case, verb="dispatch")
    assert (sending.actor_name, sending.source) == (world.staff["team_lead"].name, "paper")
    assert counts(brought(world, "orders", *rows)) == (0, 0, 1)
    assert Housekeeping.objects.count() == 1


def test_an_open_alarm_comes_with_what_is_wanted_and_waits_for_engineering(world: World) -> None:
    assert counts(brought(world, "orders", TITLES, alarm())) == (1, 0, 0)
    order = Alarm.objects.select_related("case").get()
    assert (order.case.kind, order.case.status, order.job) == ("alarm", "accepted", "activation")


def test_an_alarm_without_what_is_wanted_is_named_and_nothing_comes(world: World) -> None:
    report = brought(world, "orders", TITLES, housekeeping(world), alarm(job=None))
    assert flaws(report) == [(3, "Alarm: what is wanted")]
    assert not Case.objects.exists()


def test_who_may_not_send_says_who_sent(world: World) -> None:
    report = brought(world, "orders", TITLES, housekeeping(world, by=None))
    assert [flaw.row for flaw in report.flaws] == [2]
    assert not Case.objects.exists()
    stranger = brought(world, "orders", TITLES, housekeeping(world, by=world.staff["housekeeper"].number))
    assert flaws(stranger) == [(2, "Sent by (work number)")]


def test_housekeeping_nobody_agreed_a_price_for_is_sent_to_nobody(world: World) -> None:
    assert [flaw.row for flaw in brought(world, "orders", TITLES, housekeeping(world, price=None)).flaws] == [2]
    open_rows = (TITLES, housekeeping(world, price=None, workers=None, sent=None, by=None))
    assert counts(brought(world, "orders", *open_rows)) == (1, 0, 0)
    assert Case.objects.get().status == "accepted"


def test_each_desk_brings_the_kinds_it_takes(world: World) -> None:
    report = brought(world, "orders", TITLES, housekeeping(world), alarm(), who="control_centre")
    assert flaws(report) == [(2, "Kind of order"), (3, "Kind of order")]
    assert not Case.objects.exists()


def test_a_column_of_another_kind_is_refused(world: World) -> None:
    repair = (
        "GD-13",
        None,
        "3-2-1201",
        "王芳",
        "13800138000",
        "水管漏水",
        "2026-11-19 11:00",
        None,
        None,
        "86",
        None,
        None,
        None,
    )
    report = brought(world, "orders", TITLES, repair, who="control_centre")
    assert flaws(report) == [(2, "Agreed price in yuan")]


CASH = (
    "Old number", "Kind of order", "Unit", "Reporter", "Phone", "What is to be done", "Reported at", "Alarm: what is wanted",
    "Worker (work number)", "Sent by (work number)", "Finished at", "Amount", "Cash taken at",
)  # fmt: skip


def paid(world: World, kind: str, worker: str, amount: str, taken: str | None, job: str | None = None) -> tuple[Any, ...]:
    return (f"GD-{kind}", kind, "3-2-1201", "王芳", "13800138000", "做完了", "2026-11-19 08:30", job, world.staff[worker].number,
            world.staff["team_lead"].number, "2026-11-19 10:00", amount, taken)  # fmt: skip


def test_money_of_housekeeping_and_alarms_is_owed_or_in_the_bag_of_who_took_it(world: World) -> None:
    rows = (CASH, paid(world, "housekeeping", "housekeeper", "80.00", "2026-11-19 10:05"),
            paid(world, "alarm", "engineering_crew", "120.00", None, "relocation"))  # fmt: skip
    report = brought(world, "cash", *rows)
    assert report.flaws == ()
    assert balance(world.office.pk, bag(world.staff["housekeeper"].pk)) == Decimal("80.00")
    charges = {charge.parent.kind: charge.status for charge in Case.objects.filter(kind="charge").select_related("parent")
               if charge.parent}  # fmt: skip
    assert charges == {"housekeeping": "collected", "alarm": "due"}
    assert counts(brought(world, "cash", *rows)) == (0, 0, 2)


def test_money_taken_by_somebody_who_goes_to_other_orders_is_asked_about(world: World) -> None:
    report = brought(world, "cash", CASH, paid(world, "housekeeping", "repair_worker", "80.00", None))
    assert flaws(report) == [(2, "Worker (work number)")]
    assert not Case.objects.exists()
