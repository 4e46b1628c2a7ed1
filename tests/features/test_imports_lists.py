"""Lists that come as workbooks: what is read, what is said to be wrong, all or nothing, and the same file twice."""

from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from menling.catalogue.quotes import list_in_force
from menling.catalogue.standard import standard_at
from menling.imports.registry import LISTS
from menling.imports.sitting import Report, carry_out
from menling.imports.templates import template
from menling.journal.models import Case, Counter
from menling.kernel.actor import Actor
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role
from menling.premises.models import Change, Occupancy, Post, Shift, Staff, Unit
from tests.office import World, make_staff

pytestmark = pytest.mark.django_db


def workbook(*rows: Any) -> bytes:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def administrator(world: World) -> Actor:
    if "administrator" not in world.staff:
        world.staff["administrator"] = make_staff(world.company, world.office, Role.ADMINISTRATOR, "A900", "管理员")
    return world.actor("administrator")


def brought(world: World, kind: str, *rows: Any, keep: bool = True, data: bytes | None = None) -> Report:
    return carry_out(LISTS[kind], world.office, administrator(world), world.now, data or workbook(*rows), keep=keep)


def counts(report: Report) -> tuple[int, int, int]:
    return len(report.rows["new"]), len(report.rows["changed"]), len(report.rows["unchanged"])


def flaws(report: Report) -> list[tuple[int, str]]:
    return [(flaw.row, flaw.column) for flaw in report.flaws]


UNITS = (
    ("Unit", "Handed over", "Special care"),
    ("三号楼二单元1203", date(2020, 6, 30), "养狗"),
    ("4-1-101", "2020年6月30日", None),
)


def test_homes_are_written_down_and_the_same_file_changes_nothing(world: World) -> None:
    assert counts(brought(world, "units", *UNITS)) == (2, 0, 0)
    made = Unit.objects.get(office=world.office, code="3-2-1203")
    assert (made.handed_over_on, made.special_care, made.room) == (date(2020, 6, 30), "养狗", "1203")
    entries = Change.objects.count()
    assert counts(brought(world, "units", *UNITS)) == (0, 0, 2)
    assert Change.objects.count() == entries
    assert counts(brought(world, "units", UNITS[0], ("4-1-101", date(2020, 7, 1), None))) == (0, 1, 0)


def test_a_preview_tells_what_would_be_and_changes_nothing(world: World) -> None:
    report = brought(world, "units", *UNITS, keep=False)
    assert (counts(report), report.kept) == ((2, 0, 0), False)
    assert not Unit.objects.filter(code="4-1-101").exists()


def test_one_wrong_row_keeps_every_row_out_and_is_named(world: World) -> None:
    report = brought(world, "units", *UNITS, ("五栋", None, None), ("4-1-102", "昨天", None))
    assert flaws(report) == [(4, "Unit"), (5, "Handed over")]
    assert "Which room" in str(report.flaws[0].why)
    assert "2026-11-22" in str(report.flaws[1].why)
    assert not Unit.objects.filter(code="4-1-101").exists()


def test_the_same_home_twice_in_a_file_is_asked_about(world: World) -> None:
    assert flaws(brought(world, "units", UNITS[0], ("4-1-101",), ("4-1-101",))) == [(3, "")]


PEOPLE = (("房号", "姓名", "住户身份", "电话", "大字"), ("3-2-1202", "赵敏", "业主", "１３９００１３９０００", "是"))


def test_residents_are_brought_once_with_titles_and_words_in_either_language(world: World) -> None:
    assert counts(brought(world, "people", *PEOPLE)) == (1, 0, 0)
    lives = Occupancy.objects.get(unit__code="3-2-1202")
    assert (lives.role, lives.person.name, lives.person.large_type) == ("owner", "赵敏", True)
    assert lives.person.phone_set.get().number == "13900139000"
    assert counts(brought(world, "people", *PEOPLE)) == (0, 0, 1)
    assert counts(brought(world, "people", PEOPLE[0], (*PEOPLE[1][:4], "否"))) == (0, 1, 0)


