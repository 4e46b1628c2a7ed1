"""HS-4.1  At the service desk: the cash of the day goes to finance, and repairs go to the control centre."""

from datetime import datetime, time, timedelta
from decimal import Decimal

import pytest

from menling.journal.models import Case
from menling.journal.sweep import sweep
from menling.kernel.calendars import OfficeCalendar
from menling.kernel.roles import Role as R
from menling.money.books import balance
from menling.orders.models import Referral
from menling.procedures.handover import HANDOVER, carried_overnight, counted
from menling.procedures.places import bag
from menling.procedures.referral import REFERRAL, for_this_desk
from menling.procedures.repair import REPAIR
from menling.procedures.repair_policy import RepairPolicy
from menling.procedures.repair_rules import acting, filed_at_the_right_desk
from tests.office import World
from tests.procedures.given import (
    NOON,
    chosen,
    decide,
    due_at,
    in_five,
    kept,
    last,
    newest_message,
    promise,
    refused,
    shanghai,
    told_roles,
)

SERVICE = frozenset({R.SERVICE_DESK})
CENTRE = frozenset({R.CONTROL_CENTRE})


# HS-4.1.1.6  The cash of the day


@pytest.mark.clause("HS-4.1.1.6", "CF-35")
@pytest.mark.parametrize(
    ("collected", "until"),
    [
        (shanghai(20, 7, 30), shanghai(20, 18)),
        (shanghai(20, 17, 59), shanghai(20, 18)),
        (shanghai(20, 18, 0), shanghai(21, 8)),
        (shanghai(20, 18, 1), shanghai(21, 8)),
    ],
)
def test_cash_is_due_before_the_end_of_work_and_later_cash_at_the_next_start(collected: datetime, until: datetime) -> None:
    assert due_at(HANDOVER, "handover", collected) == until


@pytest.mark.clause("HS-4.1.1.6", "CF-35")
@pytest.mark.parametrize(("minute", "overnight"), [(59, False), (60, True), (61, True)])
def test_cash_after_the_end_of_work_is_carried_overnight(minute: int, overnight: bool) -> None:
    assert carried_overnight(shanghai(20, 17) + timedelta(minutes=minute), OfficeCalendar()) is overnight


@pytest.mark.clause("HS-4.1.1.6", "CF-35")
def test_an_office_with_other_hours_hands_over_by_its_own() -> None:
    early = OfficeCalendar(shift_start=time(7, 0), shift_end=time(17, 30))
    assert due_at(HANDOVER, "handover", shanghai(20, 17, 29), calendar=early) == shanghai(20, 17, 30)
    assert due_at(HANDOVER, "handover", shanghai(20, 17, 30), calendar=early) == shanghai(21, 7)
    assert carried_overnight(shanghai(20, 17, 30), early)


@pytest.mark.clause("HS-4.1.1.6")
def test_finance_and_the_business_lead_hear_of_cash_that_is_late() -> None:
    alerted = next(clock.alerts for clock in HANDOVER.clocks if clock.key == "handover")
    assert alerted == {R.FINANCE, R.BUSINESS_LEAD}


@pytest.mark.clause("HS-4.1.1.6")
def test_what_is_handed_over_equals_the_collections_or_the_difference_is_explained() -> None:
    assert counted(Decimal("86.00"), Decimal("86.00"), "") == Decimal("0.00")
    for amount in ("85.99", "86.01"):
        with refused("HS-4.1.1.6", 409):
            counted(Decimal(amount), Decimal("86.00"), " ")
    assert counted(Decimal("85.99"), Decimal("86.00"), "找零少给一分") == Decimal("-0.01")


@pytest.mark.clause("HS-4.1.1.6")
def test_only_the_collector_or_finance_hands_the_cash_over_and_only_finance_receives_it() -> None:
    assert HANDOVER.step("open", "new", {R.SYSTEM}).after == "open"
    assert HANDOVER.step("hand_over", "open", {R.REPAIR_WORKER}).after == "handed_over"
    assert HANDOVER.step("receive", "handed_over", {R.FINANCE}).after == "received"
    with refused("MR-2", 403):
        HANDOVER.step("hand_over", "open", {R.REPAIR_WORKER}, assigned=False)
    for role in (R.REPAIR_WORKER, R.BUSINESS_LEAD, R.CONTROL_CENTRE):
        with refused("HS-4.1.1.6", 403):
            HANDOVER.step("receive", "handed_over", {role})


@pytest.mark.clause("HS-4.1.1.6")
@pytest.mark.django_db
@pytest.mark.parametrize(("late", "broken"), [(-1, False), (0, False), (1, True)])
def test_the_promise_is_kept_when_finance_has_the_cash_at_the_end_of_work_and_broken_a_second_later(
    world: World, late: int, broken: bool
) -> None:
    case = world.finished("86.00")
    charge = world.do(world.child(case, "charge"), "collect", "repair_worker")
    handover = charge.charge.handover.case
    world.do(handover, "hand_over", "repair_worker")
    assert promise(handover, "handover").met_at is None, "in the worker's hand is not yet with finance"
    world.now = shanghai(20, 18) + timedelta(seconds=late)
    world.do(handover, "receive", "finance")
    assert (promise(handover, "handover").broken_at is not None) is broken
    assert balance(world.office.pk, f"safe:{world.office.pk}") == Decimal("86.00")
    assert balance(world.office.pk, bag(world.staff["repair_worker"].pk)) == Decimal("0.00")


