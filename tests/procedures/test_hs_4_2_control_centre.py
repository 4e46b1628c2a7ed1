"""HS-4.2  At the control centre: repairs only, judged first, sent at once, signed off before the fee, copied by nine."""

from datetime import timedelta

import pytest

from menling.journal.facts import Malformed
from menling.journal.models import Outgoing
from menling.journal.sweep import sweep
from menling.kernel.roles import Role as R
from menling.orders.models import Referral
from menling.orders.register import lines
from menling.procedures.referral import REFERRAL, for_this_desk
from menling.procedures.repair import REPAIR
from menling.procedures.repair_policy import RepairPolicy
from menling.procedures.repair_rules import acting, declined_with_reason, kind_of_this_desk, outcome_told
from tests.office import World
from tests.procedures.given import (
    NOON,
    chosen,
    clock,
    decide,
    due_at,
    in_five,
    last,
    newest_message,
    promise,
    refused,
    told_roles,
    told_staff,
)

SERVICE = frozenset({R.SERVICE_DESK})
CENTRE = frozenset({R.CONTROL_CENTRE})


# HS-4.2.1  Repairs only


@pytest.mark.clause("HS-4.2.1")
@pytest.mark.parametrize("kind", ["housekeeping", "alarm"])
def test_the_control_centre_takes_neither_housekeeping_nor_alarms(kind: str) -> None:
    with refused("HS-4.2.1", 403):
        kind_of_this_desk(kind, CENTRE)
    kind_of_this_desk(kind, SERVICE)
    kind_of_this_desk("repair", CENTRE)


@pytest.mark.clause("HS-4.2.1")
def test_the_control_centre_accepts_repairs() -> None:
    assert REPAIR.step("accept", "reported", acting(CENTRE, RepairPolicy())).after == "accepted"


@pytest.mark.clause("HS-4.2.1")
def test_what_belongs_to_the_service_desk_is_passed_on_and_taken_there() -> None:
    assert REFERRAL.step("pass_on", "new", CENTRE).after == "passed"
    assert REFERRAL.step("take", "passed", SERVICE).after == "taken"
    for_this_desk("service_desk", SERVICE)
    with refused("HS-4.2.1", 403):
        for_this_desk("service_desk", CENTRE)


@pytest.mark.clause("HS-4.2.1")
@pytest.mark.django_db
def test_a_housekeeping_request_at_the_control_centre_reaches_the_service_desk_with_every_word(world: World) -> None:
    passed = world.answer("pass_on", None, "control_centre", kind="referral", wanted="housekeeping",
                          to_desk="service_desk", content="擦玻璃, 周六")  # fmt: skip
    referral = Referral.objects.get(case__number=passed.body["number"])
    assert (referral.content, told_roles(referral.case)) == ("擦玻璃, 周六", {"service_desk"})
    with refused("HS-4.2.1", 403):
        world.do(referral.case, "take", "control_centre")
    assert world.do(referral.case, "take", "service_desk").status == "taken"


# HS-4.2.2  Judged first


@pytest.mark.clause("HS-4.2.2")
def test_nobody_is_sent_before_the_desk_has_judged_that_it_can_be_done() -> None:
    centre = acting(CENTRE, RepairPolicy())
    with refused("HS-4.2.3"):
        REPAIR.step("dispatch", "reported", centre)
    assert "HS-4.2.2" in REPAIR.step("accept", "reported", centre).clauses
    assert REPAIR.step("decline", "reported", centre).after == "declined"


@pytest.mark.clause("HS-4.2.2")
def test_a_refusal_without_a_reason_is_no_answer() -> None:
    for reason in ("", " ", "\n"):
        with refused("HS-4.2.2", 422):
            declined_with_reason(reason)
    declined_with_reason("屋内自购电器不在服务范围")


@pytest.mark.django_db
@pytest.mark.clause("HS-4.2.2", "CF-03")
def test_nobody_is_sent_away_without_a_word_of_the_help_offered_instead(world: World) -> None:
    case = world.file()
    for offered in ("", " ", "\n"):
        with refused("HS-4.2.2", 422):
            world.do(case, "decline", "control_centre", reason="不在服务范围", offered=offered)
    with pytest.raises(Malformed, match="offered"):
        world.do(case, "decline", "control_centre", reason="不在服务范围")
    assert case.status == "reported"
    assert world.do(case, "decline", "control_centre", reason="不在服务范围", offered="介绍厂家").status == "declined"