def test_a_last_day_ends_a_residents_role_once(world: World) -> None:
    leaving = (
        ("Unit", "Full name", "Role in the home", "Phone", "Last day"),
        ("3-2-1201", "王芳", "owner", "13800138000", date(2026, 11, 1)),
    )
    assert counts(brought(world, "people", *leaving)) == (0, 1, 0)
    assert Occupancy.objects.get(unit=world.unit).until == date(2026, 11, 1)
    assert counts(brought(world, "people", *leaving)) == (0, 0, 1)


STAFF = (
    ("Work number", "Full name", "Role", "Skills"), ("W021", "赵建国", "repair_worker", "水暖、电气"),
    ("W021", "赵建国", "team_lead"),
)  # fmt: skip


def test_staff_come_with_roles_and_skills_and_only_an_administrator_brings_them(world: World) -> None:
    assert counts(brought(world, "staff", *STAFF)) == (1, 1, 0)
    staff = Staff.objects.get(number="W021")
    assert set(staff.posts.values_list("role", flat=True)) == {"repair_worker", "team_lead"}
    assert set(staff.skills.values_list("name", flat=True)) == {"水暖", "电气"}
    assert counts(brought(world, "staff", *STAFF)) == (0, 0, 2)
    with pytest.raises(Refused) as met:
        carry_out(LISTS["staff"], world.office, world.actor("office_manager"), world.now, workbook(*STAFF), keep=True)
    assert (met.value.clause, met.value.status) == ("MR-12", 403)


def test_a_work_number_that_lost_its_nought_or_belongs_to_somebody_else_is_refused(world: World) -> None:
    report = brought(world, "staff", STAFF[0], (21, "钱进", "repair_worker"), ("A101", "钱进", "repair_worker"))
    assert flaws(report) == [(2, "Work number"), (3, "Work number")]
    assert "nought" in str(report.flaws[0].why)
    assert Post.objects.filter(staff__name="钱进").count() == 0


def test_a_night_shift_ends_on_the_next_day_and_an_overlap_is_refused(world: World) -> None:
    titles = ("Work number", "Day", "Shift begins", "Shift ends")
    night = ("A005", date(2026, 12, 1), time(23), "7:00")
    assert counts(brought(world, "rosters", titles, night)) == (1, 0, 0)
    shift = Shift.objects.get(staff__number="A005")
    assert (shift.ends_at - shift.starts_at).total_seconds() == 8 * 3600
    assert counts(brought(world, "rosters", titles, night)) == (0, 0, 1)
    assert flaws(brought(world, "rosters", titles, ("A005", "2026-12-01", "22:00", "23:30"))) == [(2, "")]
    assert Shift.objects.filter(staff__number="A005").count() == 1


PRICES = (
    ("Code", "Item", "Sort", "Price in yuan", "Per", "Contract review (number)"),
    ("W01", "疏通厨房下水", "service", 88, "visit", None), ("W09", "换锁", "service", "¥80.50", "次", "HT-07"),
)  # fmt: skip


def test_a_price_list_is_proposed_when_it_differs_and_in_force_once_both_departments_filed_it(world: World) -> None:
    before = list_in_force(world.office, world.now)
    assert counts(brought(world, "prices", *PRICES)) == (1, 1, 0)
    assert list_in_force(world.office, world.now) == before
    case = Case.objects.get(kind="fee_standard")
    world.later(24 * 60)
    world.do(case, "file_finance", "finance")
    world.do(case, "file_quality", "quality")
    published = list_in_force(world.office, world.now)
    assert published is not None
    assert {item.code: item.price for item in published.items.all()} == {"W01": Decimal("88.00"), "W09": Decimal("80.50")}
    assert counts(brought(world, "prices", *PRICES)) == (0, 0, 2)
    assert Case.objects.filter(kind="fee_standard").count() == 1


