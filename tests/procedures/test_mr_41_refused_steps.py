"""MR-41  What a phone sent too late is kept with what was typed, and decided on before the end of the shift."""

from datetime import timedelta
from typing import Any

import pytest

from menling.journal.facts import Malformed
from menling.journal.models import Case, Outgoing
from menling.journal.replay import differences
from menling.journal.sweep import sweep
from menling.procedures.refused_step import LONGEST, REFUSED_STEP, dismissed_with_reason, typed_in_full
from tests.office import World
from tests.procedures.given import due_at, kept, promise, refused, shanghai, told_roles, told_staff

pytestmark = [pytest.mark.clause("MR-41"), pytest.mark.django_db]


def finished_too_late(world: World, order: Case, who: str = "repair_worker", **more: Any) -> Case:
    """Return what the worker's phone keeps at the office about a job that was finished without a network."""
    said = {"of": order.number, "step": "finish", "facts": {"summary": "已疏通，换了存水弯"}, "done_at": world.now,
            "why": "It is possible at: working.", "why_zh": "现在不能做", "clause": "EN-7.1"} | more  # fmt: skip
    return Case.objects.get(number=world.answer("keep", None, who, kind="refused_step", **said).body["number"])


def test_what_was_typed_is_kept_and_the_foreman_hears_of_it(world: World) -> None:
    order = world.at_home()
    case = finished_too_late(world, order)
    row = case.refusedstep
    assert (row.of, row.facts, row.clause) == (order, {"summary": "已疏通，换了存水弯"}, "EN-7.1")
    assert (case.status, case.unit_id, told_roles(case)) == ("kept", order.unit_id, {"team_lead"})
    assert differences(case) == []


def test_it_is_decided_on_before_the_end_of_the_shift() -> None:
    assert due_at(REFUSED_STEP, "look", shanghai(20, 17, 59)) == shanghai(20, 18)
    assert due_at(REFUSED_STEP, "look", shanghai(20, 18)) == shanghai(21, 8), "with the start of the next"


def test_one_nobody_looked_at_alarms_and_stays(world: World) -> None:
    case = finished_too_late(world, world.at_home())
    due = promise(case, "look").due_at
    assert sweep(due) == 0
    assert sweep(due + timedelta(seconds=1)) >= 1
    assert told_roles(case) == {"team_lead", "control_centre"}
    case.refresh_from_db()
    assert case.closed_at is None


def test_it_is_not_written_down_only_with_a_reason_and_the_worker_reads_it(world: World) -> None:
    case = finished_too_late(world, world.at_home())
    with refused("MR-41", 422):
        world.do(case, "dismiss", "team_lead", reason=" ")
    with refused("MR-41", 403):
        world.do(case, "dismiss", "repair_worker", reason="不用了")
    newest = Outgoing.objects.latest("pk").pk
    world.do(case, "dismiss", "team_lead", reason="同事已记")
    case.refusedstep.refresh_from_db()
    assert (case.status, case.refusedstep.reason) == ("dismissed", "同事已记")
    assert told_staff(case, newest) == [world.staff["repair_worker"].pk]
    assert kept(case, "look")


def test_a_worker_whose_order_went_to_a_colleague_keeps_what_was_typed_all_the_same(world: World) -> None:
    order = world.do(world.sent(), "reassign", "control_centre", worker=world.staff["repair_worker_2"].number, reason="顺路")
    assert finished_too_late(world, order).refusedstep.of == order


def test_nobody_keeps_steps_of_an_order_they_were_never_sent_to(world: World) -> None:
    order = world.sent()
    with refused("MR-8", 422):
        finished_too_late(world, order, "repair_worker_2")
    with refused("MR-8", 422):
        finished_too_late(world, order, of="XH-R26-99999")


def test_as_much_is_kept_as_anybody_types(world: World) -> None:
    fits = {"summary": "字" * (LONGEST - len('{"summary": ""}'))}
    assert typed_in_full("finish", fits) is None
    with refused("MR-41", 422):
        typed_in_full("finish", {"summary": fits["summary"] + "字"})
    with refused("MR-41", 422):
        typed_in_full(" ", {})
    with refused("MR-41", 422):
        dismissed_with_reason("")


def test_writing_it_down_takes_the_step_in_the_workers_name_at_its_true_time(world: World) -> None:
    order = world.do(world.at_home(), "start", "repair_worker")
    case = finished_too_late(world, order)
    done_at = world.now
    world.later(30)
    world.do(case, "record", "team_lead")
    order.refresh_from_db()
    done = order.events.get(verb="finish")
    assert (case.status, order.status, done.happened_at) == ("recorded", "finished", done_at)
    assert done.facts["summary"] == "已疏通，换了存水弯"
    assert (done.actor_name, done.recorder_name) == (world.staff["repair_worker"].name, world.staff["team_lead"].name)
    assert differences(order) == differences(case) == []


def test_the_whole_body_of_a_step_is_written_down_as_well_at_the_time_that_was_kept(world: World) -> None:
    order = world.do(world.at_home(), "start", "repair_worker")
    body = {"summary": "已疏通", "happened_at": "2026-01-01T10:00:00+08:00", "sent_at": None, "on_behalf_of": "", "source": ""}
    case = finished_too_late(world, order, facts=body)
    world.do(case, "record", "team_lead")
    done = order.events.get(verb="finish")
    assert (done.happened_at, done.facts["summary"]) == (case.refusedstep.done_at, "已疏通")
    strange = finished_too_late(world, order, step="note", facts={"text": "好", "colour": "red"})
    with pytest.raises(Malformed, match="colour"):
        world.do(strange, "record", "team_lead")


def test_money_taken_without_a_network_goes_to_the_charge_of_the_order(world: World) -> None:
    order = world.finished("86.00")
    case = finished_too_late(world, order, step="collect", facts={"amount": "86.00", "method": "cash"})
    world.do(case, "record", "team_lead")
    assert world.child(order, "charge").status == "collected"


def test_it_is_never_marked_as_written_while_the_step_is_not(world: World) -> None:
    order = world.finished()
    facts: dict[str, str]
    for step, facts, clause in (("start", {}, "EN-4.2"), ("no_such_step", {}, "MR-41")):
        case = finished_too_late(world, order, step=step, facts=facts)
        with refused(clause, 409):
            world.do(case, "record", "team_lead")
        case.refresh_from_db()
        assert (case.status, order.events.filter(verb=step).exists()) == ("kept", False)
