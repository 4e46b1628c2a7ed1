"""HS-3  Who owns what: the desk of repairs, who collects, and what finance asks before it settles."""

from decimal import Decimal

import pytest

from menling.kernel.roles import Role
from menling.kernel.roles import Role as R
from menling.money.books import balance
from menling.procedures.charge import CHARGE, ChargePolicy, may_collect
from menling.procedures.repair import REPAIR
from menling.procedures.repair_policy import RepairPolicy
from menling.procedures.repair_rules import acting, desks
from menling.procedures.settlement import SETTLEMENT
from tests.office import World
from tests.procedures.given import cards, chosen, decide, last, refused, told_staff, worded

WORKER = frozenset({R.REPAIR_WORKER})
LEAD = frozenset({R.BUSINESS_LEAD})


@pytest.mark.clause("HS-3.2")
def test_the_control_centre_takes_sends_and_watches_repairs() -> None:
    centre = acting(frozenset({R.CONTROL_CENTRE}), RepairPolicy())
    assert REPAIR.step("file", "new", centre).after == "reported"
    assert REPAIR.step("accept", "reported", centre).after == "accepted"
    assert REPAIR.step("dispatch", "accepted", centre).after == "dispatched"
    watched = {clock.key for clock in REPAIR.clocks if R.CONTROL_CENTRE in clock.alerts}
    assert {"dispatch", "acknowledge", "arrive", "complete", "answer"} <= watched


@pytest.mark.clause("HS-3.2")
def test_the_service_desk_takes_no_repair_while_the_control_centre_owns_them() -> None:
    service = acting(frozenset({R.SERVICE_DESK}), RepairPolicy())
    with refused("HC-5.1.2", 403):
        REPAIR.step("file", "new", service)
    with refused("HS-4.2.1", 403):
        REPAIR.step("accept", "reported", service)


@pytest.mark.clause("HS-3.2", "CF-01")
@pytest.mark.parametrize(
    ("desk", "owners"),
    [
        ("control_centre", {R.CONTROL_CENTRE}),
        ("service_desk", {R.SERVICE_DESK}),
        ("either", {R.CONTROL_CENTRE, R.SERVICE_DESK}),
    ],
)
def test_the_office_names_the_desk_of_repairs(desk: str, owners: set[Role]) -> None:
    assert desks(chosen(RepairPolicy, intake__home_repair__desk=desk)) == owners


@pytest.mark.clause("HS-3.2", "CF-01")
@pytest.mark.django_db
def test_another_desk_in_force_takes_what_is_reported_from_then_on_and_leaves_older_repairs_where_they_were(world: World) -> None:
    before = world.file("control_centre")
    decide(world, "intake.home_repair.desk", "service_desk")
    with refused("HS-4.1.3", 403):
        world.file("control_centre")
    after = world.file("service_desk")
    assert world.do(after, "accept", "service_desk").status == "accepted"
    with refused("HS-4.2.1", 403):
        world.do(before, "accept", "service_desk")
    assert world.do(before, "accept", "control_centre").status == "accepted"


@pytest.mark.clause("HS-3.3", "CF-16")
@pytest.mark.parametrize("due", ["0.01", "99.99"])
def test_a_worker_collects_what_is_below_a_hundred_yuan(due: str) -> None:
    may_collect(WORKER, Decimal(due), ChargePolicy())
    assert CHARGE.step("collect", "due", WORKER).after == "collected"


@pytest.mark.clause("HS-3.3", "CF-16")
@pytest.mark.parametrize("due", ["100.00", "100.01"])
@pytest.mark.parametrize("lead", [R.BUSINESS_LEAD, R.OFFICE_MANAGER, R.COMPANY_MANAGEMENT])
def test_from_exactly_a_hundred_yuan_a_business_lead_or_above_collects(due: str, lead: Role) -> None:
    with refused("HS-3.3", 403):
        may_collect(WORKER, Decimal(due), ChargePolicy())
    may_collect(frozenset({lead}), Decimal(due), ChargePolicy())
    assert CHARGE.step("collect", "due", {lead}).after == "collected"


@pytest.mark.clause("MR-23", "CF-16")
@pytest.mark.parametrize("due", ["99.99", "100.00", "100.01"])
def test_a_payment_by_the_companys_qr_code_is_recorded_by_the_worker_at_any_amount(due: str) -> None:
    may_collect(WORKER, Decimal(due), ChargePolicy(), "qr")
    if Decimal(due) < 100:
        return
    with refused("HS-3.3", 403):
        may_collect(WORKER, Decimal(due), chosen(ChargePolicy, money__qr_needs_no_collector=False), "qr")
    with refused("HS-3.3", 403):
        may_collect(WORKER, Decimal(due), ChargePolicy(), "cash")


