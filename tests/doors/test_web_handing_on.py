"""Somebody fell ill: the open orders of whatever kind go to others on one page, each told for itself."""

from datetime import timedelta
from typing import Any

import pytest

from menling.journal.models import Case, Outgoing
from menling.kernel.roles import Role
from menling.orders.models import Visit
from menling.premises import clock
from menling.premises.models import Shift
from tests import alarms, cleaning
from tests.doors.web import browser, words
from tests.office import World, make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def crew(house: World) -> World:
    """The house with a third housekeeper, everybody on shift."""
    house.staff["housekeeper_3"] = make_staff(house.company, house.office, Role.HOUSEKEEPER, "A104", "吴阿姨")
    for who in ("housekeeper", "housekeeper_2", "housekeeper_3", "engineering_crew_2"):
        begins, ends = clock.now() - timedelta(hours=4), clock.now() + timedelta(hours=12)
        Shift.objects.create(staff=house.staff[who], office=house.office, starts_at=begins, ends_at=ends)
    return house


def number(world: World, who: str) -> str:
    return world.staff[who].number


def handed(world: World, ill: str, cases: list[Case], by: str = "team_lead", **fields: Any) -> Any:
    sent = {"order": [case.number for case in cases], "reason": "生病"} | fields
    answer = browser(world, by).post(f"/team/{number(world, ill)}/reassign", sent)
    for case in cases:
        case.refresh_from_db()
    return answer


def test_a_sick_housekeepers_orders_go_to_who_is_free_and_the_mate_still_goes(crew: World) -> None:
    case = cleaning.sent(crew)
    page = words(browser(crew, "team_lead").read(f"/team/{number(crew, 'housekeeper')}"))
    assert case.number in page
    assert f"together with {crew.staff['housekeeper_2'].name}" in page
    assert handed(crew, "housekeeper", [case]).status_code == 302
    assert case.crew == (crew.staff["housekeeper_3"].pk, crew.staff["housekeeper_2"].pk)
    assert Visit.objects.filter(order=case.pk, active=True).count() == 2
    off = Outgoing.objects.filter(case=case, sentence__contains="do not set out")
    assert [each.staff_id for each in off] == [crew.staff["housekeeper"].pk]


def test_everything_may_go_to_one_colleague(crew: World) -> None:
    alone = ("housekeeper",)
    cases = [cleaning.sent(crew, crew=alone), cleaning.sent(crew, crew=alone, ahead=400)]
    chosen = number(crew, "housekeeper_2")
    assert handed(crew, "housekeeper", cases, to=chosen).status_code == 302
    assert {case.assignee_id for case in cases} == {crew.staff["housekeeper_2"].pk}


def test_each_order_may_go_to_somebody_else_and_what_cannot_is_said_line_by_line(crew: World) -> None:
    alone, both = ("housekeeper",), ("housekeeper", "housekeeper_2")
    first, second = cleaning.sent(crew, crew=alone), cleaning.sent(crew, crew=both, ahead=400)
    mate = number(crew, "housekeeper_2")
    answer = handed(crew, "housekeeper", [first, second], **{f"worker:{first.number}": number(crew, "housekeeper_3"),
                                                            f"worker:{second.number}": mate})  # fmt: skip
    assert answer.status_code == 409
    page = words(answer.content.decode())
    assert f"{first.number} goes to {number(crew, 'housekeeper_3')}" in page
    assert f"{second.number} One housekeeper is named twice" in page
    assert first.assignee_id == crew.staff["housekeeper_3"].pk
    assert second.crew == (crew.staff["housekeeper"].pk, crew.staff["housekeeper_2"].pk)


def test_the_crew_of_engineering_hands_on_too(crew: World) -> None:
    case = alarms.sent(crew)
    assert handed(crew, "engineering_crew", [case]).status_code == 302
    assert case.assignee_id == crew.staff["engineering_crew_2"].pk


def test_the_desk_opens_the_page_and_moves_what_it_may_send(crew: World) -> None:
    repair, tidying = crew.sent(), cleaning.sent(crew)
    desk = browser(crew, "control_centre")
    assert repair.number in desk.read(f"/team/{number(crew, 'repair_worker')}")
    assert f"/team/{number(crew, 'repair_worker')}" in desk.read("/crew")
    assert handed(crew, "repair_worker", [repair], "control_centre").status_code == 302
    refused = handed(crew, "housekeeper", [tidying], "control_centre")
    assert (refused.status_code, tidying.assignee_id) == (409, crew.staff["housekeeper"].pk)
    assert browser(crew, "finance").get(f"/team/{number(crew, 'repair_worker')}").status_code == 403
