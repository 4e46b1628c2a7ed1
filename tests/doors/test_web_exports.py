"""Every page that shows a list has it as a workbook: the same rows, all of them, for whoever reads the page."""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from menling.imports.exports.registry import EXPORTS
from menling.kernel.roles import Role
from menling.premises import clock
from menling.premises.models import Change
from menling.web.navigation import ENTRIES
from menling.web.views.company import DOORS
from menling.web.views.manager import LISTS as LISTS_OF_THE_DAY
from tests import alarms, cleaning
from tests.doors.web import Browser, browser
from tests.office import World

pytestmark = pytest.mark.django_db
LISTS = {
    "board": "orders", "crew_day": "orders", "referrals": "referrals", "calls": "calls", "pickups": "pickups",
    "quality": "follow-ups", "collect": "charges", "finance": "charges", "shifts": "shifts", "coordinations": "coordinations",
    "errands": "errands", "agreements": "agreements", "pads": "sheets", "late_entries": "late-entries", "figures": "figures",
    "people": "staff", "roster": "rosters", "roster_lists": "on-call", "units": "units", "calendar": "calendar",
    "deliveries": "deliveries", "adjustments": "adjustments", "deposits": "deposits", "tax_invoices": "tax-invoices",
    "clauses": "clauses", "imports": "orders", "offices": "offices", "emergencies": "emergencies",
    "statements": "statements", "team": "orders", "refused_steps": "refused-steps",
}  # fmt: skip
"""Page -> its list. What a page shows of it may be cut off or narrowed down; the workbook is whole."""
FILLED = {"board", "referrals"}
"""Pages on which something stands in the house of these tests."""
OWN = {"registers": ".xlsx", "alarms": ".xlsx", "closing": ".xlsx", "late": ".xlsx", "crew_paper": ".xlsx", "prices": ".xlsx",
       "forms": ".xlsx", "books_day": ".xlsx", "books_month": ".csv", "leaks": ".xlsx", "company": ".xlsx",
       "cashier": ".xlsx", "reviews": ".xlsx", "commission": ".xlsx", "commission_own": ".xlsx"}  # fmt: skip
"""Registers that go out in the form of their paper, by an address of their own; that of what was late once something was."""
NO_LISTS = {
    "counter": "one household", "paste": "one message", "tell": "one form", "morning": "figures, each a door to its orders",
    "administration": "what is missing in the books", "channels": "settings", "emergency_pack": "paper",
}  # fmt: skip
PREFERRED = (
    "office_manager",
    "service_desk",
    "control_centre",
    "team_lead",
    "finance",
    "quality",
    "call_department",
    "administrator",
    "company_management",
    "repair_worker",
)


def reader(url: str) -> str:
    """Return somebody who has this page in the left column and may have its list."""
    roles = next(entry.roles for entry in ENTRIES if entry.url == f"web:{url}")
    may = EXPORTS[LISTS[url]].readers if url in LISTS else frozenset(Role)
    return next(who for who in PREFERRED if Role(who) in roles & may)


def workbook(there: Browser, name: str) -> list[tuple[Any, ...]]:
    """Return every row of a list, the titles first."""
    answer = there.get(f"/exports/{name}.xlsx")
    assert answer.status_code == 200, (name, answer.status_code)
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)), read_only=True)
    return [row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True)]


@pytest.fixture
def busy(house: World) -> World:
    """A house with open orders of every kind, money due, something passed on, and a step written down afterwards."""
    house.completed("86.00")
    house.finished("50.00")
    house.file(content="灯不亮")
    cleaning.agreed(house, ahead=2000)
    alarms.accepted(house)
    house.answer("pass_on", None, "repair_worker", kind="referral", wanted="housekeeping", unit="3-2-1201")
    house.answer("prepare", None, "control_centre", kind="shift_handover", keys="2 把")
    there = browser(house, "control_centre")
    at = timezone.localtime(clock.now() - timedelta(minutes=1))
    case = house.sent(visit_at=clock.now() + timedelta(hours=2))
    sent = {"happened_at": f"{at:%H:%M}", "source": "radio", "on_behalf_of": house.staff["repair_worker"].number}
    there.post(f"/orders/{case.number}/acknowledge", sent)
    return house


