"""OC-3  At work: polite, organised, nothing of the customer's used or taken, damage made good at its price."""

from decimal import Decimal

import pytest

from menling.procedures.conduct_policy import ConductPolicy
from menling.procedures.damage import compensation, damage_reported
from menling.procedures.repair_policy import RepairPolicy
from tests.office import World
from tests.procedures.given import chosen, decide, last, newest_message, refused, told_roles
from tests.procedures.reminding import BEFORE, HOME, reminds, says, ticks

AT_WORK = (
    ("OC-3.1", "礼貌用语", "words polite"),
    ("OC-3.2", "请组长先与客户谈", "speak with the customer first"),
    ("OC-3.3", "请组长用心安排", "organise with care"),
    ("OC-3.4", "不省步骤", "skip nothing"),
    ("OC-3.5", "不用客户的电话", "do not use the customer's telephone"),
    ("OC-3.6", "递烟请礼貌谢绝", "decline with thanks"),
    ("OC-3.7", "自己带的杯子", "the cup you brought"),
    ("OC-3.8", "要小费", "nor tips"),
    ("OC-3.9", "先上后下、先里后外", "from the top down and from the inside out"),
    ("OC-3.10", "不与客户闲聊", "do not chat with the customer"),
)


@pytest.mark.parametrize(
    ("named", "zh", "en"), [pytest.param(*words, marks=pytest.mark.clause(words[0]), id=words[0]) for words in AT_WORK]
)
def test_the_worker_is_reminded_at_work(named: str, zh: str, en: str) -> None:
    reminds(named, "at_the_door", BEFORE | HOME, zh, en)


@pytest.mark.django_db
@pytest.mark.clause(*(named for named, _zh, _en in AT_WORK))
def test_one_tap_journals_the_conduct_at_work(world: World) -> None:
    ticks(world, world.at_home(), "at_the_door", [named for named, _zh, _en in AT_WORK])


@pytest.mark.django_db
@pytest.mark.clause("OC-3.2", "OC-3.3")
def test_the_team_leader_on_the_spot_taps_for_talk_and_order(world: World) -> None:
    ticks(world, world.at_home(), "at_the_door", ["OC-3.2", "OC-3.3"], who="team_lead")


@pytest.mark.clause("OC-3.5", "CF-11")
def test_the_customer_s_telephone_is_never_used_unless_the_office_allows_special_need() -> None:
    assert [("never use" in line) for line in says("OC-3.5", ConductPolicy()) or ()] == [True]
    allowed = says("OC-3.5", chosen(ConductPolicy, conduct__customer_phone="special_circumstances_with_note")) or ()
    assert [("special need" in line, "consent" in line, "reason" in line) for line in allowed] == [(True, True, True)]


@pytest.mark.django_db
@pytest.mark.clause("OC-3.5", "CF-11")
def test_a_call_in_special_need_is_noted_with_consent_and_reason(world: World) -> None:
    decide(world, "conduct.customer_phone", "special_circumstances_with_note")
    case = world.at_home()
    ticks(world, case, "at_the_door", ["OC-3.5"])
    world.do(case, "note", "repair_worker", text="经业主同意借用座机：对讲没电，水阀爆裂")
    assert last(case, "note").actor_name == world.staff["repair_worker"].name


@pytest.mark.clause("OC-3.7", "CF-12")
def test_the_own_cup_is_named_unless_the_office_rules_out_drinking() -> None:
    assert [("own cup is fine" in line) for line in says("OC-3.7", ConductPolicy()) or ()] == [True]
    assert says("OC-3.7", chosen(ConductPolicy, conduct__drinking="none")) is None


@pytest.mark.clause("OC-3.10", "CF-36")
def test_what_may_be_said_to_the_customer_is_the_office_s_choice() -> None:
    quiet = chosen(ConductPolicy, conduct__talk="team_leader_only")
    assert [("about the service" in line) for line in says("OC-3.10", ConductPolicy()) or ()] == [True]
    assert [("to the team leader" in line) for line in says("OC-3.10", quiet) or ()] == [True]


# OC-3.11  Damage is made good at its price


