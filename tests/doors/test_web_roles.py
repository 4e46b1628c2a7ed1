"""The pages of foreman, business lead, finance, office manager and administrator."""

import re
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localtime

from menling.journal.sweep import sweep
from menling.policies.models import PolicyValue
from menling.premises import clock
from menling.premises.models import Change, Unit
from tests.doors.web import browser, words
from tests.office import World

pytestmark = pytest.mark.django_db
PAGES = {
    "team_lead": ("/team", "/team/late-entries", "/team/A005"),
    "business_lead": ("/collect", "/finance"),
    "finance": ("/finance", "/finance/day.xlsx"),
    "office_manager": ("/morning", "/morning/late", "/morning/reported", "/figures", "/figures/repair.arrive_minutes", "/roster"),
    "administrator": ("/administration", "/people", "/people/new", "/people/A005", "/roster", "/units", "/units/new",
                      "/prices", "/calendar", "/clauses", "/clauses?paper=MR", "/clauses/EN-2.1",
                      "/administration/changes", "/office/printed"),
}  # fmt: skip


@pytest.mark.parametrize(("who", "path"), [(who, path) for who, paths in PAGES.items() for path in paths])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_page_of_a_role_opens_for_it(house: World, who: str, path: str, language: str) -> None:
    house.signed("120.00")
    assert browser(house, who, language).get(path).status_code == 200


@pytest.mark.parametrize("who", list(PAGES))
def test_a_role_begins_the_day_on_its_own_page(house: World, who: str) -> None:
    assert browser(house, who).get("/")["Location"] == PAGES[who][0]


@pytest.mark.parametrize(
    "path", ["/team", "/collect", "/finance", "/morning", "/figures", "/administration", "/people", "/units", "/roster"]
)
def test_other_roles_are_kept_out(house: World, path: str) -> None:
    assert browser(house, "quality").get(path).status_code == 403


def test_the_foreman_reviews_a_slip_once_however_often_the_button_is_pressed(house: World) -> None:
    case = house.signed()
    there = browser(house, "team_lead")
    assert case.number in words(there.read("/team"))
    for _press in range(2):
        answer = there.post(f"/steps/{case.number}/review", {"next": "/team"}, key="one-press")
        assert (answer.status_code, answer["Location"]) == (302, "/team")
    assert case.events.filter(verb="review").count() == 1


def test_the_foreman_confirms_with_a_reason_only(house: World) -> None:
    case = house.finished()
    there = browser(house, "team_lead")
    refused = there.post(f"/steps/{case.number}/attest", {"reason": " "}, htmx=True)
    assert refused.status_code in (409, 422)
    there.post(f"/steps/{case.number}/attest", {"reason": "业主看不清字"})
    case.refresh_from_db()
    assert case.status == "signed"


def test_the_crew_shows_who_is_at_a_home_and_who_is_free(house: World) -> None:
    house.at_home()
    page = words(browser(house, "team_lead").read("/team"))
    assert "at the home" in page
    assert re.search(r"赵师傅 A101 free", page)


def test_the_orders_of_who_fell_ill_go_to_whoever_is_free_first(house: World) -> None:
    cases = [house.sent(), house.sent(visit_at=clock.now() + timedelta(hours=1))]
    there = browser(house, "team_lead")
    fields = {"order": [case.number for case in cases], "reason": "生病"}
    answer = there.post("/team/A005/reassign", fields, key="ill")
    assert answer.status_code == 302, words(answer.content.decode())
    for case in cases:
        case.refresh_from_db()
        assert case.assignee_id == house.staff["repair_worker_2"].pk
    assert there.post("/team/A005/reassign", fields, key="ill").status_code in (302, 409)
    assert cases[0].events.filter(verb="reassign").count() == 1


def test_what_cannot_be_moved_is_said_order_by_order(house: World) -> None:
    case = house.sent()
    answer = browser(house, "team_lead").post("/team/A005/reassign", {"order": [case.number], "reason": ""})
    assert answer.status_code == 409
    assert case.number in words(answer.content.decode())