@pytest.mark.parametrize(
    ("line", "told"), [(("W01", "疏通", "service", "111.81", "visit", None), "¥111.81 is outside ¥60.20 to ¥111.80"),
                       (("N01", "管道检测", "service", "80", "visit", None), "N01 is not on the standard list")]
)  # fmt: skip
def test_a_price_outside_the_band_or_without_review_is_told_by_its_row(world: World, line: tuple[str, ...], told: str) -> None:
    report = brought(world, "prices", PRICES[0], ("W02", "更换灯泡", "service", "5", "piece", None), line)
    assert [(flaw.row, told in str(flaw.why)) for flaw in report.flaws] == [(3, True)]
    assert not Case.objects.filter(kind="fee_standard").exists()


def test_the_standard_services_come_in_from_now_on_and_only_where_they_differ(world: World) -> None:
    titles = ("Code", "Item", "Standard price in yuan", "Per")
    lines = (("W01", "疏通厨房下水", "90", "visit"), ("N01", "管道检测", "120.00", "visit"))
    assert counts(brought(world, "standard", titles, *lines)) == (1, 1, 0)
    assert counts(brought(world, "standard", titles, *lines)) == (0, 0, 2)
    assert standard_at(world.office, world.now)["W01"].price == Decimal("90.00")


def test_register_numbers_go_on_and_never_back(world: World) -> None:
    titles = ("Which register", "Year", "Last number")
    assert counts(brought(world, "numbers", titles, ("repair", 2026, 1204))) == (1, 0, 0)
    assert world.file().number == "XH-R26-01205"
    back = brought(world, "numbers", titles, ("repair", 2026, 1204))
    assert flaws(back) == [(2, "Last number")]
    assert Counter.objects.get(office=world.office, register="repair", year=2026).last == 1205


@pytest.mark.parametrize("kind", sorted(LISTS))
def test_the_template_of_every_list_is_read_back_and_its_example_is_no_row(world: World, kind: str) -> None:
    made = template(LISTS[kind])
    keepers = LISTS[kind].keepers
    by = administrator(world) if Role.ADMINISTRATOR in keepers else world.actor(min(keepers & set(world.staff)))
    report = carry_out(LISTS[kind], world.office, by, world.now, made, keep=True)
    assert "no row" in str(report.flaws[0].why)
    book = load_workbook(BytesIO(made))
    assert len(book.worksheets) >= 2
    assert [cell.value for cell in book.worksheets[0][1]]


def test_files_that_are_no_workbook_are_refused_in_a_sentence(world: World) -> None:
    for data in (b"Unit,Name\n3-2-1201,x\n", b"", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0 old xls"):
        report = brought(world, "units", data=data or b" ")
        assert ".xlsx" in str(report.flaws[0].why)
    assert "10 MB" in str(brought(world, "units", data=b"x" * (30 * 2**20)).flaws[0].why)


def test_too_many_rows_a_formula_and_unknown_or_missing_titles_are_named(world: World) -> None:
    many = Workbook(write_only=True)
    sheet = many.create_sheet()
    sheet.append(["Unit"])
    for number in range(100_000):
        sheet.append([f"1-1-{number}"])
    made = BytesIO()
    many.save(made)
    assert "20000" in str(brought(world, "units", data=made.getvalue()).flaws[0].why)
    assert "formula" in str(brought(world, "units", ("Unit",), ('="3-2-"&1204',)).flaws[0].why)
    assert flaws(brought(world, "units", ("Unit", "Colour"), ("1-1-1", "red"))) == [(1, "Colour")]
    assert flaws(brought(world, "people", ("Unit", "Role in the home"), ("3-2-1201", "owner"))) == [(1, "Full name")]
    date_made = brought(world, "units", ("Unit",), (datetime(2026, 3, 2),))  # noqa: DTZ001  # as Excel has it
    assert "made a date of this" in str(date_made.flaws[0].why)