@pytest.mark.django_db
@pytest.mark.clause("OC-3.11")
def test_the_worker_is_told_what_to_do_about_damage(world: World) -> None:
    reminds("OC-3.11", "damage", HOME | {"finished", "objected"}, "损坏报告", "damage report")
    ticks(world, world.at_home(), "damage", ["OC-3.11"])


@pytest.mark.clause("OC-3.11")
def test_a_visit_with_damage_ends_only_with_its_report() -> None:
    damage_reported(damaged=False, reports=0)
    damage_reported(damaged=True, reports=1)
    with refused("OC-3.11"):
        damage_reported(damaged=True, reports=0)


@pytest.mark.clause("OC-3.11")
@pytest.mark.parametrize(
    ("price", "pct", "paid"), [("129.90", "100", "129.90"), ("129.90", "150", "194.85"), ("0.01", "100", "0.01")]
)
def test_damage_is_compensated_at_its_price_or_what_the_office_adds(price: str, pct: str, paid: str) -> None:
    policy = chosen(RepairPolicy, damage__compensation_pct=pct)
    assert compensation(Decimal(price), policy.compensation_pct) == Decimal(paid)


@pytest.mark.django_db
@pytest.mark.clause("OC-3.11")
def test_no_office_compensates_less_than_the_price(world: World) -> None:
    assert compensation(Decimal("129.90"), RepairPolicy().compensation_pct) == Decimal("129.90")
    with refused("OC-3.11", 409):
        decide(world, "damage.compensation_pct", "99.99")


@pytest.mark.django_db
@pytest.mark.clause("OC-3.11", "CF-27")
def test_a_damage_report_names_item_price_and_compensation_and_stays_with_the_visit(world: World) -> None:
    case = world.at_home()
    with refused("OC-3.11"):
        world.do(case, "finish", "repair_worker", damaged=True)
    since = newest_message()
    world.do(case, "report_damage", "repair_worker", item="花瓶", price=Decimal("129.90"), note="与业主商定")
    event = last(case, "report_damage")
    assert (event.clauses[0], event.facts["item"], event.facts["price"]) == ("OC-3.11", "花瓶", "129.90")
    assert event.facts["compensation"] == "129.90"
    assert told_roles(case, since) == {"team_lead", "office_manager"}
    world.do(case, "finish", "repair_worker", damaged=True)
    case.order.refresh_from_db()
    assert [report["item"] for report in case.order.damages] == ["花瓶"]


@pytest.mark.django_db
@pytest.mark.clause("CF-27")
@pytest.mark.parametrize(
    ("liability", "agreed", "bears", "paid"),
    [
        ("provider_unless_consented", True, "resident", "0.00"),
        ("provider_unless_consented", False, "office", "80.00"),
        ("case_by_case", True, "open", "80.00"),
        ("case_by_case", False, "open", "80.00"),
    ],
)
def test_damage_the_resident_was_warned_of_and_agreed_to_is_borne_as_the_office_chose(
    world: World, liability: str, agreed: bool, bears: str, paid: str
) -> None:
    decide(world, "damage.liability", liability)
    case = world.at_home()
    if agreed:
        world.do(case, "warn", "repair_worker", about="damage", told="瓷砖可能开裂", consented=True)
    world.do(case, "report_damage", "repair_worker", item="瓷砖", price="80.00")
    told = last(case, "report_damage").facts
    assert (told["borne_by"], Decimal(told["compensation"])) == (bears, Decimal(paid))


@pytest.mark.django_db
@pytest.mark.clause("OC-3.11")
def test_a_higher_compensation_counts_for_later_reports_only(world: World) -> None:
    before = world.at_home()
    decide(world, "damage.compensation_pct", "150")
    world.do(before, "report_damage", "repair_worker", item="花瓶", price=Decimal("100.00"))
    world.do(before, "finish", "repair_worker", damaged=True)
    after = world.at_home()
    world.do(after, "report_damage", "repair_worker", item="花瓶", price=Decimal("100.00"))
    assert [last(case, "report_damage").facts["compensation"] for case in (before, after)] == ["100.00", "150.00"]
