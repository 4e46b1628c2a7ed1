"""A message of the residents' group at a desk: read, joined to the open order, or filed, and answered."""

import pytest

from menling.journal.models import Case
from menling.premises.models import Staff
from tests.doors.web import browser, words
from tests.office import World, make_unit

pytestmark = pytest.mark.django_db
DRAIN = "3栋2单元1201 厨房下水又堵了，139 1234 5678，我姓李"


def test_the_home_the_matter_and_the_phone_are_read(world: World) -> None:
    page = browser(world, "control_centre").post("/paste", {"text": DRAIN})
    message, home = page.context["message"], page.context["home"]
    assert (home, message.kind, message.phone, message.reporter) == (world.unit, "repair", "13912345678", "李")
    assert 'value="3-2-1201"' in page.content.decode()


def test_an_open_order_about_the_same_thing_stands_first(today: World) -> None:
    lamp, drain = today.file(content="客厅灯不亮"), today.file(content="厨房下水堵")
    near = browser(today, "control_centre").post("/paste", {"text": DRAIN}).context["near"]
    assert [(each.case.pk, each.same) for each in near] == [(drain.pk, True), (lamp.pk, False)]


def test_a_second_report_joins_the_order_once_and_keeps_the_number_masked(today: World) -> None:
    case = today.file(content="厨房下水堵")
    there = browser(today, "control_centre")
    sent = {"reporter": "李", "phone": "13912345678", "content": "厨房下水又堵了"}
    for _press in range(2):
        answer = there.post(f"/paste/{case.number}/join", sent, key="one-press")
        assert answer["Location"] == f"/paste?done={case.number}"
    note = case.events.get(verb="note").facts["text"]
    assert "李" in note
    assert "厨房下水又堵了" in note
    assert "13912345678" not in note
    assert Case.objects.filter(kind="repair").count() == 1


def test_the_line_for_the_group_names_the_worker_and_the_time_and_no_number(today: World) -> None:
    case = today.sent()
    Staff.objects.filter(pk=today.staff["repair_worker"].pk).update(phone="13711112222", name="赵强")
    line = browser(today, "control_centre").get("/paste", {"done": case.number}).context["done"]["line"]
    assert case.number in line
    assert "赵师傅" in line
    assert "前到" in line
    assert not any(secret in line for secret in ("13711112222", "13800138000", "王芳"))


def test_a_message_becomes_an_accepted_order_where_repairs_are_taken(today: World) -> None:
    there = browser(today, "control_centre")
    sent = {"wanted": "repair", "unit": "3-2-1201", "reporter": "李", "phone": "13912345678", "content": "厨房下水又堵了",
            "channel": "wechat"}  # fmt: skip
    answer = there.post("/paste/file", sent)
    case = Case.objects.get(kind="repair")
    assert answer["Location"] == f"/paste?done={case.number}"
    assert (case.status, case.order.channel) == ("accepted", "wechat")
    assert case.number in there.read("/paste", {"done": case.number})


@pytest.mark.parametrize(("who", "wanted"), [("service_desk", "repair"), ("control_centre", "housekeeping"),
                                             ("control_centre", "other")])  # fmt: skip
def test_a_message_for_the_other_desk_goes_there_with_every_word(today: World, who: str, wanted: str) -> None:
    sent = {"wanted": wanted, "unit": "3-2-1201", "content": "周六想打扫", "reporter": "李", "phone": "13912345678"}
    assert browser(today, who).post("/paste/file", sent).status_code == 302
    assert Case.objects.get(kind="referral").referral.content == "周六想打扫"


def test_a_number_that_means_several_homes_is_asked_about(world: World) -> None:
    make_unit(world.office, "3", "1", "1201")
    there = browser(world, "control_centre")
    page = there.post("/paste", {"text": "3栋1201 灯坏了"})
    assert page.context["home"] is None
    assert {unit.code for unit in page.context["homes"]} == {"3-1-1201", "3-2-1201"}
    assert there.post("/paste", {"text": "3栋1201 灯坏了", "home": "3-1-1201"}).context["home"].code == "3-1-1201"


def test_a_home_of_another_office_is_not_found(world: World) -> None:
    page = browser(world, "control_centre").post("/paste", {"text": "1-1-101 灯坏了"})
    assert page.context["home"] is None
    assert "please ask" in words(page.content.decode())
