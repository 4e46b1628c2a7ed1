"""The cashier's day on the page: begun, counted, closed, corrected by two, reopened, and taken away."""

from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from menling.journal.models import Case
from menling.premises import clock
from tests.cashier import begun, brought_in, cash, in_safe
from tests.doors.web import Browser, browser, words
from tests.office import World
from tests.procedures.test_mr_23_statements import qr_charge

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
NOTES = {"count:100": "1", "count:50": "1", "count:20": "1", "count:10": "1", "count:5": "1", "count:1": "1"}


@pytest.fixture
def finance(world: World) -> Browser:
    """Finance at the page, on the first day, with a hundred yuan counted in the safe."""
    world.now = clock.now()
    there = browser(world, "finance")
    assert there.post("/finance/cashier/begin", {"count:100": "1"}).status_code == 302
    return there


def day(world: World) -> Case:
    return Case.objects.get(kind="cashier_day")


def test_finance_begins_the_day_with_a_count_and_closes_it_when_it_adds_up(world: World, finance: Browser) -> None:
    brought_in(world)
    number = day(world).number
    page = words(finance.read("/finance/cashier"))
    assert "The books say ¥186.00 lies in the safe now." in page
    wrong = finance.post(f"/steps/{number}/close_day", NOTES | {"count:1": "2"}, htmx=True)
    assert "¥187.00 was counted, and the books say ¥186.00: ¥1.00 apart." in words(wrong.content.decode())
    assert finance.post(f"/steps/{number}/close_day", NOTES).status_code == 302
    assert (day(world).status, "closed" in words(finance.read(f"/finance/cashier/{number}"))) == ("closed", True)


def test_a_payment_by_qr_code_on_no_statement_stands_on_the_page_beside_a_clock_that_runs(world: World, finance: Browser) -> None:
    charge = qr_charge(world)
    page = finance.read("/finance/cashier")
    waiting = page.split('id="waiting"')[1]
    assert charge.parent is not None
    assert charge.parent.number in waiting.split("</section>")[0]
    sheet = load_workbook(BytesIO(finance.get(f"/finance/cashier/{day(world).number}/sheet.xlsx").content)).worksheets[0]
    assert any(charge.parent.number in str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)
    assert f'data-now="{timezone.localdate(clock.now()):%Y-}' in page


def test_who_still_holds_cash_is_asked_about_by_name(world: World, finance: Browser) -> None:
    cash(world)
    worker = world.staff["repair_worker"]
    page = finance.read("/finance/cashier")
    assert f'name="held:{worker.number}"' in page
    number = day(world).number
    assert finance.post(f"/steps/{number}/close_day", {"count:100": "1"}).status_code == 422
    assert finance.post(f"/steps/{number}/close_day", {"count:100": "1", f"held:{worker.number}": "明早交"}).status_code == 302
    assert "明早交" in words(finance.read(f"/finance/cashier/{number}"))


def test_a_deposit_and_its_correction_go_through_two_people(world: World, finance: Browser) -> None:
    number = day(world).number
    assert finance.post(f"/steps/{number}/deposit", {"amount": "60", "bank_slip": "YH-1"}).status_code == 302
    page = finance.read("/finance/cashier")
    assert "YH-1" in page
    entry = page.split('<select class="form-select" name="entry"><option value="')[1].split('"')[0]
    asked = {"entry": entry, "amount": "6", "reason": "回单五十四元"}
    assert finance.post(f"/steps/{number}/counter_entry", asked).status_code == 302
    assert "waits for a second person" in words(finance.read("/finance/cashier"))
    lead = browser(world, "business_lead")
    waiting = lead.read("/finance/cashier").split('name="entry" value="')[1].split('"')[0]
    assert lead.post(f"/steps/{number}/confirm_entry", {"entry": waiting}).status_code == 302
    assert in_safe(world) == Decimal("46.00")


def test_the_manager_reads_the_day_and_opens_it_again(world: World, finance: Browser) -> None:
    number = day(world).number
    finance.post(f"/steps/{number}/close_day", {"count:100": "1"})
    manager = browser(world, "office_manager")
    assert "Reopen the day" in words(manager.read(f"/finance/cashier/{number}"))
    assert "Reopen the day" not in words(finance.read(f"/finance/cashier/{number}"))
    assert manager.post(f"/steps/{number}/reopen", {"reason": "漏记一笔"}).status_code == 302
    assert "漏记一笔" in words(manager.read("/finance/cashier"))


