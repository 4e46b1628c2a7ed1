"""Registers and papers on the web."""

import io
from datetime import timedelta
from typing import Any

import pypdfium2 as pdfium
import pytest
from django.utils import timezone
from openpyxl import load_workbook

from menling.journal.models import Case, Event
from tests.doors.web import browser, words
from tests.office import World

pytestmark = pytest.mark.django_db


def day_of(world: World) -> str:
    return timezone.localdate(world.now).isoformat()


def text_of(answer: Any) -> str:
    assert answer["Content-Type"] == "application/pdf"
    pages = pdfium.PdfDocument(answer.content)
    return "".join(page.get_textpage().get_text_bounded() for page in pages)


@pytest.mark.clause("HS-4.2.4")
def test_the_register_of_a_day_is_prepared_delivered_and_read_by_the_service_desk(world: World) -> None:
    case = world.completed()
    there = browser(world, "control_centre")
    day = day_of(world)
    assert there.post(f"/registers/{day}").status_code == 302
    copy = Case.objects.get(kind="register_copy")
    assert there.post(f"/orders/{copy.number}/deliver", {"next": f"/registers/{day}"})["Location"] == f"/registers/{day}"
    page = words(browser(world, "service_desk").read(f"/registers/{day}"))
    assert "delivered" in page
    assert case.number in page


def test_who_must_be_called_back_stands_first_with_a_masked_number(world: World) -> None:
    world.completed()
    attested = world.do(world.finished(), "attest", "team_lead", reason="老人手抖")
    page = browser(world, "service_desk").read(f"/registers/{day_of(world)}")
    calls = page.split("To call back", 1)[1]
    assert calls.index(attested.number) < calls.index("138 ****") + 2000
    assert "must be called back" in calls
    assert "老人手抖" in calls
    assert "13800138000" not in page


def test_the_register_comes_as_a_workbook_and_as_paper(world: World) -> None:
    case = world.completed()
    there = browser(world, "service_desk")
    book = load_workbook(io.BytesIO(there.get(f"/registers/{day_of(world)}/xlsx").content))
    values = [cell for row in book.active.iter_rows(values_only=True) for cell in row]
    assert case.number in values
    printed = "".join(text_of(there.get(f"/registers/{day_of(world)}/pdf")).split())
    assert case.number in printed


def test_the_register_of_another_office_holds_nothing_of_this_one(world: World) -> None:
    case = world.completed()
    there = browser(world, "service_desk_elsewhere")
    assert case.number not in there.read(f"/registers/{day_of(world)}")
    assert there.get("/registers/no-day").status_code == 404


@pytest.mark.parametrize("layout", ["a5", "large", "93", "140"])
def test_a_slip_prints_the_five_elements_and_is_put_on_record(world: World, layout: str) -> None:
    case = world.sent()
    said = text_of(browser(world, "control_centre").get(f"/orders/{case.number}/slip-{layout}.pdf"))
    for part in (case.number, "3-2-1201", "王芳", "13800138000", "厨房下水堵"):
        assert part in said.replace(" ", ""), part
    assert Event.objects.filter(case=case, verb="reveal").count() == 1


def test_a_slip_for_finance_keeps_the_number_masked(world: World) -> None:
    case = world.sent()
    said = text_of(browser(world, "finance").get(f"/orders/{case.number}/slip-a5.pdf"))
    assert "13800138000" not in said.replace(" ", "")
    assert not Event.objects.filter(case=case, verb="reveal").exists()


def test_a_finished_slip_bears_price_consent_result_and_review(world: World) -> None:
    case = world.completed("86.00")
    said = text_of(browser(world, "control_centre", "zh-hans").get(f"/orders/{case.number}/slip-a5.pdf"))
    for part in ("86.00", "已疏通", "捌拾陆元", world.staff["team_lead"].name):
        assert part in said.replace(" ", ""), part


def test_no_slip_of_another_office_comes_out_of_the_printer(world: World) -> None:
    case = world.sent()
    there = browser(world, "control_centre_elsewhere")
    assert there.get(f"/orders/{case.number}/slip-a5.pdf").status_code == 404
    assert there.get(f"/orders/{case.number}/message-slip.pdf").status_code == 404


@pytest.mark.clause("HS-4.3.3")
def test_the_note_left_on_the_door_is_printed_with_its_number_and_without_name_or_phone(world: World) -> None:
    case = world.do(world.sent(), "absent", "repair_worker", slip="0042")
    said = text_of(browser(world, "control_centre").get(f"/orders/{case.number}/message-slip.pdf")).replace(" ", "")
    assert "0042" in said
    assert "王芳" not in said
    assert "13800138000" not in said


def test_there_is_no_note_where_nobody_left_one(world: World) -> None:
    case = world.sent()
    assert browser(world, "control_centre").get(f"/orders/{case.number}/message-slip.pdf").status_code == 404
    assert browser(world, "control_centre").get(f"/orders/{case.number}/slip-a9.pdf").status_code == 404


def test_yesterdays_register_is_the_one_that_opens(world: World) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    assert browser(world, "service_desk").get("/registers")["Location"] == f"/registers/{yesterday.isoformat()}"


@pytest.mark.clause("HS-3.1")
def test_a_call_after_the_work_is_written_down_with_what_the_resident_said(world: World) -> None:
    first, second = world.completed(), world.completed()
    there = browser(world, "service_desk")
    day = day_of(world)
    assert "Record the call" in words(there.read(f"/registers/{day}"))
    there.post(f"/steps/{first.number}/note", {"follow_up": "not_reached", "next": f"/registers/{day}"})
    there.post(f"/steps/{second.number}/note", {"follow_up": "reached", "text": "很满意", "next": f"/registers/{day}"})
    calls = words(there.read(f"/registers/{day}").split('id="calls"', 1)[1])
    assert calls.index("nobody answered") < calls.index("✓ reached")
    assert "很满意" in calls
    assert Event.objects.get(case=second, verb="note").facts == {"follow_up": "reached", "text": "很满意"}


def test_what_somebody_who_was_reached_said_is_not_left_out(world: World) -> None:
    case = world.completed()
    answer = browser(world, "service_desk").post(f"/steps/{case.number}/note", {"follow_up": "reached"}, htmx=True)
    assert answer.status_code == 422
    assert not Event.objects.filter(case=case, verb="note").exists()


def test_calls_are_recorded_by_the_service_desk_and_only_read_by_others(world: World) -> None:
    world.completed()
    page = words(browser(world, "control_centre").read(f"/registers/{day_of(world)}"))
    assert "To call back" in page
    assert "Record the call" not in page
