"""Today's board in the middle of a busy morning: something at every step, late, nearly late, and waiting to be sent."""

from collections.abc import Callable
from datetime import timedelta

from menling.demo.estate import RESIDENT_HOME, Home
from menling.demo.rehearsal import Rehearsal, Scene, Script
from menling.demo.stage import Stage
from menling.demo.stories import call, closed, dispatched, filed, finished


def reported(scene: Scene) -> Script:
    """The phone was put down a moment ago."""
    filed(scene)
    yield 1


def reported_online(scene: Scene) -> Script:
    """The resident wrote it on the portal and nobody has looked yet."""
    scene.open("file", "resident", **call(scene), channel="app")
    yield 1


def handed_over_as_urgent(scene: Scene) -> Script:
    """The service desk took an emergency and passed it on with one key."""
    scene.open("file", "service_desk", **call(scene), urgency="emergency")
    yield 1


def accepted(scene: Scene) -> Script:
    """Taken, and nobody is sent yet."""
    filed(scene)
    yield 1
    scene.do("accept", "control_centre")


def slip_out(scene: Scene) -> Script:
    """Sent, and not acknowledged yet."""
    yield from accepted(scene)
    yield from dispatched(scene)


def on_the_way(scene: Scene) -> Script:
    """Acknowledged and under way."""
    yield from slip_out(scene)
    yield 1.5
    scene.do("acknowledge", "worker")
    scene.do("tick", "worker", group="setting_out")


def will_be_late(scene: Scene) -> Script:
    """The worker says so, with the reason and when it will be."""
    yield from on_the_way(scene)
    yield 6
    scene.do("delay", "worker", reason="电梯故障，走楼梯上楼", can_come_at=scene.at + timedelta(minutes=20))


def on_site(scene: Scene) -> Script:
    """At the door in time."""
    yield from on_the_way(scene)
    yield 7
    scene.do("arrive", "worker")
    scene.do("tick", "worker", group="at_the_door")


def price_shown(scene: Scene) -> Script:
    """The price is on the table; the resident thinks it over."""
    yield from on_site(scene)
    yield 3
    scene.do("quote", "worker", items=[{"code": code} for code in scene.items])


def at_work(scene: Scene) -> Script:
    """The resident agreed and the work is on."""
    yield from price_shown(scene)
    yield 1
    scene.do("consent", "worker", how="in_person")


def to_be_signed(scene: Scene) -> Script:
    """Done, to be signed, to be paid."""
    yield from at_work(scene)
    yield 14
    yield from finished(scene)


def fee_questioned(scene: Scene) -> Script:
    """Done; the resident asks why it costs that much."""
    yield from to_be_signed(scene)
    scene.do("query_fee", "worker", on="charge", question="上次只收了五十元，为什么这次贵？")


def objected(scene: Scene) -> Script:
    """Not content: it comes back before anything closes."""
    yield from to_be_signed(scene)
    scene.do("object", "resident", reason="插座还是有点松")


def to_be_reviewed(scene: Scene) -> Script:
    """Signed, rated and paid; the foreman has not seen the slip."""
    yield from to_be_signed(scene)
    scene.do("collect", "worker", on="charge", method="cash")
    scene.do("sign", "resident", rating=5)


def done(scene: Scene) -> Script:
    """Complete, waiting to be filed."""
    yield from to_be_signed(scene)
    scene.do("collect", "worker", on="charge", method="qr")
    yield from closed(scene)


def nobody_opened(scene: Scene) -> Script:
    """Nobody home: slip on the door, a new time to be agreed."""
    yield from on_the_way(scene)
    yield 8
    scene.do("absent", "worker", slip=f"L{next(scene.stage.slips):05d}")


def material_awaited(scene: Scene) -> Script:
    """The resident went to buy the part."""
    yield from on_site(scene)
    yield 5
    scene.do("await_material", "worker", material="进口恒温阀芯，业主自购")


def booked_for_later(scene: Scene) -> Script:
    """An appointment that has its worker."""
    yield from slip_out(scene)
    yield 2
    scene.do("acknowledge", "worker")
    if scene.stage.day_of(scene.more["visit_at"]) > scene.stage.day_of(scene.at):
        scene.do("learn_route", "worker")


def large_repair_begun(scene: Scene) -> Script:
    """A large repair: looked at, to be continued; the resident waits for an answer."""
    yield from on_site(scene)
    yield 20
    scene.do("carry_over", "worker", reason="卫生间墙面渗水，需打开吊顶查管", next_at=scene.at + timedelta(days=4))
    yield 25
    scene.do("coordinate", "control_centre", reason="须等楼上业主回家开门，当日不能完成", owner_told=True,
             tracker=scene.stage.staff["tracker"][0].number)  # fmt: skip
    yield 90
    scene.do("review", "team_lead", on="coordination", remark="已联系楼上业主，明晚在家，安排两人复查")


