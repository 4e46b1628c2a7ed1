"""EN-4.6, EN-Q.6, CF-25  Material is missing: the resident buys it, or entrusts us; the office chooses what is offered."""

from datetime import timedelta

import pytest

from menling.journal.models import Case
from menling.procedures.conduct_policy import ConductPolicy
from menling.procedures.missing_material import may_be_entrusted, registered_before_waiting, resident_may_buy
from tests.office import World
from tests.procedures.given import chosen, decide, last, promise, refused
from tests.procedures.reminding import says


def registered(world: World, case: Case) -> Case:
    """Return the errand a worker registers for the repair, on site."""
    answer = world.answer(
        "file",
        None,
        "repair_worker",
        kind="errand",
        unit="3-2-1201",
        name="王芳",
        item="恒温阀芯",
        price="8.00",
        order=case.number,
    )
    return Case.objects.get(number=answer.body["number"])


@pytest.mark.clause("EN-4.6", "EN-Q.6", "CF-25")
@pytest.mark.parametrize(
    ("choice", "resident", "entrusted"), [("customer_buys", True, False), ("proxy_purchase", False, True), ("both", True, True)]
)
def test_what_is_offered_is_the_offices_choice(choice: str, resident: bool, entrusted: bool) -> None:
    for rule, offered, clause in ((resident_may_buy, resident, "EN-4.6"), (may_be_entrusted, entrusted, "EN-Q.6")):
        if offered:
            rule(choice)
        else:
            with refused(clause, 409):
                rule(choice)


@pytest.mark.clause("CF-25")
def test_an_office_starts_with_both() -> None:
    assert ConductPolicy().missing == "both"


@pytest.mark.clause("EN-Q.6", "CF-25")
def test_what_we_buy_is_registered_before_the_visit_ends() -> None:
    registered_before_waiting(True)
    with refused("EN-Q.6"):
        registered_before_waiting(False)


@pytest.mark.clause("EN-4.6", "EN-Q.6", "CF-25")
def test_the_card_says_what_the_office_offers() -> None:
    assert any("offer both" in said for said in says("EN-Q.6", ConductPolicy(), "on_site") or ())
    ours = chosen(ConductPolicy, materials__missing="proxy_purchase")
    assert says("EN-4.6", ours, "on_site") is None
    assert any("we buy" in said for said in says("EN-Q.6", ours, "on_site") or ())


@pytest.mark.clause("EN-Q.6", "CF-25")
@pytest.mark.django_db
def test_entrusted_material_is_an_errand_of_the_order_and_our_clocks_run_on(world: World) -> None:
    case = world.at_home()
    with refused("EN-Q.6"):
        world.do(case, "await_material", "repair_worker", material="恒温阀芯", bought_by="office")
    errand = registered(world, case)
    assert errand.errand.order == case
    waiting = world.do(case, "await_material", "repair_worker", material="恒温阀芯", bought_by="office")
    assert (waiting.status, last(case, "await_material").facts["bought_by"]) == ("waiting_material", "office")
    assert promise(case, "complete").paused_at is None


@pytest.mark.clause("EN-4.6", "CF-25")
@pytest.mark.django_db
def test_what_the_resident_buys_stops_our_clocks(world: World) -> None:
    case = world.at_home()
    world.do(case, "await_material", "repair_worker", material="恒温阀芯")
    assert last(case, "await_material").facts["bought_by"] == "resident"
    assert promise(case, "complete").paused_at == world.now


@pytest.mark.clause("EN-4.6", "EN-Q.6", "CF-25")
@pytest.mark.django_db
def test_another_choice_binds_the_orders_reported_from_then_on(world: World) -> None:
    before = world.at_home()
    decide(world, "materials.missing", "proxy_purchase")
    world.do(before, "await_material", "repair_worker", material="水龙头")
    world.later(60)
    after = world.at_home()
    with refused("EN-4.6", 409):
        world.do(after, "await_material", "repair_worker", material="水龙头")
    registered(world, after)
    assert world.do(after, "await_material", "repair_worker", material="水龙头", bought_by="office").status == "waiting_material"


@pytest.mark.clause("EN-Q.6", "CF-25")
@pytest.mark.django_db
def test_an_office_that_leaves_buying_to_residents_registers_nothing_for_a_repair(world: World) -> None:
    decide(world, "materials.missing", "customer_buys")
    case = world.at_home()
    with refused("EN-Q.6", 409):
        registered(world, case)
    with refused("EN-Q.6", 409):
        world.do(case, "await_material", "repair_worker", material="水龙头", bought_by="office")
    buy_by = world.now + timedelta(days=1)
    world.answer(
        "file", None, "service_desk", kind="errand", unit="3-2-1201", name="王芳", item="大米", price="8.00", buy_by=buy_by
    )
