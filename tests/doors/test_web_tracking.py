"""The pages of the coordination orders, of the end of the day, and of what was late."""

from datetime import timedelta

import pytest
from django.utils import timezone

from menling.doorway.leaving import in_hands
from menling.journal.models import Case
from menling.kernel.actor import SYSTEM
from menling.kernel.roles import Role
from menling.premises import clock
from tests.doors.test_web_forms import said_on
from tests.doors.web import browser, words
from tests.examples import ENTRY
from tests.office import World, make_staff
from tests.procedures.given import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def done(world: World, order: Case) -> None:
    """Let the work of an order that was sent be finished."""
    for verb in ("acknowledge", "arrive"):
        world.do(order, verb, "repair_worker")
    world.do(order, "finish", "repair_worker", summary="已换阀门")


def test_a_coordination_order_is_opened_listed_tracked_checked_and_printed(world: World) -> None:
    world.now = clock.now() - timedelta(minutes=5)
    order = world.file()
    desk, lead, tracker = browser(world, "control_centre"), browser(world, "team_lead"), browser(world, "service_desk")
    number = world.staff["service_desk"].number
    assert desk.post(f"/orders/{order.number}/coordinate", {"reason": "等厂家配件", "tracker": number}).status_code == 302
    made = world.child(order, "coordination")
    assert "等厂家配件" in words(desk.read("/coordinations"))
    assert tracker.post(f"/steps/{made.number}/log", ENTRY).status_code == 302
    assert lead.post(f"/steps/{made.number}/review", {"remark": "催厂家发货"}).status_code == 302
    page = words(lead.read(f"/coordinations/{made.number}"))
    assert ENTRY["content"] in page
    assert "催厂家发货" in page
    assert desk.get(f"/coordinations/{made.number}/sheet.pdf").content.startswith(b"%PDF")
    assert desk.get("/exports/coordinations.xlsx").status_code == 200
    assert browser(world, "service_desk_elsewhere").get(f"/coordinations/{made.number}").status_code == 404
    assert [(each.sort, each.number) for each in in_hands(world.staff["service_desk"])] == [("tracked", made.number)]


@pytest.mark.clause("EN-D.4")
def test_what_is_tracked_is_not_offered_to_be_tracked_again(world: World) -> None:
    order, lead = world.file(), browser(world, "team_lead")
    form = lead.read(f"/orders/{order.number}/coordinate")
    assert f'<option value="{world.staff["service_desk"].number}">' in form.split('name="tracker"')[1].split("</select>")[0]
    assert f"/orders/{order.number}/coordinate" in lead.read(f"/orders/{order.number}")
    world.do(order, "coordinate", "team_lead", reason="等配件", tracker=world.staff["service_desk"].number)
    assert f"/orders/{order.number}/coordinate" not in lead.read(f"/orders/{order.number}")
    with refused("EN-D.4"):
        world.do(order, "coordinate", "team_lead", reason="等配件", tracker=world.staff["service_desk"].number)


@pytest.mark.clause("EN-D.16", "EN-D.18")
def test_a_step_of_a_coordination_order_leads_back_to_its_page_and_says_what_was_kept(world: World) -> None:
    order = world.sent()
    number = world.staff["service_desk"].number
    world.do(order, "coordinate", "team_lead", reason="等配件", tracker=number)
    made, tracker, lead = world.child(order, "coordination"), browser(world, "service_desk"), browser(world, "team_lead")
    here = f"/coordinations/{made.number}"
    form = words(tracker.read(f"/orders/{made.number}/log"))
    assert "What happened" in form
    assert "Plan" in form
    assert "(optional)" not in form
    there = tracker.client.get(tracker.post(f"/orders/{made.number}/log", ENTRY).headers["Location"], follow=True)
    assert there.redirect_chain[-1][0] == here
    assert f"{made.number}: Write an entry, done." in words(there.content.decode())
    assert f"{made.number}: Write an entry, done." not in words(tracker.read(here))
    assert f"The work of {order.number} is not done yet" in words(tracker.read(here))
    assert f"/orders/{made.number}/conclude" not in tracker.read(here)
    assert "Waits for" not in words(lead.read(here))
    done(world, order)
    assert f"/orders/{made.number}/conclude" in tracker.read(here)
    assert "Waits for · Write the result (tracker)" in words(lead.read(here))
    world.do(made, "conclude", "service_desk", result="配件已换")
    assert "Waits for · Sign (resident)" in words(tracker.read(here))
    world.do(made, "sign", "customer")
    assert "Waits for · Sign as tracker (tracker)" in words(lead.read(here))
    assert "Waits for" not in words(tracker.read(here))


