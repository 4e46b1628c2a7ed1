"""Slips as they come out of the printer: real PDFs are made, measured and read back."""

import re
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest
import segno
from django.utils.translation import override
from PIL import ImageOps

from menling.printing.facts import Consent, PriceLine, SlipFacts, VisitLine
from menling.printing.slips import slip_pdf
from tests.paper import HOSTILE, MM, at, letter_sizes, overlapping, pages_of, place_of, png, size_of, words_of

SIZES = {"a5": (148, 210), "strip241x93": (241, 93), "strip241x140": (241, 140)}
STRIPS = ["strip241x93", "strip241x140"]
ELEMENTS = ["户位", "上门时间", "报事人", "联系电话", "报事内容"]


BLANK = SlipFacts(
    company="Anju Property Services",
    office_name="Jade Lake",
    office_phone="0755-8899 6600",
    form_no="AJ-EN-01",
    number="WX-2026-000123",
    qr_text="https://menling.example/s/9fK3x2QpLz",
    kind_title="Home repair",
    unit="3-2-1201",
    unit_long="3-2-1201",
    reporter="Li Xiulan",
    legal_owner="Wang Jianguo",
    phone="138 1234 5678",
    content="The pipe under the sink leaks.",
    requirements="Knock softly.",
    visit_at=at(14, 15),
    issued_at=at(13, 58),
    promise="at the door by 14:15",
    worker_name="Mr Wang",
    worker_number="017",
    paid=True,
)
FULL = replace(
    BLANK,
    items=[PriceLine("Angle valve", Decimal("50"), 1, Decimal("50.00")), PriceLine("Check", 30, Decimal("0.5"), 15)],
    materials=[PriceLine("Brass valve", Decimal("21"), 1, Decimal("21.00"))],
    amount=Decimal("86.00"),
    consent=Consent(at(14, 10), "at the door"),
    visits=[VisitLine(at(14, 12), at(14, 40), 28)],
    total_minutes=28,
    result="Valve replaced.",
    rating=5,
    opinion="On time.",
    signed_by="Li Xiulan",
    signed_at=at(14, 45),
    worker_signed_at=at(14, 46),
    reviewed_by="Mr Chen",
    reviewed_at=at(17, 30),
    keep_until=date(2028, 11, 21),
)


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    with override("zh-hans"):
        yield


@pytest.mark.parametrize("layout", SIZES)
@pytest.mark.parametrize("facts", [BLANK, FULL], ids=["before the visit", "after the visit"])
def test_a_slip_is_one_page_of_its_paper(layout: str, facts: SlipFacts) -> None:
    (page,) = pages_of(slip_pdf(facts, layout))
    assert size_of(page) == SIZES[layout]


@pytest.mark.clause("EN-F.2")
@pytest.mark.parametrize("layout", SIZES)
def test_the_five_elements_stand_in_the_first_third(layout: str) -> None:
    (page,) = pages_of(slip_pdf(FULL, layout))
    for label in ELEMENTS:
        _left, top = place_of(page, label)
        assert top < SIZES[layout][1] / 3, label
    said = words_of(page)
    for value in (BLANK.reporter, "11月21日周六14:15", BLANK.phone, BLANK.content, "3-2-1201"):
        assert value.replace(" ", "") in said


@pytest.mark.clause("EN-D.10A", "EN-D.10C", "EN-D.12", "EN-D.14", "EN-D.15", "EN-D.2", "EN-1.5", "EN-7.7")
@pytest.mark.parametrize("layout", SIZES)
def test_a_filled_slip_shows_price_consent_times_outcome_and_signatures(layout: str) -> None:
    (page,) = pages_of(slip_pdf(FULL, layout))
    said = words_of(page)
    for value in (
        *("WX-2026-000123", "AJ-EN-01", "WangJianguo", "Brassvalve", "¥21.00", "捌拾陆元整", "¥86.00", "atthedoor"),
        *("11月21日周六14:12", "14:40", "28分", "Valvereplaced.", "✓很满意", "Ontime.", "MrChen", "保存至2028年11月21日"),
        *("客户签字", "服务人员签名", "班长核对", "2026年11月21日14:45", "2026年11月21日17:30"),
    ):
        assert value in said, value


