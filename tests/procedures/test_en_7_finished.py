"""EN-7  Finished: clean up, ask to check, explain, sign, say goodbye; the slip goes to the foreman the same day."""

from datetime import datetime, timedelta

import pytest

from menling.kernel.roles import Role as R
from menling.orders.queries import slips_out
from menling.procedures.repair import REPAIR
from menling.procedures.settlement import SettlementPolicy, reviewed
from tests.office import World, make_staff
from tests.procedures.given import chosen, clock, decide, due_at, kept, last, promise, refused, shanghai
from tests.procedures.reminding import HOME, reminds, ticks

WORDS = (
    ("EN-7.1", "清理好", "clean up where you worked"),
    ("EN-7.2", "请您看一下", "would you please check it"),
    ("EN-7.3", "留意什么", "what to watch for"),
    ("EN-7.5", "再见", "Goodbye"),
)
MIDNIGHT = shanghai(21, 0)
SAME_DAY = MIDNIGHT - timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("named", "zh", "en"), [pytest.param(*words, marks=pytest.mark.clause(words[0]), id=words[0]) for words in WORDS]
)
def test_the_worker_is_reminded_before_leaving(named: str, zh: str, en: str) -> None:
    reminds(named, "leaving", HOME | {"finished"}, zh, en)


@pytest.mark.django_db
@pytest.mark.clause(*(named for named, _zh, _en in WORDS))
def test_one_tap_before_leaving_journals_the_farewell(world: World) -> None:
    ticks(world, world.finished(), "leaving", [named for named, _zh, _en in WORDS])


@pytest.mark.django_db
@pytest.mark.clause("EN-7.2")
def test_finished_work_is_put_before_the_resident(world: World) -> None:
    case = world.finished()
    event = last(case, "finish")
    assert (event.clauses[0], event.facts["summary"], case.status) == ("EN-7.2", "已疏通", "finished")
    assert world.do(case, "sign", "customer").status == "signed"


@pytest.mark.clause("EN-7.2")
@pytest.mark.parametrize("status", ["dispatched", "working", "finished", "objected"])
def test_photos_show_what_was_found_and_what_was_done(status: str) -> None:
    assert REPAIR.step("add_photo", status, {R.REPAIR_WORKER}).clauses == ("EN-7.2",)


# EN-7.4  The owner signs


@pytest.mark.clause("EN-7.4", "CF-22")
def test_no_slip_gets_on_without_the_resident_s_signature_or_the_foreman_s_exception() -> None:
    doors = {(step.verb, step.roles) for step in REPAIR.steps if step.after == "signed"}
    desks = frozenset({R.CONTROL_CENTRE, R.REPAIR_DESK, R.SERVICE_DESK, R.SERVICE_DESK_SUPERVISOR})
    assert doors == {("sign", frozenset({R.CUSTOMER})), ("attest", frozenset({R.TEAM_LEAD})), ("sign_on_paper", desks)}
    closing = {step.verb for step in REPAIR.steps if step.after in {"reviewed", "signed_off", "completed", "archived"}}
    assert closing == {"review", "sign_off", "archive"}
    assert not any("finished" in step.before for step in REPAIR.steps if step.verb in closing)


@pytest.mark.django_db
@pytest.mark.clause("EN-7.4")
def test_the_resident_s_signature_is_on_record_before_the_slip_is_complete(world: World) -> None:
    case = world.finished()
    with refused("HS-4.2.3"):
        world.do(case, "sign_off", "repair_worker")
    with refused("EN-7.6"):
        world.do(case, "review", "team_lead")
    world.do(case, "sign", "customer", name="王芳", rating=5)
    event = last(case, "sign")
    assert ("EN-7.4" in event.clauses, event.actor_name, event.facts["name"]) == (True, "王芳", "王芳")
    assert world.do(case, "review", "team_lead").status == "reviewed"


# EN-7.6  Back at the duty room the leader reviews


@pytest.mark.django_db
@pytest.mark.clause("EN-7.6")
@pytest.mark.parametrize("order", [("review", "sign_off"), ("sign_off", "review")])
def test_a_slip_is_complete_only_when_the_foreman_has_reviewed_it(world: World, order: tuple[str, str]) -> None:
    case = world.signed()
    who = {"review": "team_lead", "sign_off": "repair_worker"}
    statuses = [world.do(case, verb, who[verb]).status for verb in order]
    assert statuses == [{"review": "reviewed", "sign_off": "signed_off"}[order[0]], "completed"]
    assert last(case, "review").clauses[0] == "EN-7.6"


@pytest.mark.django_db
@pytest.mark.clause("EN-7.6")
def test_a_foreman_who_did_the_work_hands_the_slip_to_another(world: World) -> None:
    both = make_staff(world.company, world.office, R.REPAIR_WORKER, "A201", "孙班长")
    both.posts.create(office=world.office, role=R.TEAM_LEAD, since="2020-01-01")
    world.staff["both"] = both
    case = world.do(world.file(), "accept", "control_centre")
    world.do(case, "dispatch", "control_centre", worker=both.number)
    world.do(case, "arrive", "both")
    world.do(case, "finish", "both")
    world.do(case, "sign", "customer", rating=5)
    with refused("EN-7.6", 403):
        world.do(case, "review", "both")
    assert world.do(case, "review", "team_lead").status == "reviewed"