@pytest.mark.clause("MR-28")
def test_what_comes_after_the_closing_stands_on_the_page_with_the_day_it_belongs_to(world: World, finance: Browser) -> None:
    finance.post(f"/steps/{day(world).number}/close_day", {"count:100": "1"})
    closed = words(finance.read("/finance/cashier"))
    assert "No day is open" not in closed
    assert "Today is closed. What comes and goes from now on belongs to" in closed
    assert "the office manager opens the day again" in closed
    assert "¥86.00" not in closed
    brought_in(world)
    after = finance.read("/finance/cashier").split('id="after"')[1].split("</section>")[0]
    assert "¥86.00" in words(after)
    assert "Reopen the day" in words(browser(world, "office_manager").read("/finance/cashier"))


def test_the_sheet_goes_out_as_paper_and_as_a_workbook_and_the_days_as_a_list(world: World, finance: Browser) -> None:
    brought_in(world)
    number = day(world).number
    assert finance.get(f"/finance/cashier/{number}/sheet.pdf").content.startswith(b"%PDF")
    assert finance.get(f"/finance/cashier/{number}/sheet.doc").status_code == 404
    book = load_workbook(BytesIO(finance.get(f"/finance/cashier/{number}/sheet.xlsx").content))
    assert len(book.sheetnames) == 4
    assert 186 in [cell for row in book.worksheets[0].iter_rows(values_only=True) for cell in row]
    assert finance.get("/exports/cashier-days.xlsx").status_code == 200
    assert browser(world, "service_desk").get("/finance/cashier").status_code == 403
    assert browser(world, "finance_elsewhere").get(f"/finance/cashier/{number}").status_code == 404


def test_the_page_asks_as_often_for_many_movements_as_for_few(world: World, finance: Browser) -> None:
    asked = []
    for _round in range(2):
        brought_in(world)
        finance.read("/finance/cashier")
        with CaptureQueriesContext(connection) as seen:
            finance.read("/finance/cashier")
        asked.append(len(seen))
        brought_in(world), brought_in(world)
    assert asked[0] == asked[1]
    assert asked[0] < 45


def test_a_count_note_by_note_is_taken_where_finance_receives_cash(world: World, finance: Browser) -> None:
    handover = cash(world)
    counted = {"amount": "86.00", "count:50": "1", "count:20": "1", "count:10": "1", "count:5": "1", "count:1": "1"}
    assert finance.post(f"/steps/{handover.number}/receive", counted).status_code == 302
    handover.refresh_from_db()
    assert (handover.status, handover.handover.count["50"]) == ("received", 1)


@pytest.mark.parametrize(("amount", "told"), [("60.00", False), ("60.01", True)])
def test_more_fetched_from_the_bank_than_the_books_know_of_is_taken_and_warned_of(
    world: World, finance: Browser, amount: str, told: bool
) -> None:
    number = day(world).number
    finance.post(f"/steps/{number}/deposit", {"amount": "60", "bank_slip": "YH-1"})
    assert finance.post(f"/steps/{number}/withdraw", {"amount": amount, "bank_slip": "YH-2"}).status_code == 302
    assert in_safe(world) == Decimal(40) + Decimal(amount)
    assert ("More left the bank than these books know of." in words(finance.read("/finance/cashier"))) is told
    sheet = load_workbook(BytesIO(finance.get(f"/finance/cashier/{number}/sheet.xlsx").content)).worksheets[0]
    said = any("More left the bank" in str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)
    assert said is told


@pytest.mark.clause("MR-28")
def test_the_first_count_takes_every_coin_that_lies_in_the_safe(today: World) -> None:
    there = browser(today, "finance")
    assert "count:0.05" in there.read("/finance/cashier")
    assert there.post("/finance/cashier/begin", {"count:100": "12", "count:1": "3", "count:0.05": "1"}).status_code == 302
    assert "¥1,203.05" in words(there.read("/finance/cashier"))


@pytest.mark.clause("MR-29")
def test_the_safe_may_hold_a_few_fen_that_the_books_do_not_know(today: World) -> None:
    there = browser(today, "finance")
    there.post("/finance/cashier/begin", {"count:100": "12", "count:1": "3"})
    closing, differing = (form.split("</form>")[0] for form in there.read("/finance/cashier").split("count:100")[1:])
    assert ("count:0.05" in closing, "count:0.05" in differing) == (False, True)
    counted = {"count:100": "12", "count:1": "3", "count:0.05": "1", "reason": "多出五分"}
    assert there.post(f"/steps/{day(today).number}/difference", counted).status_code == 302
    assert "¥0.05" in words(there.read("/finance/cashier"))


def test_the_form_of_a_difference_offers_every_coin_down_to_the_fen(world: World) -> None:
    day = begun(world)
    page = browser(world, "finance").read(f"/orders/{day.number}/difference")
    assert all(f'name="count:{piece}"' in page for piece in ("100", "0.1", "0.05", "0.02", "0.01"))
