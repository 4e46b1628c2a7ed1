"""The pages of errands and numbered paper, the register on paper and as a workbook, and an errand over the API."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from menling.journal.models import Case
from menling.kernel.roles import Role
from tests.buying import BUYER, TOLD, WANTED, bought, errand, missing_sheet
from tests.doors.api import caller
from tests.doors.web import Browser, browser, words
from tests.examples import opened, picture
from tests.office import World, make_staff

pytestmark = pytest.mark.django_db
COPY = {"finance_copy": True}


def test_an_errand_goes_from_the_register_to_the_finance_copy_on_its_page(world: World) -> None:
    desk, buyer, finance = browser(world, "service_desk"), browser(world, "repair_worker"), browser(world, "finance")
    assert desk.post("/errands/file", WANTED | {"brand": ""}).status_code == 422
    form = WANTED | {"buy_by": "明天 9:00", "buyer": world.staff["repair_worker"].number}
    assert desk.post("/errands/file", form).status_code == 302
    case = Case.objects.get(kind="errand")
    assert case.number in words(desk.read("/errands"))
    assert finance.post(f"/steps/{case.number}/advance", {"amount": "100"}).status_code == 302
    assert buyer.post(f"/steps/{case.number}/buy", {"amount": "86", "invoice": "00123"}).status_code == 302
    buyer.post(f"/steps/{case.number}/deliver")
    signed = caller(world, "customer").post(f"/errands/{case.number}/sign", {"checked": True}, key="signs")
    assert signed.status_code == 200, signed.content
    buyer.post(f"/steps/{case.number}/settle")
    page = words(finance.read(f"/errands/{case.number}"))
    assert "00123" in page
    finance.post(f"/steps/{case.number}/reckon")
    finance.post(f"/steps/{case.number}/archive", {"finance_copy": "on"})
    case.refresh_from_db()
    assert case.status == "archived"
    assert "角阀" in words(desk.read("/errands"))


@pytest.mark.clause("MR-49", "HC-5.4.3")
def test_a_sheet_signed_on_paper_is_photographed_on_the_page_of_the_errand(world: World) -> None:
    case = world.do(bought(world), "deliver", BUYER)
    desk = browser(world, "service_desk")
    assert "sign_on_paper" not in desk.read(f"/errands/{case.number}"), "it has a form of its own, and no button beside it"
    scan = SimpleUploadedFile("sheet.jpg", picture(), "image/jpeg")
    answer = desk.client.post(f"/signed-on-paper/{case.number}", {"key": "paper", "name": "王芳", "scan": scan})
    assert answer.status_code == 302, answer.content
    case.refresh_from_db()
    assert case.status == "signed"
    assert browser(world, "repair_worker").client.post(f"/signed-on-paper/{case.number}", {"key": "x"}).status_code == 403


def test_whoever_is_named_to_buy_is_led_to_the_errand_and_finds_the_own_ones_in_a_list(today: World) -> None:
    today.staff["employee"] = make_staff(today.company, today.office, Role.EMPLOYEE, "E900", "曾洋")
    buyer, other = browser(today, "employee"), errand(today)
    mine = errand(today, buyer="E900")
    answer = buyer.get(f"/orders/{mine.number}")
    assert answer.headers["Location"] == f"/errands/{mine.number}"
    assert "00123" in words(follow(buyer, mine, "buy", {"amount": "86", "invoice": "00123"}))
    page = buyer.read("/errands")
    assert mine.number in page
    assert other.number not in page
    assert "register.pdf" not in page
    assert "3-2-1201" in page
    mine.refresh_from_db()
    today.later(5)
    for verb, who, facts in (("not_bought", "employee", TOLD), ("reckon", "finance", {}), ("archive", "finance", COPY)):
        today.do(mine, verb, who, **facts)
    for address in ("/errands", f"/errands/{mine.number}"):
        assert "3-2-1201" not in words(buyer.read(address)), "nobody reads an address once the way is done (CF-04)"
    assert 'href="/errands"' in buyer.read("/tell")
    assert buyer.get("/errands/register.pdf").status_code == 403


def follow(there: Browser, case: Case, verb: str, facts: dict[str, str]) -> str:
    """Take a step in its own form and return the page that comes after it."""
    answer = there.post(f"/orders/{case.number}/{verb}", facts)
    assert answer.status_code == 302, answer.content
    first = there.get(answer.headers["Location"])
    return there.read(first.headers["Location"]) if first.status_code == 302 else first.content.decode()


def test_how_many_is_a_figure_and_the_page_says_what_one_looks_like(world: World) -> None:
    answer = browser(world, "service_desk").post("/errands/file", WANTED | {"quantity": "2瓶"}, htmx=True)
    assert answer.status_code == 422
    assert "such as 2." in words(answer.content.decode())


def test_staff_never_sign_for_goods(world: World) -> None:
    case = opened(world, "errand")
    assert caller(world, "repair_worker").post(f"/errands/{case.number}/sign", {"checked": True}, key="no").status_code == 403
    assert browser(world, "service_desk_elsewhere").get(f"/errands/{case.number}").status_code == 404


def test_the_register_goes_out_on_paper_and_as_a_workbook_with_void_numbers_in_it(world: World) -> None:
    case = world.do(opened(world, "errand"), "void", "service_desk", reason="写错")
    desk = browser(world, "service_desk")
    paper = desk.get("/errands/register.pdf")
    assert (paper.status_code, paper.content[:4]) == (200, b"%PDF")
    for address in ("/errands/register.xlsx", "/exports/errands.xlsx"):
        answer = desk.get(address)
        book = load_workbook(BytesIO(b"".join(answer.streaming_content) if answer.streaming else answer.content))
        cells = [str(cell) for row in book.active.iter_rows(values_only=True) for cell in row]
        assert case.number in cells
        assert "写错" in cells


def test_a_pad_is_given_out_and_a_missing_sheet_traced_and_closed_on_the_page(world: World) -> None:
    desk, manager = browser(world, "service_desk"), browser(world, "office_manager")
    form = {"paper": "errand_sheet", "first": "0001", "last": "0010", "to": world.staff["repair_worker"].number}
    assert desk.post("/pads/issue", form).status_code == 302
    pad = Case.objects.get(kind="pad")
    assert "0001 – 0010" in words(desk.read("/pads"))
    desk.post(f"/steps/{pad.number}/hand_in", {"blank_from": "0002"})
    inquiry = world.child(pad, "paper_inquiry")
    assert inquiry.number in words(manager.read("/pads"))
    assert "0001" in words(desk.read(f"/pads/{pad.number}"))
    assert desk.read(f"/pads/{inquiry.number}")
    desk.post(f"/steps/{inquiry.number}/trace", {"cause": "printing", "found": "漏印"})
    manager.post(f"/steps/{inquiry.number}/close")
    inquiry.refresh_from_db()
    assert inquiry.status == "closed"
    assert desk.get("/exports/sheets.xlsx").status_code == 200
    assert browser(world, "service_desk_elsewhere").get(f"/pads/{pad.number}").status_code == 404


@pytest.mark.clause("HC-5.4.6")
def test_the_form_that_closes_an_inquiry_asks_how_it_was_dealt_with_where_a_person_caused_it(world: World) -> None:
    inquiry, manager, desk = missing_sheet(world), browser(world, "office_manager"), browser(world, "service_desk")
    form = f"/orders/{inquiry.number}/close"
    worker = world.staff["repair_worker"].number
    assert "Who caused it (work number) (where it applies)" in words(desk.read(f"/orders/{inquiry.number}/trace"))
    assert "Waits for" not in words(desk.read(f"/pads/{inquiry.number}"))
    world.do(inquiry, "trace", "service_desk", cause="printing", found="漏印")
    assert "How it was dealt with (optional)" in words(manager.read(form))
    world.do(inquiry, "trace", "service_desk", cause="lost", found="丢在车里", person=worker)
    assert "How it was dealt with" in words(manager.read(form))
    assert "(optional)" not in words(manager.read(form))
    assert "Cause known, the manager closes it 1" in words(desk.read("/pads"))
    assert "Waits for · Close (office manager)" in words(desk.read(f"/pads/{inquiry.number}"))
    answer = manager.post(form, {"dealt": "已批评并补记"})
    assert answer.headers["Location"] == f"/orders/{inquiry.number}"
    there = manager.client.get(answer.headers["Location"], follow=True)
    assert there.redirect_chain[-1][0] == f"/pads/{inquiry.number}"
    assert f"{inquiry.number}: Close, done." in words(there.content.decode())


def test_the_form_of_every_step_can_be_opened(world: World) -> None:
    desk, finance = browser(world, "service_desk"), browser(world, "finance")
    for there, case, verbs in (
        (desk, opened(world, "errand"), ("dispatch", "correct", "void", "note")),
        (finance, opened(world, "errand"), ("advance", "note")),
        (browser(world, "repair_worker"), opened(world, "errand"), ("buy", "delay", "not_bought")),
        (desk, opened(world, "pad"), ("use", "void", "give_to", "hand_in")),
        (desk, missing_sheet(world), ("trace", "note")),
    ):
        for verb in verbs:
            assert there.get(f"/orders/{case.number}/{verb}").status_code == 200, verb