@pytest.mark.django_db
@pytest.mark.clause("EN-7.6")
def test_nobody_but_the_foreman_reviews(world: World) -> None:
    case = world.signed()
    for who in ("repair_worker", "control_centre", "service_desk"):
        with refused("EN-7.6", 403):
            world.do(case, "review", who)
    assert world.do(case, "review", "team_lead").status == "reviewed"


@pytest.mark.clause("EN-7.6", "CF-31")
@pytest.mark.parametrize(
    ("order", "has_slip", "waits"),
    [
        ("by_slip", True, True),
        ("by_slip", False, False),
        ("signoff_review_settle", False, True),
        ("signoff_settle", True, False),
    ],
)
def test_the_fee_is_settled_after_the_review_as_the_office_chose(order: str, has_slip: bool, waits: bool) -> None:
    policy = chosen(SettlementPolicy, settlement__order=order)
    reviewed("completed", policy, has_slip)
    with refused("EN-7.6"):
        reviewed("signed", SettlementPolicy(), has_slip=True)
    if waits:
        with refused("EN-7.6"):
            reviewed("signed_off", policy, has_slip)
    else:
        assert reviewed("signed_off", policy, has_slip) is None


@pytest.mark.django_db
@pytest.mark.clause("EN-7.6", "CF-31")
def test_finance_waits_for_the_review_of_a_slip(world: World) -> None:
    case = world.signed("86.00")
    world.do(world.child(case, "charge"), "collect", "repair_worker")
    settlement = world.child(case, "settlement")
    world.do(case, "sign_off", "repair_worker")
    with refused("EN-7.6"):
        world.do(settlement, "settle", "finance")
    world.do(case, "review", "team_lead")
    world.do(settlement, "settle", "finance")
    assert "EN-7.6" in last(settlement, "settle").clauses


@pytest.mark.django_db
@pytest.mark.clause("EN-7.6", "CF-31")
def test_an_office_that_settles_after_the_register_does_not_wait_for_the_review(world: World) -> None:
    decide(world, "settlement.order", "signoff_settle")
    case = world.signed("86.00")
    world.do(world.child(case, "charge"), "collect", "repair_worker")
    world.do(case, "sign_off", "repair_worker")
    settlement = world.child(case, "settlement")
    assert world.do(settlement, "settle", "finance").status == "settled"


# EN-7.7  The same day to the foreman, and on to the customer centre


@pytest.mark.clause("EN-7.7")
@pytest.mark.parametrize(
    ("signed", "until"),
    [
        (shanghai(20, 0), SAME_DAY),
        (shanghai(20, 12), SAME_DAY),
        (shanghai(20, 23, 59, 59), SAME_DAY),
        (MIDNIGHT, SAME_DAY + timedelta(days=1)),
    ],
)
def test_a_completed_slip_is_checked_by_the_foreman_on_its_day(signed: datetime, until: datetime) -> None:
    assert due_at(REPAIR, "review", signed) == until
    assert clock(REPAIR, "review").alerts == {R.TEAM_LEAD}


@pytest.mark.django_db
@pytest.mark.clause("EN-7.7")
@pytest.mark.parametrize(("checked", "in_time"), [(MIDNIGHT - timedelta(seconds=1), True), (SAME_DAY, True), (MIDNIGHT, False)])
def test_a_slip_checked_after_midnight_is_late(world: World, checked: datetime, in_time: bool) -> None:
    case = world.signed()
    world.now = checked
    world.do(case, "review", "team_lead")
    assert "EN-7.7" in last(case, "review").clauses
    assert kept(case, "review") is in_time


@pytest.mark.django_db
@pytest.mark.clause("EN-7.7")
def test_worker_foreman_and_customer_centre_each_hand_the_slip_on(world: World) -> None:
    case = world.signed()
    case.order.refresh_from_db()
    assert case.order.worker_signed_at == world.now
    world.do(case, "sign_off", "repair_worker")
    world.do(case, "review", "team_lead")
    world.do(case, "archive", "service_desk")
    handed = [last(case, verb) for verb in ("review", "archive")]
    assert [("EN-7.7" in event.clauses, event.actor_name) for event in handed] == [
        (True, world.staff["team_lead"].name), (True, world.staff["service_desk"].name)
    ]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.clause("EN-7.7")
def test_what_is_still_out_at_the_end_of_the_day_is_listed(world: World) -> None:
    waiting, checked, filed = world.signed(), world.completed(), world.completed()
    world.do(filed, "archive", "service_desk")
    assert [(slip.number, slip.waits_for) for slip in slips_out(world.office)] == [
        (waiting.number, "review"), (checked.number, "archive")
    ]  # fmt: skip
    assert {slip.due_at for slip in slips_out(world.office)} == {SAME_DAY}
    assert slips_out(world.elsewhere) == []
    assert promise(checked, "archive").met_at is None
