"""The days behind today: repairs and cleaning of every sort, drawn in the rhythm of a real week, and every kind of trouble."""

from datetime import date, datetime, time, timedelta

from menling.demo import cleaning, stories, troubles
from menling.demo.estate import RESIDENT_HOME, Home
from menling.demo.rehearsal import Rehearsal, Scene
from menling.demo.rhythm import arrivals
from menling.demo.stage import Stage
from menling.demo.stories import Story
from menling.kernel.roles import Role

Fault = tuple[str, str, tuple[str, ...]]
SMALL: tuple[Fault, ...] = (
    ("厨房下水堵塞，水漫到地面", "疏通", ("W01",)), ("卫生间地漏返水有异味", "疏通", ("W03",)),
    ("面盆下水很慢", "疏通", ("W04",)), ("厨房角阀关不紧", "水暖", ("W06", "M01")), ("马桶水箱一直进水", "水暖", ("W08",)),
    ("洗衣机软管漏水", "水暖", ("W07", "M02")), ("客厅插座没电", "电气", ("E03", "M06")),
    ("书房灯管不亮", "电气", ("E01", "M05")), ("阳台玻璃胶发霉，重新打胶两米", "五金", ("D06", "D06")),
    ("厨房跳闸，请查线路", "电气", ("E05",)), ("阳台移门推不动", "门窗", ("D02",)), ("卧室窗把手断了", "门窗", ("D03",)),
    ("空气开关发烫要更换", "电气", ("E04", "M07")), ("挂画打孔四个，先打两个", "五金", ("D05",)), ("花洒漏水", "水暖", ("W09",)),
    ("信箱锁打不开，换锁", "五金", ("D07",)), ("客厅吊灯要安装", "电气", ("E07",)), ("浴缸下水很慢", "疏通", ("W11",)),
)  # fmt: skip
LARGE: tuple[Fault, ...] = (
    ("马桶堵死", "疏通", ("W02",)), ("入户门锁坏了，换锁芯", "五金", ("D01", "M08")),
    ("厨房龙头坏，换混合龙头", "水暖", ("W05", "M04")), ("安装电热水器", "家电", ("W10",)),
)  # fmt: skip
FREE: tuple[Fault, ...] = (
    ("可视对讲没有图像", "弱电", ()), ("入户门关不严，质保期内", "门窗", ()), ("窗户密封条脱落，质保期内", "门窗", ()),
    ("水表后阀门渗水", "水暖", ()), ("门禁卡刷不开", "弱电", ()),
)  # fmt: skip
BURST: tuple[Fault, ...] = (
    ("水管爆裂，水已流到走廊", "水暖", ()), ("厨房冒烟有焦味，已拉闸", "电气", ()), ("卫生间顶上大量漏水", "水暖", ()),
    ("反锁在门外，孩子在屋里", "五金", ()),
)  # fmt: skip
CLEANING: tuple[Fault, ...] = (
    ("全屋日常保洁", "保洁", ("C01",)), ("擦窗和阳台玻璃", "保洁", ("C02",)), ("厨房油污重，去油保洁", "保洁", ("C03",)),
    ("客厅地毯清洗", "保洁", ("C04",)), ("保洁加擦窗", "保洁", ("C01", "C02")),
    ("油烟机滴油，拆洗", "保洁", ("C06",)), ("三人沙发清洗", "保洁", ("C08", "C08", "C08")),
)  # fmt: skip
Mix = tuple[tuple[Story, tuple[Fault, ...], int], ...]
BY_DAY: Mix = (
    (stories.paid_in_cash, SMALL, 28), (stories.paid_by_code, SMALL, 12), (stories.paid_to_the_lead, LARGE, 8),
    (stories.free_of_charge, FREE, 12), (stories.late_at_the_door, SMALL, 5), (stories.late_and_said_so, SMALL, 3),
    (stories.booked, SMALL, 6), (stories.nobody_home, FREE, 3), (stories.cancelled, SMALL, 4), (stories.declined, FREE, 2),
    (stories.attested, FREE, 2), (stories.put_right, SMALL, 3), (stories.by_radio, FREE, 2), (stories.continued, FREE, 2),
    (stories.material_bought, FREE, 2), (troubles.moved_by_the_resident, SMALL, 3), (troubles.given_to_a_colleague, SMALL, 1),
    (troubles.fee_explained, SMALL, 2), (troubles.fee_disputed, SMALL, 1), (troubles.paid_too_little, SMALL, 1),
    (troubles.paid_days_later, SMALL, 2), (troubles.never_paid, SMALL, 1),
    (cleaning.cleaned, CLEANING, 46), (cleaning.cleaned_again, CLEANING, 5), (cleaning.called_off, CLEANING, 3),
    (cleaning.nobody_home, CLEANING, 1), (cleaning.declined, CLEANING, 1),
)  # fmt: skip
BY_NIGHT: Mix = ((troubles.emergency_at_night, BURST, 1), (troubles.left_for_the_morning, SMALL, 2))
"""Story, what it is about, and how often it is drawn beside the others."""
SUNDAY, BY_DAYLIGHT = 7, range(8, 18)
YESTERDAY = 8
"""So many calls the day before the demonstration has at least."""
NIGHT_BEGINS, NIGHT_ENDS = 21, 7
"""Hours of the day between which nobody calls for what can wait."""


