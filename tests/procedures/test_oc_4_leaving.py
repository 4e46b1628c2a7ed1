"""OC-4  After the work: tools, valuables, the exact fee, the customer's own opinion, and the farewell."""

from decimal import Decimal

import pytest

from menling.journal.facts import Malformed
from menling.journal.models import Case
from menling.kernel.recording import own_opinion
from menling.kernel.roles import Role as R
from menling.money.books import balance
from menling.procedures.charge import collected_exactly
from menling.procedures.repair import REPAIR
from menling.procedures.repair_rules import published_price
from tests.office import World
from tests.procedures.given import last, refused
from tests.procedures.reminding import HOME, reminds, ticks

LEAVING = (
    ("OC-4.1", "带来的工具收齐", "gather the tools you brought"),
    ("OC-4.2", "贵重物品", "no valuables are missing"),
    ("OC-4.3", "打开工具箱", "open your tool box"),
    ("OC-4.6", "下次见", "until next time"),
)


@pytest.mark.parametrize(
    ("named", "zh", "en"), [pytest.param(*words, marks=pytest.mark.clause(words[0]), id=words[0]) for words in LEAVING]
)
def test_the_worker_is_reminded_before_leaving(named: str, zh: str, en: str) -> None:
    reminds(named, "leaving", HOME | {"finished"}, zh, en)


@pytest.mark.django_db
@pytest.mark.clause(*(named for named, _zh, _en in LEAVING))
def test_one_tap_before_leaving_journals_tools_valuables_and_farewell(world: World) -> None:
    ticks(world, world.finished(), "leaving", [named for named, _zh, _en in LEAVING])


# OC-4.4  The standard, no more and no less


@pytest.mark.clause("OC-4.4", "CF-17")
@pytest.mark.parametrize("asked", ["60.20", "85.99", "86.01", "111.80"])
def test_on_site_an_item_costs_the_standard_to_the_fen(asked: str) -> None:
    published_price(Decimal("86.00"), Decimal("86.00"))
    with refused("OC-4.4", 409):
        published_price(Decimal(asked), Decimal("86.00"))


@pytest.mark.clause("OC-4.4")
@pytest.mark.parametrize(
    ("amount", "reason", "responsible"),
    [("86.01", "", ""), ("86.01", "多收", "赵师傅"), ("85.99", "", ""), ("85.99", "质量问题", " "), ("85.99", " ", "赵师傅")],
)
def test_more_is_never_taken_and_less_only_with_reason_and_responsible_person(amount: str, reason: str, responsible: str) -> None:
    with refused("OC-4.4", 409):
        collected_exactly(Decimal(amount), Decimal("86.00"), reason, responsible)


@pytest.mark.clause("OC-4.4")
@pytest.mark.parametrize(("amount", "short"), [("85.99", "0.01"), ("60.00", "26.00"), ("0.00", "86.00")])
def test_what_is_short_is_figured_to_the_fen(amount: str, short: str) -> None:
    assert collected_exactly(Decimal(amount), Decimal("86.00"), "质量问题", "赵师傅") == Decimal(short)
    with refused("OC-4.4", 409):
        collected_exactly(Decimal(amount), Decimal("86.00"), "", "")


@pytest.mark.django_db
@pytest.mark.clause("OC-4.4")
def test_a_shortfall_is_booked_against_the_person_responsible_and_nothing_is_deducted(world: World) -> None:
    charge = world.child(world.finished("86.00"), "charge")
    world.do(charge, "collect", "repair_worker", amount=Decimal("80.00"), shortfall_reason="返工", responsible="员工5")
    event = last(charge, "collect")
    assert ("OC-4.4" in event.clauses, event.facts["shortfall"], event.facts["responsible"]) == (True, "6.00", "员工5")
    assert balance(world.office.pk, "shortfall:员工5") == Decimal("6.00")
    assert balance(world.office.pk, f"bag:{world.staff['repair_worker'].pk}") == Decimal("80.00")


