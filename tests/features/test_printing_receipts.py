"""Receipts, message slips, and how dates and money are written on them."""

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import datetime
from decimal import Decimal

import pytest
from django.utils.translation import override

from menling.printing.facts import MessageSlipFacts, ReceiptFacts
from menling.printing.slips import message_slip_pdf, receipt_pdf
from menling.printing.wording import capitals, dated, duration, moment, money, span
from tests.paper import HOSTILE, at, pages_of, size_of, words_of

RECEIPT = ReceiptFacts(
    company="Anju Property Services",
    office_name="Jade Lake",
    office_phone="0755-8899 6600",
    form_no="AJ-CW-03",
    number="SJ-2026-000088",
    payer="Li Xiulan",
    unit="3-2-1201",
    order_number="WX-2026-000123",
    amount=Decimal("86.50"),
    collector="Mr Wang",
    collected_at=at(9, 50),
    method="cash",
)
MESSAGE = MessageSlipFacts(
    company="Anju Property Services",
    office_name="Jade Lake",
    office_phone="0755-8899 6600",
    form_no="AJ-HS-06",
    number="LY-2026-000015",
    unit="3-2-1201",
    unit_long="3-2-1201",
    visited_at=at(14, 12),
    worker_name="Mr Wang",
    worker_number="017",
    order_number="WX-2026-000123",
    return_by=at(18),
)


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    with override("zh-hans"):
        yield


@pytest.mark.parametrize("words", HOSTILE)
def test_receipts_and_message_slips_bear_any_words_too(words: str) -> None:
    for facts, made in ((RECEIPT, receipt_pdf), (MESSAGE, message_slip_pdf)):
        named = {field.name: words * 20 for field in fields(facts) if field.type is str and field.name != "qr_text"}
        assert len(pages_of(made(replace(facts, **named)))) == 1


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("0.00", "零元整"),
        ("0.01", "壹分"),
        ("0.50", "伍角整"),
        ("86", "捌拾陆元整"),
        ("86.53", "捌拾陆元伍角叁分"),
        ("100.50", "壹佰元伍角整"),
        ("1001.30", "壹仟零壹元叁角整"),
        ("10000.05", "壹万元零伍分"),
        ("100000000", "壹亿元整"),
    ],
)
def test_an_amount_is_stated_in_capitals_on_both_parts_of_its_receipt(amount: str, said: str) -> None:
    (page,) = pages_of(receipt_pdf(replace(RECEIPT, amount=Decimal(amount))))
    assert capitals(Decimal(amount)) == said
    assert words_of(page).count(f"大写金额{said}") == 2
    assert words_of(page).count(money(Decimal(amount))) == 2


@pytest.mark.parametrize("amount", ["-0.01", "0.001", "1000000000000"])
def test_a_receipt_is_never_rounded_or_negative(amount: str) -> None:
    with pytest.raises(ValueError, match="not an amount"):
        receipt_pdf(replace(RECEIPT, amount=Decimal(amount)))


@pytest.mark.clause("HS-4.3.3")
def test_the_message_slip_has_a_note_for_the_door_and_a_numbered_stub() -> None:
    (page,) = pages_of(message_slip_pdf(MESSAGE))
    assert size_of(page) == (148, 210)
    said = words_of(page)
    note, stub = said.split("沿此线裁开")
    assert "11月21日周六14:12" in note
    assert "0755-88996600" in note
    assert "WX-2026-000123" not in note, "neighbours read the door"
    for part in (note, stub):
        assert "LY-2026-000015" in part
    assert "WX-2026-000123" in stub
    assert "11月21日周六18:00" in stub


def test_dates_and_durations_are_written_as_each_language_writes_them() -> None:
    evening = datetime.fromisoformat("2026-11-21T16:30:00+00:00")
    assert moment(evening) == "11月22日 周日 00:30"
    assert dated(evening) == "2026年11月22日 00:30"
    assert (duration(12), duration(65)) == ("12 分", "1 小时 05 分")
    assert span(at(14, 5), at(15)) == "11月21日 周六 14:05 – 15:00"
    assert span(at(23), at(1, day=22)) == "11月21日 周六 23:00 – 11月22日 周日 01:00"
    with override("en"):
        assert moment(evening) == "Sun 22 Nov 00:30"
        assert dated(evening) == "22 Nov 2026 00:30"
        assert duration(65) == "1 h 05 min"