def housekeeping_passed_on(scene: Scene) -> Script:
    """A call for cleaning at the repair desk goes to the service desk with every typed word."""
    said = call(scene)
    scene.open("pass_on", "control_centre", kind="referral", wanted="housekeeping", to_desk="service_desk", unit=said["unit"],
               reporter=said["reporter"], phone=said["phone"], content="想约周末擦窗")  # fmt: skip
    yield 1


def lead_heard(scene: Scene) -> Script:
    """A colleague was asked in the lift what cleaning costs, and passed it on with one tap."""
    said = call(scene)
    scene.open("pass_on", "employee", kind="referral", wanted="housekeeping", unit=said["unit"], reporter=said["reporter"],
               phone=said["phone"], content="电梯里问起擦窗多少钱，想本周做")  # fmt: skip
    yield 1


Board = tuple[tuple[float, Callable[[Scene], Script], str, str, tuple[str, ...]], ...]
FIRST: Board = (
    # minutes ago, script, what, skill, items
    (2980, large_repair_begun, "卫生间墙面渗水", "水暖", ()),
    (140, to_be_reviewed, "厨房下水堵塞", "疏通", ("W01",)),
    (125, done, "马桶水箱漏水", "水暖", ("W08",)),
    (110, fee_questioned, "面盆下水堵塞", "疏通", ("W04",)),
    (95, material_awaited, "恒温花洒忽冷忽热", "水暖", ()),
    (80, objected, "客厅插座松动", "电气", ("E03", "M06")),
    (75, to_be_reviewed, "灯管不亮", "电气", ("E01", "M05")),
    (62, nobody_opened, "窗把手断裂", "门窗", ()),
    (58, to_be_signed, "入户门锁坏了，换锁芯", "五金", ("D01", "M08")),
    (34, at_work, "地漏返水", "疏通", ("W03",)),
    (3.2, reported_online, "阳台灯不亮，下班后请联系", "电气", ()),
    (27, will_be_late, "厨房跳闸", "电气", ()),
    (17, price_shown, "更换厨房龙头", "水暖", ("W05", "M03")),
    (12.5, slip_out, "洗衣机龙头滴水", "水暖", ()),
    (12, accepted, "卫生间门锁打不开", "五金", ()),
    (4.5, accepted, "厨房水槽渗水", "水暖", ()),
    (52, lead_heard, "", "", ()),
    (3, housekeeping_passed_on, "", "", ()),
    (2, handed_over_as_urgent, "水管爆裂，水已流到走廊", "水暖", ()),
    (1.5, reported, "马桶堵塞", "疏通", ()),
)
SECOND: Board = (
    (70, to_be_reviewed, "厨房下水堵塞", "疏通", ("W01",)),
    (20, on_the_way, "插座没电", "电气", ()),
    (6, reported, "水龙头滴水", "水暖", ()),
)
APPOINTMENTS = ((150, 45, "安装晾衣架"), (1500, 38, "移门轨道变形"))
"""Minutes from now, minutes since the call, what about."""


def enter_board(rehearsal: Rehearsal, stage: Stage, board: Board) -> None:
    """Enter today's orders of an office, each at another home."""
    homes = _homes(stage)
    for ago, script, content, skill, items in board:
        scene = Scene(stage, rehearsal.now - timedelta(minutes=ago), homes.pop(), content, skill, items)
        if script is large_repair_begun:
            scene.more = {"size": "big"}
        rehearsal.enter(scene, script(scene))


def enter_appointments(rehearsal: Rehearsal, stage: Stage) -> None:
    """Enter visits agreed for this afternoon and for tomorrow, and the resident's own repair, to be signed now."""
    homes = _homes(stage)
    for ahead, ago, content in APPOINTMENTS:
        more = {"visit_at": rehearsal.now + timedelta(minutes=ahead), "requirements": "请准时"}
        scene = Scene(stage, rehearsal.now - timedelta(minutes=ago), homes.pop(), content, "五金", more=more)
        rehearsal.enter(scene, booked_for_later(scene))
    own = next(home for home in stage.homes if home.unit.code == RESIDENT_HOME)
    scene = Scene(stage, rehearsal.now - timedelta(minutes=50), own, "厨房下水堵塞", "疏通", ("W01",))
    rehearsal.enter(scene, to_be_signed(scene))


def _homes(stage: Stage) -> list[Home]:
    homes = [home for home in stage.homes if home.unit.code != RESIDENT_HOME]
    stage.chance.random.shuffle(homes)
    return homes