@pytest.mark.clause("HS-4.2.2")
@pytest.mark.django_db
def test_a_declined_repair_keeps_its_reason_and_goes_no_further(world: World) -> None:
    case = world.file()
    with refused("HS-4.2.2", 422):
        world.do(case, "decline", "control_centre", reason=" ", offered="已给出电话")
    world.do(case, "decline", "control_centre", reason="消防管线须由专业单位处理", offered="已给出电话")
    event = last(case, "decline")
    assert (case.status, event.clauses, event.facts["reason"]) == ("declined", ["HS-4.2.2"], "消防管线须由专业单位处理")
    assert event.facts["offered"] == "已给出电话"
    assert case.closed_at is not None
    with refused("HS-4.2.3"):
        world.do(case, "dispatch", "control_centre", worker=world.staff["repair_worker"].number)
    assert not case.deadlines.filter(met_at__isnull=True, released_at__isnull=True).exists()


@pytest.mark.clause("HS-4.2.2")
@pytest.mark.django_db
def test_a_referral_nobody_can_serve_is_closed_with_its_reason(world: World) -> None:
    passed = world.answer("pass_on", None, "service_desk", kind="referral", wanted="repair", to_desk="control_centre")
    referral = Referral.objects.get(case__number=passed.body["number"])
    with refused("HS-4.2.2", 422):
        world.do(referral.case, "close", "control_centre", reason="  ")
    world.do(referral.case, "close", "control_centre", reason="不在本小区")
    referral.refresh_from_db()
    assert (referral.case.status, referral.reason) == ("closed", "不在本小区")


# HS-4.2.3  Booked, registered, sent at once, signed off


@pytest.mark.clause("HS-4.2.3")
def test_a_repair_is_registered_sent_acknowledged_and_signed_off_step_by_step() -> None:
    centre, worker = acting(CENTRE, RepairPolicy()), frozenset({R.REPAIR_WORKER})
    assert REPAIR.step("file", "new", centre).after == "reported"
    assert REPAIR.step("dispatch", "accepted", centre).after == "dispatched"
    assert REPAIR.step("acknowledge", "dispatched", worker).after == "acknowledged"
    assert REPAIR.step("sign_off", "signed", worker).after == "signed_off"
    assert REPAIR.step("sign_off", "reviewed", worker).after == "completed"
    with refused("MR-2", 403):
        REPAIR.step("sign_off", "signed", worker, assigned=False)
    with refused("HS-4.2.3"):
        REPAIR.step("sign_off", "finished", worker)


@pytest.mark.clause("HS-4.2.3")
@pytest.mark.parametrize(("key", "setting"), [("dispatch", "repair__dispatch_minutes"),
                                              ("acknowledge", "repair__acknowledge_minutes")])  # fmt: skip
def test_sending_and_acknowledging_have_the_minutes_the_office_chose(key: str, setting: str) -> None:
    assert due_at(REPAIR, key, NOON) == in_five(NOON)
    assert due_at(REPAIR, key, NOON, chosen(RepairPolicy, **{setting: 8})) == NOON + timedelta(minutes=8)
    assert clock(REPAIR, key).alerts == {R.CONTROL_CENTRE}


@pytest.mark.clause("HS-4.2.3")
@pytest.mark.django_db
@pytest.mark.parametrize(("late", "broken"), [(-1, False), (0, False), (1, True)])
def test_a_registered_repair_is_sent_in_five_minutes_to_the_second(world: World, late: int, broken: bool) -> None:
    begun = world.now
    case = world.do(world.file(), "accept", "control_centre")
    world.now = in_five(begun, late)
    world.do(case, "dispatch", "control_centre", worker=world.staff["repair_worker"].number)
    assert (promise(case, "dispatch").broken_at is not None) is broken
    assert (promise(case, "dispatch").due_at, promise(case, "dispatch").clause) == (in_five(begun), "HS-4.2.3")


@pytest.mark.clause("HS-4.2.3")
@pytest.mark.django_db
@pytest.mark.parametrize(("late", "broken"), [(-1, False), (0, False), (1, True)])
def test_the_worker_is_told_on_saving_and_acknowledges_in_five_minutes_to_the_second(
    world: World, late: int, broken: bool
) -> None:
    case = world.do(world.file(), "accept", "control_centre")
    world.later(2)
    sent_at = world.now
    world.do(case, "dispatch", "control_centre", worker=world.staff["repair_worker"].number)
    message = Outgoing.objects.get(case=case, staff_id=world.staff["repair_worker"].pk)
    assert message.created_at == sent_at
    assert message.values["number"] == case.number
    assert told_staff(case) == [world.staff["repair_worker"].pk], "nobody else is sent"
    world.now = in_five(sent_at, late)
    world.do(case, "acknowledge", "repair_worker")
    assert (promise(case, "acknowledge").broken_at is not None) is broken


