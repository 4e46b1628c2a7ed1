"""A burst pipe at 21:59 that the first one called does not answer; and a day that two desks close, each with its own sheet."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from menling.jobs.named import break_promises
from menling.journal.models import Case, Outgoing
from menling.journal.replay import differences
from menling.premises import clock
from menling.premises.models import OnCall, Shift
from tests import alarms
from tests.browser.browsing import OfficeTime
from tests.browser.desk import Desk
from tests.browser.phone import Phone
from tests.browser.story import SHANGHAI
from tests.office import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ON_CALL = ("repair_worker", "repair_worker_2")


@pytest.fixture
def office_time(street: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[OfficeTime]:
    """The time of the test, to be put forward."""
    clock.look_again()
    yield OfficeTime(monkeypatch)
    clock.look_again()


@pytest.fixture
def night(street: World, office_time: OfficeTime) -> World:
    """A Friday, 21:59: nobody on shift, two workers on the list of the night."""
    office_time.turn_to(datetime(2026, 11, 20, 21, 59, tzinfo=SHANGHAI))
    Shift.objects.all().delete()
    for rank, key in enumerate(ON_CALL, 1):
        OnCall.objects.create(office=street.office, day=date(2026, 11, 20), rank=rank, staff=street.staff[key])
    return street


def test_an_emergency_at_2159_climbs_to_the_second_who_acknowledges_and_is_there_in_time(
    night: World, office_time: OfficeTime, phone: Phone, live_server: LiveServer, chromium: Browser
) -> None:
    first, second = (night.staff[key] for key in ON_CALL)
    centre = Desk(chromium, live_server.url)
    board = centre.sit_down(night, "control_centre")
    case = call(board, night)
    panel = board.locator("[data-emergency]")
    expect(panel).to_contain_text("burst pipe")
    expect(panel).to_contain_text(first.name)
    expect(panel.locator(".ten b")).to_have_text(clock_of_minutes(9))
    expect(panel.locator(".called").filter(has_text=second.name)).to_have_count(0)
    expect(panel).to_contain_text(f"next: {second.name} 22:04")
    office_time.later(5.1)
    assert "1 emergencies called out again" in break_promises(clock.now())
    expect(panel.locator(".called").filter(has_text=second.name)).to_have_count(1)
    board.reload()  # the test turned the clock; the page learns the time when it is opened
    expect(panel.locator(".ten b")).to_have_text(clock_of_minutes(4))
    phone.elsewhere(case, "dispatch", "control_centre", worker=second.number)
    worker = phone.enter("repair_worker_2")
    phone.go(f"visit/{case.number}")
    expect(worker.locator(".urgent-list")).to_contain_text("水已到插座")
    expect(phone.big()).to_have_text("签收")
    phone.big().click()
    expect(phone.big()).to_have_text("到场")
    expect(panel).to_have_count(0)
    phone.big().click()
    expect(phone.big()).not_to_have_text("到场")
    office_time.later(11)
    break_promises(clock.now())
    called = Outgoing.objects.filter(case=case, staff_id__in=[first.pk, second.pk], urgent=True).order_by("pk")
    assert list(called.values_list("staff_id", flat=True)) == [first.pk, second.pk]
    door = case.deadlines.get(key="emergency")
    assert (door.counted, door.broken_at, door.met_at is not None) == (True, None, True)
    assert differences(Case.objects.get(pk=case.pk)) == []
    assert centre.complaints == []
    centre.leave()


def test_how_long_an_emergency_is_late_is_told_to_the_second_at_first_and_then_in_hours_and_days(
    night: World, office_time: OfficeTime, live_server: LiveServer, chromium: Browser
) -> None:
    night.now = clock.now()
    night.file(urgency="emergency", content="水管爆裂")
    centre = Desk(chromium, live_server.url)
    page = centre.sit_down(night, "control_centre")
    for later, shown in ((11, r"^−1:[0-5]\d$"), (98, r"^−99:[0-5]\d$"), (2, r"^1 h 41 min late$"), (48 * 60, r"^2 days late$")):
        office_time.later(later)
        page.goto(f"{live_server.url}/emergencies")
        expect(page.locator(".ten")).to_have_text(re.compile(shown))
    centre.leave()


def call(board: Page, world: World) -> Case:
    """The telephone rings: unit, matter, kind and danger are typed on the board, and the order is taken."""
    board.goto(board.url.split("/board")[0] + "/board" if "/board" in board.url else board.url)
    board.get_by_role("button", name="New order").click()
    form = board.locator("#new-order")
    for name, text in (("unit", world.unit.code), ("reporter", "王芳"), ("phone", "13800138000"), ("content", "水管爆裂")):
        form.locator(f"[name={name}]").fill(text)
    expect(form.locator("[name=hazards]")).to_be_hidden()
    form.locator("label", has_text="urgent").first.click()
    form.locator("label", has_text="burst pipe").click()
    form.locator("[name=hazards]").fill("水已到插座")
    expect(form.locator(".urgent-fields")).to_contain_text("10 minutes")
    form.get_by_role("button", name="File and accept").click()
    expect(board.locator("[data-emergency]")).to_be_visible()
    return Case.objects.select_related("order").get(kind="repair")


def clock_of_minutes(minutes: int) -> re.Pattern[str]:
    """Return what a clock shows that has so many whole minutes left."""
    return re.compile(rf"^{minutes}:[0-5]\d$")


def test_each_desk_closes_its_own_day_with_a_word_for_every_unsigned_order(
    street: World, office_time: OfficeTime, live_server: LiveServer, chromium: Browser
) -> None:
    office_time.turn_to(datetime(2026, 11, 20, 17, 5, tzinfo=SHANGHAI))
    street.now = clock.now()
    repair, alarm = street.sent(), alarms.accepted(street, ahead=1440)
    for who, case in (("control_centre", repair), ("service_desk", alarm)):
        desk = Desk(chromium, live_server.url)
        page = desk.sit_down(street, who)
        page.goto(f"{live_server.url}/closing")
        page.get_by_role("button", name="Make now").first.click()
        expect(page.locator(f"[data-row='{case.number}']")).to_be_visible()
        close = page.get_by_role("button", name="Close the day")
        close.click()
        expect(page.locator(".refusal").first).to_contain_text(case.number)
        page.goto(f"{live_server.url}/closing")
        page.get_by_role("button", name="Write why").click()
        answer = page.locator("form", has=page.locator("[name=reason]"))
        answer.locator("[name=reason]").fill("等配件")
        answer.locator("[name=expected_at]").fill("tomorrow 10:00")
        answer.locator("[name=plan]").fill("明早续修")
        answer.locator("button.btn-primary").click()
        expect(page.get_by_text("Every unsigned order has its reason.")).to_be_visible()
        page.get_by_role("button", name="Close the day").click()
        expect(page.get_by_text("No sheet is open.")).to_be_visible()
        paper = page.context.request.get(f"{live_server.url}/closing/{sheet_of(who).number}.pdf")
        assert paper.body().startswith(b"%PDF")
        desk.leave()
    for who in ("control_centre", "service_desk"):
        closed = sheet_of(who).events.get(verb="close_day")
        assert closed.actor_name == street.staff[who].name
        assert closed.happened_at - clock.now() < timedelta()


def sheet_of(desk: str) -> Case:
    """Return the newest sheet of a desk."""
    return Case.objects.filter(kind="closing_sheet", closingsheet__desk=desk).latest("pk")
