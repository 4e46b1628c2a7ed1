"""A coordination order on paper: a sheet is filled before the next begins, and every further one says whose it is."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pypdfium2 as pdfium
import pytest
from django.utils import translation

from menling.printing.coordination import Check, CoordinationFacts, Entry, coordination_pdf

AT = datetime(2026, 11, 23, 10, 13, tzinfo=ZoneInfo("Asia/Shanghai"))
LONG = "与厂家售后通话确认地漏芯与防臭盖的到货情况，业主要求不再开裂瓷砖，工程部同意先做临时封堵并每天查看一次，渗水没有扩大"


def pages(entries: int, words: str, reason: str = "等厂家配件", checks: int = 2) -> list[str]:
    """Return the text of each sheet of an order with so many entries of the same words."""
    entry = Entry(AT, "徐丽华", "业主家", "王芳", "13800138000", words, "业主同意等", "平和", "到货当天上门")
    facts = CoordinationFacts(
        "安居物业", "星河管理处", "14000000301", "XH-EN-D", "XH-V26-00001", "XH-R26-00001", "3栋2单元1201", AT, reason, "EN-D.4",
        "徐丽华 XH005", "跟踪中", [entry] * entries, [Check("foreman", "高国平", AT, "已催发货")] * checks,
    )  # fmt: skip
    with translation.override("zh-hans"):
        sheets = pdfium.PdfDocument(coordination_pdf(facts))
    return ["".join(sheet.get_textpage().get_text_range().split()) for sheet in sheets]


@pytest.mark.clause("EN-D.17")
@pytest.mark.parametrize("entries", range(13))
@pytest.mark.parametrize(("words", "reason", "checks"), [(LONG, "等配件", 2), (LONG * 4, "因" * 300, 12), ("短", "等配件", 1)])
def test_every_further_sheet_has_its_heading_and_the_last_one_the_signatures(
    entries: int, words: str, reason: str, checks: int
) -> None:
    found = pages(entries, words, reason, checks)
    assert ["协调单续页" in each for each in found] == [False] + [True] * (len(found) - 1)
    assert ["客户签字" in each for each in found] == [False] * (len(found) - 1) + [True]
    assert sum(each.count(f"跟踪时间{AT:%m}") for each in found) == entries


@pytest.mark.clause("EN-D.17")
def test_a_first_sheet_with_room_for_five_entries_holds_five() -> None:
    first, *more = pages(6, LONG)
    assert (first.count("处理方案"), len(more), more[0].count("处理方案")) == (5, 1, 1)
