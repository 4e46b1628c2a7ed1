"""Filling an empty database with the invented company, around the office's now."""

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import connection

from menling.demo import crew, estate, prices, roster
from menling.demo.agreed import enter_agreements
from menling.demo.alarms import enter_alarms
from menling.demo.amends import enter_amends
from menling.demo.banking import enter_statements
from menling.demo.callers import enter_calls
from menling.demo.chance import Chance
from menling.demo.followups import enter_follow_ups
from menling.demo.history import enter_history, enter_set_pieces, enter_this_morning
from menling.demo.morning import FIRST, SECOND, enter_appointments, enter_board
from menling.demo.reading import read_the_rest
from menling.demo.rehearsal import Rehearsal
from menling.demo.routine import analyze, enter_clockwork, enter_office_days, enter_pick_ups, tick
from menling.demo.shopping import enter_errands
from menling.demo.stage import Stage
from menling.demo.tills import enter_cashier_days
from menling.demo.tracked import enter_tracked
from menling.demo.watches import enter_watches
from menling.kernel.roles import Role
from menling.premises import clock
from menling.premises.actors import staff_actor
from menling.premises.models import Company, Office, Staff

COMPANY = "门铃示范物业管理有限公司"
OFFICES = (
    (crew.FIRST, "锦澜苑管理处", "14000000301", "示范路 100 号"),
    (crew.SECOND, "沁园里管理处", "14000000302", "示范路 200 号"),
)
RESIDENT, RESIDENT_PHONE = "王秀英", "14000088001"
NEIGHBOUR, NEIGHBOUR_PHONE, NEIGHBOUR_HOME = "顾海燕", "14000088002", "2-1-301"
AGENT, AGENT_PHONE = "中介小郭", "14000088006"


@dataclass
class Rows:
    """What was made, for the next step of the filling."""

    company: Company
    offices: dict[str, Office]
    staff: dict[str, Staff]
    homes: dict[str, list[estate.Home]]


DAYS = 90
"""Days of work behind the morning; a demonstration with fewer is filled sooner."""
ORDERS_A_DAY = {crew.FIRST: 4.2, crew.SECOND: 0.7}


def fill(seed: int, days: int = DAYS, at: datetime | None = None) -> None:
    """Fill the empty tables: places, people, prices, `days` of work and a busy morning, around `at` or the instant chosen.

    The same seed, days and minute give the same rows. Three months take about a minute.
    """
    with connection.cursor() as cursor:
        # A demonstration lost with the power is made again; a thousand commits need not wait for the disk.
        cursor.execute("SET synchronous_commit TO off")
    company = Company.objects.create(name=COMPANY, short_name="示范物业", is_demo=True)
    instant = at or _chosen()
    chance = Chance(seed)
    rows = _settled(company, seed, chance, instant, days)
    rehearsal = Rehearsal(instant)
    _first(rehearsal, _stage(rows, crew.FIRST, chance), days)
    _second(rehearsal, _stage(rows, crew.SECOND, chance), days)
    rehearsal.play()
    tick(instant)
    read_the_rest(instant, ZoneInfo(rows.offices[crew.FIRST].zone))
    analyze()
    _residents_tokens(rows, seed, instant)


def _chosen() -> datetime:
    """Return the instant the clock of the demonstration is set to, else the whole minute it is."""
    text = os.environ.get(clock.VARIABLE)
    return clock.instant(text) if text else clock.now().replace(second=0, microsecond=0)


def _settled(company: Company, seed: int, chance: Chance, instant: datetime, days: int) -> Rows:
    offices = {code: Office.objects.create(company=company, code=code, name=name, phone=phone, address=address)
               for code, name, phone, address in OFFICES}  # fmt: skip
    staff = crew.hire(company, offices, seed, chance, instant)
    roster.holidays()
    last_year = instant - timedelta(days=400)
    manager = next(each for each in crew.hands() if each.role is Role.COMPANY_MANAGEMENT)
    roster.figures(list(offices.values()), staff_actor(staff[manager.number], instant.date()), last_year)
    for office in offices.values():
        prices.publish(office, last_year)
        roster.shifts(office, crew.hands(), staff, instant, days)
    return Rows(company, offices, staff, {code: _homes(office, chance, instant) for code, office in offices.items()})


def _homes(office: Office, chance: Chance, instant: datetime) -> list[estate.Home]:
    built = estate.Estate(office.company, office, chance, instant.date())
    if office.code == crew.FIRST:
        built.build(tuple("123456789"), estate.ENTRANCES, estate.FLOORS)
        built.resident(RESIDENT, RESIDENT_PHONE, estate.RESIDENT_HOME, estate.RESIDENT_AGENT_FOR)
        built.one_behind_many(built.person(AGENT, AGENT_PHONE), AGENT_PHONE, estate.AGENT_FOR)
    else:
        built.build(tuple("12345678"), estate.ENTRANCES, estate.LOW)
        built.resident(NEIGHBOUR, NEIGHBOUR_PHONE, NEIGHBOUR_HOME, ())
    built.people()
    built.register.write()
    return [home for home in built.homes.values() if home.person is not None]


def _stage(rows: Rows, code: str, chance: Chance) -> Stage:
    numbers = [hand.number for hand in crew.hands() if hand.office in (code, None)]
    here = Staff.objects.filter(number__in=numbers).order_by("number").prefetch_related("posts", "skills")
    return Stage(rows.offices[code], here, rows.homes[code], chance)


def _first(rehearsal: Rehearsal, stage: Stage, days: int) -> None:
    enter_agreements(rehearsal, stage, days)
    enter_history(rehearsal, stage, days, _orders(crew.FIRST, days))
    enter_set_pieces(rehearsal, stage)
    enter_this_morning(rehearsal, stage, 4)
    enter_office_days(rehearsal, stage, days)
    enter_statements(rehearsal, stage, days)
    enter_amends(rehearsal, stage, days)
    enter_cashier_days(rehearsal, stage, days)
    enter_follow_ups(rehearsal, stage, days)
    enter_pick_ups(rehearsal, stage, days)
    enter_clockwork(rehearsal, stage, days)
    enter_calls(rehearsal, stage, days)
    enter_errands(rehearsal, stage, days)
    enter_alarms(rehearsal, stage, days)
    enter_tracked(rehearsal, stage, days)
    enter_watches(rehearsal, stage, days)
    enter_board(rehearsal, stage, FIRST)
    enter_appointments(rehearsal, stage)


def _second(rehearsal: Rehearsal, stage: Stage, days: int) -> None:
    enter_history(rehearsal, stage, days, _orders(crew.SECOND, days))
    enter_office_days(rehearsal, stage, days)
    enter_statements(rehearsal, stage, days)
    enter_follow_ups(rehearsal, stage, days)
    enter_watches(rehearsal, stage, days)
    enter_board(rehearsal, stage, SECOND)


def _orders(office: str, days: int) -> int:
    """Return how many calls an office of its size had in so many days."""
    return round(ORDERS_A_DAY[office] * days)


def _residents_tokens(rows: Rows, seed: int, instant: datetime) -> None:
    """The last thing made: a demonstration with these tokens is complete."""
    for code, home in ((crew.FIRST, estate.RESIDENT_HOME), (crew.SECOND, NEIGHBOUR_HOME)):
        person = next(each.person for each in rows.homes[code] if each.unit.code == home)
        crew.keep_token(crew.token(seed, f"{code} {home}"), instant, person=person)
