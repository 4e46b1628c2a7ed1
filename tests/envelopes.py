"""Facts for handing over cash: counted with one yuan too many, sealed in the evening before two witnesses."""

from collections.abc import Callable
from decimal import Decimal
from random import Random
from typing import Any
from uuid import uuid4

from menling.journal.models import Case
from menling.kernel.calendars import OfficeCalendar
from menling.money.commands.handing import expected
from tests.office import World

Facts = dict[str, Any]


def _sealed(world: World, case: Case, rng: Random) -> Facts:
    world.now = max(world.now, OfficeCalendar().local(world.now).replace(hour=18, minute=30, second=0))
    seen = [world.staff[key].number for key in ("control_centre", "team_lead")]
    return {"envelope": f"F{uuid4().hex[:12]}", "witnesses": seen}


def _one_more(awaited: Decimal) -> Facts:
    return {"amount": awaited + 1, "difference_reason": "多收了一元"}


FACTS: dict[tuple[str, str], Callable[[World, Case, Random], Facts]] = {
    ("handover", "open_envelope"): lambda world, case, rng: _one_more(case.handover.sealed or Decimal(0)),
    ("handover", "receive"): lambda world, case, rng: _one_more(expected(case.handover)),
    ("handover", "seal"): _sealed,
}
"""Facts that let a step pass, where plain ones would not: with one yuan too many the collector has something to sign."""
