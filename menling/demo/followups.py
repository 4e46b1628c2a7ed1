"""Calls after the work: the morning after, the desk asks whether all is well; who is out is tried again on the next days."""

from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from menling.demo.rehearsal import Rehearsal, Scene, Script
from menling.demo.stage import Stage
from menling.journal.models import SERVED, Case, Event

BEGINS = time(9, 35)
TRIED_FOR = timedelta(days=30)
"""Who could not be reached for so long is left in peace; quality sees it."""
REACHED, CONTENT = 0.78, 0.9
KINDS = ("repair", "housekeeping", "alarm")
CALLS_A_MORNING = 9
BUSY, BUSY_DAYS = 4, 2
"""On the last mornings there was time for few calls: what is left is what quality finds."""
CONTENTED = (
    "业主表示已修好，师傅态度好", "回访：使用正常，无其他需要", "业主满意，夸师傅讲解清楚", "已恢复正常，业主表示感谢",
    "回访满意，现场收拾得干净", "业主说到得很快，没有问题", "使用两天正常，满意",
)  # fmt: skip
CLEAN = ("业主满意，边角也擦到了", "回访满意，下次还想约同样两位", "很干净，业主考虑签长期协议", "业主满意，时间安排合适")
DISCONTENTED = (
    "业主不满意：仍有轻微渗水，已转班长安排复查", "业主嫌等得久，已致歉并记录", "业主认为价格偏高，已解释价目表",
    "业主反映工具碰花墙角，已报班长上门查看", "不太满意：师傅未穿鞋套，已致歉并提醒班组",
)  # fmt: skip
STREAKY = ("业主不满意：窗角有水痕，已安排补做", "业主反映厨房台面仍油，已约返工", "迟到十分钟，业主不太高兴，已致歉")


def enter_follow_ups(rehearsal: Rehearsal, stage: Stage, days: int) -> None:
    """Enter the calls of each morning: of the service desk, and on Fridays of quality for what is still open."""
    for back in range(days + 1):
        day = stage.day_of(rehearsal.now) - timedelta(days=back)
        scene = Scene(stage, datetime.combine(day, BEGINS, stage.zone))
        rehearsal.enter(scene, _calls(scene, day, BUSY if back < BUSY_DAYS else CALLS_A_MORNING))


def _calls(scene: Scene, day: date, most: int) -> Script:
    chance = scene.stage.chance
    for case in list(_to_call(scene, day)[:most]):
        yield scene.later(3, 7)
        who = "quality" if chance.happens(0.15) else "service_desk"
        if not chance.happens(REACHED):
            scene.perform("note", case, scene.actor(who), follow_up="not_reached", text="电话无人接听，改日再访")
            continue
        scene.perform("note", case, scene.actor(who), follow_up="reached", text=_said(case, scene))


def _to_call(scene: Scene, day: date) -> QuerySet[Case]:
    begin = datetime.combine(day, time.min, scene.stage.zone)
    called = Event.objects.filter(case=OuterRef("pk"), verb="note", facts__follow_up="reached")
    rows = Case.objects.filter(~Exists(called), office=scene.stage.office, kind__in=KINDS, status__in=SERVED,
                               reported_at__gte=begin - TRIED_FOR, reported_at__lt=begin)  # fmt: skip
    return rows.select_related("office").order_by("reported_at", "pk")


def _said(case: Case, scene: Scene) -> str:
    content, otherwise = (CLEAN, STREAKY) if case.kind == "housekeeping" else (CONTENTED, DISCONTENTED)
    chance = scene.stage.chance
    return chance.random.choice(content if chance.happens(CONTENT) else otherwise)