def enter_history(rehearsal: Rehearsal, stage: Stage, days: int, orders: int) -> None:
    """Enter `orders` orders of the `days` before today. The first ones of a day go through every story in turn.

    A counter nobody sits at by night or on Sundays hears nothing then; an office without housekeepers is asked for none.
    """
    chance = stage.chance.random
    behind = [stage.day_of(rehearsal.now) - timedelta(days=back) for back in range(days, 0, -1)]
    calls = arrivals([day for day in behind if stage.watched or day.isoweekday() != SUNDAY], orders, stage.zone, chance,
                     range(24) if stage.watched else BY_DAYLIGHT)  # fmt: skip
    calls = sorted(calls + _more_of_yesterday(stage, behind[-1], calls)) if stage.watched and behind else calls
    by_night = [at.hour >= NIGHT_BEGINS or at.hour < NIGHT_ENDS for at in calls]
    by_day = BY_DAY if stage.staff[Role.HOUSEKEEPER] else tuple(each for each in BY_DAY if each[1] is not CLEANING)
    plans = {True: _drawn(stage, BY_NIGHT, sum(by_night)), False: _drawn(stage, by_day, len(calls) - sum(by_night))}
    homes = _homes(stage)
    for at, night in zip(calls, by_night, strict=True):
        story, faults = plans[night].pop()
        _enter(rehearsal, stage, story, chance.choice(faults), chance.choice(homes), at)


def _more_of_yesterday(stage: Stage, yesterday: date, calls: list[datetime]) -> list[datetime]:
    """Return the calls that make the day before the demonstration busy enough to be looked back at, a quiet Sunday too."""
    there = sum(stage.day_of(at) == yesterday for at in calls)
    return arrivals([yesterday], max(0, YESTERDAY - there), stage.zone, stage.chance.random, BY_DAYLIGHT)


def _drawn(stage: Stage, mix: Mix, count: int) -> list[tuple[Story, tuple[Fault, ...]]]:
    """Draw stories in their shares; each at least once where there are as many calls as stories."""
    chance = stage.chance.random
    drawn = [(story, faults) for story, faults, _share in mix][:count]
    more = chance.choices([(story, faults) for story, faults, _share in mix], [share for _, _, share in mix],
                          k=count - len(drawn))  # fmt: skip
    plan = drawn + more
    chance.shuffle(plan)
    return plan


def enter_set_pieces(rehearsal: Rehearsal, stage: Stage) -> None:
    """Enter a repair of the resident's own home, one of an evening, whose cash stays overnight, and a cleaning done again."""
    own = next(home for home in stage.homes if home.unit.code == RESIDENT_HOME)
    for back, clock, home in ((3, time(9, 12), own), (2, time(18, 35), stage.homes[-1])):
        at = datetime.combine(_back(stage, rehearsal, back), clock, stage.zone)
        _enter(rehearsal, stage, stories.paid_in_cash, SMALL[4], home, at)
    at = datetime.combine(_back(stage, rehearsal, 4), time(9, 40), stage.zone)
    _enter(rehearsal, stage, cleaning.cleaned_again, CLEANING[2], stage.homes[-2], at)


def _back(stage: Stage, rehearsal: Rehearsal, days: int) -> date:
    return stage.day_of(rehearsal.now) - timedelta(days=days)


def enter_this_morning(rehearsal: Rehearsal, stage: Stage, orders: int) -> None:
    """Enter what was done already today: reported one to four hours ago."""
    homes = _homes(stage)
    for number in range(orders):
        story = (stories.paid_in_cash, stories.paid_by_code, stories.free_of_charge)[number % 3]
        fault = FREE[number % len(FREE)] if story is stories.free_of_charge else SMALL[number * 5 % len(SMALL)]
        at = rehearsal.now - timedelta(minutes=235 - number * 29)
        _enter(rehearsal, stage, story, fault, stage.chance.random.choice(homes), at)


def _homes(stage: Stage) -> list[Home]:
    """Return the homes to draw from; the resident's own has stories of its own."""
    return [home for home in stage.homes if home.unit.code != RESIDENT_HOME]


def _enter(rehearsal: Rehearsal, stage: Stage, story: Story, fault: Fault, home: Home, at: datetime) -> None:
    content, skill, items = fault
    scene = Scene(stage, at, home, content, skill, items)
    rehearsal.enter(scene, story(scene))
