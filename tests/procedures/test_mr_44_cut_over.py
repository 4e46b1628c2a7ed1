"""MR-44  At a change of systems the administrator brings in what desks and workers did in the old one, in their names."""

from typing import Any

import pytest

from menling.journal.models import Case, Event
from menling.kernel.recording import CUT_OVER, brought_over
from menling.kernel.roles import Role
from tests.features.test_imports_cut_over import AGREEMENT, GOOD, ORDER, bring
from tests.features.test_imports_lists import administrator
from tests.office import World
from tests.procedures.given import refused


@pytest.mark.clause("MR-44")
def test_only_an_administrator_brings_over_what_others_did() -> None:
    brought_over(frozenset({Role.ADMINISTRATOR}))
    for role in set(Role) - {Role.ADMINISTRATOR}:
        with refused("MR-44", 403):
            brought_over(frozenset({role}))


@pytest.mark.django_db
@pytest.mark.clause("MR-44")
def test_a_desk_that_says_so_of_its_own_steps_is_refused_whatever_it_claims(world: World) -> None:
    desk = world.actor("control_centre")
    worker = world.actor("repair_worker").recorded_by(desk, CUT_OVER)
    case = world.sent()
    with refused("MR-44", 403):
        world.answer("arrive", case, worker)
    assert not Event.objects.filter(case=case, verb="arrive").exists()


@pytest.mark.django_db
@pytest.mark.clause("MR-44")
def test_every_step_names_who_did_it_there_and_who_brought_it_in(world: World) -> None:
    assert bring(world, "cash", GOOD["cash"]).flaws == ()
    told = set(Event.objects.values_list("actor_name", "recorder_name", "source"))
    desk, worker = world.staff["control_centre"].name, world.staff["repair_worker"].name
    assert {(name, recorder, source) for name, recorder, source in told if name in (desk, worker)} == {
        (desk, "管理员", CUT_OVER), (worker, "管理员", CUT_OVER),
    }  # fmt: skip
    assert Case.objects.get(kind="charge").status == "collected"


@pytest.mark.django_db
@pytest.mark.clause("MR-44")
def test_housekeeping_is_brought_over_with_who_took_it_and_who_sent_them(world: World) -> None:
    row = ORDER | {"kind": "housekeeping", "amount": "240", "visit_at": "2026-11-21 14:00", "worker": "A006、A102",
                   "dispatched_at": "2026-11-19 13:30", "sent_by": "A004", "taken_by": "A002"}  # fmt: skip
    assert bring(world, "orders", row).flaws == ()
    assert Event.objects.get(case__kind="housekeeping", verb="dispatch").actor_name == world.staff["team_lead"].name


@pytest.mark.django_db
@pytest.mark.clause("MR-44")
@pytest.mark.parametrize(("row", "told"), [
    (ORDER | {"taken_by": None}, "takes no orders"), (ORDER | {"taken_by": "A008"}, "held no role"),
    (ORDER | {"taken_by": "Z999"}, "Nobody of the company"), (ORDER | {"taken_by": "B001"}, "held no role"),
    (ORDER | {"taken_by": "A900"}, "takes no orders"),
])  # fmt: skip
def test_a_row_without_somebody_who_takes_such_orders_is_told_what_to_write(world: World, row: dict[str, Any], told: str) -> None:
    report = bring(world, "orders", row)
    assert [(flaw.column, told in str(flaw.why)) for flaw in report.flaws] == [("Taken by (work number)", True)]
    assert not Case.objects.exists()


@pytest.mark.django_db
@pytest.mark.clause("MR-44")
def test_a_desk_brings_in_what_it_took_itself_and_nothing_of_others(world: World) -> None:
    report = bring(world, "orders", ORDER | {"taken_by": "A002"}, who="control_centre")
    assert "took itself" in str(report.flaws[0].why)
    assert bring(world, "orders", ORDER | {"taken_by": "a001"}, who="control_centre").flaws == ()
    assert bring(world, "agreements", AGREEMENT | {"taken_by": None}, who="service_desk").flaws == ()


@pytest.mark.django_db
@pytest.mark.clause("MR-44")
def test_nobody_signs_or_rates_for_a_resident_in_a_change_of_systems(world: World) -> None:
    by = world.actor("repair_worker").recorded_by(administrator(world), CUT_OVER)
    case = world.finished()
    with refused("OC-4.5", 403):
        world.answer("sign", case, by)
    with refused("OC-4.5", 403):
        world.answer("rate", case, by, rating=5)
