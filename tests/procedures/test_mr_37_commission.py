"""MR-37, MR-38  Commission of a month: reckoned by settled orders, shared, seen, questioned line by line."""

from contextlib import nullcontext
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from menling.earnings.lines import Line
from menling.earnings.sheets import sheets
from menling.journal.models import Case
from menling.journal.sweep import sweep
from menling.money.models import Transfer
from menling.procedures.commission import CommissionPolicy, commission, labour_within, own_line, part_of, within_charge
from tests import agreed
from tests.doors.api import caller
from tests.doors.web import browser, words
from tests.earning import settled
from tests.office import World
from tests.procedures.given import chosen, decide, promise, refused, told_staff
from tests.procedures.test_mr_34_deposits import done, prepaid, visit

NOVEMBER = date(2026, 11, 1)


def d(text: str) -> Decimal:
    return Decimal(text)


def lines_of(world: World, who: str = "repair_worker", first: date = NOVEMBER) -> tuple[Line, ...]:
    (found,) = sheets(world.office, [world.staff[who]], first)
    return found.lines


def asked(world: World, settlement: Case, who: str = "repair_worker") -> Case:
    answer = world.answer("file", None, who, kind="commission_query", settlement=settlement.number, question="少算了半小时")
    return Case.objects.get(number=answer.body["number"])


@pytest.mark.clause("MR-37")
@pytest.mark.parametrize(("pct", "per_job", "labour", "comes_to"), [
    ("10", "0.00", "86.00", "8.60"), ("0", "0.00", "86.00", "0.00"), ("0", "5.00", "86.00", "5.00"),
    ("12.5", "1.00", "0.10", "1.01"), ("100", "0.00", "0.01", "0.01"),
])  # fmt: skip
def test_commission_is_a_share_of_the_labour_and_a_sum_per_order(pct: str, per_job: str, labour: str, comes_to: str) -> None:
    policy = chosen(CommissionPolicy, commission__labour_pct=pct, commission__per_job=per_job)
    assert commission(d(labour), policy, first=True) == d(comes_to)
    assert commission(d(labour), policy, first=False) == d(comes_to) - d(per_job)


@pytest.mark.clause("MR-37")
def test_what_does_not_divide_goes_to_the_one_who_answers_for_the_order() -> None:
    assert [part_of(d("10.00"), 3, place) for place in range(3)] == [d("3.34"), d("3.33"), d("3.33")]
    assert part_of(d("10.00"), 1, 0) == d("10.00")


@pytest.mark.clause("MR-37")
@pytest.mark.parametrize(("due", "before", "materials", "labour"), [
    ("100.00", "0", "30.00", "70.00"), ("30.00", "0", "30.00", "0"), ("30.01", "0", "30.00", "0.01"),
    ("20.00", "0", "30.00", "0"), ("20.00", "100.00", "30.00", "20.00"), ("20.00", "20.00", "30.00", "10.00"),
])  # fmt: skip
def test_labour_is_what_lies_beyond_the_material(due: str, before: str, materials: str, labour: str) -> None:
    assert labour_within(d(due), d(before), d(materials)) == d(labour)


@pytest.mark.clause("MR-38")
def test_somebody_asks_about_the_own_lines_alone() -> None:
    own_line((7, 8), 8)
    with refused("MR-38", 403):
        own_line((7, 8), 9)


@pytest.mark.django_db
@pytest.mark.clause("MR-37")
def test_a_line_appears_with_the_settlement_and_in_its_month(world: World) -> None:
    order = world.completed("86.00")
    world.do(world.child(order, "charge"), "collect", "repair_worker")
    assert lines_of(world) == ()
    world.do(world.child(order, "settlement"), "settle", "finance")
    (line,) = lines_of(world)
    assert (line.order, line.labour, line.whole, line.amount) == (order, d("86.00"), d("8.60"), d("8.60"))
    assert lines_of(world, first=date(2026, 10, 1)) == lines_of(world, first=date(2026, 12, 1)) == ()
    assert lines_of(world, "repair_worker_2") == ()


