"""EN-3  Entering: at the door, nobody home, price and consent before paid work, and warning before likely damage."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from menling.orders.models import MessageSlip
from menling.procedures.repair import REPAIR
from menling.procedures.repair_policy import RepairPolicy
from menling.procedures.repair_rules import agreed_before_paid_work, risk_accepted
from tests.office import World
from tests.procedures.given import (
    chosen,
    decide,
    due_at,
    kept,
    last,
    newest_message,
    promise,
    refused,
    shanghai,
    told_roles,
)
from tests.procedures.reminding import BEFORE, HOME, reminds, ticks

AT_THE_DOOR = (
    ("EN-3.1", "轻轻敲门或按门铃", "knock gently or ring"),
    ("EN-3.3", "可以进来吗", "may I come in"),
    ("EN-3.4", "鞋套再进门", "shoe covers, then go in"),
    ("EN-3.5", "不要急", "never in haste"),
    ("EN-3.6", "先报姓名和来意", "your name and errand"),
    ("EN-3.8", "备好的垫布", "tools on your mat"),
)


@pytest.mark.parametrize(
    ("named", "zh", "en"), [pytest.param(*words, marks=pytest.mark.clause(words[0]), id=words[0]) for words in AT_THE_DOOR]
)
def test_the_worker_is_reminded_at_the_door(named: str, zh: str, en: str) -> None:
    reminds(named, "at_the_door", BEFORE | HOME, zh, en)


@pytest.mark.django_db
@pytest.mark.clause(*(named for named, _zh, _en in AT_THE_DOOR))
def test_one_tap_at_the_door_journals_how_the_worker_entered(world: World) -> None:
    ticks(world, world.at_home(), "at_the_door", [named for named, _zh, _en in AT_THE_DOOR])


# EN-3.2  Nobody home


@pytest.mark.django_db
@pytest.mark.clause("EN-3.2")
def test_the_worker_at_an_empty_home_is_told_to_notify_the_customer_centre(world: World) -> None:
    reminds("EN-3.2", "nobody_home", BEFORE | {"on_site", "nobody_home"}, "另约时间", "agree another time")
    ticks(world, world.sent(), "nobody_home", ["EN-3.2"])


@pytest.mark.django_db
@pytest.mark.clause("EN-3.2", "CF-09")
def test_nobody_home_gives_the_customer_centre_the_task_to_rebook(world: World) -> None:
    case = world.do(world.sent(), "acknowledge", "repair_worker")
    since = newest_message()
    world.do(case, "absent", "repair_worker", slip="L001")
    assert (case.status, "EN-3.2" in last(case, "absent").clauses) == ("nobody_home", True)
    assert told_roles(case, since) == {"control_centre", "service_desk"}
    assert promise(case, "new_appointment").due_at == shanghai(20, 18)
    world.do(case, "move", "control_centre", visit_at=world.now + timedelta(days=1))
    assert (case.status, "EN-3.2" in last(case, "move").clauses) == ("accepted", True)
    assert kept(case, "new_appointment")


@pytest.mark.django_db
@pytest.mark.clause("EN-3.2")
@pytest.mark.parametrize(("second", "in_time"), [(-1, True), (0, True), (1, False)])
def test_the_new_time_is_agreed_by_the_end_of_the_shift(world: World, second: int, in_time: bool) -> None:
    case = world.do(world.sent(), "absent", "repair_worker", slip="L001")
    world.now = shanghai(20, 18) + timedelta(seconds=second)
    world.do(case, "move", "control_centre", visit_at=world.now + timedelta(days=1))
    assert kept(case, "new_appointment") is in_time


@pytest.mark.clause("EN-3.2")
@pytest.mark.parametrize(("absent", "until"), [
    (shanghai(20, 17, 59, 59), shanghai(20, 18)),
    (shanghai(20, 18), shanghai(21, 8)),
    (shanghai(20, 18, 0, 1), shanghai(21, 8)),
])  # fmt: skip
def test_an_empty_home_after_the_shift_is_rebooked_at_the_next_start_of_work(absent: datetime, until: datetime) -> None:
    assert due_at(REPAIR, "new_appointment", absent) == until


@pytest.mark.clause("EN-3.2", "HS-4.3.3", "CF-09")
@pytest.mark.parametrize(
    ("option", "stub", "rebooking"),
    [("slip_and_rebook", True, True), ("slip_only", True, False), ("rebook_only", False, True)],
)
def test_an_office_chooses_slip_or_rebooking_or_both(option: str, stub: bool, rebooking: bool) -> None:
    policy = chosen(RepairPolicy, visit__nobody_home=option)
    at = shanghai(20, 12)
    armed = [due_at(REPAIR, key, at, policy) is not None for key in ("stub", "new_appointment")]
    assert armed == [stub, rebooking]


@pytest.mark.django_db
@pytest.mark.clause("EN-3.2", "HS-4.3.3", "CF-09")
def test_where_the_office_only_rebooks_no_slip_is_asked_for(world: World) -> None:
    with refused("HS-4.3.3", 422):
        world.do(world.sent(), "absent", "repair_worker", slip="")
    decide(world, "visit.nobody_home", "rebook_only")
    case = world.file()
    world.do(case, "accept", "control_centre")
    world.do(case, "dispatch", "control_centre", worker=world.staff["repair_worker_2"].number)
    world.do(case, "absent", "repair_worker_2", slip="")
    assert promise(case, "new_appointment").due_at == shanghai(20, 18)
    assert not MessageSlip.objects.exists()


# EN-3.7  Paid work: price and consent first


@pytest.mark.django_db
@pytest.mark.clause("EN-3.7")
def test_paid_work_waits_until_the_price_is_shown_and_agreed(world: World) -> None:
    case = world.at_home()
    world.do(case, "quote", "repair_worker", items=[{"code": "W01"}])
    for verb in ("start", "finish"):
        with refused("EN-3.7"):
            world.do(case, verb, "repair_worker")
    world.do(case, "consent", "repair_worker", how="in_person")
    agreed = last(case, "consent")
    assert (agreed.clauses[0], agreed.facts["amount"], agreed.facts["how"]) == ("EN-3.7", "86.00", "in_person")
    assert world.do(case, "start", "repair_worker").status == "working"


@pytest.mark.django_db
@pytest.mark.clause("EN-3.7")
def test_consent_before_any_price_was_shown_is_refused(world: World) -> None:
    case = world.at_home()
    with refused("EN-3.7"):
        world.do(case, "consent", "repair_worker")
    world.do(case, "quote", "repair_worker", items=[{"code": "W01"}])
    with refused("EN-3.7", 409):
        world.do(case, "consent", "customer", amount=Decimal("85.99"))
    assert world.do(case, "consent", "customer", amount=Decimal("86.00")).status == "working"


@pytest.mark.clause("EN-3.7")
@pytest.mark.parametrize("agreed", [None, "85.99", "86.01"])
def test_consent_to_another_amount_does_not_count(agreed: str | None) -> None:
    agreed_before_paid_work(Decimal("86.00"), Decimal("86.00"))
    agreed_before_paid_work(Decimal("0.00"), None)
    with refused("EN-3.7"):
        agreed_before_paid_work(Decimal("86.00"), Decimal(agreed) if agreed else None)


@pytest.mark.django_db
@pytest.mark.clause("EN-3.7", "EN-4.3")
@pytest.mark.parametrize("who", ["customer", "repair_worker"])
def test_a_price_the_resident_refuses_is_owed_for_nothing_and_may_be_shown_anew(world: World, who: str) -> None:
    case = world.at_home()
    world.do(case, "quote", "repair_worker", items=[{"code": "W01"}])
    assert world.do(case, "refuse_price", who, reason="太贵").status == "on_site"
    assert (last(case, "refuse_price").facts, case.order.due) == ({"amount": "86.00", "reason": "太贵"}, Decimal("0"))
    with refused("EN-3.7"):
        world.do(case, "consent", "customer")
    world.do(case, "quote", "repair_worker", items=[{"code": "W02"}])
    world.do(case, "consent", "customer", how="in_person")
    case.order.refresh_from_db()
    assert (case.status, case.order.agreed, case.order.agreed_how) == ("working", Decimal("5.00"), "own_link")


@pytest.mark.django_db
@pytest.mark.clause("EN-3.7", "HS-4.3.2")
@pytest.mark.parametrize("who", ["customer", "repair_worker", "control_centre"])
@pytest.mark.parametrize("said", [True, False])
def test_a_visit_ends_at_the_door_only_for_a_price_that_is_not_agreed_to(world: World, who: str, said: bool) -> None:
    case = world.at_home()
    with refused("HS-4.3.2"):
        world.do(case, "cancel", who, reason="不修了")
    world.do(case, "quote", "repair_worker", items=[{"code": "W01"}])
    if said:
        world.do(case, "refuse_price", "repair_worker")
    world.later(5)
    assert world.do(case, "cancel", who, reason="嫌贵").status == "cancelled"
    visit = case.order.visits.get()
    assert (visit.active, visit.outcome, visit.finished_at) == (False, "cancelled", world.now)
    assert case.children.count() == 0
    assert (promise(case, "change_seen").met_at is not None) is (who == "repair_worker")


@pytest.mark.django_db
@pytest.mark.clause("HS-4.3.2")
def test_work_that_was_agreed_to_and_has_begun_is_not_cancelled(world: World) -> None:
    case = world.at_home()
    world.do(case, "quote", "repair_worker", items=[{"code": "W01"}])
    world.do(case, "consent", "customer")
    for who in ("customer", "control_centre"):
        with refused("HS-4.3.2"):
            world.do(case, "cancel", who, reason="不修了")


@pytest.mark.django_db
@pytest.mark.clause("EN-3.7")
def test_material_that_raises_the_price_needs_the_consent_anew(world: World) -> None:
    case = world.at_home()
    world.do(case, "quote", "repair_worker", items=[{"code": "W01"}])
    world.do(case, "consent", "customer")
    world.do(case, "add_material", "repair_worker", code="M01")
    with refused("EN-3.7"):
        world.do(case, "finish", "repair_worker")
    world.do(case, "quote", "repair_worker", items=[{"code": "W01"}])
    world.do(case, "consent", "customer")
    assert last(world.do(case, "finish", "repair_worker"), "finish").facts["amount"] == "111.00"


# EN-3.9, EN-3.10  Warning before likely damage; tools counted and the site swept


@pytest.mark.django_db
@pytest.mark.clause("EN-3.9")
def test_the_worker_is_reminded_to_warn_before_likely_damage(world: World) -> None:
    reminds("EN-3.9", "risk", HOME, "先告诉客户", "tell the customer first")
    ticks(world, world.at_home(), "risk", ["EN-3.9"])


@pytest.mark.django_db
@pytest.mark.clause("EN-3.9")
def test_after_a_warning_work_goes_on_only_with_consent(world: World) -> None:
    case = world.at_home()
    world.do(case, "warn", "repair_worker", about="damage", told="瓷砖可能裂", consented=False)
    for verb in ("start", "finish"):
        with refused("EN-3.9"):
            world.do(case, verb, "repair_worker")
    world.do(case, "warn", "repair_worker", about="damage", told="瓷砖可能裂", consented=True)
    event = last(case, "warn")
    assert ("EN-3.9" in event.clauses, event.facts["told"], event.facts["consented"]) == (True, "瓷砖可能裂", True)
    assert world.do(case, "start", "repair_worker").status == "working"


@pytest.mark.clause("EN-3.9")
def test_a_refusal_after_a_warning_cites_what_was_warned_of() -> None:
    risk_accepted([])
    with refused("EN-3.9"):
        risk_accepted(["damage"])


@pytest.mark.django_db
@pytest.mark.clause("EN-3.10")
def test_the_worker_counts_the_tools_and_sweeps_before_leaving(world: World) -> None:
    reminds("EN-3.10", "leaving", HOME | {"finished"}, "点清工具", "count your tools")
    ticks(world, world.finished(), "leaving", ["EN-3.10"])
