"""MR-29  The way to the bank with a slip, and corrections by two people."""

from decimal import Decimal
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from menling.journal.models import Outgoing
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role as R
from menling.money.books import balance
from menling.money.models import Transfer
from menling.money.sheets import BankSlip, CounterEntry
from menling.procedures import cashier_day as rules
from menling.procedures.cashier_day import CashierPolicy
from menling.procedures.safe import above_zero
from tests.cashier import begun, cash, closed, in_safe, newest, notes
from tests.doors.web import browser, words
from tests.office import World
from tests.procedures.given import chosen, refused, shanghai
from tests.together import together

d = Decimal


@pytest.mark.django_db
@pytest.mark.clause("MR-29")
def test_cash_from_the_safe_is_at_the_bank_with_the_number_of_the_slip(world: World) -> None:
    day = begun(world)
    world.do(day, "deposit", "finance", amount="60.00", bank_slip="YH-1")
    assert (in_safe(world), balance(world.office.pk, f"bank:{world.office.pk}")) == (d("40.00"), d("60.00"))
    assert (BankSlip.objects.get().number, newest("safe", "bank").case_id) == ("YH-1", day.pk)
    with refused("MR-29"):
        world.do(day, "deposit", "finance", amount="1.00", bank_slip="YH-1")
    assert in_safe(world) == d("40.00"), "a slip counts once"


@pytest.mark.clause("MR-29")
@pytest.mark.parametrize(("amount", "fine"), [("0.00", False), ("0.01", True), ("100.00", True), ("100.01", False)])
def test_not_more_goes_to_the_bank_than_lies_in_the_safe(amount: str, fine: bool) -> None:
    if fine:
        rules.out_of_the_safe(d(amount), d("100.00"))
        return
    with refused("MR-29", 409):
        rules.out_of_the_safe(d(amount), d("100.00"))


@pytest.mark.clause("MR-29")
def test_a_deposit_without_the_number_of_its_slip_is_refused() -> None:
    with refused("MR-29", 422):
        rules.with_slip(" ")
    rules.with_slip("YH-1")


@pytest.mark.clause("MR-29")
@pytest.mark.parametrize(("amount", "fine"), [("0.00", False), ("0.01", True)])
def test_what_is_fetched_from_the_bank_is_more_than_nothing(amount: str, fine: bool) -> None:
    if fine:
        above_zero(d(amount))
        return
    with refused("MR-29", 422):
        above_zero(d(amount))


@pytest.mark.django_db
@pytest.mark.clause("MR-29")
def test_cash_fetched_from_the_bank_lies_in_the_safe_with_the_number_of_the_slip(world: World) -> None:
    day = begun(world)
    with refused("MR-29", 422):
        world.do(day, "withdraw", "finance", amount="60.00", bank_slip=" ")
    world.do(day, "withdraw", "finance", amount="60.00", bank_slip="YH-2")
    assert (in_safe(world), balance(world.office.pk, f"bank:{world.office.pk}")) == (d("160.00"), d("-60.00"))
    for verb in ("withdraw", "deposit"):
        with refused("MR-29"):
            world.do(day, verb, "finance", amount="1.00", bank_slip="YH-2")
    world.do(day, "deposit", "finance", amount="160.00", bank_slip="YH-3")
    assert [(each.number, each.fetched) for each in BankSlip.objects.order_by("pk")] == [("YH-2", True), ("YH-3", False)]
    page = words(browser(world, "finance").read("/finance/cashier"))
    assert "from the bank" in page
    assert "to the bank" in page


@pytest.mark.django_db
@pytest.mark.clause("MR-28")
def test_a_deposit_stands_on_the_sheet_of_its_day_and_on_no_other(world: World) -> None:
    day = begun(world)
    world.now = shanghai(21, 9)
    with refused("MR-28"):
        world.do(day, "deposit", "finance", amount="1.00", bank_slip="YH-1")
    world.do(begun(world), "deposit", "finance", amount="1.00", bank_slip="YH-1")


