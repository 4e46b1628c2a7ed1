"""The title of a form stands on its paper as the office chose it, and the other one does not."""

import pytest
from django.utils import translation

from menling.doorway.agreement_papers import agreement_facts
from menling.doorway.cleaning_papers import record_facts
from menling.doorway.showing import loaded
from menling.printing.agreement_sheet import agreement_pdf
from menling.printing.slips import record_pdf
from tests import agreed, cleaning
from tests.office import World
from tests.paper import pages_of, words_of
from tests.procedures.given import decide

pytestmark = pytest.mark.django_db


def said(paper: bytes) -> str:
    return "".join(words_of(page) for page in pages_of(paper))


@pytest.mark.parametrize(
    ("choice", "title", "other"),
    [
        ("family_service_agreement", "家庭服务协议书", "居家服务协议书"),
        ("home_service_agreement", "居家服务协议书", "家庭服务协议书"),
    ],
)
def test_the_agreement_is_printed_under_the_title_chosen(world: World, choice: str, title: str, other: str) -> None:
    decide(world, "forms.titles.agreement", choice)
    with translation.override("zh-hans"):
        paper = said(agreement_pdf(agreement_facts(agreed.row(agreed.drafted(world)))))
    assert (title in paper, other in paper) == (True, False)


@pytest.mark.parametrize(
    ("choice", "title", "other"),
    [("home_service_record", "居家服务情况记录表", "服务记录表"), ("service_record", "服务记录表", "居家服务情况记录表")],
)
def test_the_record_is_printed_under_the_title_chosen(world: World, choice: str, title: str, other: str) -> None:
    decide(world, "forms.titles.record", choice)
    with translation.override("zh-hans"):
        paper = said(record_pdf(record_facts(loaded(cleaning.agreed(world)), "https://menling.example", phone_shown=False)))
    assert (title in paper, other in paper) == (True, False)
