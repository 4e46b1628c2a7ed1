"""MR-32, MR-33  Money given back: decided by another with authority, never more than was paid."""

from datetime import date, timedelta
from decimal import Decimal
from functools import partial

import pytest
from django.utils.timezone import localtime

from menling.kernel.roles import LEADS_OR_ABOVE, Role
from menling.money.models import Transfer
from menling.money.movements import movements
from menling.money.vouchers import vouchers
from menling.procedures import adjustment_rules as rules
from menling.procedures.adjustment import ADJUSTMENT
from menling.procedures.adjustment_rules import AdjustmentPolicy
from tests.examples import statement_line
from tests.faults.invariants import charged
from tests.giving import REASON, asked, at, collected, due, refunded
from tests.office import World
from tests.procedures.given import chosen, decide, kept, promise, refused, shanghai, told_roles
from tests.together import together

LEAD, MANAGER, COMPANY = (frozenset({role}) for role in (Role.BUSINESS_LEAD, Role.OFFICE_MANAGER, Role.COMPANY_MANAGEMENT))

# Who decides how much


@pytest.mark.clause("MR-32")
@pytest.mark.parametrize(("roles", "amount", "may"), [
    (LEAD, "199.99", True), (LEAD, "200.00", True), (LEAD, "200.01", False),
    (MANAGER, "1999.99", True), (MANAGER, "2000.00", True), (MANAGER, "2000.01", False),
    (LEAD | MANAGER, "2000.00", True), (COMPANY, "999999.00", True), (frozenset({Role.FINANCE}), "0.01", False),
])  # fmt: skip
def test_each_decides_up_to_the_own_limit_the_limit_included(roles: frozenset[Role], amount: str, may: bool) -> None:
    if may:
        rules.within_authority(Decimal(amount), roles, AdjustmentPolicy())
        return
    with refused("MR-32", 403):
        rules.within_authority(Decimal(amount), roles, AdjustmentPolicy())


@pytest.mark.clause("MR-32")
@pytest.mark.parametrize(("key", "roles"), [("adjustments__lead_limit", LEAD), ("adjustments__manager_limit", MANAGER)])
def test_an_office_sets_the_limits_of_its_lead_and_manager(key: str, roles: frozenset[Role]) -> None:
    policy = chosen(AdjustmentPolicy, **{key: "50.00"})
    rules.within_authority(Decimal("50.00"), roles, policy)
    with refused("MR-32", 403):
        rules.within_authority(Decimal("50.01"), roles, policy)


@pytest.mark.django_db
@pytest.mark.clause("MR-32")
def test_what_is_above_the_lead_goes_to_the_manager_who_is_told(world: World) -> None:
    decide(world, "adjustments.lead_limit", "20.00")
    at_limit, above = asked(world, collected(world), "20.00"), asked(world, collected(world), "20.01")
    assert (told_roles(at_limit), told_roles(above)) == ({"business_lead", "office_manager"}, {"office_manager"})
    world.do(at_limit, "approve", "business_lead")
    with refused("MR-32", 403):
        world.do(above, "approve", "business_lead")
    assert world.do(above, "approve", "office_manager").status == "approved"


@pytest.mark.django_db
@pytest.mark.clause("MR-32")
def test_nobody_decides_on_the_own_request_nor_pays_out_the_own_decision(world: World) -> None:
    case = asked(world, collected(world), "10.00", who="business_lead")
    with refused("MR-32", 403):
        world.do(case, "approve", "business_lead")
    with refused("MR-32", 403):
        world.do(case, "decline", "business_lead", reason="不退")
    world.do(case, "approve", "office_manager")
    rules.by_another(1, 2)
    with refused("MR-32", 403):
        rules.by_another(1, 1)


@pytest.mark.clause("MR-32")
def test_desks_leads_and_finance_ask_leads_decide_and_finance_pays() -> None:
    by = {verb: {role for row in ADJUSTMENT.rows(verb) for role in row.roles} for verb in ("request", "approve", "pay_out")}
    assert by["approve"] == LEADS_OR_ABOVE
    assert by["pay_out"] == {Role.FINANCE}
    assert Role.SERVICE_DESK in by["request"]
    assert Role.REPAIR_WORKER not in by["request"]


@pytest.mark.django_db
@pytest.mark.clause("MR-32")
def test_a_request_and_a_no_have_reasons(world: World) -> None:
    charge = collected(world)
    with refused("MR-32", 422):
        asked(world, charge, "10.00", reason=" ")
    case = asked(world, charge, "10.00")
    with refused("MR-32", 422):
        world.do(case, "decline", "business_lead", reason="")
    assert world.do(case, "decline", "business_lead", reason="已按标准收费").status == "declined"
    assert case.adjustment.decision == "已按标准收费"


@pytest.mark.django_db
@pytest.mark.clause("MR-32")
def test_a_request_is_decided_and_an_approval_paid_within_the_offices_working_days(world: World) -> None:
    case = asked(world, collected(world), "10.00")
    assert promise(case, "decide").due_at == shanghai(24, 18)
    world.do(case, "approve", "business_lead")
    assert promise(case, "pay_out").due_at == shanghai(25, 18)
    world.do(case, "pay_out", "finance")
    assert kept(case, "decide")
    assert kept(case, "pay_out")


