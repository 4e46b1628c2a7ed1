"""A message keeps its sentence: what was told in the words of earlier days is still read in Chinese."""

import pytest
from django.utils import translation

from menling.journal.models import Outgoing
from menling.journal.told_before import TOLD_BEFORE
from tests.doors.web import browser, words
from tests.office import World


@pytest.mark.parametrize("sentence", TOLD_BEFORE)
def test_words_of_earlier_days_are_no_words_of_today_and_said_in_chinese(sentence: str) -> None:
    with translation.override("zh-hans"):
        assert translation.gettext(sentence) != sentence


@pytest.mark.django_db
def test_a_call_of_last_year_stands_in_chinese_among_the_messages(world: World) -> None:
    case, worker = world.sent(), world.staff["repair_worker"]
    Outgoing.objects.create(case=case, office=world.office, staff_id=worker.pk, sentence=TOLD_BEFORE[0], created_at=world.now,
                            values={"unit": "3-2-1201", "number": case.number})  # fmt: skip
    assert "请马上回复控制中心" in words(browser(world, "repair_worker", "zh-hans").read("/messages"))
