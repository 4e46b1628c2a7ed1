"""HS-4.3.1, EN-2.2, MR-42  What was put off is agreed anew with an apology, whoever does it; what was seen is seen once."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from menling.journal.models import Case, Event
from menling.journal.replay import differences
from menling.journal.sweep import sweep
from menling.kernel.refusal import Refused
from menling.orders.models import Order
from menling.premises.clock import now
from menling.procedures.repair_sending import apologised_for, something_to_see
from tests import cleaning
from tests.doors.api import caller
from tests.office import World
from tests.procedures.given import last, promise, refused

OFFICE = ("control_centre", "team_lead")


def reported_late(world: World) -> tuple[Case, datetime]:
    """Return a repair whose worker said that he will be late, and the time he can be there."""
    case, new = world.sent(), world.now + timedelta(minutes=40)
    world.do(case, "delay", "repair_worker", reason="上一单未完", can_come_at=new)
    return case, new


# HS-4.3.1, EN-2.2  The apology


@pytest.mark.clause("HS-4.3.1", "EN-2.2")
def test_a_late_visit_takes_an_apology_and_any_other_none() -> None:
    with refused("HS-4.3.1", 422):
        apologised_for(late=True, apologised=False)
    apologised_for(late=True, apologised=True)
    apologised_for(late=False, apologised=False)


@pytest.mark.django_db
@pytest.mark.clause("HS-4.3.1", "EN-2.2")
@pytest.mark.parametrize("who", OFFICE)
@pytest.mark.parametrize("asked_by", ["office", "resident"])
def test_whoever_of_the_office_agrees_a_new_time_after_a_delay_has_apologised(world: World, who: str, asked_by: str) -> None:
    case, new = reported_late(world)
    with refused("HS-4.3.1", 422):
        world.do(case, "move", who, visit_at=new, reason="上一单未完", asked_by=asked_by)
    case.order.refresh_from_db()
    assert case.order.at_once
    world.do(case, "move", who, visit_at=new, reason="上一单未完", asked_by=asked_by, apologised=True)
    moved = last(case, "move")
    assert (moved.facts["apologised"], moved.facts["agreed_by"]) == (True, "王芳")


@pytest.mark.django_db
@pytest.mark.clause("HS-4.3.1")
def test_the_caller_of_the_api_reads_which_fact_is_missing(world: World) -> None:
    case, _new = reported_late(world)
    desk, new = caller(world, "control_centre"), now() + timedelta(days=1)
    answer = desk.post(f"/orders/{case.number}/move", {"visit_at": new.isoformat()})
    assert (answer.status_code, answer.json()["clause"], answer.json()["errors"][0]["path"]) == (422, "HS-4.3.1", "apologised")
    assert desk.post(f"/orders/{case.number}/move", {"visit_at": new.isoformat(), "apologised": True}).status_code == 200


@pytest.mark.django_db
@pytest.mark.clause("HS-4.3.1")
def test_giving_a_late_visit_to_a_colleague_is_no_way_round_the_apology(world: World) -> None:
    case, new = reported_late(world)
    colleague: dict[str, Any] = {"worker": world.staff["repair_worker_2"].number, "reason": "上一单未完"}
    with refused("HS-4.3.1", 422):
        world.do(case, "reassign", "control_centre", visit_at=new, **colleague)
    world.do(case, "move", "control_centre", visit_at=new, apologised=True)
    assert world.do(case, "reassign", "control_centre", visit_at=new + timedelta(minutes=5), **colleague).status == "dispatched"


@pytest.mark.django_db
@pytest.mark.clause("HS-4.3.1")
def test_a_colleague_goes_at_a_new_time_after_a_delay_in_one_step_once_the_desk_has_apologised(world: World) -> None:
    case, _new = reported_late(world)
    desk, new = caller(world, "control_centre"), now() + timedelta(days=1)
    told = {"worker": world.staff["repair_worker_2"].number, "reason": "上一单未完", "visit_at": new.isoformat()}
    answer = desk.post(f"/orders/{case.number}/reassign", told)
    assert (answer.status_code, answer.json()["errors"][0]["path"]) == (422, "apologised")
    assert desk.post(f"/orders/{case.number}/reassign", told | {"apologised": True}).status_code == 200
    assert last(case, "move").facts["apologised"] is True
    assert promise(case, "rebook").met_at


@pytest.mark.django_db
@pytest.mark.clause("HS-4.3.1")
def test_a_worker_called_back_leaves_an_apology_owed_too(world: World) -> None:
    case = world.do(world.sent(), "release", "control_centre", reason="另有急修")
    with pytest.raises(Refused, match=r"HS-4\.3\.1: The worker of this visit was called back"):
        world.do(case, "move", "control_centre", visit_at=world.now + timedelta(hours=1))
    world.do(case, "move", "control_centre", visit_at=world.now + timedelta(hours=1), apologised=True)
    assert promise(case, "rebook").met_at == world.now


@pytest.mark.django_db
@pytest.mark.clause("HS-4.3.1", "EN-2.2")
def test_once_somebody_else_was_sent_a_time_the_resident_wants_takes_no_apology(world: World) -> None:
    case = world.do(world.sent(), "release", "control_centre", reason="另有急修")
    world.do(case, "dispatch", "control_centre", worker=world.staff["repair_worker_2"].number)
    assert promise(case, "rebook").released_by == "dispatch"
    world.do(case, "move", "control_centre", visit_at=world.now + timedelta(hours=2), asked_by="resident")


@pytest.mark.django_db
@pytest.mark.clause("HS-4.3.1", "EN-2.2")
@pytest.mark.parametrize(("minutes", "broken"), [(15, False), (16, True)])
def test_the_old_promise_stays_broken_or_is_let_go_by_consent(world: World, minutes: int, broken: bool) -> None:
    case, new = reported_late(world)
    due = promise(case, "arrive").due_at
    sweep(world.later(minutes))
    world.do(case, "move", "control_centre", visit_at=new, apologised=True)
    old = case.deadlines.get(key="arrive")
    assert (old.due_at, old.released_by, old.broken_at) == (due, "move", due if broken else None)
    assert promise(case, "appointment").due_at == new


@pytest.mark.django_db
@pytest.mark.clause("HS-4.3.1")
def test_a_time_the_resident_wants_without_any_delay_takes_no_apology(world: World) -> None:
    case = world.sent()
    world.do(case, "move", "control_centre", visit_at=world.now + timedelta(hours=2), asked_by="resident", agreed_by="王芳之子")
    assert last(case, "move").facts["agreed_by"] == "王芳之子"


# MR-42  Seen once


@pytest.mark.clause("MR-42")
def test_what_is_new_is_acknowledged_and_what_was_seen_is_not() -> None:
    something_to_see(first=True, seen=True)
    something_to_see(first=False, seen=False)
    with refused("MR-42"):
        something_to_see(first=False, seen=True)


@pytest.mark.django_db
@pytest.mark.clause("MR-42")
def test_a_second_acknowledgement_under_another_key_is_refused_and_no_second_event_is_written(world: World) -> None:
    """The table lets a worker acknowledge in every open status, for what changes later; that nothing did is a rule of its
    own, so the answer is 409 with its clause and the journal does not tell of a look that never was."""
    case, worker = world.sent(), caller(world, "repair_worker")
    first = worker.post(f"/orders/{case.number}/acknowledge", key="tap-1")
    assert worker.post(f"/orders/{case.number}/acknowledge", key="tap-1").json() == first.json()
    second = worker.post(f"/orders/{case.number}/acknowledge", key="tap-2")
    assert (first.status_code, second.status_code, second.json()["clause"]) == (200, 409, "MR-42")
    assert "acknowledge" not in [each["verb"] for each in worker.get(f"/orders/{case.number}").json()["actions"]]
    assert Event.objects.filter(case=case, verb="acknowledge").count() == 1


@pytest.mark.django_db
@pytest.mark.clause("MR-42")
@pytest.mark.parametrize(
    ("verb", "facts"), [("change", {"content": "还有卫生间"}), ("cancel", {"reason": "不修了"}), ("move", {})]
)
def test_each_change_is_acknowledged_once_more(world: World, verb: str, facts: dict[str, Any]) -> None:
    case = world.do(world.sent(), "acknowledge", "repair_worker")
    more = {"visit_at": world.now + timedelta(hours=2)} if verb == "move" else {}
    world.do(case, verb, "control_centre", **facts, **more)
    world.do(case, "acknowledge", "repair_worker")
    with refused("MR-42"):
        world.do(case, "acknowledge", "repair_worker")
    assert Event.objects.filter(case=case, verb="acknowledge").count() == 2


@pytest.mark.django_db
@pytest.mark.clause("MR-42")
@pytest.mark.parametrize("first", cleaning.BOTH)
@pytest.mark.parametrize("verb", ["", "move", "change", "cancel"])
def test_of_two_who_were_sent_each_acknowledges_once(world: World, verb: str, first: str) -> None:
    case = cleaning.sent(world)
    (second,) = set(cleaning.BOTH) - {first}
    if verb:
        for who in (first, second):
            world.do(case, "acknowledge", who)
        later = {"visit_at": world.now + timedelta(hours=9)} if verb == "move" else {}
        world.do(case, verb, "service_desk", **{"change": {"content": "只擦玻璃"}}.get(verb, {"reason": "改期"}), **later)
    world.do(case, "acknowledge", first)
    assert not to_see(world, case, first)
    assert to_see(world, case, second)
    assert not Order.objects.get(pk=case.pk).change_seen
    with refused("MR-42"):
        world.do(case, "acknowledge", first)
    world.do(case, "acknowledge", second)
    with refused("MR-42"):
        world.do(case, "acknowledge", second)
    assert Order.objects.get(pk=case.pk).change_seen
    assert not to_see(world, case, second)
    assert Event.objects.filter(case=case, verb="acknowledge").count() == (4 if verb else 2)


@pytest.mark.django_db
@pytest.mark.clause("HS-4.3.2", "MR-42")
@pytest.mark.parametrize("first", cleaning.BOTH)
@pytest.mark.parametrize(("later", "broken"), [(0, False), (1, True)])
def test_a_cancellation_stays_on_the_phone_of_each_of_two_until_that_one_saw_it_and_its_promise_until_both_did(
    world: World, first: str, later: int, broken: bool
) -> None:
    case = cleaning.sent(world)
    (second,) = set(cleaning.BOTH) - {first}
    for who in cleaning.BOTH:
        world.do(case, "acknowledge", who)
    world.do(case, "cancel", "service_desk", reason="不做了")
    assert on_phone(world, case, first)
    world.do(case, "acknowledge", first)
    assert not on_phone(world, case, first)
    assert on_phone(world, case, second)
    seen = promise(case, "change_seen")
    assert seen.met_at is None
    world.do(case, "acknowledge", second, at=seen.due_at + timedelta(seconds=later))
    assert not on_phone(world, case, second)
    met = promise(case, "change_seen")
    assert (met.met_at is not None, met.broken_at is not None) == (True, broken)
    assert differences(case) == []


def on_phone(world: World, case: Case, who: str) -> bool:
    """Tell whether an order stands in the phone's list of one of those sent."""
    return case.number in [line["number"] for line in caller(world, who).get("/my/day").json()["orders"]]


def to_see(world: World, case: Case, who: str) -> bool:
    """Tell whether an order is offered to one of those sent to be acknowledged; the phone's list says the same."""
    there = caller(world, who)
    offered = "acknowledge" in [each["verb"] for each in there.get(f"/orders/{case.number}").json()["actions"]]
    for line in there.get("/my/day").json()["orders"]:
        assert line["number"] != case.number or line["seen"] is not offered
    return offered


@pytest.mark.clause("HS-4.2.1", "EN-2.1")
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "verb", "clause"), [("control_centre", "accept", "HS-4.2.1"), ("repair_worker", "arrive", "EN-2.1")]
)
def test_a_step_that_leads_on_is_taken_once_by_the_status(world: World, who: str, verb: str, clause: str) -> None:
    case = world.file() if verb == "accept" else world.sent()
    there = caller(world, who)
    assert there.post(f"/orders/{case.number}/{verb}").status_code == 200
    again = there.post(f"/orders/{case.number}/{verb}")
    assert (again.status_code, again.json()["clause"]) == (409, clause)
    assert Event.objects.filter(case=case, verb=verb).count() == 1
