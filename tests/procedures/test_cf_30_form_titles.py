"""CF-30  One form, two names: stored once, printed under the title the office chose."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils.timezone import localtime
from openpyxl import load_workbook

from menling.kernel.policy import SETTINGS
from menling.premises import clock
from menling.procedures.form_titles import FormTitles, printed_title
from tests import agreed, cleaning
from tests.doors.web import Browser, browser, words
from tests.office import World
from tests.paper import pages_of, words_of
from tests.procedures.given import decide, refused

TITLES = {
    "agreement": (("family_service_agreement", "家庭服务协议书"), ("home_service_agreement", "居家服务协议书")),
    "register": (("housekeeping_register", "家政服务登记表"), ("work_information_log", "工作信息记录本")),
    "record": (("home_service_record", "居家服务情况记录表"), ("service_record", "服务记录表")),
}
EVERY = [(form, choice, title) for form, choices in TITLES.items() for choice, title in choices]


@pytest.fixture
def today(world: World) -> World:
    """The small office, an hour before the clock its doors use, so that a choice is in force when it is printed."""
    world.now = clock.now() - timedelta(hours=1)
    return world


def printed(there: Browser, path: str) -> str:
    answer = there.get(path)
    assert answer.status_code == 200, path
    return "".join(words_of(page) for page in pages_of(answer.content))


def paper(world: World, form: str) -> str:
    """Return what a form of this office says on paper, in Chinese."""
    desk = browser(world, "service_desk", "zh-hans")
    if form == "agreement":
        return printed(desk, f"/agreements/{agreed.drafted(world).number}/agreement.pdf")
    case = cleaning.finished(world)
    day = localtime(case.reported_at).date().isoformat()
    path = f"/housekeeping/{day}/register.pdf" if form == "register" else f"/housekeeping/record/{case.number}.pdf"
    return printed(desk, path)


@pytest.mark.clause("CF-30", "HS-4.1.1.2", "HS-4.1.1.3", "HS-4.1.1.4")
def test_without_a_word_of_the_office_the_titles_are_those_of_the_home_service_flow() -> None:
    policy = FormTitles()
    chosen = (policy.agreement, policy.register, policy.record)
    assert chosen == ("family_service_agreement", "housekeeping_register", "home_service_record")
    for form, clause in (("agreement", "HS-4.1.1.3"), ("register", "HS-4.1.1.2"), ("record", "HS-4.1.1.4")):
        with refused(clause, 422):
            SETTINGS[f"forms.titles.{form}"].check("another_title")


@pytest.mark.django_db
@pytest.mark.clause("CF-30", "HC-5.1.5", "HC-5.1.2", "OC-4.5")
@pytest.mark.parametrize(("form", "choice", "title"), EVERY)
def test_each_form_is_printed_under_the_title_chosen_and_not_under_the_other(
    today: World, form: str, choice: str, title: str
) -> None:
    decide(today, f"forms.titles.{form}", choice)
    said = paper(today, form)
    (other,) = (name for key, name in TITLES[form] if key != choice)
    assert title in said
    assert other not in said


@pytest.mark.django_db
@pytest.mark.clause("CF-30")
def test_form_numbers_are_those_of_the_control_procedure_whatever_the_title(today: World) -> None:
    code = today.office.code
    assert f"{code}-HC-F1" in paper(today, "record")
    assert f"{code}-HC-F3" in paper(today, "agreement")


@pytest.mark.django_db
@pytest.mark.clause("CF-30")
@pytest.mark.parametrize(("choice", "title"), TITLES["register"])
def test_the_workbook_and_the_page_of_the_register_bear_the_title_of_the_paper(today: World, choice: str, title: str) -> None:
    decide(today, "forms.titles.register", choice)
    day = localtime(clock.now()).date().isoformat()
    desk = browser(today, "service_desk", "zh-hans")
    book = load_workbook(BytesIO(desk.get(f"/housekeeping/{day}/register.xlsx").content))
    assert book.sheetnames[0] == title
    assert title in words(desk.read(f"/housekeeping/{day}"))


@pytest.mark.django_db
@pytest.mark.clause("CF-30")
def test_a_title_chosen_later_leaves_the_papers_of_earlier_orders_as_they_were(today: World) -> None:
    case = cleaning.finished(today)
    decide(today, "forms.titles.record", "service_record")
    said = printed(browser(today, "service_desk", "zh-hans"), f"/housekeeping/record/{case.number}.pdf")
    assert printed_title("home_service_record") == "Home service record"
    assert "居家服务情况记录表" in said
