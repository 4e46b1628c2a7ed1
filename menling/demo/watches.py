"""What desks write at the end of their time: the shift handed over, and the day's sheet of what is not signed off."""

from datetime import datetime, time, timedelta
from typing import Any

from menling.demo.rehearsal import Rehearsal, Scene, Script
from menling.demo.stage import Stage
from menling.jobs.closing import lay_out
from menling.journal.models import Case
from menling.kernel.actor import Actor
from menling.procedures.closing_sheet import WORK_DONE

KEPT_FOR = 12
"""Days behind today whose sheets are in the demonstration: enough to leaf through."""
CHANGES = (time(6, 50), time(18, 50))
REMARKS = (
    "电梯维保 14:00 至 15:00 停一台，上门请走南侧", "3 栋地下车库照明报修已派，明早复查", "夜间无急修，巡查正常",
    "5 栋 1 单元今晚停水检修至 22:00，有来电请解释", "对讲机 2 号电池不足，已换备用", "有一户改约明早，已写入预约",
)  # fmt: skip
REASONS = {True: "业主外出，晚间补签", False: "配件未到，明日继续"}
AHEAD = "约在以后上门，到时完成"
PLAN = "次日上午完成并补签，班长复核"


def enter_watches(rehearsal: Rehearsal, stage: Stage, days: int) -> None:
    """Enter the hand-overs and the sheets of the last days, those of today until now included."""
    today = stage.day_of(rehearsal.now)
    for day in (today - timedelta(days=back) for back in range(min(days, KEPT_FOR) + 1)):
        for clock in CHANGES if stage.watched else ():
            scene = Scene(stage, datetime.combine(day, clock, stage.zone))
            rehearsal.enter(scene, _handed_over(scene))
        scene = Scene(stage, datetime.combine(day, time(17), stage.zone))
        rehearsal.enter(scene, _closed(scene))


def _handed_over(scene: Scene) -> Script:
    """Who leaves writes down what is open, who comes reads it and takes the shift."""
    chance = scene.stage.chance.random
    giver = scene.actor("control_centre")
    taker = scene.stage.actor("control_centre", scene.at + timedelta(minutes=30))
    scene.case = Case.objects.select_related("office").get(number=scene.perform(
        "prepare", None, giver, kind="shift_handover", keys="地下室总钥匙、值班室钥匙", radios="对讲机 1、2、3 号",
        remarks=chance.choice(REMARKS),
    ))  # fmt: skip
    yield 7
    scene.perform("give", scene.case, giver, to=taker.number)
    yield scene.later(2, 9)
    scene.perform("acknowledge", scene.case, taker)


def _closed(scene: Scene) -> Script:
    """The sheets are laid out; whoever took an order says why it is not signed off; both desks close their day."""
    lay_out(scene.at)
    yield 20
    sheets = Case.objects.filter(office=scene.stage.office, kind="closing_sheet", status="prepared")
    for case in sheets.select_related("office", "closingsheet").order_by("pk"):
        desk = scene.actor(case.closingsheet.desk)
        scene.perform("ask", case, desk)
        case.closingsheet.refresh_from_db()
        for line in case.closingsheet.lines:
            _explained(scene, desk, line)
        scene.perform("close_day", case, desk)


def _explained(scene: Scene, desk: Actor, line: dict[str, Any]) -> None:
    if line["answered"]:
        return
    order = Case.objects.select_related("office", "order").get(number=line["number"])
    done, visit_at = order.status in WORK_DONE, order.order.visit_at
    ahead = visit_at if not done and visit_at is not None and visit_at > scene.at else None
    expected = ahead + timedelta(hours=3) if ahead else scene.at + timedelta(hours=18)
    more: dict[str, Any] = {} if done else {"expected_at": expected, "plan": AHEAD if ahead else PLAN}
    scene.perform("explain", order, desk, reason=AHEAD if ahead else REASONS[done], **more)