@pytest.mark.django_db
@pytest.mark.clause("MR-37")
def test_material_brings_nothing_and_a_shortfall_takes_nothing_away(world: World) -> None:
    case = world.at_home()
    world.do(case, "quote", "repair_worker", items=[{"code": "W01"}, {"code": "M01"}])
    world.do(case, "consent", "customer")
    for verb, who in (("finish", "repair_worker"), ("sign", "customer"), ("review", "team_lead"), ("sign_off", "repair_worker")):
        world.do(case, verb, who, **({"summary": "已疏通"} if verb == "finish" else {"rating": 5} if verb == "sign" else {}))
    world.do(world.child(case, "charge"), "collect", "business_lead", amount=d("100.00"), shortfall_reason="返工",
             responsible="员工5")  # fmt: skip
    world.do(world.child(case, "settlement"), "settle", "finance")
    (line,) = lines_of(world)
    assert (line.charged, line.labour, line.amount) == (d("111.00"), d("86.00"), d("8.60"))
    assert not Transfer.objects.filter(source__startswith="bag:", target__startswith="shortfall:").exists()


@pytest.mark.django_db
@pytest.mark.clause("MR-37", "MR-34")
def test_the_sum_per_order_comes_once_however_many_payments_the_order_has(world: World) -> None:
    decide(world, "commission.per_job", "10.00")
    agreement = agreed.in_force(world)
    for amount in ("50.00", "60.00"):
        prepaid(world, agreement, amount)
    order = visit(world, agreement)
    done(world, order)
    world.do(order.children.get(kind="charge", status="due"), "collect", "business_lead")
    order.refresh_from_db()
    world.do(order, "sign_off", "housekeeper")
    for settlement in order.children.filter(kind="settlement").order_by("-pk"):
        world.do(settlement, "settle", "finance", at=world.later(1))
    month = timezone.localtime(world.now).date().replace(day=1)
    found = [each.whole for each in lines_of(world, "housekeeper", month)]
    assert found == [d("15.00"), d("6.00"), d("5.00")], "with the one that was settled first"


@pytest.mark.django_db
@pytest.mark.clause("MR-37")
def test_an_order_is_reckoned_by_the_figures_of_the_day_it_was_reported(world: World) -> None:
    before = world.completed("86.00")
    decide(world, "commission.labour_pct", "20")
    for verb, who in (("collect", "repair_worker"), ("settle", "finance")):
        world.do(world.child(before, "charge" if verb == "collect" else "settlement"), verb, who)
    settled(world)
    assert [each.amount for each in lines_of(world)] == [d("8.60"), d("17.20")]


@pytest.mark.django_db
@pytest.mark.clause("MR-38")
def test_a_question_is_answered_and_what_was_short_is_added(world: World) -> None:
    settlement = settled(world)
    query = asked(world, settlement)
    with refused("MR-38"):
        asked(world, settlement)
    with refused("MR-38", 422):
        world.do(query, "answer", "team_lead", answer=" ")
    with refused("MR-6", 422):
        world.do(query, "answer", "team_lead", answer="多算了", more="-1.00")
    assert lines_of(world)[0].amount == d("8.60")
    world.do(query, "answer", "team_lead", answer="确实少算", more="1.40")
    assert (query.status, lines_of(world)[0].amount) == ("answered", d("10.00"))
    assert told_staff(query) == [world.staff["repair_worker"].pk]
    world.do(asked(world, settlement), "answer", "office_manager", answer="已按规定算清")
    assert (lines_of(world)[0].amount, len(lines_of(world)[0].queries)) == (d("10.00"), 2)


@pytest.mark.clause("MR-38")
@pytest.mark.parametrize(("more", "fine"), [("85.99", True), ("86.00", True), ("86.01", False)])
def test_the_answers_about_a_line_add_no_more_than_its_order_was_charged(more: str, fine: bool) -> None:
    with nullcontext() if fine else refused("MR-38"):
        within_charge(d(more) - d("1.40"), d("1.40"), d("86.00"))


