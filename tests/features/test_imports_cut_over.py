"""A change of systems, list by list: one bad row changes nothing at all, and the same file again changes nothing either."""

from typing import Any

import pytest
from django.db import connection

from menling.imports.models import Brought, Imported
from menling.imports.progress import THERE, standing
from menling.imports.registry import LISTS
from menling.imports.sitting import Report, carry_out
from menling.journal.models import Case, Event
from menling.kernel.actor import SYSTEM
from menling.kernel.roles import Role
from tests.features.test_imports_lists import administrator, counts, workbook
from tests.office import World

pytestmark = pytest.mark.django_db
Row = dict[str, Any]
ORDER = {"number": "GD-1", "unit": "3-2-1201", "reporter": "王芳", "phone": "13800138000", "content": "厨房下水堵",
         "reported_at": "2026-11-19 08:30", "taken_by": "A001"}  # fmt: skip
AGREEMENT = {"number": "XY-1", "unit": "3-2-1201", "customer": "王芳", "phone": "13800138000", "content": "日常保洁",
             "scope": "全屋", "target": "住宅", "begin": "2026-12-01", "until": "2027-11-30", "weekdays": "一四",
             "clock": "09:00", "minutes": "120", "price": "160.00", "per": "visit", "workers": "A006",
             "taken_by": "A002"}  # fmt: skip
GOOD: dict[str, Row] = {
    "numbers": {"register": "repair", "year": "2024", "last": "300"},
    "units": {"code": "5-1-101", "handed_over_on": "2020-06-30"},
    "people": {"unit": "3-2-1202", "name": "赵敏", "role": "owner", "phone": "13900139000"},
    "staff": {"number": "W021", "name": "赵建国", "role": "repair_worker", "skills": "水暖"},
    "rosters": {"number": "A005", "day": "2026-12-01", "starts": "08:00", "ends": "16:00"},
    "standard": {"code": "N01", "name": "管道检测", "price": "120.00", "per": "visit"},
    "prices": {"code": "W01", "name": "疏通厨房下水", "sort": "service", "price": "88.00", "per": "visit"},
    "agreements": AGREEMENT,
    "orders": ORDER | {"worker": "A005", "dispatched_at": "2026-11-19 08:45"},
    "cash": ORDER | {"worker": "A005", "finished_at": "2026-11-19 10:00", "amount": "86.00", "collected_at": "2026-11-19 10:05"},
}
PRICED = GOOD["prices"] | {"price": "86.00", "name_en": "疏通厨房下水"}
"""A line as it is in force: the three others are gone."""
BAD: dict[str, tuple[str, Row]] = {
    "numbers": ("last", {"last": "0", "year": "2023"}),
    "units": ("code", {"code": "五栋"}),
    "people": ("unit", {"unit": "9-9-901"}),
    "staff": ("role", {"number": "W022", "role": "king"}),
    "rosters": ("day", {"day": "someday"}),
    "standard": ("price", {"code": "N02", "price": "free"}),
    "prices": ("price", {"code": "W02", "price": "-5"}),
    "agreements": ("taken_by", {"number": "XY-2", "taken_by": "A005"}),
    "orders": ("taken_by", {"number": "GD-2", "taken_by": None}),
    "cash": ("worker", {"number": "GD-2", "worker": "A999"}),
}
PASSING = ("journal_command", "imports_upload", "django_session", "axes_accessattempt", "axes_accesslog", "procrastinate")


def sheet(kind: str, *rows: Row) -> bytes:
    fields = LISTS[kind].fields
    return workbook([each.title for each in fields], *([row.get(each.key) for each in fields] for row in rows))


def bring(world: World, kind: str, *rows: Row, who: str | None = None, keep: bool = True) -> Report:
    by = world.actor(who) if who else administrator(world)
    return carry_out(LISTS[kind], world.office, by, world.now, sheet(kind, *rows), keep=keep)


def everything() -> dict[str, str]:
    """Return a digest of every table: two equal ones tell that nothing was written, changed or deleted between them."""
    told = {}
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor) if not name.startswith(PASSING)]
        for table in tables:
            cursor.execute(f"SELECT md5(coalesce(string_agg(t::text, ',' ORDER BY t::text), '')) FROM {table} t")
            told[table] = cursor.fetchone()[0]
    return told


def test_every_list_has_a_good_row_a_bad_row_and_its_place_among_the_others() -> None:
    assert set(GOOD) == set(BAD) == set(THERE) == set(LISTS)
    assert next(iter(LISTS)) == "numbers"
    assert [*LISTS][-3:] == ["agreements", "orders", "cash"]


@pytest.mark.parametrize("kind", GOOD)
def test_an_administrator_brings_every_list_and_the_same_file_again_changes_nothing(world: World, kind: str) -> None:
    assert bring(world, kind, GOOD[kind]).flaws == ()
    after = everything()
    again = bring(world, kind, GOOD[kind])
    assert again.flaws == ()
    assert everything() == after


@pytest.mark.parametrize("kind", BAD)
def test_one_bad_row_among_good_ones_changes_nothing_and_is_named(world: World, kind: str) -> None:
    administrator(world)
    before, (column, other) = everything(), BAD[kind]
    report = bring(world, kind, GOOD[kind], GOOD[kind] | other)
    title = next(each.title for each in LISTS[kind].fields if each.key == column)
    assert [(flaw.row, flaw.column) for flaw in report.flaws] == [(3, title)]
    assert everything() == before


@pytest.mark.parametrize("kind", GOOD)
def test_a_look_changes_nothing(world: World, kind: str) -> None:
    administrator(world)
    before = everything()
    assert counts(bring(world, kind, GOOD[kind], keep=False)) != (0, 0, 1)
    assert everything() == before


def test_the_page_of_the_lists_knows_what_stands_here_and_who_brought_it(world: World) -> None:
    bring(world, "orders", GOOD["orders"])
    bring(world, "orders", GOOD["orders"])
    (row,) = Brought.objects.filter(kind="orders")
    assert (row.who.number, row.new, row.changed) == ("A900", 1, 0)
    places = {each.sort.name: each for each in standing(world.office, frozenset({Role.ADMINISTRATOR}))}
    assert (places["orders"].there, places["orders"].last, places["orders"].mine) == (1, row, True)
    assert (places["agreements"].there, places["agreements"].last) == (0, None)
    assert not {each.sort.name: each for each in standing(world.elsewhere, frozenset())}["orders"].mine


def test_the_lists_of_another_office_are_brought_there(world: World) -> None:
    bring(world, "orders", GOOD["orders"])
    assert not Imported.objects.filter(office=world.elsewhere).exists()
    assert set(Case.objects.values_list("office", flat=True)) == {world.office.pk}
    assert set(Event.objects.exclude(actor_name=SYSTEM.name).values_list("recorder__number", flat=True)) == {"A900"}


def test_a_price_list_that_only_leaves_something_out_can_be_kept_and_says_what_is_gone(world: World) -> None:
    report = bring(world, "prices", PRICED)
    assert (report.flaws, report.changes, report.gone) == ((), 3, 3)
    assert Case.objects.filter(kind="fee_standard").count() == 1
    assert bring(world, "prices", PRICED).changes == 0
    assert Case.objects.filter(kind="fee_standard").count() == 1
