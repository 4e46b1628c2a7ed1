"""MR-30, MR-31  The cashier's day is closed when it adds up, and opened again by the manager alone."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from menling.journal.models import Event
from menling.journal.sweep import sweep
from menling.kernel.calendars import OfficeCalendar
from menling.kernel.policy import SETTINGS
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role as R
from menling.money.cashier import standing
from menling.money.sheets import CashBook
from menling.procedures import cashier_day as rules
from menling.procedures.cashier_day import CASHIER_DAY, CashierPolicy
from tests.cashier import FRIDAY, begun, brought_in, cash, closed, in_safe, newest, notes
from tests.examples import statement_line
from tests.office import World
from tests.procedures.given import chosen, clock, decide, due_at, promise, refused, shanghai

d = Decimal


@pytest.mark.django_db
@pytest.mark.clause("MR-30")
def test_the_first_day_begins_with_what_was_counted_whatever_the_books_say(world: World) -> None:
    brought_in(world)
    with refused("MR-30", 422):
        world.answer("begin", None, "finance", kind="cashier_day")
    day = begun(world, "30.00")
    assert in_safe(world) == d("30.00")
    assert standing(day.cashierday).closing[f"opening:{world.office.pk}"] == d("56.00")
    assert CashBook.objects.get(office=world.office).closed_through == date(2026, 11, 19)


@pytest.mark.clause("MR-30")
@pytest.mark.parametrize(("counted", "fine"), [("99.99", False), ("100.00", True), ("100.01", False)])
def test_the_safe_holds_to_the_fen_what_the_books_say(counted: str, fine: bool) -> None:
    if fine:
        rules.safe_adds_up(d(counted), d("100.00"))
        return
    with refused("MR-30", 409):
        rules.safe_adds_up(d(counted), d("100.00"))


@pytest.mark.clause("MR-30")
def test_the_safe_is_counted_note_by_note_unless_the_office_lets_the_amount_stand() -> None:
    assert rules.counted_by_notes(None, {"100": 1, "0.5": 3}, CashierPolicy()) == d("101.50")
    assert rules.counted_by_notes(None, {"0.01": 0}, CashierPolicy()) == d("0.00")
    for amount, count, status in (("100.00", {}, 422), (None, {}, 422), ("100.00", {"50": 1}, 409)):
        with refused("MR-30", status):
            rules.counted_by_notes(d(amount) if amount else None, count, CashierPolicy())
    lenient = chosen(CashierPolicy, cashier__count_needed=False)
    assert rules.counted_by_notes(d("100.00"), {}, lenient) == d("100.00")
    with refused("MR-30", 422):
        rules.counted_by_notes(None, {}, lenient)


@pytest.mark.django_db
@pytest.mark.clause("MR-30")
def test_a_day_that_adds_up_is_closed_with_its_count_and_says_what_is_where(world: World) -> None:
    day = begun(world)
    brought_in(world)
    world.do(day, "deposit", "finance", amount="100.00", bank_slip="YH-1")
    with refused("MR-30", 409):
        world.do(day, "close_day", "finance", count=notes(d("85.99")))
    world.do(day, "close_day", "finance", count=notes(d("86.00")))
    sheet = day.cashierday
    sheet.refresh_from_db()
    office = world.office.pk
    assert (day.status, sheet.counted, sheet.closing[f"safe:{office}"], sheet.closing[f"bank:{office}"]) == (
        "closed", d("86.00"), "86.00", "100.00")  # fmt: skip
    assert Event.objects.get(case=day, verb="close_day").facts["count"] == {"50": 1, "20": 1, "10": 1, "5": 1, "1": 1}
    assert CashBook.objects.get(office=office).closed_through == FRIDAY


@pytest.mark.django_db
@pytest.mark.clause("MR-30")
def test_who_still_holds_cash_is_named_with_the_reason_and_an_envelope_names_itself(world: World) -> None:
    day = begun(world)
    cash(world)
    full = {"count": notes(d("100.00"))}
    with refused("MR-30", 422):
        world.do(day, "close_day", "finance", **full)
    with refused("MR-30", 422):
        world.do(day, "close_day", "finance", held={world.staff["repair_worker"].number: " "}, **full)
    world.do(day, "close_day", "finance", held={world.staff["repair_worker"].number: "在外抢修，明早交"}, **full)
    (line,) = Event.objects.get(case=day, verb="close_day").facts["held"]
    assert (line["number"], line["amount"], line["why"]) == (world.staff["repair_worker"].number, "86.00", "在外抢修，明早交")


@pytest.mark.django_db
@pytest.mark.clause("MR-30")
def test_cash_that_came_in_since_the_evening_needs_no_name_when_the_day_is_closed_next_morning(world: World) -> None:
    day = begun(world)
    handover = cash(world)
    world.now = shanghai(21, 9)
    world.do(handover, "hand_over", "finance")
    with refused("MR-30", 409):
        world.do(day, "close_day", "finance", count=notes(d("100.00")))
    world.do(day, "close_day", "finance", count=notes(d("186.00")))
    (line,) = Event.objects.get(case=day, verb="close_day").facts["held"]
    assert (line["amount"], line["still"], line["why"]) == ("86.00", "0.00", "")


@pytest.mark.django_db
@pytest.mark.clause("MR-30")
def test_cash_of_somebody_who_left_with_it_stays_on_every_sheet_under_the_name(world: World) -> None:
    day = begun(world)
    world.do(cash(world), "receive", "finance", amount="80.00", difference_reason="人已离开，少六元")
    for name in (day, None):
        sheet = name or begun(world)
        world.do(sheet, "close_day", "finance", count=notes(d("180.00")), held={"*": "已离职，追讨中"})
        (line,) = Event.objects.get(case=sheet, verb="close_day").facts["held"]
        assert (line["name"], line["amount"]) == (world.staff["repair_worker"].name, "6.00")
        world.later(60 * 24)


@pytest.mark.clause("MR-30")
@pytest.mark.parametrize(("days", "asks"), [(2, False), (3, False), (4, True)])
def test_a_qr_payment_needs_a_word_after_more_than_the_days_of_the_office(days: int, asks: bool) -> None:
    assert bool(rules.needs_a_word(FRIDAY - timedelta(days=days), FRIDAY, CashierPolicy())) is asks
    assert rules.needs_a_word(FRIDAY - timedelta(days=1), FRIDAY, chosen(CashierPolicy, cashier__qr_days=0))


@pytest.mark.django_db
@pytest.mark.clause("MR-30")
def test_the_refusal_names_the_orders_of_the_page_and_a_word_under_an_order_counts(world: World) -> None:
    charges = [world.child(world.finished("86.00"), "charge") for _number in range(2)]
    for charge in charges:
        world.do(charge, "collect", "repair_worker", method="qr")
    orders = [charge.parent.number for charge in charges if charge.parent]
    closed(world, begun(world))
    world.later(60 * 24 * 4)
    day = begun(world)
    with pytest.raises(Refused) as met:
        world.do(day, "close_day", "finance", count=notes(d("100.00")))
    assert met.value.why.values["names"] == orders
    world.do(day, "close_day", "finance", count=notes(d("100.00")), unpaid=dict.fromkeys(orders, "业主称已付，查账中"))


@pytest.mark.django_db
@pytest.mark.clause("MR-30")
def test_every_qr_payment_on_no_statement_is_named_and_an_old_one_with_what_is_known(world: World) -> None:
    charge = world.do(world.child(world.finished("86.00"), "charge"), "collect", "repair_worker", method="qr")
    first = begun(world)
    closed(world, first)
    assert Event.objects.get(case=first, verb="close_day").facts["unpaid"][0]["number"] == charge.number
    world.later(60 * 24 * 4)
    day = begun(world)
    with refused("MR-30", 422):
        world.do(day, "close_day", "finance", count=notes(d("100.00")))
    world.do(day, "close_day", "finance", count=notes(d("100.00")), unpaid={charge.number: "业主称已付，查账中"})
    world.later(60 * 24)
    world.do(charge, "confirm_payment", "finance", line=statement_line(world, charge).pk)
    last = begun(world)
    world.do(last, "close_day", "finance", count=notes(d("100.00")))
    assert Event.objects.get(case=last, verb="close_day").facts["unpaid"] == []


@pytest.mark.django_db
@pytest.mark.clause("MR-30")
def test_an_earlier_day_is_closed_first_and_no_counter_entry_waits(world: World) -> None:
    first = begun(world)
    world.do(first, "difference", "finance", count=notes(d("101.00")), reason="多一元")
    world.later(60 * 24)
    second = begun(world)
    with refused("MR-30"):
        closed(world, second)
    with refused("MR-30"):
        closed(world, first)
    world.do(first, "refuse_entry", "office_manager", entry=first.cashierday.entries.get().pk, reason="重点")
    assert [closed(world, each).status for each in (first, second)] == ["closed", "closed"]


@pytest.mark.clause("MR-30")
def test_a_day_is_closed_by_the_end_of_the_next_working_day() -> None:
    close = clock(CASHIER_DAY, "close")
    assert (close.starts, close.until, close.alerts) == ({"begin", "reopen"}, {"close_day"}, {R.FINANCE, R.OFFICE_MANAGER})
    assert due_at(CASHIER_DAY, "close", shanghai(20, 9), CashierPolicy()) == shanghai(23, 18)
    later = chosen(CashierPolicy, cashier__close_days=2)
    assert due_at(CASHIER_DAY, "close", shanghai(20, 9), later, OfficeCalendar()) == shanghai(24, 18)


@pytest.mark.django_db
@pytest.mark.clause("MR-30")
def test_an_office_may_give_more_days_and_a_day_left_open_alarms(world: World) -> None:
    decide(world, "cashier.close_days", 3)
    day = begun(world)
    assert promise(day, "close").due_at == shanghai(25, 18)
    world.now = shanghai(25, 18, 1)
    sweep(world.now)
    assert promise(day, "close").broken_at == shanghai(25, 18)


@pytest.mark.clause("MR-30")
@pytest.mark.parametrize("key", ["cashier.close_days", "cashier.qr_days", "cashier.entry_limit", "cashier.count_needed"])
def test_the_figures_of_the_cashiers_day_are_the_offices_own(key: str) -> None:
    assert not SETTINGS[key].in_source


# Reopening


@pytest.mark.django_db
@pytest.mark.clause("MR-31")
def test_only_the_manager_reopens_a_day_with_a_reason_and_what_was_counted_stays_on_record(world: World) -> None:
    day = closed(world, begun(world))
    with refused("MR-31", 403):
        world.do(day, "reopen", "finance", reason="漏记一笔")
    with refused("MR-31", 422):
        world.do(day, "reopen", "office_manager", reason=" ")
    world.do(day, "reopen", "office_manager", reason="漏记一笔")
    facts = Event.objects.get(case=day, verb="reopen").facts
    assert (day.status, facts["reason"], facts["counted"]) == ("open", "漏记一笔", "100.00")
    assert CashBook.objects.get(office=world.office).closed_through == date(2026, 11, 19)
    brought_in(world)
    assert newest("bag", "safe").day == FRIDAY
    assert closed(world, day).cashierday.case.status == "closed"
    assert Event.objects.filter(case=day, verb="close_day").count() == 2


@pytest.mark.django_db
@pytest.mark.clause("MR-31")
def test_only_the_day_closed_last_is_opened_again(world: World) -> None:
    first = closed(world, begun(world))
    world.later(60 * 24)
    second = closed(world, begun(world))
    with refused("MR-31"):
        world.do(first, "reopen", "office_manager", reason="漏记")
    world.do(second, "reopen", "office_manager", reason="漏记")
    world.do(first, "reopen", "office_manager", reason="漏记")
    assert CashBook.objects.get(office=world.office).closed_through == date(2026, 11, 19)
    now = standing(second.cashierday)
    assert (now.first, now.opening[f"safe:{world.office.pk}"]) == (date(2026, 11, 21), d("100.00"))
