"""From the page of an own order a resident reports a public place, and the desk finds it among its reports."""

from datetime import timedelta
from typing import Any

import pytest

from menling.journal.cases import case_of
from menling.journal.models import Case
from menling.kernel.refusal import Refused
from menling.premises.actors import resident_actor
from menling.premises.models import Unit
from tests.doors.api import caller
from tests.doors.portal import Resident
from tests.doors.web import browser
from tests.office import World, make_person, move_in
from tests.procedures.given import decide, promise

pytestmark = [pytest.mark.django_db, pytest.mark.clause("MR-39", "MR-48")]
SAID = {"place": "3栋电梯厅", "content": "灯不亮"}


def report(resident: Resident, key: str = "once", **fields: str) -> Any:
    """Send the form of a public place, whatever the page offers."""
    return resident.client.post(f"{resident.path}/public-place", SAID | {"key": key} | fields)


def places() -> list[Case]:
    return list(Case.objects.filter(kind="repair", unit__is_public=True).order_by("pk"))


@pytest.mark.clause("EN-D.4")
def test_it_reaches_the_desk_with_name_phone_and_the_three_days(today: World) -> None:
    resident = Resident(today.sent())
    assert "Something is broken in a public place" in resident.page()
    answers = [report(resident) for _twice in range(2)]
    (case,) = places()
    assert [each.status_code for each in answers] == [303, 303]
    assert (case.unit.code, case.order.reporter, case.order.phone) == ("3-电梯厅", "王芳", "13800138000")
    assert (case.order.content, case.order.channel, case.status) == ("灯不亮", "online", "reported")
    assert promise(case, "track_public").due_at == case.reported_at + timedelta(hours=72)
    assert case.number in browser(today, "control_centre").read("/board")


def test_the_reporter_lands_on_the_page_of_the_report_which_reports_no_further_place(today: World) -> None:
    resident = Resident(today.sent())
    page = resident.client.get(report(resident).headers["Location"])
    assert "It is with the office" in page.content.decode()
    there = Resident(places()[0])
    assert "Something is broken in a public place" not in there.page()
    assert report(there, place="地下车库").status_code == 403
    assert len(places()) == 1


def test_what_is_missing_or_too_many_is_said_in_plain_words_and_what_was_typed_stays(today: World) -> None:
    today.later(-5)  # decided a while ago
    decide(today, "intake.public_reports", 1)
    resident = Resident(today.sent())
    for key, field, sentence in (("a", "place", "which place it is"), ("b", "content", "what is wrong there")):
        answer = report(resident, key, **{field: " "})
        assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    assert "灯不亮" in report(resident, "c", place="？？").content.decode()
    assert report(resident, "d").status_code == 303
    assert "Please call us" in report(resident, "e", place="地下车库").content.decode()


def test_the_token_that_reported_a_place_opens_the_report_and_no_other_ones(today: World) -> None:
    there = caller(today, "customer")
    number = there.post("/orders", {"kind": "repair", "reporter": "王芳", "phone": "13800138000", "channel": "online"} | SAID,
                        key="told").json()["number"]  # fmt: skip
    assert there.get(f"/orders/{number}").json()["number"] == number
    of_the_desk = today.file(place="地下车库", unit="", content="漏水")
    assert there.get(f"/orders/{of_the_desk.number}").status_code == 404
    neighbour = make_person(today.company, "李强", "13700137000")
    move_in(neighbour, Unit.objects.get(office=today.office, code="3-2-1202"), "owner")
    today.actors["neighbour"] = resident_actor(neighbour)
    assert case_of(today.actor("neighbour"), number) is None


def test_a_home_is_reported_by_nobody_as_a_public_place(today: World) -> None:
    assert report(Resident(today.sent()), place="3-2-1201").status_code == 409
    assert places() == []


@pytest.mark.clause("HS-4.1.1.2", "EN-2.5", "CF-07")
@pytest.mark.parametrize(("key", "value"), [("booking.min_lead_applies_to", "all_orders"), ("repair.at_once_allowed", False)])
def test_no_rule_of_visits_to_a_home_keeps_a_public_place_from_being_reported(today: World, key: str, value: object) -> None:
    resident = Resident(today.sent())
    today.later(-5)  # decided a while ago
    decide(today, key, value)
    with pytest.raises(Refused, match=r"HS-4\.1\.1\.2|EN-2\.5"):
        today.file(at=today.later(5))
    assert report(resident).status_code == 303
    assert len(places()) == 1
