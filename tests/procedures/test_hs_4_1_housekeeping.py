"""HS-3.1, HS-4.1.1  Housekeeping: who takes it, when, who comes for the orders, the record, the register and the money."""

from contextlib import nullcontext
from datetime import timedelta

import pytest

from menling.kernel.roles import Role as R
from menling.orders.models import Visit
from menling.procedures.housekeeping import HOUSEKEEPING
from menling.procedures.housekeeping_policy import HousekeepingPolicy
from menling.procedures.housekeeping_rules import (
    acting,
    agreed_time,
    filed_at_the_right_desk,
    record_filled,
    takers,
)
from menling.procedures.repair_sending import lead_kept
from menling.procedures.settlement import SETTLEMENT, may_settle, register_signed
from menling.procedures.settlement import SettlementPolicy as Order
from tests import cleaning
from tests.office import World
from tests.procedures.given import NOON, chosen, decide, last, refused, told_roles

DEFAULT = HousekeepingPolicy()
SERVICE = frozenset({R.SERVICE_DESK, R.SERVICE_DESK_SUPERVISOR})


# HS-3.1  One owner of housekeeping


@pytest.mark.clause("HS-3.1", "HS-4.1.1.1", "HA-1.1", "CF-02")
@pytest.mark.parametrize(
    ("desk", "roles"),
    [
        ("service_desk", SERVICE),
        ("service_desk_or_control_centre", SERVICE | {R.CONTROL_CENTRE}),
        ("office", SERVICE | {R.OFFICE_MANAGER}),
        ("call_department", frozenset({R.CALL_DEPARTMENT})),
    ],
)
def test_the_office_says_which_desk_creates_the_order(desk: str, roles: frozenset[R]) -> None:
    policy = chosen(HousekeepingPolicy, intake__housekeeping__desk=desk)
    assert policy.taker == desk
    assert takers(policy) == roles
    for role in R:
        if role in roles:
            filed_at_the_right_desk(frozenset({role}), "phone", policy)
            assert HOUSEKEEPING.step("file", "new", acting(frozenset({role}), policy)).after == "reported"
        else:
            with refused("HS-3.1", 403):
                filed_at_the_right_desk(frozenset({role}), "phone", policy)


@pytest.mark.clause("HS-3.1", "HA-1.1", "CF-02")
@pytest.mark.django_db
def test_only_the_desk_in_force_files_and_the_others_pass_a_lead_on(world: World) -> None:
    with refused("HS-4.2.1", 403):
        cleaning.booked(world, "control_centre")
    with refused("HS-3.1", 403):
        cleaning.booked(world, "finance")
    assert world.answer("pass_on", None, "control_centre", kind="referral", wanted="housekeeping", to_desk="service_desk")
    decide(world, "intake.housekeeping.desk", "service_desk_or_control_centre")
    assert cleaning.booked(world, "control_centre").status == "reported"
    assert last(cleaning.booked(world), "file").clauses == ["HC-5.1.2", "HS-4.1.1.2", "HS-3.1"]


@pytest.mark.clause("CF-02")
@pytest.mark.django_db
def test_what_the_call_department_placed_the_service_desk_makes_an_order_of(world: World) -> None:
    decide(world, "intake.housekeeping.desk", "call_department")
    with refused("HS-3.1", 403):
        cleaning.booked(world)
    assert cleaning.booked(world, channel="call_department").status == "reported"


# HS-4.1.1.1  Can we do it


@pytest.mark.clause("HS-4.1.1.1")
@pytest.mark.django_db
def test_nothing_goes_on_before_somebody_judged_whether_it_can_be_done(world: World) -> None:
    case = cleaning.booked(world)
    with refused("HC-5.1.3"):
        world.do(case, "quote", "service_desk", amount="80")
    world.do(case, "ask_supervisor", "service_desk", what="十二层外窗能做吗")
    assert told_roles(case) == {"service_desk_supervisor"}
    assert (case.status, last(case, "ask_supervisor").clauses) == ("reported", ["HS-4.1.1.1"])
    assert world.do(case, "accept", "service_desk_supervisor").status == "accepted"
    assert last(case, "accept").clauses == ["HS-4.1.1.1"]