def test_the_lead_collects_from_the_threshold(house: World) -> None:
    charge = house.child(house.finished("100.00"), "charge")
    there = browser(house, "business_lead")
    assert "¥100.00" in words(there.read("/collect"))
    there.post(f"/steps/{charge.number}/collect", {"amount": "100.00", "method": "qr"})
    charge.refresh_from_db()
    assert charge.status == "collected"


def test_finance_reads_why_an_order_cannot_be_settled_and_reminds(house: World) -> None:
    case = house.signed("50.00")
    house.do(house.child(case, "charge"), "collect", "repair_worker")
    there = browser(house, "finance")
    assert "has not signed the repair register" in words(there.read("/finance"))
    settlement = house.child(case, "settlement")
    there.post(f"/steps/{settlement.number}/remind")
    assert "reminded" in words(there.read("/finance"))
    refused = there.post(f"/steps/{settlement.number}/settle", htmx=True)
    assert refused.status_code == 409


def test_the_receipts_of_a_day_stand_by_number_and_say_which_was_entered_late(house: World) -> None:
    first, second = (house.child(house.finished("50.00"), "charge") for _each in range(2))
    third = house.child(house.finished("50.00"), "charge")
    house.later(minutes=3)
    house.do(first, "collect", "repair_worker")
    house.later(minutes=1)
    house.do(second, "collect", "repair_worker", at=house.now - timedelta(minutes=2))
    house.do(third, "collect", "repair_worker", at=house.now - timedelta(seconds=59))
    page = browser(house, "finance").read(f"/finance?day={localtime(house.now - timedelta(minutes=2)):%Y-%m-%d}")
    lines = re.findall(r'<tr data-row="(XH-[^"]+)"><td class="num">(.+?)</tr>', page, re.DOTALL)
    charges = [each.number for each in (first, second, third)]
    assert [number for number, _line in lines if number in charges] == charges
    assert [number for number, line in lines if "entered" in line] == [second.number]


def test_finance_receives_the_cash_and_explains_a_difference(house: World) -> None:
    case = house.signed("50.00")
    house.do(house.child(case, "charge"), "collect", "repair_worker")
    there = browser(house, "finance")
    number = re.search(r"/steps/(XH-H[^/]+)/receive", there.read("/finance"))
    assert number
    short = there.post(f"/steps/{number[1]}/receive", {"amount": "40.00"}, htmx=True)
    assert "explain the difference" in short.content.decode()
    there.post(f"/steps/{number[1]}/receive", {"amount": "50.00"})
    assert "All cash is with finance" in words(there.read("/finance"))


def test_a_receipt_is_printed_for_the_own_office_only(house: World) -> None:
    case = house.signed("50.00")
    charge = house.do(house.child(case, "charge"), "collect", "repair_worker")
    paper = browser(house, "finance").get(f"/receipts/{charge.number}.pdf")
    assert paper.content.startswith(b"%PDF")
    assert browser(house, "finance_elsewhere").get(f"/receipts/{charge.number}.pdf").status_code == 404


def test_a_figure_of_the_morning_opens_a_list_of_as_many_rows(house: World) -> None:
    for _each in range(3):
        house.file()
    there = browser(house, "office_manager")
    figures = there.get("/morning").context["figures"]
    assert figures[0].url == "/morning/reported"
    assert len(there.get(figures[0].url).context["lines"]) == figures[0].value
    shown = {each["name"]: each["count"] for each in there.get("/morning").context["exceptions"]}
    for name, count in shown.items():
        assert len(there.get(f"/morning/{name}").context["lines"]) == count, name


def test_a_line_drawn_before_is_told_to_each_reader_anew(house: World) -> None:
    for amount in ("86.00", "50.00"):
        house.do(house.child(house.signed(amount), "charge"), "collect", "repair_worker", method="cash")
    readers = (("finance", "en"), ("business_lead", "en"), ("finance", "zh-hans"), ("finance", "en"))
    pages = [browser(house, who, language).read("/finance") for who, language in readers]
    assert [page.count("Receive the cash") for page in pages] == [1, 0, 0, 1]
    assert "收讫现金" in pages[2]
    keys = [key for page in pages for key in re.findall(r'name="key" value="([^"]*)"', page)]
    assert len(keys) == len(set(keys)) > 3
    assert not any("\0" in page for page in pages)


