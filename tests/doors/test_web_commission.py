"""The page of a month's commission: what it offers, and when."""

from datetime import date, datetime

import pytest
from django.utils.timezone import localtime

from menling.doorway.language import said
from menling.kernel.refusal import Refused
from menling.kernel.words import Message
from menling.procedures.commission import month_over
from tests.browser.browsing import OfficeTime
from tests.doors.web import browser, words
from tests.earning import settled
from tests.office import World

LABEL = "Approve the commission of the month"


@pytest.mark.django_db
@pytest.mark.clause("MR-51")
def test_the_manager_is_offered_to_approve_a_month_once_it_is_over(today: World, monkeypatch: pytest.MonkeyPatch) -> None:
    settled(today)
    address, worker = f"/commission?month={localtime(today.now):%Y-%m}", today.staff["repair_worker"].name
    running = words(browser(today, "office_manager").read(address))
    assert (worker in running, LABEL in running) == (True, False)
    OfficeTime(monkeypatch).turn_to(next_month(localtime(today.now)))
    over = words(browser(today, "office_manager").read(address))
    assert (worker in over, LABEL in over) == (True, True)


def next_month(now: datetime) -> datetime:
    """Return the midnight the next month begins with."""
    return datetime(now.year + now.month // 12, now.month % 12 + 1, 1, tzinfo=now.tzinfo)


@pytest.mark.clause("MR-51")
@pytest.mark.parametrize(("language", "called"), [("zh-hans", "2026年11月"), ("en", "November 2026")])
def test_a_month_that_is_not_over_is_called_as_people_call_it(language: str, called: str) -> None:
    with pytest.raises(Refused) as refused:
        month_over(date(2026, 11, 1), date(2026, 11, 30))
    assert called in said(refused.value.why, language)
    assert "2026-11" not in said(refused.value.why, language)


@pytest.mark.clause("MR-51")
def test_text_that_looks_like_a_month_stays_as_it_was_typed() -> None:
    for typed in ("2026-11", "2026-12-01"):
        assert said(Message("{number}: {reason}", {"number": "A", "reason": typed}), "zh-hans") == f"A: {typed}"
