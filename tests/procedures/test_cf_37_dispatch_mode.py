"""CF-37  How a team hears of its orders: shown at once and collected, at its pick-up, or of each at once; repairs always so."""

from datetime import datetime

import pytest

from menling.jobs.pickup import pick_up
from menling.journal.models import Case
from menling.kernel.policy import SETTINGS
from menling.orders.models import Batch
from menling.orders.pickups import seen_ahead, unseen, waiting
from menling.procedures.alarm_policy import AlarmPolicy
from menling.procedures.batch import CLEANING, ENGINEERING, Team
from menling.procedures.housekeeping_policy import HousekeepingPolicy
from menling.procedures.pickup_policy import MODES
from menling.procedures.pickup_rules import held_back, laid_out, told_at_once
from tests import alarms, cleaning
from tests.doors.web import browser, words
from tests.office import World
from tests.procedures.given import chosen, decide, newest_message, refused, shanghai, told_roles, told_staff

pytestmark = pytest.mark.clause("CF-37")
TEAMS = pytest.mark.parametrize("team", [CLEANING, ENGINEERING], ids=["cleaning", "alarms"])
EVERY_MODE = pytest.mark.parametrize("mode", MODES)
SOON, LATER = 60, 1440
"""Minutes ahead: before the pick-up at 13:30, and after it."""


@pytest.fixture
def noonish(world: World) -> World:
    """The office at eleven: the next pick-up of both teams is at 13:30."""
    world.now = shanghai(20, 11)
    return world


def asked(world: World, team: Team, ahead: int) -> tuple[Case, set[str]]:
    """Return an order that came to a team, and the roles that were told of it when it came."""
    if team is CLEANING:
        case = cleaning.quoted(world, ahead=ahead)
        before = newest_message()
        world.do(case, "consent", "service_desk", how="phone")
    else:
        case = alarms.filed(world, ahead=ahead)
        before = newest_message()
        world.do(case, "accept", "service_desk")
    return case, told_roles(case, before)


def test_an_office_that_says_nothing_shows_at_once_and_collects_at_the_pick_ups() -> None:
    assert (HousekeepingPolicy().mode, AlarmPolicy().mode) == ("immediate_plus_batch", "immediate_plus_batch")
    with refused("HS-4.1.1.3", 422):
        SETTINGS["dispatch.mode"].check("by_pigeon")


@pytest.mark.parametrize("shape", [HousekeepingPolicy, AlarmPolicy])
@pytest.mark.parametrize(
    ("mode", "visit_at", "told", "collected", "hidden"),
    [
        ("immediate_plus_batch", shanghai(20, 13, 29, 59), True, True, False),
        ("immediate_plus_batch", shanghai(20, 13, 30), False, True, False),
        ("batch_then_direct", None, True, True, False),
        ("batch_then_direct", shanghai(20, 13, 29, 59), True, True, False),
        ("batch_then_direct", shanghai(20, 13, 30), False, True, True),
        ("immediate", shanghai(20, 13, 30), True, False, False),
        ("immediate", shanghai(20, 14), True, False, False),
    ],
)
def test_each_way_says_what_is_told_directly_what_is_collected_and_what_is_not_seen_before(
    shape: type[HousekeepingPolicy | AlarmPolicy], mode: str, visit_at: datetime | None, told: bool, collected: bool, hidden: bool
) -> None:
    policy, pickup = chosen(shape, dispatch__mode=mode), shanghai(20, 13, 30)
    assert told_at_once(visit_at, pickup, policy) is told
    assert laid_out(policy) is collected
    assert held_back(visit_at, pickup, policy) is hidden


@pytest.mark.django_db
@TEAMS
@EVERY_MODE
def test_what_starts_before_the_next_pick_up_is_told_directly_whatever_the_office_chose(
    noonish: World, team: Team, mode: str
) -> None:
    decide(noonish, "dispatch.mode", mode)
    case, told = asked(noonish, team, SOON)
    assert told == {role.value for role in team.told}
    assert case.pk not in unseen(noonish.office, noonish.now)


@pytest.mark.django_db
@TEAMS
@EVERY_MODE
def test_what_can_wait_is_told_directly_only_where_the_office_tells_all_so(noonish: World, team: Team, mode: str) -> None:
    decide(noonish, "dispatch.mode", mode)
    _, told = asked(noonish, team, LATER)
    assert told == ({role.value for role in team.told} if mode == "immediate" else set())


@pytest.mark.django_db
@TEAMS
@EVERY_MODE
def test_a_pick_up_is_laid_out_unless_the_team_was_told_of_every_order_directly(noonish: World, team: Team, mode: str) -> None:
    decide(noonish, "dispatch.mode", mode)
    case, _ = asked(noonish, team, LATER)
    pick_up(shanghai(20, 13, 30))
    brought = [number for batch in Batch.objects.all() for number in batch.entries]
    assert brought == ([] if mode == "immediate" else [case.number])


@pytest.mark.django_db
@TEAMS
@EVERY_MODE
def test_the_team_sees_what_can_wait_at_once_unless_batches_come_first(noonish: World, team: Team, mode: str) -> None:
    decide(noonish, "dispatch.mode", mode)
    case, _ = asked(noonish, team, LATER)
    rows = waiting(team, noonish.office, noonish.now)
    assert [row.pk for row in rows] == ([] if mode == "immediate" else [case.pk])
    assert [row.pk for row in seen_ahead(team, rows)] == ([case.pk] if mode == "immediate_plus_batch" else [])
    assert (case.pk in unseen(noonish.office, noonish.now)) is (mode == "batch_then_direct")
    pick_up(shanghai(20, 13, 30))
    assert unseen(noonish.office, shanghai(20, 13, 31)) == set()


@pytest.mark.django_db
def test_what_came_before_the_office_chose_otherwise_is_still_brought_by_its_pick_up(noonish: World) -> None:
    case, told = asked(noonish, CLEANING, LATER)
    decide(noonish, "dispatch.mode", "immediate")
    assert (told, [row.pk for row in waiting(CLEANING, noonish.office, noonish.now)]) == (set(), [case.pk])


@pytest.mark.django_db
@pytest.mark.clause("HS-4.2.3")
@EVERY_MODE
def test_the_repair_worker_is_told_at_once_whatever_the_office_chose(noonish: World, mode: str) -> None:
    decide(noonish, "dispatch.mode", mode)
    case = noonish.do(noonish.file(visit_at=shanghai(21, 15)), "accept", "control_centre")
    before = newest_message()
    noonish.do(case, "dispatch", "control_centre", worker=noonish.staff["repair_worker"].number)
    assert told_staff(case, before) == [noonish.staff["repair_worker"].pk]


@pytest.mark.django_db
def test_the_leader_finds_on_the_page_what_waits_for_a_name_but_not_before_a_batch_that_comes_first(world: World) -> None:
    shown, hidden = cleaning.agreed(world, ahead=4 * LATER), None
    decide(world, "dispatch.mode", "batch_then_direct")
    hidden = cleaning.agreed(world, ahead=4 * LATER)
    page = words(browser(world, "team_lead").read("/team"))
    ahead = words(browser(world, "team_lead").read("/pickups"))
    desk = words(browser(world, "service_desk").read("/pickups"))
    assert [shown.number in each for each in (page, ahead, desk)] == [True, True, True]
    assert [hidden.number in each for each in (page, ahead, desk)] == [False, False, True]
