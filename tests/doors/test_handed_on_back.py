"""What was handed on comes back where it went from, no department is chosen for anybody, and each case keeps its own steps."""

import re

import pytest

from menling.journal.models import Case
from tests.doors.api import caller
from tests.doors.web import browser, words
from tests.examples import TO_GREENING
from tests.office import World

pytestmark = [pytest.mark.django_db, pytest.mark.clause("MR-39")]


def handed_on(world: World, who: str = "service_desk") -> tuple[Case, Case]:
    """Return an order that was handed on, and the referral it goes on as."""
    case = world.do(world.file(unit="", place="3栋花坛", content="树倒了"), "hand_on", who, **TO_GREENING)
    return case, Case.objects.get(parent=case, kind="referral")


@pytest.mark.parametrize("who", ["service_desk", "service_desk_supervisor"])
def test_the_service_desk_takes_back_what_was_handed_on(today: World, who: str) -> None:
    case, away = handed_on(today)
    desk = browser(today, who)
    assert f"/orders/{case.number}/take_back" in desk.read(f"/orders/{case.number}")
    assert desk.post(f"/orders/{case.number}/take_back", {"reason": "绿化说归维修"}).status_code == 302
    case.refresh_from_db()
    away.refresh_from_db()
    assert (case.status, away.status) == ("accepted", "taken")


@pytest.mark.parametrize(("language", "says"), [
    ("zh-hans", "请选本处的部门：绿化"), ("en", "Choose one of the departments of this office: greening"),
])  # fmt: skip
def test_no_department_is_chosen_beforehand_and_choosing_none_is_said_clearly(today: World, language: str, says: str) -> None:
    case, away = handed_on(today)
    fresh = today.file(unit="", place="3栋花坛", content="树倒了")
    desk = browser(today, "service_desk", language)
    for number in (fresh.number, away.number):
        offered = re.findall(r'<input type="radio" name="department"[^>]*>', desk.read(f"/orders/{number}/hand_on"))
        assert len(offered) > 1
        assert not any("checked" in each for each in offered)
        answer = desk.post(f"/orders/{number}/hand_on", {"taken_by": "绿化李工"}, htmx=True)
        assert answer.status_code == 422
        assert says in words(answer.content.decode())
    case.refresh_from_db()
    assert case.status == "handed_on"


STEPS = {"close": {"reason": "归市政"}, "chase": {"text": "下午来"}, "tell": {}, "answer": {"answer": "已移走"}, "take": {}}


@pytest.mark.parametrize("verb", STEPS)
def test_what_is_asked_of_the_order_does_not_reach_what_it_was_handed_on_as(today: World, verb: str) -> None:
    case, away = handed_on(today, "control_centre")
    refused = caller(today, "control_centre").post(f"/orders/{case.number}/{verb}", STEPS[verb])
    # an order has an answer of its own, with other facts and at other times
    assert refused.status_code == (422 if verb == "answer" else 404)
    at_the_desk = browser(today, "control_centre").post(f"/orders/{case.number}/{verb}", STEPS[verb])
    assert at_the_desk.status_code in (404, 409, 422)
    away.refresh_from_db()
    assert away.status == "passed"


def test_by_its_own_number_what_was_handed_on_is_followed_up(today: World) -> None:
    _case, away = handed_on(today, "control_centre")
    desk = caller(today, "control_centre")
    assert desk.post(f"/referrals/{away.number}/chase", STEPS["chase"]).json()["status"] == "passed"
    assert desk.post(f"/referrals/{away.number}/answer", STEPS["answer"]).json()["status"] == "heard"


def test_a_contract_review_is_withdrawn_by_its_own_number_not_by_that_of_its_order(today: World) -> None:
    case = today.do(today.at_home(), "ask_review", "repair_worker", content="再装一盏吊灯", price="80.00")
    review = today.child(case, "contract_review")
    desk = browser(today, "control_centre")
    assert desk.post(f"/orders/{case.number}/withdraw", {"reason": "不要了"}).status_code == 404
    review.refresh_from_db()
    assert review.status == "asked"
    assert desk.post(f"/orders/{review.number}/withdraw", {"reason": "不要了"}).status_code == 302


def test_the_money_of_an_order_is_asked_for_by_the_number_of_the_order(today: World) -> None:
    done = today.finished("60.00")
    asked = caller(today, "repair_worker").post(f"/orders/{done.number}/query_fee", {"question": "太贵"})
    assert asked.json()["number"] == today.child(done, "charge").number


def test_an_order_waits_for_its_contract_review_only_as_long_as_it_is_ours(today: World) -> None:
    case = today.do(today.file(), "accept", "control_centre")
    today.do(case, "ask_review", "control_centre", content="补种一棵桂花", price="800.00")
    desk, waits = browser(today, "control_centre"), "the order waits for it"
    assert waits in words(desk.read(f"/orders/{case.number}"))
    today.do(case, "hand_on", "control_centre", **TO_GREENING)
    assert waits not in words(desk.read(f"/orders/{case.number}"))
    today.do(case, "take_back", "control_centre", reason="归维修")
    assert waits in words(desk.read(f"/orders/{case.number}"))
