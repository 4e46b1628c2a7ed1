"""EN-D.14, EN-D.15  The slip is rated, accepted and signed by the resident, signed by the worker, closed by the foreman."""

import pytest

from menling.kernel.roles import Role as R
from menling.procedures.repair import REPAIR
from menling.procedures.repair_policy import RepairPolicy
from menling.procedures.repair_rules import may_attest, rated_and_signed, worker_signed
from tests.office import World
from tests.procedures.given import NOON, chosen, decide, last, refused

REASON = "业主出差，电话确认"


# EN-D.14  Rate, accept, sign; in special cases the foreman


@pytest.mark.clause("EN-D.14")
def test_a_slip_needs_the_rating_unless_the_foreman_confirmed_it() -> None:
    rated_and_signed(rated=True, attested=False)
    rated_and_signed(rated=False, attested=True)
    with refused("EN-D.14"):
        rated_and_signed(rated=False, attested=False)


@pytest.mark.django_db
@pytest.mark.clause("EN-D.14")
def test_a_signed_slip_waits_for_the_resident_s_rating(world: World) -> None:
    case = world.do(world.finished(), "sign", "customer")
    with refused("EN-D.14"):
        world.do(case, "review", "team_lead")
    world.do(case, "rate", "customer", rating=4, opinion="很快")
    event = last(case, "rate")
    assert ("EN-D.14" in event.clauses, event.facts["rating"], event.facts["opinion"]) == (True, 4, "很快")
    assert world.do(case, "review", "team_lead").status == "reviewed"


@pytest.mark.django_db
@pytest.mark.clause("EN-D.14", "CF-22")
def test_in_a_special_case_the_foreman_confirms_with_a_reason_and_never_the_rating(world: World) -> None:
    case = world.finished()
    with refused("EN-D.14", 422):
        world.do(case, "attest", "team_lead", reason=" ")
    world.do(case, "attest", "team_lead", reason=REASON)
    case.order.refresh_from_db()
    event = last(case, "attest")
    assert (event.facts["reason"], event.facts["follow_up"]) == (REASON, "mandatory")
    assert (case.order.attested, case.order.rating, case.order.opinion, case.order.signed_by) == (REASON, None, "", "")
    assert world.do(case, "review", "team_lead").status == "reviewed"


@pytest.mark.django_db
@pytest.mark.clause("EN-D.14", "CF-22")
@pytest.mark.parametrize("who", ["repair_worker", "service_desk", "control_centre", "office_manager", "customer"])
def test_nobody_but_the_foreman_confirms_for_the_resident(world: World, who: str) -> None:
    case = world.finished()
    with refused("EN-D.14", 403):
        world.do(case, "attest", who, reason=REASON)
    assert REPAIR.step("attest", "finished", {R.TEAM_LEAD}).after == "signed"


@pytest.mark.clause("EN-D.14", "CF-22")
def test_a_foreman_never_confirms_the_own_work() -> None:
    may_attest(RepairPolicy(), REASON)
    with refused("EN-D.14", 403):
        may_attest(RepairPolicy(), REASON, own_work=True)


@pytest.mark.clause("EN-D.14", "CF-22")
def test_an_office_may_do_without_confirmations() -> None:
    may_attest(chosen(RepairPolicy, signature__proxy="named_roles_with_reason"), REASON)
    with refused("EN-D.14", 403):
        may_attest(chosen(RepairPolicy, signature__proxy="not_allowed"), REASON)


@pytest.mark.django_db
@pytest.mark.clause("EN-D.14", "CF-22")
def test_a_report_made_before_the_office_gave_up_confirmations_may_still_be_confirmed(world: World) -> None:
    before = world.finished()
    decide(world, "signature.proxy", "not_allowed")
    after = world.finished()
    with refused("EN-D.14", 403):
        world.do(after, "attest", "team_lead", reason=REASON)
    assert world.do(before, "attest", "team_lead", reason=REASON).status == "signed"


@pytest.mark.django_db
@pytest.mark.clause("EN-D.14")
def test_a_confirmation_ends_with_the_resident_s_objection(world: World) -> None:
    case = world.do(world.finished(), "attest", "team_lead", reason=REASON)
    world.do(case, "object", "customer", reason="还漏")
    world.do(case, "rework", "repair_worker", done="重新密封")
    world.do(case, "sign", "customer")
    with refused("EN-D.14"):
        world.do(case, "review", "team_lead")


@pytest.mark.django_db
@pytest.mark.clause("EN-D.14")
def test_an_order_opened_again_is_rated_and_signed_anew(world: World) -> None:
    case = world.completed()
    world.do(case, "reopen", "team_lead", reason="复发")
    world.do(case, "dispatch", "control_centre", worker=world.staff["repair_worker"].number)
    world.do(case, "arrive", "repair_worker")
    world.do(case, "finish", "repair_worker")
    world.do(case, "sign", "customer")
    with refused("EN-D.14"):
        world.do(case, "review", "team_lead")


# EN-D.15  The worker signs, the foreman closes


@pytest.mark.clause("EN-D.15")
def test_a_slip_the_worker_has_not_signed_is_not_closed() -> None:
    worker_signed(NOON)
    with refused("EN-D.15"):
        worker_signed(None)


@pytest.mark.django_db
@pytest.mark.clause("EN-D.15")
def test_what_was_told_by_radio_is_signed_by_the_worker_before_the_foreman_closes_it(world: World) -> None:
    case = world.at_home()
    by_radio = world.actor("repair_worker").recorded_by(world.actor("control_centre"), "radio")
    world.answer("finish", case, by_radio)
    case.refresh_from_db()
    world.do(case, "sign", "customer", rating=5)
    with refused("EN-D.15"):
        world.do(case, "review", "team_lead")
    world.do(case, "sign_off", "repair_worker")
    world.do(case, "review", "team_lead")
    assert (case.status, "EN-D.15" in last(case, "review").clauses) == ("completed", True)


@pytest.mark.django_db
@pytest.mark.clause("EN-D.15")
def test_a_slip_the_worker_finished_on_the_own_phone_is_signed_thereby(world: World) -> None:
    case = world.signed()
    case.order.refresh_from_db()
    assert case.order.worker_signed_at == world.now
    world.do(case, "review", "team_lead")
    assert (case.status, "EN-D.15" in last(case, "review").clauses) == ("reviewed", True)
