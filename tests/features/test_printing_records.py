"""The home service record as it comes out of the printer: one A5 page for an ordinary cleaning, nothing printed over anything."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils.translation import override

from menling.printing.facts import AcceptanceLine, ItemLine, RecordFacts
from menling.printing.slips import record_pdf
from tests.paper import HOSTILE, at, overlapping, pages_of, png, size_of, words_of

ITEMS = ["客厅全屋地面清洁", "厨房油烟机和灶台去油", "卫生间消毒", "阳台玻璃"]
TITLES = ["现场责任人", "保洁班主管", "办公室主管", "顾客"]
BLANK = RecordFacts(
    company="门铃示范物业管理有限公司", office_name="锦澜苑管理处", office_phone="0755-8899 6600", title="居家服务情况记录表",
    form_no="JL-HC-F1",
    number="JL-J26-00004", qr_text="https://menling.example/r/x", unit="3栋2单元1201", customer="阿卜杜热合曼·买买提江",
    phone="138 1234 5678", content="、".join(ITEMS), requirements="带梯子，家里有老人", visit_at=at(14),
    workers=["孙桂兰 JL091", "周美玲 JL092"], amount=Decimal("240.00"), items=[ItemLine(each) for each in ITEMS],
    chain=[AcceptanceLine(each) for each in TITLES],
)  # fmt: skip
FULL = replace(
    BLANK, confirmed="电话同意", confirmed_at=at(11), work_done="玻璃两面擦净，厨房去油", filled_by="孙桂兰",
    items=[ItemLine(ITEMS[0], True), ItemLine(ITEMS[1], False, "灶台边还有油渍")],
    score=4, opinion="很干净", second_at=at(17, 30),
    chain=[AcceptanceLine(each, "欧阳建国", at(17)) for each in TITLES], signed_by="王秀英", signed_at=at(17, 31),
    signature_png=png(),
)  # fmt: skip


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    with override("zh-hans"):
        yield


@pytest.mark.parametrize("facts", [BLANK, FULL], ids=["to be filled in", "filled in"])
def test_the_record_of_an_ordinary_cleaning_is_one_a5_page(facts: RecordFacts) -> None:
    (page,) = pages_of(record_pdf(facts))
    assert size_of(page) == (148, 210)
    assert overlapping(page) == []
    said = words_of(page)
    for value in ("居家服务情况记录表", *TITLES, *(each.text for each in facts.items), "客户签字", "二次验收", "填写人"):
        assert value in said, value


def test_the_record_shows_what_failed_when_it_was_accepted_again_and_the_score() -> None:
    (page,) = pages_of(record_pdf(FULL))
    said = words_of(page)
    for value in ("灶台边还有油渍", "2026年11月21日17:30", "✓4", "贰佰肆拾元整", "王秀英"):
        assert value in said, value
    assert said.count("✓") == 3, "one item that passed, one that failed, and the score"


@pytest.mark.parametrize("length", [0, 60, 400, 1500])
def test_long_words_go_on_without_being_printed_over_others(length: int) -> None:
    words = ("灶台边还有油渍，需要再擦一遍。" * 100)[:length]
    facts = replace(FULL, work_done=words, opinion=words, items=[ItemLine(words[:60] or "玻璃", True, words[:60])] * 14)
    pages = pages_of(record_pdf(facts))
    assert [overlapping(page) for page in pages] == [[]] * len(pages)
    assert "客户签字" in words_of(pages[-1])


@pytest.mark.parametrize("typed", HOSTILE)
def test_nothing_typed_stops_the_record_or_is_read_as_markup(typed: str) -> None:
    facts = replace(FULL, content=typed, customer=typed, work_done=typed, opinion=typed, items=[ItemLine(typed, False, typed)])
    assert HOSTILE[typed] in "".join(words_of(page) for page in pages_of(record_pdf(facts)))