# HS-4.1.1.2  A reason to decline; a time with thirty minutes to spare


@pytest.mark.clause("HS-4.1.1.2")
@pytest.mark.django_db
def test_who_is_declined_hears_a_reason(world: World) -> None:
    case = cleaning.booked(world)
    with refused("HS-4.2.2", 422):
        world.do(case, "decline", "service_desk", reason=" ", offered="介绍专业公司")
    with refused("HS-4.2.2", 422):
        world.do(case, "decline", "service_desk", reason="没有高空设备", offered=" ")
    assert world.do(case, "decline", "service_desk", reason="没有高空设备", offered="介绍专业公司").status == "declined"
    assert last(case, "decline").clauses[0] == "HS-4.1.1.2"


@pytest.mark.clause("HS-4.1.1.2", "HA-1.3")
@pytest.mark.parametrize(("seconds", "allowed"), [(0, False), (29 * 60, False), (1799, False), (1800, True), (1801, True)])
def test_thirty_minutes_from_booking_to_start_are_enough_and_less_needs_a_reason(seconds: int, allowed: bool) -> None:
    start = NOON + timedelta(seconds=seconds)
    agreed_time(NOON, start, "ordinary", "客人马上到", DEFAULT)
    if allowed:
        agreed_time(NOON, start, "ordinary", "", DEFAULT)
    else:
        with refused("HS-4.1.1.2", 409):
            agreed_time(NOON, start, "ordinary", " ", DEFAULT)


@pytest.mark.clause("HS-4.1.1.2", "CF-07")
@pytest.mark.parametrize("bound", ["booked_orders", "all_orders"])
def test_an_emergency_waits_for_no_lead_and_a_booking_does_whichever_orders_it_binds(bound: str) -> None:
    policy = chosen(HousekeepingPolicy, booking__min_lead_applies_to=bound)
    for start in (None, NOON, NOON + timedelta(minutes=29)):
        agreed_time(NOON, start, "emergency", "", policy)
        with refused("HS-4.1.1.2", 409 if start else 422):
            agreed_time(NOON, start, "ordinary", "", policy)
    agreed_time(NOON, NOON + timedelta(minutes=30), "ordinary", "", policy)


@pytest.mark.clause("HS-4.1.1.2")
def test_an_office_may_ask_for_a_longer_lead() -> None:
    policy = chosen(HousekeepingPolicy, booking__min_lead_minutes=60)
    agreed_time(NOON, NOON + timedelta(minutes=60), "ordinary", "", policy)
    with refused("HS-4.1.1.2", 409):
        agreed_time(NOON, NOON + timedelta(minutes=59), "ordinary", "", policy)


@pytest.mark.clause("HS-4.1.1.2")
@pytest.mark.django_db
def test_a_gap_between_two_visits_of_one_housekeeper_is_kept_where_the_office_wants_one(world: World) -> None:
    assert Visit.objects.get(order=cleaning.sent(world, crew=("housekeeper",)).order).planned.upper == world.now + timedelta(
        minutes=300
    )
    decide(world, "booking.gap_minutes", 20)
    after = cleaning.sent(world, crew=("housekeeper",), ahead=600)
    visit = Visit.objects.get(order=after.order)
    assert visit.planned.upper - visit.planned.lower == timedelta(minutes=140)


# HS-4.1.1.4  The service record and the resident's signature


@pytest.mark.clause("HS-4.1.1.4")
@pytest.mark.django_db
def test_a_visit_is_not_closed_without_a_filled_record_and_the_residents_signature(world: World) -> None:
    with refused("HS-4.1.1.4", 422):
        record_filled(" ")
    case = cleaning.working(world)
    with refused("HS-4.1.1.4", 422):
        world.do(case, "finish", "housekeeper", summary=" ")
    world.do(case, "finish", "housekeeper", summary="全屋保洁")
    assert last(case, "finish").clauses == ["HS-4.1.1.4"]
    with refused("HS-4.1.1.5"):
        world.do(case, "sign_off", "housekeeper")
    world.do(case, "sign", "customer", rating=5)
    assert "HS-4.1.1.4" in last(case, "sign").clauses