LONG = replace(
    FULL,
    reporter="阿卜杜热合曼·买买提江·吐尔逊",
    signed_by="阿卜杜热合曼·买买提江·吐尔逊",
    content="主卧卫生间洗手盆下面的角阀和软管接头一直在滴水，柜子底板已经泡胀，" * 2,
    requirements="家里有九十岁老人和婴儿，请轻声，进门穿鞋套，车停地库访客位",
    materials=[PriceLine("全铜加厚三角阀（冷热通用，带快开陶瓷阀芯）", Decimal(21), 1, Decimal(21))] * 3,
)
DONE = "更换冷热两只角阀和两根软管，试压十分钟不漏；柜底板泡胀，已拍照告知业主，建议晾干后更换。"


@pytest.mark.parametrize("length", [0, 30, 90, 160, 260, 800])
@pytest.mark.parametrize(("layout", "large"), [("a5", False), ("a5", True), *((strip, False) for strip in STRIPS)])
def test_no_word_of_a_slip_is_printed_over_another(layout: str, large: bool, length: int) -> None:
    for visits in ([], FULL.visits * 2):
        facts = replace(LONG, result=(DONE * 20)[:length], opinion=DONE[:length], visits=visits, large_type=large)
        for page in pages_of(slip_pdf(facts, layout)):
            assert overlapping(page) == []


LONG_TO_SIGN = replace(LONG, items=[], materials=[], amount=None, consent=None, visits=[], result="", opinion="", rating=None,
                       signed_by="", signed_at=None)  # fmt: skip


@pytest.mark.parametrize("layout", STRIPS)
@pytest.mark.parametrize("facts", [LONG_TO_SIGN, FULL], ids=["to be signed", "signed"])
def test_the_customer_signs_the_strip_that_says_what_was_asked_for(layout: str, facts: SlipFacts) -> None:
    first, *more = pages_of(slip_pdf(facts, layout))
    assert more == []
    assert "客户签字" in words_of(first)


@pytest.mark.parametrize("layout", SIZES)
def test_pictures_without_a_glyph_leave_no_boxes_behind(layout: str) -> None:
    (page,) = pages_of(slip_pdf(replace(FULL, opinion="很好\N{THUMBS UP SIGN}\U0001f3fb谢谢❤️①★"), layout))
    assert "很好谢谢①★" in words_of(page)


def test_only_the_rating_given_is_ticked() -> None:
    (page,) = pages_of(slip_pdf(replace(FULL, rating=2), "a5"))
    assert words_of(page).count("✓") == 2, "the rating and the box of a charged slip"
    assert "✓不满意" in words_of(page)


@pytest.mark.parametrize("layout", SIZES)
def test_there_is_room_of_thirty_millimetres_for_opinion_and_signatures(layout: str) -> None:
    (page,) = pages_of(slip_pdf(FULL, layout))
    _left, opinion = place_of(page, "客户意见")
    _left, signature = place_of(page, "客户签字")
    foot = SIZES[layout][1] - (5 if layout in STRIPS else 11)
    assert foot - min(opinion, signature) >= 28, "from the top of the words; their cell begins above them"


@pytest.mark.parametrize("layout", STRIPS)
def test_multipart_paper_gets_black_alone_in_letters_that_carbon_carries(layout: str) -> None:
    (page,) = pages_of(slip_pdf(replace(FULL, signature_png=png()), layout))
    assert min(letter_sizes(page)) >= 10.5
    for drawn in page.get_objects():
        assert drawn.type != pdfium_c.FPDF_PAGEOBJ_IMAGE
        assert colours(drawn) <= {(0, 0, 0, 255)}


def colours(drawn: pdfium.PdfObject) -> set[tuple[int, ...]]:
    found = set()
    for ask in (pdfium_c.FPDFPageObj_GetFillColor, pdfium_c.FPDFPageObj_GetStrokeColor):
        parts = [pdfium_c.c_uint() for _ in range(4)]
        if ask(drawn, *parts):
            found.add(tuple(part.value for part in parts))
    return found


