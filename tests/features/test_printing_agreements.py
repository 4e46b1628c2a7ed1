"""The agreement on A4: everything HC-5.1.5 wants on it, on one page, and room for two signatures."""

import pytest
from django.utils import translation

from menling.doorway.agreement_papers import agreement_facts, when_in_words
from menling.printing.agreement_sheet import agreement_pdf
from tests.agreed import drafted, in_force, row
from tests.office import World
from tests.paper import MM, overlapping, pages_of, words_of

pytestmark = pytest.mark.django_db


@pytest.mark.clause("HC-5.1.5")
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_paper_says_what_is_agreed_and_who_signed(world: World, language: str) -> None:
    found = row(in_force(world))
    with translation.override(language):
        (page,) = pages_of(agreement_pdf(agreement_facts(found)))
    said = words_of(page)
    assert [round(side / MM) for side in page.get_size()] == [210, 297]
    for words in (found.case.number, "王芳", "13800138000", "客厅、厨房、卫生间日常保洁", "全屋90平方米", "160.00", "09:00",
                  world.staff["housekeeper"].name, world.staff["office_manager"].name):  # fmt: skip
        assert words in said, words
    assert set(overlapping(page)) <= {"ff", "fi", "fl"}, "only joined letters of Latin script lie over each other"


def test_an_unsigned_one_leaves_room_and_long_words_go_on_a_second_page(world: World) -> None:
    case = drafted(world, price=None, workers=[], weekdays=[])
    assert len(pages_of(agreement_pdf(agreement_facts(row(case))))) == 1
    world.do(case, "change", "service_desk", content="擦窗、" * 900)
    assert len(pages_of(agreement_pdf(agreement_facts(row(case))))) > 1


def test_the_days_are_said_as_people_say_them(world: World) -> None:
    case = drafted(world, every_weeks=2, holidays=False)
    with translation.override("zh-hans"):
        assert when_in_words(row(case)) == "每 2 周的星期一、星期四 09:00，约 120 分钟；公众假期除外"
        world.do(case, "change", "service_desk", month_day=31)
        assert when_in_words(row(case)) == "每月 31 日 09:00，约 120 分钟；公众假期除外"
