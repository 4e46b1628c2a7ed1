"""HC-5.6.2, MR-36  What is not on the price list waits for its contract review."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from menling.jobs.agreements import file_visits
from menling.journal.models import Case
from menling.journal.sweep import sweep
from menling.kernel.roles import Role
from menling.procedures.contract_review import ReviewPolicy, amount_reviewed, may_decide, not_held
from tests import alarms, cleaning
from tests.agreed import in_force
from tests.doors.web import browser, words
from tests.office import World
from tests.procedures.given import chosen, decide, last, promise, refused, told_roles, told_staff

PIANO = {"content": "钢琴搬到八楼", "price": "500.00"}
TAKEN = {"reason": "两个人能搬"}


def d(text: str) -> Decimal:
    return Decimal(text)


def held(world: World, case: Case | None = None) -> tuple[Case, Case]:
    """An order whose resident wants something off the list, and the review it waits for."""
    case = world.do(case or world.at_home(), "ask_review", "repair_worker", **PIANO)
    return case, world.child(case, "contract_review")


@pytest.mark.clause("HC-5.6.2")
def test_what_waits_for_a_review_is_held_and_nothing_else_is() -> None:
    not_held("")
    with refused("HC-5.6.2"):
        not_held("XH-Q26-00001")


@pytest.mark.clause("HC-5.6.2")
@pytest.mark.parametrize(("amount", "passes"), [("499.99", False), ("500.00", True), ("500.01", False)])
def test_the_price_is_the_one_the_review_agreed_to_to_the_fen(amount: str, passes: bool) -> None:
    for policy in (ReviewPolicy(), chosen(ReviewPolicy, money__bare_amounts="reviewed")):
        if passes:
            amount_reviewed(d(amount), [d("500.00")], reviewed=True, policy=policy)
        else:
            with refused("HC-5.6.2", 409):
                amount_reviewed(d(amount), [d("500.00")], reviewed=True, policy=policy)


@pytest.mark.clause("HC-5.6.2", "MR-36")
def test_a_bare_amount_is_taken_at_its_word_unless_the_office_wants_every_one_reviewed() -> None:
    amount_reviewed(d("86.00"), [], reviewed=False, policy=ReviewPolicy())
    with refused("HC-5.6.2", 409):
        amount_reviewed(d("86.00"), [], reviewed=False, policy=chosen(ReviewPolicy, money__bare_amounts="reviewed"))
    with refused("HC-5.6.2", 409):
        amount_reviewed(d("86.00"), [], reviewed=True, policy=ReviewPolicy())
    for amount, fine in (("0.00", True), ("0.01", False)):
        if fine:
            amount_reviewed(d(amount), [], reviewed=True, policy=ReviewPolicy())
        else:
            with refused("HC-5.6.2", 409):
                amount_reviewed(d(amount), [], reviewed=True, policy=ReviewPolicy())


@pytest.mark.clause("MR-36")
@pytest.mark.parametrize(("choice", "role", "passes"), [
    ("manager", Role.OFFICE_MANAGER, True), ("manager", Role.BUSINESS_LEAD, False), ("lead", Role.BUSINESS_LEAD, True),
])  # fmt: skip
def test_the_office_chooses_who_decides(choice: str, role: Role, passes: bool) -> None:
    policy = chosen(ReviewPolicy, money__contract_reviewers=choice)
    if passes:
        may_decide(frozenset({role}), 1, 2, policy)
        with refused("MR-36", 403):
            may_decide(frozenset({role}), 2, 2, policy)
    else:
        with refused("MR-36", 403):
            may_decide(frozenset({role}), 1, 2, policy)


@pytest.mark.django_db
@pytest.mark.clause("HC-5.6.2")
def test_an_order_waits_for_the_decision_and_goes_on_with_the_price_agreed_to(world: World) -> None:
    case, review = held(world)
    for verb, facts in (("start", {}), ("finish", {"summary": "搬了"}), ("quote", {"amount": "500.00"}), ("ask_review", PIANO)):
        with refused("HC-5.6.2"):
            world.do(case, verb, "repair_worker", **facts)
    world.do(review, "approve", "office_manager", price="450.00", reason="两个人半天")
    with refused("HC-5.6.2", 409):
        world.do(case, "quote", "repair_worker", amount="500.00")
    world.do(case, "quote", "repair_worker", items=[{"code": "W01"}], review=review.number)
    assert [(line["name"], line["amount"], line.get("review")) for line in case.order.quote] == [
        ("疏通厨房下水", "86.00", None), ("钢琴搬到八楼", "450.00", review.number),
    ]  # fmt: skip
    world.do(case, "consent", "customer")
    world.do(case, "finish", "repair_worker", summary="搬好")
    assert world.child(case, "charge").charge.due == d("536.00")


@pytest.mark.django_db
@pytest.mark.clause("HC-5.6.2")
def test_the_amount_alone_finds_the_review_that_agreed_to_it(world: World) -> None:
    case, review = held(world)
    world.do(review, "approve", "office_manager", **TAKEN)
    world.do(case, "quote", "repair_worker", amount="500.00", description="搬钢琴")
    assert (case.order.quote[0]["review"], case.order.due) == (review.number, d("500.00"))


@pytest.mark.django_db
@pytest.mark.clause("HC-5.6.2")
def test_what_was_not_taken_on_has_no_price_and_the_rest_of_the_order_goes_on(world: World) -> None:
    case, review = held(world)
    with refused("HC-5.6.2", 422):
        world.do(review, "decline", "office_manager", reason=" ")
    world.do(review, "decline", "office_manager", reason="没有吊装资质")
    for facts in ({"amount": "500.00"}, {"review": review.number}):
        with refused("HC-5.6.2", 409):
            world.do(case, "quote", "repair_worker", **facts)
    world.do(case, "quote", "repair_worker", items=[{"code": "W01"}])
    assert case.status == "quoted"


@pytest.mark.django_db
@pytest.mark.clause("HC-5.6.2")
def test_the_review_of_another_order_gives_this_one_no_price(world: World) -> None:
    _case, review = held(world)
    world.do(review, "approve", "office_manager", **TAKEN)
    other = world.file()
    world.do(other, "accept", "control_centre")
    world.do(other, "dispatch", "control_centre", worker=world.staff["repair_worker_2"].number)
    world.do(other, "arrive", "repair_worker_2")
    with refused("HC-5.6.2", 409):
        world.do(other, "quote", "repair_worker_2", review=review.number)


@pytest.mark.django_db
@pytest.mark.clause("HC-5.6.2")
def test_a_review_without_an_order_serves_the_order_that_comes_of_it(world: World) -> None:
    answer = world.answer("file", None, "service_desk", kind="contract_review", customer="王芳", **PIANO)
    review = Case.objects.get(number=answer.body["number"])
    world.do(review, "approve", "office_manager", **TAKEN)
    case = world.do(world.at_home(), "quote", "repair_worker", review=review.number)
    assert case.order.due == d("500.00")


@pytest.mark.django_db
@pytest.mark.clause("MR-36")
def test_a_review_that_is_withdrawn_lets_the_order_go(world: World) -> None:
    case, review = held(world)
    with refused("MR-36", 403):
        world.do(review, "withdraw", "repair_worker", reason="不搬了")
    world.do(review, "withdraw", "control_centre", reason="业主不搬了")
    assert world.do(case, "finish", "repair_worker", summary="检查完毕").status == "finished"


@pytest.mark.django_db
@pytest.mark.clause("MR-36")
def test_nobody_decides_on_the_own_wish_and_the_asker_hears_the_decision(world: World) -> None:
    answer = world.answer("file", None, "office_manager", kind="contract_review", **PIANO)
    with refused("MR-36", 403):
        world.do(Case.objects.get(number=answer.body["number"]), "approve", "office_manager", **TAKEN)
    _case, review = held(world)
    assert told_roles(review) == {"office_manager", "company_management"}
    world.do(review, "approve", "office_manager", **TAKEN)
    assert told_staff(review) == [world.staff["repair_worker"].pk]
    assert last(review, "approve").facts == {"price": "500.00", "reason": "两个人能搬"}


@pytest.mark.django_db
@pytest.mark.clause("MR-36")
@pytest.mark.parametrize(("seconds", "broken"), [(-1, 0), (0, 0), (1, 1)])
def test_a_review_is_decided_within_the_hours_of_the_office(world: World, seconds: int, broken: int) -> None:
    decide(world, "money.contract_review_hours", 2)
    _case, review = held(world)
    sweep(world.later(minutes=120, seconds=seconds))
    assert (promise(review, "decide").broken_at is not None) == bool(broken)


@pytest.mark.django_db
@pytest.mark.clause("HC-5.6.2", "MR-36")
def test_an_office_may_have_every_bare_amount_reviewed(world: World) -> None:
    before = world.at_home()
    decide(world, "money.bare_amounts", "reviewed")
    assert world.do(before, "quote", "repair_worker", amount="86.00").status == "quoted"  # it keeps the rule of its day
    world.do(before, "carry_over", "repair_worker", reason="待续", next_at=world.now)
    case = world.at_home()
    with refused("HC-5.6.2", 409):
        world.do(case, "quote", "repair_worker", amount="86.00")
    assert world.do(case, "quote", "repair_worker", items=[{"code": "W01"}]).order.due == d("86.00")


def _repair(world: World) -> tuple[Case, str]:
    return world.at_home(), "repair_worker"


def _cleaning(world: World) -> tuple[Case, str]:
    return world.do(cleaning.booked(world), "accept", "service_desk"), "service_desk"


def _alarm(world: World) -> tuple[Case, str]:
    return world.do(alarms.sent(world), "arrive", "engineering_crew"), "engineering_crew"


@pytest.mark.django_db
@pytest.mark.clause("HC-5.6.2", "MR-36")
@pytest.mark.parametrize("order", [_repair, _cleaning, _alarm])
def test_reviewed_every_time_every_kind_of_order_has_no_price_but_that_of_the_list_or_of_a_review(
    world: World, order: Callable[[World], tuple[Case, str]]
) -> None:
    decide(world, "money.bare_amounts", "reviewed")
    case, who = order(world)
    for bare in ({"amount": "500.00"}, {"amount": "0.01", "description": "疏通厨房下水"}):
        with refused("HC-5.6.2", 409):
            world.do(case, "quote", who, **bare)
    world.do(case, "ask_review", who, **PIANO)
    review = world.child(case, "contract_review")
    assert (review.status, case.order.quote) == ("asked", [])
    with refused("HC-5.6.2"):
        world.do(case, "quote", who, amount="500.00")
    world.do(review, "approve", "office_manager", **TAKEN)
    with refused("HC-5.6.2", 409):
        world.do(case, "quote", who, amount="500.01")
    world.do(case, "quote", who, amount="500.00")
    assert [(line["amount"], line["review"]) for line in case.order.quote] == [("500.00", review.number)]


@pytest.mark.django_db
@pytest.mark.clause("MR-36")
def test_who_decides_on_bare_amounts_reads_what_a_word_is_taken_for(world: World) -> None:
    page = words(browser(world, "office_manager").read("/figures/money.bare_amounts"))
    assert "An amount alone does not say whether it is one" in page


@pytest.mark.django_db
@pytest.mark.clause("MR-36")
def test_the_price_of_a_signed_agreement_needs_no_review_of_its_own(world: World) -> None:
    decide(world, "money.bare_amounts", "reviewed")
    in_force(world)
    world.later(24 * 60)
    file_visits(world.now)
    visit = Case.objects.filter(kind="housekeeping").earliest("pk")
    assert (visit.order.due, visit.order.agreed_how) == (d("160.00"), "agreement")
