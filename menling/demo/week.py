"""A week of work behind today: repairs of every sort, and what an office does each day with slips, fees and cash."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from menling.demo import stories
from menling.demo.estate import RESIDENT_HOME, Home
from menling.demo.rehearsal import Rehearsal, Scene, Script, Stage
from menling.demo.stories import Story
from menling.jobs.register import hand_over
from menling.journal.models import Case
from menling.journal.sweep import sweep
from menling.mail.channels import Recipient
from menling.mail.outbox import deliver_waiting
from menling.premises.models import Staff

DAYS = 7
Fault = tuple[str, str, tuple[str, ...]]
SMALL: tuple[Fault, ...] = (
    ("厨房下水堵塞，水漫到地面", "疏通", ("W01",)), ("卫生间地漏返水有异味", "疏通", ("W03",)),
    ("面盆下水很慢", "疏通", ("W04",)), ("厨房角阀关不紧", "水暖", ("W06", "M01")), ("马桶水箱一直进水", "水暖", ("W08",)),
    ("洗衣机软管漏水", "水暖", ("W07", "M02")), ("客厅插座没电", "电气", ("E03", "M06")),
    ("书房灯管不亮", "电气", ("E01", "M05")),
    ("厨房跳闸，请查线路", "电气", ("E05",)), ("阳台移门推不动", "门窗", ("D02",)), ("卧室窗把手断了", "门窗", ("D03",)),
    ("空气开关发烫要更换", "电气", ("E04", "M07")), ("挂画打孔四个，先打两个", "五金", ("D05",)), ("花洒漏水", "水暖", ("W09",)),
)  # fmt: skip
LARGE: tuple[Fault, ...] = (
    ("马桶堵死", "疏通", ("W02",)), ("入户门锁坏了，换锁芯", "五金", ("D01", "M08")),
    ("厨房龙头坏，换混合龙头", "水暖", ("W05", "M04")), ("安装电热水器", "家电", ("W10",)),
)  # fmt: skip
FREE: tuple[Fault, ...] = (
    ("可视对讲没有图像", "弱电", ()), ("入户门关不严，质保期内", "门窗", ()), ("窗户密封条脱落，质保期内", "门窗", ()),
    ("水表后阀门渗水", "水暖", ()), ("门禁卡刷不开", "弱电", ()),
)  # fmt: skip
MIX: tuple[tuple[Story, tuple[Fault, ...], int], ...] = (
    (stories.paid_in_cash, SMALL, 14), (stories.paid_by_code, SMALL, 5), (stories.paid_to_the_lead, LARGE, 4),
    (stories.free_of_charge, FREE, 5), (stories.late_at_the_door, SMALL, 3), (stories.late_and_said_so, SMALL, 1),
    (stories.booked, SMALL, 2), (stories.nobody_home, FREE, 1), (stories.cancelled, SMALL, 2), (stories.declined, FREE, 1),
    (stories.attested, FREE, 1), (stories.put_right, SMALL, 1), (stories.by_radio, FREE, 1), (stories.continued, FREE, 1),
    (stories.material_bought, FREE, 1),
)  # fmt: skip


class Quiet:
    """The channel of the week behind us: its messages went out long ago."""

    def send(self, to: Sequence[Recipient], text: str) -> None:
        """Say nothing."""


def enter_week(rehearsal: Rehearsal, stage: Stage, share: int = 1) -> None:
    """Enter the repairs of the days before today; `share` 6 takes one of six."""
    chance = stage.chance.random
    plan = [(story, chance.choice(faults)) for story, faults, times in MIX for _each in range(times)]
    chance.shuffle(plan)
    for number, (story, fault) in enumerate(plan[::share]):
        day = _today(stage, rehearsal.now) - timedelta(days=1 + number % DAYS)
        hour = (
            time(18, 35)
            if number == DAYS and story is stories.paid_in_cash
            else time(8 + chance.randrange(6), chance.randrange(60))
        )
        home = chance.choice(stage.homes)
        _enter(rehearsal, stage, story, fault, home, datetime.combine(day, hour, stage.zone))


def enter_set_pieces(rehearsal: Rehearsal, stage: Stage) -> None:
    """Enter a repair of the resident's own home, and one of an evening, whose cash stays overnight."""
    own = next(home for home in stage.homes if home.unit.code == RESIDENT_HOME)
    today = _today(stage, rehearsal.now)
    for back, clock, home in ((3, time(9, 12), own), (2, time(18, 35), stage.homes[-1])):
        at = datetime.combine(today - timedelta(days=back), clock, stage.zone)
        _enter(rehearsal, stage, stories.paid_in_cash, SMALL[4], home, at)