# HS-4.1.1.5  The register, then finance


@pytest.mark.clause("HS-4.1.1.5")
@pytest.mark.parametrize(
    ("status", "signed"), [("finished", False), ("signed", False), ("signed_off", True), ("completed", True), ("archived", True)]
)
def test_finance_settles_after_the_housekeeping_register_is_signed(status: str, signed: bool) -> None:
    assert SETTLEMENT.step("settle", "open", {R.FINANCE}).after == "settled"
    if signed:
        register_signed(status)
        may_settle("housekeeping", status, "collected", Order())
    else:
        with refused("HS-4.1.1.5"):
            register_signed(status)
        with refused("HS-4.1.1.5"):
            may_settle("housekeeping", status, "collected", Order())


@pytest.mark.clause("HS-4.1.1.5", "CF-16")
@pytest.mark.django_db
def test_two_hundred_and_forty_yuan_a_lead_collects_and_the_housekeeper_signs_before_the_money_is_settled(world: World) -> None:
    case = cleaning.signed(world)
    charge = world.child(case, "charge")
    with refused("HS-3.3", 403):
        world.do(charge, "collect", "housekeeper")
    world.do(charge, "collect", "business_lead")
    settlement = world.child(case, "settlement")
    with refused("HS-4.1.1.5"):
        world.do(settlement, "settle", "finance")
    assert world.do(case, "sign_off", "housekeeper_2").status == "signed_off"
    assert last(case, "sign_off").clauses == ["HS-4.1.1.5"]
    assert world.do(settlement, "settle", "finance").status == "settled"


@pytest.mark.clause("HS-4.1.1.2")
@pytest.mark.django_db
@pytest.mark.parametrize(("minutes", "why", "allowed"), [(29, "", False), (30, "", True), (31, "", True), (29, "急用", True)])
def test_a_new_time_keeps_the_lead_of_the_booking_or_says_why_it_is_urgent(
    world: World, minutes: int, why: str, allowed: bool
) -> None:
    case = cleaning.sent(world)
    with nullcontext() if allowed else refused("HS-4.1.1.2", 409):
        world.do(case, "move", "service_desk", visit_at=case.reported_at + timedelta(minutes=minutes), reason="业主要求",
                 override_reason=why)  # fmt: skip
    moved = case.events.filter(verb="move").first()
    assert (moved is not None) is allowed
    assert moved is None or moved.facts.get("override_reason", "") == why


@pytest.mark.clause("HS-4.1.1.2")
@pytest.mark.parametrize(("minutes", "fits"), [(19, False), (20, True), (21, True)])
def test_only_what_is_brought_forward_says_why_it_is_so_soon(minutes: int, fits: bool) -> None:
    agreed, new = NOON + timedelta(minutes=20), NOON + timedelta(minutes=minutes)
    with nullcontext() if fits else refused("HS-4.1.1.2", 409):
        lead_kept(NOON, agreed, new, "ordinary", "", chosen(HousekeepingPolicy))
    lead_kept(NOON, agreed, new, "ordinary", "急用", chosen(HousekeepingPolicy))
    lead_kept(NOON, None, new, "ordinary", "", chosen(HousekeepingPolicy))


@pytest.mark.clause("HS-4.1.1.2", "CF-07", "MR-9")
@pytest.mark.django_db
@pytest.mark.parametrize(("minutes", "why", "fits"), [(29, "", False), (30, "", True), (29, "老人独自在家", True)])
def test_a_colleague_who_goes_sooner_keeps_the_lead_where_every_visit_has_one(
    world: World, minutes: int, why: str, fits: bool
) -> None:
    decide(world, "booking.min_lead_applies_to", "all_orders")
    case = world.sent(visit_at=world.now + timedelta(hours=5))
    sooner = {"visit_at": case.reported_at + timedelta(minutes=minutes), "override_reason": why}
    with nullcontext() if fits else refused("HS-4.1.1.2", 409):
        world.do(case, "reassign", "control_centre", worker=world.staff["repair_worker_2"].number, reason="生病", **sooner)
    assert case.events.filter(verb="move").exists() is fits
