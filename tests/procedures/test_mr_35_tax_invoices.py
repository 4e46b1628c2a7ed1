"""MR-35  Tax invoices: one for each payment, issued in time with its number, void or reversed once the money is given back."""

import csv
from decimal import Decimal
from io import StringIO

import pytest

from menling.doorway.invoice_requests import requests_csv
from menling.journal.models import Case
from menling.money.given import TaxInvoice
from menling.money.models import Charge
from menling.procedures import tax_invoice as rules
from menling.procedures.tax_invoice import TaxInvoicePolicy
from tests.giving import collected, due, invoice, refunded
from tests.office import World
from tests.procedures.given import chosen, kept, promise, refused, shanghai, told_roles

COMPANY = {"made_out_to": "company", "title": "星河科技有限公司", "tax_number": "91310000MA1K35XY7Q"}


@pytest.mark.django_db
@pytest.mark.clause("MR-35")
def test_an_invoice_is_asked_for_what_was_paid_and_issued_with_its_number_in_time(world: World) -> None:
    charge = collected(world)
    case = invoice(world, charge, **COMPANY)
    assert (case.parent, told_roles(case), promise(case, "issue").due_at) == (charge.case.parent, {"finance"}, shanghai(27, 18))
    with refused("MR-35", 422):
        world.do(case, "issue", "finance", invoice=" ")
    world.do(case, "issue", "finance", invoice="26120000000001")
    assert (case.status, case.taxinvoice.invoice, case.taxinvoice.amount) == ("issued", "26120000000001", Decimal("86.00"))
    assert kept(case, "issue")


@pytest.mark.django_db
@pytest.mark.clause("MR-35")
def test_a_resident_asks_on_the_own_page_too_and_only_of_the_own_order(world: World) -> None:
    charge = collected(world)
    order = charge.case.parent
    assert order is not None
    answer = world.answer("ask", None, "customer", kind="tax_invoice", order=order.number, title="王芳", email="w@example.com")
    assert Case.objects.get(number=answer.body["number"]).taxinvoice.charge == charge
    with refused("MR-8", 422):
        world.answer("ask", None, "customer", kind="tax_invoice", order="XH-R26-99999", title="王芳")


@pytest.mark.django_db
@pytest.mark.clause("MR-35")
def test_what_is_not_paid_has_no_invoice_and_what_is_paid_has_one(world: World) -> None:
    with refused("MR-35"):
        invoice(world, due(world))
    charge = collected(world)
    case = invoice(world, charge)
    with refused("MR-35"):
        invoice(world, charge)
    world.do(case, "withdraw", "service_desk", reason="抬头写错")
    assert (case.status, invoice(world, charge).status) == ("voided", "asked")


@pytest.mark.clause("MR-35")
@pytest.mark.parametrize(("number", "fine"), [
    ("9" * 14, False), ("9" * 15, True), ("91310000MA1K35XY7Q", True), ("9" * 20, True), ("9" * 21, False),
    ("91310000-A1K35X", False),
])  # fmt: skip
def test_a_company_has_a_tax_number_of_fifteen_to_twenty_signs(number: str, fine: bool) -> None:
    rules.titled("person", "王芳", "")
    if fine:
        rules.titled("company", "星河科技有限公司", number)
        return
    with refused("MR-35", 422):
        rules.titled("company", "星河科技有限公司", number)


@pytest.mark.clause("MR-35")
@pytest.mark.parametrize(("email", "fine"), [("", True), ("w@example.com", True), ("w@example", False), ("王芳", False)])
def test_an_address_is_one_or_none(email: str, fine: bool) -> None:
    if fine:
        rules.reachable(email)
        return
    with refused("MR-35", 422):
        rules.reachable(email)


@pytest.mark.clause("MR-35")
def test_an_invoice_is_made_out_to_somebody_and_is_for_money() -> None:
    rules.collected(Decimal("0.01"))
    with refused("MR-35"):
        rules.collected(Decimal("0.00"))
    with refused("MR-35", 422):
        rules.titled("person", " ", "")


@pytest.mark.django_db
@pytest.mark.clause("MR-35")
def test_money_given_back_voids_what_was_asked_for_and_calls_back_what_was_issued(world: World) -> None:
    charge = collected(world)
    asked = invoice(world, charge)
    refunded(world, charge, "10.00")
    asked.refresh_from_db()
    assert asked.status == "voided"
    issued = world.do(invoice(world, charge), "issue", "finance", invoice="26120000000002")
    assert issued.taxinvoice.amount == Decimal("76.00")
    refunded(world, Charge.objects.get(pk=charge.pk), "76.00")
    issued.refresh_from_db()
    assert (issued.status, issued.closed_at, promise(issued, "reverse").met_at) == ("to_reverse", None, None)
    with refused("MR-35", 422):
        world.do(issued, "reverse", "finance", invoice="")
    world.do(issued, "reverse", "finance", invoice="26120000000003")
    assert (issued.status, TaxInvoice.objects.get(pk=issued.pk).reversal) == ("voided", "26120000000003")
    with refused("MR-35"):
        invoice(world, charge)


@pytest.mark.django_db
@pytest.mark.clause("MR-35")
def test_the_requests_go_out_as_the_file_of_the_invoicing_package(world: World) -> None:
    case = invoice(world, collected(world), **COMPANY | {"email": "a@example.com"})
    policy = chosen(TaxInvoicePolicy, tax_invoices__rate_pct="1", tax_invoices__item="居家服务")
    made = requests_csv(TaxInvoice.objects.filter(pk=case.pk), policy).decode("utf-8-sig")
    titles, row = csv.reader(StringIO(made))
    assert len(titles) == len(row)
    assert row[0] == case.number
    assert row[2:8] == ["星河科技有限公司", "91310000MA1K35XY7Q", "a@example.com", "居家服务", "86.00", "0.01"]
