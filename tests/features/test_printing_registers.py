"""Registers on paper and as workbooks, read back page by page and cell by cell."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import pypdfium2 as pdfium
import pytest
from django.utils.translation import override
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from menling.printing.excel import register_xlsx
from menling.printing.facts import Column, Kind, RegisterFacts, Row
from menling.printing.slips import register_pdf
from menling.printing.wording import SHANGHAI, money

COLUMNS = [
    Column("n", "序号", 3, Kind.COUNT),
    Column("at", "接单时间", 11, Kind.MOMENT),
    Column("on", "日期", 8, Kind.DATE),
    Column("what", "维修内容", 14),
    Column("phone", "电话", 8),
    Column("fee", "收费", 8, Kind.MONEY),
    Column("sign", "签名", 8, Kind.SIGNATURE),
]
WHEN = datetime(2026, 11, 21, 14, 5, tzinfo=SHANGHAI)


def row(number: int, what: str = "leak") -> Row:
    return {
        "n": number,
        "at": WHEN,
        "on": date(2026, 11, 21),
        "what": f"{what}-{number:04d};",
        "phone": 13800138000,
        "fee": Decimal(number) + Decimal("0.10"),
    }


def register(count: int) -> RegisterFacts:
    rows = [row(number) for number in range(1, count + 1)]
    total = sum((Decimal(str(each["fee"])) for each in rows), Decimal(0))
    return RegisterFacts("登记表", "翠湖花园", "2026年11月", COLUMNS, rows, {"fee": total}, company="安居", form_no="HS-02")


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    with override("zh-hans"):
        yield


def said_on(facts: RegisterFacts) -> list[str]:
    """What each page says, without blanks; every page is checked to be A4 landscape."""
    pages = list(pdfium.PdfDocument(register_pdf(facts)))
    assert {tuple(round(side / 72 * 25.4) for side in page.get_size()) for page in pages} == {(297, 210)}
    return [re.sub(r"[\s\u200b\ufffe]", "", page.get_textpage().get_text_range()) for page in pages]


def rows_on(page: str) -> list[int]:
    return [int(number) for number in re.findall(r"leak-(\d{4});", page)]


def rows_of_a_full_page() -> int:
    """The longest register that still closes, signatures and all, on its first page."""
    return next(count for count in range(1, 60) if len(said_on(register(count + 1))) == 2)


def test_an_empty_register_says_so_on_one_page() -> None:
    (page,) = said_on(register(0))
    assert "本期没有登记。" in page
    assert "合计(0条)" in page.replace("（", "(").replace("）", ")")
    assert "签名" in page


def test_a_register_of_one_row_is_one_page_with_its_total() -> None:
    (page,) = said_on(register(1))
    assert rows_on(page) == [1]
    for words in ("接单时间", "11月21日周六14:05", "2026年11月21日", "13800138000", "合计（1条）¥1.10", "制表人", "第1页，共1页"):
        assert words in page, words


def test_a_full_page_stays_one_page_and_one_row_more_takes_another_with_it() -> None:
    full = rows_of_a_full_page()
    assert full > 14
    (page,) = said_on(register(full))
    assert rows_on(page) == list(range(1, full + 1))
    first, second = said_on(register(full + 1))
    assert len(rows_on(second)) == 2, "never one row alone"
    assert rows_on(first) + rows_on(second) == list(range(1, full + 2))


@pytest.mark.parametrize("more", range(8))
def test_every_row_appears_once_and_the_last_page_never_holds_one_alone(more: int) -> None:
    count = 2 * rows_of_a_full_page() + more - 2
    pages = said_on(register(count))
    assert [number for page in pages for number in rows_on(page)] == list(range(1, count + 1))
    assert len(rows_on(pages[-1])) >= 2
    assert [("制表人" in page) for page in pages] == [False] * (len(pages) - 1) + [True]


def test_each_page_repeats_the_heading_and_carries_rows_and_sums_over() -> None:
    facts = register(70)
    pages = said_on(facts)
    so_far = 0
    for place, page in enumerate(pages, start=1):
        assert "序号接单时间日期维修内容电话收费签名" in page
        assert f"第{place}页，共{len(pages)}页" in page
        assert (f"承前页（{so_far}条）{fees(so_far)}" in page) is (place > 1)
        so_far += len(rows_on(page))
        assert (f"过次页（{so_far}条）{fees(so_far)}" in page) is (place < len(pages))
    assert f"合计（70条）{fees(70)}" in pages[-1]


def fees(count: int) -> str:
    return money(sum((number + Decimal("0.10") for number in range(1, count + 1)), Decimal(0)))


def test_a_row_longer_than_a_page_is_printed_to_its_end() -> None:
    facts = RegisterFacts("登记表", "翠湖", "11月", COLUMNS, [row(1), row(2, "漏" * 5000), row(3)])
    assert "".join(said_on(facts)).count("漏") == 5000


def test_a_register_in_english_has_no_chinese_of_its_own() -> None:
    columns = [Column("at", "Taken", 10, Kind.MOMENT), Column("fee", "Fee", 5, Kind.MONEY)]
    with override("en"):
        pages = said_on(RegisterFacts("Repairs", "Jade", "November", columns, [row(1)] * 60, {"fee": Decimal("66.00")}))
    assert not re.findall(r"[\u3000-\u9fff\uff00-\uffef]", "".join(pages))
    assert "Broughtforward" in pages[1]


def test_words_in_a_column_that_is_added_up_are_refused() -> None:
    with pytest.raises(ValueError, match="holds words"):
        register_pdf(RegisterFacts("a", "b", "c", COLUMNS, [row(1)], {"what": Decimal(1)}))
    with pytest.raises(ValueError, match="at least one column"):
        register_pdf(RegisterFacts("a", "b", "c", [], []))


def sheet_of(facts: RegisterFacts) -> Worksheet:
    sheet = load_workbook(BytesIO(register_xlsx(facts))).active
    assert isinstance(sheet, Worksheet)
    return sheet


def test_a_workbook_keeps_dates_amounts_and_numbers_as_what_they_are() -> None:
    sheet = sheet_of(register(2))
    count, taken, on, what, phone, fee, sign = (cell for cell in sheet[2])
    assert count.value == 1
    assert (taken.value, taken.number_format) == (datetime(2026, 11, 21, 14, 5), 'yyyy"年"m"月"d"日" hh:mm')  # noqa: DTZ001
    assert taken.is_date
    assert (on.value.date(), on.number_format) == (date(2026, 11, 21), 'yyyy"年"m"月"d"日"')
    assert (what.value, phone.value, phone.data_type) == ("leak-0001;", "13800138000", "s")
    assert (fee.value, fee.data_type, fee.number_format) == (1.1, "n", "#,##0.00")
    assert sign.value is None
    assert [cell.value for cell in sheet[4]] == ["合计", None, None, None, None, 3.2, None]


def test_a_workbook_can_be_read_on_the_screen_and_printed() -> None:
    sheet = sheet_of(register(2))
    assert [cell.value for cell in sheet[1]] == [column.label for column in COLUMNS]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:G3", "the totals are not sorted in"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.column_dimensions["D"].width >= 28, "fourteen Chinese characters"
    assert sheet.column_dimensions["B"].width >= 21


@pytest.mark.parametrize("words", ["=1+1", "+86 138", "-2+3", "@SUM(A1)", "#N/A", '=HYPERLINK("http://x")'])
def test_nothing_a_person_typed_becomes_a_formula(words: str) -> None:
    facts = RegisterFacts(
        "a/b[c]:*?", "o", "p & q", [Column("w", words), Column("m", "m", 5, Kind.MONEY)], [{"w": words, "m": words}]
    )
    sheet = sheet_of(facts)
    assert [cell.value for cell in sheet[2]] == [words, words]
    assert {cell.data_type for line in sheet["A1:B2"] for cell in line} == {"s"}
    assert all(cell.quotePrefix is (words[0] in "=+-@") for cell in sheet[2])


def test_characters_and_lengths_that_excel_cannot_hold_do_not_stop_it() -> None:
    facts = RegisterFacts(
        "t",
        "o",
        "p",
        [Column("w", "w"), Column("n", "n", 5, Kind.COUNT)],
        [{"w": "a\x00\ud800🎉" + "漏" * 40_000, "n": 10**17 + 1}],
    )
    words, number = (cell.value for cell in sheet_of(facts)[2])
    assert len(words) == 32_767
    assert words.startswith("a🎉漏")
    assert words.endswith("…")
    assert number == "100000000000000001"


def test_a_workbook_of_many_rows_holds_them_all() -> None:
    sheet = sheet_of(register(2500))
    assert sheet.max_row == 2502
    assert sheet.cell(2501, 4).value == "leak-2500;"
