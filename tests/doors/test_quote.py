"""What work would cost, asked at the command line, through the API and on the page of an order."""

import json
from decimal import Decimal

import pytest

from menling.catalogue.models import PriceItem, PriceList
from tests.doors.api import caller
from tests.doors.test_cli_lists import called
from tests.doors.web import browser, words
from tests.office import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def wiring(world: World) -> World:
    listed = PriceList.objects.get(office=world.office)
    PriceItem.objects.create(price_list=listed, code="E05", name="线路检查", name_en="Check the wiring", price=30, per="block")
    listed.items.filter(code="W03").update(name_en="Clear the toilet")
    return world


def test_the_command_line_says_what_it_comes_to_and_why(wiring: World, capsys: pytest.CaptureFixture[str]) -> None:
    assert called("quote", "--office", "XH", "W02*1:5", "W03:20", "M01*2", "--stock", "软管", "3.49", "3") == 0
    printed = capsys.readouterr().out
    assert printed.splitlines()[-1].strip() == "163.50"
    for said in ("Only the higher price counts, never both", "[EN-D.13]", "25.00 each", "plus 30%"):
        assert said in printed


@pytest.mark.parametrize(("spent", "due"), [("5", "30.00"), ("30", "30.00"), ("30:01", "60.00")])
def test_the_exact_time_decides_how_many_blocks_there_are(wiring: World, spent: str, due: str,
                                                         capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    assert called("quote", "--office", "XH", "E05", "--spent", spent, "--json") == 0
    assert json.loads(capsys.readouterr().out)["due"] == due


@pytest.mark.parametrize(("items", "due", "said"), [
    (("E05:10", "W03:20"), "100.00", "Check the wiring: done in the same 30 minutes as “Clear the toilet”. Only the higher"),
    (("W03:30", "E05:10"), "130.00", "charged by the started 30 minutes, 1 × ¥30.00 = ¥30.00"),
    (("E05:31", "W03:10"), "130.00", "charged by the started 30 minutes, 1 × ¥30.00 = ¥30.00"),
])  # fmt: skip
def test_labour_and_a_dearer_piece_come_to_the_dearer_one_in_each_block_and_the_line_says_so(
    wiring: World, items: tuple[str, ...], due: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert called("quote", "--office", "XH", *items) == 0
    printed = capsys.readouterr().out
    assert printed.splitlines()[-1].strip() == due
    assert said in printed
    case = wiring.at_home()
    wiring.do(case, "quote", "repair_worker", items=[{"code": each.partition(":")[0]} for each in items])
    wiring.do(case, "consent", "customer")
    worked = [{"code": code, "minutes": int(minutes)} for code, _colon, minutes in (each.partition(":") for each in items)]
    wiring.later(sum(each["minutes"] for each in worked))
    assert wiring.do(case, "finish", "repair_worker", summary="好", worked=worked).order.due == Decimal(due)


@pytest.mark.parametrize("item", ["X99", "W01*x", "W01:y", "W01*-1"])
def test_what_is_not_on_the_list_or_no_item_is_told_in_one_line(world: World, item: str,
                                                               capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    assert called("quote", "--office", "XH", item) == 1
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_nothing_asked_costs_nothing_and_says_how_to_ask(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    assert called("quote", "--office", "XH") == 1
    assert "W01*1:20" in capsys.readouterr().err


def test_the_api_answers_the_same_question(wiring: World) -> None:
    desk = caller(wiring, "service_desk")
    answer = desk.get("/quote", item="E05*1:31", office="XH").json()
    assert (answer["due"], answer["lines"][0]["clause"]) == ("60.00", "EN-D.13")
    assert desk.get("/quote", item="E05*", office="XH").status_code == 200
    assert desk.get("/quote", item="E05*x", office="XH").status_code == 422
    assert desk.get("/quote", item="X99", office="XH").json()["clause"] == "EN-4.3"


def test_who_is_asked_why_reads_item_block_clause_and_consent_from_the_order(wiring: World) -> None:
    case = wiring.at_home()
    wiring.do(case, "quote", "repair_worker", items=[{"code": "E05"}])
    wiring.do(case, "consent", "customer")
    wiring.later(5)
    wiring.do(case, "finish", "repair_worker", summary="已检查")
    page = words(browser(wiring, "service_desk").read(f"/orders/{case.number}"))
    for said in ("Why this amount?", "charged by the started 30 minutes, 1 × ¥30.00 = ¥30.00", "5 min, as measured",
                 "a block counts once it is begun", "was agreed to before the work"):  # fmt: skip
        assert said in page
    bill = caller(wiring, "customer").get(f"/orders/{case.number}/bill").json()
    assert (bill["due"], len(bill["lines"]), len(bill["behind"])) == ("30.00", 1, 3)
    assert caller(wiring, "service_desk_elsewhere").get(f"/orders/{case.number}/bill").status_code == 404


def test_a_resident_reads_no_workers_number_in_the_lines_of_a_bill(wiring: World) -> None:
    wiring.staff["repair_worker"].phone = "13912340001"
    wiring.staff["repair_worker"].save(update_fields=["phone"])
    case = wiring.at_home()
    wiring.do(case, "quote", "repair_worker", amount=Decimal("50.00"), description="换灯，电话13912340001")
    told = {who: caller(wiring, who).get(f"/orders/{case.number}/bill").json()["lines"][0] for who in ("customer", "finance")}
    assert ["13912340001" in told[who]["text"] for who in told] == [False, True]
    assert told["customer"]["amount"] == "50.00"


def test_the_minutes_of_each_job_are_asked_for_only_where_there_are_several(world: World) -> None:
    for items, asked in (([{"code": "W03"}], False), ([{"code": "W03"}, {"code": "W02"}], True)):
        case = world.at_home()
        world.do(case, "quote", "repair_worker", items=items)
        world.do(case, "consent", "customer")
        form = browser(world, "repair_worker").read(f"/orders/{case.number}/finish")
        assert ("worked:W03" in form) is asked
        world.do(case, "finish", "repair_worker", summary="好")
