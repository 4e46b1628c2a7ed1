"""A simulated month at one office: orders of every kind through the commands, each a story of its own, and the jobs between."""

import heapq
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from menling.jobs.named import JOBS
from menling.journal.facts import read_facts
from menling.journal.models import Case
from menling.journal.when import When
from menling.kernel.actor import Actor
from menling.kernel.procedure import Step
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role
from menling.kinds import KINDS
from menling.reactions import perform
from tests.examples import OPENINGS, actor_for, facts_for
from tests.office import World, make_staff

ZONE = ZoneInfo("Asia/Shanghai")
FIRST, DAYS = date(2026, 11, 2), 30
FILED = {"repair": 60, "housekeeping": 14, "alarm": 10, "errand": 8, "call_order": 3, "referral": 2, "shift_handover": 1,
         "agreement": 2}  # fmt: skip
"""How many of a hundred orders are of a kind; charges, settlements, hand-overs, batches and coordination follow from them."""
SELDOM = {
    "cancel", "decline", "withdraw", "close", "reopen", "object", "absent", "carry_over", "await_material", "attest", "drop",
    "void", "not_bought", "stop", "suspend", "coordinate", "release", "reassign", "send_back", "refuse_price", "query_fee",
    "pass_on", "hand_on",
}  # fmt: skip
"""Steps that lead off the straight way; without holding them back few orders would ever be finished."""
NEVER = {"end", "renew"}
"""What only the end of an agreement brings, which lies beyond the month."""
AT = (("tracking", time(0, 5)), ("agreements", time(6, 30)), ("pick_up", time(8, 1)), ("register", time(8, 50)),
      ("pick_up", time(9, 1)), ("pick_up", time(13, 31)), ("closing", time(17, 30)))  # fmt: skip
TEAMS = {Role.REPAIR_WORKER: 16, Role.HOUSEKEEPER: 10, Role.ENGINEERING_CREW: 6}
PATIENCE = 6
"""So many refusals in a row, and an order is left as it stands: that happens, and its promises break."""


@dataclass
class Month:
    """A month that is played in the order of its hours; the same seed plays the same month."""

    world: World
    rng: Random
    orders: int
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    filed: Counter[str] = field(default_factory=Counter)
    waiting: list[tuple[datetime, int, Callable[[], None]]] = field(default_factory=list)
    turn: Any = field(default_factory=count)
    known: int = 0
    teams: dict[str, list[str]] = field(default_factory=dict)

    def play(self) -> None:
        """Hire enough people, file the orders over the days, and let everything take its time to the month's end."""
        self._hire()
        for _order in range(self.orders):
            self._at(self._moment(), self._file)
        for day in range(DAYS):
            self._at(_instant(day, time(2, 40)), _analyse)
            for name, hour in AT:
                self._at(_instant(day, hour), lambda name=name: self._job(name))
            for hour in range(24):
                self._at(_instant(day, time(hour, 15)), lambda: self._job("sweep"))
        while self.waiting and self.waiting[0][0] < _instant(DAYS, time()):
            self.world.now, _turn, happens = heapq.heappop(self.waiting)
            happens()
        self.world.now = _instant(DAYS, time())
        self._job("sweep")

    def _hire(self) -> None:
        self.world.now = _instant(0, time())
        for role, many in TEAMS.items():
            numbers = [f"{role.value[:2].upper()}{each:03d}" for each in range(many)]
            for number in numbers:
                make_staff(self.world.company, self.world.office, role, number, f"{role.value} {number}")
            for key in (role.value, f"{role.value}_2"):
                self.teams[self.world.staff[key].number] = numbers

    def _moment(self) -> datetime:
        minutes = min(self.rng.choice((self.rng.randrange(510, 1080), self.rng.randrange(510, 1320))), 1319)
        return _instant(self.rng.randrange(DAYS), time(minutes // 60, minutes % 60))

    def _at(self, when: datetime, happens: Callable[[], None]) -> None:
        heapq.heappush(self.waiting, (when, next(self.turn), happens))

    def _job(self, name: str) -> None:
        JOBS[name].run(self.world.now)
        self._notice()

    def _file(self) -> None:
        kind = self.rng.choices(list(FILED), list(FILED.values()))[0]
        verb, who, facts = OPENINGS[kind]
        more = {"size": self.rng.choice(("small", "small", "big"))} if kind == "repair" else {}
        asked = self._shared_out(facts(self.world, self.rng) | more)
        if self._attempt(kind, None, verb, self.world.actor(who), asked):
            self.filed[kind] += 1

    def _notice(self) -> None:
        """Give every case that came to be a story of its own, whoever opened it."""
        for key in Case.objects.filter(pk__gt=self.known).order_by("pk").values_list("pk", flat=True):
            self.known = key
            self._later(key, self.rng.randint(1, 9))

    def _later(self, key: int, minutes: float, tries: int = 0) -> None:
        self._at(self.world.now + timedelta(minutes=minutes), lambda: self._step(key, tries))

    def _step(self, key: int, tries: int) -> None:
        case = Case.objects.get(pk=key)
        rows = [row for row in case.procedure.steps if case.status in row.before and row.verb in KINDS[case.kind].commands]
        rows = [row for row in rows if row.verb not in NEVER]
        if case.closed_at is not None or not rows:
            return
        row = self.rng.choices(rows, [_weight(row) for row in rows])[0]
        facts = self._shared_out(facts_for(self.world, case, row.verb, self.rng))
        by = actor_for(self.world, case, row, facts, self.rng)
        if by is not None and self._attempt(case.kind, case, row.verb, by, facts):
            self._later(key, self.rng.choice((2, 5, 12, 25, 40)))
        elif tries < (1 if case.kind == "closing_sheet" else PATIENCE):
            self._later(key, self.rng.choice((3, 10, 35, 120)), tries + 1)

    def _shared_out(self, facts: dict[str, Any]) -> dict[str, Any]:
        """Let any of a team be sent where an example names one of its first two."""
        shared = dict(facts)
        if facts.get("worker") in self.teams:
            shared["worker"] = self.rng.choice(self.teams[facts["worker"]])
        if facts.get("workers") and facts["workers"][0] in self.teams:
            shared["workers"] = self.rng.sample(self.teams[facts["workers"][0]], len(facts["workers"]))
        return shared

    def _attempt(self, kind: str, case: Case | None, verb: str, by: Actor, facts: dict[str, Any]) -> bool:
        sort, now = KINDS[kind], self.world.now
        command = (sort.commands if case else sort.openings)[verb]
        try:
            perform(command, case or self.world.office, kind=sort, by=by, at=When(now, now), key=f"month-{next(self.turn)}",
                    facts=read_facts(command, facts))  # fmt: skip
        except Refused as refused:
            self.refused[f"{kind} {verb} {refused.clause}"] += 1
            return False
        self.done[f"{kind} {verb}"] += 1
        self._notice()
        return True


def _analyse() -> None:
    """Let the database count its rows, as its own upkeep does in an office: what one open transaction wrote that never sees,
    and goes on with the plans it made for empty tables."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _weight(row: Step) -> int:
    """Return how likely a row is taken: mostly one that leads on, now and then a note, a tick or a way round."""
    if row.verb in SELDOM:
        return 1
    return 120 if row.after else 2


def _instant(day: int, hour: time) -> datetime:
    return datetime.combine(FIRST + timedelta(days=day), hour, ZONE)


def month(world: World, orders: int, seed: int = 7) -> Month:
    """Return a month of so many orders that was played to its end."""
    played = Month(world, Random(seed), orders)
    played.play()
    return played
