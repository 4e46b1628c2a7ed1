"""CF-03, CF-07  Whether an order is taken, and how far ahead it begins: what an office chose holds for every kind of order."""

from contextlib import nullcontext
from datetime import datetime, timedelta
from typing import Any

import pytest

from menling.journal.models import Case
from menling.journal.replay import differences
from menling.procedures.acceptance import lead_of_all_orders
from menling.procedures.repair_policy import RepairPolicy
from menling.procedures.taking import may_decline, taken_at_once
from tests import alarms, cleaning
from tests.doors.api import Caller, caller
from tests.doors.web import browser
from tests.office import World
from tests.procedures.given import NOON, chosen, decide, last, promise, refused

BINDING = chosen(RepairPolicy, intake__acceptance_mode="mandatory")
LEAD_FOR_ALL = chosen(RepairPolicy, booking__min_lead_applies_to="all_orders")
NO: dict[str, Any] = {"reason": "没人", "offered": "介绍厂家"}


def booked(world: World, kind: str, **facts: Any) -> Case:
    """Register an order of a kind, nobody having judged it yet."""
    if kind == "housekeeping":
        return cleaning.booked(world, **facts)
    return alarms.filed(world, **facts) if kind == "alarm" else world.file(**facts)


EVERY_KIND = pytest.mark.parametrize(("kind", "desk"), [
    ("repair", "control_centre"), ("housekeeping", "service_desk"), ("alarm", "service_desk"),
])  # fmt: skip


# OI-1.1, CF-03  Taken at once where the office chose so


@pytest.mark.clause("OI-1.1", "CF-03")
def test_an_office_judges_unless_it_chose_to_take_every_order() -> None:
    assert (taken_at_once(RepairPolicy()), taken_at_once(BINDING)) == (False, True)
    may_decline(RepairPolicy())
    with refused("OI-1.1"):
        may_decline(BINDING)


@EVERY_KIND
@pytest.mark.clause("OI-1.1", "CF-03")
@pytest.mark.django_db
def test_where_every_order_is_taken_it_is_accepted_with_its_registration_and_never_declined(
    world: World, kind: str, desk: str
) -> None:
    before = booked(world, kind)
    decide(world, "intake.acceptance_mode", "mandatory")
    case = booked(world, kind)
    assert (before.status, case.status, last(case, "accept").actor) == ("reported", "accepted", "system:0")
    with refused("OI-1.1"):
        world.do(case, "decline", desk, **NO)
    assert world.do(before, "decline", desk, **NO).status == "declined"  # it keeps what was in force at its report
    assert differences(case) == []


@pytest.mark.clause("OI-1.1")
@pytest.mark.django_db
def test_who_judges_while_filing_still_stands_there_by_name(world: World) -> None:
    decide(world, "intake.acceptance_mode", "mandatory")
    assert last(world.file(accept=True), "accept").actor_name == world.staff["control_centre"].name


@pytest.mark.clause("OI-1.1", "HS-4.1.2.2")
@pytest.mark.django_db
def test_the_minutes_to_send_somebody_to_an_alarm_run_from_its_registration(world: World) -> None:
    judged = alarms.filed(world, ahead=60)
    assert not judged.deadlines.filter(key="dispatch").exists()
    decide(world, "intake.acceptance_mode", "mandatory")
    assert promise(alarms.filed(world, ahead=60), "dispatch").armed_at == world.now


@pytest.mark.clause("OI-1.1", "HS-4.1.3")
@pytest.mark.django_db
def test_an_urgent_hand_over_still_waits_for_the_control_centre_to_take_it(world: World) -> None:
    decide(world, "intake.acceptance_mode", "mandatory")
    case = world.file("service_desk", urgency="emergency")
    assert (case.status, promise(case, "take_over").met_at) == ("reported", None)
    with refused("OI-1.1"):
        world.do(case, "decline", "control_centre", **NO)
    assert world.do(case, "accept", "control_centre").status == "accepted"


@pytest.mark.clause("OI-1.1", "CF-03")
@pytest.mark.django_db
def test_the_desk_is_not_offered_what_it_may_not_do(world: World) -> None:
    desk = browser(world, "control_centre")
    assert 'value="decline"' in desk.read("/new")
    decide(world, "intake.acceptance_mode", "mandatory")
    assert 'value="decline"' not in desk.read("/new")


@pytest.mark.clause("OI-1.1", "CF-03")
@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["repair", "housekeeping", "alarm"])
def test_no_order_offers_to_be_declined_where_every_order_is_taken(world: World, kind: str) -> None:
    world.later(-5)  # decided a while ago
    desk = caller(world, "control_centre" if kind == "repair" else "service_desk")
    case = booked(world, kind, visit_at=world.now + timedelta(hours=3))
    assert "decline" in offered(desk, case)
    decide(world, "intake.acceptance_mode", "mandatory")
    urgent = world.file("service_desk", urgency="emergency") if kind == "repair" else case
    bound = booked(world, kind, visit_at=world.now + timedelta(hours=3))
    for each in (bound, urgent) if kind == "repair" else (bound,):
        assert "decline" not in offered(desk, each)


def offered(desk: Caller, case: Case) -> set[str]:
    """Return the verbs the programs' door offers on a case."""
    return {each["verb"] for each in desk.get(f"/orders/{case.number}").json()["actions"]}


@pytest.mark.clause("HS-4.3.3")
@pytest.mark.django_db
def test_a_stub_is_asked_for_where_one_is_out_at_every_door(world: World) -> None:
    desk, case = caller(world, "service_desk"), world.sent()
    assert "return_stub" not in offered(desk, case)
    world.do(case, "absent", "repair_worker", slip="0001")
    assert "return_stub" in offered(desk, case)
    world.do(case, "return_stub", "service_desk", slip="0001")
    assert "return_stub" not in offered(desk, case)


