"""HC-5.4  Buying for a resident: register, invoice, signature, the exact amount, the finance copy."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from menling.doorway.showing import shown
from menling.errands.models import Errand
from menling.journal.models import Case
from menling.journal.sweep import sweep
from menling.kernel.roles import Role as R
from menling.procedures import errand_rules as rules
from menling.procedures.errand import ERRAND
from menling.procedures.errand_rules import ErrandPolicy
from tests.buying import BUYER, TOLD, WANTED, bought, errand, signed
from tests.office import World
from tests.procedures.given import NOON, cards, chosen, decide, due_at, kept, last, promise, refused, told_staff, worded

FULL: dict[str, object] = dict.fromkeys(rules.REGISTERED, "x")


# HC-5.4.1  The register


@pytest.mark.clause("HC-5.4.1")
@pytest.mark.parametrize("column", rules.REGISTERED)
def test_from_ten_yuan_a_piece_every_column_is_filled_in_and_at_nine_ninety_nine_what_was_asked_for_will_do(column: str) -> None:
    gap = FULL | {column: ""}
    for price in ("10.00", "10.01"):
        with refused("HC-5.4.1", 422):
            rules.register_filled(gap, Decimal(price), ErrandPolicy())
    if column not in rules.ALWAYS:
        rules.register_filled(gap, Decimal("9.99"), ErrandPolicy())
        with refused("HC-5.4.1", 422):
            rules.register_filled(gap, Decimal("9.99"), chosen(ErrandPolicy, errands__register_from="0.00"))
    rules.register_filled(FULL, Decimal("10.00"), ErrandPolicy())


@pytest.mark.clause("HC-5.4.1")
@pytest.mark.django_db
def test_what_is_wanted_stands_in_the_register_before_it_is_bought_and_is_written_right_with_a_reason(world: World) -> None:
    with refused("HC-5.4.1", 422):
        errand(world, brand="")
    case = errand(world, price="9.99", brand="", nature="")
    assert case.errand.brand == ""
    with refused("HC-5.4.1", 422):
        world.do(case, "correct", "service_desk", field="price", value="10.00", reason="涨价")
    world.do(case, "correct", "service_desk", field="spec", value="六分", reason="量错")
    assert last(case, "correct").facts["old"] == WANTED["spec"]
    with refused("HC-5.4.1", 403):
        ERRAND.step("file", "new", {R.FINANCE})


@pytest.mark.clause("HC-5.4.1")
@pytest.mark.django_db
def test_a_worker_on_site_registers_what_a_repair_needs_and_buys_it_oneself(world: World) -> None:
    order = world.at_home()
    asked = WANTED | {"buy_by": world.now, "order": order.number}
    case = Case.objects.get(number=world.answer("file", None, BUYER, kind="errand", **asked).body["number"])
    assert (case.errand.buyer, case.errand.order) == (world.staff[BUYER], order)


# HC-5.4.2  Bought as registered, with the invoice


@pytest.mark.clause("HC-5.4.2")
@pytest.mark.django_db
def test_without_an_invoice_nothing_counts_as_bought_and_only_the_buyer_buys(world: World) -> None:
    for invoice, photo in (("00123", ""), ("", "digest")):
        rules.invoiced(invoice, photo)
    case = errand(world)
    with refused("HC-5.4.2", 422):
        world.do(case, "buy", BUYER, amount="86.00", invoice=" ")
    with refused("MR-8", 422):
        world.do(case, "buy", BUYER, amount="86.00", photo="0" * 64)
    with refused("MR-2", 403):
        world.do(case, "buy", "repair_worker_2", amount="86.00", invoice="1")
    world.do(case, "dispatch", "service_desk", buyer=world.staff["repair_worker_2"].number)
    assert world.staff["repair_worker_2"].pk in told_staff(case)
    assert world.do(case, "buy", "repair_worker_2", amount="86.00", invoice="1").status == "bought"


# HC-5.4.3  Delivered, checked, signed, settled to the fen


@pytest.mark.clause("HC-5.4.3")
@pytest.mark.parametrize("amount", ["85.99", "86.01"])
def test_the_resident_pays_what_the_invoice_says_and_neither_more_nor_less(amount: str) -> None:
    rules.settled_exactly(Decimal("86.00"), Decimal("86.00"))
    with refused("HC-5.4.3", 409):
        rules.settled_exactly(Decimal(amount), Decimal("86.00"))


@pytest.mark.clause("HC-5.4.3")
@pytest.mark.django_db
def test_only_the_resident_signs_after_checking_and_nothing_is_paid_before(world: World) -> None:
    case = world.do(bought(world), "deliver", BUYER)
    with refused("HC-5.4.3", 422):
        world.do(case, "sign", "customer", checked=False)
    with refused("HC-5.4.3", 403):
        world.do(case, "sign", BUYER, checked=True)
    with refused("HC-5.4.3"):
        world.do(case, "settle", BUYER)
    assert world.do(case, "object", "customer", reason="牌子不对").status == "bought"
    assert promise(case, "deliver").met_at is None
    world.do(world.do(case, "deliver", BUYER), "sign", "customer", checked=True)
    assert world.do(case, "settle", BUYER).status == "settled"
    assert case.errand.settled == Decimal("86.00")


@pytest.mark.clause("HC-5.4.3")
@pytest.mark.django_db
def test_no_row_says_that_a_resident_paid_something_else_than_the_invoice(world: World) -> None:
    case = world.do(signed(world), "settle", BUYER)
    with pytest.raises(IntegrityError, match="errand_settled_exactly"), transaction.atomic():
        Errand.objects.filter(pk=case.pk).update(settled=Decimal("90.00"))


@pytest.mark.clause("HC-5.4.3")
def test_what_was_bought_is_with_the_resident_within_the_hours_of_the_office() -> None:
    at = due_at(ERRAND, "deliver", NOON, chosen(ErrandPolicy, errands__deliver_hours=2))
    assert at is not None
    assert (at - NOON).total_seconds() == 2 * 3600


@pytest.mark.clause("HS-3.3", "CF-16")
@pytest.mark.django_db
def test_an_errand_from_one_hundred_yuan_is_settled_by_the_buyer_unless_the_office_counts_it(world: World) -> None:
    inside = chosen(ErrandPolicy, errands__collection_threshold="inside")
    rules.may_settle(frozenset({R.REPAIR_WORKER}), Decimal("99.99"), inside)
    with refused("HS-3.3", 403):
        rules.may_settle(frozenset({R.REPAIR_WORKER}), Decimal("100.00"), inside)
    assert world.do(signed(world, "250.00"), "settle", BUYER).status == "settled"
    decide(world, "errands.collection_threshold", "inside")
    case = signed(world, "250.00")
    with refused("HS-3.3", 403):
        world.do(case, "settle", BUYER)
    assert world.do(case, "settle", "business_lead").status == "settled"


# HC-5.4.4  Not bought, or not in time


@pytest.mark.clause("HC-5.4.4")
@pytest.mark.parametrize(("reason", "told", "apologised"), [("", True, True), ("缺货", False, True), ("缺货", True, False)])
def test_what_was_not_bought_has_a_reason_that_was_told_with_an_apology(reason: str, told: bool, apologised: bool) -> None:
    rules.told_why("缺货", told=True, apologised=True)
    with refused("HC-5.4.4", 422):
        rules.told_why(reason, told=told, apologised=apologised)


@pytest.mark.clause("HC-5.4.4")
@pytest.mark.django_db
def test_who_cannot_buy_is_reminded_tells_why_and_the_register_says_so(world: World) -> None:
    assert cards("HC-5.4.4", "registered", "errand") == ["cannot_buy"]
    assert worded("HC-5.4.4", "道歉", "apologise")
    case = world.do(errand(world), "tick", BUYER, group="cannot_buy")
    assert last(case, "tick").clauses == ["HC-5.4.4"]
    world.do(case, "delay", BUYER, **TOLD, buy_by=world.now.replace(hour=10))
    assert promise(case, "buy").due_at == world.now.replace(hour=10)
    case = world.do(case, "not_bought", BUYER, **TOLD)
    case.errand.refresh_from_db()
    assert (case.status, case.errand.reason, kept(case, "buy")) == ("not_bought", TOLD["reason"], True)


@pytest.mark.clause("HC-5.4.4")
@pytest.mark.django_db
def test_an_errand_not_bought_by_its_time_is_told_to_the_desk(world: World) -> None:
    case = errand(world, buy_by=world.now)
    world.later(1)
    assert sweep(world.now) == 1
    assert promise(case, "buy").broken_at is not None


# HC-5.4.5  The finance copy


@pytest.mark.clause("HC-5.4.5")
@pytest.mark.django_db
@pytest.mark.parametrize("end", ["settled", "not_bought", "voided"])
def test_nothing_is_filed_without_the_finance_copy_bought_or_not_or_void(world: World, end: str) -> None:
    if end == "voided":
        case = world.do(errand(world), "void", "service_desk", reason="写错")
    else:
        case = (
            world.do(signed(world), "settle", BUYER) if end == "settled" else world.do(errand(world), "not_bought", BUYER, **TOLD)
        )
        case = world.do(case, "reckon", "finance")
    with refused("HC-5.4.5", 422):
        world.do(case, "archive", "finance", finance_copy=False)
    assert world.do(case, "archive", "finance", finance_copy=True).status == "archived"
    with refused("HC-5.4.5", 403):
        ERRAND.step("archive", "reckoned", {R.SERVICE_DESK})


@pytest.mark.clause("HC-5.4.5")
@pytest.mark.django_db
def test_the_database_deletes_no_line_of_the_register(world: World) -> None:
    case = world.do(errand(world), "void", "service_desk", reason="写错")
    with pytest.raises(IntegrityError, match="not allowed"), transaction.atomic():
        Errand.objects.filter(pk=case.pk).delete()
    with refused("HC-5.4.5", 422):
        rules.copy_kept(False)


# HC-5.4.6  One number after the other


@pytest.mark.clause("HC-5.4.6")
@pytest.mark.django_db
def test_errands_are_numbered_one_after_the_other_and_a_void_one_keeps_number_and_reason(world: World) -> None:
    first, second = errand(world), errand(world)
    with refused("HC-5.4.6", 422):
        world.do(first, "void", "service_desk", reason=" ")
    world.do(first, "void", "service_desk", reason="重复")
    third = errand(world)
    assert [int(each.number[-5:]) for each in (first, second, third)] == [1, 2, 3]
    assert Errand.objects.get(pk=first.pk).reason == "重复"


@pytest.mark.clause("OI-4.2")
@pytest.mark.django_db
def test_the_buyer_reads_the_phone_of_the_home_until_the_invoice_is_paid_and_no_longer(world: World) -> None:
    case = errand(world, phone="13800138000")
    assert shown(case, world.actor(BUYER), world.now)["phone"] == "13800138000"
    world.do(case, "buy", BUYER, amount="86.00", invoice="00123456")
    world.do(world.do(case, "deliver", BUYER), "sign", "customer", checked=True)
    assert shown(case, world.actor(BUYER), world.now)["phone"] == "13800138000"
    world.do(case, "settle", BUYER, method="cash")
    assert shown(case, world.actor(BUYER), world.now)["phone"] == "138 **** 8000"