@pytest.mark.django_db
@pytest.mark.clause("MR-32")
def test_what_is_withdrawn_is_not_paid_and_may_be_asked_for_again(world: World) -> None:
    charge = collected(world)
    case = world.do(asked(world, charge, "86.00"), "approve", "business_lead")
    world.do(case, "withdraw", "service_desk", reason="业主不要了")
    with refused("MR-33"):
        world.do(case, "pay_out", "finance")
    assert asked(world, charge, "86.00").status == "requested"


# Never more than was paid


@pytest.mark.clause("MR-33")
@pytest.mark.parametrize(("amount", "given", "fine"), [
    ("86.00", "0.00", True), ("86.01", "0.00", False), ("0.01", "85.99", True), ("0.02", "85.99", False), ("0.00", "0.00", False),
])  # fmt: skip
def test_what_comes_back_is_at_most_what_was_paid_less_what_came_back(amount: str, given: str, fine: bool) -> None:
    if fine:
        rules.refundable(Decimal(amount), Decimal("86.00"), Decimal(given))
        return
    with refused("MR-33", 409):
        rules.refundable(Decimal(amount), Decimal("86.00"), Decimal(given))


@pytest.mark.django_db
@pytest.mark.clause("MR-33")
@pytest.mark.parametrize(("method", "place"), [("cash", "safe"), ("bank", "bank"), ("qr", "bank")])
def test_a_refund_leaves_safe_or_bank_and_stands_on_the_charge(world: World, method: str, place: str) -> None:
    charge = collected(world)
    case = refunded(world, charge, "26.00", method)
    charge.refresh_from_db()
    assert (case.status, charge.refunded, charge.case.status) == ("paid_out", Decimal("26.00"), "collected")
    assert (at(world, place), at(world, "refunded")) == (Decimal("-26.00"), Decimal("26.00"))
    assert list(charged()) == []
    with refused("MR-33", 409):
        asked(world, charge, "60.01")
    assert asked(world, charge, "60.00").status == "requested"


@pytest.mark.django_db
@pytest.mark.clause("MR-33")
def test_where_nothing_was_paid_nothing_is_given_back_and_where_nothing_is_due_nothing_is_waived(world: World) -> None:
    with refused("MR-33", 409):
        asked(world, due(world), "10.00")
    with refused("MR-33", 409):
        asked(world, collected(world), "10.00", "discount")
    with refused("MR-8", 422):
        world.answer("request", None, "service_desk", kind="adjustment", order="XH-R26-99999", sort="refund", amount="1.00",
                     reason=REASON)  # fmt: skip


@pytest.mark.django_db
@pytest.mark.clause("MR-33")
def test_a_qr_payment_is_given_back_once_a_statement_shows_it(world: World) -> None:
    charge = collected(world, method="qr")
    case = world.do(asked(world, charge, "10.00"), "approve", "business_lead")
    with refused("MR-33"):
        world.do(case, "pay_out", "finance", method="qr")
    case.refresh_from_db()
    world.do(charge.case, "confirm_payment", "finance", line=statement_line(world, charge.case).pk)
    assert world.do(case, "pay_out", "finance", method="qr").status == "paid_out"
    assert at(world, "bank") == Decimal("76.00")


@pytest.mark.django_db(transaction=True)
@pytest.mark.clause("MR-33")
def test_two_who_ask_at_the_same_moment_do_not_ask_for_more_than_was_paid(world: World) -> None:
    charge = collected(world)
    by = [world.actor("service_desk"), world.actor("control_centre")]

    def ask(who: int) -> None:
        world.answer("request", None, by[who], kind="adjustment", order=charge.case.number, sort="refund", amount="50.00",
                     reason=REASON)  # fmt: skip

    outcomes = together([partial(ask, 0), partial(ask, 1)])
    assert sorted(type(each).__name__ for each in outcomes) == ["NoneType", "Refused"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.clause("MR-33")
def test_two_who_pay_out_at_the_same_moment_pay_what_was_approved_once_each(world: World) -> None:
    charge = collected(world)
    cases = [world.do(asked(world, charge, "40.00"), "approve", "business_lead") for _each in range(2)]
    by = world.actor("finance")
    outcomes = together([partial(world.answer, "pay_out", case, by, method="cash") for case in [*cases, cases[0]]])
    assert sum(type(each).__name__ == "Refused" for each in outcomes) == 1
    charge.refresh_from_db()
    assert (charge.refunded, at(world, "refunded")) == (Decimal("80.00"), Decimal("80.00"))


@pytest.mark.django_db
@pytest.mark.clause("MR-33")
def test_a_refund_after_the_month_was_closed_is_posted_now_and_the_month_stays_as_it_was(world: World) -> None:
    charge = collected(world)
    finance = world.actor("finance")
    month = date(2026, 11, 1), date(2026, 11, 30)
    before = vouchers(movements(finance, world.office, *month), world.office)
    world.later(60 * 24 * 14)
    refunded(world, charge, "86.00")
    assert vouchers(movements(finance, world.office, *month), world.office) == before
    row = Transfer.objects.get(target__startswith="refunded:")
    assert localtime(row.happened_at).date() == localtime(world.now).date()
    assert (row.happened_at - charge.case.reported_at) > timedelta(days=13)
