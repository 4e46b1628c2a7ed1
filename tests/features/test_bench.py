"""The measuring tape: copies of orders are what commands would have written, column by column."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from menling.bench.loader import PAST_OF_HOME, family_of, load_closed, load_open, original, rows_of, served
from menling.bench.plays import CLOSED, OPEN, UNPAID, Script
from menling.bench.town import Home, Team, build_town
from menling.journal.models import Case
from menling.orders.models import Order

MONDAY = datetime(2026, 6, 1, 8, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
OWN = {"id", "key", "fingerprint"}
"""Columns in which no two orders can be alike."""
COPIES = 12

pytestmark = pytest.mark.django_db


@contextmanager
def taken_back() -> Iterator[None]:
    """What is written inside is not there afterwards; commands may ask for a durable block, as in Django's own test cases."""
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]
    with block:
        yield
        transaction.set_rollback(True)


def alike(cases: list[int]) -> dict[str, list[dict[str, Any]]]:
    """The rows of an order with its own ids and numbers left out."""
    rows = {model._meta.db_table: found for model, found in rows_of(cases)}
    return {table: [_bare(row, cases) for row in found] for table, found in rows.items()}


def _bare(row: dict[str, Any], cases: list[int]) -> dict[str, Any]:
    named = {name: value for name, value in row.items() if name not in OWN}
    for name in ("case_id", "parent_id", "order_id", "charge_id"):
        if named.get(name) is not None:
            named[name] = cases.index(named[name])
    return {name: _unnumbered(value) for name, value in named.items()}


def _unnumbered(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    with suppress(ValueError):
        value = json.dumps(json.loads(value), sort_keys=True) if value.startswith(("{", "[")) else value
    return re.sub(r"(BN\d\d-[A-Z]\d\d-)\d+", r"\1…", value)


def described(order: Order, teams: list[Team]) -> tuple[Team, Home, Any, datetime]:
    team = next(team for team in teams if team.office.pk == order.case.office_id)
    home = next(home for home in team.homes if home.unit.pk == order.unit_id)
    worker = next((worker for worker in team.crew if worker.pk == order.worker_id), team.crew[0])
    return team, home, worker, order.case.reported_at.astimezone(MONDAY.tzinfo)


@pytest.mark.parametrize(("scripts", "load"), [(OPEN, load_open), (CLOSED, load_closed), (UNPAID, load_closed)])
def test_copies_are_what_commands_would_have_written(scripts: tuple[Script, ...], load: Any) -> None:
    teams = build_town(MONDAY - timedelta(days=900), offices=2, crew=6, homes=7)
    with taken_back():
        load(teams, scripts, COPIES, MONDAY)
        orders = list(Order.objects.select_related("case").order_by("pk"))[len(scripts) :]
        families = [family_of(each.pk) for each in orders]
        copies = [(alike(family), *described(order, teams)) for family, order in zip(families, orders, strict=True)]
    assert len(copies) == COPIES
    assert len({(home.unit.pk, begin) for _rows, _team, home, _worker, begin in copies}) > COPIES / 2
    for at, (rows, team, home, worker, begin) in enumerate(copies):
        script = _script(scripts, at)
        with taken_back():
            place = Team(team.office, [home], team.desk, team.lead, team.service, team.finance, team.manager, [worker])
            made = original(place, script, begin, "again")
            commanded = alike(made.cases)
        assert rows.keys() == commanded.keys()
        for table, expected in commanded.items():
            assert rows[table] == expected, table


def _script(scripts: tuple[Script, ...], at: int) -> Script:
    """The copies of each script lie side by side, the first ones one more."""
    shares = [len(range(each, COPIES, len(scripts))) for each in range(len(scripts))]
    return next(script for nth, script in enumerate(scripts) if at < sum(shares[: nth + 1]))


def test_copies_have_numbers_of_their_own_register_and_the_next_order_goes_on_from_there() -> None:
    teams = build_town(MONDAY - timedelta(days=900), offices=2, crew=6, homes=7)
    load_closed(teams, CLOSED, 40, MONDAY)
    assert Case.objects.filter(kind="repair").count() == 40 + len(CLOSED)
    numbers = list(Case.objects.values_list("number", "office__code"))
    assert all(number.startswith(code) for number, code in numbers)
    later = original(teams[1], OPEN[0], MONDAY, "later")
    assert Case.objects.get(pk=later.cases[0]).number not in {number for number, _code in numbers}


def test_a_home_that_was_served_has_a_page_full_of_closed_orders_however_short_the_history() -> None:
    teams = build_town(MONDAY - timedelta(days=900), offices=2, crew=6, homes=7)
    closed = 2 * 2 * PAST_OF_HOME
    assert served(teams, closed) == 2
    assert served(teams, 1) == 1
    assert served(teams, 10**6) == 7
    load_closed(teams, CLOSED, closed, MONDAY)
    done = Case.objects.filter(kind="repair").order_by("pk")[len(CLOSED) :]  # the first ones are the originals
    of_home = Counter(done.values_list("unit_id", flat=True))
    assert set(of_home) == {home.unit.pk for team in teams for home in team.homes[:2]}
    assert sum(of_home.values()) == closed
    assert min(of_home.values()) > PAST_OF_HOME * 0.8