@pytest.mark.django_db
@pytest.mark.clause("OC-4.4")
def test_the_price_a_worker_names_is_held_against_the_list(world: World) -> None:
    case = world.at_home()
    with refused("OC-4.4", 409):
        world.do(case, "quote", "repair_worker", items=[{"code": "W01", "price": "80.00"}])
    with refused("OC-4.4", 409):
        world.do(case, "quote", "repair_worker", items=[{"code": "W01"}], amount=Decimal("90.00"))
    assert world.do(case, "quote", "repair_worker", items=[{"code": "W01", "price": "86.00"}]).status == "quoted"


@pytest.mark.django_db
@pytest.mark.clause("OC-4.4")
def test_material_with_a_published_price_is_given_free_only_with_a_reason(world: World) -> None:
    case = world.at_home()
    with refused("OC-4.4", 422):
        world.do(case, "add_material", "repair_worker", code="M01", free=True)
    world.do(case, "add_material", "repair_worker", code="M01", free=True, reason="上次装坏")
    world.do(case, "add_material", "repair_worker", name="生料带", free=True)
    assert [(line["name"], line["amount"]) for line in case.order.materials] == [("三角阀", "0.00"), ("生料带", "0.00")]
    assert [event.facts.get("reason") for event in case.events.filter(verb="add_material").order_by("pk")] == ["上次装坏", None]


# OC-4.5  The opinion is the customer's own


@pytest.mark.clause("OC-4.5")
def test_no_role_of_the_office_rates_or_signs_a_slip() -> None:
    rating = [step for step in REPAIR.steps if step.verb == "rate"]
    assert [(step.clauses[0], step.roles) for step in rating] == [("OC-4.5", {R.CUSTOMER})]
    assert [step.roles for step in REPAIR.steps if step.verb == "sign"] == [{R.CUSTOMER}]


@pytest.mark.django_db
@pytest.mark.clause("OC-4.5", "CF-22")
@pytest.mark.parametrize("who", ["repair_worker", "team_lead", "control_centre", "service_desk", "office_manager", "quality"])
def test_no_member_of_staff_writes_rating_or_opinion(world: World, who: str) -> None:
    case = world.finished()
    with refused("OC-4.5", 403):
        world.do(case, "rate", who, rating=5, opinion="很好")
    with refused("HC-5.5.1", 403):
        world.do(case, "sign", who, rating=5, opinion="很好")
    assert opinion_of(case) == (None, "")


@pytest.mark.clause("OC-4.5", "CF-22")
@pytest.mark.parametrize("verb", ["sign", "rate"])
def test_the_resident_s_own_words_are_never_recorded_for_the_resident(verb: str) -> None:
    own_opinion("finish")
    with refused("OC-4.5", 403):
        own_opinion(verb)


@pytest.mark.django_db
@pytest.mark.clause("OC-4.5", "CF-22")
@pytest.mark.parametrize("verb", ["sign", "rate"])
def test_not_even_on_behalf_of_the_resident_does_staff_write_the_opinion(world: World, verb: str) -> None:
    case = world.finished()
    on_behalf = world.actor("customer").recorded_by(world.actor("service_desk"), "phone")
    with refused("OC-4.5", 403):
        world.answer(verb, case, on_behalf, rating=5, opinion="很好")
    assert opinion_of(case) == (None, "")


@pytest.mark.django_db
@pytest.mark.clause("OC-4.5")
def test_the_resident_writes_the_opinion_in_own_words(world: World) -> None:
    case = world.finished()
    world.do(case, "rate", "customer", rating=2, opinion="师傅来晚了")
    assert (opinion_of(case), last(case, "rate").clauses[0]) == ((2, "师傅来晚了"), "OC-4.5")
    for field in ("rating", "opinion"):
        with pytest.raises(Malformed):
            world.do(case, "correct", "control_centre", field=field, value="5", reason="改")


def opinion_of(case: Case) -> tuple[int | None, str]:
    case.order.refresh_from_db()
    return case.order.rating, case.order.opinion
