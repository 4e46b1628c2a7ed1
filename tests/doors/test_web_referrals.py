"""Public places and other departments at the counter, and the desk's list of what lies with others."""

import pytest

from menling.journal.models import Case
from tests.doors.web import browser, words
from tests.office import World

pytestmark = [pytest.mark.django_db, pytest.mark.clause("MR-39")]
TYPED = {"unit": "3栋电梯厅", "reporter": "保安小李", "phone": "13800138000", "content": "灯不亮", "urgency": "ordinary"}


def test_a_desk_files_a_public_place_with_one_tick(today: World) -> None:
    desk = browser(today, "control_centre")
    assert 'name="public_place"' in desk.read("/new")
    refused = desk.post("/new/file", TYPED | {"do": "accept"}, htmx=True)
    assert (refused.status_code, "3-2-1201" in refused.content.decode()) == (422, True)
    assert desk.post("/new/file", TYPED | {"do": "accept", "public_place": "1"}).status_code == 302
    case = Case.objects.get(kind="repair")
    assert (case.unit.code, case.status) == ("3-电梯厅", "accepted")
    assert "3栋电梯厅" in words(desk.read("/board"))


def test_what_belongs_to_a_department_is_given_there_from_the_counter_and_followed_up_on_the_list(today: World) -> None:
    desk = browser(today, "service_desk")
    away = TYPED | {"do": "department", "department": "greening", "taken_by": "绿化李工"}
    assert desk.post("/new/file", away | {"department": ""}, htmx=True).status_code == 422
    assert desk.post("/new/file", away | {"taken_by": ""}, htmx=True).status_code == 422
    assert desk.post("/new/file", away).status_code == 302
    case = Case.objects.get(kind="referral")
    page = words(desk.read("/referrals"))
    for each in ("With other departments 1", "greening", "灯不亮", "answers by", "Ask the department again"):
        assert each in page, each
    assert desk.read("/referrals/waiting").strip().count("1") == 0, "nobody waits for this desk to take it"
    form = words(desk.read(f"/orders/{case.number}/hand_on"))
    assert "security" in form
    assert desk.post(f"/orders/{case.number}/answer", {"answer": "已换灯", "told_resident": "on"}).status_code == 302
    assert "已换灯" in words(desk.read("/referrals"))


def test_a_department_of_another_desk_is_not_answered_here(today: World) -> None:
    browser(today, "service_desk").post("/new/file", TYPED | {"do": "department", "department": "greening", "taken_by": "李工"})
    case = Case.objects.get(kind="referral")
    centre = browser(today, "control_centre")
    page = words(centre.read("/referrals"))
    assert "With other departments" not in page
    assert f"灯不亮 greening {case.number}" in page, "where the other desk follows it up, with whom it is stands beside it"
    answer = centre.post(f"/orders/{case.number}/answer", {"answer": "好了", "told_resident": "on"}, htmx=True)
    assert answer.status_code == 403
