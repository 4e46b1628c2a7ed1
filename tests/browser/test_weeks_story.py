"""Weeks of an office in a browser: an agreement through a month and its end, and an errand whose sheet was lost."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from menling.jobs.agreements import file_visits
from menling.jobs.named import break_promises
from menling.journal.models import Case, Outgoing
from menling.premises import clock
from tests.browser.browsing import OfficeTime
from tests.browser.draw import Draw
from tests.browser.paperwork import Weeks, typed
from tests.browser.story import SHANGHAI
from tests.office import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIGNED_ON = date(2026, 11, 2)
BEGIN, UNTIL = date(2026, 11, 4), date(2026, 12, 9)


@pytest.fixture
def weeks(
    street: World, draw: Draw, monkeypatch: pytest.MonkeyPatch, live_server: LiveServer, chromium: Browser
) -> Iterator[Weeks]:
    """An office on a Monday morning of November."""
    clock.look_again()
    made = Weeks(street, draw, OfficeTime(monkeypatch), live_server.url, chromium)
    made.turn_to(morning(SIGNED_ON, 8))
    yield made
    made.leave()
    clock.look_again()


def morning(day: date, hour: int = 6, minute: int = 30) -> datetime:
    """Return an hour of a day at the office."""
    return datetime.combine(day, time(hour, minute), SHANGHAI)


def drawn_up(weeks: Weeks) -> Case:
    """The desk draws an agreement up for every Wednesday, the manager signs, the resident signs with a finger."""
    page = weeks.at("service_desk", "/agreements")
    unit, customer = weeks.world.unit.code, weeks.draw.reporter
    typed(page, "/agreements/draft", unit=unit, customer=customer, content="每周日常保洁", scope="全屋",
          target="住宅", begin=BEGIN.isoformat(), until=UNTIL.isoformat(), clock="09:00", weekdays="3", price="160",
          workers=weeks.world.staff["housekeeper"].number)  # fmt: skip
    page.wait_for_url("**/agreements/*-L26-*")
    case = Case.objects.get(kind="agreement")
    weeks.step("service_desk", case.number, "submit", capacity="on")
    signing = weeks.at("office_manager", f"/agreements/{case.number}")
    signing.locator(f"form[action='/orders/{case.number}/sign_office'] button.btn").click()
    expect(signing.locator(".order-head .state")).to_have_text("待业主签字")
    sheet = weeks.read(case)
    expect(sheet.locator("main")).to_contain_text("每周日常保洁")
    expect(sheet.locator("main")).to_contain_text("¥160.00")
    weeks.phone.scribble(sheet.locator("canvas"))
    weeks.phone.press("同意并签名")
    expect(sheet.locator(".thanks")).to_be_visible()
    case.refresh_from_db()
    assert case.status == "in_force"
    return case


def each_morning(weeks: Weeks, since: date, until: date) -> None:
    """Let the days pass, with the jobs of each morning."""
    for count in range((until - since).days + 1):
        now = weeks.turn_to(morning(since + timedelta(days=count)))
        file_visits(now)
        break_promises(now)


def test_an_agreement_through_a_month_with_a_visit_called_off_one_moved_its_renewal_and_its_end(weeks: Weeks) -> None:
    case = drawn_up(weeks)
    wednesdays = [BEGIN + timedelta(weeks=count) for count in range(6)]
    page = weeks.read(case)
    page.locator(".visits li").nth(1).locator("summary").click()
    page.locator(".visits li").nth(1).locator("textarea").fill("全家外出")
    page.locator(".visits li").nth(1).get_by_role("button").click()
    expect(page.locator(".visits li").nth(1)).to_contain_text("已取消")
    weeks.step("service_desk", case.number, "move", day=wednesdays[2].isoformat(), visit_at=f"{wednesdays[2]} 15:00",
               reason="保洁员上午培训", asked_by="office", apologised="on")  # fmt: skip
    page = weeks.read(case)
    expect(page.locator(".visits li").nth(2)).to_contain_text("15:00")
    expect(page.locator(".visits li").nth(2)).to_contain_text("已改期")
    told = Outgoing.objects.filter(case=case, phone=weeks.world.resident.phone_set.get().number)
    each_morning(weeks, SIGNED_ON, wednesdays[4])
    orders = list(Case.objects.filter(kind="housekeeping", parent=case).select_related("order").order_by("pk"))
    visits = [order.order.visit_at.astimezone(SHANGHAI) for order in orders]
    assert [(each.date(), each.hour) for each in visits] == [
        (wednesdays[0], 9), (wednesdays[2], 15), (wednesdays[3], 9), (wednesdays[4], 9)]  # fmt: skip
    assert {order.order.due for order in orders} == {160}
    assert not told.exists()  # no phone was written into this agreement, so nobody outside was sent anything
    renewal = weeks.at("service_desk", f"/agreements/{case.number}")
    expect(renewal.locator(".promises")).to_contain_text("续签")
    weeks.step("service_desk", case.number, "ask_renewal", remark="想续半年")
    weeks.step("service_desk", case.number, "renew")
    following = Case.objects.get(kind="agreement", parent=case)
    expect(weeks.at("service_desk", f"/agreements/{case.number}").locator("main")).to_contain_text(following.number)
    each_morning(weeks, wednesdays[5], UNTIL + timedelta(days=1))
    expect(weeks.at("service_desk", "/agreements").locator("main")).to_contain_text("已到期")
    case.refresh_from_db()
    assert case.status == "ended"
    assert Outgoing.objects.filter(case=case, sentence__contains="has ended").exists()
    expect(weeks.read(case).locator("h1")).to_have_text("协议已到期")


def test_a_lost_sheet_of_an_errand_is_inquired_into_until_its_cause_is_named(weeks: Weeks) -> None:
    worker = weeks.world.staff["repair_worker"].number
    page = weeks.at("service_desk", "/pads")
    typed(page, "/pads/issue", paper="errand_sheet", first="G0101", last="G0105", to=worker)
    expect(page.locator("main")).to_contain_text("G0101 – G0105")
    page = weeks.at("service_desk", "/errands")
    typed(page, "/errands/file", unit=weeks.world.unit.code, name=weeks.draw.reporter, item="角阀", brand="潜水艇", nature="铜",
          quantity="2", spec="四分", price="43", buy_by="18:00", buyer=worker, sheet="G0101")  # fmt: skip
    page.wait_for_url("**/errands/*-G26-*")
    errand, pad = Case.objects.get(kind="errand"), Case.objects.get(kind="pad")
    weeks.world.now = clock.now()
    for verb, facts in (("buy", {"amount": "86.00", "invoice": "00123456"}), ("deliver", {})):
        weeks.world.do(errand, verb, "repair_worker", **facts)
    sheet = weeks.read(errand)
    sheet.locator("[name=checked]").check()
    weeks.phone.scribble(sheet.locator("canvas"))
    weeks.phone.press("确认并签名")
    expect(sheet.locator("main")).to_contain_text("¥86.00")
    errand.refresh_from_db()
    assert errand.status == "signed"
    weeks.step("service_desk", pad.number, "hand_in", blank_from="G0103")
    inquiry = Case.objects.get(kind="paper_inquiry")
    page = weeks.at("service_desk_supervisor", "/pads")
    expect(page.locator(f"tr[data-row='{inquiry.number}']")).to_contain_text("G0102")
    manager = weeks.at("office_manager", f"/pads/{inquiry.number}")
    assert manager.locator(f"[href*='{inquiry.number}/close']").count() == 0  # nothing is closed before its cause is named
    weeks.step("office_manager", inquiry.number, "trace", cause="lost", found="落在业主家的门垫下", person=worker)
    weeks.step("office_manager", inquiry.number, "close", dealt="已谈话，写检查")
    inquiry.refresh_from_db()
    assert inquiry.closed_at is not None
    trace = inquiry.events.get(verb="trace").facts
    assert (trace["cause"], trace["found"]) == ("lost", "落在业主家的门垫下")
    expect(weeks.at("service_desk", "/pads").locator("main")).not_to_contain_text(inquiry.number)