@pytest.mark.parametrize(("who", "path"), [("team_lead", "/team"), ("business_lead", "/collect"), ("finance", "/finance"),
                                           ("office_manager", "/morning")])  # fmt: skip
def test_a_start_page_asks_the_same_number_of_questions_however_much_there_is(house: World, who: str, path: str) -> None:
    there = browser(house, who)
    house.signed("120.00")
    there.read(path)
    with CaptureQueriesContext(connection) as one:
        there.read(path)
    for _each in range(3):
        house.signed("130.00")
        house.file()
    with CaptureQueriesContext(connection) as many:
        there.read(path)
    assert len(many) == len(one)


def test_a_new_figure_is_a_new_row_and_out_of_bounds_is_refused_with_the_clause(house: World) -> None:
    there = browser(house, "office_manager")
    refused = there.post("/figures/money.material_markup_pct/decide", {"value": "31", "reason": "成本"}, htmx=True)
    assert refused.status_code == 409
    assert "EN-D.12" in refused.content.decode()
    for _press in range(2):
        there.post("/figures/repair.arrive_minutes/decide", {"value": "12", "reason": "更快"}, key="decide")
    assert PolicyValue.objects.filter(key="repair.arrive_minutes").count() == 1
    assert "12" in words(there.read("/figures/repair.arrive_minutes"))


def test_what_belongs_to_another_office_is_not_there(house: World) -> None:
    there = browser(house, "administrator")
    foreign = Unit.objects.get(office=house.elsewhere)
    for path in (f"/units/{foreign.pk}", f"/people/{house.staff['finance_elsewhere'].number}"):
        assert there.get(path).status_code == 404, path
    case = house.signed()
    elsewhere = browser(house, "team_lead_elsewhere")
    assert elsewhere.post(f"/steps/{case.number}/review").status_code == 404
    assert elsewhere.get("/team/A005").status_code == 404
    assert case.number not in elsewhere.read("/team")


def test_an_entry_in_the_books_is_never_changed(house: World) -> None:
    browser(house, "administrator").post("/people/A005/skills", {"skills": "水暖 电气"})
    with pytest.raises(DatabaseError), transaction.atomic():
        Change.objects.update(what="hire")
    assert Change.objects.get().what == "skills"


def test_a_clause_shows_the_events_of_the_own_office_that_cite_it(house: World) -> None:
    case = house.at_home()
    assert case.number in words(browser(house, "quality").read("/clauses/EN-2.1"))
    assert case.number not in words(browser(house, "quality_elsewhere").read("/clauses/EN-2.1"))
    assert browser(house, "quality").get("/clauses/XX-1").status_code == 404


def test_a_managers_figure_says_what_it_counts_and_each_promise_leads_to_its_cases(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _each in range(2):
        world.file()
    clock.look_again()
    monkeypatch.setenv(clock.VARIABLE, (world.now + timedelta(hours=2)).isoformat())
    sweep(clock.now())
    there = browser(world, "office_manager")
    page = there.get("/morning")
    assert "promises on 2 orders" in words(page.content.decode())
    assert page.context["by_clause"]
    for clause, promise, count in page.context["by_clause"]:
        listed = there.get("/morning/broken", {"clause": clause, "promise": promise})
        assert len(listed.context["lines"]) == count


def test_an_entry_in_the_books_is_told_in_the_readers_words(house: World) -> None:
    there = browser(house, "administrator", "zh-hans")
    there.post("/people/new", {"number": "A901", "name": "赵新", "role": "repair_worker", "since": "2026-01-05"})
    page = words(there.read("/administration/changes"))
    assert "维修人员" in page
    assert "repair_worker" not in page