@pytest.mark.django_db(transaction=True)
@pytest.mark.clause("MR-29")
def test_two_deposits_of_all_cash_at_once_take_it_once(world: World) -> None:
    world.actor("finance")
    day = begun(world)
    answers = together([
        partial(world.answer, "deposit", day, "finance", amount="100.00", bank_slip=slip) for slip in ("YH-1", "YH-2")
    ])  # fmt: skip
    assert [each.clause for each in answers if isinstance(each, Refused)] == ["MR-29"]
    assert in_safe(world) == d("0.00")


# Corrections


@pytest.mark.django_db
@pytest.mark.clause("MR-29")
def test_a_wrong_entry_is_posted_the_other_way_after_a_second_person_confirmed_it(world: World) -> None:
    day = begun(world)
    world.do(day, "deposit", "finance", amount="60.00", bank_slip="YH-1")
    wrong = newest("safe", "bank")
    world.do(day, "counter_entry", "finance", entry=wrong.pk, amount="6.00", reason="回单是五十四元")
    assert in_safe(world) == d("40.00"), "what is only asked for moves nothing"
    asked = day.cashierday.entries.get()
    assert Outgoing.objects.filter(case=day, roles__contains=["office_manager"]).exists()
    with refused("MR-29", 403):
        world.do(day, "confirm_entry", "finance", entry=asked.pk)
    world.do(day, "confirm_entry", "business_lead", entry=asked.pk)
    assert in_safe(world) == d("46.00")
    wrong.refresh_from_db()
    assert (wrong.amount, newest("bank", "safe").amount) == (d("60.00"), d("6.00")), "what was booked stays as it was"
    with refused("MR-29", 422):
        world.do(day, "confirm_entry", "business_lead", entry=asked.pk)


@pytest.mark.django_db
@pytest.mark.clause("MR-29")
def test_a_refused_counter_entry_moves_nothing_and_says_why(world: World) -> None:
    day = begun(world)
    world.do(day, "difference", "finance", count=notes(d("101.00")), reason="多一元")
    asked = day.cashierday.entries.get()
    with refused("MR-29", 422):
        world.do(day, "refuse_entry", "office_manager", entry=asked.pk, reason=" ")
    world.do(day, "refuse_entry", "office_manager", entry=asked.pk, reason="请再点一次")
    asked.refresh_from_db()
    assert (asked.state, asked.remark, in_safe(world)) == ("refused", "请再点一次", d("100.00"))


@pytest.mark.clause("MR-29")
def test_who_asks_for_a_counter_entry_does_not_decide_on_it() -> None:
    with refused("MR-29", 403):
        rules.by_another(7, 7)
    rules.by_another(7, 8)


@pytest.mark.clause("MR-29")
@pytest.mark.parametrize(("amount", "lead_may"), [("499.99", True), ("500.00", False), ("500.01", False)])
def test_below_the_limit_a_lead_confirms_and_from_it_on_the_manager(amount: str, lead_may: bool) -> None:
    rules.within_authority(d(amount), frozenset({R.OFFICE_MANAGER}), CashierPolicy())
    if lead_may:
        rules.within_authority(d(amount), frozenset({R.BUSINESS_LEAD}), CashierPolicy())
        return
    with refused("MR-29", 403):
        rules.within_authority(d(amount), frozenset({R.BUSINESS_LEAD}), CashierPolicy())


@pytest.mark.clause("MR-29")
def test_the_office_sets_from_where_on_the_manager_confirms() -> None:
    policy = chosen(CashierPolicy, cashier__entry_limit="50.00")
    rules.within_authority(d("49.99"), frozenset({R.BUSINESS_LEAD}), policy)
    with refused("MR-29", 403):
        rules.within_authority(d("50.00"), frozenset({R.BUSINESS_LEAD}), policy)


@pytest.mark.django_db
@pytest.mark.clause("MR-29")
@pytest.mark.parametrize(("amount", "fine"), [("0.00", False), ("4.99", True), ("5.00", True), ("5.01", False)])
def test_not_more_is_taken_back_than_was_moved_less_what_went_back_before(world: World, amount: str, fine: bool) -> None:
    day = begun(world)
    world.do(day, "deposit", "finance", amount="60.00", bank_slip="YH-1")
    wrong = newest("safe", "bank").pk
    world.do(day, "counter_entry", "finance", entry=wrong, amount="55.00", reason="记错")
    if fine:
        world.do(day, "counter_entry", "finance", entry=wrong, amount=amount, reason="记错")
        return
    with refused("MR-29", 409):
        world.do(day, "counter_entry", "finance", entry=wrong, amount=amount, reason="记错")


