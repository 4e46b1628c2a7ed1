"""The stage of the demonstration: invented people take real steps, each at its true time, in the order of time."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from menling.demo.estate import Home
from menling.demo.results import result_of
from menling.demo.stage import Stage
from menling.journal.facts import read_facts
from menling.journal.models import Case
from menling.journal.when import When
from menling.kernel.actor import Actor
from menling.kinds import KINDS
from menling.money.models import Charge
from menling.premises.actors import resident_actor
from menling.premises.models import Staff
from menling.reactions import perform

Script = Iterator[float]
"""What happens, pausing for so many minutes."""


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

    def do(self, verb: str, who: str, *, on: str = "order", radio: bool = False, **facts: Any) -> None:
        """Let somebody take a step of the order or, with `on`, of its charge; `radio`: the desk writes it down."""
        assert self.case is not None
        case = self.case if on == "order" else self.case.children.filter(kind=on).latest("pk")
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

    def came_of_it(self) -> str:
        """Return what the worker writes down when it is done, drawn for what it was about."""
        return result_of(self.items, self.content, self.skill, self.stage.chance.random)

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