@pytest.mark.clause("EN-D.19")
def test_the_paper_of_a_coordination_order_names_who_signed_and_who_filed_it(world: World) -> None:
    order, tracker = world.sent(), world.staff["service_desk"]
    world.do(order, "coordinate", "team_lead", reason="等配件", tracker=tracker.number)
    made, lead = world.child(order, "coordination"), browser(world, "team_lead")
    done(world, order)
    world.do(made, "conclude", "service_desk", result="配件已换")
    world.do(made, "sign", "customer", name="王芳")
    world.do(made, "sign_off", "service_desk")
    paper = f"/coordinations/{made.number}/sheet.pdf"
    assert world.staff["team_lead"].name not in said_on(lead, paper)
    world.do(made, "archive", "team_lead")
    assert world.staff["team_lead"].name in said_on(lead, paper)


@pytest.mark.clause("EN-D.4")
def test_nobody_from_outside_the_company_is_offered_or_named_as_tracker(world: World) -> None:
    order, desk = world.file(), browser(world, "control_centre")
    world.answer("coordinate", order, SYSTEM, reason="")
    made = world.child(order, "coordination")
    provider = make_staff(world.company, world.office, Role.PROVIDER, "FB901", "外包商")
    assert provider.number not in desk.read(f"/coordinations/{made.number}")
    assert world.staff["service_desk"].number in desk.read(f"/coordinations/{made.number}")
    with refused("EN-D.4", 422):
        world.do(made, "appoint", "team_lead", tracker=provider.number)


def test_the_desk_lays_out_its_sheet_writes_why_and_closes_its_day(world: World) -> None:
    world.now = clock.now() - timedelta(minutes=5)
    order = world.file()
    desk = browser(world, "control_centre")
    assert desk.post("/closing/prepare", {"desk": "control_centre"}).status_code == 302
    sheet = Case.objects.get(kind="closing_sheet")
    assert order.number in words(desk.read("/closing"))
    assert desk.post(f"/steps/{sheet.number}/close_day").status_code == 409
    given = {"reason": "等配件", "expected_at": "明天 9:00", "plan": "续修"}
    assert desk.post(f"/orders/{order.number}/explain", given).status_code == 302
    assert "续修" in words(desk.read("/closing"))
    assert desk.get(f"/closing/{sheet.number}.pdf").content.startswith(b"%PDF")
    assert desk.post(f"/steps/{sheet.number}/close_day").status_code == 302
    sheet.refresh_from_db()
    assert sheet.status == "closed"
    assert desk.get(f"/closing/{sheet.number}.xlsx").status_code == 200


def test_a_manager_reads_by_month_what_was_late_and_takes_it_away(world: World) -> None:
    manager = browser(world, "office_manager")
    month = f"{timezone.localtime(clock.now()):%Y-%m}"
    assert f"What was late {timezone.localtime(clock.now()):%b %Y}" in words(manager.read(f"/late/{month}"))
    assert manager.get(f"/late/{month}?form=xlsx").status_code == 200
    assert manager.get("/late/2026-99").status_code == 404
    assert browser(world, "control_centre").get(f"/late/{month}").status_code == 403


def test_the_administrator_says_which_place_is_a_public_area(world: World) -> None:
    keeper = browser(world, "office_manager")
    saved = keeper.post(f"/units/{world.unit.pk}", {"code": world.unit.code, "is_public": "on"})
    assert saved.status_code == 302
    world.unit.refresh_from_db()
    assert world.unit.is_public
    assert "track_public" in {row.key for row in world.file().deadlines.all()}
