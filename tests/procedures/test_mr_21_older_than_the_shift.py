"""MR-21  What is older than the shift it is written down in waits for the foreman."""

from contextlib import nullcontext
from datetime import datetime, timedelta

import pytest

from menling.imports.exports import desks
from menling.journal.facts import read_facts
from menling.journal.models import Case
from menling.journal.perform import perform_part
from menling.journal.when import When
from menling.kernel.actor import Actor
from menling.kernel.calendars import OfficeCalendar
from menling.kernel.recording import CUT_OVER, OWN_WORD, SOURCES, own_word, speaks_alone
from menling.kernel.roles import Role
from menling.kinds import KINDS
from menling.orders.team import late_entries
from menling.premises.models import Shift
from menling.reactions import REACTIONS, perform
from tests.office import World
from tests.procedures.given import decide, last, refused, shanghai

MINUTE = timedelta(minutes=1)


def arrive(world: World, case: Case, by: Actor, happened: datetime, received: datetime) -> None:
    """Let a worker, or who writes for one, tell at `received` when the home was reached."""
    tell(world, case, "arrive", by, happened, received, {})


def tell(world: World, case: Case, verb: str, by: Actor, happened: datetime, received: datetime, facts: dict[str, str]) -> None:
    """Let a worker, or who writes for one, tell at `received` of a step."""
    kind = KINDS["repair"]
    perform(kind.commands[verb], case, kind=kind, by=by, at=When.told(received, happened, None), key=f"{happened}{by.source}",
            facts=read_facts(kind.commands[verb], facts))  # fmt: skip


def yesterdays(world: World) -> Case:
    """Return a repair for now that was sent on Thursday at 17:00."""
    world.now = shanghai(19, 17)
    return world.sent()


@pytest.mark.clause("MR-21")
@pytest.mark.parametrize("grace", [0, 60])
def test_a_claim_reaches_back_to_the_shift_and_the_minutes_of_grace(grace: int) -> None:
    began = shanghai(20, 8)
    limit = began - grace * MINUTE
    for happened in (limit, limit + MINUTE):
        assert own_word(happened, began, grace) == ""
    assert own_word(limit - timedelta(seconds=1), began, grace) == OWN_WORD


@pytest.mark.clause("MR-21")
@pytest.mark.parametrize(("hour", "day"), [(7, 19), (8, 20), (17, 20), (23, 20)])
def test_a_shift_of_the_calendar_runs_until_the_next_begins(hour: int, day: int) -> None:
    assert OfficeCalendar().start_of_shift(shanghai(20, hour)) == shanghai(day, 8)


@pytest.mark.clause("MR-21")
def test_a_foreman_or_desk_who_also_works_at_homes_does_not_speak_alone() -> None:
    assert speaks_alone(frozenset({Role.REPAIR_WORKER, Role.HOME_SERVICE_WORKER}))
    assert not speaks_alone(frozenset({Role.REPAIR_WORKER, Role.TEAM_LEAD}))
    assert not speaks_alone(frozenset({Role.CONTROL_CENTRE}))


@pytest.mark.clause("MR-21")
@pytest.mark.django_db
def test_what_a_worker_tells_of_yesterday_is_taken_down_and_waits_on_the_foremans_list(world: World) -> None:
    case, worker = yesterdays(world), world.actor("repair_worker")
    happened, received = shanghai(19, 17, 14), shanghai(20, 8, 30)
    arrive(world, case, worker, happened, received)
    told = last(case, "arrive")
    assert (told.happened_at, told.recorded_at, told.source, told.recorder) == (happened, received, OWN_WORD, None)
    assert case.deadlines.get(key="arrive").broken_at is None
    assert late_entries(world.actor("team_lead"), world.office) == [told]


