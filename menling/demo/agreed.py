"""Agreements: one lived by each week, one about to end, one waiting for the manager, one for the resident."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import QuerySet

from menling.demo.cleaning import LONGEST, settled
from menling.demo.rehearsal import Rehearsal, Scene, Script
from menling.demo.stage import Stage
from menling.demo.stories import call, until
from menling.journal.models import Case
from menling.procedures.housekeeping import SENT

DRAWN_UP = time(10, 20)
SIGNED = ("manager", "resident")
WINDOWS = "擦窗"


@dataclass(frozen=True)
class Terms:
    """What is agreed: drawn up at this share of the days behind, how long it runs from today, when, what, for how much."""

    share: float
    runs_on: int
    weekday: int
    every_weeks: int
    clock: time
    content: str
    target: str
    price: str
    signed: tuple[str, ...] = SIGNED


LIVED_BY = Terms(0.9, 280, 2, 1, time(9, 0), "每周两人三小时日常保洁：客厅、卧室、厨卫", "三口之家，有老人", "240.00")
ENDING = Terms(0.95, 14, 5, 2, time(14, 0), "隔周擦窗及阳台玻璃", "独居业主，出差较多", "160.00")
WITH_MANAGER = Terms(0, 180, 4, 1, time(14, 0), "每周厨房去油与地面清洁", "双职工家庭", "120.00", ())
UNSIGNED = Terms(0.02, 90, 3, 2, time(14, 0), "隔周全屋保洁", "租户，已获业主同意", "240.00", ("manager",))


def enter_agreements(rehearsal: Rehearsal, stage: Stage, days: int) -> None:
    """Enter the agreements, and how their visits are made each day."""
    today = stage.day_of(rehearsal.now)
    homes = iter(stage.chance.random.sample(stage.homes, 4))
    for terms in (LIVED_BY, ENDING, UNSIGNED):
        drawn = datetime.combine(today - timedelta(days=max(round(days * terms.share), 1)), DRAWN_UP, stage.zone)
        _enter(rehearsal, stage, Scene(stage, drawn, next(homes), terms.content), terms)
    _enter(rehearsal, stage, Scene(stage, rehearsal.now - timedelta(minutes=45), next(homes), WITH_MANAGER.content), WITH_MANAGER)
    for back in range(days, -1, -1):
        scene = Scene(stage, datetime.combine(today - timedelta(days=back), time(8, 35), stage.zone))
        rehearsal.enter(scene, _visits(rehearsal, scene))


def _enter(rehearsal: Rehearsal, stage: Stage, scene: Scene, terms: Terms) -> None:
    begin = stage.day_of(scene.at) + timedelta(days=2)
    until_day = stage.day_of(rehearsal.now) + timedelta(days=terms.runs_on)
    if "resident" in terms.signed:
        _keep_free(stage, terms, begin, min(until_day, stage.day_of(rehearsal.now) + timedelta(days=21)))
    rehearsal.enter(scene, _drawn_up(scene, terms, begin, until_day))


def _keep_free(stage: Stage, terms: Terms, begin: date, last: date) -> None:
    """Keep the two who are named free on every day of a visit."""
    for day in (begin + timedelta(days=count) for count in range((last - begin).days + 1)):
        if day.isoweekday() == terms.weekday:
            for each in stage.staff["housekeeper"][:2]:
                stage.keep(each, datetime.combine(day, terms.clock, stage.zone), LONGEST)


def _drawn_up(scene: Scene, terms: Terms, begin: date, last: date) -> Script:
    said = call(scene)
    scene.open(
        "draft", "service_desk", kind="agreement", unit=said["unit"], customer=said["reporter"], phone=said["phone"],
        content=terms.content, begin=begin, until=last, clock=terms.clock, scope="套内全部房间，不含外窗外侧",
        target=terms.target, requirements="自带工具与清洁剂，钥匙不代管", weekdays=[terms.weekday],
        every_weeks=terms.every_weeks, minutes=180, price=Decimal(terms.price), per="visit",
        workers=[each.number for each in scene.stage.staff["housekeeper"][:2]],
    )  # fmt: skip
    yield 15
    scene.do("submit", "service_desk", capacity=True)
    if "manager" in terms.signed:
        yield 190
        scene.do("sign_office", "office_manager")
    if "resident" in terms.signed:
        yield 130
        scene.do("sign", "resident")


def _visits(rehearsal: Rehearsal, scene: Scene) -> Script:
    """See tomorrow's visits of agreements, and let those of the day take place."""
    for case in _on(scene, 1).filter(status="dispatched"):
        assert case.order.worker is not None
        for verb in ("acknowledge", "learn_route"):
            scene.perform(verb, case, scene.stage.actor_of(case.order.worker, scene.at))
    for case in _on(scene, 0):
        home = next(each for each in scene.stage.homes if each.unit.pk == case.unit_id)
        items = ("C02",) if WINDOWS in case.order.content else ("C01",)
        visit = Scene(scene.stage, scene.at, home, case.order.content, "保洁", items, case, case.order.worker)
        visit.more = {"visit_at": case.order.visit_at}
        rehearsal.enter(visit, _made(visit))
    yield 1


def _on(scene: Scene, ahead: int) -> QuerySet[Case]:
    begin = datetime.combine(scene.stage.day_of(scene.at) + timedelta(days=ahead), time.min, scene.stage.zone)
    rows = Case.objects.filter(office=scene.stage.office, kind="housekeeping", status__in=SENT, agreement_day__isnull=False,
                               order__visit_at__gte=begin, order__visit_at__lt=begin + timedelta(days=1))  # fmt: skip
    return rows.select_related("office", "order__worker").order_by("pk")


def _made(scene: Scene) -> Script:
    """Both come at the hour, clean, the resident signs and pays."""
    yield until(scene, scene.more["visit_at"], 4)
    scene.do("arrive", "worker")
    yield 4
    scene.do("start", "worker")
    yield scene.later(110, 170)
    scene.do("finish", "worker", summary=scene.came_of_it())
    yield scene.later(2, 6)
    yield from settled(scene, 5, "一直是这两位，很放心")
