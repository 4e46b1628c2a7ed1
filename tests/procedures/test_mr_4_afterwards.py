"""MR-4  What is written down afterwards of one visit: its times follow one another, or nothing of it is taken."""

from datetime import timedelta

import pytest

from menling.procedures.afterwards import follow_one_another, stopped_first
from tests.procedures.given import NOON, refused


@pytest.mark.clause("MR-4")
@pytest.mark.parametrize(("seconds", "fits"), [(-1, False), (0, True), (1, True)])
def test_a_later_step_of_one_visit_is_at_the_same_second_or_later(seconds: int, fits: bool) -> None:
    times = [NOON, NOON + timedelta(minutes=5), NOON + timedelta(minutes=5, seconds=seconds)]
    if fits:
        follow_one_another(times)
        return
    with refused("MR-4", 409):
        follow_one_another(times)


@pytest.mark.clause("MR-4")
def test_one_time_alone_or_none_follows_itself_and_a_second_one_is_looked_at() -> None:
    follow_one_another([])
    follow_one_another([NOON])
    with refused("MR-4", 409):
        follow_one_another([NOON, NOON - timedelta(seconds=1)])


@pytest.mark.clause("HC-5.2.5")
@pytest.mark.parametrize(("seconds", "first"), [(-1, True), (0, False), (1, False)])
def test_work_that_began_before_the_price_was_agreed_was_a_stopping(seconds: int, first: bool) -> None:
    assert stopped_first(NOON + timedelta(seconds=seconds), NOON) is first


@pytest.mark.clause("HC-5.2.5")
def test_where_no_price_was_agreed_nothing_came_before_it() -> None:
    assert not stopped_first(NOON, None)
    assert not stopped_first(None, NOON)