@pytest.mark.clause("MR-21", "EN-D.15")
@pytest.mark.django_db
@pytest.mark.parametrize(("heard", "signed"), [("", True), ("paper", True), ("phone", False), ("radio", False)])
def test_a_workers_own_word_signs_the_slip_however_late_and_hearsay_does_not(world: World, heard: str, signed: bool) -> None:
    case, worker = yesterdays(world), world.actor("repair_worker")
    by = worker.recorded_by(world.actor("team_lead"), heard) if heard else worker
    for verb, minute, facts in (("arrive", 14, {}), ("finish", 40, {"summary": "已疏通"})):
        tell(world, case, verb, by, shanghai(19, 17, minute), shanghai(20, 8, 30), facts)
    world.now = shanghai(20, 9)
    world.do(case, "sign", "customer", rating=5)
    with nullcontext() if signed else refused("EN-D.15"):
        world.do(case, "review", "team_lead")
    case.refresh_from_db()
    assert (case.status == "reviewed") is signed


@pytest.mark.clause("MR-21")
@pytest.mark.django_db
def test_what_the_foreman_writes_down_of_yesterday_is_not_the_workers_own_word(world: World) -> None:
    case = yesterdays(world)
    pen = world.actor("repair_worker").recorded_by(world.actor("team_lead"), "phone")
    arrive(world, case, pen, shanghai(19, 17, 14), shanghai(20, 8, 30))
    assert last(case, "arrive").source == "phone"


@pytest.mark.clause("MR-21")
@pytest.mark.django_db
def test_the_papers_of_a_night_without_computers_are_written_down_by_the_desk(world: World) -> None:
    case = yesterdays(world)
    pen = world.actor("repair_worker").recorded_by(world.actor("control_centre"), "paper")
    arrive(world, case, pen, shanghai(19, 17, 14), shanghai(22, 9))
    assert last(case, "arrive").happened_at == shanghai(19, 17, 14)


@pytest.mark.clause("MR-21")
@pytest.mark.django_db
def test_an_import_in_a_workers_name_keeps_its_true_times(world: World) -> None:
    case, kind = yesterdays(world), KINDS["repair"]
    at = When(shanghai(19, 17, 14), shanghai(22, 9), "typed", shanghai(19, 17, 14))
    pen = world.actor("repair_worker").recorded_by(world.actor("control_centre"), "paper")
    perform_part(kind.commands["arrive"], case, kind=kind, by=pen, at=at, key="import", facts={}, reactions=REACTIONS)
    assert last(case, "arrive").happened_at == shanghai(19, 17, 14)


@pytest.mark.clause("MR-21")
@pytest.mark.django_db
@pytest.mark.parametrize(("before", "passes"), [(61, False), (60, True), (59, True)])
def test_the_shift_is_the_one_on_the_roster(world: World, before: int, passes: bool) -> None:
    world.now = shanghai(19, 20)
    case, worker = world.sent(), world.actor("repair_worker")
    night = shanghai(19, 23, 30)
    Shift.objects.create(staff_id=worker.id, office=world.office, starts_at=night, ends_at=shanghai(20, 7, 30))
    happened = night - before * MINUTE
    arrive(world, case, worker, happened, shanghai(20, 7))
    assert (last(case, "arrive").happened_at, last(case, "arrive").source) == (happened, "" if passes else OWN_WORD)


@pytest.mark.clause("MR-21")
@pytest.mark.django_db
def test_the_office_chooses_the_minutes_of_grace(world: World) -> None:
    case, worker = yesterdays(world), world.actor("repair_worker")
    decide(world, "recording.grace_minutes", 1440)
    arrive(world, case, worker, shanghai(19, 17, 14), shanghai(20, 8, 30))
    assert last(case, "arrive").source == ""


@pytest.mark.clause("MR-21")
@pytest.mark.django_db
def test_a_desk_tells_its_own_steps_as_late_as_it_must(world: World) -> None:
    world.now = shanghai(19, 17)
    case, kind = world.file(), KINDS["repair"]
    perform(kind.commands["accept"], case, kind=kind, by=world.actor("control_centre"),
            at=When.told(shanghai(20, 9), shanghai(19, 17, 1), None), key="accept", facts={})  # fmt: skip
    assert (last(case, "accept").happened_at, last(case, "accept").source) == (shanghai(19, 17, 1), "")


@pytest.mark.clause("MR-21")
def test_the_list_for_excel_says_how_each_late_entry_was_told() -> None:
    assert set(desks.SOURCES) == {*SOURCES, OWN_WORD, CUT_OVER}
