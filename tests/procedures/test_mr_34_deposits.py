"""MR-34  Deposits and prepayments: taken for a purpose, given back, kept with a reason, drawn down by visits."""

from decimal import Decimal

import pytest

from menling.journal.models import Case
from menling.kernel.roles import Role
from menling.money.given import Deposit
from menling.money.models import Charge
from menling.money.payments import unconfirmed
from menling.procedures import deposit as rules
from menling.procedures.deposit import DEPOSIT, DepositPolicy
from tests import agreed
from tests.examples import statement_line
from tests.giving import at, deposit
from tests.office import World
from tests.procedures.given import chosen, decide, refused
from tests.recount import recounted, written

# Taken and given back


@pytest.mark.django_db
@pytest.mark.clause("MR-34")
@pytest.mark.parametrize(("method", "place"), [("cash", "safe"), ("bank", "bank")])
def test_a_deposit_is_held_by_home_and_purpose_until_it_is_given_back(world: World, method: str, place: str) -> None:
    case = deposit(world, method=method)
    assert (case.unit, at(world, place), at(world, f"deposit:{case.number}")) == (world.unit, Decimal("500"), Decimal("-500"))
    world.do(case, "give_back", "finance", method=method)
    assert (case.status, at(world, place), at(world, f"deposit:{case.number}")) == ("returned", Decimal(0), Decimal(0))
    assert (case.deposit.returned, case.deposit.returned_to) == (Decimal("500.00"), "王芳")


@pytest.mark.django_db
@pytest.mark.clause("MR-34", "MR-23")
def test_a_deposit_paid_by_qr_code_waits_for_the_statement_like_every_such_payment(world: World) -> None:
    case = deposit(world, method="qr")
    (charge,) = unconfirmed(world.actor("finance"), world.office)
    assert (charge.case.parent, at(world, "unconfirmed"), at(world, "bank")) == (case, Decimal("500.00"), Decimal(0))
    world.do(charge.case, "confirm_payment", "finance", line=statement_line(world, charge.case).pk)
    assert (at(world, "unconfirmed"), at(world, "bank")) == (Decimal(0), Decimal("500.00"))


@pytest.mark.django_db
@pytest.mark.clause("MR-34")
def test_only_finance_takes_and_gives_back_and_only_an_amount(world: World) -> None:
    with refused("MR-34", 403):
        deposit(world, who="service_desk")
    with refused("MR-34", 422):
        deposit(world, "0.00")
    rules.above_zero(Decimal("0.01"))
    assert {role for row in DEPOSIT.rows("give_back") for role in row.roles} == {Role.FINANCE}


# Kept


@pytest.mark.clause("MR-34")
@pytest.mark.parametrize(("amount", "whole", "fine"), [
    ("499.99", False, True), ("500.00", False, False), ("0.00", False, False), ("500.00", True, True),
])  # fmt: skip
def test_a_part_is_less_than_what_is_held_and_the_whole_is_all_of_it(amount: str, whole: bool, fine: bool) -> None:
    if fine:
        rules.may_be_kept(Decimal(amount), Decimal("500.00"), "renovation", whole=whole)
        return
    with refused("MR-34", 409):
        rules.may_be_kept(Decimal(amount), Decimal("500.00"), "renovation", whole=whole)


@pytest.mark.django_db
@pytest.mark.clause("MR-34")
def test_who_keeps_a_part_says_why_and_the_rest_is_given_back(world: World) -> None:
    case = deposit(world)
    with refused("MR-32", 422):
        world.do(case, "keep_part", "business_lead", amount="80.00", reason=" ")
    world.do(case, "keep_part", "business_lead", amount="80.00", reason="墙面损坏")
    assert (case.status, at(world, "income"), at(world, "safe")) == ("kept_part", Decimal("-80.00"), Decimal("500.00"))
    world.do(case, "give_back", "finance")
    assert (at(world, "safe"), at(world, f"deposit:{case.number}")) == (Decimal("80.00"), Decimal(0))
    case = Case.objects.get(pk=case.pk)
    assert (case.deposit.kept, case.deposit.returned, case.deposit.left) == (Decimal("80"), Decimal("420"), Decimal(0))