@pytest.mark.clause("HS-4.2.3")
@pytest.mark.django_db
def test_an_unsent_repair_and_an_unread_slip_are_told_to_the_control_centre_once(world: World) -> None:
    unsent, unread = world.file(), world.sent()
    seen = newest_message()
    sweep(in_five(world.now))
    assert newest_message() == seen
    sweep(in_five(world.now, 1))
    sweep(in_five(world.now, 2))
    told = Outgoing.objects.filter(pk__gt=seen, roles=["control_centre"]).values_list("case", flat=True)
    assert sorted(told) == sorted([unsent.pk, unread.pk])


@pytest.mark.clause("HS-4.2.3")
@pytest.mark.django_db
def test_other_minutes_bind_what_is_reported_from_then_on(world: World) -> None:
    before = world.file()
    decide(world, "repair.dispatch_minutes", 8)
    decide(world, "repair.acknowledge_minutes", 9)
    after = world.sent()
    world.do(before, "accept", "control_centre")
    world.do(before, "dispatch", "control_centre", worker=world.staff["repair_worker_2"].number)
    assert promise(before, "dispatch").due_at == in_five(before.reported_at)
    assert promise(before, "acknowledge").due_at == in_five(world.now)
    assert promise(after, "dispatch").due_at == after.reported_at + timedelta(minutes=8)
    assert promise(after, "acknowledge").due_at == world.now + timedelta(minutes=9)


@pytest.mark.clause("HS-4.2.3")
@pytest.mark.django_db
def test_the_desk_asks_the_business_lead_to_coordinate_where_it_must(world: World) -> None:
    case = world.file()
    seen = newest_message()
    world.do(case, "ask_lead", "control_centre", what="须停整栋的水")
    assert told_roles(case, seen) == {"business_lead"}
    assert (case.status, last(case, "ask_lead").clauses) == ("reported", ["HS-4.2.3"])
    with refused("HS-4.2.3", 403):
        world.do(case, "ask_lead", "repair_worker", what="须停整栋的水")


@pytest.mark.clause("HS-4.2.3")
def test_a_verified_outcome_says_something() -> None:
    for nothing in ("", " "):
        with refused("HS-4.2.3", 422):
            outcome_told(nothing)
    outcome_told("已电话核实")


@pytest.mark.clause("HS-4.2.3")
@pytest.mark.django_db
def test_the_control_centre_follows_up_and_the_verified_outcome_stands_in_the_register(world: World) -> None:
    case = world.at_home()
    with refused("HS-4.2.3"):
        world.do(case, "verify", "control_centre", result="还没修完")
    world.do(case, "finish", "repair_worker", summary="已疏通")
    with refused("HS-4.2.3", 403):
        world.do(case, "verify", "repair_worker", result="不再漏水")
    with refused("HS-4.2.3", 422):
        world.do(case, "verify", "control_centre", result=" ")
    world.do(case, "verify", "control_centre", result="已电话核实，不再漏水")
    assert (case.status, last(case, "verify").actor_name) == ("finished", world.staff["control_centre"].name)
    assert [line.verified for line in lines(world.office, [case.number])] == ["已电话核实，不再漏水"]


@pytest.mark.clause("HS-4.2.3")
@pytest.mark.django_db
def test_the_register_is_signed_after_verification_where_the_office_asks_for_it(world: World) -> None:
    before = world.signed()
    decide(world, "repair.verified_before_sign_off", value=True)
    world.do(before, "sign_off", "repair_worker")
    case = world.signed()
    with refused("HS-4.2.3"):
        world.do(case, "sign_off", "repair_worker")
    world.do(case, "verify", "control_centre", result="不再漏水")
    world.do(case, "object", "customer", reason="又漏了")
    world.do(case, "rework", "repair_worker", done="换了垫圈")
    world.do(case, "sign", "customer")
    with refused("HS-4.2.3"):
        world.do(case, "sign_off", "repair_worker")
    world.do(case, "verify", "control_centre", result="这次不漏了")
    assert world.do(case, "sign_off", "repair_worker").status == "signed_off"


@pytest.mark.django_db
@pytest.mark.clause("HS-4.2.3", "CF-41")
def test_the_service_desk_sends_a_worker_only_where_the_office_says_so(world: World) -> None:
    worker = world.staff["repair_worker"].number
    before = world.do(world.file(), "accept", "control_centre")
    decide(world, "dispatch.assigner", "service_desk_too")
    for who in ("service_desk", "service_desk_supervisor"):
        with refused("HS-4.2.3", 403):
            world.do(before, "dispatch", who, worker=worker)
    case = world.do(world.file(), "accept", "control_centre")
    assert world.do(case, "dispatch", "service_desk", worker=worker).status == "dispatched"
    with refused("HS-4.2.1", 403):
        world.do(world.file(), "accept", "service_desk")
