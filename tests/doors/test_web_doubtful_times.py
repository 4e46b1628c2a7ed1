"""A door reached hours before the time agreed, and a visit of a hardly true length: every door asks once (EN-2.4, EN-D.10A)."""

from typing import Any

import pytest

from tests import cleaning
from tests.doors.api import caller
from tests.doors.web import browser, words
from tests.office import World
from tests.procedures.given import decide, last

pytestmark = pytest.mark.django_db
EARLY, LENGTH = pytest.mark.clause("EN-2.4"), pytest.mark.clause("EN-D.10A")


def asks(world: World, case: Any, verb: str, who: str) -> Any:
    shown = caller(world, who).get(f"/orders/{case.number}").json()
    return next(each for each in shown["actions"] if each["verb"] == verb).get("asks")


@EARLY
def test_a_worker_is_asked_whether_the_resident_agrees_to_come_early_and_the_answer_is_on_record(today: World) -> None:
    case = cleaning.sent(today)
    question = asks(today, case, "arrive", "housekeeper")
    assert (question["fact"], question["until"]) == ("early", None)
    answer = caller(today, "housekeeper").post(f"/orders/{case.number}/arrive", {"early": "agreed"})
    assert answer.status_code == 200
    assert last(case, "arrive").facts["early"] == "agreed"
    assert last(case, "arrive").facts["agreed_for"] == case.order.visit_at.isoformat()


@EARLY
@LENGTH
def test_who_comes_at_once_is_asked_nothing_and_nobody_is_refused_who_does_not_answer(today: World) -> None:
    at_once = today.sent()
    assert asks(today, at_once, "arrive", "repair_worker") is None
    early = today.do(cleaning.sent(today), "arrive", "housekeeper")
    assert early.status == "on_site"
    short = today.do(today.do(early, "start", "housekeeper"), "finish", "housekeeper", summary="玻璃已擦")
    assert (short.status, "length" in last(short, "finish").facts) == ("finished", False)


@EARLY
@LENGTH
def test_a_desk_is_asked_once_beside_the_button_and_its_answer_goes_along_with_the_next_press(today: World) -> None:
    decide(today, "visit.long_asked_times", 20)
    case = cleaning.sent(today)
    desk = browser(today, "team_lead", "zh-hans")
    told = {"source": "phone", "key": "early-1"}
    asked = desk.post(f"/orders/{case.number}/arrive", told, key="early-1", htmx=True)
    assert asked.status_code == 200
    assert "业主同意提前吗？" in words(asked.content.decode())
    case.refresh_from_db()
    assert case.status == "dispatched"
    desk.post(f"/orders/{case.number}/arrive", told | {"early": "not_agreed"}, key="early-1", htmx=True)
    assert last(case, "arrive").facts["early"] == "not_agreed"
    today.do(case, "start", "housekeeper", at=last(case, "arrive").happened_at)
    done = {"source": "phone", "summary": "玻璃已擦"}
    short = desk.post(f"/orders/{case.number}/finish", done, key="short-1", htmx=True)
    assert "计划约 120 分钟，属实吗？" in words(short.content.decode())
    desk.post(f"/orders/{case.number}/finish", done | {"length": "right"}, key="short-1", htmx=True)
    assert last(case, "finish").facts["length"] == "right"
