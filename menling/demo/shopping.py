"""Goods bought for residents on numbered sheets: brought, given back, void, and one sheet that nobody can find."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import NamedTuple

from menling.demo.rehearsal import Rehearsal, Scene, Script
from menling.demo.stage import Stage
from menling.demo.stories import Story, call
from menling.journal.models import Case


class Goods(NamedTuple):
    """What is to be bought: thing, make, sort, specification, and the price of one in yuan."""

    item: str
    brand: str
    nature: str
    spec: str
    price: str


SHOPPING = (
    Goods("血压计电池", "南孚", "日用", "5 号 4 粒", "18.00"), Goods("小苏打洗衣粉", "雕牌", "日用", "2 公斤", "26.50"),
    Goods("卫生纸", "维达", "日用", "12 卷提装", "32.90"), Goods("感应夜灯", "公牛", "小家电", "暖光插电", "29.00"),
    Goods("大米", "十月稻田", "食品", "5 公斤东北米", "45.80"), Goods("灭蚊液", "榄菊", "日用", "45 毫升 2 瓶", "19.90"),
    Goods("拖把头", "大卫", "日用", "圆盘替换 2 只", "24.00"), Goods("保温杯", "富光", "日用", "500 毫升", "59.00"),
)  # fmt: skip
FIRST_PAD, SECOND_PAD = ("DG0001", "DG0010"), ("DG0011", "DG0040")
LOST, BLANK_FROM = 4, "DG0008"
"""The sheet nobody can find, and where the unused ones of the first pad begin."""
FEWEST = 8
"""Days in which a pad can be used up and counted."""
SPARE = ("PD0001", "PD0030")
"""Dispatch slips of paper, for a day without electricity."""
SLIPS = ("L00001", "L00400")


def registered(scene: Scene) -> Script:
    """The desk writes the sheet and names who buys; finance gives money for it."""
    goods: Goods = scene.more["goods"]
    said = call(scene)
    scene.worker = scene.stage.staff["employee"][0]
    scene.open(
        "file", "service_desk", kind="errand", unit=said["unit"], name=said["reporter"], phone=said["phone"], item=goods.item,
        brand=goods.brand, nature=goods.nature, quantity=1, spec=goods.spec, price=goods.price, sheet=scene.more["sheet"],
        buyer=scene.worker.number, buy_by=scene.at + timedelta(hours=6),
    )  # fmt: skip
    yield 12
    scene.do("advance", "finance", amount=Decimal(100))


def brought(scene: Scene) -> Script:
    """Bought and brought with its invoice."""
    yield from registered(scene)
    yield scene.later(40, 70)
    scene.do("buy", "worker", amount=Decimal(scene.more["goods"].price), invoice=f"0440{scene.more['sheet'][2:]}8812")
    yield scene.later(20, 40)
    scene.do("deliver", "worker")


def paid(scene: Scene) -> Script:
    """Checked, signed, paid to the fen, reckoned with finance, the copy filed."""
    yield from brought(scene)
    yield 4
    scene.do("sign", "resident", checked=True)
    yield 2
    scene.do("settle", "worker", method="cash")
    yield from _reckoned(scene)


def _reckoned(scene: Scene) -> Script:
    yield 35
    scene.do("reckon", "finance")
    yield 5
    scene.do("archive", "finance", finance_copy=True)


def given_back(scene: Scene) -> Script:
    """Not what was asked for: taken back to the shop, the resident told and asked for pardon."""
    yield from brought(scene)
    yield 3
    scene.do("object", "resident", reason="容量与登记不符，要 800 毫升的")
    yield 80
    scene.do("not_bought", "worker", reason="商店无 800 毫升款，已退货", told_resident=True, apologised=True)
    yield from _reckoned(scene)


def voided(scene: Scene) -> Script:
    """Written for the wrong home: the sheet keeps its number."""
    scene.open("file", "service_desk", kind="errand", unit=call(scene)["unit"], name=call(scene)["reporter"], item="纯净水",
               price="8.00", sheet=scene.more["sheet"])  # fmt: skip
    yield 5
    scene.do("void", "service_desk", reason="房号写错，另开一张")
    yield 60
    scene.do("archive", "finance", finance_copy=True)


BEHIND: tuple[tuple[int, Story], ...] = ((1, paid), (2, paid), (3, given_back), (5, paid), (6, voided), (7, paid))
"""Number of the sheet, and what came of it: the one in between is lost."""
TODAY: tuple[tuple[int, int, Story], ...] = ((11, 170, brought), (12, 25, registered))
"""Number of the sheet, minutes ago, and how far it has come."""


def enter_errands(rehearsal: Rehearsal, stage: Stage, days: int) -> None:
    """Enter the pads, the errands of the days behind and of today, and the sheet that is asked after."""
    begin = datetime.combine(stage.day_of(rehearsal.now) - timedelta(days=days), time(8, 20), stage.zone)
    scene = Scene(stage, begin)
    rehearsal.enter(scene, _pads(scene, days))
    step = days * 0.6 / len(BEHIND)
    for number, (sheet, story) in enumerate(BEHIND if days >= FEWEST else ()):
        day = begin + timedelta(days=round(1 + number * step))
        _enter(rehearsal, stage, story, sheet, day + timedelta(minutes=70 + 15 * number))
    for sheet, ago, story in TODAY:
        _enter(rehearsal, stage, story, sheet, rehearsal.now - timedelta(minutes=ago))


def _enter(rehearsal: Rehearsal, stage: Stage, story: Story, sheet: int, at: datetime) -> None:
    more = {"goods": SHOPPING[sheet % len(SHOPPING)], "sheet": f"DG{sheet:04d}"}
    scene = Scene(stage, at, stage.chance.random.choice(stage.homes), more=more)
    rehearsal.enter(scene, story(scene))


def _pads(scene: Scene, days: int) -> Script:
    """Pads given out; the first one comes back with a number missing, which is found out; another has since."""
    desk = scene.stage.staff["service_desk"][0]
    repairman = scene.stage.staff["repair_worker"][0]
    _issue(scene, "message_slip", SLIPS, scene.stage.staff["team_lead"][0].number)
    _issue(scene, "dispatch_slip", SPARE, repairman.number)
    spare = scene.case
    first = _issue(scene, "errand_sheet", FIRST_PAD, desk.number)
    if days < FEWEST:
        _issue(scene, "errand_sheet", SECOND_PAD, desk.number)
        return
    yield round(days * 0.75) * 24 * 60
    scene.perform("hand_in", first, scene.actor("service_desk"), blank_from=BLANK_FROM)
    _issue(scene, "errand_sheet", SECOND_PAD, desk.number)
    yield 26 * 60
    inquiry = Case.objects.select_related("office").get(kind="paper_inquiry", office=scene.stage.office, parent=first)
    scene.perform("trace", inquiry, scene.actor("service_desk_supervisor"), cause="lost", person=desk.number,
                  found="交接时夹在宣传单中被误扔，当日监控可证")  # fmt: skip
    yield 20 * 60
    scene.perform("close", inquiry, scene.actor("office_manager"), dealt="已谈话提醒，本联编号登报作废，改用带锁抽屉保管")
    yield (days - round(days * 0.75) - 3) * 24 * 60
    if spare is not None:
        scene.perform("hand_in", spare, scene.actor("service_desk"), blank_from="PD0002")


def _issue(scene: Scene, form: str, numbers: tuple[str, str], to: str) -> Case:
    scene.open("issue", "service_desk", kind="pad", form=form, first=numbers[0], last=numbers[1], to=to)
    assert scene.case is not None
    return scene.case
