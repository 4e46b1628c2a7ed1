"""Every form and register of home service: printed with its title and number, taken away as a workbook that reads back."""

import re
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import Any

import pypdfium2 as pdfium
import pytest
from django.utils.timezone import localtime
from openpyxl import load_workbook

from menling.journal.models import Case
from tests import agreed, alarms, buying, cleaning
from tests.doors.web import Browser, browser
from tests.office import World
from tests.procedures.tracking import under

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Form:
    """A form: where it is printed, its title and number on the paper; its workbook, a heading, rows, and an amount in it."""

    key: str
    pdf: str
    title: str
    number: str
    xlsx: str
    heading: str
    rows: int = 1
    amount: str = ""
    who: str = "service_desk"


FORMS = (
    Form("repair_register", "/registers/{day}/pdf", "居家维修服务登记表", "{repair}", "/registers/{day}/xlsx", "编号", 3),
    Form("housekeeping_register", "/housekeeping/{day}/register.pdf", "家政服务登记表", "{cleaning}",
         "/housekeeping/{day}/register.xlsx", "客户"),
    Form("alarm_register", "/alarms/{month}/register.pdf", "居家报警登记表", "{alarm}", "/alarms/{month}/register.xlsx",
         "抄单人", amount="50"),
    Form("closing_sheet", "/closing/{sheet}.pdf", "未签单", "HS-4.3.4", "/closing/{sheet}.xlsx", "未签单原因", 2),
    Form("work_info_log", "/forms/log/{day}.pdf", "工作信息记录本", "{repair}", "/forms/log/{day}.xlsx", "姓名", 5, "86"),
    Form("dispatch_slip", "/orders/{repair}/slip-a5.pdf", "派工单", "{repair}", "/exports/orders.xlsx", "编号", 5, "86",
         who="control_centre"),
    Form("message_slip", "/orders/{absent}/message-slip.pdf", "留言条", "T-0001", "/exports/orders.xlsx", "编号", 5),
    Form("service_record", "/housekeeping/record/{cleaning}.pdf", "居家服务情况记录表", "{cleaning}", "/exports/orders.xlsx",
         "编号", 5, "240"),
    Form("cleaner_roster", "/housekeeping/{month}/roster.pdf", "家政服务人员名单", "{cleaning}",
         "/housekeeping/{month}/roster.xlsx", "保洁员", 2),
    Form("home_service_agreement", "/agreements/{agreement}/agreement.pdf", "协议书", "{agreement}", "/exports/agreements.xlsx",
         "服务范围", amount="160"),
    Form("proxy_purchase_register", "/errands/register.pdf", "代客购物登记表", "{errand}", "/errands/register.xlsx", "单价",
         amount="43"),
    Form("coordination_order", "/coordinations/{coordination}/sheet.pdf", "协调单", "{coordination}",
         "/exports/coordinations.xlsx", "编号"),
    Form("call_order", "/forms/calls/{month}.pdf", "呼叫部订单", "{call}", "/forms/calls/{month}.xlsx", "客户"),
    Form("standard_service_list", "/forms/prices/standard.pdf", "常规服务项目表", "HC-5.6.1", "/forms/prices/standard.xlsx",
         "价格", 3, "86"),
    Form("fee_standard", "/forms/prices/fees.pdf", "收费标准", "HC-5.6.1", "/forms/prices/fees.xlsx", "价格", 4, "25"),
    Form("quotation_sheet", "/orders/{repair}/quotation.pdf", "服务报价表", "{repair}", "/orders/{repair}/quotation.xlsx",
         "金额", 1, "86"),
)  # fmt: skip
CARDS = (
    Form("commitment_card", "/forms/commitment-card.pdf", "居家维修服务承诺", "HC-5.2.1", "", ""),
    Form("service_card", "/orders/{repair}/service-card.pdf", "服务卡", "{repair}", "", ""),
)


