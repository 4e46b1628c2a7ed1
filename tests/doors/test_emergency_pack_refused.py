"""A slip of the pack of which a step is refused: which one and why, put right on the form, and gone on with from there."""

from typing import Any

import pytest

from menling.journal.models import Case
from menling.orders.models import Order
from menling.pads.models import Pad
from tests.doors.test_emergency_pack import printed, sheet
from tests.doors.test_emergency_pack_beside import booked
from tests.doors.test_emergency_pack_paid import paid
from tests.doors.web import browser, words
from tests.office import World

pytestmark = pytest.mark.django_db
PAGE = "/emergency-pack/sheet"


def pressed(world: World, typed: dict[str, Any]) -> Any:
    """Return what the page answers to the button, in place."""
    return browser(world, "control_centre").post(PAGE, typed, htmx=True)


def said(answer: Any) -> str:
    return words(answer.content.decode())


def verbs(case: Case) -> list[str]:
    return list(case.events.filter(verb__in=("file", "accept", "dispatch", "arrive", "start", "finish")).order_by("pk")
                .values_list("verb", flat=True))  # fmt: skip


@pytest.mark.clause("HC-5.4.6", "MR-4")
def test_each_step_of_a_slip_is_shown_with_what_became_of_it_and_the_field_to_put_right(today: World) -> None:
    printed(today, "control_centre")
    answer = pressed(today, sheet(today, worker="A404"))
    page = said(answer)
    assert (answer.status_code, "There is no repair worker A404 in this office" in page) == (200, True)
    marks = answer.content.decode()
    assert [marks.count(f"is-{state}") for state in ("entered", "refused", "waits")] == [1, 1, 3]
    assert ('data-field="worker"' in marks, "MR-8" in page) == (True, True)
    case = Order.objects.get(content="水管爆裂").case
    assert (case.status, f"/orders/{case.number}" in marks) == ("accepted", True)


def test_a_slip_sent_to_nobody_files_nothing_and_asks_for_the_worker(today: World) -> None:
    printed(today, "control_centre")
    answer = pressed(today, sheet(today, worker=""))
    assert (answer.status_code, Order.objects.exists()) == (422, False)
    assert ("Please fill in: Worker." in said(answer), 'data-field="worker"' in answer.content.decode()) == (True, True)


@pytest.mark.clause("HC-5.4.6", "MR-7", "MR-40")
def test_the_slip_put_right_on_the_form_goes_on_from_the_refused_step_and_files_nothing_twice(today: World) -> None:
    printed(today, "control_centre")
    pressed(today, sheet(today, worker="A404"))
    answer = pressed(today, sheet(today, reporter="王方"))
    assert answer.headers["HX-Redirect"] == "/emergency-pack"
    order = Order.objects.select_related("case").get(content="水管爆裂")
    assert (verbs(order.case), order.case.status) == (["file", "accept", "dispatch", "arrive", "start", "finish"], "finished")
    assert order.reporter == "王芳", "what was entered stays as it is"
    assert Pad.objects.get(form="dispatch_slip").sheets.get().case == order.case


@pytest.mark.clause("HC-5.4.6")
def test_a_step_taken_by_hand_meanwhile_is_not_taken_again_by_the_form(today: World) -> None:
    printed(today, "control_centre")
    pressed(today, sheet(today, worker="A404"))
    case = Order.objects.get(content="水管爆裂").case
    today.do(case, "dispatch", "control_centre", worker=today.staff["repair_worker"].number)
    late = {"arrived": "", "begun": "", "finished": ""}
    assert pressed(today, sheet(today) | late).headers["HX-Redirect"] == "/emergency-pack"
    assert verbs(case) == ["file", "accept", "dispatch"]


@pytest.mark.clause("HC-5.4.6")
def test_a_form_that_filed_one_sheet_takes_no_steps_of_another(today: World) -> None:
    printed(today, "control_centre")
    pressed(today, sheet(today, worker="A404"))
    answer = pressed(today, sheet(today, sheet="ED00002"))
    assert (answer.status_code, "belongs to the sheet it entered" in said(answer)) == (422, True)
    assert verbs(Order.objects.get(content="水管爆裂").case) == ["file", "accept"]


@pytest.mark.clause("HS-3.3")
def test_money_a_worker_may_not_take_is_refused_by_its_own_line_and_the_rest_is_entered(today: World) -> None:
    printed(today, "control_centre")
    answer = pressed(today, paid(today, item="W03"))
    marks = answer.content.decode()
    assert [marks.count(f"is-{state}") for state in ("entered", "refused", "waits")] == [7, 1, 0]
    assert "HS-3.3" in said(answer)


def test_without_scripts_the_refused_step_its_clause_and_what_is_left_stand_on_the_page_of_the_order(today: World) -> None:
    printed(today, "control_centre")
    answer = browser(today, "control_centre").client.post(PAGE, sheet(today, worker="A404"), follow=True)
    page = said(answer)
    assert "There is no repair worker A404 in this office. Choose one of the list. (MR-8)" in page
    assert "Still to be taken" in page


def test_times_after_an_empty_one_are_not_lost_without_a_word(today: World) -> None:
    printed(today, "control_centre")
    desk = browser(today, "control_centre")
    answer = desk.client.post(PAGE, sheet(today, arrived=""), follow=True)
    case = Order.objects.get(content="水管爆裂").case
    assert (case.status, answer.redirect_chain[-1][0]) == ("dispatched", f"/orders/{case.number}")
    assert f"{case.number} is not entered to its end." in said(answer)


@pytest.mark.clause("MR-1")
@pytest.mark.parametrize(("minutes", "stands"), [(4, True), (-600, False)])
def test_the_page_of_the_pack_warns_of_a_plan_beside_the_slip(today: World, minutes: int, stands: bool) -> None:
    printed(today, "control_centre")
    other = booked(today, minutes)
    answer = browser(today, "control_centre").client.post(PAGE, sheet(today), follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain[-1][0] == "/emergency-pack"
    assert (f"planned for then: {other.number}" in words(page), 'class="notice warning"' in page) == (stands, stands)


@pytest.mark.clause("MR-1")
def test_a_plan_beside_the_slip_is_warned_of_where_a_later_step_is_refused_too(today: World) -> None:
    printed(today, "control_centre")
    other = booked(today, 4)
    answer = pressed(today, paid(today, item="W03"))
    assert f"planned for then: {other.number}" in said(answer)
