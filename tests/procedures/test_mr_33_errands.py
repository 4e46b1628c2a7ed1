"""MR-32, MR-33  What a resident paid in cash for an errand may be given back like any other money."""

from decimal import Decimal
from functools import partial

import pytest

from menling.journal.models import Case
from menling.kernel.refusal import Refused
from tests.buying import BUYER, signed
from tests.giving import REASON, at
from tests.office import World
from tests.procedures.given import last, refused
from tests.recount import recounted, written
from tests.together import together

pytestmark = [pytest.mark.django_db, pytest.mark.clause("MR-33")]
D = Decimal


def paid(world: World, amount: str = "86.00", method: str = "cash") -> Case:
    """Return an errand the resident has paid."""
    case = signed(world, amount)
    return world.do(case, "settle", BUYER if D(amount) < 100 else "business_lead", method=method)


def asked(world: World, errand: Case, amount: str, who: str = "service_desk") -> Case:
    answer = world.answer("request", None, who, kind="adjustment", order=errand.number, sort="refund", amount=amount,
                          reason=REASON)  # fmt: skip
    return Case.objects.get(number=answer.body["number"])


def test_an_errand_is_refunded_in_cash_to_its_customer_and_the_books_know(world: World) -> None:
    errand = paid(world)
    refund = world.do(asked(world, errand, "86.00"), "approve", "business_lead")
    world.do(refund, "pay_out", "finance", method="cash")
    assert (last(refund, "pay_out").facts["paid_to"], refund.parent) == ("王芳", errand)
    assert at(world, "refunded") == D("86.00")
    assert recounted(world.office.pk).moved == written(world.office.pk)


@pytest.mark.parametrize(("amount", "passes"), [("85.99", True), ("86.00", True), ("86.01", False), ("0.00", False)])
def test_never_more_comes_back_than_was_paid(world: World, amount: str, passes: bool) -> None:
    errand = paid(world)
    if passes:
        assert asked(world, errand, amount).status == "requested"
    else:
        with refused("MR-33", 409):
            asked(world, errand, amount)


def test_what_was_asked_for_or_given_before_counts_until_it_is_declined(world: World) -> None:
    errand = paid(world)
    first = asked(world, errand, "50.00")
    with refused("MR-33", 409):
        asked(world, errand, "36.01")
    rest = world.do(asked(world, errand, "36.00"), "approve", "business_lead")
    world.do(rest, "pay_out", "finance", method="bank")
    world.do(first, "decline", "business_lead", reason="货已用")
    with refused("MR-33", 409):
        asked(world, errand, "50.01")
    assert asked(world, errand, "50.00").status == "requested"


@pytest.mark.clause("MR-32")
@pytest.mark.parametrize(("amount", "passes"), [("199.99", True), ("200.00", True), ("200.01", False)])
def test_the_limits_are_those_of_every_refund(world: World, amount: str, passes: bool) -> None:
    refund = asked(world, paid(world, "300.00"), amount)
    if passes:
        assert world.do(refund, "approve", "business_lead").status == "approved"
    else:
        with refused("MR-32", 403):
            world.do(refund, "approve", "business_lead")
        assert world.do(refund, "approve", "office_manager").status == "approved"


def test_what_is_not_paid_yet_or_waived_is_nothing_to_give_back(world: World) -> None:
    errand = signed(world)
    with refused("MR-33", 409):
        asked(world, errand, "86.00")
    world.do(errand, "settle", BUYER)
    with refused("MR-33", 409):
        world.answer("request", None, "service_desk", kind="adjustment", order=errand.number, sort="waiver", amount="86.00",
                     reason=REASON)  # fmt: skip


def test_an_errand_paid_by_qr_code_still_waits_for_its_statement(world: World) -> None:
    errand = paid(world, method="qr")
    refund = world.do(asked(world, errand, "86.00"), "approve", "business_lead")
    assert refund.adjustment.charge.case.parent == errand
    with refused("MR-33"):
        world.do(refund, "pay_out", "finance")


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_the_same_moment_do_not_ask_for_more_than_was_paid(world: World) -> None:
    errand = paid(world)
    outcomes = together([partial(asked, world, errand, "50.00", who) for who in ("service_desk", "control_centre")])
    assert sum(isinstance(each, Refused) for each in outcomes) == 1