@pytest.mark.django_db
@pytest.mark.clause("MR-29")
def test_what_a_resident_owes_or_paid_and_what_is_in_no_book_is_not_taken_back_here(world: World) -> None:
    day = begun(world)
    cash(world)
    for wrong, status in ((newest("income", "owed").pk, 409), (newest("owed", "bag").pk, 409), (999_999_999, 422)):
        with refused("MR-29", status):
            world.do(day, "counter_entry", "finance", entry=wrong, reason="记错")
    with refused("MR-29", 422):
        world.do(day, "counter_entry", "finance", entry=newest("opening", "safe").pk, reason="  ")


@pytest.mark.django_db
@pytest.mark.clause("MR-29")
def test_where_the_safe_holds_what_the_books_say_there_is_no_difference_to_book(world: World) -> None:
    day = begun(world)
    with refused("MR-29"):
        world.do(day, "difference", "finance", count=notes(d("100.00")), reason="少了")
    for counted, left in (("99.00", "99.00"), ("101.50", "101.50")):
        world.do(day, "difference", "finance", count=notes(d(counted)), reason="点数")
        world.do(day, "confirm_entry", "office_manager", entry=day.cashierday.entries.get(state="asked").pk)
        assert in_safe(world) == d(left)


@pytest.mark.django_db
@pytest.mark.clause("MR-29")
def test_a_difference_is_found_from_the_last_closed_day_on_and_not_from_all_there_ever_was(world: World) -> None:
    closed(world, begun(world))
    world.later(60 * 24)
    monday = begun(world)
    with CaptureQueriesContext(connection) as caught:
        world.do(monday, "difference", "finance", count=notes(d("99.00")), reason="点数")
    assert monday.cashierday.entries.get().amount == d("1.00")
    sums = [each["sql"] for each in caught if "SUM(" in each["sql"] and "money_transfer" in each["sql"]]
    assert sums
    assert all('"money_transfer"."day" >=' in each for each in sums)


@pytest.mark.django_db
@pytest.mark.clause("MR-29")
def test_the_number_of_a_slip_is_free_again_once_all_of_its_movement_went_back(world: World) -> None:
    day = begun(world)
    world.do(day, "withdraw", "finance", amount="600.00", bank_slip="YH-1")
    wrong = Transfer.objects.latest("pk").pk
    for amount in ("599.99", "0.01"):
        with refused("MR-29"):
            world.do(day, "withdraw", "finance", amount="60.00", bank_slip="YH-1")
        world.do(day, "counter_entry", "finance", entry=wrong, amount=amount, reason="金额写错")
        world.do(day, "confirm_entry", "office_manager", entry=CounterEntry.objects.latest("pk").pk)
    world.do(day, "withdraw", "finance", amount="60.00", bank_slip="YH-1")
    with refused("MR-29"):
        world.do(day, "withdraw", "finance", amount="60.00", bank_slip="YH-1")
    kept = [(each.amount, each.taken_back) for each in BankSlip.objects.order_by("pk")]
    assert (kept, in_safe(world)) == ([(d("600.00"), True), (d("60.00"), False)], d("160.00"))
    assert "from the bank taken back" in words(browser(world, "finance").read("/finance/cashier"))


@pytest.mark.django_db
@pytest.mark.clause("MR-29")
def test_one_count_of_the_safe_is_booked_once(world: World) -> None:
    day = begun(world)
    told = {"count": notes(d("110.00")), "reason": "多十元"}
    world.do(day, "difference", "finance", **told)
    with refused("MR-29", 409):
        world.do(day, "difference", "finance", **told)
    world.do(day, "confirm_entry", "business_lead", entry=CounterEntry.objects.get().pk)
    assert in_safe(world) == d("110.00"), "the safe holds what was counted"
    world.do(day, "difference", "finance", count=notes(d("109.99")), reason="少一分")
    world.do(day, "refuse_entry", "business_lead", entry=CounterEntry.objects.get(state="asked").pk, reason="再点一次")
    world.do(day, "difference", "finance", count=notes(d("109.98")), reason="少两分")
    assert CounterEntry.objects.get(state="asked").amount == d("0.02")
