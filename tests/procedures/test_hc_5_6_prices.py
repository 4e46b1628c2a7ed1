"""HC-5.6  The office's prices: within the band of the standard list, filed by finance and quality, then public."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from menling.catalogue.models import FeeStandard, PriceItem, StandardItem
from menling.catalogue.quotes import list_in_force
from menling.journal.models import Case
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role as R
from menling.procedures.fee_standard import FEE_STANDARD, FeePolicy, standard_or_reviewed, two_departments, within_band
from tests.office import World
from tests.procedures.given import chosen, decide, newest_message, refused, told_roles

SHIPPED = FeePolicy()
HUNDRED = Decimal("100.00")


def propose(world: World, *items: dict[str, Any], who: str = "office_manager", **more: Any) -> Case:
    given = list(items) or [{"code": "W01", "price": "90.00"}]
    answer = world.answer("file", None, who, kind="fee_standard", items=given, **more)
    return Case.objects.get(number=answer.body["number"])


def filed(world: World, *items: dict[str, Any], **more: Any) -> Case:
    case = propose(world, *items, **more)
    world.do(case, "file_finance", "finance")
    return world.do(case, "file_quality", "quality")


def price_of(world: World, code: str = "W01") -> Decimal | None:
    listed = list_in_force(world.office, world.now)
    found = PriceItem.objects.filter(price_list=listed, code=code).first()
    return found.price if found else None


# HC-5.6.1  The band


@pytest.mark.clause("HC-5.6.1", "CF-17")
@pytest.mark.parametrize(
    ("price", "fine"), [("69.99", False), ("70.00", True), ("70.01", True), ("129.99", True), ("130.00", True), ("130.01", False)]
)
def test_a_price_is_between_seventy_and_a_hundred_and_thirty_percent_of_the_standard(price: str, fine: bool) -> None:
    if fine:
        within_band("W01", Decimal(price), HUNDRED, SHIPPED)
        return
    with refused("HC-5.6.1", 409):
        within_band("W01", Decimal(price), HUNDRED, SHIPPED)


@pytest.mark.clause("HC-5.6.1")
@pytest.mark.parametrize(("price", "fine"), [("0.03", False), ("0.04", True), ("0.06", True), ("0.07", False)])
def test_the_limits_are_compared_unrounded(price: str, fine: bool) -> None:
    """Of 0.05 yuan the band is 0.035 to 0.065."""
    if fine:
        within_band("W01", Decimal(price), Decimal("0.05"), SHIPPED)
        return
    with refused("HC-5.6.1", 409):
        within_band("W01", Decimal(price), Decimal("0.05"), SHIPPED)


@pytest.mark.clause("HC-5.6.1")
@pytest.mark.parametrize(("standard", "told"), [("86.00", "¥60.20 to ¥111.80"), ("0.05", "¥0.035 to ¥0.065")])
def test_the_limits_are_told_to_the_fen_and_beyond_it_only_where_they_lie_there(standard: str, told: str) -> None:
    with pytest.raises(Refused, match=told):
        within_band("W01", Decimal("200.00"), Decimal(standard), SHIPPED)


@pytest.mark.clause("HC-5.6.1")
@pytest.mark.parametrize(("price", "fine"), [("79.99", False), ("80.00", True), ("120.00", True), ("120.01", False)])
def test_an_office_may_choose_a_narrower_band(price: str, fine: bool) -> None:
    policy = chosen(FeePolicy, money__price_band_pct="20")
    if fine:
        within_band("W01", Decimal(price), HUNDRED, policy)
        return
    with refused("HC-5.6.1", 409):
        within_band("W01", Decimal(price), HUNDRED, policy)


@pytest.mark.django_db
@pytest.mark.clause("HC-5.6.1")
def test_no_office_chooses_a_wider_one(world: World) -> None:
    decide(world, "money.price_band_pct", "30")
    with refused("HC-5.6.1", 409):
        decide(world, "money.price_band_pct", "30.01")


@pytest.mark.django_db
@pytest.mark.clause("HC-5.6.1")
@pytest.mark.parametrize(("price", "fine"), [("60.19", False), ("60.20", True), ("111.80", True), ("111.81", False)])
def test_a_proposed_list_is_judged_line_by_line_by_the_standard_of_the_day(world: World, price: str, fine: bool) -> None:
    if fine:
        assert propose(world, {"code": "W01", "price": price}).status == "proposed"
        return
    with refused("HC-5.6.1", 409):
        propose(world, {"code": "W02", "price": "5.00"}, {"code": "W01", "price": price})
    assert not FeeStandard.objects.exists()


@pytest.mark.django_db
@pytest.mark.clause("HC-5.6.1")
def test_a_new_standard_price_counts_from_its_day_on(world: World) -> None:
    StandardItem.objects.create(company=world.company, code="W01", name="疏通", price=Decimal("200.00"), per="visit",
                                in_force_from=world.now + timedelta(days=1))  # fmt: skip
    propose(world, {"code": "W01", "price": "90.00"})
    world.later(60 * 24)
    with refused("HC-5.6.1", 409):
        propose(world, {"code": "W01", "price": "90.00"})
    propose(world, {"code": "W01", "price": "140.00"})


@pytest.mark.django_db
@pytest.mark.clause("HC-5.6.1")
def test_material_has_no_band_and_a_line_stands_once(world: World) -> None:
    propose(world, {"code": "M01", "price": "999.00", "name": "三角阀", "is_material": True})
    with refused("HC-5.6.1", 422):
        propose(world, {"code": "W01", "price": "90.00"}, {"code": "W01", "price": "91.00"})
    with refused("MR-6", 422):
        propose(world, {"code": "W01", "price": "90.001"})


@pytest.mark.django_db
@pytest.mark.clause("HC-5.6.1")
def test_a_standard_service_called_material_keeps_its_band(world: World) -> None:
    with refused("HC-5.6.1", 409):
        propose(world, {"code": "W01", "price": "111.81", "name": "疏通", "is_material": True})
    assert not FeeStandard.objects.exists()


# HC-5.6.1  Filed by two departments, then in force and public


@pytest.mark.django_db
@pytest.mark.clause("HC-5.6.1")
@pytest.mark.parametrize("order", [("finance", "quality"), ("quality", "finance")])
def test_a_list_is_in_force_once_both_departments_filed_it_in_either_order(world: World, order: tuple[str, str]) -> None:
    case = propose(world)
    world.do(case, f"file_{order[0]}", order[0])
    assert price_of(world) == Decimal("86.00")
    world.later(5)
    world.do(case, f"file_{order[1]}", order[1])
    assert (case.status, price_of(world)) == ("filed", Decimal("90.00"))
    assert case.closed_at is not None


@pytest.mark.django_db
@pytest.mark.clause("HC-5.6.1")
def test_both_departments_are_told_and_the_desks_when_it_is_public(world: World) -> None:
    case = propose(world)
    assert told_roles(case) == {"finance", "quality"}
    since = newest_message()
    world.do(case, "file_finance", "finance")
    world.do(case, "file_quality", "quality")
    assert told_roles(case, since) == {"office_manager", "service_desk", "control_centre"}


@pytest.mark.django_db
@pytest.mark.clause("HC-5.6.1")
@pytest.mark.parametrize(("after", "price"), [(-1, "86.00"), (0, "90.00"), (1, "90.00")])
def test_a_list_wanted_later_is_in_force_from_then_on(world: World, after: int, price: str) -> None:
    wanted = world.now + timedelta(days=1)
    filed(world, from_at=wanted)
    world.now = wanted + timedelta(seconds=after)
    assert price_of(world) == Decimal(price)


@pytest.mark.django_db
@pytest.mark.clause("HC-5.6.1")
def test_a_list_wanted_earlier_is_in_force_from_its_filing_and_not_before(world: World) -> None:
    case = propose(world, from_at=world.now - timedelta(days=30))
    world.later(60)
    world.do(case, "file_finance", "finance")
    world.do(case, "file_quality", "quality")
    assert case.feestandard.price_list.in_force_from == world.now


@pytest.mark.django_db
@pytest.mark.clause("HC-5.6.1")
@pytest.mark.parametrize(("after", "price"), [(-1, "86.00"), (0, "90.00"), (1, "90.00")])
def test_filings_written_down_afterwards_price_nothing_reported_before_that(world: World, after: int, price: str) -> None:
    case = propose(world)
    filed_at, written = world.now, world.later(240)
    world.do(case, "file_finance", "finance", at=filed_at)
    world.do(case, "file_quality", "quality", at=filed_at)
    world.now = written + timedelta(seconds=after)
    assert price_of(world) == Decimal(price)


@pytest.mark.clause("HC-5.6.1")
@pytest.mark.parametrize(("verb", "status", "who"), [
    ("file_finance", "proposed", R.QUALITY), ("file_quality", "proposed", R.FINANCE),
    ("file_finance", "proposed", R.OFFICE_MANAGER), ("file", "new", R.SERVICE_DESK),
    ("file", "new", R.FINANCE), ("send_back", "proposed", R.OFFICE_MANAGER),
    ("withdraw", "proposed", R.FINANCE),
])  # fmt: skip
def test_nobody_files_for_another_department(verb: str, status: str, who: R) -> None:
    with refused("HC-5.6.1", 403):
        FEE_STANDARD.step(verb, status, frozenset({who}))


@pytest.mark.clause("HC-5.6.1")
def test_one_person_with_both_roles_does_not_file_for_both() -> None:
    two_departments(None, 7)
    two_departments(8, 7)
    with refused("HC-5.6.1", 403):
        two_departments(7, 7)


@pytest.mark.django_db
@pytest.mark.clause("HC-5.6.1")
@pytest.mark.parametrize(
    ("verb", "who", "status"), [("send_back", "quality", "sent_back"), ("withdraw", "office_manager", "withdrawn")]
)
def test_what_is_sent_back_or_withdrawn_with_a_reason_never_comes_into_force(
    world: World, verb: str, who: str, status: str
) -> None:
    case = propose(world)
    world.do(case, "file_finance", "finance")
    with refused("HC-5.6.1", 422):
        world.do(case, verb, who, reason=" ")
    world.do(case, verb, who, reason="疏通偏高")
    assert (case.status, price_of(world)) == (status, Decimal("86.00"))
    with refused("HC-5.6.1"):
        world.do(case, "file_quality", "quality")


@pytest.mark.django_db
@pytest.mark.clause("HC-5.6.1")
def test_an_order_keeps_the_price_list_it_was_reported_under(world: World) -> None:
    before = world.at_home()
    world.later(5)
    filed(world, {"code": "W01", "price": "90.00"})
    world.later(5)
    world.do(before, "quote", "repair_worker", items=[{"code": "W01"}])
    assert before.order.due == Decimal("86.00")
    world.do(before, "carry_over", "repair_worker", reason="待续", next_at=world.now)
    after = world.at_home()
    world.do(after, "quote", "repair_worker", items=[{"code": "W01"}])
    assert after.order.due == Decimal("90.00")


@pytest.mark.django_db
@pytest.mark.clause("HC-5.6.1")
def test_another_office_keeps_its_own_list(world: World) -> None:
    filed(world)
    assert list_in_force(world.elsewhere, world.now) is None


# HC-5.6.2  What is not on the standard list


@pytest.mark.clause("HC-5.6.2")
def test_a_service_off_the_standard_list_needs_the_number_of_its_contract_review() -> None:
    standard_or_reviewed("N01", standard=True, review="")
    standard_or_reviewed("N01", standard=False, review="HT-2026-07")
    with refused("HC-5.6.2", 409):
        standard_or_reviewed("N01", standard=False, review=" ")


@pytest.mark.django_db
@pytest.mark.clause("HC-5.6.2")
def test_it_has_a_price_only_after_the_review(world: World) -> None:
    line = {"code": "N01", "name": "钢琴搬运", "price": "500.00"}
    with refused("HC-5.6.2", 409):
        filed(world, line)
    filed(world, line | {"review": "HT-2026-07"})
    kept = PriceItem.objects.get(code="N01")
    assert (kept.standard, kept.review, price_of(world, "N01")) == (None, "HT-2026-07", Decimal("500.00"))
