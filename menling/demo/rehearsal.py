"""The stage of the demonstration: invented people take real steps, each at its true time, in the order of time."""

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from menling.demo.chance import Chance
from menling.demo.estate import Home
from menling.journal.facts import read_facts
from menling.journal.models import Case
from menling.journal.when import When
from menling.kernel.actor import Actor
from menling.kernel.roles import Role
from menling.kinds import KINDS
from menling.money.models import Charge
from menling.premises.actors import resident_actor, staff_actor
from menling.premises.models import Office, Shift, Staff
from menling.reactions import perform

TRIP = timedelta(minutes=60)
"""Kept free for a visit when the next one is planned."""

Script = Iterator[float]
"""What happens, pausing for so many minutes."""


class Stage:
    """One office with its people, and who of the crew is out when."""

    def __init__(self, office: Office, staff: Iterable[Staff], homes: list[Home], chance: Chance) -> None:
        self.office, self.homes, self.chance = office, homes, chance
        self.zone = ZoneInfo(office.zone)
        self.staff: dict[str, list[Staff]] = defaultdict(list)
        for each in staff:
            for post in each.posts.all():
                self.staff[post.role].append(each)
        self.shifts: dict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
        for key, begin, end in Shift.objects.filter(office=office).values_list("staff_id", "starts_at", "ends_at"):
            self.shifts[key].append((begin, end))
        self.out: dict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
        self.keys, self.slips, self.actors = count(1), count(1), dict[int, Actor]()

    def actor(self, who: str, at: datetime) -> Actor:
        """Return whoever does the work of a role then: of several the one on shift."""
        crew = self.staff[who]
        return self.actor_of(next((each for each in crew if self.on_shift(each, at)), crew[0]), at)

    def actor_of(self, staff: Staff, at: datetime) -> Actor:
        """Return a member of staff as actor."""
        if staff.pk not in self.actors:
            self.actors[staff.pk] = staff_actor(staff, at.date())
        return self.actors[staff.pk]

    def on_shift(self, staff: Staff, at: datetime) -> bool:
        """Tell whether somebody is on the roster then."""
        return any(begin <= at < end for begin, end in self.shifts[staff.pk])

    def send(self, begins: datetime, skill: str) -> Staff | None:
        """Choose a worker who is free for a visit, on shift and skilled if possible, and note the trip; None: nobody is."""
        free = [each for each in self.staff[Role.REPAIR_WORKER] if self._is_free(each, begins)]
        free.sort(key=lambda each: (not self.on_shift(each, begins), skill not in _skills(each), len(self.out[each.pk]), each.pk))
        if not free:
            return None
        self.out[free[0].pk].append((begins, begins + TRIP))
        return free[0]

    def two(self, begins: datetime, lasts: timedelta) -> list[Staff]:
        """Choose two housekeepers who are free for so long, and note it; none when there are no two."""
        free = [each for each in self.staff[Role.HOUSEKEEPER] if self._is_free(each, begins, lasts)][:2]
        if len(free) < 2:
            return []
        for each in free:
            self.out[each.pk].append((begins, begins + lasts))
        return free

    def put_off(self, staff: Staff, at: datetime, wanted: datetime) -> datetime:
        """Give up the trip under way and note another for the first free time from `wanted` on, which is returned."""
        self.back(staff, at)
        while not self._is_free(staff, wanted):
            wanted += timedelta(minutes=10)
        self.out[staff.pk].append((wanted, wanted + TRIP))
        return wanted

    def _is_free(self, staff: Staff, begins: datetime, lasts: timedelta = TRIP) -> bool:
        return all(end <= begins or begins + lasts <= start for start, end in self.out[staff.pk])

    def back(self, staff: Staff, at: datetime) -> None:
        """Note that a trip is over: whatever was kept free around `at` is free again."""
        self.out[staff.pk] = [(start, min(end, at) if start <= at else end) for start, end in self.out[staff.pk]]


def _skills(staff: Staff) -> set[str]:
    return {skill.name for skill in staff.skills.all()}


@dataclass
class Scene:
    """One order on the stage: where, what about, and what time it is."""

    stage: Stage
    at: datetime
    home: Home | None = None
    content: str = ""
    skill: str = ""
    items: tuple[str, ...] = ()
    case: Case | None = None
    worker: Staff | None = None
    crew: list[Staff] = field(default_factory=list)
    more: dict[str, Any] = field(default_factory=dict)

    def do(self, verb: str, who: str, *, on: str = "repair", radio: bool = False, **facts: Any) -> None:
        """Let somebody take a step of the order or, with `on`, of its charge; `radio`: the desk writes it down."""
        assert self.case is not None
        case = self.case if on == "repair" else self.case.children.filter(kind=on).latest("pk")
        by = self.actor(who)
        self.perform(verb, case, by.recorded_by(self.actor("control_centre"), "radio") if radio else by, **facts)
        if verb in ENDS_A_TRIP and self.worker:
            self.stage.back(self.worker, self.at)

    def open(self, verb: str, who: str, *, kind: str = "repair", **facts: Any) -> None:
        """Let somebody open a case: an order, or a referral."""
        number = self.perform(verb, None, self.actor(who), kind=kind, **facts)
        self.case = Case.objects.select_related("office").get(number=number)

    def perform(self, verb: str, case: Case | None, by: Actor, *, kind: str = "repair", **facts: Any) -> str:
        """Take a step exactly as a door does; return the number of the case."""
        sort = KINDS[case.kind if case else kind]
        command = (sort.commands if case else sort.openings)[verb]
        key = f"demo-{self.stage.office.code}-{next(self.stage.keys)}"
        answer = perform(command, case or self.stage.office, kind=sort, by=by, at=When(self.at, self.at), key=key,
                         facts=read_facts(command, facts))  # fmt: skip
        return str(answer.body["number"])

    def knows(self, verb: str) -> bool:
        """Tell whether the order's kind has such a step."""
        return self.case is not None and verb in KINDS[self.case.kind].commands

    def due(self) -> Decimal:
        """Return what is due on the order's charge, in yuan."""
        assert self.case is not None
        return Charge.objects.get(case__parent=self.case).due

    def actor(self, who: str) -> Actor:
        """Return who does it: the worker sent, the resident of the home, or a role of the office."""
        if who == "worker":
            assert self.worker is not None
            return self.stage.actor_of(self.worker, self.at)
        if who == "resident":
            assert self.home is not None
            assert self.home.person is not None
            return resident_actor(self.home.person)
        return self.stage.actor(who, self.at)

    def later(self, low: float, high: float) -> float:
        """Return so many minutes, drawn between two bounds."""
        return round(self.stage.chance.random.uniform(low, high), 1)


ENDS_A_TRIP = frozenset({"finish", "absent", "cancel", "carry_over", "await_material"})


class Rehearsal:
    """Every script at once, played in the order of time until now."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self._waiting: list[tuple[datetime, int, Scene, Script]] = []
        self._entered = count()

    def enter(self, scene: Scene, script: Script) -> None:
        """Put a script on the stage; it begins at the time of its scene."""
        heapq.heappush(self._waiting, (scene.at, next(self._entered), scene, script))

    def play(self) -> None:
        """Play until now. What would come later has not happened: it is left as it stands on the board."""
        while self._waiting and self._waiting[0][0] <= self.now:
            at, _turn, scene, script = heapq.heappop(self._waiting)
            scene.at = at
            pause = next(script, None)
            if pause is not None:
                scene.at = at + timedelta(minutes=pause)
                self.enter(scene, script)
