"""HS-4.3.1  A visit of an agreement that fell out while no job ran is not silent: the desk apologises and agrees a new time."""

from datetime import date, datetime, timedelta

import pytest

from menling.agreements.days import fell_out
from menling.agreements.models import AgreementDay
from menling.jobs.named import JOBS
from menling.journal.models import Case, Outgoing
from menling.portal.visits import visits
from menling.procedures.agreement_rules import something_fell_out
from tests.agreed import at, in_force, row
from tests.office import World
from tests.procedures.given import newest_message, refused, told_roles

pytestmark = pytest.mark.clause("HS-4.3.1")
MONDAY, THURSDAY, NEXT, LATER = date(2026, 11, 23), date(2026, 11, 26), date(2026, 11, 30), date(2026, 12, 3)


def ran(when: datetime) -> list[str]:
    """Run the job of the agreements."""
    return JOBS["agreements"].run(when)


def stands(case: Case) -> dict[date, str]:
    """Return how each visit stands that was touched, by day."""
    return {each.day: each.stands for each in AgreementDay.objects.filter(agreement_id=case.pk).select_related("order")}


@pytest.fixture
def case(world: World) -> Case:
    """An agreement with visits on Mondays and Thursdays at nine, in force since Friday 20 November."""
    return in_force(world)


def test_there_is_something_to_note_only_where_a_visit_fell_out() -> None:
    something_fell_out(1)
    with refused("HS-4.3.1", 409):
        something_fell_out(0)


@pytest.mark.django_db
def test_after_a_week_without_jobs_what_fell_out_is_noted_once_and_what_is_ahead_is_filed(case: Case) -> None:
    since = newest_message()
    for _twice in range(2):
        ran(at(2026, 12, 1, 6))
    assert stands(case) == {MONDAY: "missed", THURSDAY: "missed", NEXT: "missed", LATER: "laid_out"}
    told = case.events.filter(verb="miss")
    assert [each.facts["days"] for each in told] == [["2026-11-23", "2026-11-26", "2026-11-30"]]
    assert told_roles(case, since) >= {"service_desk", "service_desk_supervisor", "team_lead"}
    said = {row.values["days"] for row in Outgoing.objects.filter(case=case, pk__gt=since) if "days" in row.values}
    assert said == {"2026-11-23", "2026-11-26", "2026-11-30"}  # each by itself, as days are put in words


@pytest.mark.django_db
@pytest.mark.parametrize(("hour", "minute", "stood"), [(8, 59, "laid_out"), (9, 0, "missed"), (9, 1, "missed")])
def test_a_visit_is_filed_late_until_its_time_and_noted_from_then_on(case: Case, hour: int, minute: int, stood: str) -> None:
    ran(at(2026, 11, 23, hour, minute))
    assert stands(case) == {MONDAY: stood}


@pytest.mark.django_db
def test_nothing_is_missed_that_was_filed_called_off_or_due_before_the_signature(world: World) -> None:
    case = in_force(world, begin=date(2026, 10, 1), until=date(2027, 1, 31))
    ran(at(2026, 11, 21, 6))
    world.do(case, "skip", "service_desk", day=THURSDAY, reason="业主出差", asked_by="resident")
    ran(at(2026, 11, 28, 6))
    assert stands(case) == {MONDAY: "laid_out", THURSDAY: "skipped", NEXT: "laid_out"}
    with refused("HS-4.3.1", 409):
        world.do(case, "miss", "service_desk")


@pytest.mark.django_db
def test_while_an_agreement_rests_nothing_is_missed(world: World, case: Case) -> None:
    world.do(case, "suspend", "service_desk", reason="业主出差")
    world.now = at(2026, 11, 27, 10)
    world.do(case, "resume", "service_desk")
    ran(at(2026, 12, 1, 6))
    assert stands(case) == {NEXT: "missed", LATER: "laid_out"}


@pytest.mark.django_db
def test_one_that_was_moved_into_the_gap_is_noted_as_well(world: World, case: Case) -> None:
    world.do(case, "move", "service_desk", day=LATER, visit_at=at(2026, 11, 24, 14), reason="业主出差", asked_by="resident")
    ran(at(2026, 11, 25, 6))
    assert stands(case) == {MONDAY: "missed", LATER: "missed", THURSDAY: "laid_out"}


@pytest.mark.django_db
def test_what_fell_out_last_is_noted_before_the_agreement_ends(world: World) -> None:
    case = in_force(world, until=THURSDAY)
    ran(at(2026, 12, 1, 6))
    case.refresh_from_db()
    assert (stands(case), case.status) == ({MONDAY: "missed", THURSDAY: "missed"}, "ended")


@pytest.mark.django_db
def test_the_desk_apologises_and_agrees_a_new_time_or_calls_it_off(world: World, case: Case) -> None:
    world.now = at(2026, 11, 27, 8)
    ran(world.now)
    with refused("HS-4.3.1", 422):
        world.do(case, "move", "service_desk", day=MONDAY, visit_at=at(2026, 11, 28, 9), reason="系统停机")
    world.do(case, "move", "service_desk", day=MONDAY, visit_at=at(2026, 11, 28, 9), reason="系统停机", apologised=True)
    world.do(case, "skip", "service_desk", day=THURSDAY, reason="业主不要补", asked_by="resident")
    ran(world.now + timedelta(minutes=15))
    assert (stands(case), fell_out(row(case), world.now)) == ({MONDAY: "laid_out", THURSDAY: "skipped"}, [])


@pytest.mark.django_db
def test_the_resident_sees_that_it_did_not_take_place(world: World, case: Case) -> None:
    ran(at(2026, 11, 24, 6))
    (shown,) = (each for each in visits(row(case), at(2026, 11, 24, 8), str) if each["day"] == "2026-11-23")
    assert (shown["state"], shown["can_skip"]) == ("missed", False)
