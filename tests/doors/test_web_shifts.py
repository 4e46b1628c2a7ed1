"""The page of the shift hand-over: what is open stands there with its home, for whoever comes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from menling.journal.models import Case
from tests.doors.web import browser, words
from tests.office import World

pytestmark = pytest.mark.django_db


@pytest.mark.clause("MR-14")
def test_who_comes_reads_of_every_open_order_where_it_is_what_it_is_and_how_it_stands(today: World) -> None:
    waiting, sent = today.file(content="厨房漏水"), today.sent(unit="3-2-1202", content="门锁坏了")
    desk = browser(today, "control_centre")
    assert desk.post("/shifts/prepare", {"keys": "3 把"}).status_code == 302
    page = words(desk.read("/shifts"))
    assert f"3-2-1201 厨房漏水 reported {waiting.number}" in page
    assert f"3-2-1202 门锁坏了 dispatched {sent.number}" in page


def test_a_hand_over_lists_the_late_orders_first_and_says_how_many_it_does_not_list(today: World) -> None:
    desk, foreign = browser(today, "control_centre"), today.file(content="别处漏水")
    Case.objects.filter(pk=foreign.pk).update(office=today.elsewhere)
    late = [today.file(content="最晚的一单")]
    case = today.answer("prepare", None, "control_centre", kind="shift_handover").body["number"]
    row = Case.objects.get(number=case).shifthandover
    row.open_orders = [foreign.number, *(f"XH-R26-9{each:04}" for each in range(99)), late[0].number]
    row.late_orders = [late[0].number]
    row.save()
    page = words(desk.read("/shifts"))
    assert "最晚的一单" in page
    assert "Not listed: 1" in page
    assert "别处漏水" not in page


def test_the_page_asks_as_little_of_the_database_for_many_open_orders_as_for_one(today: World) -> None:
    desk = browser(today, "control_centre")
    asked = []
    for key, more in (("one", 1), ("many", 4)):
        for _number in range(more):
            today.file()
        desk.post("/shifts/prepare", {"keys": key})
        with CaptureQueriesContext(connection) as queries:
            desk.read("/shifts")
        asked.append(len(queries))
        today.do(Case.objects.filter(kind="shift_handover").latest("pk"), "drop", "control_centre", reason="另写")
    assert asked[0] == asked[1]


@pytest.mark.clause("HS-4.3.4")
def test_the_form_of_an_unsigned_order_asks_by_when_and_how_where_the_work_is_not_done(today: World) -> None:
    desk = browser(today, "control_centre")
    done, open_still = today.finished(), today.file(unit="3-2-1202")
    for case, optional in ((open_still, 0), (done, 2)):
        form = desk.read(f"/orders/{case.number}/explain")
        assert form.count("(optional)") == optional, case.status
