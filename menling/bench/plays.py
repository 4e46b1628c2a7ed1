"""Orders made by commands, from the call to the shelf: the originals of which the loader makes copies."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from menling.bench.town import Home, Team
from menling.journal.facts import read_facts
from menling.journal.models import Case
from menling.journal.when import When
from menling.kernel.actor import Actor
from menling.kinds import KINDS
from menling.money.models import StatementLine
from menling.premises.actors import resident_actor, staff_actor
from menling.premises.models import Staff
from menling.reactions import perform

STAGES = {"reported": 0, "accepted": 1, "dispatched": 2, "on_site": 3}
"""Status of an open order and how many steps after the report lead to it."""
LARGE = "860.00"
"""Yuan that no worker collects."""


@dataclass
class Play:
    """One order on its way: whose, where, by whom, since when, and under which beginning of its keys."""

    team: Team
    home: Home
    worker: Staff
    begin: datetime
    key: str
    steps: int = 0
    cases: list[Case] = field(default_factory=list)

    def file(self) -> None:
        """The resident calls."""
        facts = {"unit": self.home.unit.code, "reporter": self.home.person.name, "phone": self.home.phone,
                 "content": "厨房下水堵塞"}  # fmt: skip
        kind = KINDS["repair"]
        self._perform(kind.openings["file"], self.team.office, kind, self._staff(self.team.desk), 0, facts)
        self.cases = list(Case.objects.filter(number=self.number).select_related("office"))

    def do(self, verb: str, who: str, minute: float, *, on: str = "repair", **facts: Any) -> None:
        """Take a step so many minutes after the call; `on` names the kind of case: the order's own or one of its money."""
        case = self.cases[0] if on == "repair" else Case.objects.filter(parent=self.cases[0], kind=on).latest("pk")
        kind = KINDS[case.kind]
        by = resident_actor(self.home.person) if who == "resident" else self._staff(getattr(self.team, who, self.worker))
        self._perform(kind.commands[verb], case, kind, by, minute, facts)

    def paid_in(self, minute: float) -> None:
        """A statement shows the payment by QR code, which finance finds."""
        charge = Case.objects.select_related("charge").filter(parent=self.cases[0], kind="charge").latest("pk")
        at = self.begin + timedelta(minutes=minute)
        line = StatementLine.objects.create(office=self.team.office, account="wechat", trade=charge.number, paid_at=at,
                                            amount=charge.charge.awaited, imported_at=at)  # fmt: skip
        self.do("confirm_payment", "finance", minute, on="charge", line=line.pk)

    def to_pay(self, amount: str) -> None:
        """The work is done and comes to `amount` yuan, to which the resident had agreed."""
        still_open(3, self)
        self.do("quote", "worker", 11, amount=amount, description="疏通")
        self.do("consent", "resident", 12)
        self.do("finish", "worker", 31, summary="已修复")

    def _perform(self, command: Any, subject: Any, kind: Any, by: Actor, minute: float, facts: dict[str, Any]) -> None:
        at = self.begin + timedelta(minutes=minute)
        answer = perform(command, subject, kind=kind, by=by, at=When(at, at), key=f"{self.key}:{self.steps}",
                         facts=read_facts(command, facts))  # fmt: skip
        self.steps += 1
        self.number = str(answer.body["number"])

    def _staff(self, staff: Staff) -> Actor:
        return staff_actor(staff, self.begin.date())


Script = Callable[[Play], None]


def still_open(steps: int, play: Play) -> None:
    """An order some steps after its call."""
    play.file()
    for verb, who, minute, facts in (
        ("accept", "desk", 1, {}), ("dispatch", "desk", 2, {"worker": play.worker.number}), ("arrive", "worker", 9, {}),
    )[:steps]:  # fmt: skip
        play.do(verb, who, minute, **facts)


def filed_away(paid: bool, play: Play) -> None:
    """An order done, signed, reviewed and filed; paid by code, or free of charge."""
    still_open(2, play)
    play.do("acknowledge", "worker", 3)
    play.do("arrive", "worker", 9)
    if paid:
        play.do("quote", "worker", 11, amount="86.00", description="疏通")
        play.do("consent", "resident", 12)
    play.do("finish", "worker", 31, summary="已修复")
    if paid:
        play.do("collect", "worker", 33, on="charge", method="qr")
    play.do("sign", "resident", 34, rating=5)
    play.do("sign_off", "worker", 50)
    play.do("review", "lead", 70)
    if paid:
        play.paid_in(80)
        play.do("settle", "finance", 90, on="settlement")
    play.do("archive", "service", 95)


def called_off(play: Play) -> None:
    """An order called off on the way to the home."""
    still_open(2, play)
    play.do("cancel", "desk", 4, reason="业主自行修好")
    play.do("acknowledge", "worker", 5)


def owing(play: Play) -> None:
    """An order done whose money a business lead is to collect (HS-3.3)."""
    play.to_pay(LARGE)


def on_no_statement(play: Play) -> None:
    """An order done, paid by code and reviewed, whose payment stands on no statement yet (MR-23)."""
    play.to_pay("86.00")
    play.do("collect", "worker", 33, on="charge", method="qr")
    play.do("sign", "resident", 34, rating=5)
    play.do("sign_off", "worker", 50)
    play.do("review", "lead", 70)


def in_the_bag(play: Play) -> None:
    """An order done and paid in cash, which the worker still has (HS-4.1.1.6)."""
    play.to_pay("86.00")
    play.do("collect", "worker", 33, on="charge", method="cash")


OPEN: tuple[Script, ...] = tuple(partial(still_open, steps) for steps in STAGES.values())
UNPAID: tuple[Script, ...] = (owing, on_no_statement)
CLOSED: tuple[Script, ...] = (
    partial(filed_away, True), partial(filed_away, False), partial(filed_away, True), partial(filed_away, False), called_off,
)  # fmt: skip
