"""The calls that are measured, each made as a door makes it: token, case, facts, command, reactions."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from menling.bench.meter import Reading, measure
from menling.bench.town import Team, token
from menling.doorway.doing import Asked, act, open_new
from menling.doorway.keys import holder
from menling.journal.perform import Answer
from menling.premises.models import Staff

ROUND = timedelta(minutes=31)
Call = Callable[[], Any]


class Steps:
    """Orders on their way through the four steps; every third is paid for."""

    def __init__(self, town: Team, orders: int, begin: datetime, now: datetime) -> None:
        self.town, self.begin, self.now = town, begin, now
        self.numbers: list[str] = []
        self.orders = orders

    def readings(self) -> Iterator[Reading]:
        """Measure filing, dispatching, arriving and finishing; what lies between is done and not measured."""
        yield measure("file", [self._file(at) for at in range(self.orders)])
        self._silently("accept", self.town.desk, 0)
        yield measure("dispatch", [self._call(at, "dispatch", self.town.desk, 2, worker=self._worker(at).number)
                                   for at in range(self.orders)])  # fmt: skip
        yield measure("arrive", [self._call(at, "arrive", self._worker(at), 9) for at in range(self.orders)])
        paid = range(0, self.orders, 3)
        for at in paid:
            self._call(at, "quote", self._worker(at), 10, amount="86.00", description="疏通")()
            self._call(at, "consent", self._worker(at), 11)()
        free = [at for at in range(self.orders) if at not in paid]
        yield measure("finish, free", [self._call(at, "finish", self._worker(at), 25, summary="已修复") for at in free])
        yield measure("finish, paid", [self._call(at, "finish", self._worker(at), 25, summary="已修复") for at in paid])

    def _file(self, at: int) -> Call:
        unit = self.town.units[at % len(self.town.units)].code
        body = {"unit": unit, "reporter": "测量", "phone": "14000000002", "content": "厨房下水堵塞",
                "happened_at": self._time(at, 0).isoformat()}  # fmt: skip

        def call() -> None:
            self.numbers.append(open_new(self._asked(self.town.desk, f"file-{at}", body), "repair", "file").body["number"])

        return call

    def _call(self, at: int, verb: str, by: Staff, minute: float, **facts: object) -> Call:
        body = facts | {"happened_at": self._time(at, minute).isoformat()}

        def call() -> Answer:
            return act(self._asked(by, f"{verb}-{at}", body), self.numbers[at], verb)

        return call

    def _silently(self, verb: str, by: Staff, minute: float) -> None:
        for at in range(self.orders):
            self._call(at, verb, by, minute)()

    def _asked(self, by: Staff, key: str, body: dict[str, Any]) -> Asked:
        actor = holder(token(by), self.now)
        assert actor is not None, "everybody in town has a token"
        return Asked(actor, key, self.now, body)

    def _worker(self, at: int) -> Staff:
        return self.town.crew[at % len(self.town.crew)]

    def _time(self, at: int, minute: float) -> datetime:
        """A worker has one order a round: nobody is planned twice."""
        return self.begin + ROUND * (at // len(self.town.crew)) + timedelta(minutes=minute)
