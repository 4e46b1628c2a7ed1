"""EN-2.4, EN-D.10A  A door reached hours before the time agreed, and a visit of a hardly true length: asked about."""

from datetime import timedelta

import pytest

from menling.procedures.doubtful_times import DoubtPolicy, sure_to_arrive, sure_to_end
from tests.procedures.given import NOON, chosen

EARLY, LENGTH = pytest.mark.clause("EN-2.4"), pytest.mark.clause("EN-D.10A")


@EARLY
@pytest.mark.parametrize(("before", "asked"), [(-5, False), (3, False), (29, False), (30, False), (30.1, True), (130, True)])
def test_more_than_the_minutes_of_the_office_before_the_time_agreed_is_asked_about(before: float, asked: bool) -> None:
    assert sure_to_arrive(NOON, DoubtPolicy()).doubts(NOON - timedelta(minutes=before)) is asked
    longer = chosen(DoubtPolicy, visit__early_asked_minutes=131)
    assert sure_to_arrive(NOON, longer).doubts(NOON - timedelta(minutes=before)) is False


@LENGTH
@pytest.mark.parametrize(("planned", "spent", "asked"), [
    (180, 0, True), (180, 17.9, True), (180, 18, False), (180, 720, False), (180, 720.1, True),
    (90, 8.9, True), (90, 9, False), (89, 0, False), (30, 120, False), (30, 120.1, True),
])  # fmt: skip
def test_a_length_far_from_the_planned_one_is_asked_about(planned: int, spent: float, asked: bool) -> None:
    assert sure_to_end(NOON, planned, DoubtPolicy()).doubts(NOON + timedelta(minutes=spent)) is asked


@LENGTH
@pytest.mark.parametrize(("spent", "asked"), [(0, True), (5.9, True), (6, False), (120, False), (120.1, True)])
def test_the_office_chooses_what_is_short_and_what_is_long(spent: float, asked: bool) -> None:
    policy = chosen(DoubtPolicy, visit__short_asked_from_minutes=60, visit__short_asked_percent=10, visit__long_asked_times=2)
    assert sure_to_end(NOON, 60, policy).doubts(NOON + timedelta(minutes=spent)) is asked
