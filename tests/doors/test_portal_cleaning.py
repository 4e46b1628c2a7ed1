"""The resident's page of a housekeeping order: items accepted one by one, rounds, score and signature (HA-4.2)."""

import re

import pytest

from menling.premises import clock
from tests import cleaning
from tests.doors.portal import Resident, drawing, events, words
from tests.doors.web import browser
from tests.office import World
from tests.paper import pages_of, words_of
from tests.procedures.given import decide

pytestmark = pytest.mark.django_db


def test_items_that_failed_go_to_the_crew_with_their_remark_and_come_back_as_done_again(today: World) -> None:
    case = cleaning.finished(today)
    resident = Resident(case, "zh-hans")
    page = resident.page()
    assert "玻璃" in page
    assert "厨房" in page
    sent = resident.send("accept", **{"item-玻璃": "passed", "item-厨房": "failed", "remark-厨房": "灶台有油"})
    assert sent.status_code == 303
    assert events(case, "object")[0].facts["items"] == ["厨房：灶台有油"]
    assert "厨房：灶台有油" in resident.page()
    today.now = clock.now()
    today.do(case, "rework", "housekeeper", done="已重新擦")
    assert "已重做" in resident.page()
    form = resident.form("accept") | {"item-玻璃": "passed", "item-厨房": "passed", "rating": "4", "drawn": drawing()}
    assert resident.post("accept", form).status_code == 303
    case.refresh_from_db()
    assert (case.status, case.order.rating) == ("signed", 4)
    assert "第 2 次验收：您已验收" in resident.page()


def test_an_acceptance_without_a_score_is_asked_for_it_and_keeps_the_remarks(today: World) -> None:
    case = cleaning.finished(today)
    answer = Resident(case, "zh-hans").send(
        "accept", **{"item-玻璃": "passed", "item-厨房": "passed", "remark-玻璃": "窗框再看看", "name": "王芳"}
    )  # fmt: skip
    assert answer.status_code == 422
    assert "请选一到五颗星" in words(answer.content.decode())
    assert "窗框再看看" in answer.content.decode()
    case.refresh_from_db()
    assert case.status == "finished"


def test_a_failure_names_at_least_one_item(today: World) -> None:
    case = cleaning.signed(today)
    resident = Resident(case, "zh-hans")
    answer = resident.send("object", **{"item-玻璃": "passed"})
    assert answer.status_code == 422
    assert "请选出哪一项" in words(answer.content.decode())


def test_where_four_accept_the_resident_is_asked_last(today: World) -> None:
    decide(today, "acceptance.chain", "four_steps")
    case = cleaning.finished(today)
    resident = Resident(case, "zh-hans")
    assert "我们先自己检查" in resident.page()
    with pytest.raises(AssertionError):
        resident.form("accept")
    for verb, who in (("accept_site", "housekeeper"), ("accept_supervisor", "team_lead"),
                      ("accept_office", "service_desk_supervisor")):  # fmt: skip
        today.do(case, verb, who)
    assert resident.form("accept")["key"]


def test_everybody_of_the_crew_is_named_and_nobody_comes_before_the_price_is_agreed(today: World) -> None:
    priced = Resident(cleaning.quoted(today), "zh-hans").page()
    assert "您同意后我们才安排人上门" in priced
    case = cleaning.sent(today)
    page = Resident(case, "zh-hans").page()
    for who in cleaning.BOTH:
        assert today.staff[who].number in page


@pytest.mark.clause("HA-1.3", "HA-4.2.2")
def test_paper_and_page_show_a_part_with_a_colon_as_failed_and_no_other(today: World) -> None:
    case = cleaning.finished(today, content="擦玻璃，擦厨房，备注：自备梯子")
    Resident(case, "zh-hans").send("accept", **{"item-备注：自备梯子": "failed", "remark-备注：自备梯子": "没带"})
    sheet = browser(today, "service_desk", "zh-hans").get(f"/housekeeping/record/{case.number}.pdf").content
    words = "".join(words_of(each) for each in pages_of(sheet))
    assert "备注：自备梯子" in words
    assert "没带" in words
    today.now = clock.now()
    today.do(case, "rework", "housekeeper", done="已补")
    page = Resident(case, "zh-hans").page()
    assert page.count("已重做") == 1
    assert "备注：自备梯子 已重做" in page


@pytest.mark.clause("HA-4.2.1")
@pytest.mark.parametrize("said", ["passed", "failed"])
def test_what_is_said_of_a_part_the_order_has_no_more_is_asked_again_and_never_meant_for_another(today: World, said: str) -> None:
    case = cleaning.finished(today)
    resident = Resident(case, "zh-hans")
    opened = resident.form("accept") | {"item-厨房": "passed", "item-阳台": said, "rating": "5", "drawn": drawing()}
    answer = resident.post("accept", opened)
    assert answer.status_code == 409
    assert "清洁内容已有变化，请重新逐项查看" in words(answer.content.decode())
    case.refresh_from_db()
    assert (case.status, case.order.rating, events(case, "object")) == ("finished", None, [])
    resident.send("accept", **{"item-厨房": "failed", "item-玻璃": "passed"})
    assert events(case, "object")[0].facts["items"] == ["厨房"]


@pytest.mark.clause("HA-4.2.1")
def test_a_part_added_since_the_form_was_opened_is_looked_at_before_it_is_signed(today: World) -> None:
    case = cleaning.finished(today)
    resident = Resident(case, "zh-hans")
    opened = resident.form("accept") | {"item-玻璃": "passed", "item-厨房": "passed", "rating": "4", "opinion": "谢谢",
                                        "drawn": drawing()}  # fmt: skip
    today.do(case, "correct", "service_desk", field="content", value="玻璃、厨房、阳台", reason="漏写阳台")
    answer = resident.post("accept", opened)
    assert answer.status_code == 409
    again = answer.content.decode()
    assert "清洁内容还有“阳台”一项" in words(again)
    assert 'name="item-厨房" value="passed" required checked' in again
    assert 'name="item-阳台" value="passed" required>' in again
    assert re.search(r'name="rating" value="4"[^>]*checked', again)
    case.refresh_from_db()
    assert (case.status, case.order.rating) == ("finished", None)
    assert resident.post("accept", opened | {"item-阳台": "passed"}).status_code == 303
    case.refresh_from_db()
    assert (case.status, case.order.acceptances[-1]["parts"]) == ("signed", ["玻璃", "厨房", "阳台"])
