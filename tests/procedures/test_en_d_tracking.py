"""EN-D.3, EN-D.5 to EN-D.8, EN-D.16 to EN-D.19, EN-3.11  A coordination order is tracked, checked, signed and kept."""

from datetime import timedelta

import pytest

from menling.journal.models import Case, Event
from menling.journal.replay import differences
from menling.journal.sweep import sweep
from menling.kernel.refusal import Refused
from menling.procedures.coordination import (
    ENTRY,
    entry_complete,
    kept_for_good,
    sheets,
    work_ended,
)
from tests.examples import ENTRY as WRITTEN
from tests.office import World
from tests.procedures.given import cards, decide, kept, last, promise, refused, shanghai, told_roles, told_staff
from tests.procedures.tracking import number, ready, tracked, under

__all__ = ["tracked"]


@pytest.mark.clause("EN-D.16", "EN-D.5")
@pytest.mark.parametrize("left_out", sorted(ENTRY))
def test_an_entry_needs_each_of_its_fields(left_out: str) -> None:
    entry_complete(WRITTEN)
    with pytest.raises(Refused) as caught:
        entry_complete(WRITTEN | {left_out: "  "})
    assert (caught.value.clause, caught.value.field, caught.value.status) == ("EN-D.16", left_out, 422)


@pytest.mark.clause("EN-D.16", "EN-D.5")
@pytest.mark.django_db
def test_the_tracker_alone_writes_entries_with_nine_fields(world: World, tracked: Case) -> None:
    for other in ("team_lead", "control_centre", "repair_worker"):
        with refused("EN-D.16", 403):
            world.do(tracked, "log", other, **WRITTEN)
    with refused("EN-D.16", 422):
        world.do(tracked, "log", "repair_worker_2", **(WRITTEN | {"plan": ""}))
    world.do(tracked, "log", "repair_worker_2", **WRITTEN)
    facts = last(tracked, "log").facts
    assert set(facts) == {"tracked_at", "tracker", *ENTRY}
    assert facts["tracker"] == world.staff["repair_worker_2"].name


@pytest.mark.clause("EN-D.6", "EN-3.11", "EN-D.5")
@pytest.mark.django_db
@pytest.mark.parametrize(("seconds", "in_time"), [(-1, True), (0, True), (1, False)])
def test_every_rolling_week_has_an_entry(world: World, tracked: Case, seconds: int, in_time: bool) -> None:
    world.later(60 * 24 * 7, seconds)
    sweep(world.now)
    world.do(tracked, "log", "repair_worker_2", **WRITTEN)
    first, second = tracked.deadlines.filter(key="entry").order_by("pk")
    assert (first.broken_at is None, first.met_at) == (in_time, world.now)
    assert second.due_at == world.now + timedelta(days=7)
    assert (told_roles(tracked) & {"team_lead", "tracker"} == set()) is in_time
    assert differences(tracked) == []


@pytest.mark.clause("EN-D.6", "EN-3.11")
@pytest.mark.django_db
def test_an_office_may_ask_for_entries_more_often_but_never_less(world: World) -> None:
    with refused("EN-D.6", 409):
        decide(world, "coordination.entry_days", 8)
    decide(world, "coordination.entry_days", 3)
    assert promise(under(world), "entry").due_at == world.now + timedelta(days=3)


@pytest.mark.clause("EN-D.6")
@pytest.mark.django_db
def test_a_week_without_an_entry_is_excused_by_the_foreman_with_a_reason(world: World, tracked: Case) -> None:
    world.later(60 * 24 * 6)
    with refused("EN-D.6", 422):
        world.do(tracked, "excuse", "team_lead", reason="")
    with refused("EN-D.6", 403):
        world.do(tracked, "excuse", "repair_worker_2", reason="业主出国")
    world.do(tracked, "excuse", "team_lead", reason="业主出国")
    assert promise(tracked, "entry").due_at == world.now + timedelta(days=7)


