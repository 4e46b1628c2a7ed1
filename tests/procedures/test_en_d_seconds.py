"""EN-D.10B  The minutes on the bill leave the seconds out; where a block hangs on them, the bill tells them."""

import pytest
from django.utils import translation

from menling.catalogue.models import PriceItem, PriceList
from menling.doorway.bill import bill_of
from menling.doorway.showing import loaded
from tests.office import World


@pytest.mark.django_db
@pytest.mark.clause("EN-D.10B")
@pytest.mark.parametrize(("per", "minutes", "seconds", "told"), [
    ("block", 29, 59, False), ("block", 30, 0, False), ("block", 30, 1, True), ("block", 31, 1, False), ("piece", 30, 1, False),
])  # fmt: skip
def test_the_bill_tells_the_seconds_a_block_hangs_on(world: World, per: str, minutes: int, seconds: int, told: bool) -> None:
    listed = PriceList.objects.get(office=world.office)
    PriceItem.objects.create(price_list=listed, code="E05", name="线路检查", name_en="Check the wiring", price=30, per=per)
    case = world.sent()
    world.do(case, "arrive", "repair_worker")
    world.do(case, "start", "repair_worker")
    world.do(case, "quote", "repair_worker", items=[{"code": "E05"}])
    world.do(case, "consent", "repair_worker")
    world.later(minutes, seconds=seconds)
    world.do(case, "finish", "repair_worker", summary="已检查")
    with translation.override("zh-hans"):
        behind = " ".join(each.text for each in bill_of(loaded(case)).behind)
    assert ("30 分 1 秒" in behind) is told
    assert f"施工时间：{minutes} 分钟" in behind
