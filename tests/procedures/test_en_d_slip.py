"""EN-D  The slip: kept for its years, true, priced by the list, rated, signed, closed by the foreman, filed the same day."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from pytest_django import Settings

from menling.journal.files import keep_image, path_of
from menling.journal.models import Case, Event
from menling.journal.sweep import sweep
from menling.kernel.roles import Role as R
from menling.procedures.repair import REPAIR
from menling.procedures.repair_policy import RepairPolicy
from menling.procedures.repair_rules import material_price, published_price
from menling.procedures.retention import keep_until, kept_long_enough
from tests.examples import picture
from tests.office import World
from tests.procedures.given import (
    chosen,
    clock,
    decide,
    due_at,
    kept,
    last,
    newest_message,
    promise,
    refused,
    shanghai,
    told_roles,
)

MIDNIGHT = shanghai(21, 0)
SAME_DAY = MIDNIGHT - timedelta(microseconds=1)
SHIPPED = RepairPolicy()

# EN-D.2  Paid slips two years, free slips one


@pytest.mark.clause("EN-D.2")
@pytest.mark.parametrize(
    ("filed", "paid", "last_day"),
    [
        (date(2026, 11, 20), True, date(2028, 11, 20)),
        (date(2026, 11, 20), False, date(2027, 11, 20)),
        (date(2028, 2, 29), True, date(2030, 2, 28)),
        (date(2028, 2, 29), False, date(2029, 2, 28)),
        (date(2027, 2, 28), False, date(2028, 2, 28)),
        (date(2026, 12, 31), True, date(2028, 12, 31)),
    ],
)
def test_a_slip_is_kept_to_the_same_day_years_after_its_filing(filed: date, paid: bool, last_day: date) -> None:
    assert keep_until(filed, paid, SHIPPED) == last_day


@pytest.mark.clause("EN-D.2")
def test_a_slip_of_29_february_kept_four_years_ends_on_a_29th() -> None:
    policy = chosen(RepairPolicy, retention__paid_slip_years=4, retention__free_slip_years=3)
    assert keep_until(date(2028, 2, 29), True, policy) == date(2032, 2, 29)
    assert keep_until(date(2028, 2, 29), False, policy) == date(2031, 2, 28)


@pytest.mark.clause("EN-D.2")
def test_on_its_last_day_a_slip_is_still_kept_and_on_the_next_it_may_go() -> None:
    last_day = date(2030, 2, 28)
    for day in (last_day - timedelta(days=1), last_day):
        with refused("EN-D.2"):
            kept_long_enough(last_day, day)
    kept_long_enough(last_day, last_day + timedelta(days=1))


@pytest.mark.django_db
@pytest.mark.clause("EN-D.2")
@pytest.mark.parametrize(("amount", "last_day"), [("86.00", date(2030, 2, 28)), (None, date(2029, 2, 28))])
def test_a_slip_filed_on_29_february_is_destroyed_only_after_its_last_day(
    world: World, amount: str | None, last_day: date
) -> None:
    world.now = datetime(2028, 2, 29, 10, tzinfo=MIDNIGHT.tzinfo)
    case = world.do(world.completed(amount), "archive", "service_desk")
    case.order.refresh_from_db()
    assert case.order.keep_until == last_day
    world.now = datetime(last_day.year, 2, 28, 23, 59, 59, tzinfo=MIDNIGHT.tzinfo)
    with refused("EN-D.2"):
        world.do(case, "destroy", "administration")
    world.later(seconds=1)
    assert world.do(case, "destroy", "administration").status == "destroyed"
    assert last(case, "destroy").clauses == ["EN-D.2"]


@pytest.mark.django_db
@pytest.mark.clause("EN-D.2")
def test_the_pictures_of_a_destroyed_slip_go_with_it_but_not_those_of_another(
    world: World, settings: Settings, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    case, other = world.at_home(), world.file()
    by, at = world.actor("repair_worker"), world.now
    own, shared = (keep_image(case, picture(colour=colour), "photo", by=by, at=at).digest for colour in (10, 200))
    keep_image(other, picture(colour=200), "photo", by=by, at=at)
    world.do(case, "finish", "repair_worker", photos=[own, shared])
    world.do(case, "sign", "customer", rating=5)
    world.do(case, "review", "team_lead")
    world.do(case, "sign_off", "repair_worker")
    world.do(case, "archive", "service_desk")
    world.later(minutes=60 * 24 * 800)
    with django_capture_on_commit_callbacks() as waiting:
        world.do(case, "destroy", "administration")
    assert path_of(own).exists(), "nothing goes before it is certain"
    for certain in waiting:
        certain()
    assert (path_of(own).exists(), path_of(shared).exists()) == (False, True)
    assert last(case, "destroy").facts["files"] == 2
    assert sorted(case.attachments.values_list("digest", "size")) == sorted([(own, 0), (shared, 0)])


@pytest.mark.django_db
@pytest.mark.clause("EN-D.2")
def test_a_longer_retention_counts_for_later_reports_only(world: World) -> None:
    before = world.completed()
    decide(world, "retention.free_slip_years", 3)
    after = world.completed()
    for case in (before, after):
        world.do(case, "archive", "service_desk")
        case.order.refresh_from_db()
    assert (before.order.keep_until, after.order.keep_until) == (date(2027, 11, 20), date(2029, 11, 20))


@pytest.mark.django_db
@pytest.mark.clause("EN-D.2")
@pytest.mark.parametrize(("key", "years"), [("retention.paid_slip_years", 1), ("retention.free_slip_years", 0)])
def test_no_office_keeps_slips_shorter_than_the_procedure(world: World, key: str, years: int) -> None:
    with refused("EN-D.2", 409):
        decide(world, key, years)
    assert (keep_until(date(2026, 1, 1), True, SHIPPED).year, keep_until(date(2026, 1, 1), False, SHIPPED).year) == (2028, 2027)


# EN-D.9  Records stay true


@pytest.mark.django_db
@pytest.mark.clause("EN-D.9")
def test_a_correction_keeps_the_original_with_name_time_and_reason(world: World) -> None:
    case = world.file(content="厨房下水堵")
    at = world.later(3)
    world.do(case, "correct", "control_centre", field="content", value="卫生间下水堵", reason="听错")
    event = last(case, "correct")
    assert (event.facts["old"], event.facts["new"], event.facts["reason"]) == ("厨房下水堵", "卫生间下水堵", "听错")
    assert (event.clauses, event.actor_name, event.happened_at) == (["EN-D.9"], world.staff["control_centre"].name, at)
    assert case.order.content == "卫生间下水堵"
    for forge in (lambda: Event.objects.filter(pk=event.pk).update(actor_name="某人"), event.delete):
        with pytest.raises(DatabaseError, match="not allowed"), transaction.atomic():
            forge()


@pytest.mark.django_db
@pytest.mark.clause("EN-D.9")
@pytest.mark.parametrize(
    ("value", "reason", "cited"), [("卫生间下水堵", " ", "EN-D.9"), (" ", "听错", "EN-F.2")]
)  # fmt: skip
def test_a_correction_without_reason_or_contents_is_refused(world: World, value: str, reason: str, cited: str) -> None:
    case = world.file()
    with refused(cited, 422):
        world.do(case, "correct", "control_centre", field="content", value=value, reason=reason)


@pytest.mark.django_db
@pytest.mark.clause("EN-D.9")
@pytest.mark.parametrize("end", ["archived", "cancelled"])
def test_a_closed_slip_is_not_edited_any_more_but_takes_a_note(world: World, end: str) -> None:
    case = world.completed() if end == "archived" else world.file()
    if end == "archived":
        world.do(case, "archive", "service_desk")
    else:
        world.do(case, "cancel", "control_centre", reason="不修了")
    with refused("EN-D.9"):
        world.do(case, "correct", "control_centre", field="content", value="别的", reason="改写")
    world.do(case, "note", "control_centre", text="业主来电补充")
    assert (last(case, "note").clauses, last(case, "note").facts["text"]) == (["EN-D.9"], "业主来电补充")


@pytest.mark.django_db
@pytest.mark.clause("EN-D.9")
def test_material_on_the_slip_is_added_with_name_and_time_and_never_taken_off(world: World) -> None:
    case = world.at_home()
    with refused("EN-D.9", 422):
        world.do(case, "add_material", "repair_worker", free=True)
    world.do(case, "add_material", "repair_worker", code="M01")
    event = last(case, "add_material")
    assert (event.clauses, event.actor_name) == (["EN-D.9"], world.staff["repair_worker"].name)
    assert "remove_material" not in {step.verb for step in REPAIR.steps}


# EN-D.12  Material: as listed, else stock-in price plus 30%


@pytest.mark.clause("EN-D.12")
@pytest.mark.parametrize(
    ("stock", "price"),
    [
        ("10.00", "13.00"),
        ("3.49", "4.50"),
        ("3.50", "4.60"),
        ("3.51", "4.60"),
        ("0.04", "0.10"),
        ("99.99", "130.00"),
    ],
)
def test_material_off_the_list_costs_its_stock_in_price_plus_thirty_percent_to_the_jiao(stock: str, price: str) -> None:
    assert material_price(None, Decimal(stock), SHIPPED.markup_pct, SHIPPED.rounding) == Decimal(price)


@pytest.mark.clause("EN-D.12", "CF-17")
def test_on_site_the_listed_price_stands_and_the_thirty_percent_are_for_unlisted_material_only() -> None:
    assert material_price(Decimal("25.00"), Decimal("1.00"), SHIPPED.markup_pct) == Decimal("25.00")
    with refused("OC-4.4", 409):
        published_price(Decimal("32.50"), Decimal("25.00"))
    with refused("EN-D.12", 422):
        material_price(None, None, SHIPPED.markup_pct)


@pytest.mark.clause("EN-D.12")
@pytest.mark.parametrize(("rounding", "price"), [("half_up", "4.50"), ("up", "4.60"), ("down", "4.50")])
def test_an_office_may_round_every_price_one_way(rounding: str, price: str) -> None:
    policy = chosen(RepairPolicy, money__material_rounding=rounding)
    assert material_price(None, Decimal("3.49"), policy.markup_pct, policy.rounding) == Decimal(price)


@pytest.mark.django_db
@pytest.mark.clause("EN-D.12")
def test_a_lower_mark_up_counts_for_later_reports_and_a_higher_one_is_refused(world: World) -> None:
    before = world.at_home()
    decide(world, "money.material_markup_pct", "20")
    with refused("EN-D.12", 409):
        decide(world, "money.material_markup_pct", "30.01")
    world.do(before, "add_material", "repair_worker", name="软管", stock_price=Decimal("9.99"), quantity=Decimal(3))
    world.do(before, "carry_over", "repair_worker", reason="待续", next_at=world.now)
    after = world.at_home()
    world.do(after, "add_material", "repair_worker", name="软管", stock_price=Decimal("9.99"), quantity=Decimal(3))
    lines = [last(case, "add_material").facts for case in (before, after)]
    assert [(line["price"], line["quantity"], line["amount"]) for line in lines] == [
        ("13.00", "3", "39.00"), ("12.00", "3", "36.00")
    ]  # fmt: skip


# EN-D.20  Filed the same day


@pytest.mark.clause("EN-D.20")
@pytest.mark.parametrize(
    ("returned", "until"),
    [(shanghai(20, 9), SAME_DAY), (shanghai(20, 23, 59, 59), SAME_DAY), (MIDNIGHT, SAME_DAY + timedelta(days=1))],
)
def test_a_returned_slip_is_filed_on_its_day(returned: datetime, until: datetime) -> None:
    assert due_at(REPAIR, "archive", returned) == until
    assert clock(REPAIR, "archive").alerts == {R.SERVICE_DESK}


@pytest.mark.django_db
@pytest.mark.clause("EN-D.20")
@pytest.mark.parametrize(("filed", "in_time"), [(MIDNIGHT - timedelta(seconds=1), True), (SAME_DAY, True), (MIDNIGHT, False)])
def test_the_customer_centre_files_and_closes_before_midnight(world: World, filed: datetime, in_time: bool) -> None:
    case = world.completed()
    world.now = filed
    world.do(case, "archive", "service_desk")
    assert (case.status, case.closed_at, last(case, "archive").clauses[0]) == ("archived", filed, "EN-D.20")
    assert kept(case, "archive") is in_time


@pytest.mark.django_db
@pytest.mark.clause("EN-D.20")
def test_a_slip_not_filed_by_midnight_is_told_to_the_customer_centre(world: World) -> None:
    case = world.completed()
    since = newest_message()
    sweep(SAME_DAY)
    assert promise(case, "archive").broken_at is None
    sweep(MIDNIGHT)
    assert promise(case, "archive").broken_at == SAME_DAY
    assert "service_desk" in told_roles(case, since)


@pytest.mark.django_db
@pytest.mark.clause("EN-D.20")
def test_only_a_complete_slip_is_filed_and_only_at_a_desk(world: World) -> None:
    case: Case = world.signed()
    with refused("EN-D.20"):
        world.do(case, "archive", "service_desk")
    world.do(case, "review", "team_lead")
    world.do(case, "sign_off", "repair_worker")
    with refused("EN-D.20", 403):
        world.do(case, "archive", "repair_worker")
    assert world.do(case, "archive", "service_desk").status == "archived"
