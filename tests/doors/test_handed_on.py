"""A report of another department through the doors: from the order page, by the API, and on the resident's own page."""

from datetime import timedelta

import pytest

from menling.journal.files import keep_image
from menling.journal.models import Case
from menling.premises import clock
from tests.doors.api import caller
from tests.doors.portal import CLAUSE, Resident
from tests.doors.web import browser, words
from tests.examples import TO_GREENING, picture
from tests.office import World

pytestmark = [pytest.mark.django_db, pytest.mark.clause("MR-39")]


def fallen_tree(world: World) -> Case:
    return world.file(unit="", place="3栋2单元门厅", content="树倒了")


def away_of(case: Case) -> Case:
    return Case.objects.get(parent=case, kind="referral")


def test_the_order_page_hands_it_on_and_the_list_follows_it_to_the_end(today: World) -> None:
    case = fallen_tree(today)
    photo = keep_image(case, picture(), "photo", by=today.actor("control_centre"), at=today.now)
    desk = browser(today, "control_centre", "zh-hans")
    here = f"/orders/{case.number}"
    form = words(desk.read(f"{here}/hand_on"))
    assert "绿化" in form
    assert "工程部" in form
    assert desk.post(f"{here}/hand_on", TO_GREENING).status_code == 302
    away = away_of(case)
    assert "已转其他部门" in words(desk.read(here))
    assert away.number in words(desk.read(here))
    listed = desk.read("/referrals")
    assert all(each in listed for each in (case.number, away.number, "3栋2单元门厅", photo.digest))
    assert f"/orders/{away.number}/take" not in listed
    assert desk.post(f"/orders/{away.number}/answer", {"answer": "今天移走"}).status_code == 302
    assert "部门已答复，待告知" in words(desk.read(here))
    assert "今天移走" in words(desk.read("/referrals"))
    assert "3栋2单元门厅 把答复告知报事人" in words(desk.read("/counter"))
    front = words(browser(today, "service_desk", "zh-hans").read("/counter"))
    assert "3栋2单元门厅 把答复告知报事人 王芳 · 绿化 · 最晚告知" in front, "whom residents ask follows it up as well"
    assert desk.post(f"/orders/{away.number}/tell", {}).status_code == 302
    away.refresh_from_db()
    assert away.status == "answered"
    assert "部门已答复" in words(desk.read(here))


def test_the_service_desk_follows_up_to_the_end_what_the_control_centre_handed_on(today: World) -> None:
    case = fallen_tree(today)
    today.do(case, "hand_on", "control_centre", **TO_GREENING)
    away, front = away_of(case), browser(today, "service_desk", "zh-hans")
    listed = words(front.read("/counter"))
    assert "树倒了 已转其他部门 绿化" in listed
    assert listed.count("树倒了") == 1, "the order's line says it, and no second one"
    for page in (f"/orders/{case.number}", "/referrals"):
        shown = front.read(page)
        assert all(f"/orders/{away.number}/{verb}" in shown for verb in ("answer", "chase", "hand_on")), page
        assert f"/orders/{away.number}/close" not in shown
    assert front.post(f"/orders/{away.number}/answer", {"answer": "今天移走"}).status_code == 302
    assert front.post(f"/orders/{away.number}/tell", {}).status_code == 302
    away.refresh_from_db()
    assert away.status == "answered"


def test_the_other_desk_is_offered_nothing_it_would_be_refused(today: World) -> None:
    case = fallen_tree(today)
    assert f"/orders/{case.number}/hand_on" in browser(today, "service_desk").read(f"/orders/{case.number}")
    today.do(case, "hand_on", "service_desk", **TO_GREENING)
    away = away_of(case)
    page = browser(today, "control_centre").read(f"/orders/{case.number}")
    assert away.number in page
    assert f"/orders/{away.number}/" not in page


def test_the_counter_says_to_which_department_it_went(today: World) -> None:
    desk = browser(today, "service_desk", "zh-hans")
    typed = {"unit": "3栋花坛", "reporter": "王芳", "content": "树倒了", "urgency": "ordinary", "do": "department"}
    sent = desk.post("/new/file", typed | TO_GREENING)
    said = words(desk.read(sent.headers["Location"]))
    assert "已转绿化" in said
    assert "另一个台" not in said
    assert "树倒了 已转交 绿化" in words(desk.read("/counter"))