@pytest.mark.clause("HS-3.3")
@pytest.mark.parametrize("role", [R.FINANCE, R.CONTROL_CENTRE, R.SERVICE_DESK, R.TEAM_LEAD, R.CUSTOMER])
def test_nobody_else_collects(role: Role) -> None:
    with refused("HS-3.3", 403):
        CHARGE.step("collect", "due", {role})


@pytest.mark.clause("HS-3.3", "CF-16")
def test_the_office_may_set_another_limit() -> None:
    policy = chosen(ChargePolicy, money__collection_threshold="200.00")
    may_collect(WORKER, Decimal("199.99"), policy)
    with refused("HS-3.3", 403):
        may_collect(WORKER, Decimal("200.00"), policy)


@pytest.mark.clause("HS-3.3", "CF-16")
@pytest.mark.django_db
def test_an_order_keeps_the_limit_of_its_report_although_it_is_finished_later(world: World) -> None:
    case = world.at_home()
    decide(world, "money.collection_threshold", "200.00")
    world.do(case, "quote", "repair_worker", items=[{"code": "W03"}])
    world.do(case, "consent", "customer")
    world.do(case, "finish", "repair_worker")
    with refused("HS-3.3", 403):
        world.do(world.child(case, "charge"), "collect", "repair_worker")
    assert world.do(world.child(case, "charge"), "collect", "business_lead").status == "collected"
    later = world.finished("199.99")
    assert world.do(world.child(later, "charge"), "collect", "repair_worker").status == "collected"


@pytest.mark.clause("HS-3.3")
@pytest.mark.django_db
def test_what_counts_is_the_whole_order_labour_and_materials(world: World) -> None:
    case = world.at_home()
    world.do(case, "quote", "repair_worker", items=[{"code": "W01"}])
    world.do(case, "add_material", "repair_worker", name="水龙头", stock_price=Decimal("10.77"))
    world.do(case, "quote", "repair_worker", items=[{"code": "W01"}])
    world.do(case, "consent", "customer")
    world.do(case, "finish", "repair_worker")
    charge = world.child(case, "charge")
    assert charge.charge.due == Decimal("100.00")
    assert balance(world.office.pk, f"owed:{charge.number}") == Decimal("100.00")
    with refused("HS-3.3", 403):
        world.do(charge, "collect", "repair_worker")
    world.do(charge, "collect", "business_lead")
    assert charge.charge.collector_id == world.staff["business_lead"].pk


@pytest.mark.clause("HS-3.3")
@pytest.mark.django_db
def test_an_order_is_not_split_to_stay_below_the_limit(world: World) -> None:
    case = world.signed("60.00")
    world.do(world.child(case, "charge"), "collect", "repair_worker")
    world.do(case, "reopen", "team_lead", reason="还有一处漏水")
    world.do(case, "dispatch", "control_centre", worker=world.staff["repair_worker"].number)
    world.do(case, "arrive", "repair_worker")
    world.do(case, "quote", "repair_worker", amount=Decimal("100.00"), description="两处漏水")
    world.do(case, "consent", "repair_worker")
    world.do(case, "finish", "repair_worker")
    rest = world.child(case, "charge")
    assert rest.charge.due == Decimal("40.00")
    with refused("HS-3.3", 403):
        world.do(rest, "collect", "repair_worker")
    assert world.do(rest, "collect", "business_lead").status == "collected"


@pytest.mark.clause("HS-3.5")
def test_finance_is_shown_to_ask_for_the_report_of_completion_before_it_settles() -> None:
    assert cards("HS-3.5", "open", kind="settlement") == ["settling"]
    assert not cards("HS-3.5", "settled", kind="settlement")
    assert worded("HS-3.5", "报完工", "completion was reported")
    assert SETTLEMENT.step("remind", "open", {R.FINANCE}).clauses == ("HS-3.5",)


@pytest.mark.clause("HS-3.5")
@pytest.mark.django_db
def test_finance_reminds_the_worker_and_ticks_that_it_asked_and_both_are_on_record(world: World) -> None:
    case = world.finished("120.00")
    world.do(world.child(case, "charge"), "collect", "business_lead")
    settlement = world.child(case, "settlement")
    world.do(settlement, "remind", "finance")
    assert told_staff(settlement) == [world.staff["repair_worker"].pk], "the worker is reminded, not who took the money"
    assert last(settlement, "remind").actor_name == world.staff["finance"].name
    world.do(settlement, "tick", "finance", group="settling")
    assert last(settlement, "tick").clauses == ["HS-3.5"]
    with refused("MR-10", 403):
        world.do(settlement, "tick", "control_centre", group="settling")