@pytest.mark.clause("HS-4.1.1.6")
@pytest.mark.django_db
def test_cash_still_in_the_bag_after_the_end_of_work_is_told_to_finance_and_the_lead(world: World) -> None:
    charge = world.do(world.child(world.finished("86.00"), "charge"), "collect", "repair_worker")
    handover = charge.charge.handover.case
    sweep(shanghai(20, 18))
    assert promise(handover, "handover").broken_at is None
    sweep(shanghai(20, 18, 0, 1))
    assert promise(handover, "handover").broken_at == shanghai(20, 18)
    assert told_roles(handover) == {"finance", "business_lead"}


@pytest.mark.clause("HS-4.1.1.6")
@pytest.mark.django_db
def test_the_cash_of_one_day_is_one_handover_and_each_day_has_its_own(world: World) -> None:
    morning = world.do(world.child(world.finished("86.00"), "charge"), "collect", "repair_worker").charge.handover
    again = world.do(world.child(world.finished("14.00"), "charge"), "collect", "repair_worker").charge.handover
    evening_work, next_work = world.finished("5.00"), world.finished("7.00")
    world.now = shanghai(20, 18)
    evening = world.do(world.child(evening_work, "charge"), "collect", "repair_worker").charge.handover
    world.now = shanghai(21, 7, 30)
    next_day = world.do(world.child(next_work, "charge"), "collect", "repair_worker").charge.handover
    assert again == morning
    assert [(each.day.day, each.overnight) for each in (morning, evening, next_day)] == [(20, False), (20, True), (21, False)]
    assert promise(evening.case, "handover").due_at == shanghai(21, 8)
    assert promise(next_day.case, "handover").due_at == shanghai(21, 18)
    assert last(evening.case, "open").facts["overnight"] is True
    with refused("HS-4.1.1.6", 409):
        world.do(morning.case, "receive", "finance", amount=Decimal("105.00"))
    assert world.do(morning.case, "receive", "finance", amount=Decimal("100.00")).status == "received"


@pytest.mark.clause("HS-4.1.1.6", "CF-35")
@pytest.mark.django_db
def test_the_end_of_work_the_office_chose_is_that_of_the_day_of_collection(world: World) -> None:
    case = world.finished("86.00")
    decide(world, "calendar.shift_end", "12:00")
    decide(world, "calendar.shift_start", "07:00")
    world.now = shanghai(20, 11, 59)
    noon = world.do(world.child(case, "charge"), "collect", "repair_worker").charge.handover
    assert (promise(noon.case, "handover").due_at, noon.overnight) == (shanghai(20, 12), False)
    world.do(noon.case, "receive", "finance")
    late = world.finished("5.00")
    world.now = shanghai(20, 12)
    evening = world.do(world.child(late, "charge"), "collect", "repair_worker").charge.handover
    assert (promise(evening.case, "handover").due_at, evening.overnight) == (shanghai(21, 7), True)


@pytest.mark.clause("HS-4.1.1.6")
@pytest.mark.django_db
def test_finance_that_counts_the_cash_itself_hands_it_over_and_receives_it_at_once(world: World) -> None:
    charge = world.do(world.child(world.finished("86.00"), "charge"), "collect", "repair_worker")
    handover = world.do(charge.charge.handover.case, "hand_over", "finance", amount=Decimal("86.00"))
    assert handover.status == "received"
    assert kept(handover, "handover")
    assert balance(world.office.pk, f"safe:{world.office.pk}") == Decimal("86.00")


# HS-4.1.3  A repair asked for at the service desk


@pytest.mark.clause("HS-4.1.3", "CF-01")
@pytest.mark.parametrize("role", [R.SERVICE_DESK, R.SERVICE_DESK_SUPERVISOR])
def test_the_service_desk_opens_no_repair_but_hands_over_an_urgent_one(role: R) -> None:
    policy = RepairPolicy()
    with refused("HS-4.1.3", 403):
        filed_at_the_right_desk(acting(frozenset({role}), policy), "ordinary", policy)
    filed_at_the_right_desk(acting(frozenset({role}), policy), "emergency", policy)
    step = REPAIR.step("refer", "new", {role})
    assert (step.after, step.clauses[0]) == ("reported", "HS-4.1.3")


@pytest.mark.clause("HS-4.1.3", "CF-01")
@pytest.mark.parametrize("desk", ["service_desk", "either"])
def test_a_service_desk_the_office_named_opens_any_repair(desk: str) -> None:
    policy = chosen(RepairPolicy, intake__home_repair__desk=desk)
    filed_at_the_right_desk(acting(SERVICE, policy), "ordinary", policy)
    if desk == "service_desk":
        with refused("HS-4.1.3", 403):
            filed_at_the_right_desk(acting(CENTRE, policy), "ordinary", policy)