@pytest.mark.clause("EN-3.11", "EN-D.6")
@pytest.mark.django_db
def test_a_slip_to_be_continued_has_an_entry_every_week_until_it_is_tracked_or_done(world: World) -> None:
    order = world.do(world.at_home(), "carry_over", "repair_worker", reason="等配件", next_at=world.now + timedelta(days=9))
    carried = world.now
    assert promise(order, "entry").due_at == carried + timedelta(days=7)
    world.later(60 * 24 * 2)
    world.do(order, "note", "control_centre", text="配件在途")
    assert promise(order, "entry").due_at == world.now + timedelta(days=7)
    world.do(order, "coordinate", "control_centre", reason="配件缺货", tracker=number(world))
    assert promise(order, "entry").released_by == "coordinate"
    assert differences(order) == []


@pytest.mark.clause("EN-D.8")
@pytest.mark.django_db
def test_an_entry_is_not_erased_a_correction_is_added_with_name_and_time(world: World, tracked: Case) -> None:
    world.do(tracked, "log", "repair_worker_2", **WRITTEN)
    with refused("EN-D.8", 422):
        world.do(tracked, "note", "repair_worker_2", text=" ")
    world.do(tracked, "note", "repair_worker_2", text="电话号码应为 13900000000")
    assert last(tracked, "log").facts["contact"] == WRITTEN["contact"]
    row = last(tracked, "note")
    assert (row.actor_name, row.happened_at, row.clauses[0]) == (world.staff["repair_worker_2"].name, world.now, "EN-D.8")
    assert cards("EN-D.8", "tracked", "coordination") == ["tracking"]


@pytest.mark.clause("EN-D.5", "EN-D.1")
@pytest.mark.django_db
def test_the_tracker_is_reminded_what_to_record_and_what_for(world: World, tracked: Case) -> None:
    for named in ("EN-D.5", "EN-D.1"):
        assert [bool(cards(named, each, "coordination")) for each in ("unowned", "tracked", "concluded", "signed")] == [
            False, True, True, False,
        ]  # fmt: skip
    with refused("MR-10", 403):
        world.do(tracked, "tick", "team_lead", group="tracking")
    assert set(last(world.do(tracked, "tick", "repair_worker_2", group="tracking"), "tick").clauses) >= {"EN-D.5", "EN-D.1"}


@pytest.mark.clause("EN-D.18", "EN-3.11")
@pytest.mark.django_db
def test_it_ends_with_a_written_result_that_the_resident_signs(world: World, tracked: Case) -> None:
    with refused("EN-D.18"):
        world.do(tracked, "sign", "customer")
    with refused("EN-D.18", 422):
        world.do(ready(world, tracked), "conclude", "repair_worker_2", result=" ")
    world.do(tracked, "conclude", "repair_worker_2", result="已换新阀")
    with refused("EN-D.18", 403):
        world.do(tracked, "sign", "repair_worker_2")
    world.do(tracked, "object", "customer", reason="仍有滴水")
    assert tracked.status == "tracked"
    world.do(tracked, "conclude", "repair_worker_2", result="已再次紧固")
    tracked = world.do(tracked, "sign", "customer")
    assert (tracked.status, tracked.coordination.signed_by, tracked.coordination.result) == ("signed", "王芳", "已再次紧固")
    assert kept(tracked, "entry")
    assert promise(tracked, "lead_review").released_by == "sign"
    assert world.staff["repair_worker_2"].pk in told_staff(tracked)


@pytest.mark.clause("EN-D.18")
@pytest.mark.django_db
def test_the_result_is_written_when_the_work_under_it_is_done_or_given_up_and_not_before(world: World, tracked: Case) -> None:
    with refused("EN-D.18", 409):
        world.do(tracked, "conclude", "repair_worker_2", result="已换新阀")
    assert tracked.parent
    world.do(tracked.parent, "cancel", "control_centre", reason="业主自己修好了")
    assert world.do(tracked, "conclude", "repair_worker_2", result="业主自己修好了").status == "concluded"
    work_ended("")
    with pytest.raises(Refused) as caught:
        work_ended("XH-R26-00001")
    assert (caught.value.clause, caught.value.status) == ("EN-D.18", 409)


