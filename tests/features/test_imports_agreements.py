"""Agreements of another system by Excel: drawn up once each, and going out in the form they come in."""

import io

import pytest

from menling.agreements.models import Agreement
from menling.imports.cells import Wrong
from menling.imports.exports.listing import Scope, write
from menling.imports.exports.registry import EXPORTS
from menling.imports.lists.agreements import AGREEMENTS, weekdays_of
from menling.imports.sitting import Sitting
from tests.agreed import today
from tests.office import World

SAID = {
    "number": "XY-01", "unit": "3-2-1201", "customer": "王芳", "phone": "13800138000", "content": "日常保洁", "scope": "全屋",
    "target": "住宅", "requirements": None, "weekdays": "周一、周四", "every_weeks": None, "month_day": None, "clock": "09:00",
    "minutes": 120, "holidays": "no", "price": "160.00", "per": "visit", "workers": "A006", "taken_by": None,
}  # fmt: skip


@pytest.mark.parametrize(("said", "days"), [("一四", [1, 4]), ("周日、周一", [1, 7]), ("1,4", [1, 4]), ("", []), ("星期天", [7])])
def test_days_of_the_week_are_read_as_people_write_them(said: str, days: list[int]) -> None:
    assert weekdays_of(said) == days


def test_what_is_no_day_of_the_week_is_said_so() -> None:
    with pytest.raises(Wrong):
        weekdays_of("8")


@pytest.mark.django_db
def test_an_agreement_comes_once_and_is_signed_here(world: World) -> None:
    begin = today(world)
    said = SAID | {"begin": begin, "until": begin.replace(year=2027), "workers": world.staff["housekeeper"].number}
    sitting = Sitting(world.office, world.actor("service_desk"), world.now)
    assert AGREEMENTS.write(sitting, said) == "new"
    assert AGREEMENTS.write(Sitting(world.office, world.actor("service_desk"), world.now), said) == "unchanged"
    row = Agreement.objects.select_related("case").get()
    assert (row.case.status, row.weekdays, row.holidays) == ("draft", [1, 4], False)
    assert row.crew == [world.staff["housekeeper"].pk]


@pytest.mark.django_db
def test_agreements_go_out_whole_with_the_phone_masked(world: World) -> None:
    begin = today(world)
    said = SAID | {"begin": begin, "until": begin.replace(year=2027), "workers": ""}
    AGREEMENTS.write(Sitting(world.office, world.actor("service_desk"), world.now), said)
    scope = Scope(world.office, world.actor("office_manager"), world.now, begin)
    assert write(EXPORTS["agreements"], scope, io.BytesIO()) == 1
    (line,) = EXPORTS["agreements"].rows(scope)
    assert (line["weekdays"], line["clock"], line["price"]) == ("一四", "09:00", "160.00")
    assert "13800138000" not in str(line)