@pytest.mark.clause("HS-4.1.3")
@pytest.mark.django_db
def test_the_refusal_at_the_service_desk_leaves_no_order_and_the_typed_words_go_on_to_the_control_centre(world: World) -> None:
    with refused("HS-4.1.3", 403):
        world.file("service_desk")
    answer = world.answer("pass_on", None, "service_desk", kind="referral", wanted="repair", to_desk="control_centre",
                          unit="3-2-1201", reporter="王芳", phone="138", content="厨房下水堵")  # fmt: skip
    referral = Referral.objects.get(case__number=answer.body["number"])
    assert (referral.case.status, referral.reporter, referral.phone, referral.content) == ("passed", "王芳", "138", "厨房下水堵")
    assert told_roles(referral.case) == {"control_centre"}
    order = world.file("control_centre")
    assert world.do(referral.case, "take", "control_centre", became=order.number).status == "taken"
    referral.refresh_from_db()
    assert referral.became == order


@pytest.mark.clause("HS-4.1.3")
def test_what_was_guided_to_the_control_centre_is_taken_there() -> None:
    assert REFERRAL.step("pass_on", "new", SERVICE).after == "passed"
    assert REFERRAL.step("take", "passed", CENTRE).after == "taken"
    for_this_desk("control_centre", CENTRE)
    with refused("HS-4.1.3", 403):
        for_this_desk("control_centre", SERVICE)


@pytest.mark.clause("HS-4.1.3")
@pytest.mark.parametrize(("minutes", "expected"), [(5, NOON + timedelta(minutes=5)), (2, NOON + timedelta(minutes=2))])
def test_an_urgent_hand_over_is_taken_within_the_minutes_of_the_office(minutes: int, expected: datetime) -> None:
    policy = chosen(RepairPolicy, repair__take_over_minutes=minutes)
    assert due_at(REPAIR, "take_over", NOON, policy) == expected


@pytest.mark.clause("HS-4.1.3")
@pytest.mark.django_db
@pytest.mark.parametrize(("late", "broken"), [(-1, False), (0, False), (1, True)])
def test_the_control_centre_takes_an_urgent_hand_over_in_five_minutes_to_the_second(
    world: World, late: int, broken: bool
) -> None:
    begun, seen = world.now, newest_message()
    case = world.file("service_desk", urgency="emergency")
    assert (case.status, last(case, "refer").clauses) == ("reported", ["HS-4.1.3"])
    assert told_roles(case, seen) == {"control_centre"}
    assert promise(case, "take_over").due_at == in_five(begun)
    world.now = in_five(begun, late)
    assert world.do(case, "accept", "control_centre").status == "accepted"
    assert (promise(case, "take_over").broken_at is not None) is broken


@pytest.mark.clause("HS-4.1.3")
@pytest.mark.django_db
def test_an_urgent_hand_over_nobody_took_is_told_to_the_control_centre_and_the_supervisor(world: World) -> None:
    begun = world.now
    case = world.file("service_desk", urgency="emergency")
    seen = newest_message()
    case.deadlines.exclude(key="take_over").delete()
    sweep(in_five(begun))
    assert not told_roles(case, seen)
    sweep(in_five(begun, 1))
    assert told_roles(case, seen) == {"control_centre", "service_desk_supervisor"}


@pytest.mark.clause("HS-4.1.3")
@pytest.mark.django_db
def test_a_repair_that_is_not_handed_over_has_nothing_to_take_over(world: World) -> None:
    assert not world.file("control_centre", urgency="emergency").deadlines.filter(key="take_over").exists()


@pytest.mark.clause("HS-4.1.3")
@pytest.mark.django_db
def test_other_minutes_bind_what_is_handed_over_from_then_on(world: World) -> None:
    before = world.file("service_desk", urgency="emergency")
    decide(world, "repair.take_over_minutes", 2)
    after = world.file("service_desk", urgency="emergency")
    assert promise(before, "take_over").due_at == in_five(before.reported_at)
    assert promise(after, "take_over").due_at == after.reported_at + timedelta(minutes=2)


@pytest.mark.django_db
@pytest.mark.clause("HS-4.1.3")
def test_what_was_passed_on_is_taken_as_the_order_it_becomes_or_neither_is_done(world: World) -> None:
    passed = world.answer("pass_on", None, "service_desk", kind="referral", wanted="repair", to_desk="control_centre")
    referral = Case.objects.get(number=passed.body["number"])
    with refused("MR-8", 422):
        world.file(referral="XH-F26-99999")
    order = world.file(referral=referral.number)
    referral.refresh_from_db()
    assert (referral.status, referral.referral.became_id) == ("taken", order.pk)
    with refused("HS-4.1.3"):
        world.file(referral=referral.number)
    assert Case.objects.filter(kind="repair").count() == 1