@pytest.mark.parametrize("layout", SIZES)
def test_nothing_is_printed_where_the_feed_may_slip(layout: str) -> None:
    (page,) = pages_of(slip_pdf(FULL, layout))
    seen = page.render(scale=2).to_pil().convert("L")
    left, top, right, bottom = ImageOps.invert(seen).getbbox()
    edge = int(4.9 * MM * 2)
    assert min(left, top, seen.width - right, seen.height - bottom) >= edge


def test_the_code_on_the_slip_can_be_scanned_to_its_address() -> None:
    (page,) = pages_of(slip_pdf(BLANK))
    seen = page.render(scale=4).to_pil().convert("L")
    modules = [list(row) for row in segno.make(BLANK.qr_text, error="m", micro=False).matrix]
    top, left, wide = 8 * MM * 4, (148 - 8 - 19) * MM * 4, 19 * MM * 4
    step = wide / len(modules)
    read = [
        [int(seen.getpixel((int(left + (x + 0.5) * step), int(top + (y + 0.5) * step))) < 128) for x in range(len(modules))]
        for y in range(len(modules))
    ]
    assert read == [[int(module) for module in row] for row in modules]


def test_large_type_sets_everything_a_resident_reads_in_sixteen_points() -> None:
    first, second = pages_of(slip_pdf(replace(FULL, large_type=True)))
    assert size_of(first) == SIZES["a5"]
    start, count = first.get_textpage().search(BLANK.content).get_next()
    assert letter_sizes(first, start, count) == {16}
    assert "客户签字" in words_of(second)


@pytest.mark.parametrize("layout", SIZES)
@pytest.mark.parametrize("field", ["content", "requirements", "result", "opinion"])
def test_ten_thousand_characters_go_on_under_the_same_head(layout: str, field: str) -> None:
    pages = pages_of(slip_pdf(replace(FULL, **{field: "漏" * 10_000}), layout))
    said = [words_of(page) for page in pages]
    assert len(pages) > 1
    assert "".join(said).count("漏") == 10_000
    assert all("WX-2026-000123" in words and f"共{len(pages)}页" in words for words in said)
    assert sum("客户签字" in words for words in said) == 1


@pytest.mark.parametrize("layout", SIZES)
def test_a_word_without_a_break_stays_on_the_paper(layout: str) -> None:
    pages = pages_of(slip_pdf(replace(FULL, content="Q" * 3000), layout))
    assert sum(words_of(page).count("Q") for page in pages) == 3000
    for page in pages:
        text = page.get_textpage()
        assert all(text.get_charbox(index)[2] < page.get_width() for index in range(text.count_chars()))


@pytest.mark.parametrize(("words", "printed"), HOSTILE.items())
@pytest.mark.parametrize("layout", SIZES)
def test_whatever_people_type_is_printed_as_they_typed_it(words: str, printed: str, layout: str) -> None:
    named = {field.name: words for field in fields(SlipFacts) if field.type is str and field.name != "qr_text"}
    page = pages_of(slip_pdf(replace(FULL, **named, rating=words, earlier_visits=[words]), layout))[0]
    said = words_of(page)
    assert said.count(printed) >= 3, "what was reported, wished and done"
    assert "客户同意" in said


def test_a_signature_drawn_on_a_screen_is_printed_and_a_damaged_one_leaves_a_gap() -> None:
    def pictures(drawing: bytes) -> int:
        (page,) = pages_of(slip_pdf(replace(FULL, signature_png=drawing)))
        return sum(drawn.type == pdfium_c.FPDF_PAGEOBJ_IMAGE for drawn in page.get_objects())

    assert pictures(png()) == 1
    assert pictures(png()[:40]) == pictures(b"no picture") == 0


@pytest.mark.parametrize("layout", SIZES)
@pytest.mark.parametrize("facts", [BLANK, FULL, replace(FULL, paid=False, visit_at=None)])
def test_a_slip_in_english_has_no_chinese_left_but_the_capitals(layout: str, facts: SlipFacts) -> None:
    with override("en"):
        said = "".join(words_of(page) for page in pages_of(slip_pdf(facts, layout)))
    assert not re.findall(r"[\u3000-\u9fff\uff00-\uffef]", said.replace("捌拾陆元整", ""))
    assert "Reporter" in said


def test_a_layout_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown layout"):
        slip_pdf(BLANK, "a3")  # type: ignore[arg-type]
