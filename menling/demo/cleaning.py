"""Housekeeping in the days behind: booked for a later day, agreed, picked up by the team, cleaned by two, accepted, paid."""

from datetime import datetime, time, timedelta

from menling.demo.rehearsal import Scene, Script
from menling.demo.stories import call, until

SLOTS = (time(9, 0), time(14, 0))
PICKED_UP = (time(8, 25), time(13, 55))
"""When the leader sends people to what the team has just picked up."""
LONGEST = timedelta(minutes=285)
"""Kept free for a cleaning when the next one is planned."""


def booked(scene: Scene) -> Script:
    """The service desk books the first slot from tomorrow on for which two people are free, and agrees content and price."""
    visit_at = _free_slot(scene)
    scene.open("file", "service_desk", kind="housekeeping", **call(scene), visit_at=visit_at, requirements="自带工具")
    yield 1
    scene.do("accept", "service_desk")
    yield 2
    scene.do("quote", "service_desk", items=[{"code": code} for code in scene.items])
    yield 2
    scene.do("consent", "service_desk", how="phone")
    scene.more = {"visit_at": visit_at}


def _free_slot(scene: Scene) -> datetime:
    day = scene.at.astimezone(scene.stage.zone).date()
    while True:
        day += timedelta(days=1)
        for slot in SLOTS:
            begins = datetime.combine(day, slot, scene.stage.zone)
            pair = scene.stage.two(begins, LONGEST)
            if pair:
                scene.crew, scene.worker = pair, pair[0]
                return begins


def sent(scene: Scene) -> Script:
    """After the next pick-up the leader sends two people, and the first one has seen it."""
    yield from booked(scene)
    yield until(scene, _next_pick_up(scene), 0)
    scene.do("dispatch", "team_lead", workers=[each.number for each in scene.crew])
    yield scene.later(1, 4.5)
    scene.do("acknowledge", "worker")
    if scene.stage.day_of(scene.more["visit_at"]) > scene.stage.day_of(scene.at):
        scene.do("learn_route", "worker")


def _next_pick_up(scene: Scene) -> datetime:
    local = scene.at.astimezone(scene.stage.zone)
    at = next((each for each in PICKED_UP if each > local.time()), None)
    day = local.date() if at else local.date() + timedelta(days=1)
    return datetime.combine(day, at or PICKED_UP[0], scene.stage.zone)


def done(scene: Scene) -> Script:
    """Both come in time and finish."""
    yield from sent(scene)
    yield until(scene, scene.more["visit_at"], 4)
    scene.do("arrive", "worker")
    yield 4
    scene.do("start", "worker")
    yield scene.later(110, 175)
    scene.do("finish", "worker", summary=scene.came_of_it())
    yield scene.later(2, 6)


def settled(scene: Scene, rating: int = 5, opinion: str = "") -> Script:
    """The resident accepts and pays the business lead; the register is signed."""
    scene.do("sign", "resident", rating=rating, opinion=opinion)
    yield scene.later(4, 12)
    scene.do("collect", "business_lead", on="charge", method="qr")
    yield scene.later(20, 60)
    scene.do("sign_off", "worker")
    yield scene.later(20, 90)
    scene.do("review", "team_lead")


def cleaned(scene: Scene) -> Script:
    """As it should be."""
    yield from done(scene)
    yield from settled(scene, 5, "很干净")


def cleaned_again(scene: Scene) -> Script:
    """The resident finds something; it is done again before anything is signed."""
    yield from done(scene)
    scene.do("object", "resident", items=["厨房灶台", "阳台玻璃"], reason="还有油渍和水痕")
    yield scene.later(20, 35)
    scene.do("rework", "worker", done="已重新清洁")
    yield 4
    yield from settled(scene, 4)


def called_off(scene: Scene) -> Script:
    """The resident calls it off before anybody goes."""
    yield from booked(scene)
    yield 90
    scene.do("cancel", "service_desk", reason="家中临时有事")


def nobody_home(scene: Scene) -> Script:
    """Nobody opens: a slip stays on the door, and the resident calls it off afterwards."""
    yield from sent(scene)
    yield until(scene, scene.more["visit_at"], 2)
    slip = f"L{next(scene.stage.slips):05d}"
    scene.do("absent", "worker", slip=slip)
    yield 45
    scene.do("return_stub", "service_desk", slip=slip)
    yield 60
    scene.do("cancel", "service_desk", reason="业主出差，另行预约")
    yield 3
    scene.do("acknowledge", "worker")


def declined(scene: Scene) -> Script:
    """Not what the team does: the desk says why and what helps instead."""
    scene.content = "高层外窗外侧清洗"
    visit_at = scene.at + timedelta(days=1)
    scene.open("file", "service_desk", kind="housekeeping", **call(scene), visit_at=visit_at, requirements="")
    yield 3
    scene.do("decline", "service_desk", reason="外墙高空作业不在服务范围", offered="已告知有资质的专业公司电话")
