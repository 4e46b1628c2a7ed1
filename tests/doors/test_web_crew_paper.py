"""Housekeeping on paper: lists to print, and a crew's day written down afterwards on one page."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils.timezone import localtime

from menling.doorway.keys import issue
from menling.journal.models import Case
from menling.orders.models import Batch, Referral
from menling.premises import clock
from tests import cleaning
from tests.browser.browsing import OfficeTime
from tests.doors.web import browser, words
from tests.office import World
from tests.paper import pages_of, words_of

pytestmark = pytest.mark.django_db
PAGE = "/housekeeping"


@pytest.fixture
def evening(world: World, monkeypatch: pytest.MonkeyPatch) -> datetime:
    """Two orders of the morning went to people without the app; it is nine hours later now."""
    clock.look_again()
    at = world.now + timedelta(hours=9)
    OfficeTime(monkeypatch).turn_to(at)
    return at


def row(page: str, case: Case, **typed: str) -> dict[str, str]:
    """Return the fields of a row as a form sends them: its own key, and what was typed."""
    key = re.search(rf'name="key\.{case.number}" value="([^"]+)"', page)
    assert key, f"no row for {case.number}"
    return {f"key.{case.number}": key[1]} | {f"{name}.{case.number}": text for name, text in typed.items()}


def typed_at(case: Case, minutes: int) -> str:
    return f"{localtime(case.order.visit_at) + timedelta(minutes=minutes):%H:%M}"


def day_of(case: Case) -> str:
    return f"{localtime(case.order.visit_at):%Y-%m-%d}"


def whole(case: Case) -> dict[str, str]:
    return {"arrive": typed_at(case, -2), "start": typed_at(case, 0), "finish": typed_at(case, 90), "summary": "全屋保洁"}


def test_a_whole_crew_is_written_down_and_the_row_that_cannot_keeps_its_text(world: World, evening: datetime) -> None:
    good = cleaning.sent(world, crew=("housekeeper",), ahead=60)
    bad = cleaning.sent(world, crew=("housekeeper_2",), ahead=60, content="擦窗")
    desk = browser(world, "team_lead", "zh-hans")
    page = desk.read(PAGE)
    wrong = whole(bad) | {"finish": typed_at(bad, -60), "summary": "只擦了一半"}
    answer = desk.post(PAGE, row(page, good, **whole(good)) | row(page, bad, **wrong))
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "只擦了一半" in said
    assert "MR-4" in said
    good.refresh_from_db()
    bad.refresh_from_db()
    assert (good.status, bad.status) == ("finished", "dispatched"), "a row out of order is given back whole"
    done = good.events.get(verb="finish")
    assert (done.actor_name, done.source) == (world.staff["housekeeper"].name, "paper")
    assert done.recorder_name == world.staff["team_lead"].name
    assert localtime(done.happened_at) == localtime(good.order.visit_at) + timedelta(minutes=90)
    late = row(said, bad, **whole(bad) | {"finish": f"{localtime(evening) + timedelta(minutes=5):%H:%M}"})
    assert desk.post(PAGE, late).status_code == 422
    bad.refresh_from_db()
    assert bad.status == "working", "the steps before a time still to come stay taken"
    again = desk.post(PAGE, row(desk.read(PAGE), bad, finish=typed_at(bad, 60), summary="擦完了"))
    assert again.status_code == 302
    bad.refresh_from_db()
    assert bad.status == "finished"


def test_the_same_page_sent_twice_writes_each_step_once(world: World, evening: datetime) -> None:
    case = cleaning.sent(world, ahead=60)
    desk = browser(world, "team_lead")
    fields = row(desk.read(PAGE), case, arrive=typed_at(case, 0))
    assert desk.post(PAGE, fields).status_code == 302
    assert desk.post(PAGE, fields).status_code == 302
    assert case.events.filter(verb="arrive").count() == 1


def test_who_carries_the_app_is_not_on_the_page(world: World, evening: datetime) -> None:
    case = cleaning.sent(world, ahead=60)
    desk = browser(world, "service_desk")
    assert case.number in desk.read(PAGE)
    issue(evening, staff=world.staff["housekeeper_2"], name="doorstep app")
    assert case.number not in desk.read(PAGE)


def printed(there: Any, path: str) -> str:
    """Return what stands on all pages of a PDF."""
    answer = there.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf"), path
    return "".join(words_of(page) for page in pages_of(answer.content))


def test_the_record_shows_items_rounds_crew_and_the_second_acceptance(world: World, evening: datetime) -> None:
    case = cleaning.finished(world, ahead=60)
    world.do(case, "object", "customer", items=["厨房：灶台有油"])
    world.do(case, "rework", "housekeeper", done="已重擦")
    world.do(case, "sign", "customer", rating=4)
    said = printed(browser(world, "team_lead", "zh-hans"), f"/housekeeping/record/{case.number}.pdf")
    for value in ("居家服务情况记录表", case.number, "玻璃", "灶台有油", "240.00", "✓4", "13800138000",
                  *(world.staff[who].number for who in cleaning.BOTH)):  # fmt: skip
        assert value in said, value
    assert re.search(r"二次验收20\d\d年", said)
    assert case.events.filter(verb="reveal").count() == 1


def test_register_jobs_and_staff_list_carry_the_orders_of_their_day(world: World, evening: datetime) -> None:
    case = cleaning.working(world, ahead=60)
    world.answer("pass_on", None, "service_desk", kind="referral", wanted="repair", unit="3-2-1201", content="水龙头滴水")
    repair = Referral.objects.get().case.number
    desk, day = browser(world, "service_desk", "zh-hans"), day_of(case)
    register = printed(desk, f"/housekeeping/{day}/register.pdf")
    for value in (case.number, "玻璃、厨房", repair, "水龙头滴水", "抄单人", "未签单原因"):
        assert value in register, value
    jobs, roster = printed(desk, f"/housekeeping/{day}/jobs.pdf"), printed(desk, f"/housekeeping/{day[:7]}/roster.pdf")
    for who in cleaning.BOTH:
        assert world.staff[who].number in jobs
        assert world.staff[who].number in roster
    assert desk.get(f"/housekeeping/{day}/register.xlsx").status_code == 200
    for path in ("/housekeeping/no-day/register.pdf", f"/housekeeping/{day}/register.doc", "/housekeeping/2026-13/roster.pdf"):
        assert desk.get(path).status_code == 404, path


def test_the_pick_up_list_names_the_orders_laid_out(world: World, evening: datetime) -> None:
    case = cleaning.agreed(world, ahead=600)
    world.answer("prepare", None, "service_desk", kind="batch", pick_up_at=world.now)
    batch = Batch.objects.get().case
    desk = browser(world, "service_desk", "zh-hans")
    assert batch.number in words(desk.read(PAGE))
    assert case.number in printed(desk, f"/housekeeping/batch/{batch.number}.pdf")


def test_others_offices_and_roles_get_none_of_it(world: World, evening: datetime) -> None:
    case = cleaning.sent(world, ahead=60)
    assert browser(world, "repair_worker").get(PAGE).status_code == 403
    assert browser(world, "repair_worker").get(f"/housekeeping/{day_of(case)}/register.pdf").status_code == 403
    assert browser(world, "repair_worker").get(f"/housekeeping/record/{case.number}.pdf").status_code == 404
