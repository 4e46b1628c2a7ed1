"""HC-5.5.1  The resident signs at the end; who may confirm for a resident who cannot."""

import pytest

from menling.kernel.recording import own_opinion
from menling.kernel.roles import Role as R
from menling.orders.models import Order
from menling.procedures.repair import REPAIR
from menling.procedures.repair_policy import RepairPolicy
from menling.procedures.repair_rules import may_attest
from tests.office import World, make_staff
from tests.procedures.given import chosen, decide, last, refused


@pytest.mark.clause("HC-5.5.1")
def test_the_resident_signs_and_nobody_else() -> None:
    step = REPAIR.step("sign", "finished", {R.CUSTOMER})
    assert (step.after, step.clauses[0]) == ("signed", "HC-5.5.1")
    for role in (R.REPAIR_WORKER, R.TEAM_LEAD, R.CONTROL_CENTRE, R.SERVICE_DESK, R.OFFICE_MANAGER, R.ADMINISTRATOR):
        with refused("HC-5.5.1", 403):
            REPAIR.step("sign", "finished", {role})


@pytest.mark.clause("HC-5.5.1")
def test_there_is_no_way_from_finished_to_the_end_past_the_signature_drawn_or_on_paper_but_the_foremans() -> None:
    onward = {(step.verb, step.after) for step in REPAIR.steps if "finished" in step.before and step.after is not None}
    assert onward == {("sign", "signed"), ("sign_on_paper", "signed"), ("attest", "signed"), ("object", "objected")}


@pytest.mark.clause("HC-5.5.1")
@pytest.mark.django_db
def test_a_visit_is_not_complete_before_the_signature(world: World) -> None:
    case = world.finished()
    for verb, who, cited in (("review", "team_lead", "EN-7.6"), ("sign_off", "repair_worker", "HS-4.2.3"),
                             ("archive", "service_desk", "EN-D.20")):  # fmt: skip
        with refused(cited):
            world.do(case, verb, who)
    world.later(3)
    world.do(case, "sign", "customer", name="王芳", rating=5)
    order = Order.objects.get(pk=case.pk)
    assert (case.status, order.signed_at, order.signed_by) == ("signed", world.now, "王芳")
    assert "HC-5.5.1" in last(case, "sign").clauses
    world.do(case, "review", "team_lead")
    assert world.do(case, "sign_off", "repair_worker").status == "completed"


@pytest.mark.clause("HC-5.5.1")
@pytest.mark.django_db
def test_no_member_of_staff_signs_a_finished_order(world: World) -> None:
    case = world.finished()
    for who in ("repair_worker", "team_lead", "service_desk"):
        with refused("HC-5.5.1", 403):
            world.do(case, "sign", who)
    assert case.status == "finished"


@pytest.mark.clause("CF-22")
def test_where_the_office_does_not_allow_it_nobody_confirms_for_the_resident() -> None:
    with refused("EN-D.14", 403):
        may_attest(chosen(RepairPolicy, signature__proxy="not_allowed"), "业主住院")
    may_attest(chosen(RepairPolicy, signature__proxy="named_roles_with_reason"), "业主住院")


@pytest.mark.clause("CF-22")
def test_where_it_is_allowed_it_is_a_foreman_with_a_reason_and_never_the_worker_of_the_job() -> None:
    assert REPAIR.step("attest", "finished", {R.TEAM_LEAD}).after == "signed"
    for role in (R.REPAIR_WORKER, R.CONTROL_CENTRE, R.SERVICE_DESK, R.OFFICE_MANAGER):
        with refused("EN-D.14", 403):
            REPAIR.step("attest", "finished", {role})
    with refused("EN-D.14", 422):
        may_attest(RepairPolicy(), " ")
    with refused("EN-D.14", 403):
        may_attest(RepairPolicy(), "业主住院", own_work=True)


@pytest.mark.clause("CF-22", "HC-5.5.1")
@pytest.mark.django_db
def test_a_confirmation_for_the_resident_has_its_reason_no_rating_and_a_call_afterwards(world: World) -> None:
    case = world.finished()
    with refused("EN-D.14", 422):
        world.do(case, "attest", "team_lead", reason="")
    world.do(case, "attest", "team_lead", reason="业主住院, 家属在外地")
    order = Order.objects.get(pk=case.pk)
    assert (case.status, order.attested, order.rating, order.opinion) == ("signed", "业主住院, 家属在外地", None, "")
    assert last(case, "attest").facts["follow_up"] == "mandatory"
    assert order.signed_by == ""


@pytest.mark.clause("CF-22")
@pytest.mark.django_db
def test_a_foreman_who_did_the_work_does_not_confirm_it(world: World) -> None:
    both = make_staff(world.company, world.office, R.REPAIR_WORKER, "A201", "孙班长")
    both.posts.create(office=world.office, role=R.TEAM_LEAD, since="2020-01-01")
    world.staff["both"] = both
    case = world.do(world.file(), "accept", "control_centre")
    world.do(case, "dispatch", "control_centre", worker=both.number)
    world.do(case, "arrive", "both")
    world.do(case, "finish", "both")
    with refused("EN-D.14", 403):
        world.do(case, "attest", "both", reason="业主住院")
    assert world.do(case, "attest", "team_lead", reason="业主住院").status == "signed"


@pytest.mark.clause("CF-22")
def test_nobody_records_the_residents_signature_or_rating() -> None:
    for verb in ("sign", "rate"):
        with refused("OC-4.5", 403):
            own_opinion(verb)
    own_opinion("finish")


@pytest.mark.clause("CF-22")
@pytest.mark.django_db
def test_a_repair_keeps_the_choice_of_its_report(world: World) -> None:
    before = world.finished()
    decide(world, "signature.proxy", "not_allowed")
    after = world.finished()
    assert world.do(before, "attest", "team_lead", reason="业主住院").status == "signed"
    with refused("EN-D.14", 403):
        world.do(after, "attest", "team_lead", reason="业主住院")
