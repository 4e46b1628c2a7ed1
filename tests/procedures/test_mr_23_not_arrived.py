"""MR-23, MR-33 to MR-35  Money by QR code that no statement shows is neither given back, nor kept, nor invoiced."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from menling.journal.models import Case
from menling.money.cashier import unpaid
from menling.money.models import Charge
from menling.money.payments import waiting_sums
from menling.procedures import tax_invoice as invoices
from menling.procedures.cashier_day import CashierPolicy, needs_a_word
from tests.cashier import begun, cash
from tests.doors.web import browser
from tests.examples import statement_line
from tests.giving import REASON, at, collected, deposit, invoice
from tests.office import World
from tests.procedures.given import refused


def _shown(world: World, case: Case) -> None:
    """Let a statement show the payment of a case."""
    charge = Charge.objects.get(case__parent=case) if case.kind != "charge" else case.charge
    world.do(charge.case, "confirm_payment", "finance", line=statement_line(world, charge.case).pk)


@pytest.mark.django_db
@pytest.mark.clause("MR-33", "MR-34")
def test_a_deposit_by_qr_code_is_given_back_only_once_a_statement_shows_it(world: World) -> None:
    begun(world, "600.00")
    case = deposit(world, method="qr")
    with refused("MR-33", 409):
        world.do(case, "give_back", "finance", method="cash")
    assert (case.status, at(world, "safe"), at(world, "unconfirmed")) == ("held", Decimal("600.00"), Decimal("500.00"))
    _shown(world, case)
    world.do(case, "give_back", "finance", method="cash")
    assert (case.status, at(world, "safe"), at(world, "bank")) == ("returned", Decimal("100.00"), Decimal("500.00"))


@pytest.mark.django_db
@pytest.mark.clause("MR-33", "MR-34")
@pytest.mark.parametrize(("verb", "facts", "status"), [
    ("keep_part", {"amount": "20.00"}, "kept_part"), ("keep_all", {}, "kept"),
])  # fmt: skip
def test_nothing_of_a_deposit_by_qr_code_is_kept_before_a_statement_shows_it(
    world: World, verb: str, facts: dict[str, str], status: str
) -> None:
    case = deposit(world, "100.00", method="qr")
    with refused("MR-33", 409):
        world.do(case, verb, "business_lead", reason=REASON, **facts)
    _shown(world, case)
    world.do(case, verb, "business_lead", reason=REASON, **facts)
    assert case.status == status


@pytest.mark.django_db
@pytest.mark.clause("MR-23", "MR-30")
def test_the_days_list_of_what_no_statement_shows_comes_to_what_the_books_hold_there(world: World) -> None:
    collected(world, "86.00", "qr")
    deposit(world, "200.01", method="qr")
    today = world.now.date()
    found = unpaid(world.office, today)
    assert sum(each.charge.collected or 0 for each in found) == at(world, "unconfirmed") == Decimal("286.01")
    assert waiting_sums(world.actor("finance"), world.office)[1] == (len(found), Decimal("286.01"))
    assert unpaid(world.office, today - timedelta(days=1)) == []


@pytest.mark.django_db
@pytest.mark.clause("MR-30")
@pytest.mark.parametrize(("days", "asked"), [(2, False), (3, False), (4, True)])
def test_a_deposit_no_statement_shows_needs_a_word_after_the_days_of_the_office(world: World, days: int, asked: bool) -> None:
    case = deposit(world, "200.01", method="qr")
    (payment,) = unpaid(world.office, date(2026, 12, 31))
    late = payment.on + timedelta(days=days)
    assert (payment.charge.case.parent, needs_a_word(payment.on, late, CashierPolicy())) == (case, asked)


@pytest.mark.django_db
@pytest.mark.clause("MR-35")
def test_a_payment_by_qr_code_is_invoiced_once_a_statement_shows_it(world: World) -> None:
    charge = collected(world, method="qr")
    with refused("MR-35", 409):
        invoice(world, charge)
    assert not Case.objects.filter(kind="tax_invoice").exists()
    _shown(world, charge.case)
    assert invoice(world, charge).status == "asked"


@pytest.mark.clause("MR-35")
def test_cash_needs_no_statement() -> None:
    invoices.came_in("cash", confirmed=False)
    invoices.came_in("qr", confirmed=True)


@pytest.mark.django_db
@pytest.mark.clause("OC-4.4")
@pytest.mark.parametrize(("amount", "receipts"), [("0.00", 0), ("0.01", 1), ("86.00", 1)])
def test_a_receipt_is_for_what_was_paid(world: World, amount: str, receipts: int) -> None:
    charge = world.child(world.finished("86.00"), "charge")
    short = {} if amount == "86.00" else {"shortfall_reason": "没带钱", "responsible": "王师傅"}
    taken = world.do(charge, "collect", "repair_worker", amount=amount, **short).charge
    assert (taken.collected, len([each for each in (taken.receipt,) if each])) == (Decimal(amount), receipts)
    page = browser(world, "finance").get(f"/receipts/{charge.number}.pdf")
    assert page.status_code == (200 if receipts else 404)


@pytest.mark.django_db
@pytest.mark.clause("HS-4.1.1.6")
def test_a_bag_with_fen_is_counted_note_by_note(world: World) -> None:
    bag = cash(world, "86.01")
    world.do(bag, "hand_over", "repair_worker", count={"50": 1, "20": 1, "10": 1, "5": 1, "1": 1, "0.01": 1})
    assert (bag.handover.amount, bag.handover.difference_reason) == (Decimal("86.01"), "")