def test_every_page_of_the_left_column_has_its_list_or_says_why_not() -> None:
    pages = [entry.url.removeprefix("web:") for entry in ENTRIES]
    assert set(pages) <= {*LISTS, *OWN, *NO_LISTS}
    assert len({*LISTS, *OWN, *NO_LISTS}) == len(LISTS) + len(OWN) + len(NO_LISTS)


def test_a_page_offers_its_list_and_every_case_on_it_stands_in_the_workbook(busy: World) -> None:
    for url, name in LISTS.items():
        there = browser(busy, reader(url))
        page = there.read(reverse(f"web:{url}"))
        assert f"/exports/{name}.xlsx" in page, url
        kinds = {"orders": "RJA", "charges": "RJA"}.get(name, "")
        shown = {number for number in re.findall(r'data-row="(XH-[A-Z]\d\d-\d+)"', page) if not kinds or number[3] in kinds}
        told = {str(cell) for row in workbook(there, name) for cell in row if cell}
        assert shown <= told, (url, shown - told)
        assert shown or url not in FILLED, url


def test_a_register_goes_out_in_the_form_of_its_paper(busy: World) -> None:
    busy.answer("prepare", None, "control_centre", kind="closing_sheet", desk="control_centre")
    busy.answer("begin", None, "finance", kind="cashier_day", count={"100": 5}, at=clock.now())
    for url in set(OWN) - {"late"}:
        page = browser(busy, reader(url)).client.get(reverse(f"web:{url}"), follow=True)
        assert OWN[url] in page.content.decode(), url


def test_a_workbook_goes_on_where_the_page_stops(busy: World) -> None:
    by = busy.staff["administrator"]
    Change.objects.bulk_create(
        Change(office=busy.office, who=by, key=f"k{n}", what="unit", subject=f"9-9-{n}", at=clock.now()) for n in range(700)
    )
    there = browser(busy, "administrator")
    assert "/exports/changes.xlsx" in there.read("/administration/changes")
    told = {row[3] for row in workbook(there, "changes")}
    assert {f"9-9-{n}" for n in range(700)} <= told


def test_every_list_is_written_whole_in_both_languages(busy: World) -> None:
    for name, export in EXPORTS.items():
        who = next(who for who in PREFERRED if Role(who) in export.readers)
        books = [workbook(browser(busy, who, language), name) for language in ("zh-hans", "en")]
        assert [len(book[0]) for book in books] == [len(export.columns)] * 2, name
        assert len(books[0]) == len(books[1]), name


def rows_of(there: Browser, path: str, **query: str) -> list[tuple[Any, ...]]:
    answer = there.get(path, query)
    assert answer.status_code == 200, (path, answer.status_code)
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    return list(load_workbook(BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True))


def test_the_lists_behind_the_figures_of_a_manager_go_out_with_as_many_rows(busy: World) -> None:
    there = browser(busy, "office_manager")
    for name in LISTS_OF_THE_DAY:
        page = there.read(f"/morning/{name}")
        assert f"/morning/{name}.xlsx" in page, name
        told = [row for row in rows_of(there, f"/morning/{name}.xlsx") if str(row[1]).startswith("XH-")]
        assert len(told) == page.count("<tr data-row="), name
    assert [row[1] for row in rows_of(there, "/morning/reported.xlsx") if row[1] == "XH-R26-00001"]
    assert browser(busy, "service_desk").get("/morning/reported.xlsx").status_code == 403


def test_the_offices_side_by_side_and_the_cases_behind_each_figure_go_out(busy: World) -> None:
    there = browser(busy, "company_management")
    told = {row[0]: row for row in rows_of(there, "/company.xlsx")}
    assert {"XH", "LY"} <= told.keys()
    for name in DOORS:
        page = there.read(f"/company/XH/{name}")
        assert f"/company/XH/{name}.xlsx" in page, name
        rows = [row for row in rows_of(there, f"/company/XH/{name}.xlsx") if str(row[1]).startswith("XH-")]
        assert len(rows) == page.count("<tr data-row="), name
    assert not [row for row in rows_of(there, "/company/LY/open.xlsx") if str(row[1]).startswith("XH-")]
    assert browser(busy, "office_manager").get("/company.xlsx").status_code == 403
