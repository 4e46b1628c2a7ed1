"""Every paper of home service in both languages: its title and number are on it, nothing is cut, no word lies over another."""

from datetime import timedelta

import pypdfium2 as pdfium
import pytest

from menling.jobs.named import break_promises
from menling.journal.models import Case
from tests import alarms, cleaning
from tests.doors.test_web_forms import CARDS, FORMS, Form, read_back, shelf
from tests.doors.web import Browser, browser
from tests.examples import ENTRY
from tests.office import World
from tests.paper import overlapping, words_of

__all__ = ["shelf"]
pytestmark = pytest.mark.django_db
JOINED = {"ff", "fi", "fl", "ft", "tt", "ffi"}
"""Letters of Latin script that are drawn as one."""
SPOKEN = ("zh-hans", "en")
ENGLISH = {
    "repair_register": "Home repair service register", "housekeeping_register": "Housekeeping service register",
    "alarm_register": "Home alarm register", "closing_sheet": "Closing sheet: unsigned orders",
    "work_info_log": "Work information log", "dispatch_slip": "Home repair: dispatch slip",
    "message_slip": "Sorry we missed you", "service_record": "Home service record",
    "cleaner_roster": "Housekeeping staff list and services", "home_service_agreement": "Family service agreement",
    "proxy_purchase_register": "Proxy purchase register", "coordination_order": "Coordination order",
    "call_order": "Call-department orders", "standard_service_list": "Everyday services with prices",
    "fee_standard": "Fee standard", "quotation_sheet": "Service quotation sheet",
    "commitment_card": "What we promise on a repair", "service_card": "Service card", "slip_large": "Home repair: dispatch slip",
    "slip_93": "Home repair: dispatch slip", "slip_140": "Home repair: dispatch slip", "alarm_slip": "Home alarm: dispatch slip",
    "late": "What was late, by who answers for it", "reviews": "Contract reviews", "review": "Contract review",
    "continuation": "Coordination order, continuation sheet", "cleaning_batch": "Pick-up list",
    "alarm_batch": "Pick-up of home alarms", "jobs": "Jobs of the day",
}  # fmt: skip
MORE = (
    Form("slip_large", "/orders/{repair}/slip-large.pdf", "居家维修派工单", "{repair}", "", "", who="control_centre"),
    Form("slip_93", "/orders/{repair}/slip-93.pdf", "居家维修派工单", "{repair}", "", "", who="control_centre"),
    Form("slip_140", "/orders/{repair}/slip-140.pdf", "居家维修派工单", "{repair}", "", "", who="control_centre"),
    Form("alarm_slip", "/orders/{alarm}/slip-a5.pdf", "居家报警派工单", "{alarm}", "", ""),
    Form("late", "/late/{month}?form=pdf", "逾期事项", "{month}", "/late/{month}?form=xlsx", "应完成时间", who="team_lead"),
    Form("reviews", "/reviews/month/{month}.pdf", "合同评审", "{review}", "/reviews/month/{month}.xlsx", "报审价", 1, "500"),
    Form("review", "/reviews/{review}.pdf", "合同评审", "{review}", "", ""),
    Form("continuation", "/coordinations/{coordination}/sheet.pdf", "协调单续页", "{coordination}", "", ""),
    Form("cleaning_batch", "/housekeeping/batch/{batch}.pdf", "抄单表", "{agreed}", "", ""),
    Form("alarm_batch", "/alarms/batch/{alarms}.pdf", "报警抄单", "{waiting}", "", ""),
    Form("jobs", "/housekeeping/{day}/jobs.pdf", "当日派工表", "{day}", "", ""),
)


@pytest.fixture
def full(today: World, shelf: dict[str, str]) -> dict[str, str]:
    """Return the shelf with what waits to be picked up, what is late, a contract review, and entries for a second sheet."""
    today.file(content="没人派工", at=today.now - timedelta(hours=2))
    assert any("promises broke" in said for said in break_promises(today.now))
    tracked = Case.objects.get(number=shelf["coordination"])
    for turn in range(8):
        today.do(tracked, "log", "repair_worker_2", **(ENTRY | {"content": f"第{turn + 1}次联系厂家，配件仍在路上。" * 4}))
    agreed, waiting = cleaning.agreed(today), alarms.accepted(today)
    made = {
        "batch": today.answer("prepare", None, "service_desk", kind="batch", pick_up_at=today.now),
        "alarms": today.answer("prepare", None, "service_desk", kind="alarm_batch", pick_up_at=today.now),
        "review": today.answer("file", None, "service_desk", kind="contract_review", content="钢琴搬到八楼", price="500.00"),
    }
    numbers = {key: str(answer.body["number"]) for key, answer in made.items()}
    return shelf | numbers | {"agreed": agreed.number, "waiting": waiting.number}


def pages(there: Browser, path: str) -> list[pdfium.PdfPage]:
    answer = there.get(path)
    assert (path, answer.status_code, answer.content[:4]) == (path, 200, b"%PDF")
    return list(pdfium.PdfDocument(answer.content))


def outside(page: pdfium.PdfPage) -> list[str]:
    """Letters that are not wholly on the page."""
    text, (width, height) = page.get_textpage(), page.get_size()
    boxes = [(text.get_charbox(at), text.get_text_range(at, 1)) for at in range(text.count_chars())]
    return [letter for (left, bottom, right, top), letter in boxes if letter.strip() and not (
        -1 <= left <= right <= width + 1 and -1 <= bottom <= top <= height + 1)]  # fmt: skip


@pytest.mark.parametrize("language", SPOKEN)
def test_every_paper_bears_its_title_and_number_with_nothing_cut_and_nothing_over_another(
    today: World, full: dict[str, str], language: str
) -> None:
    desks = {who: browser(today, who, language) for who in ("service_desk", "control_centre", "team_lead")}
    for form in (*FORMS, *CARDS, *MORE):
        made = pages(desks[form.who], form.pdf.format(**full))
        said = "".join(words_of(page) for page in made)
        title = form.title if language == "zh-hans" else ENGLISH[form.key].replace(" ", "")
        assert (form.key, title in said, form.number.format(**full) in said, "…" in said) == (form.key, True, True, False), said
        assert (form.key, {each for page in made for each in overlapping(page)} - JOINED) == (form.key, set())
        assert (form.key, [each for page in made for each in outside(page)]) == (form.key, [])


def test_the_lists_behind_these_papers_read_back_with_headings_rows_and_amounts(today: World, full: dict[str, str]) -> None:
    for form in (each for each in MORE if each.xlsx):
        cells = read_back(browser(today, form.who, "zh-hans"), form.xlsx.format(**full))
        head = next(at for at, row in enumerate(cells) if form.heading in row)
        rows = [row for row in cells[head + 1 :] if row[0] not in (None, "") and not str(row[0]).startswith("合计")]
        assert (form.key, len(rows) >= form.rows) == (form.key, True), cells
        assert not form.amount or form.amount in {f"{cell:.0f}" for row in rows for cell in row if isinstance(cell, (int, float))}
