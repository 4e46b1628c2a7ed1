"""The demonstration of a Friday morning, filled once for all the tests of a file and taken back after them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from menling.demo.filling import fill
from menling.demo.logins import logins
from menling.premises import clock

MORNING = datetime(2026, 11, 20, 10, 4, tzinfo=ZoneInfo("Asia/Shanghai"))
SEED = 7


@contextmanager
def filled(days: int, seed: int = SEED, at: datetime = MORNING) -> Iterator[dict[str, Any]]:
    """Fill the empty tables with `days` of work behind the morning; nothing of it stays."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MENLING_CLOCK", at.isoformat())
        clock.look_again()
        everything = transaction.atomic()
        everything._from_testcase = True  # as Django's own test cases do, so that commands may ask for a durable block
        with everything:
            fill(seed, days, at)
            yield logins(seed)
            transaction.set_rollback(True)
        clock.look_again()
