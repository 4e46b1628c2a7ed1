"""Home alarms on the pages: taken at the service desk for an agreed time, on every list, and told to engineering."""

from datetime import timedelta

import pytest

from menling.journal.models import Case, Outgoing
from tests.doors.web import browser, words
from tests.office import World

pytestmark = pytest.mark.django_db
ASKED = {"unit": "3-2-1201", "reporter": "王芳", "content": "装修后重新开通", "do": "alarm", "job": "open", "channel": "phone"}


@pytest.mark.clause("HS-4.1.2.1", "HS-3.1")
def test_the_service_desk_files_a_home_alarm_for_an_agreed_time(today: World) -> None:
    desk = browser(today, "service_desk")
    page = desk.read("/counter", {"unit": today.unit.pk})
    assert 'value="alarm"' in page
    assert "pass:alarm" not in page
    answer = desk.post("/new/file", ASKED | {"alarm_at": "明天 9:00"})
    assert answer.status_code == 302, answer.content
    case = Case.objects.select_related("order").get(kind="alarm")
    assert (case.status, case.order.job, case.order.content) == ("accepted", "open", "装修后重新开通")
    assert (case.order.visit_at - today.now) < timedelta(days=2)
    assert "Home alarm" in words(desk.read(answer["Location"]))


@pytest.mark.clause("HS-4.1.2.1")
@pytest.mark.parametrize(("left_out", "field"), [("alarm_at", "alarm_at"), ("job", "job"), ("unit", "unit")])
def test_what_the_register_needs_is_asked_for_beside_its_field(today: World, left_out: str, field: str) -> None:
    sent = ASKED | {"alarm_at": "明天 9:00"} | {left_out: ""}
    refused = browser(today, "service_desk").post("/new/file", sent, htmx=True)
    assert refused.status_code == 422
    assert f'data-field="{field}"' in refused.content.decode()
    assert not Case.objects.filter(kind="alarm").exists()


@pytest.mark.clause("HS-3.1")
def test_the_control_centre_passes_a_home_alarm_on_and_files_none(today: World) -> None:
    centre = browser(today, "control_centre")
    page = centre.read("/new")
    assert "pass:alarm" in page
    assert 'value="alarm"' not in page
    refused = centre.post("/new/file", ASKED | {"alarm_at": "明天 9:00"}, htmx=True)
    assert refused.status_code == 403
    assert not Case.objects.filter(kind="alarm").exists()


@pytest.mark.clause("HC-5.2.5")
def test_an_emergency_is_taken_with_its_kind_when_it_occurred_and_what_is_dangerous(today: World) -> None:
    centre = browser(today, "control_centre")
    assert "burst pipe" in centre.read("/new")
    sent = {"unit": "3-2-1201", "reporter": "王芳", "content": "水管爆了", "do": "accept", "urgency": "emergency",
            "emergency": "burst_pipe", "hazards": "水已到插座", "occurred_at": "+0"}  # fmt: skip
    assert centre.post("/new/file", sent).status_code == 302
    order = Case.objects.get(kind="repair").order
    assert (order.urgency, order.emergency) == ("emergency", {"kind": "burst_pipe", "hazards": "水已到插座"})
    assert order.occurred_at is not None
    page = words(centre.read(f"/orders/{order.case.number}"))
    assert "水已到插座" in page


@pytest.mark.clause("HC-5.2.5", "HS-4.1.3")
def test_the_service_desk_hands_an_emergency_over_with_its_kind(today: World) -> None:
    sent = {"unit": "3-2-1201", "reporter": "王芳", "content": "停电", "do": "urgent", "emergency": "power_cut"}
    assert browser(today, "service_desk").post("/new/file", sent).status_code == 302
    order = Case.objects.get(kind="repair").order
    assert (order.urgency, order.emergency) == ("emergency", {"kind": "power_cut"})
    assert Outgoing.objects.filter(case=order.case, urgent=True).exists()


@pytest.mark.clause("HC-5.2.5")
def test_what_was_chosen_for_an_emergency_does_not_make_an_ordinary_order_one(today: World) -> None:
    sent = {"unit": "3-2-1201", "reporter": "王芳", "content": "灯不亮", "do": "accept", "urgency": "ordinary",
            "emergency": "power_cut"}  # fmt: skip
    assert browser(today, "control_centre").post("/new/file", sent).status_code == 302
    order = Case.objects.get(kind="repair").order
    assert (order.urgency, order.emergency) == ("ordinary", {})
