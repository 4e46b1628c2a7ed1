"""HC-5.2.5  Emergencies: ten minutes to the door, called out until somebody answers, a list for each; unsafe things at home."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from menling.journal.models import Case
from menling.journal.replay import differences
from menling.journal.sweep import sweep
from menling.kernel.calendars import OfficeCalendar
from menling.orders.commands.emergencies import still_open
from menling.orders.models import Order
from menling.policies.values import values_for
from menling.premises.models import OnCall, Shift
from menling.procedures.emergency import (
    checked_off,
    counts,
    handling_begun,
    open_items,
    urgency_of,
)
from menling.procedures.repair import REPAIR
from menling.procedures.repair_policy import RepairPolicy
from tests.office import World
from tests.procedures.given import (
    chosen,
    due,
    due_at,
    kept,
    last,
    newest_message,
    promise,
    refused,
    shanghai,
    told_roles,
)

DEFAULT = RepairPolicy()
BURST = {"urgency": "emergency", "content": "水管爆裂"}
MINUTE = timedelta(minutes=1)


def reached(world: World, seconds: float, **facts: Any) -> Case:
    """Return an emergency whose worker was at the door some seconds after the report."""
    case = world.sent(**BURST, **facts)
    world.later(seconds=seconds)
    return world.do(case, "arrive", "repair_worker")


def at_work(world: World) -> Case:
    """Return an emergency whose worker has begun."""
    return world.do(reached(world, 60), "start", "repair_worker")


def by_night(world: World, *who: str) -> None:
    """Make it 23:00, with these people on the list of the night, in this order, and nobody on shift."""
    world.now = shanghai(20, 23)
    Shift.objects.all().delete()
    for rank, key in enumerate(who, 1):
        OnCall.objects.create(office=world.office, day=world.now.date(), rank=rank, staff=world.staff[key])


# The ten minutes


@pytest.mark.django_db
@pytest.mark.clause("HC-5.2.5", "CF-06")
@pytest.mark.parametrize(("seconds", "in_time"), [(599, True), (600, True), (600.001, False)])
def test_in_an_emergency_the_worker_is_at_the_door_ten_minutes_after_the_report(
    world: World, seconds: float, in_time: bool
) -> None:
    case = reached(world, seconds)
    assert kept(case, "emergency") is in_time
    assert (promise(case, "emergency").clause, promise(case, "emergency").counted) == ("HC-5.2.5", True)
    assert differences(case) == []


@pytest.mark.clause("HC-5.2.5")
@pytest.mark.parametrize(
    ("occurred", "counted"),
    [
        (shanghai(20, 8, 59, 59), False),
        (shanghai(20, 9), True),
        (shanghai(20, 22), True),
        (shanghai(20, 22, 0, 1), False),
        (shanghai(20, 3), False),
    ],
)
def test_the_minutes_count_for_what_occurs_from_nine_to_ten_at_night_both_included(occurred: datetime, counted: bool) -> None:
    assert counts(occurred, DEFAULT, OfficeCalendar()) is counted
    promised = due(REPAIR, "emergency", occurred, urgency="emergency", reported_at=occurred)
    assert promised is not None
    assert (promised.at, promised.counted) == (occurred + 10 * MINUTE, counted)


@pytest.mark.clause("HC-5.2.5")
@pytest.mark.parametrize(
    ("occurred", "reported", "at", "counted"),
    [
        (shanghai(20, 21, 55), shanghai(20, 21, 55), shanghai(20, 22, 5), True),
        (shanghai(20, 21, 58), shanghai(20, 22, 3), shanghai(20, 22, 13), True),
        (shanghai(20, 8, 58), shanghai(20, 9, 2), shanghai(20, 9, 12), False),
    ],
)
def test_the_time_it_occurred_decides_whether_it_counts_and_the_report_starts_the_minutes(
    occurred: datetime, reported: datetime, at: datetime, counted: bool
) -> None:
    promised = due(REPAIR, "emergency", reported, urgency="emergency", reported_at=reported, occurred_at=occurred)
    assert promised is not None
    assert (promised.at, promised.counted) == (at, counted)


@pytest.mark.clause("HC-5.2.5")
def test_an_office_may_choose_other_minutes_another_window_and_to_count_the_nights() -> None:
    policy = chosen(RepairPolicy, emergency__arrive_minutes=8, emergency__window_from="08:00", emergency__window_until="23:00")
    assert due_at(REPAIR, "emergency", shanghai(20, 12), policy, urgency="emergency") == shanghai(20, 12, 8)
    times = ((7, 59), (8, 0), (23, 0), (23, 1))
    window = [counts(shanghai(20, *time), policy, OfficeCalendar()) for time in times]
    assert window == [False, True, True, False]
    assert counts(shanghai(20, 3), chosen(RepairPolicy, emergency__night="counted"), OfficeCalendar())
    assert due(REPAIR, "emergency", shanghai(20, 12)) is None, "an ordinary repair has no such promise"


@pytest.mark.django_db
@pytest.mark.clause("HC-5.2.5")
def test_by_night_the_minutes_are_shown_and_never_counted_as_broken(world: World) -> None:
    by_night(world)
    case = world.sent(**BURST)
    row = promise(case, "emergency")
    assert (row.due_at, row.counted) == (world.now + 10 * MINUTE, False)
    sweep(world.later(11))
    world.do(case, "arrive", "repair_worker")
    row.refresh_from_db()
    assert (row.broken_at, row.met_at) == (None, world.now)
    assert differences(case) == []


@pytest.mark.django_db
@pytest.mark.clause("HC-5.2.5")
def test_nobody_in_time_is_told_to_the_control_centre_the_leader_and_the_manager(world: World) -> None:
    case = world.sent(**BURST)
    sweep(world.now + 10 * MINUTE)
    assert promise(case, "emergency").broken_at is None
    before = newest_message()
    sweep(world.now + 10 * MINUTE + timedelta(seconds=1))
    assert promise(case, "emergency").broken_at == world.now + 10 * MINUTE
    assert told_roles(case, before) >= {"control_centre", "team_lead", "office_manager"}


# CF-06  Two arrival clocks


@pytest.mark.clause("CF-06", "HC-5.2.5", "EN-2.1")
def test_of_two_arrival_clocks_the_shorter_wins() -> None:
    noon = shanghai(20, 12)
    urgent: dict[str, Any] = {"urgency": "emergency", "reported_at": noon}
    assert due_at(REPAIR, "arrive", noon, **urgent) is None, "ten minutes from the report end before fifteen from the slip"
    quick = chosen(RepairPolicy, repair__arrive_minutes=5)
    assert due_at(REPAIR, "arrive", noon, quick, **urgent) == shanghai(20, 12, 5)
    assert due_at(REPAIR, "arrive", noon) == shanghai(20, 12, 15)
    night = shanghai(20, 23)
    by_slip = due_at(REPAIR, "arrive", night, urgency="emergency", reported_at=night)
    assert by_slip == shanghai(20, 23, 15), "at night the fifteen minutes of the slip are what counts"


@pytest.mark.django_db
@pytest.mark.clause("CF-06", "HC-5.2.5", "EN-2.1")
@pytest.mark.parametrize(("after", "there_by"), [(0, 10), (9, 10), (10, 25), (11, 26)])
def test_the_slip_of_an_emergency_names_the_sooner_time_and_its_own_once_that_has_passed(
    world: World, after: int, there_by: int
) -> None:
    case, reported = world.file(urgency="emergency"), world.now
    world.do(case, "accept", "control_centre")
    sent = world.do(case, "dispatch", "control_centre", at=reported + after * MINUTE, worker=world.staff["repair_worker"].number)
    assert sent.order.visit_at == reported + there_by * MINUTE


# What is an emergency, and handling begun


@pytest.mark.clause("HC-5.2.5", "CF-08")
def test_what_is_on_the_offices_list_is_an_emergency() -> None:
    assert urgency_of("ordinary", "burst_pipe", DEFAULT) == "emergency"
    assert urgency_of("ordinary", "", DEFAULT) == "ordinary"
    with refused("HC-5.2.5", 422):
        urgency_of("ordinary", "煤气泄漏", DEFAULT)
    assert urgency_of("ordinary", "煤气泄漏", chosen(RepairPolicy, emergency__kinds=["煤气泄漏"])) == "emergency"


@pytest.mark.django_db
@pytest.mark.clause("HC-5.2.5", "HS-4.1.3")
def test_a_burst_pipe_named_at_the_service_desk_is_handed_over_at_once(world: World) -> None:
    case = world.file("service_desk", emergency="burst_pipe", occurred_at=world.now - MINUTE)
    assert (case.order.urgency, last(case, "refer").facts["emergency"]) == ("emergency", "burst_pipe")
    assert case.order.occurred_at == world.now - MINUTE
    with refused("MR-8", 409):
        world.file(emergency="burst_pipe", occurred_at=world.now + MINUTE)


@pytest.mark.django_db
@pytest.mark.clause("HC-5.2.5")
@pytest.mark.parametrize(
    ("verb", "facts"),
    [
        ("finish", {"summary": "已修"}),
        ("carry_over", {"reason": "缺管件", "next_at": shanghai(21, 9)}),
        ("await_material", {"material": "管件"}),
    ],
)
def test_the_visit_of_an_emergency_does_not_end_before_work_began(world: World, verb: str, facts: dict[str, Any]) -> None:
    case = reached(world, 60)
    with refused("HC-5.2.5"):
        world.do(case, verb, "repair_worker", **facts)
    world.do(case, "start", "repair_worker")
    assert world.do(case, verb, "repair_worker", **facts).status in {"finished", "unfinished", "waiting_material"}
    handling_begun("ordinary", begun=False)


# CF-08  The list of every emergency


@pytest.mark.clause("HC-5.2.5", "CF-08")
def test_the_list_has_four_things_and_what_was_not_needed_says_why() -> None:
    assert DEFAULT.emergency_list == ("control_centre", "worker", "departments", "authorities")
    assert open_items(DEFAULT.emergency_list, {"worker"}) == ["control_centre", "departments", "authorities"]
    assert open_items(chosen(RepairPolicy, emergency__checklist=["关总阀"]).emergency_list, ()) == ["关总阀"]
    listed = DEFAULT.emergency_list
    checked_off("authorities", ["authorities"], listed, needed=False, reason="已控制，无需报警")
    for item, needed, reason, status in (("authorities", False, " ", 422), ("worker", True, "", 409), ("moon", True, "", 422)):
        with refused("HC-5.2.5", status):
            checked_off(item, ["authorities"], listed, needed=needed, reason=reason)


@pytest.mark.django_db
@pytest.mark.clause("HC-5.2.5", "CF-08")
def test_steps_do_their_part_of_the_list_and_the_slip_is_not_filed_before_the_rest_is_done(world: World) -> None:
    handed = world.file("service_desk", **BURST)
    assert left(handed) == ["control_centre", "worker", "departments", "authorities"]
    assert left(world.do(handed, "accept", "control_centre")) == ["worker", "departments", "authorities"]
    case = completed(world)
    assert left(case) == ["departments", "authorities"]
    with refused("HC-5.2.5"):
        world.do(case, "archive", "service_desk")
    world.do(case, "check_off", "control_centre", duty="departments", informed="工程部 老陈")
    world.do(case, "check_off", "control_centre", duty="authorities", needed=False, reason="水已关，无需报警")
    assert last(case, "check_off").facts == {"duty": "authorities", "informed": "", "needed": False, "reason": "水已关，无需报警"}
    assert world.do(case, "archive", "service_desk").status == "archived"


def left(case: Case) -> list[str]:
    """Return what of the list is still open."""
    order = Order.objects.select_related("case__office").get(pk=case.pk)
    order.values = values_for(order.case.office, order.valued_at)
    return still_open(order)


def completed(world: World) -> Case:
    case = world.do(at_work(world), "finish", "repair_worker", summary="换管")
    world.do(case, "sign", "customer", rating=5)
    world.do(case, "review", "team_lead")
    return world.do(case, "sign_off", "repair_worker")


# Fast work first, the slip later


@pytest.mark.django_db
@pytest.mark.clause("HC-5.2.5")
def test_a_whole_emergency_is_written_down_afterwards_with_its_true_times(world: World) -> None:
    world.now = shanghai(20, 10)
    case = world.file(at=world.now, **BURST)
    world.now = shanghai(20, 11)
    world.do(case, "accept", "control_centre", at=shanghai(20, 10, 1))
    world.do(case, "dispatch", "control_centre", at=shanghai(20, 10, 1), worker=world.staff["repair_worker"].number)
    for verb, minute, facts in (("arrive", 8, {}), ("start", 9, {}), ("finish", 40, {"summary": "换管"})):
        by = world.actor("repair_worker").recorded_by(world.actor("control_centre"), "radio")
        world.answer(verb, case, by, at=shanghai(20, 10, minute), **facts)
    case.refresh_from_db()
    assert (case.status, kept(case, "emergency")) == ("finished", True)
    arrival = last(case, "arrive")
    assert (arrival.happened_at, arrival.recorded_at, arrival.recorder_name) == (
        shanghai(20, 10, 8), shanghai(20, 11), world.staff["control_centre"].name,
    )  # fmt: skip
    assert differences(case) == []
