"""Times on the board that are known and never counted as broken: they do not look like a deadline."""

from datetime import timedelta

import pytest

from menling.journal.models import Case, Deadline
from menling.web.board_rows import drawn
from menling.web.boards import Row, board
from tests.office import World

pytestmark = [pytest.mark.django_db, pytest.mark.clause("EN-2.7")]
PAST = timedelta(hours=1)


def with_targets_alone(world: World, case: Case) -> Row:
    """Return the row of an order all of whose promises are over and were never counted."""
    case.deadlines.update(counted=False, armed_at=world.now - 2 * PAST, due_at=world.now - PAST)
    return board(world.office, world.now, world.actor("control_centre"), frozenset()).rows[0]


@pytest.mark.parametrize("look", ["table", "columns", "wall"])
def test_what_is_never_counted_stands_in_time_and_says_when_it_was_for_without_counting_down(world: World, look: str) -> None:
    row = with_targets_alone(world, world.do(world.file(), "accept", "control_centre"))
    assert (row.column, row.state, row.ticks) == ("running", "open", False)
    page = drawn([row], look, world.now)
    assert "data-due" not in page
    assert "09:04" in page


def test_a_promise_that_counts_is_shown_before_one_that_does_not(world: World) -> None:
    case = world.sent()
    Deadline.objects.filter(case=case, key="acknowledge").update(due_at=world.now + PAST, armed_at=world.now)
    Deadline.objects.filter(case=case).exclude(key="acknowledge").update(
        counted=False, armed_at=world.now - 2 * PAST, due_at=world.now - PAST
    )
    row = board(world.office, world.now, world.actor("control_centre"), frozenset()).rows[0]
    assert row.promise is not None
    assert (row.promise.key, row.column) == ("acknowledge", "running")


@pytest.mark.clause("HC-5.2.5")
def test_an_emergency_presses_whether_its_minutes_are_counted_or_not(world: World) -> None:
    row = with_targets_alone(world, world.do(world.file(urgency="emergency"), "accept", "control_centre"))
    assert (row.column, row.ticks) == ("soon", True)
