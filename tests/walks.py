"""Random days at the office: many cases, every verb, leaping clocks, sweeps and new figures in between."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from menling.journal.facts import read_facts
from menling.journal.models import Case
from menling.journal.sweep import sweep
from menling.journal.when import When
from menling.kernel.actor import Actor
from menling.kernel.procedure import Step
from menling.kernel.recording import SOURCES
from menling.kernel.refusal import Refused
from menling.kernel.roles import WORKERS
from menling.kinds import KINDS
from menling.policies.values import approve
from menling.reactions import perform
from tests.examples import OPENINGS, actor_for, facts_for
from tests.office import World

FIGURES = (
    ("repair.arrive_minutes", (10, 15, 45)), ("repair.dispatch_minutes", (1, 5, 30)), ("repair.early_minutes", (0, 3, 5)),
    ("repair.small_hours", (1, 24)), ("repair.rebook_minutes", (1, 5)), ("calendar.shift_end", ("12:00", "18:00")),
)  # fmt: skip
SELDOM = {"cancel", "decline", "close", "reopen", "object", "absent", "carry_over", "await_material", "attest"}
"""Steps that lead off the straight way; without holding them back few orders would ever be finished."""


@dataclass
class Walk:
    """One random walk through an office; the same seed walks the same way."""

    world: World
    rng: Random
    name: str = "walk"
    sweeps: bool = True
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    steps: int = 0
    latest: datetime | None = None

    def go(self, steps: int) -> None:
        """Take a number of random steps, each of which may be refused."""
        for _step in range(steps):
            self.one()

    def one(self) -> None:
        """Do one thing: let time pass, then file, step, sweep or decide on a figure."""
        self.steps += 1
        self.leap()
        chance = self.rng.random()
        if chance < 0.08:
            self.file()
        elif chance < 0.18 and self.sweeps:
            self.done["sweep"] += sweep(self.world.now)
        elif chance < 0.20 and self.sweeps:
            self.decide()
        else:
            self.step()

    def leap(self) -> None:
        """Let the clock of the wall leap: mostly minutes, sometimes hours or days, now and then backwards."""
        before = self.world.now  # what a step needed first may have let time pass since the last leap
        leaps = ((0, 4), (0, 4), (1, 40), (1, 40), (60, 600), (1440, 4000), (-90, 0))
        self.world.now += timedelta(minutes=self.rng.randint(*self.rng.choice(leaps)), microseconds=self.rng.randrange(10**6))
        self.latest = max(self.latest or before, before, self.world.now)

    def file(self) -> str:
        """File a case of a random kind, mostly a repair, and return its number."""
        kind = self.rng.choice(("repair", "repair", "repair", *OPENINGS))
        verb, who, facts = OPENINGS[kind]
        more = {"size": self.rng.choice(("small", "big"))} if kind == "repair" else {}
        try:
            asked = facts(self.world, self.rng) | more
        except Refused as refused:  # what has to be there first was touched by another walk in between
            self.refused[f"before {verb} {refused.clause}"] += 1
            return ""
        return self.attempt(kind, None, verb, self.world.actor(who), asked)

    def step(self) -> str:
        """Take a random row of the table of a random case for somebody who may."""
        case = self.case()
        if case is None:
            return self.file()
        rows = [row for row in case.procedure.steps if case.status in row.before and row.verb in KINDS[case.kind].commands]
        if not rows:
            return ""
        row = self.rng.choices(rows, [8 if row.after and row.verb not in SELDOM else 1 for row in rows])[0]
        return self.take(case, row)

    def case(self) -> Case | None:
        """Return a random case, mostly one of the few that are open and were touched last."""
        chance = self.rng.random()
        known = Case.objects.order_by("-last_at", "pk")
        if chance < 0.9:
            known = known.filter(closed_at__isnull=True)
        keys = list(known.values_list("pk", flat=True)[: 6 if chance < 0.7 else None])
        return Case.objects.get(pk=self.rng.choice(keys)) if keys else None

    def take(self, case: Case, row: Step) -> str:
        """Take a row and return the number of the case, or nothing when it was refused."""
        facts = facts_for(self.world, case, row.verb, self.rng)
        by = actor_for(self.world, case, row, facts, self.rng)
        if by and self.rng.random() < 0.15 and by.roles_in(case.office_id) & WORKERS:
            by = by.recorded_by(self.world.actor("control_centre"), self.rng.choice(SOURCES))
        return self.attempt(case.kind, case, row.verb, by, facts) if by else ""

    def attempt(self, kind: str, case: Case | None, verb: str, by: Actor, facts: dict[str, Any]) -> str:
        """Perform a command as a door does."""
        sort = KINDS[kind]
        command = (sort.commands if case else sort.openings)[verb]
        key = f"{self.name}-{self.steps}"
        try:
            answer = perform(command, case or self.world.office, kind=sort, by=by, at=self.when(case), key=key,
                             facts=read_facts(command, facts))  # fmt: skip
        except Refused as refused:
            self.refused[f"{verb} {refused.clause}"] += 1
            return ""
        self.done[f"{kind} {verb}"] += 1
        return str(answer.body["number"])

    def when(self, case: Case | None) -> When:
        """Return now, a time typed after the step before, or the time of a device whose clock is wrong."""
        now, since = self.world.now, case.last_at if case else self.world.now - timedelta(minutes=30)
        sort = self.rng.choice(("now", "typed", "device"))
        happened = max(since, now - timedelta(minutes=self.rng.randint(0, 25)))
        if sort == "now" or happened > now:
            return When.told(now, None, None)
        if sort == "typed":
            return When.told(now, happened, None)
        wrong = timedelta(minutes=self.rng.randint(-30, 30))
        return When.told(now, happened + wrong, now + wrong)

    def decide(self) -> None:
        """Bring a new figure into force, never backwards, whatever the clock of the wall says."""
        key, values = self.rng.choice(FIGURES)
        at = self.latest or self.world.now
        approve(self.world.office, key, self.rng.choice(values), by=self.world.actor("office_manager"),
                company_id=self.world.company.pk, in_force_from=at + timedelta(seconds=1), at=at)  # fmt: skip