def test_the_residents_page_says_with_whom_it_is_by_when_they_answer_and_what_they_said(
    today: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = fallen_tree(today)
    resident = Resident(case, "zh-hans")
    before = resident.client.get(f"{resident.path}/state").content
    today.do(case, "hand_on", "control_centre", **TO_GREENING)
    away, page = away_of(case), resident.page()
    assert "已转绿化处理" in page
    assert "前答复" in page
    assert not any(each in page for each in ("很抱歉", "师傅", "绿化李工", "已到"))
    states = [before, resident.client.get(f"{resident.path}/state").content]
    today.do(away, "answer", "control_centre", answer="今天移走，电话 13700000000")
    page = resident.page()
    assert "绿化已答复" in page
    assert "今天移走" in page
    assert not CLAUSE.search(page)
    states.append(resident.client.get(f"{resident.path}/state").content)
    assert len(set(states)) == 3, "an open page looks anew"
    today.do(away, "tell", "control_centre")
    assert "绿化已答复" in resident.page()


def test_a_late_department_is_owned_up_to_and_one_that_cannot_says_why(today: World, monkeypatch: pytest.MonkeyPatch) -> None:
    case = fallen_tree(today)
    today.do(case, "hand_on", "control_centre", **TO_GREENING)
    clock.look_again()
    monkeypatch.setenv(clock.VARIABLE, (today.now + timedelta(days=9)).isoformat())
    late = Resident(case, "zh-hans").page()
    assert "绿化还没有答复" in late
    assert "我们一直在催" in late
    today.do(away_of(case), "close", "control_centre", reason="该树归市政")
    gone = Resident(case, "zh-hans").page()
    assert "绿化无法处理" in gone
    assert "该树归市政" in gone


def test_by_the_api_it_is_one_verb_and_the_resident_reads_how_it_stands(world: World) -> None:
    filed = {"place": "3栋花坛", "content": "树倒了", "reporter": "王芳", "phone": "13800138000"}
    resident, desk = caller(world, "customer"), caller(world, "control_centre")
    number = resident.post("/orders", {"kind": "repair"} | filed).json()["number"]
    offered = {each["verb"]: each["required"] for each in desk.get(f"/orders/{number}").json()["actions"]}
    assert sorted(offered["hand_on"]) == ["department", "taken_by"]
    refused = desk.post(f"/orders/{number}/hand_on", TO_GREENING | {"department": "环卫"})
    assert (refused.status_code, refused.json()["clause"]) == (422, "MR-39")
    for _twice in range(2):
        assert desk.post(f"/orders/{number}/hand_on", TO_GREENING, key="once").json()["status"] == "handed_on"
    told = desk.get(f"/orders/{number}").json()
    away = told["handed_on"]["number"]
    assert (told["unit"], told["status"]) == ("3栋花坛", "handed_on")
    shown = resident.get(f"/orders/{number}").json()
    assert (shown["handed_on"]["department"], shown["handed_on"]["status"]) == ("greening", "passed")
    assert "number" not in shown["handed_on"]
    assert "hand_on" in {each["verb"] for each in shown["events"]}
    assert desk.post(f"/orders/{number}/hand_on", TO_GREENING).status_code == 409
    assert desk.post(f"/referrals/{away}/answer", {"answer": "今天移走"}).json()["status"] == "heard"
    assert desk.get(f"/referrals/{away}").json()["of"] == number
    assert resident.get(f"/orders/{number}").json()["handed_on"]["answer"] == "今天移走"
    assert desk.post(f"/referrals/{away}/tell").json()["status"] == "answered"


@pytest.mark.clause("HS-4.2.2")
def test_who_is_declined_reads_why_and_which_help_was_offered(today: World) -> None:
    case = today.file()
    today.do(case, "decline", "control_centre", reason="燃气管须由燃气公司处理", offered="已代您报燃气公司，今天上门")
    page = Resident(case, "zh-hans").page()
    assert "燃气管须由燃气公司处理" in page
    assert "已代您报燃气公司，今天上门" in page
    assert "13800138000" not in page


def test_a_public_place_is_spoken_of_as_a_place(today: World) -> None:
    case = fallen_tree(today)
    resident = Resident(case, "zh-hans")
    page = resident.page()
    assert "3栋2单元门厅" in page
    assert "地点" in page
    assert "撤回报修" in page
    today.do(case, "accept", "control_centre")
    today.do(case, "dispatch", "control_centre", worker=today.staff["repair_worker"].number)
    assert "前到现场" in resident.page()
    for verb in ("acknowledge", "arrive"):
        today.do(case, verb, "repair_worker")
        page = resident.page()
        assert not any(each in page for each in ("房号", "已到门口", "到门口", "取消上门", "3-2单元"))
    assert "已到现场" in page
    desk = browser(today, "control_centre", "zh-hans")
    assert "3栋2单元门厅" in words(desk.read(f"/orders/{case.number}"))
    assert "3栋2单元门厅" in words(desk.read("/board"))


def test_a_public_place_is_found_among_the_orders_in_the_words_it_is_called(world: World) -> None:
    case = fallen_tree(world)
    found = caller(world, "control_centre").get("/orders", unit="3栋2单元门厅").json()["items"]
    assert [(each["number"], each["unit"]) for each in found] == [(case.number, "3栋2单元门厅")]
    again = world.file(unit="3栋2单元门厅", content="灯也不亮")
    assert again.unit_id == case.unit_id