@pytest.mark.django_db
@pytest.mark.clause("MR-34", "MR-32")
@pytest.mark.parametrize(("amount", "who", "may"), [
    ("200.00", "business_lead", True), ("200.01", "business_lead", False), ("200.01", "office_manager", True),
])  # fmt: skip
def test_what_is_kept_lies_within_the_limit_of_who_keeps_it(world: World, amount: str, who: str, may: bool) -> None:
    case = deposit(world, amount)
    if may:
        assert world.do(case, "keep_all", who, reason="逾期不还").status == "kept"
        return
    with refused("MR-32", 403):
        world.do(case, "keep_all", who, reason="逾期不还")


# Prepaid for an agreement


def visit(world: World, agreement: Case) -> Case:
    """Return the next visit of an agreement, filed as an order."""
    day = agreed.next_day(world, agreement)["day"]
    world.do(agreement, "lay_out", "service_desk", day=day)
    order = agreed.row(agreement).days.get(day=day).order
    assert order is not None
    return order


def prepaid(world: World, agreement: Case, amount: str) -> Case:
    """Return a prepayment of an agreement."""
    return deposit(world, amount, purpose="agreement", agreement=agreement.number, unit="")


def cleaned(world: World, order: Case) -> Case:
    """Do a visit; nobody has accepted it yet."""
    world.now = order.order.visit_at
    world.do(world.do(order, "arrive", "housekeeper"), "start", "housekeeper")
    return world.do(order, "finish", "housekeeper", summary="全屋保洁")


def done(world: World, order: Case) -> Charge:
    """Return the charge of a visit that was done and accepted."""
    world.do(cleaned(world, order), "sign", "customer", rating=5)
    return Charge.objects.select_related("case").filter(case__parent=order).earliest("pk")


@pytest.mark.clause("MR-34")
@pytest.mark.parametrize(("left", "pays"), [("0.00", "0.00"), ("0.01", "0.01"), ("159.99", "159.99"), ("160.00", "160.00"),
                                            ("160.01", "160.00")])  # fmt: skip
def test_a_prepayment_pays_what_is_left_of_it_and_never_more_than_is_due(left: str, pays: str) -> None:
    assert rules.pays(Decimal("160.00"), Decimal(left), DepositPolicy()) == Decimal(pays)


def charges_of(order: Case) -> list[tuple[str, Decimal, str]]:
    """Return status, yuan and method of each charge of an order, in the order in which they were opened."""
    rows = Charge.objects.filter(case__parent=order).order_by("pk")
    return list(rows.values_list("case__status", "due", "method"))


@pytest.mark.django_db
@pytest.mark.clause("MR-34")
@pytest.mark.parametrize(("amount", "status", "left", "rest"), [
    ("159.99", "used_up", "0.00", "0.01"), ("160.00", "used_up", "0.00", ""), ("160.01", "held", "0.01", ""),
    ("0.01", "used_up", "0.00", "159.99"),
])  # fmt: skip
def test_a_prepayment_pays_a_visit_as_far_as_it_goes_and_the_rest_is_due(
    world: World, amount: str, status: str, left: str, rest: str
) -> None:
    agreement = agreed.in_force(world)
    case = prepaid(world, agreement, amount)
    order = visit(world, agreement)
    paid = done(world, order)
    row = Deposit.objects.select_related("case").get(pk=case.pk)
    assert (row.case.status, row.left) == (status, Decimal(left))
    due = [("due", Decimal(rest), "")] if rest else []
    assert charges_of(order) == [("collected", Decimal(160) - Decimal(rest or 0), "prepaid"), *due]
    assert (bool(paid.receipt), paid.settlement.amount) == (True, paid.due)
    assert at(world, f"prepaid:{case.number}") == -Decimal(left)
    assert recounted(world.office.pk).moved == written(world.office.pk)


@pytest.mark.clause("MR-34")
@pytest.mark.parametrize(("left", "waits"), [("0.00", False), ("0.01", True)])
def test_what_is_prepaid_is_charged_once_it_was_accepted(left: str, waits: bool) -> None:
    assert rules.charged_once_accepted(Decimal(left), DepositPolicy()) is waits
    by_hand = chosen(DepositPolicy, deposits__visits_draw_down=False)
    assert rules.charged_once_accepted(Decimal(left), by_hand) is False


