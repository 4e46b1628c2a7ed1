"""What goes wrong or otherwise than planned: moved, given to somebody else, questioned, not paid, at night."""

from datetime import datetime, time, timedelta

from menling.demo.rehearsal import Scene, Script
from menling.demo.stories import at_home, closed, dispatched, filed, finished, priced, until

MORNING = time(9, 30)


def _visited_then(scene: Scene, visit_at: datetime) -> Script:
    """Somebody is sent for an agreed hour, comes in time and is paid."""
    yield from dispatched(scene, visit_at=visit_at)
    yield 2
    scene.do("acknowledge", "worker")
    if scene.stage.day_of(visit_at) > scene.stage.day_of(scene.at):
        scene.do("learn_route", "worker")
    yield until(scene, visit_at, 4)
    scene.do("arrive", "worker")
    yield from priced(scene)
    scene.do("collect", "worker", on="charge", method="qr")
    yield from closed(scene)


def _next_morning(scene: Scene) -> datetime:
    """Return half past nine of the coming morning: today's when the call came after midnight."""
    local = scene.at.astimezone(scene.stage.zone)
    day = local.date() + timedelta(days=0 if local.hour < 7 else 1)
    return datetime.combine(day, MORNING, scene.stage.zone)


def moved_by_the_resident(scene: Scene) -> Script:
    """The resident asks for the next morning instead, before anybody was sent."""
    scene.more = {"visit_at": scene.at + timedelta(minutes=120)}
    filed(scene)
    yield 1
    scene.do("accept", "control_centre")
    yield 25
    visit_at = _next_morning(scene)
    scene.do("move", "control_centre", visit_at=visit_at, reason="业主临时有事，改约", asked_by="resident")
    yield 2
    yield from _visited_then(scene, visit_at)


def left_for_the_morning(scene: Scene) -> Script:
    """A call at night that can wait: a visit is agreed for the morning."""
    visit_at = _next_morning(scene) + timedelta(minutes=scene.stage.chance.random.randrange(0, 120, 15))
    scene.more = {"visit_at": visit_at}
    filed(scene)
    yield 2
    scene.do("accept", "control_centre")
    yield 2
    yield from _visited_then(scene, visit_at)


def emergency_at_night(scene: Scene) -> Script:
    """Water in the corridor at three in the morning: whoever is on call goes at once, free of charge."""
    scene.more = {"urgency": "emergency"}
    filed(scene, accept=True)
    yield 1
    yield from dispatched(scene)
    yield 1
    scene.do("acknowledge", "worker")
    yield scene.later(5, 14)
    scene.do("arrive", "worker")
    scene.do("start", "worker")
    yield scene.later(20, 45)
    yield from finished(scene)
    scene.do("check_off", "control_centre", duty="departments", informed="工程部值班")
    scene.do("check_off", "control_centre", duty="authorities", needed=False, reason="无人员和公共设施受损")
    yield from closed(scene, 5, "半夜赶来，非常感谢")


def given_to_a_colleague(scene: Scene) -> Script:
    """The worker is held up: somebody else goes."""
    yield from dispatched_and_known(scene)
    first = scene.worker
    second = scene.stage.send(scene.at, scene.skill)
    if first is not None and second is not None:
        scene.do("reassign", "control_centre", worker=second.number, reason="上一户抢修未完")
        scene.stage.back(first, scene.at)
        scene.worker = second
        yield 1
        scene.do("acknowledge", "worker")
    yield scene.later(4, 8)
    scene.do("arrive", "worker")
    yield from priced(scene)
    scene.do("collect", "worker", on="charge", method="qr")
    yield from closed(scene, 4)


def dispatched_and_known(scene: Scene) -> Script:
    """From the call to the slip, acknowledged."""
    filed(scene)
    yield 1
    scene.do("accept", "control_centre")
    yield from dispatched(scene)
    yield 1.5
    scene.do("acknowledge", "worker")
    yield 1


def fee_explained(scene: Scene) -> Script:
    """The resident asks why it costs that much before paying; the service desk explains."""
    yield from at_home(scene)
    yield from priced(scene)
    scene.do("query_fee", "resident", on="charge", question="上次只收了五十元，为什么这次贵？")
    yield 12
    scene.do("confirm_fee", "service_desk", on="charge", explained="按公示价目表，含材料一件")
    yield 3
    scene.do("collect", "worker", on="charge", method="cash")
    yield from closed(scene, 4)


def fee_disputed(scene: Scene) -> Script:
    """The resident paid and calls afterwards; the service desk talks it over the same afternoon."""
    yield from at_home(scene)
    yield from priced(scene)
    scene.do("collect", "worker", on="charge", method="qr")
    yield from closed(scene, 2, "价格偏高")
    yield 30
    scene.do("query_fee", "resident", on="charge", question="邻居同样的修理收得少，请核对")
    yield 95
    scene.do("confirm_fee", "service_desk", on="charge", explained="两户所用材料不同，已出示价目表")


def paid_too_little(scene: Scene) -> Script:
    """The resident has no more cash in the house: the rest is written off with its reason and who answers for it."""
    yield from at_home(scene)
    yield from priced(scene)
    manager = scene.stage.staff["office_manager"][0].name
    short = scene.stage.chance.random.randrange(1, 9)
    scene.do("collect", "worker", on="charge", method="cash", amount=scene.due() - short,
             shortfall_reason="业主现金不足，经主管同意减免", responsible=manager)  # fmt: skip
    yield from closed(scene, 4)


def paid_days_later(scene: Scene) -> Script:
    """Nobody with money at home: the business lead collects days afterwards."""
    yield from at_home(scene)
    yield from priced(scene)
    yield from closed(scene, 5)
    yield 60 * 24 * scene.stage.chance.random.randrange(1, 5)
    scene.do("collect", "business_lead", on="charge", method="qr")


def never_paid(scene: Scene) -> Script:
    """Done, signed and not paid to this day."""
    yield from at_home(scene)
    yield from priced(scene)
    yield from closed(scene, 3, "费用待与租客协商")
