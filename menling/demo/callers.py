"""Orders of the call department: answered, made orders of the office, told back and seen; a few come to nothing."""

from datetime import datetime, time, timedelta

from menling.demo import stories
from menling.demo.rehearsal import Rehearsal, Scene, Script
from menling.demo.stage import Stage
from menling.demo.stories import Story, call
from menling.journal.models import Case

EVERY = 8
"""Days from one order of the call department to the next."""
WANTED = (
    ("厨房角阀关不紧，业主打呼叫中心报修", "水暖", ("W06", "M01")), ("卫生间地漏返水", "疏通", ("W03",)),
    ("客厅插座没电", "电气", ("E03", "M06")), ("阳台移门推不动", "门窗", ("D02",)), ("花洒漏水", "水暖", ("W09",)),
)  # fmt: skip


def placed(scene: Scene, **facts: object) -> None:
    """The call department writes down what the customer wants of the office."""
    said = call(scene)
    scene.open("place", "call_department", kind="call_order", customer=said["reporter"], phone=said["phone"], unit=said["unit"],
               content=scene.content, **facts)  # fmt: skip


def in_hand(scene: Scene) -> Script:
    """The office takes it and makes it an order of its own."""
    placed(scene)
    yield scene.later(4, 6)
    scene.do("accept", "control_centre")
    yield 2
    scene.do("make_order", "control_centre", kind="repair")
    scene.more = {"call": scene.case}
    scene.case = Case.objects.select_related("office").get(parent=scene.case, kind="repair")
    yield 1


def told(scene: Scene) -> Script:
    """Done, paid, asked about: the call department is told."""
    yield from in_hand(scene)
    yield from stories.gone_there(scene)
    yield from stories.priced(scene)
    scene.do("collect", "worker", on="charge", method="qr")
    yield from stories.closed(scene)
    scene.do("verify", "control_centre", result="电话回访，业主确认已修好")


def seen(scene: Scene) -> Script:
    """And has seen it."""
    yield from told(scene)
    yield scene.later(4, 25)
    scene.perform("see", scene.more["call"], scene.actor("call_department"))


def of_two_offices(scene: Scene) -> Script:
    """Two offices are asked at once; the first to accept has it."""
    placed(scene, also=["QY"], urgent=True)
    yield 6
    scene.do("accept", "control_centre")
    yield 5
    scene.do("tell", "control_centre", outcome="not_needed", words="业主已自行关阀，改日再约")
    yield 9
    scene.do("see", "call_department")


def cannot(scene: Scene) -> Script:
    """Nothing the office does: why, and what helps instead."""
    scene.content = "要求改装天然气管道"
    placed(scene)
    yield 11
    scene.do("decline", "control_centre", reason="燃气改装须由燃气公司办理", offered="已告知燃气公司电话并短信发送")
    yield 14
    scene.do("see", "call_department")


def withdrawn(scene: Scene) -> Script:
    """The customer rings again: it is not needed any more."""
    placed(scene)
    yield 7
    scene.do("withdraw", "call_department", reason="客户来电称已修好，不再需要")


def asked_back(scene: Scene) -> Script:
    """The office does not know which home is meant."""
    placed(scene)
    yield 8
    scene.do("ask_back", "control_centre", question="请核实房号：该户登记电话与来电不符")


def to_answer(scene: Scene) -> Script:
    """Nobody of the office has looked yet."""
    placed(scene, urgent=True)
    yield 1


BEHIND: tuple[Story, ...] = (seen, seen, of_two_offices, cannot, seen, withdrawn)
TODAY: tuple[tuple[int, Story], ...] = ((190, told), (41, asked_back), (10, in_hand), (7, to_answer))
"""Minutes ago, and how far it has come."""


def enter_calls(rehearsal: Rehearsal, stage: Stage, days: int) -> None:
    """Enter an order of the call department every few days, and those of this morning."""
    chance = stage.chance.random
    for number, back in enumerate(range(days - 1, 0, -EVERY)):
        day = stage.day_of(rehearsal.now) - timedelta(days=back)
        at = datetime.combine(day, time(9, 20), stage.zone) + timedelta(minutes=chance.randrange(240))
        _enter(rehearsal, stage, BEHIND[number % len(BEHIND)], number, at)
    for number, (ago, story) in enumerate(TODAY):
        _enter(rehearsal, stage, story, number, rehearsal.now - timedelta(minutes=ago))


def _enter(rehearsal: Rehearsal, stage: Stage, story: Story, number: int, at: datetime) -> None:
    content, skill, items = WANTED[number % len(WANTED)]
    scene = Scene(stage, at, stage.chance.random.choice(stage.homes), content, skill, items)
    rehearsal.enter(scene, story(scene))