@pytest.mark.django_db
@pytest.mark.clause("MR-38")
def test_a_second_answer_counts_with_the_first_one_against_the_charge(world: World) -> None:
    settlement = settled(world)
    with refused("MR-38"):
        world.do(asked(world, settlement), "answer", "team_lead", answer="补上", more="86.01")
    query = Case.objects.get(kind="commission_query")
    world.do(query, "answer", "team_lead", answer="补上", more="50.00")
    again = asked(world, settlement)
    with refused("MR-38"):
        world.do(again, "answer", "team_lead", answer="再补", more="36.01")
    world.do(again, "answer", "team_lead", answer="再补", more="36.00")
    assert lines_of(world)[0].amount == d("94.60")


@pytest.mark.django_db
@pytest.mark.clause("MR-38")
def test_nobody_asks_about_the_line_of_another_or_one_that_is_not_settled(world: World) -> None:
    settlement = settled(world)
    with refused("MR-38", 403):
        asked(world, settlement, "repair_worker_2")
    order = world.completed("86.00")
    world.do(world.child(order, "charge"), "collect", "repair_worker")
    with refused("MR-38", 409):
        asked(world, world.child(order, "settlement"))


@pytest.mark.django_db
@pytest.mark.clause("MR-38")
def test_a_question_taken_back_leaves_the_line_and_may_be_asked_anew(world: World) -> None:
    settlement = settled(world)
    query, foreman = asked(world, settlement), world.actor("team_lead")
    with refused("MR-38", 403):
        world.answer("withdraw", query, world.actor("repair_worker").recorded_by(foreman, "phone"))
    world.do(query, "withdraw", "repair_worker")
    assert lines_of(world)[0].queries == ()
    assert asked(world, settlement).status == "asked"


@pytest.mark.django_db
@pytest.mark.clause("MR-38")
@pytest.mark.parametrize(("seconds", "broken"), [(0, False), (1, True)])
def test_a_question_is_answered_within_the_days_of_the_office(world: World, seconds: int, broken: bool) -> None:
    query = asked(world, settled(world))
    sweep(world.later(minutes=3 * 24 * 60, seconds=seconds))
    assert (promise(query, "answer").broken_at is not None) is broken


@pytest.mark.django_db
@pytest.mark.clause("MR-37", "MR-38")
def test_the_worker_sees_the_own_sheet_asks_there_and_the_foreman_answers(world: World) -> None:
    settlement = settled(world)
    worker, lead, other = (browser(world, who) for who in ("repair_worker", "team_lead", "repair_worker_2"))
    assert "¥8.60" in words(worker.read("/commission/of/A005?month=2026-11"))
    sent = worker.post("/commission/ask", {"settlement": settlement.number, "question": "少算了", "month": "2026-11"})
    assert sent.status_code == 302
    assert other.get("/commission/of/A005?month=2026-11").status_code == 404
    assert other.get("/commission?month=2026-11").status_code == 403
    assert "少算了" in words(lead.read("/commission?month=2026-11"))
    query = Case.objects.get(kind="commission_query")
    lead.post(f"/orders/{query.number}/answer", {"answer": "补上", "more": "1.40"})
    assert "¥10.00" in words(worker.read("/commission/of/A005?month=2026-11"))
    assert caller(world, "repair_worker").get("/my/commission?month=2026-11").json()["total"] == "10.00"


@pytest.mark.django_db
@pytest.mark.clause("MR-37")
def test_the_sheet_goes_out_on_paper_and_as_a_workbook(world: World) -> None:
    settled(world)
    worker, lead = browser(world, "repair_worker"), browser(world, "team_lead")
    for who, path in ((worker, "/commission/of/A005/sheet"), (lead, "/commission/all")):
        assert who.get(f"{path}.pdf?month=2026-11").content.startswith(b"%PDF")
        book = load_workbook(BytesIO(who.get(f"{path}.xlsx?month=2026-11").content))
        cells = [cell for row in book.active.iter_rows(values_only=True) for cell in row]
        assert 8.6 in [float(cell) for cell in cells if isinstance(cell, (int, float, Decimal))]


@pytest.mark.django_db
@pytest.mark.clause("MR-37")
def test_the_sheets_of_a_month_cost_the_same_queries_however_many_lines(world: World) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert lines_of(world)
        return len(caught)

    settled(world)
    one = queries()
    for _more in range(2):
        settled(world)
    assert (one, queries()) == (6, 6)
