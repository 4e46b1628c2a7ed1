"""What is measured over the wire: steps by token, and lists, pages and searches by token or by session."""

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count, islice
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.test import Client

from menling.bench.client import Request
from menling.bench.town import Team, token
from menling.journal.models import Case
from menling.premises.models import Staff

WRITES = ("file", "dispatch", "finish")
READS = ("board", "board page", "order", "order page", "phone", "phone list", "name",
         "finance", "lead", "cashier", "own month", "charges", "payments", "leak list")  # fmt: skip
BACKEND = "menling.web.signed_in.PasswordBackend"
Send = Callable[[Sequence[Request]], list[bytes]]


@dataclass
class Calls:
    """Requests of every sort for one database; steps that lead to a measured one are sent by `send` and not measured.

    Searched are the `homes` first homes of each office, those that were served; `on` is the day, and its month, of money
    that is looked at.
    """

    teams: list[Team]
    homes: int
    on: date
    turn: Any = field(default_factory=count)
    cookies: dict[int, str] = field(default_factory=dict)
    numbers: list[str] = field(default_factory=list)
    last: int = 0

    def log_in(self) -> None:
        """Open a session for everybody of the database in use who looks at pages, and note orders to look at."""
        logging.getLogger("axes").setLevel(logging.WARNING)  # not a line for each of these log-ins
        for staff in (each for team in self.teams for each in (team.desk, team.finance, team.manager)):
            client = Client()
            client.force_login(staff, backend=BACKEND)
            self.cookies[staff.pk] = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.last = Case.objects.latest("pk").pk
        self.numbers = list(Case.objects.filter(kind="repair", office=self.teams[0].office).order_by("-pk")
                            .values_list("number", flat=True)[:200])  # fmt: skip

    def filings(self, times: int) -> list[Request]:
        """Return calls of residents, in every office in turn."""
        return [self._filing(at) for at in islice(self.turn, times)]

    def dispatches(self, times: int, send: Send) -> list[Request]:
        """Return orders given to workers, each another one."""
        return [self._step(number, "dispatch", team.desk, worker=worker.number)
                for number, team, worker in self._accepted(times, send)]  # fmt: skip

    def finishes(self, times: int, send: Send) -> list[Request]:
        """Return work done, every third time paid for."""
        orders = self._accepted(times, send)
        paid = orders[::3]
        for steps in (
            [self._step(number, "dispatch", team.desk, worker=worker.number) for number, team, worker in orders],
            [self._step(number, "arrive", worker) for number, _team, worker in orders],
            [self._step(number, "quote", worker, amount="86.00", description="疏通") for number, _team, worker in paid],
            [self._step(number, "consent", worker) for number, _team, worker in paid],
        ):
            send(steps)
        return [self._step(number, "finish", worker, summary="已修复") for number, _team, worker in orders]

    def close_down(self, requests: Sequence[Request], send: Send) -> None:
        """Let the workers of dispatched orders go again: the next ones need them."""
        send([self._cancel(request) for request in requests])

    def put_aside(self) -> None:
        """Take what was made by measured steps off the boards: every round looks at the same open orders."""
        with connection.cursor() as cursor:
            cursor.execute(ASIDE, [self.last])

    def reads(self, sort: str, times: int) -> list[Request]:
        """Return looks at something: `sort` is one of `READS`."""
        return [self._read(sort, at) for at in islice(self.turn, times)]

    def _accepted(self, times: int, send: Send) -> list[tuple[str, Team, Staff]]:
        first = next(self.turn)
        places = [(self.teams[at % len(self.teams)], at // len(self.teams)) for at in range(first, first + times)]
        filed = send([self._filing(at) for at in range(first, first + times)])
        self.turn = count(first + times)
        orders = [(str(json.loads(body)["number"]), team, team.crew[seat % len(team.crew)])
                  for body, (team, seat) in zip(filed, places, strict=True)]  # fmt: skip
        send([self._step(number, "accept", team.desk) for number, team, _worker in orders])
        return orders

    def _filing(self, at: int) -> Request:
        team = self.teams[at % len(self.teams)]
        home = team.homes[at // len(self.teams) % len(team.homes)]
        body = {"unit": home.unit.code, "reporter": home.person.name, "phone": home.phone, "content": "厨房下水堵塞"}
        return Request("POST", "/api/v1/orders", self._keyed(team.desk), body)

    def _step(self, number: str, verb: str, by: Staff, **facts: Any) -> Request:
        return Request("POST", f"/api/v1/orders/{number}/{verb}", self._keyed(by), facts)

    def _cancel(self, request: Request) -> Request:
        return Request("POST", request.path.replace("/dispatch", "/cancel"),
                       request.headers | {"Idempotency-Key": f"cancel-{next(self.turn)}"}, {"reason": "测量结束"})  # fmt: skip

    def _keyed(self, by: Staff) -> dict[str, str]:
        return _bearer(by) | {"Idempotency-Key": f"bench-{by.pk}-{next(KEYS)}", "Content-Type": "application/json"}

    def _read(self, sort: str, at: int) -> Request:
        team = self.teams[at % len(self.teams)]
        home = team.homes[at // len(self.teams) * 31 % self.homes]
        number = self.numbers[at % len(self.numbers)]
        worker = team.crew[at // len(self.teams) % len(team.crew)]
        day, month = {"day": f"{self.on}"}, {"month": f"{self.on:%Y-%m}"}
        return {
            "board": lambda: Request("GET", "/api/v1/orders?open=1&limit=50", _bearer(team.desk)),
            "board page": lambda: self._page(team.desk, "/board/rows?as=table"),
            "order": lambda: Request("GET", f"/api/v1/orders/{number}", _bearer(self.teams[0].desk)),
            "order page": lambda: self._page(self.teams[0].desk, f"/orders/{number}"),
            "phone": lambda: self._page(team.desk, f"/counter/found?{urlencode({'q': home.phone})}"),
            "phone list": lambda: Request("GET", f"/api/v1/orders?{urlencode({'phone': home.phone})}", _bearer(team.desk)),
            "name": lambda: self._page(team.desk, f"/counter/found?{urlencode({'q': home.person.name[:3]})}"),
            "finance": lambda: self._page(team.finance, f"/finance?{urlencode(day)}"),
            "lead": lambda: self._page(team.manager, "/collect"),
            "cashier": lambda: self._page(team.finance, "/finance/cashier"),
            "own month": lambda: Request("GET", f"/api/v1/my/commission?{urlencode(month)}", _bearer(worker)),
            "charges": lambda: Request("GET", "/api/v1/charges?limit=50", _bearer(team.finance)),
            "payments": lambda: self._page(team.finance, "/finance/statements"),
            "leak list": lambda: self._page(team.manager, f"/leaks?{urlencode(month)}"),
        }[sort]()

    def _page(self, by: Staff, path: str) -> Request:
        return Request("GET", path, {"Cookie": f"{settings.SESSION_COOKIE_NAME}={self.cookies[by.pk]}"})


KEYS = count()
ASIDE = """
WITH gone AS (UPDATE journal_case SET closed_at = last_at WHERE id > %s AND closed_at IS NULL RETURNING id)
UPDATE journal_deadline SET released_at = armed_at
WHERE case_id IN (SELECT id FROM gone) AND met_at IS NULL AND released_at IS NULL
"""


def _bearer(by: Staff) -> dict[str, str]:
    return {"Authorization": f"Bearer {token(by)}"}
