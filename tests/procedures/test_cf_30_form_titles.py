"""CF-30  One form, two names: stored once, printed under the title the office chose."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import translation
from django.utils.timezone import localtime
from openpyxl import load_workbook

from menling.doorway.agreement_papers import agreement_facts
from menling.doorway.cleaning_papers import record_facts, register_facts
from menling.doorway.showing import loaded
from menling.journal.models import Case
from menling.kernel.policy import SETTINGS
from menling.policies.values import values_for
from menling.premises import clock
from menling.procedures.form_titles import FormTitles
from tests import agreed, cleaning
from tests.doors.web import browser, words
from tests.office import World
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


def headed(world: World, form: str) -> tuple[str, str]:
    """Return the title and the number at the head of a form of this office, in Chinese."""
    with translation.override("zh-hans"):
        if form == "register":
            titles = values_for(world.office, world.now).policy(FormTitles)
            facts = register_facts(world.office, localtime(world.now).date(), [], [], titles)
            return facts.title, facts.form_no
        if form == "agreement":
            agreement = agreement_facts(agreed.row(agreed.drafted(world)))
            return agreement.title, agreement.form_no
        return record(cleaning.agreed(world))


def record(case: Case) -> tuple[str, str]:
    with translation.override("zh-hans"):
        facts = record_facts(loaded(case), "https://menling.example", phone_shown=False)
    return facts.title, facts.form_no


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
def test_each_form_bears_the_title_chosen(today: World, form: str, choice: str, title: str) -> None:
    decide(today, f"forms.titles.{form}", choice)
    assert headed(today, form)[0] == title


@pytest.mark.django_db
@pytest.mark.clause("CF-30")
def test_form_numbers_are_those_of_the_control_procedure_whatever_the_title(today: World) -> None:
    code = today.office.code
    for form, number in (("record", "HC-F1"), ("agreement", "HC-F3")):
        assert headed(today, form) == (TITLES[form][0][1], f"{code}-{number}")


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
    case = cleaning.agreed(today)
    decide(today, "forms.titles.record", "service_record")
    assert record(case)[0] == "居家服务情况记录表"
    assert record(cleaning.agreed(today))[0] == "服务记录表"
