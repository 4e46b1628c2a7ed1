"""The control room: what is late, what will be late, what is not dispatched, who is free."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from menling.journal.models import Case
from menling.kernel.roles import Role
from menling.orders.board import crew
from menling.orders.watch import watched
from menling.premises.models import Shift
from menling.web.board_rows import drawn
from menling.web.boards import board
from menling.web.templatetags.show import figure, month, said_at
from tests.doors.web import browser, words
from tests.office import World, make_unit

pytestmark = pytest.mark.django_db
DESK = frozenset({"control_centre"})


def column_of(world: World, number: str, minutes: float = 0) -> str:
    rows = board(world.office, world.now + timedelta(minutes=minutes), world.actor("control_centre"), frozenset()).rows
    return next(row.column for row in rows if row.case.number == number)


def test_a_repair_moves_from_in_time_to_soon_late_in_the_last_quarter_and_to_late_when_its_limit_has_passed(world: World) -> None:
    number = world.file().number
    assert column_of(world, number, 3.7) == "running"
    assert column_of(world, number, 3.75) == "soon"
    assert column_of(world, number, 5) == "soon"
    assert column_of(world, number, 5.01) == "late"


def test_the_most_pressing_promise_of_an_order_is_the_one_shown(world: World) -> None:
    case = world.sent()
    row = board(world.office, world.now, world.actor("control_centre"), frozenset()).rows[0]
    assert (row.case.pk, row.promise and row.promise.key) == (case.pk, "acknowledge")
    world.do(case, "acknowledge", "repair_worker")
    row = board(world.office, world.now, world.actor("control_centre"), frozenset()).rows[0]
    assert row.promise is not None
    assert row.promise.key == "arrive"


def test_work_that_is_signed_leaves_the_board(world: World) -> None:
    world.signed()
    assert board(world.office, world.now, world.actor("control_centre"), frozenset()).rows == ()


def test_of_more_than_a_board_can_show_the_oldest_stand_there_and_what_came_last(world: World) -> None:
    first, _second, _third, last = [world.file(at=world.now + timedelta(minutes=each)).number for each in range(4)]
    assert [work.number for work in watched(world.office, most=1, newest=1)] == [first, last]


def test_what_waits_for_the_residents_material_is_grey_and_not_late(world: World) -> None:
    case = world.do(world.at_home(), "await_material", "repair_worker", material="水龙头")
    row = board(world.office, world.now + timedelta(days=2), world.actor("control_centre"), frozenset()).rows[0]
    assert (row.case.pk, row.state, row.column) == (case.pk, "paused", "running")


def test_every_count_opens_the_list_it_counts(world: World) -> None:
    world.file(at=world.now - timedelta(minutes=30))
    world.file()
    world.sent()
    there = browser(world, "control_centre")
    counts = there.get("/board").context["counts"]
    assert counts["undispatched"] == 2
    for name, count in counts.items():
        page = there.read("/board", {"show": name})
        assert len(set(re.findall(r'<tr data-row="([^"]+)"', page))) == count, name


def test_the_board_of_another_office_shows_nothing_of_this_one(world: World) -> None:
    case = world.file()
    page = browser(world, "control_centre_elsewhere").read("/board/rows", {"as": "table"})
    assert case.number not in page
    assert "3-2-1201" not in page


def test_the_board_is_not_for_finance(world: World) -> None:
    assert browser(world, "finance").get("/board").status_code == 403


def test_an_unchanged_board_is_not_sent_again(world: World) -> None:
    world.file()
    there = browser(world, "control_centre")
    first = there.get("/board/rows")
    again = there.get("/board/rows", **{"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])


@pytest.mark.parametrize("what", ["status", "language", "look"])
def test_a_board_that_looks_different_is_sent(world: World, what: str) -> None:
    case = world.file()
    there = browser(world, "control_centre")
    seal = there.get("/board/rows")["ETag"]
    query = {"as": "table"} if what == "look" else {}
    if what == "status":
        world.do(case, "accept", "control_centre")
    if what == "language":
        there.client.cookies["django_language"] = "zh-hans"
    assert there.get("/board/rows", query, **{"If-None-Match": seal}).status_code == 200


def queries(there: Any, path: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert there.get(path).status_code == 200
    return len(caught)


def test_the_board_asks_the_database_equally_often_however_much_is_open(world: World) -> None:
    world.sent()
    there = browser(world, "control_centre")
    few = queries(there, "/board/rows")
    for room in range(1, 9):
        make_unit(world.office, "5", "1", f"{room}01")
        world.file(unit=f"5-1-{room}01")
    assert queries(there, "/board/rows") == few
    assert few <= 9


def test_the_boards_rows_come_from_the_index_of_open_work(world: World) -> None:
    world.file()
    Case.objects.bulk_create(
        Case(kind="repair", number=f"XH-R16-{hours:05}", office=world.office, status="archived", closed_at=then, last_at=then,
             reported_at=then)
        for hours in range(1, 4000) if (then := world.now - timedelta(hours=hours))
    )  # fmt: skip
    Case.objects.bulk_create(
        Case(kind="repair", number=f"LY-R16-{nth:05}", office=world.elsewhere, status="reported", last_at=world.now,
             reported_at=world.now)
        for nth in range(2000)
    )  # fmt: skip
    with CaptureQueriesContext(connection) as caught:
        board(world.office, world.now, world.actor("control_centre"), frozenset())
    case_query = next(each["sql"] for each in caught if "FROM journal_case" in each["sql"])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE journal_case")  # a table of a few rows is read whole, whatever its indexes
        cursor.execute(f"EXPLAIN {case_query}")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "case_open" in plan


def test_an_urgent_hand_over_takes_the_top_until_somebody_takes_it(world: World) -> None:
    world.file(at=world.now - timedelta(minutes=40))
    urgent = world.file("service_desk", urgency="emergency")
    there = browser(world, "control_centre")
    page = there.read("/board/rows")
    assert 'data-calls="1"' in page
    assert board(world.office, world.now, world.actor("control_centre"), frozenset()).rows[0].case.pk == urgent.pk
    there.post(f"/orders/{urgent.number}/accept", {"then": "stay"}, htmx=True)
    assert "data-calls" not in there.read("/board/rows")


def test_a_step_taken_on_the_board_stays_there_and_tells_the_board(world: World) -> None:
    case = world.file()
    answer = browser(world, "control_centre").post(f"/orders/{case.number}/accept", {"then": "stay"}, htmx=True)
    assert answer.status_code == 204
    assert "stepTaken" in answer["HX-Trigger"]


def test_the_verbs_of_a_row_are_those_the_procedure_opens(world: World) -> None:
    world.file()
    page = browser(world, "control_centre").read("/board/rows", {"as": "table"})
    assert re.findall(r'data-key="(\w)"', page) == ["a", "c"]
    assert re.findall(r'data-key="(\w)"', browser(world, "quality").read("/board/rows", {"as": "table"})) == []


def test_the_strip_says_who_is_free_who_is_out_and_from_when(world: World) -> None:
    now = world.now
    for who in ("repair_worker", "repair_worker_2"):
        Shift.objects.create(staff=world.staff[who], office=world.office, starts_at=now - timedelta(hours=2),
                             ends_at=now + timedelta(hours=6))  # fmt: skip
    world.at_home()
    mates = {mate.number: mate for mate in crew(world.office, now)}
    out, free = mates[world.staff["repair_worker"].number], mates["A101"]
    assert (out.state, out.unit, out.free_from) == ("at_home", "3-2-1201", now + timedelta(minutes=30))
    assert (free.state, free.unit) == ("free", "")


def test_who_is_not_on_shift_is_not_offered_as_free(world: World) -> None:
    assert {mate.state for mate in crew(world.office, world.now)} == {"off"}


def test_the_wall_stands_alone_and_dark(world: World) -> None:
    world.file("service_desk", urgency="emergency")
    page = browser(world, "control_centre").read("/wall")
    assert 'data-theme="dark"' in page
    assert '<nav class="side"' not in page
    assert "data-key" not in browser(world, "control_centre").read("/board/rows", {"as": "wall"})


@pytest.mark.parametrize(("who", "place"), [("control_centre", "/board"), ("service_desk", "/counter")])
def test_a_role_begins_at_its_own_page(world: World, who: str, place: str) -> None:
    assert browser(world, who).get("/")["Location"] == place


def test_an_emergency_stays_on_top_until_a_worker_acknowledges_and_sounds_only_until_it_is_taken(world: World) -> None:
    case = world.file(urgency="emergency", content="水管爆裂")
    there = browser(world, "control_centre")
    assert 'data-calls="1"' in there.read("/wall")
    world.do(case, "accept", "control_centre")
    taken = there.read("/wall")
    assert "data-calls" not in taken
    assert 'class="calling is-taken"' in taken
    world.do(case, "dispatch", "control_centre", worker=world.staff["repair_worker"].number)
    assert "员工5: not acknowledged yet" in there.read("/wall")
    world.do(case, "acknowledge", "repair_worker")
    assert 'class="calling' not in there.read("/wall")


def test_a_repair_guided_here_stands_on_the_board_and_is_counted_beside_its_page(world: World) -> None:
    browser(world, "service_desk").post(
        "/new/file", {"unit": "3-2-1201", "reporter": "王芳", "phone": "13800138000", "content": "灯不亮", "do": "pass:repair"}
    )
    there = browser(world, "control_centre")
    page = words(there.read("/board"))
    assert "guided here 3-2-1201 王芳 灯不亮" in page
    assert "Take it as an order" in page
    assert words(there.read("/referrals/waiting")).strip() == "1"
    assert words(browser(world, "service_desk").read("/referrals/waiting")).strip() == ""


def rows_for(world: World, roles: frozenset[str], look: str = "table", minutes: float = 0, language: str = "en") -> str:
    with translation.override(language):
        shown = board(world.office, world.now, world.actor("control_centre"), frozenset(Role(role) for role in roles)).rows
        return "".join(drawn(list(shown), look, world.now + timedelta(minutes=minutes)))


def test_a_row_drawn_before_tells_the_time_of_now_and_gives_a_key_of_its_own(world: World) -> None:
    world.file()
    pages = [rows_for(world, DESK | {"repair_desk"}, minutes=passed) for passed in (0, 0, 2)]
    assert len({key for page in pages for key in re.findall('&quot;key&quot;:&quot;([^&]+)|"key":"([^"]+)"', page)}) == 3
    assert [re.findall(r"\d min left", page) for page in pages] == [["5 min left"], ["5 min left"], ["3 min left"]]


@pytest.mark.parametrize("look", ["table", "columns", "wall"])
def test_a_row_drawn_for_one_reader_is_not_shown_to_one_of_other_rights_or_language(world: World, look: str) -> None:
    world.file()
    mine = rows_for(world, DESK | {"repair_desk"}, look)
    assert ("hx-post" in mine, "hx-post" in rows_for(world, frozenset(), look)) == (look != "wall", False)
    assert ("reported" in mine, "reported" in rows_for(world, DESK | {"repair_desk"}, look, language="zh-hans")) == (True, False)


def test_a_row_shows_what_was_typed_as_text(world: World) -> None:
    world.file(content="<b>\\0key</b>")
    assert "&lt;b&gt;" in rows_for(world, DESK)


@pytest.mark.parametrize("look", ["table", "columns", "wall"])
def test_a_row_says_where_it_is_a_public_place_in_words(world: World, look: str) -> None:
    world.file()
    world.file("customer", unit="", place="3栋花坛", content="灯不亮")
    drawn = rows_for(world, frozenset({Role.CONTROL_CENTRE}), look)
    assert f">{world.unit.code}</b>" in drawn
    assert ">3栋花坛</b>" in drawn


@pytest.mark.parametrize(("seconds", "told"), [(299, "4"), (0, "0"), (-1, "−1"), (-119, "−1"), (-120, "−2"), (-5640, "−94")])
def test_the_figure_of_the_wall_counts_whole_minutes_and_knows_no_minus_nothing(world: World, seconds: int, told: str) -> None:
    assert figure(world.now + timedelta(seconds=seconds), world.now) == told


def test_the_figure_of_the_wall_counts_days_from_the_second_on(world: World) -> None:
    told = [figure(world.now + timedelta(hours=hours), world.now) for hours in (47, 48, 71, 72)]
    assert told == ["47:00", "2", "2", "3"]


def test_a_kept_day_is_said_as_people_write_it_and_other_text_stays_itself(world: World) -> None:
    with translation.override("zh-hans"):
        assert [month("2026-11"), said_at("2027-05-22", world.now)] == ["2026年11月", "2027年5月22日"]
    assert said_at("2026-13-40", world.now) == said_at("1-2-301", world.now) == ""
