"""The lists beside the roster: exchanges, cover and who is on call."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from menling.doorway.showing import loaded
from menling.journal.models import Outgoing
from menling.orders.candidates import candidates
from menling.premises import clock
from menling.premises.administration.covering import on_call
from menling.premises.models import Change, Cover, OnCall, Shift
from tests.doors.web import browser, words
from tests.office import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def shift(world: World, who: str, days: float, hours: float = 8) -> Shift:
    begin = clock.now() + timedelta(days=days)
    return Shift.objects.create(
        staff=world.staff[who], office=world.office, starts_at=begin, ends_at=begin + timedelta(hours=hours)
    )


def test_two_people_exchange_a_shift_once_and_both_are_told(world: World) -> None:
    one, other = shift(world, "repair_worker", 1), shift(world, "repair_worker_2", 2)
    there = browser(world, "team_lead")
    for _press in range(2):
        assert there.post("/roster/lists/exchange", {"one": one.pk, "other": other.pk}, key="swap").status_code == 302
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.staff, other.staff) == (world.staff["repair_worker_2"], world.staff["repair_worker"])
    told = Outgoing.objects.filter(case__isnull=True).values_list("staff_id", flat=True)
    assert sorted(told) == sorted([one.staff_id, other.staff_id])
    assert Change.objects.get(what="swap").who == world.staff["team_lead"]
    assert "A101" not in words(browser(world, "repair_worker").read("/messages"))
    assert "赵师傅" in words(browser(world, "repair_worker").read("/messages"))


@pytest.mark.parametrize("why", ["begun", "one person", "no common role", "works already"])
def test_an_exchange_that_makes_no_sense_is_refused(world: World, why: str) -> None:
    one = shift(world, "repair_worker", -0.1 if why == "begun" else 1)
    other = shift(world, {"one person": "repair_worker", "no common role": "finance"}.get(why, "repair_worker_2"), 2)
    if why == "works already":
        shift(world, "repair_worker_2", 1.1)
    sent = {"one": one.pk, "other": other.pk}
    assert browser(world, "team_lead").post("/roster/lists/exchange", sent, htmx=True).status_code == 409
    assert not Change.objects.exists()


def test_a_worker_does_not_exchange_alone(world: World) -> None:
    one, other = shift(world, "repair_worker", 1), shift(world, "repair_worker_2", 2)
    sent = {"one": one.pk, "other": other.pk}
    assert browser(world, "repair_worker").post("/roster/lists/exchange", sent).status_code == 403


def test_who_stands_in_works_the_shifts_of_those_days(world: World) -> None:
    inside, after = shift(world, "repair_worker", 1), shift(world, "repair_worker", 9)
    today = timezone.localdate(clock.now())
    sent = {"away": "A005", "stands_in": "A101", "since": str(today), "until": str(today + timedelta(days=3)), "reason": "年假"}
    assert browser(world, "office_manager").post("/roster/lists/cover", sent).status_code == 302
    inside.refresh_from_db()
    after.refresh_from_db()
    assert (inside.staff.number, after.staff.number) == ("A101", "A005")
    assert "年假" in browser(world, "team_lead").read("/roster/lists")
    assert Cover.objects.count() == 1


def test_the_list_of_a_night_holds_until_the_morning(world: World) -> None:
    there = browser(world, "team_lead")
    sent = {"day": "2026-11-20", "staff": ["A101", "A005", ""]}
    assert there.post("/roster/lists/on-call", sent).status_code == 302
    for at, found in (("2026-11-20T23:00", ["A101", "A005"]), ("2026-11-21T07:59", ["A101", "A005"]), ("2026-11-21T08:01", [])):
        instant = datetime.fromisoformat(f"{at}:00+08:00")
        assert [row.staff.number for row in on_call(world.office.pk, instant)] == found, at
    there.post("/roster/lists/on-call", {"day": "2026-11-20", "staff": ["A005"]})
    assert list(OnCall.objects.values_list("staff__number", "rank")) == [("A005", 1)]
    assert there.post("/roster/lists/on-call", {"day": "2026-11-20", "staff": ["A005", "A005"]}, htmx=True).status_code == 409


def test_who_is_on_call_tonight_stands_on_the_board_and_first_among_those_who_can_go_when_nobody_is_on_shift(
    today: World,
) -> None:
    night = timezone.localtime(today.now)
    OnCall.objects.create(office=today.office, day=night.date() - timedelta(days=night.hour < 8), rank=1,
                          staff=today.staff["repair_worker_2"])  # fmt: skip
    for look in ("columns", "table", "wall"):
        assert "1 赵师傅" in words(browser(today, "control_centre").read("/board/rows", {"as": look})), look
    case = loaded(today.do(today.file(), "accept", "control_centre"))
    assert [(each.number, each.on_call) for each in candidates(case, today.now)] == [("A101", 1), ("A005", 0)]
    Shift.objects.create(staff=today.staff["repair_worker"], office=today.office, starts_at=today.now - timedelta(hours=1),
                         ends_at=today.now + timedelta(hours=1))  # fmt: skip
    assert [(each.number, each.on_call) for each in candidates(case, today.now)] == [("A005", 0), ("A101", 0)]


def test_somebody_of_another_office_is_not_put_on_the_list(world: World) -> None:
    sent = {"day": "2026-11-20", "staff": ["B005"]}
    assert browser(world, "team_lead").post("/roster/lists/on-call", sent).status_code == 404
