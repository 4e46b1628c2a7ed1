"""Emergencies on the pages: who was called out when, the list of the night, and a job written down after it was done."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils.timezone import localtime

from menling.journal.climbing import climb
from menling.journal.models import Case, Deadline, Outgoing
from menling.journal.replay import differences
from menling.kernel.procedure import ROLE_TITLES
from menling.premises.models import OnCall, Shift
from menling.procedures.climbing import LEADERS, MOST_CALLS
from tests.doors.web import browser, words
from tests.office import World

pytestmark = pytest.mark.django_db
BURST: dict[str, Any] = {"urgency": "emergency", "emergency": "burst_pipe", "content": "水管爆裂"}


def typed(at: datetime) -> str:
    """Return an instant as a clerk would type it in full."""
    return f"{localtime(at):%Y-%m-%d %H:%M}"


def by_night(world: World) -> None:
    """Let nobody be on shift, and two workers stand on the list of now."""
    Shift.objects.all().delete()
    local = localtime(world.now)
    for rank, key in enumerate(("repair_worker", "repair_worker_2"), 1):
        day = local.date() - timedelta(days=local.hour < 8)
        OnCall.objects.create(office=world.office, day=day, rank=rank, staff=world.staff[key])


def job(world: World, **facts: Any) -> dict[str, Any]:
    """Return a form about a job that began an hour ago and took half of it."""
    begun = world.now - timedelta(hours=1)
    return {
        "unit": "3-2-1201", "reporter": "王芳", "phone": "13800138000", "content": "水管爆裂", "urgency": "emergency",
        "emergency": "burst_pipe", "reported_at": typed(begun), "arrived_at": typed(begun + timedelta(minutes=9)),
        "finished_at": typed(begun + timedelta(minutes=30)), "worker": world.staff["repair_worker"].number,
        "summary": "关阀换管", "source": "radio", "duty": ["departments", "authorities"], "informed:departments": "工程部",
    } | facts  # fmt: skip


@pytest.mark.clause("HC-5.2.5", "MR-3")
def test_a_job_done_before_anybody_typed_is_written_down_on_one_page_with_its_true_times(today: World) -> None:
    centre = browser(today, "control_centre")
    assert "Write it down" in centre.read("/new/afterwards")
    answer = centre.post("/new/afterwards", job(today))
    assert answer.status_code == 302, answer.content
    case = Case.objects.get(kind="repair")
    assert case.status == "finished"
    arrival = case.events.get(verb="arrive")
    assert (arrival.actor_name, arrival.recorder_name) == (today.staff["repair_worker"].name, today.staff["control_centre"].name)
    assert typed(arrival.happened_at) == job(today)["arrived_at"]
    door = case.deadlines.get(key="emergency")
    assert (door.met_at, door.broken_at) == (arrival.happened_at, None)
    assert set(case.order.emergency["done"]) == {"departments", "authorities"}
    assert not Outgoing.objects.filter(case=case, urgent=True).exists()
    late = words(centre.read("/team/late-entries"))
    assert case.number in late
    assert differences(case) == []


@pytest.mark.clause("HC-5.2.5")
def test_pressed_twice_it_is_one_job(today: World) -> None:
    centre, sent = browser(today, "control_centre"), job(today)
    for _press in range(2):
        assert centre.post("/new/afterwards", sent, key="once").status_code == 302
    assert Case.objects.filter(kind="repair").count() == 1


@pytest.mark.parametrize(
    ("facts", "field", "status"),
    [({"arrived_at": ""}, "arrived_at", 422), ({"worker": ""}, "worker", 422),
     ({"finished_at": "2020-01-01 10:00"}, "finished_at", 409), ({"arrived_at": "半夜"}, "arrived_at", 422)],
)  # fmt: skip
def test_what_is_missing_or_goes_backwards_is_said_before_anything_is_written(
    today: World, facts: dict[str, str], field: str, status: int
) -> None:
    answer = browser(today, "control_centre").post("/new/afterwards", job(today, **facts), htmx=True)
    assert answer.status_code == status
    assert f'data-field="{field}"' in answer.content.decode()
    assert not Case.objects.filter(kind="repair").exists()


@pytest.mark.clause("HC-5.2.5")
def test_board_and_page_show_who_was_called_out_and_when_the_next_one_is(today: World) -> None:
    by_night(today)
    case = today.file(at=today.now - timedelta(minutes=6), **BURST)
    climb(today.now)
    centre = browser(today, "control_centre")
    for path in ("/board/rows", "/emergencies", f"/orders/{case.number}"):
        shown = words(centre.read(path))
        first, second = shown.index(today.staff["repair_worker"].name), shown.index("赵师傅")
        assert 0 < first < second, path
    assert today.staff["repair_worker_2"].name in words(centre.read(f"/orders/{case.number}")).split("called out again")[1]
    for path in ("/board/rows", "/emergencies"):
        assert f"next: {', '.join(ROLE_TITLES[role] for role in LEADERS)}" in words(centre.read(path)), path
    assert "data-seconds" in centre.read("/emergencies")
    climb(today.now + timedelta(minutes=5))
    called = ", ".join(ROLE_TITLES[role] for role in sorted(LEADERS))
    assert f"Roles {called}" in words(centre.read(f"/orders/{case.number}"))


@pytest.mark.clause("HC-5.2.5")
def test_it_is_said_in_words_who_has_read_the_call_and_when(today: World) -> None:
    by_night(today)
    case = today.file(at=today.now - timedelta(minutes=4), **BURST)
    centre, seen = browser(today, "control_centre"), today.now - timedelta(minutes=1)
    read = re.compile(rf"read (yesterday )?{localtime(seen):%H:%M}")
    for path in ("/board/rows", "/emergencies", f"/orders/{case.number}"):
        assert not read.search(words(centre.read(path))), path
    Outgoing.objects.filter(case=case, staff_id__isnull=False).update(seen_at=seen)
    for path in ("/board/rows", "/emergencies", f"/orders/{case.number}"):
        assert read.search(words(centre.read(path))), path


@pytest.mark.clause("HC-5.2.5")
def test_that_nobody_answered_is_said_once_the_last_call_had_its_minutes(today: World) -> None:
    today.file(at=today.now - timedelta(minutes=61), **BURST)
    climb(today.now)
    centre, gone = browser(today, "control_centre"), "nobody is called any more"
    for path in ("/board/rows", "/emergencies"):
        shown = words(centre.read(path))
        assert "this was the last call; it has until" in shown, path
        assert gone not in shown, path
    Deadline.objects.filter(key="called").update(level=MOST_CALLS + 1)
    assert gone in words(centre.read("/emergencies"))


@pytest.mark.clause("HC-5.2.5")
def test_an_acknowledged_emergency_leaves_the_top_and_keeps_its_list(today: World) -> None:
    case = today.sent(**BURST)
    centre = browser(today, "control_centre")
    assert "data-emergency" in centre.read("/board/rows")
    today.do(case, "acknowledge", "repair_worker")
    assert "data-emergency" not in centre.read("/board/rows")
    form = centre.read(f"/orders/{case.number}/check_off", {"duty": "authorities"})
    assert 'value="authorities" checked' in form
    assert 'name="needed" checked' in form
    centre.post(f"/orders/{case.number}/check_off", {"duty": "authorities", "needed": "on", "informed": "110"})
    case.order.refresh_from_db()
    assert case.order.emergency["done"]["authorities"]["informed"] == "110"


def test_emergencies_of_another_office_are_not_shown(today: World) -> None:
    case = today.file(**BURST)
    assert case.number not in browser(today, "control_centre_elsewhere").read("/emergencies")
    assert browser(today, "finance").get("/emergencies").status_code == 403


@pytest.mark.clause("HC-5.2.5")
def test_what_becomes_an_emergency_on_the_way_is_on_top_until_it_is_acknowledged_again(today: World) -> None:
    case = today.do(today.sent(), "acknowledge", "repair_worker")
    centre = browser(today, "control_centre")
    assert "data-emergency" not in centre.read("/board/rows")
    assert "make_urgent" in centre.read(f"/orders/{case.number}")
    today.do(case, "make_urgent", "control_centre", reason="水已漫到走廊")
    assert "data-emergency" in centre.read("/board/rows")
    today.do(case, "acknowledge", "repair_worker")
    assert "data-emergency" not in centre.read("/board/rows")