# HS-4.1.1.2, CF-07  The lead of all orders


def _lead(visit_at: datetime | None, policy: RepairPolicy, urgency: str = "ordinary", reason: str = "") -> None:
    lead_of_all_orders(NOON, visit_at, urgency, reason, policy)


@pytest.mark.clause("HS-4.1.1.2", "CF-07")
@pytest.mark.parametrize(("minutes", "kept"), [(29, False), (30, True), (31, True)])
def test_where_it_binds_all_orders_thirty_minutes_are_enough_and_less_needs_a_reason(minutes: int, kept: bool) -> None:
    start = NOON + timedelta(minutes=minutes)
    _lead(start, RepairPolicy())
    _lead(start, LEAD_FOR_ALL, reason="急用")
    _lead(start, LEAD_FOR_ALL, urgency="emergency")
    if kept:
        _lead(start, LEAD_FOR_ALL)
    else:
        with refused("HS-4.1.1.2", 409):
            _lead(start, LEAD_FOR_ALL, reason=" ")


@pytest.mark.clause("HS-4.1.1.2", "CF-07")
def test_where_it_binds_all_orders_nobody_is_promised_at_once_without_a_reason() -> None:
    _lead(None, RepairPolicy())
    _lead(None, LEAD_FOR_ALL, reason="老人独自在家")
    _lead(None, LEAD_FOR_ALL, urgency="emergency")
    with refused("HS-4.1.1.2", 422):
        _lead(None, LEAD_FOR_ALL)


@pytest.mark.clause("HS-4.1.1.2", "CF-07")
@pytest.mark.parametrize("kind", ["repair", "alarm"])
@pytest.mark.django_db
def test_a_repair_and_an_alarm_keep_the_lead_where_the_office_chose_so(world: World, kind: str) -> None:
    free = booked(world, kind, visit_at=world.now + timedelta(minutes=29))
    assert free.status == "reported"
    decide(world, "booking.min_lead_applies_to", "all_orders")
    with refused("HS-4.1.1.2", 409):
        booked(world, kind, visit_at=world.now + timedelta(minutes=29))
    for minutes in (30, 31):
        assert booked(world, kind, visit_at=world.now + timedelta(minutes=minutes)).status == "reported"
    soon = booked(world, kind, visit_at=world.now + timedelta(minutes=29), override_reason="客人马上到")
    assert last(soon, "file").facts["override_reason"] == "客人马上到"


@pytest.mark.clause("HS-4.1.1.2", "CF-07")
@pytest.mark.parametrize("kind", ["repair", "housekeeping", "alarm"])
@pytest.mark.parametrize(
    ("minutes", "why", "fits"), [(29, "", False), (30, "", True), (31, "", True), (29, "老人独自在家", True)]
)
@pytest.mark.django_db
def test_a_slip_with_a_time_of_its_own_keeps_the_lead_as_a_new_time_does(
    world: World, kind: str, minutes: int, why: str, fits: bool
) -> None:
    decide(world, "booking.min_lead_applies_to", "all_orders")
    case, (lead, worker) = ready(world, kind)
    agreed = case.order.visit_at
    sooner = {"visit_at": case.reported_at + timedelta(minutes=minutes), "override_reason": why}
    with nullcontext() if fits else refused("HS-4.1.1.2", 409):
        world.do(case, "dispatch", lead, worker=world.staff[worker].number, **sooner)
    case = Case.objects.get(pk=case.pk)
    assert case.order.visit_at == (sooner["visit_at"] if fits else agreed)
    assert not fits or last(case, "dispatch").facts.get("override_reason", "") == why


def ready(world: World, kind: str) -> tuple[Case, tuple[str, str]]:
    """Return an order for later today that waits for somebody to be sent, and who sends whom."""
    if kind == "housekeeping":
        return cleaning.agreed(world), ("team_lead", "housekeeper")
    if kind == "alarm":
        return alarms.accepted(world), ("team_lead", "engineering_crew")
    case = world.file(visit_at=world.now + timedelta(hours=5))
    return world.do(case, "accept", "control_centre"), ("control_centre", "repair_worker")


@pytest.mark.clause("HS-4.1.1.2", "CF-07", "HC-5.2.5")
@pytest.mark.django_db
def test_an_emergency_and_what_is_written_down_afterwards_wait_for_no_lead(world: World) -> None:
    decide(world, "booking.min_lead_applies_to", "all_orders")
    assert world.file(urgency="emergency").status == "reported"
    assert world.file(over=True).status == "reported"
    with refused("HS-4.1.1.2", 422):
        world.file()


@pytest.mark.clause("HS-4.1.1.2", "CF-07")
@pytest.mark.django_db
def test_the_desk_writes_why_so_soon_where_every_visit_has_its_lead(world: World) -> None:
    desk = browser(world, "control_centre")
    assert 'name="override_reason"' not in desk.read("/new")
    decide(world, "booking.min_lead_applies_to", "all_orders")
    assert desk.read("/new").count('name="override_reason"') == 1
    sent = {"unit": "3-2-1201", "reporter": "王芳", "phone": "13800138000", "content": "水龙头漏", "do": "accept"}
    assert "HS-4.1.1.2" in desk.post("/new/file", sent, htmx=True).content.decode()
    desk.post("/new/file", sent | {"override_reason": "老人独自在家"})
    assert last(Case.objects.filter(kind="repair").latest("pk"), "file").facts["override_reason"] == "老人独自在家"
