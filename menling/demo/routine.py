"""What an office does by itself on each day behind us: filing, settling, counting cash; and what the jobs did at night."""

from datetime import date, datetime, time, timedelta
from itertools import count

from django.db import connection
from django.db.models import QuerySet

from menling.demo.rehearsal import Rehearsal, Scene, Script
from menling.demo.stage import Stage
from menling.jobs.agreements import file_visits
from menling.jobs.pickup import pick_up
from menling.jobs.register import hand_over
from menling.jobs.reminding import remind_callers
from menling.jobs.tracking import track
from menling.journal.climbing import climb
from menling.journal.models import Case, Outgoing
from menling.journal.sweep import sweep
from menling.money.models import Charge
from menling.premises.models import Staff

WEEK = 7
TURNS, BEFORE_NINE = 8, 2
"""Times a day at which promises are looked at, every three hours from two; the third one does what has to be done by nine."""
PICK_UPS = (time(8), time(9), time(13, 30))


def enter_office_days(rehearsal: Rehearsal, stage: Stage, days: int) -> None:
    """Enter what an office does each day, until today."""
    for back in range(days + 1):
        day = stage.day_of(rehearsal.now) - timedelta(days=back)
        scene = Scene(stage, datetime.combine(day, time(8, 5), stage.zone))
        rehearsal.enter(scene, _office_day(scene, day))


def enter_pick_ups(rehearsal: Rehearsal, stage: Stage, days: int) -> None:
    """Enter how the housekeepers and engineering come for their orders: at eight or nine, and at half past one."""
    for back in range(days + 1):
        day = stage.day_of(rehearsal.now) - timedelta(days=back)
        for at in PICK_UPS:
            scene = Scene(stage, datetime.combine(day, at, stage.zone))
            rehearsal.enter(scene, _picked_up(scene))


def _picked_up(scene: Scene) -> Script:
    pick_up(scene.at)
    yield 8
    for kind, who in (("batch", "housekeeper"), ("alarm_batch", "engineering_crew")):
        for case in _open(scene, kind, "prepared"):
            scene.perform("pick_up", case, scene.actor(who))


def enter_clockwork(rehearsal: Rehearsal, stage: Stage, days: int) -> None:
    """Enter what the jobs do: promises break and messages go out every three hours, the rest is done each morning."""
    begin = datetime.combine(stage.day_of(rehearsal.now) - timedelta(days=days), time(2), stage.zone)
    scene = Scene(stage, begin)
    rehearsal.enter(scene, _clockwork(scene))


def _clockwork(scene: Scene) -> Script:
    for turn in count():
        if turn % (TURNS * WEEK) == 0:
            analyze()
        if turn % TURNS == BEFORE_NINE:
            tick(scene.at)
        else:
            sweep(scene.at)
            _sent(scene.at)
        yield 180


def _sent(at: datetime) -> None:
    """The messages of the days behind us went out long ago: no channel hears of them now."""
    Outgoing.objects.filter(sent_at__isnull=True).update(sent_at=at)


def analyze() -> None:
    """Let the database look at its tables: plans made while they were empty would read all of them from then on."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def tick(at: datetime) -> None:
    """Do what the jobs do, for an instant."""
    sweep(at)
    climb(at)
    hand_over(at)
    file_visits(at)
    track(at)
    remind_callers(at)
    _sent(at)


def _office_day(scene: Scene, day: date) -> Script:
    """Cash of the evening before, settlements, filing, cash of the day; at night what was checked in the evening is filed."""
    _hand_over_cash(scene)
    yield 205
    _settle(scene)
    yield 320
    _settle(scene)
    yield 10
    for kind in ("repair", "housekeeping"):
        _file(scene, kind, "service_desk")
    yield 50 if scene.stage.watched else 20
    _hand_over_cash(scene)
    yield 320
    _file(scene, "repair", "control_centre")


def _file(scene: Scene, kind: str, who: str) -> None:
    for case in _open(scene, kind, "completed"):
        scene.perform("archive", case, scene.actor(who))


def _settle(scene: Scene) -> None:
    questioned = Charge.objects.filter(case__status="disputed").values("case__parent")
    arrived = _open(scene, "settlement", "open").exclude(settlement__charge__method="qr", settlement__charge__payment=None)
    for case in arrived.filter(parent__status__in=("completed", "archived")):
        if not questioned.filter(case__parent=case.parent).exists():
            scene.perform("settle", case, scene.actor("finance"))


def _hand_over_cash(scene: Scene) -> None:
    for case in _open(scene, "handover", "open"):
        holder = Staff.objects.get(pk=case.assignee_id or 0)
        scene.perform("hand_over", case, scene.stage.actor_of(holder, scene.at))
        scene.perform("receive", case, scene.actor("finance"))


def _open(scene: Scene, kind: str, status: str) -> QuerySet[Case]:
    rows = Case.objects.filter(office=scene.stage.office, kind=kind, status=status)
    return rows.select_related("office", "parent").order_by("pk")
