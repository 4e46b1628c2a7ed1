"""What takes longer than a visit: coordination orders with their entries and checks; one settled, one old, one fresh."""

from datetime import datetime, time, timedelta
from typing import Any

from menling.demo import stories
from menling.demo.rehearsal import Rehearsal, Scene, Script
from menling.demo.stage import Stage

SETTLED_FROM, SETTLED_AFTER, OLD_FROM = 0.75, 19, 0.3
"""The settled one began at this share of the days behind and took so many days; the old one began later and goes on."""
LOG_EVERY, LEAD_EVERY, SUPERVISOR_EVERY = 6, 10, 20
"""Days between two entries, two checks of the foreman, two of the supervisor."""
ENTRIES = (
    ("现场复勘，吊顶内渗点在楼上地漏周边", "楼上业主", "同意配合闭水试验", "理解", "周三做闭水试验"),
    ("闭水试验二十四小时，确认防水层破损", "楼上业主", "希望不影响使用", "配合", "联系防水单位报价"),
    ("防水单位上门勘察并报价", "防水单位", "工期三天", "积极", "报主管审批费用"),
    ("费用已批，约定进场时间", "楼上业主", "要求周末施工", "配合", "周六进场"),
    ("雨天顺延一周，已告知双方业主", "报修业主", "希望尽快", "理解", "天晴即进场"),
)  # fmt: skip
"""What happened, who was spoken to, their opinion, their attitude, what comes next; one entry after the other."""


def begun(scene: Scene) -> Script:
    """Looked at, too much for a visit: tracked from now on by one person."""
    stories.filed(scene)
    yield from stories.gone_there(scene)
    yield 18
    scene.do("carry_over", "worker", reason="渗水来自楼上，需与楼上业主及防水单位协调", next_at=scene.at + timedelta(days=5))
    yield 14
    tracker = scene.stage.staff["tracker"][0].number
    scene.do("answer", "control_centre", plan="先停用楼上地漏，闭水试验后确定责任方")
    scene.do("coordinate", "control_centre", reason="涉及楼上住户与外部单位，当日不能完成", tracker=tracker, owner_told=True)
    yield 75
    scene.do("review", "team_lead", on="coordination", remark="情况属实，由客服主管跟踪，每周记录")


def tracked(scene: Scene, days: int) -> Script:
    """Entries every few days, checked by the foreman and the supervisor."""
    yield from begun(scene)
    for day in range(1, days):
        yield 24 * 60
        if day % LOG_EVERY == 0:
            scene.do("log", "tracker", on="coordination", **_entry(scene, day // LOG_EVERY - 1))
        if day % LEAD_EVERY == 0:
            scene.do("review", "team_lead", on="coordination", remark="已看记录，催防水单位本周定工期")
        if day % SUPERVISOR_EVERY == 1:
            scene.do("supervise", "business_lead", on="coordination", remark="费用由公司协调，注意安抚报修业主")


def _entry(scene: Scene, number: int) -> dict[str, Any]:
    assert scene.home is not None
    content, contact, opinions, attitude, plan = ENTRIES[number % len(ENTRIES)]
    return {"place": scene.home.unit.code, "contact": contact, "contact_way": "电话及上门", "content": content,
            "opinions": opinions, "attitude": attitude, "plan": plan}  # fmt: skip


def settled(scene: Scene) -> Script:
    """The roof is tight: the work is finished, the resident signs, the sheet is filed."""
    yield from tracked(scene, SETTLED_AFTER)
    scene.do("move", "control_centre", visit_at=scene.at + timedelta(minutes=90), reason="防水完成，恢复吊顶")
    yield from stories.dispatched(scene, visit_at=scene.at + timedelta(minutes=90))
    yield 2
    scene.do("acknowledge", "worker")
    yield 84
    scene.do("arrive", "worker")
    yield 40
    yield from stories.finished(scene)
    scene.do("conclude", "tracker", on="coordination", result="楼上防水重做，闭水合格；吊顶恢复，墙面待干后补漆")
    scene.do("sign", "resident", on="coordination")
    yield 5
    yield from stories.closed(scene, 4, "时间长了点，结果满意")
    scene.do("sign_off", "tracker", on="coordination")
    yield 10
    scene.do("archive", "team_lead", on="coordination")


def enter_tracked(rehearsal: Rehearsal, stage: Stage, days: int) -> None:
    """Enter the settled one and the old one; the fresh one stands on the board."""
    for share, ended in ((SETTLED_FROM, True), (OLD_FROM, False)):
        back = round(days * share)
        at = datetime.combine(stage.day_of(rehearsal.now) - timedelta(days=back), time(10, 10), stage.zone)
        home = stage.chance.random.choice(stage.homes)
        scene = Scene(stage, at, home, "卫生间顶面渗水，墙角发霉", "水暖", more={"size": "big"})
        rehearsal.enter(scene, settled(scene) if ended and back > SETTLED_AFTER else tracked(scene, days))
