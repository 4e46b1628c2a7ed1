"""Home alarms on the pages: taken at the service desk for an agreed time, on every list, and told to engineering."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from menling.jobs.pickup import pick_up
from menling.journal.models import Case, Outgoing
from tests import alarms
from tests.doors.test_web_forms import said_on
from tests.doors.web import browser, words
from tests.office import World

pytestmark = pytest.mark.django_db
HERE = f"/alarms/{timezone.localdate():%Y-%m}"
ASKED = {
    "unit": "3-2-1201",
    "reporter": "王芳",
    "content": "装修后重新开通",
    "do": "alarm",
    "job": "activation",
    "channel": "phone",
}


@pytest.mark.clause("HS-4.1.2.1", "HS-3.1")
def test_the_service_desk_files_a_home_alarm_for_an_agreed_time(today: World) -> None:
    desk = browser(today, "service_desk")
    page = desk.read("/counter", {"unit": today.unit.pk})
    assert 'value="alarm"' in page
    assert "pass:alarm" not in page
    answer = desk.post("/new/file", ASKED | {"alarm_at": "明天 9:00"})
    assert answer.status_code == 302, answer.content
    case = Case.objects.select_related("order").get(kind="alarm")
    assert (case.status, case.order.job, case.order.content) == ("accepted", "activation", "装修后重新开通")
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


@pytest.mark.clause("HS-4.1.2.2")
def test_engineering_signs_for_the_slips_of_its_own_pick_up(today: World) -> None:
    case = alarms.accepted(today, at=today.now - timedelta(days=1), ahead=3 * 1440)
    pick_up(today.now)
    batch = Case.objects.get(kind="alarm_batch")
    crew = browser(today, "engineering_crew_2")
    assert case.number in crew.read("/pickups")
    board, desk_board = (browser(today, who).read("/board/rows?as=table") for who in ("control_centre", "service_desk"))
    assert "Home alarm" in words(board)
    assert ("/pickups" in board, "/pickups?team=engineering" in desk_board) == (False, True)
    assert browser(today, "control_centre").get("/pickups?team=engineering").status_code == 403
    assert crew.post(f"/pickups/{batch.number}/sign", {"next": "/alarms"}).headers["Location"] == "/alarms"
    assert batch.events.get(verb="pick_up").actor_name == today.staff["engineering_crew_2"].name
    desk, paper = browser(today, "service_desk"), f"/alarms/batch/{batch.number}.pdf"
    assert desk.get(paper).content.startswith(b"%PDF")
    assert paper in desk.read(f"/orders/{case.number}")
    assert paper not in crew.read(f"/orders/{case.number}")


@pytest.mark.clause("HS-4.1.2.2")
def test_an_alarm_whose_slip_was_signed_for_waits_no_more_to_be_picked_up_in_the_register(today: World) -> None:
    case = alarms.accepted(today, ahead=3 * 1440)
    pick_up(today.now + timedelta(days=1))
    batch, desk = Case.objects.get(kind="alarm_batch"), browser(today, "service_desk")
    page = f"/alarms/{timezone.localtime(case.reported_at):%Y-%m}"
    assert "accepted, to be picked up" in words(desk.read(page))
    today.do(batch, "pick_up", "engineering_crew_2", at=today.now + timedelta(days=1))
    assert "picked up, nobody sent yet" in words(desk.read(page))
    assert "accepted, to be picked up" not in words(desk.read(page))
    for who, where in (("team_lead", "/team"), ("service_desk", f"/orders/{case.number}")):
        said = words(browser(today, who).read(where)).partition("Timeline")[0]
        assert ("picked up, nobody sent yet" in said, "accepted, to be picked up" in said) == (True, False), where


@pytest.mark.clause("HS-4.1.2.2")
def test_who_came_for_a_slip_stands_in_the_timeline_of_its_order_and_on_the_printed_list(today: World) -> None:
    case = alarms.accepted(today, ahead=3 * 1440)
    pick_up(today.now + timedelta(days=1))
    batch, desk = Case.objects.get(kind="alarm_batch"), browser(today, "service_desk")
    paper, name = f"/alarms/batch/{batch.number}.pdf", today.staff["engineering_crew_2"].name
    assert name not in said_on(desk, paper)
    assert "Sign for the orders" not in words(desk.read(f"/orders/{case.number}"))
    today.do(batch, "pick_up", "engineering_crew_2", at=today.now + timedelta(days=1))
    assert said_on(desk, paper).count(name) == 2
    timeline = words(desk.read(f"/orders/{case.number}")).partition("Timeline")[2]
    assert re.search(f"Sign for the orders → picked up HS-4.1.2.2 .* {name} ", timeline)


@pytest.mark.clause("HS-4.1.2.2", "HS-4.1.2.3")
def test_the_leader_assigns_who_collected_it_signs_off_and_the_desk_checks_on_one_page(today: World) -> None:
    case = alarms.accepted(today, ahead=60)
    lead = browser(today, "team_lead")
    assert f"/orders/{case.number}/dispatch" in lead.read("/team")
    assert f"/orders/{case.number}/dispatch" in lead.read(HERE)
    today.do(case, "dispatch", "team_lead", worker=today.staff["engineering_crew"].number)
    for verb, facts in (("arrive", {}), ("finish", {"summary": "已开通"})):
        today.do(case, verb, "engineering_crew", **facts)
    desk = browser(today, "service_desk")
    assert f"/orders/{case.number}/spot_check" in desk.read(HERE)
    today.do(case, "sign", "customer", rating=5)
    other = browser(today, "engineering_crew_2")
    assert f"/steps/{case.number}/sign_off" not in other.read(HERE)
    crew = browser(today, "engineering_crew")
    assert f"/steps/{case.number}/sign_off" in crew.read(HERE)
    assert crew.post(f"/steps/{case.number}/sign_off", {"next": "/alarms"}).status_code == 302
    assert f"/steps/{case.number}/archive" in desk.read(HERE)
    assert f"/steps/{case.number}/archive" not in crew.read(HERE)
    assert desk.post(f"/steps/{case.number}/archive", {"next": "/alarms"}).status_code == 302
    case.refresh_from_db()
    assert case.status == "archived"


def test_the_slip_of_an_alarm_prints_and_opens_for_engineering_alone(today: World) -> None:
    case = alarms.sent(today)
    assert browser(today, "service_desk").get(f"/orders/{case.number}/slip-a5.pdf").content.startswith(b"%PDF")
    assert browser(today, "engineering_crew").get(f"/orders/{case.number}/slip-a5.pdf").status_code == 200
    assert browser(today, "engineering_crew_elsewhere").get(f"/orders/{case.number}/slip-a5.pdf").status_code == 404