def enter_this_morning(rehearsal: Rehearsal, stage: Stage, orders: int) -> None:
    """Enter what was done already today: reported one to four hours ago."""
    for number in range(orders):
        story = (stories.paid_in_cash, stories.paid_by_code, stories.free_of_charge)[number % 3]
        fault = FREE[number % len(FREE)] if story is stories.free_of_charge else SMALL[number * 5 % len(SMALL)]
        home = _home(stage)
        _enter(rehearsal, stage, story, fault, home, rehearsal.now - timedelta(minutes=235 - number * 29))


def _home(stage: Stage) -> Home:
    """Draw a home; the resident's own has stories of its own."""
    return stage.chance.random.choice([home for home in stage.homes if home.unit.code != RESIDENT_HOME])


def _enter(rehearsal: Rehearsal, stage: Stage, story: Story, fault: Fault, home: Home, at: datetime) -> None:
    content, skill, items = fault
    scene = Scene(stage, at, home, content, skill, items)
    rehearsal.enter(scene, story(scene))


def enter_office_days(rehearsal: Rehearsal, stage: Stage) -> None:
    """Enter what an office does each day, from a week ago until today."""
    for back in range(DAYS + 1):
        day = _today(stage, rehearsal.now) - timedelta(days=back)
        scene = Scene(stage, datetime.combine(day, time(8, 5), stage.zone))
        rehearsal.enter(scene, _office_day(scene, day))


def enter_clockwork(rehearsal: Rehearsal, stage: Stage) -> None:
    """Enter what the jobs do: promises break, messages go out, the register is handed over, every three hours."""
    begin = datetime.combine(_today(stage, rehearsal.now) - timedelta(days=DAYS), time(2), stage.zone)
    scene = Scene(stage, begin)
    rehearsal.enter(scene, _clockwork(scene))


def _clockwork(scene: Scene) -> Script:
    while True:
        tick(scene.at)
        yield 180


def tick(at: datetime) -> None:
    """Do what the jobs do, for an instant."""
    sweep(at)
    hand_over(at)
    deliver_waiting(at, Quiet())


def _office_day(scene: Scene, day: date) -> Script:
    """Cash of the evening before, settlements, filing, cash of the day."""
    _hand_over_cash(scene)
    yield 205
    _settle(scene)
    yield 320
    _settle(scene)
    yield 10
    for case in _open(scene, "repair", "completed"):
        scene.perform("archive", case, scene.actor("service_desk"))
    yield 30
    _hand_over_cash(scene)


def _settle(scene: Scene) -> None:
    for case in _open(scene, "settlement", "open"):
        if case.parent is not None and case.parent.status in {"completed", "archived"}:
            scene.perform("settle", case, scene.actor("finance"))


def _hand_over_cash(scene: Scene) -> None:
    for case in _open(scene, "handover", "open"):
        holder = Staff.objects.get(pk=case.assignee_id or 0)
        scene.perform("hand_over", case, scene.stage.actor_of(holder, scene.at))
        scene.perform("receive", case, scene.actor("finance"))


def _open(scene: Scene, kind: str, status: str) -> Iterator[Case]:
    return iter(
        Case.objects.filter(office=scene.stage.office, kind=kind, status=status).select_related("office", "parent").order_by("pk")
    )


def _today(stage: Stage, now: datetime) -> date:
    return now.astimezone(stage.zone).date()
