"""EN-1.3  Material is drawn at the warehouse with the dispatch slip."""

import pytest

from menling.procedures.repair import REPAIR
from menling.procedures.warehouse import drawn_with_slip
from tests.office import World
from tests.procedures.given import last, refused


@pytest.mark.clause("EN-1.3")
def test_the_slip_of_the_order_is_shown_and_no_other() -> None:
    drawn_with_slip("xh-r26-00012", "XH-R26-00012")
    with refused("EN-1.3", 422):
        drawn_with_slip("", "XH-R26-00012")
    with refused("EN-1.3", 409):
        drawn_with_slip("XH-R26-00011", "XH-R26-00012")


@pytest.mark.clause("EN-1.3")
@pytest.mark.parametrize("status", ["dispatched", "acknowledged", "on_site", "quoted", "working"])
def test_the_warehouse_hands_it_out_from_the_slip_on_and_nobody_else_does(status: str) -> None:
    assert REPAIR.step("draw_material", status, {"warehouse"}).after is None
    for other in ("repair_worker", "control_centre"):
        with refused("EN-1.3", 403):
            REPAIR.step("draw_material", status, {other})


@pytest.mark.clause("EN-1.3")
@pytest.mark.django_db
def test_what_was_drawn_is_on_record_with_slip_and_worker_and_before_a_slip_there_is_none(world: World) -> None:
    waiting = world.do(world.file(), "accept", "control_centre")
    with refused("EN-1.3"):
        world.do(waiting, "draw_material", "warehouse", slip=waiting.number, name="三角阀")
    case = world.sent()
    with refused("EN-1.3", 422):
        world.do(case, "draw_material", "warehouse", name="三角阀")
    with refused("EN-1.3"):
        world.do(case, "draw_material", "warehouse", slip=waiting.number, name="三角阀")
    world.do(case, "draw_material", "warehouse", slip=case.number, name="三角阀", quantity="2")
    event = last(case, "draw_material")
    assert event.actor_name == world.staff["warehouse"].name
    assert event.facts == {"slip": case.number, "name": "三角阀", "quantity": "2", "worker": world.staff["repair_worker"].number}
    assert case.status == "dispatched"