@pytest.mark.django_db
@pytest.mark.clause("MR-34")
@pytest.mark.parametrize(("verb", "who"), [("sign", "customer"), ("attest", "team_lead")])
def test_a_prepaid_visit_has_no_charge_and_no_receipt_before_it_was_accepted(world: World, verb: str, who: str) -> None:
    agreement = agreed.in_force(world)
    case = prepaid(world, agreement, "320.00")
    order = cleaned(world, visit(world, agreement))
    assert (charges_of(order), Deposit.objects.get(pk=case.pk).left) == ([], Decimal(320))
    world.do(order, verb, who, **({"rating": 5} if verb == "sign" else {"reason": "老人手抖，不便签名"}))
    assert charges_of(order) == [("collected", Decimal(160), "prepaid")]
    assert Deposit.objects.get(pk=case.pk).left == Decimal(160)
    assert recounted(world.office.pk).moved == written(world.office.pk)


@pytest.mark.django_db
@pytest.mark.clause("MR-34")
def test_two_prepaid_visits_use_up_the_prepayment_and_the_third_is_due_at_the_door(world: World) -> None:
    agreement = agreed.in_force(world)
    case = prepaid(world, agreement, "320.00")
    for left, status in (("160.00", "held"), ("0.00", "used_up")):
        done(world, visit(world, agreement))
        row = Deposit.objects.select_related("case").get(pk=case.pk)
        assert (row.left, row.case.status) == (Decimal(left), status)
    third = cleaned(world, visit(world, agreement))
    assert charges_of(third) == [("due", Decimal(160), "")]


@pytest.mark.django_db
@pytest.mark.clause("MR-34")
def test_a_visit_that_was_due_before_the_prepayment_came_is_paid_from_it_when_accepted(world: World) -> None:
    agreement = agreed.in_force(world)
    order = cleaned(world, visit(world, agreement))
    assert charges_of(order) == [("due", Decimal(160), "")]
    prepaid(world, agreement, "320.00")
    world.do(order, "sign", "customer", rating=5)
    assert charges_of(order) == [("collected", Decimal(160), "prepaid")]


@pytest.mark.django_db
@pytest.mark.clause("MR-34", "HS-3.3")
def test_what_several_prepayments_leave_is_collected_by_whom_the_whole_visit_asks_for(world: World) -> None:
    agreement = agreed.in_force(world)
    for amount in ("50.00", "60.00"):
        prepaid(world, agreement, amount)
    order = visit(world, agreement)
    done(world, order)
    assert charges_of(order) == [("collected", Decimal(50), "prepaid"), ("collected", Decimal(60), "prepaid"),
                                 ("due", Decimal(50), "")]  # fmt: skip
    rest = Case.objects.get(parent=order, kind="charge", status="due")
    with refused("HS-3.3", 403):
        world.do(rest, "collect", "housekeeper")  # 50 are due, of an order of 160
    world.do(rest, "collect", "business_lead")
    assert recounted(world.office.pk).moved == written(world.office.pk)


@pytest.mark.django_db
@pytest.mark.clause("MR-34")
def test_an_office_may_draw_prepayments_down_by_hand_alone(world: World) -> None:
    decide(world, "deposits.visits_draw_down", False)
    assert rules.pays(Decimal("160"), Decimal("160"), chosen(DepositPolicy, deposits__visits_draw_down=False)) == 0
    agreement = agreed.in_force(world)
    prepaid(world, agreement, "500.00")
    assert done(world, visit(world, agreement)).case.status == "due"


@pytest.mark.django_db
@pytest.mark.clause("MR-34")
def test_a_prepayment_names_its_agreement_and_what_is_left_is_given_back_never_kept(world: World) -> None:
    with refused("MR-34", 422):
        deposit(world, purpose="agreement")
    with refused("MR-34", 422):
        deposit(world, purpose="key", agreement="XH-L26-00001")
    with refused("MR-34", 422):
        deposit(world, purpose="agreement", agreement="XH-L26-99999")
    case = prepaid(world, agreed.in_force(world), "500.00")
    with refused("MR-34"):
        world.do(case, "keep_all", "office_manager", reason="违约")
    assert world.do(case, "give_back", "finance").status == "returned"