@pytest.fixture
def shelf(today: World) -> dict[str, str]:
    """Return the numbers of one paper of every sort, and the day and month they were made."""
    repair, cleaned, alarm = today.signed("86.00"), cleaning.finished(today), alarms.finished(today, "50.00")
    absent = today.do(today.sent(unit="3-2-1202"), "acknowledge", "repair_worker")
    today.do(absent, "absent", "repair_worker", slip="T-0001")
    called = {"customer": "周先生", "content": "换灯", "wanted": "repair", "unit": "3-2-1201"}
    made = {
        "repair": repair, "cleaning": cleaned, "alarm": alarm, "absent": absent, "errand": buying.errand(today),
        "coordination": under(today), "agreement": _opened(today, "draft", "agreement", agreed.asked(today)),
        "call": _opened(today, "place", "call_order", called),
        "sheet": _opened(today, "prepare", "closing_sheet", {"desk": "service_desk"}),
    }  # fmt: skip
    local = localtime(today.now)
    return {key: case.number for key, case in made.items()} | {"day": f"{local:%Y-%m-%d}", "month": f"{local:%Y-%m}"}


def _opened(world: World, verb: str, kind: str, facts: dict[str, Any]) -> Case:
    who = "call_department" if kind == "call_order" else "service_desk"
    return Case.objects.get(number=world.answer(verb, None, who, kind=kind, **facts).body["number"])


def said_on(there: Browser, path: str) -> str:
    answer = there.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    pages = list(pdfium.PdfDocument(answer.content))
    return "".join(re.sub(r"[\s\u200b\ufffe]", "", page.get_textpage().get_text_range()) for page in pages)


def read_back(there: Browser, path: str) -> list[list[Any]]:
    answer = there.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    content = answer.getvalue() if answer.streaming else answer.content
    sheet = load_workbook(BytesIO(content)).worksheets[0]
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_each_form_prints_with_its_title_and_number(today: World, shelf: dict[str, str]) -> None:
    desks = {who: browser(today, who, "zh-hans") for who in {form.who for form in FORMS}}
    for form in (*FORMS, *CARDS):
        paper = said_on(desks[form.who], form.pdf.format(**shelf))
        assert (form.key, form.title in paper, form.number.format(**shelf) in paper) == (form.key, True, True), paper[:400]


def test_each_register_exports_its_headings_its_rows_and_its_amounts(today: World, shelf: dict[str, str]) -> None:
    desks = {who: browser(today, who, "zh-hans") for who in {form.who for form in FORMS}}
    for form in FORMS:
        cells = read_back(desks[form.who], form.xlsx.format(**shelf))
        head = next((at for at, row in enumerate(cells) if form.heading in row), None)
        assert head is not None, (form.key, cells[:6])
        rows = [row for row in cells[head + 1 :] if row[0] not in (None, "") and not str(row[0]).startswith("合计")]
        assert (form.key, len(rows)) == (form.key, form.rows), rows
        figures = {Decimal(str(cell)) for row in rows for cell in row if re.fullmatch(r"-?\d+(\.\d+)?", str(cell))}
        assert not form.amount or Decimal(form.amount) in figures, (form.key, figures)


def test_one_page_leads_to_every_form(today: World) -> None:
    page = browser(today, "service_desk").read("/forms")
    for path in ("/forms/log/", "/registers/", "/housekeeping/", "/alarms/", "/forms/calls/", "/errands/register",
                 "/forms/prices/", "/forms/commitment-card"):  # fmt: skip
        assert path in page, path


def test_a_form_of_another_office_is_not_there(today: World, shelf: dict[str, str]) -> None:
    stranger = browser(today, "service_desk_elsewhere")
    for path in (
        "/orders/{repair}/quotation.pdf",
        "/orders/{repair}/service-card.pdf",
        "/coordinations/{coordination}/sheet.pdf",
    ):
        assert stranger.get(path.format(**shelf)).status_code == 404, path
    assert shelf["alarm"] not in said_on(stranger, f"/alarms/{shelf['month']}/register.pdf")
