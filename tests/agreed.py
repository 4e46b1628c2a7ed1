"""Short words for agreements in tests: drawn up, sent, signed by the manager, in force; and facts for their steps."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from menling.agreements.days import coming
from menling.agreements.models import Agreement, AgreementDay
from menling.doorway.showing import loaded
from menling.journal.models import Case
from menling.kernel.calendars import OfficeCalendar
from menling.procedures.agreement_rules import renewal_day
from tests.office import World

Facts = dict[str, Any]

ASKED = {
    "unit": "3-2-1201", "customer": "王芳", "phone": "13800138000", "content": "客厅、厨房、卫生间日常保洁",
    "scope": "全屋 90 平方米",
    "target": "住宅", "requirements": "用业主的清洁用品", "weekdays": [1, 4], "clock": "09:00", "price": "160",
}  # fmt: skip
ZONE = OfficeCalendar().zone


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """Return a time on the clock of the office."""
    return datetime(year, month, day, hour, minute, tzinfo=ZONE)


def today(world: World) -> date:
    """Return the day it is at the office."""
    return world.now.astimezone(ZONE).date()


def asked(world: World, **facts: Any) -> Facts:
    """Return the facts of an agreement from tomorrow on for three months, twice a week."""
    begin = today(world) + timedelta(days=1)
    return ASKED | {"begin": begin, "until": begin + timedelta(days=91), "workers": [world.staff["housekeeper"].number]} | facts


def drafted(world: World, who: str = "service_desk", **facts: Any) -> Case:
    """Return an agreement that is being drawn up."""
    answer = world.answer("draft", None, who, kind="agreement", **asked(world, **facts))
    return Case.objects.get(number=answer.body["number"])


def submitted(world: World, **facts: Any) -> Case:
    """Return an agreement the manager has to sign."""
    return world.do(drafted(world, **facts), "submit", "service_desk", capacity=True)


def to_sign(world: World, **facts: Any) -> Case:
    """Return an agreement the resident has to sign."""
    return world.do(submitted(world, **facts), "sign_office", "office_manager")


def in_force(world: World, **facts: Any) -> Case:
    """Return an agreement both sides have signed."""
    return world.do(to_sign(world, **facts), "sign", "customer")


def row(case: Case) -> Agreement:
    """Return the detail of an agreement with its figures."""
    found: Agreement = loaded(case)
    return found


def next_day(world: World, case: Case) -> Facts:
    """Return the next day of a visit that was not touched, still to come."""
    found = row(case)
    touched = set(found.days.values_list("day", flat=True))
    free = [day for day in coming(found, world.now, 40) if day not in touched
            and datetime.combine(day, found.clock, ZONE) > world.now + timedelta(hours=2)]  # fmt: skip
    return {"day": free[0]} if free else {"day": today(world)}


def moved_day(world: World, case: Case, rng: Random) -> Facts:
    """Return a visit and another time for it."""
    found = next_day(world, case)
    later = datetime.combine(found["day"], time(14), ZONE) + timedelta(days=rng.randrange(1, 3))
    return found | {"visit_at": max(later, world.now + timedelta(hours=3)), "reason": "业主外出", "asked_by": "resident"}


def missed_day(world: World, case: Case) -> Facts:
    """Let the time of a visit pass for which nothing was filed."""
    found = row(case)
    world.now = max(world.now, datetime.combine(next_day(world, case)["day"], found.clock, ZONE))
    return {}


def order_of(case: Case, day: date) -> Case:
    """Return the order of a visit."""
    found = AgreementDay.objects.select_related("order").get(agreement_id=case.pk, day=day).order
    assert found is not None
    return found


def over(world: World, case: Case) -> Facts:
    """Let the last day of an agreement pass."""
    found = row(case)
    end = datetime.combine(found.last_day + timedelta(days=1), time(6), ZONE)
    world.now = max(world.now, end)
    return {}


def to_ask(world: World, case: Case) -> Facts:
    """Let the day come on which the customer is asked about a renewal."""
    found = row(case)
    world.now = max(world.now, datetime.combine(renewal_day(found.until, found.policy), time(6), ZONE))
    return {}


def hour_of_its_own(world: World) -> Facts:
    """Return facts of an agreement at an hour no other has: people are promised to one home at a time."""
    taken = Agreement.objects.count()
    clock = time(7 + taken // 4 % 15, 15 * (taken % 4))
    return asked(world, clock=clock.isoformat(), minutes=15, weekdays=[1 + taken // 60 % 7])


FACTS: dict[tuple[str, str], Callable[[World, Case, Random], Facts]] = {
    ("agreement", "assign"): lambda world, case, rng: {"workers": [world.staff["housekeeper_2"].number], "reason": "换人"},
    ("agreement", "change"): lambda world, case, rng: {"scope": "厨房、卫生间"},
    ("agreement", "end"): lambda world, case, rng: over(world, case),
    ("agreement", "lay_out"): lambda world, case, rng: next_day(world, case),
    ("agreement", "miss"): lambda world, case, rng: missed_day(world, case),
    ("agreement", "move"): moved_day,
    ("agreement", "remind"): lambda world, case, rng: to_ask(world, case),
    ("agreement", "skip"): lambda world, case, rng: next_day(world, case) | {"reason": "业主外出"},
    ("agreement", "stop"): lambda world, case, rng: {
        "stop_on": row(case).until, "reason": "搬家", "asked_by": "resident",
    },
    ("agreement", "submit"): lambda world, case, rng: {"capacity": True},
}  # fmt: skip
"""Facts that let a step pass, where plain ones would not."""

OPENINGS: dict[str, tuple[str, str, Callable[[World, Random], Facts]]] = {
    "agreement": ("draft", "service_desk", lambda world, rng: hour_of_its_own(world)),
}
"""How a case of a kind is filed: verb, by whom, facts."""
