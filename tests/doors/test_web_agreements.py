"""The pages of agreements: drawn up at the desk, signed by the manager, then on paper; lived by, and exported."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localdate

from menling.agreements.days import missed
from menling.agreements.models import Agreement, AgreementDay
from menling.journal.models import Case
from menling.kernel.actor import SYSTEM
from menling.premises import clock
from menling.procedures.housekeeping import HOUSEKEEPING
from menling.web.templatetags.show import said_at
from tests.agreed import in_force, missed_day, next_day
from tests.doors.api import caller
from tests.doors.web import browser, words
from tests.examples import picture
from tests.office import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def typed(world: World) -> dict[str, object]:
    """Return what the desk types into the form."""
    begin = localdate() + timedelta(days=1)
    return {
        "unit": "3-2-1201", "customer": "王芳", "phone": "13800138000", "content": "日常保洁", "scope": "全屋", "target": "住宅",
        "begin": begin.isoformat(), "until": (begin + timedelta(days=91)).isoformat(), "clock": "09:00", "minutes": "120",
        "weekdays": ["1", "4"], "every_weeks": "1", "price": "160", "per": "visit", "holidays": "on",
        "workers": [world.staff["housekeeper"].number],
    }  # fmt: skip


def drawn_up(world: World) -> Case:
    """Draw an agreement up at the desk and return it."""
    answer = browser(world, "service_desk").post("/agreements/draft", typed(world))
    assert answer.status_code == 302, answer.content
    world.now = clock.now()
    return Case.objects.get(kind="agreement")


def test_the_desk_draws_up_the_manager_signs_and_the_sheet_is_put_on_file(world: World) -> None:
    desk, manager = browser(world, "service_desk"), browser(world, "office_manager")
    assert "New agreement" in words(desk.read("/agreements"))
    case = drawn_up(world)
    changed = {**typed(world), "price": "180", "weekdays": ["2"]}
    assert desk.post(f"/agreements/{case.number}/change", changed).status_code == 302
    assert "180" in words(desk.read(f"/agreements/{case.number}"))
    assert desk.post(f"/orders/{case.number}/submit", {"capacity": "on"}).status_code == 302
    assert "New agreement" not in words(manager.read("/agreements"))
    assert manager.post(f"/steps/{case.number}/sign_office").status_code == 302
    assert "Picture of the signed sheet" in words(desk.read(f"/agreements/{case.number}"))
    refused = desk.post(f"/agreements/{case.number}/signed-on-paper", {"name": "王芳"})
    assert (refused.status_code, "HC-5.1.5" in refused.content.decode()) == (422, True)
    scan = SimpleUploadedFile("sheet.jpg", picture(), "image/jpeg")
    assert desk.post(f"/agreements/{case.number}/signed-on-paper", {"name": "王芳", "scan": scan}).status_code == 302
    case.refresh_from_db()
    assert case.status == "in_force"
    page = words(browser(world, "team_lead").read(f"/agreements/{case.number}"))
    assert "Next visits" in page
    assert "every week on Tuesday at 09:00" in page


def test_others_are_named_on_the_page_and_the_paper_is_a_pdf(world: World) -> None:
    case = drawn_up(world)
    world.do(case, "submit", "service_desk", capacity=True)
    world.do(case, "sign_office", "office_manager")
    world.do(case, "sign", "customer")
    lead = browser(world, "team_lead", "zh-hans")
    named = {"workers": [world.staff["housekeeper_2"].number], "reason": "产假"}
    assert lead.post(f"/agreements/{case.number}/assign", named).status_code == 302
    assert "钱阿姨" in words(lead.read(f"/agreements/{case.number}"))
    made = lead.get(f"/agreements/{case.number}/agreement.pdf")
    assert made.content.startswith(b"%PDF")


def test_the_list_leaves_as_excel_and_strangers_see_nothing(world: World) -> None:
    case = drawn_up(world)
    sent = browser(world, "office_manager").get("/exports/agreements.xlsx")
    assert b"".join(sent.streaming_content).startswith(b"PK")
    assert browser(world, "service_desk_elsewhere").get(f"/agreements/{case.number}").status_code == 404
    assert case.number not in browser(world, "service_desk_elsewhere").read("/agreements")


def test_the_resident_signs_with_an_own_token_and_the_desk_never(world: World) -> None:
    case = drawn_up(world)
    world.do(case, "submit", "service_desk", capacity=True)
    world.do(case, "sign_office", "office_manager")
    assert caller(world, "service_desk").post(f"/agreements/{case.number}/sign", {}).status_code == 403
    answer = caller(world, "customer").post(f"/agreements/{case.number}/sign", {"name": "王芳"})
    assert (answer.status_code, answer.json()["status"]) == (200, "in_force")


def test_the_days_of_an_agreement_are_written_with_their_year(world: World) -> None:
    case = drawn_up(world)
    last = case.agreement.last_day
    desk = browser(world, "service_desk", "zh-hans")
    for page in ("/agreements", f"/agreements/{case.number}"):
        assert f"{last.year}年{last.month}月{last.day}日" in words(desk.read(page)), page


@pytest.mark.clause("MR-17")
def test_an_agreement_is_offered_to_be_ended_when_its_last_day_is_over_and_listed_with_that_day(today: World) -> None:
    case, desk = in_force(today), caller(today, "service_desk")
    for until, offered in ((localdate(today.now), False), (localdate(today.now) - timedelta(days=1), True)):
        Agreement.objects.filter(pk=case.pk).update(until=until)
        verbs = {each["verb"] for each in desk.get(f"/agreements/{case.number}").json()["actions"]}
        assert ("end" in verbs) is offered
    Agreement.objects.filter(pk=case.pk).update(until=date(2031, 5, 1), stop_on=date(2031, 3, 1))
    assert "28 Feb 2031" in words(browser(today, "service_desk").read("/agreements"))


def test_the_form_of_a_step_opens_again_when_its_page_is_read_again(today: World) -> None:
    case = in_force(today)
    desk = browser(today, "service_desk")
    assert "data-press" not in desk.read(f"/agreements/{case.number}")
    assert "data-press" in desk.read(f"/agreements/{case.number}?do=skip")


@pytest.mark.clause("HS-4.3.2")
def test_days_stand_in_messages_on_the_phone_and_in_refusals_as_people_write_them(today: World) -> None:
    case, desk = in_force(today), caller(today, "service_desk")
    visit = next_day(today, case)["day"]
    written = f"{visit.year}年{visit.month}月{visit.day}日"
    skip = {"day": visit.isoformat(), "reason": "2031-02-30"}
    assert desk.post(f"/agreements/{case.number}/skip", skip).status_code == 200
    assert written in desk.post(f"/agreements/{case.number}/skip", skip).json()["why_zh"]
    phone = caller(today, "housekeeper")
    phone.headers["Accept-Language"] = "zh-hans"
    texts = [each["text"] for each in phone.get("/my/day").json()["messages"]]
    assert any(written in each and "2031-02-30" in each for each in texts)


@pytest.mark.parametrize("status", ["accepted", "signed", "signed_off"])
def test_a_visit_stands_on_the_page_as_its_order_stands(today: World, status: str) -> None:
    case = in_force(today)
    today.answer("lay_out", case, SYSTEM, **next_day(today, case))
    order = Case.objects.get(agreement_day__agreement_id=case.pk)
    Case.objects.filter(pk=order.pk).update(status=status)
    visits = browser(today, "service_desk").read(f"/agreements/{case.number}").split("<h2>Visits")[1].split("</section>")[0]
    assert HOUSEKEEPING.status_title(status).sentence in words(visits)
    assert "filed" not in words(visits)


def test_what_carries_an_agreement_on_is_the_one_main_button(world: World) -> None:
    case = drawn_up(world)
    for who, verb, title in (
        ("service_desk", "submit", "Send to the manager"),
        ("office_manager", "sign_office", "Sign for the office"),
    ):
        there = browser(world, who)
        page = there.read(f"/agreements/{case.number}").split("<main", 1)[1]
        shown, folded = page.split('id="step"')
        assert re.findall(r"btn-primary[^>]*>([^<]*)<", shown) == [title]
        assert "btn-primary" not in folded.split("/change")[-1].split("</form>")[0]
        assert there.post(f"/orders/{case.number}/{verb}", {"capacity": "on"}).status_code == 302


def test_the_visits_nobody_was_sent_for_stand_on_top_with_as_many_questions_however_many(
    world: World, django_assert_num_queries: Any
) -> None:
    case, there, office = in_force(world), browser(world, "service_desk"), world.office
    assert 'id="missed"' not in there.read("/agreements")
    for day in range(1, 5):
        AgreementDay.objects.create(agreement_id=case.pk, day=date(2026, 11, day), at=world.now, state="missed")
        with django_assert_num_queries(1):
            assert len(missed(world.actor("service_desk"), office, 9)) == day
    assert there.read("/agreements").count('data-row="missed-') == 4
    assert "nobody was sent" in there.read(f"/agreements/{case.number}")
    assert missed(world.actor("service_desk"), world.elsewhere, 9) == []


def test_the_timeline_says_for_which_days_nobody_was_sent(world: World) -> None:
    case = in_force(world)
    missed_day(world, case)
    world.do(case, "miss", "service_desk")
    (day,) = case.events.get(verb="miss").facts["days"]
    page = words(browser(world, "service_desk").read(f"/agreements/{case.number}"))
    assert "Note visits nobody was sent for HS-4.3.1" in page
    assert f"Day {said_at(day, world.now)}" in page
