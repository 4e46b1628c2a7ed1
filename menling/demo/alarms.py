"""Home alarms: taken at the service desk, collected by engineering, seen to at the agreed hour, spot-checked."""

from datetime import datetime, time, timedelta

from menling.demo.rehearsal import Rehearsal, Scene, Script
from menling.demo.stage import Stage
from menling.demo.stories import call, until
from menling.premises.models import Staff

EVERY = 12
"""Days from one alarm to the next."""
HOURS = (time(10, 30), time(15, 30))
COLLECTED = (time(9, 12), time(13, 42))
WANTED = (
    ("repair", "布防后误报，探头指示灯常亮"),
    ("activation", "新入住，申请开通家庭报警"),
    ("relocation", "装修后红外探头要移位"),
)


def registered(scene: Scene, job: str = "repair") -> Script:
    """The desk agrees the first hour from tomorrow on at which engineering's man is free."""
    visit_at = _free_hour(scene)
    scene.open("file", "service_desk", kind="alarm", **call(scene), visit_at=visit_at, job=job, accept=True)
    scene.more = {"visit_at": visit_at}
    yield 1


def _free_hour(scene: Scene) -> datetime:
    worker = scene.stage.staff["engineering_crew"][0]
    day = scene.stage.day_of(scene.at)
    while True:
        day += timedelta(days=1)
        for hour in HOURS:
            begins = datetime.combine(day, hour, scene.stage.zone)
            if _can(scene.stage, worker, begins):
                scene.stage.keep(worker, begins, timedelta(minutes=75))
                scene.worker = worker
                return begins


def _can(stage: Stage, worker: Staff, begins: datetime) -> bool:
    return stage.on_shift(worker, begins) and stage.is_free(worker, begins, timedelta(minutes=75))


def seen_to(scene: Scene, job: str, checked: bool) -> Script:
    """Collected, sent, done in time, signed by both, filed; some are checked by the desk."""
    yield from registered(scene, job)
    assert scene.worker is not None
    yield until(scene, _collected(scene), 0)
    scene.do("dispatch", "team_lead", worker=scene.worker.number)
    yield 3
    scene.do("acknowledge", "worker")
    yield until(scene, scene.more["visit_at"], 4)
    scene.do("arrive", "worker")
    yield 3
    scene.do("start", "worker")
    yield scene.later(20, 40)
    scene.do("finish", "worker", summary=scene.came_of_it())
    yield 3
    scene.do("sign", "resident", rating=5)
    yield 45
    scene.do("sign_off", "worker")
    if checked:
        yield 25
        scene.do("spot_check", "service_desk", result="satisfied", remark="电话抽查，业主满意")
    yield 30
    scene.do("archive", "service_desk")


def _collected(scene: Scene) -> datetime:
    """Return when engineering has come for the slips next."""
    day = scene.stage.day_of(scene.at)
    hours = [datetime.combine(day + timedelta(days=ahead), hour, scene.stage.zone) for ahead in (0, 1) for hour in COLLECTED]
    return next(hour for hour in hours if hour > scene.at + timedelta(minutes=15))


def enter_alarms(rehearsal: Rehearsal, stage: Stage, days: int) -> None:
    """Enter an alarm every few days, and one of this morning that waits for engineering."""
    for number, back in enumerate(range(days - 2, 2, -EVERY)):
        job, content = WANTED[number % len(WANTED)]
        at = datetime.combine(stage.day_of(rehearsal.now) - timedelta(days=back), time(11, 5), stage.zone)
        scene = _scene(stage, at, content)
        rehearsal.enter(scene, seen_to(scene, job, checked=number % 2 == 0))
    scene = _scene(stage, rehearsal.now - timedelta(minutes=37), WANTED[0][1])
    rehearsal.enter(scene, registered(scene))


def _scene(stage: Stage, at: datetime, content: str) -> Scene:
    return Scene(stage, at, stage.chance.random.choice(stage.homes), content, "报警")
