"""EN-F  The flow of a report, and the five elements of a slip."""

from datetime import timedelta

import pytest

from menling.kernel.roles import Role as R
from menling.procedures.repair_policy import RepairPolicy
from menling.procedures.repair_rules import acting, slip_complete
from tests.office import World
from tests.procedures.given import NOON, chosen, decide, last, refused

DESK = "intake.home_repair.desk"
ELEMENTS = {"unit": "3-2-1201", "reporter": "王芳", "visit_at": NOON, "content": "厨房下水堵", "phone": "13800138000"}


@pytest.mark.clause("EN-F.1", "CF-01")
@pytest.mark.parametrize(
    ("option", "desks"),
    [
        ("control_centre", {R.CONTROL_CENTRE}),
        ("service_desk", {R.SERVICE_DESK}),
        ("either", {R.CONTROL_CENTRE, R.SERVICE_DESK}),
    ],
)
def test_reports_are_taken_by_the_desk_the_office_chose(option: str, desks: set[R]) -> None:
    policy = chosen(RepairPolicy, intake__home_repair__desk=option)
    takes = {role for role in R if R.REPAIR_DESK in acting(frozenset({role}), policy) and role is not R.REPAIR_DESK}
    assert takes == desks


@pytest.mark.django_db
@pytest.mark.clause("EN-F.1", "CF-01")
def test_the_customer_centre_takes_and_dispatches_a_report_up_to_its_filing(world: World) -> None:
    decide(world, DESK, "service_desk")
    worker = world.staff["repair_worker"].number
    case = world.file("service_desk")
    steps = [("accept", "service_desk", {}), ("dispatch", "service_desk", {"worker": worker}),
             ("acknowledge", "repair_worker", {}), ("arrive", "repair_worker", {}), ("finish", "repair_worker", {}),
             ("sign", "customer", {"rating": 5}), ("sign_off", "repair_worker", {}), ("review", "team_lead", {}),
             ("archive", "service_desk", {})]  # fmt: skip
    states = [case.status] + [world.do(case, verb, who, **facts).status for verb, who, facts in steps]
    assert states == ["reported", "accepted", "dispatched", "acknowledged", "on_site", "finished", "signed", "signed_off",
                      "completed", "archived"]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.clause("EN-F.1", "CF-01")
def test_the_other_desk_neither_takes_nor_dispatches_where_the_customer_centre_does(world: World) -> None:
    decide(world, DESK, "service_desk")
    with refused("HS-4.1.3", 403):
        world.file("control_centre")
    case = world.file("service_desk")
    with refused("HS-4.2.1", 403):
        world.do(case, "accept", "control_centre")


@pytest.mark.django_db
@pytest.mark.clause("EN-F.1", "CF-01")
def test_a_report_taken_before_the_choice_stays_with_the_desk_that_took_it(world: World) -> None:
    before = world.file("control_centre")
    decide(world, DESK, "service_desk")
    assert world.file("service_desk").status == "reported"
    with refused("HS-4.2.1", 403):
        world.do(before, "accept", "service_desk")
    assert world.do(before, "accept", "control_centre").status == "accepted"


@pytest.mark.clause("EN-F.2")
@pytest.mark.parametrize("missing", ["unit", "reporter", "visit_at", "content", "phone"])
def test_a_slip_without_one_of_its_five_elements_is_not_issued(missing: str) -> None:
    slip_complete(ELEMENTS)
    with refused("EN-F.2"):
        slip_complete({**ELEMENTS, missing: ""})
    with refused("EN-F.2"):
        slip_complete({name: value for name, value in ELEMENTS.items() if name != missing})


@pytest.mark.django_db
@pytest.mark.clause("EN-F.2")
def test_a_report_without_a_phone_is_not_sent_until_the_phone_is_added(world: World) -> None:
    case = world.do(world.file(phone=""), "accept", "control_centre")
    worker = world.staff["repair_worker"].number
    with refused("EN-F.2"):
        world.do(case, "dispatch", "control_centre", worker=worker)
    world.do(case, "correct", "control_centre", field="phone", value="13800138000", reason="来电补登")
    assert "EN-F.2" in last(world.do(case, "dispatch", "control_centre", worker=worker), "dispatch").clauses


@pytest.mark.django_db
@pytest.mark.clause("EN-F.2")
def test_an_at_once_slip_carries_its_own_time_plus_the_arrival_limit(world: World) -> None:
    case = world.do(world.file(), "accept", "control_centre")
    issued = world.later(seconds=61)
    world.do(case, "dispatch", "control_centre", worker=world.staff["repair_worker"].number)
    case.order.refresh_from_db()
    assert (case.order.issued_at, case.order.visit_at) == (issued, issued + timedelta(minutes=15))


@pytest.mark.django_db
@pytest.mark.clause("EN-F.2")
def test_another_arrival_limit_is_printed_on_slips_of_later_reports_only(world: World) -> None:
    before = world.do(world.file(), "accept", "control_centre")
    decide(world, "repair.arrive_minutes", 20)
    after = world.sent()
    world.do(before, "dispatch", "control_centre", worker=world.staff["repair_worker_2"].number)
    assert before.order.visit_at == world.now + timedelta(minutes=15)
    assert after.order.visit_at == world.now + timedelta(minutes=20)
    assert all("EN-F.2" in last(case, "dispatch").clauses for case in (before, after))


@pytest.mark.django_db
@pytest.mark.clause("EN-F.2")
def test_a_booked_slip_carries_the_time_agreed(world: World) -> None:
    booked = world.now + timedelta(hours=3)
    case = world.sent(visit_at=booked)
    assert case.order.visit_at == booked
    assert "EN-F.2" in last(case, "dispatch").clauses