@pytest.mark.clause("EN-D.14", "CF-22")
@pytest.mark.django_db
def test_the_foreman_confirms_for_a_resident_who_cannot_sign_never_of_the_own_tracking(world: World, tracked: Case) -> None:
    world.do(ready(world, tracked), "conclude", "repair_worker_2", result="已换新阀")
    with refused("EN-D.14", 422):
        world.do(tracked, "attest", "team_lead", reason=" ")
    world.do(tracked, "attest", "team_lead", reason="老人手抖")
    assert (tracked.status, last(tracked, "attest").facts["follow_up"]) == ("signed", "mandatory")
    mine = world.do(ready(world, under(world, "team_lead")), "conclude", "team_lead", result="好了")
    with refused("EN-D.14", 403):
        world.do(mine, "attest", "team_lead", reason="老人手抖")
    decide(world, "signature.proxy", "not_allowed")
    late = world.do(ready(world, under(world)), "conclude", "repair_worker_2", result="好了")
    with refused("EN-D.14", 403):
        world.do(late, "attest", "team_lead", reason="老人手抖")


@pytest.mark.clause("EN-D.19", "EN-7.7")
@pytest.mark.django_db
def test_the_tracker_signs_and_the_foreman_files_it_the_same_day(world: World, tracked: Case) -> None:
    world.do(ready(world, tracked), "conclude", "repair_worker_2", result="已换新阀")
    world.do(tracked, "sign", "customer")
    with refused("EN-D.19"):
        world.do(tracked, "archive", "team_lead")
    with refused("EN-D.19", 403):
        world.do(tracked, "sign_off", "team_lead")
    world.do(tracked, "sign_off", "repair_worker_2")
    assert tracked.coordination.tracker_signed_at == world.now
    assert promise(tracked, "archive").due_at == shanghai(20, 23, 59, 59).replace(microsecond=999999)
    with refused("EN-D.19", 403):
        world.do(tracked, "archive", "repair_worker_2")
    tracked = world.do(tracked, "archive", "team_lead")
    assert (tracked.status, kept(tracked, "archive")) == ("archived", True)


@pytest.mark.clause("EN-D.3")
@pytest.mark.django_db
def test_a_filed_coordination_order_is_never_destroyed(world: World, tracked: Case) -> None:
    with refused("EN-D.3"):
        kept_for_good()
    world.do(ready(world, tracked), "conclude", "repair_worker_2", result="好了")
    for verb, who in (("sign", "customer"), ("sign_off", "repair_worker_2"), ("archive", "team_lead")):
        world.do(tracked, verb, who)
    world.later(60 * 24 * 365 * 40)
    with refused("EN-D.3"):
        world.do(tracked, "destroy", "administration")
    assert Event.objects.filter(case=tracked).exists()
    assert tracked.status == "archived"


@pytest.mark.clause("EN-D.17")
def test_when_the_sheet_is_full_continuation_sheets_follow() -> None:
    assert sheets((), 10, 20) == ((0, 0),)
    assert sheets((4, 4), 10, 20) == ((0, 2),)
    assert sheets((4, 6), 10, 20) == ((0, 2),)
    assert sheets((4, 7), 10, 20) == ((0, 1), (1, 2))
    assert sheets((10, 10, 10, 1), 10, 20) == ((0, 1), (1, 3), (3, 4))
    assert sheets((99, 1), 10, 20) == ((0, 1), (1, 2))


@pytest.mark.clause("MR-9")
@pytest.mark.django_db
def test_somebody_else_tracks_it_for_a_reason_and_the_first_no_longer_writes(world: World, tracked: Case) -> None:
    with refused("MR-9", 422):
        world.do(tracked, "reassign", "team_lead", tracker=number(world, "repair_worker"), reason=" ")
    tracked = world.do(tracked, "reassign", "team_lead", tracker=number(world, "repair_worker"), reason="调岗")
    assert tracked.assignee_id == world.staff["repair_worker"].pk
    with refused("EN-D.16", 403):
        world.do(tracked, "log", "repair_worker_2", **WRITTEN)
    world.do(tracked, "log", "repair_worker", **WRITTEN)
