"""Lists by Excel at the desk: template, look, keep; and every list taken away, of the own office alone."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from menling.imports.exports.registry import EXPORTS
from menling.imports.models import Upload
from menling.imports.registry import LISTS
from menling.imports.sitting import carry_out
from menling.kernel.roles import Role
from menling.premises.models import Unit
from tests.doors.web import Browser, browser, words
from tests.features.test_imports_lists import administrator, brought, counts, workbook
from tests.office import World, make_unit

pytestmark = pytest.mark.django_db


def sent(there: Browser, kind: str, *rows: Any) -> Any:
    return there.post(f"/imports/{kind}/look", {"file": SimpleUploadedFile("list.xlsx", workbook(*rows))})


def rows_of(answer: Any) -> list[tuple[Any, ...]]:
    assert answer.status_code == 200, answer.status_code
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))
    return list(book.worksheets[0].iter_rows(values_only=True))


def test_a_file_is_looked_at_first_and_kept_with_one_more_press(world: World) -> None:
    there = browser(world, "office_manager")
    assert "template.xlsx" in there.read("/imports")
    page = words(sent(there, "units", ("Unit",), ("5-1-101",)).content.decode())
    assert "1 new" in page
    assert not Unit.objects.filter(code="5-1-101").exists()
    upload = Upload.objects.get()
    assert there.post(f"/imports/{upload.pk}/keep").status_code == 302
    assert Unit.objects.filter(code="5-1-101", office=world.office).exists()
    assert there.post(f"/imports/{upload.pk}/keep").status_code == 302
    assert "kept already" in words(there.read("/imports"))


def test_what_is_wrong_is_shown_by_row_and_column_in_the_readers_language(world: World) -> None:
    there = browser(world, "office_manager", "zh-hans")
    answer = sent(there, "units", ("房号", "交付日"), ("5-1-101", "昨天"))
    assert answer.status_code == 422
    assert "2 交付日 “昨天”不是日期，请写成 2026-11-22。" in words(answer.content.decode())
    assert not Upload.objects.exists()


def test_a_file_waits_for_who_sent_it_alone(world: World) -> None:
    sent(browser(world, "office_manager"), "units", ("Unit",), ("5-1-101",))
    key = Upload.objects.get().pk
    for other in ("control_centre", "office_manager_elsewhere"):
        assert browser(world, other).post(f"/imports/{key}/keep").status_code == 302
    assert not Unit.objects.filter(code="5-1-101").exists()


def test_lists_are_kept_by_those_named_for_them(world: World) -> None:
    assert browser(world, "repair_worker").get("/imports").status_code == 403
    desk = browser(world, "control_centre")
    assert "/imports/orders/template.xlsx" in desk.read("/imports")
    assert "/imports/units/template.xlsx" not in desk.read("/imports")
    assert sent(desk, "units", ("Unit",), ("5-1-101",)).status_code == 403
    assert sent(browser(world, "office_manager"), "nothing", ("Unit",)).status_code == 404


@pytest.mark.parametrize("name", ["units", "people", "staff", "rosters", "prices"])
def test_a_list_taken_away_and_brought_back_changes_nothing(world: World, name: str) -> None:
    by = administrator(world)
    shifts = (("Work number", "Day", "Shift begins", "Shift ends"), ("A005", "2026-12-01", "23:00", "7:00"))
    assert brought(world, "rosters", *shifts).kept
    data = b"".join(browser(world, "administrator").get(f"/exports/{name}.xlsx").streaming_content)
    report = carry_out(LISTS[name], world.office, by, world.now, data, keep=True)
    assert report.flaws == ()
    assert counts(report)[:2] == (0, 0)
    assert report.rows["unchanged"]


def test_orders_charges_and_events_go_out_whole_with_masked_phones(world: World) -> None:
    world.completed("86.00")
    world.file(content="灯不亮")
    there = browser(world, "office_manager")
    orders = rows_of(there.get("/exports/orders.xlsx"))
    assert [row[0] for row in orders[1:]] == ["XH-R26-00001", "XH-R26-00002"]
    assert orders[1][5] == "138 **** 8000"
    assert len(rows_of(there.get("/exports/charges.xlsx"))) == 2
    assert len(rows_of(there.get("/exports/events.xlsx", {"day": "2026-11-20"}))) > 10
    assert len(rows_of(there.get("/exports/events.xlsx", {"day": "2026-11-19"}))) == 1
    assert len(rows_of(there.get("/exports/referrals.xlsx"))) == 1


def test_a_long_list_is_not_cut_off(world: World) -> None:
    for number in range(1, 1201):
        make_unit(world.office, "7", "1", str(number))
    assert len(rows_of(browser(world, "office_manager").get("/exports/units.xlsx"))) == 1 + 1200 + 2


def test_no_list_shows_anything_of_another_office_or_to_who_may_not(world: World) -> None:
    world.completed("86.00")
    there = browser(world, "office_manager_elsewhere")
    for name in set(EXPORTS) - {"staff", "offices"}:
        told = str(rows_of(there.get(f"/exports/{name}.xlsx")))
        assert "王芳" not in told
        assert "XH-" not in told
        assert "3-2-1201" not in told
    worker = browser(world, Role.REPAIR_WORKER.value)
    assert {worker.get(f"/exports/{name}.xlsx").status_code for name in set(EXPORTS) - {"prices", "clauses"}} == {403}
    assert worker.get("/exports/nothing.xlsx").status_code == 404
