"""OI-4.2, CF-04  What a worker reads of an address, and when: in the order, the lists, the messages and on paper."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from menling.doorway.background import background
from menling.doorway.listing import page
from menling.doorway.masking import paper_shown, place_shown
from menling.doorway.papers import slip_facts
from menling.doorway.questions import Question
from menling.doorway.showing import loaded, shown
from menling.doorway.workday import workday
from menling.journal.models import Case, Outgoing
from menling.kernel.roles import Role
from menling.mail.models import Channel
from menling.mail.outbox import deliver_waiting
from menling.orders.addresses import address_for
from menling.premises.models import Staff
from menling.procedures.privacy import PrivacyPolicy, Standing, Told, told_of_address
from tests.office import World, make_staff
from tests.procedures.given import chosen, decide
from tests.receiving import endpoint

ROOM, BUILDING = "1201", "3栋"
SENT = Standing(sent=True)


def release(option: str) -> PrivacyPolicy:
    """Return the choice of an office."""
    return chosen(PrivacyPolicy, privacy__address_release=option)


@pytest.mark.clause("OI-4.2", "CF-04")
@pytest.mark.parametrize("option", ["at_dispatch", "day_before", "on_acceptance", "never_escorted"])
def test_before_being_sent_only_the_estate_and_after_the_visit_nothing(option: str) -> None:
    policy = release(option)
    assert told_of_address(Standing(sent=False), policy) is Told.AREA
    assert told_of_address(Standing(sent=True, over=True, accepted=True, there=True), policy) is Told.MASKED
    assert told_of_address(Standing(sent=False, over=True), policy) is Told.MASKED


@pytest.mark.clause("OI-4.2", "OC-1.3", "CF-04")
@pytest.mark.parametrize(
    ("option", "day_of_visit", "day_before", "two_days_before"),
    [("at_dispatch", Told.FULL, Told.BUILDING, Told.AREA), ("day_before", Told.FULL, Told.FULL, Told.AREA),
     ("on_acceptance", Told.AREA, Told.AREA, Told.AREA),
     ("never_escorted", Told.MEETING_POINT, Told.MEETING_POINT, Told.MEETING_POINT)],
)  # fmt: skip
def test_who_is_sent_reads_what_the_office_chose(
    option: str, day_of_visit: Told, day_before: Told, two_days_before: Told
) -> None:
    policy = release(option)
    told = [told_of_address(Standing(sent=True, days_ahead=days), policy) for days in (0, 1, 2)]
    assert told == [day_of_visit, day_before, two_days_before]


@pytest.mark.clause("OI-4.2", "CF-04")
def test_on_acceptance_the_address_is_told_to_who_took_the_slip() -> None:
    policy = release("on_acceptance")
    told = [told_of_address(Standing(sent=True, accepted=True, days_ahead=days), policy) for days in (0, 1, 2)]
    assert told == [Told.FULL, Told.BUILDING, Told.AREA]


@pytest.mark.clause("OC-1.3", "OI-4.2")
def test_where_the_way_is_learnt_earlier_the_building_is_told_earlier() -> None:
    policy = chosen(PrivacyPolicy, repair__route_days=2)
    told = [told_of_address(Standing(sent=True, days_ahead=days), policy) for days in (0, 1, 2, 3)]
    assert told == [Told.FULL, Told.BUILDING, Told.BUILDING, Told.AREA]


@pytest.mark.clause("OI-4.2")
@pytest.mark.parametrize("option", ["at_dispatch", "day_before", "on_acceptance"])
def test_who_stands_at_the_door_reads_it_whatever_the_day(option: str) -> None:
    assert told_of_address(Standing(sent=True, accepted=True, there=True, days_ahead=3), release(option)) is Told.FULL
    assert told_of_address(SENT, release("never_escorted")) is Told.MEETING_POINT


def everything(world: World, case: Case, who: str = "repair_worker") -> dict[str, str]:
    """Return all that a worker can read about a case, by the door it is read at."""
    by, now = world.actor(who), world.now
    paper: Any = paper_shown(slip_facts(loaded(case), now, "https://home.example", phone_shown=False), case, by, now)
    return {
        "case": str(shown(case, by, now)), "list": str(page(by, Question(("repair",)), now).items), "day": str(workday(by, now)),
        "paper": str((paper.unit, paper.unit_long)), "page": str(address_for(case, by, now)),
    }  # fmt: skip


def reading(world: World, case: Case, word: str, who: str = "repair_worker") -> set[str]:
    """Return the doors at which a worker reads a word."""
    return {door for door, text in everything(world, case, who).items() if word in text}


DOORS = {"case", "list", "day", "paper", "page"}


@pytest.mark.clause("OI-4.2", "CF-04")
@pytest.mark.django_db
def test_a_job_for_now_is_told_in_full_from_dispatch_until_it_is_signed_off(world: World) -> None:
    case = world.sent()
    assert reading(world, case, ROOM) == DOORS
    for step in ("acknowledge", "arrive"):
        case = world.do(case, step, "repair_worker")
        assert reading(world, case, ROOM) == DOORS
    case = world.do(world.do(case, "finish", "repair_worker", summary="已疏通"), "sign", "customer")
    assert reading(world, case, ROOM) == DOORS
    case = world.do(world.do(world.do(case, "rate", "customer", rating=5), "review", "team_lead"), "sign_off", "repair_worker")
    assert reading(world, case, ROOM) == set()
    assert ROOM in str(shown(case, world.actor("control_centre"), world.now))


@pytest.mark.clause("OI-4.2", "CF-04")
@pytest.mark.django_db
@pytest.mark.parametrize("who", ["provider", "owners_committee", "employee"])
def test_whoever_neither_goes_there_nor_sends_reads_no_room(world: World, who: str) -> None:
    world.staff[who] = make_staff(world.company, world.office, Role(who), "A900", "外包人员")
    assert reading(world, world.sent(), ROOM, who) == set()


def booked(world: World, days: int) -> Case:
    """Return a repair of a later day that was given to the worker today."""
    return world.sent(visit_at=world.now + timedelta(days=days))


def room_and_building(world: World, case: Case, at: datetime) -> tuple[bool, bool]:
    """Tell whether the worker reads the room anywhere, and the building in the order."""
    world.now = at
    body = shown(case, world.actor("repair_worker"), at)
    return bool(reading(world, case, ROOM)), BUILDING in body["unit"] or body["unit"].startswith("3-")


@pytest.mark.clause("OI-4.2", "OC-1.3", "CF-04")
@pytest.mark.django_db
def test_of_a_job_of_a_later_day_the_building_is_told_the_day_before_and_the_room_on_the_day(world: World) -> None:
    case = booked(world, 2)
    visit = world.now + timedelta(days=2)
    assert room_and_building(world, case, world.now) == (False, False)
    assert room_and_building(world, case, visit - timedelta(days=1)) == (False, True)
    assert room_and_building(world, case, visit.replace(hour=0, minute=0) - timedelta(hours=8, seconds=1)) == (False, True)
    assert room_and_building(world, case, visit.replace(hour=0, minute=0) - timedelta(hours=8)) == (True, True)
    assert shown(case, world.actor("repair_worker"), visit)["address"] == "full"


@pytest.mark.clause("OI-4.2", "CF-04")
@pytest.mark.django_db
def test_an_office_may_tell_all_of_it_the_day_before(world: World) -> None:
    decide(world, "privacy.address_release", "day_before")
    case = booked(world, 2)
    assert room_and_building(world, case, world.now) == (False, False)
    assert room_and_building(world, case, world.now + timedelta(days=1)) == (True, True)


@pytest.mark.clause("OI-4.2", "CF-04")
@pytest.mark.django_db
def test_an_office_may_tell_it_to_who_took_the_slip(world: World) -> None:
    decide(world, "privacy.address_release", "on_acceptance")
    case = world.sent()
    assert reading(world, case, ROOM) == set()
    assert reading(world, world.do(case, "acknowledge", "repair_worker"), ROOM) == DOORS


@pytest.mark.clause("OI-4.2", "CF-04")
@pytest.mark.django_db
def test_where_the_office_takes_the_worker_there_nobody_tells_the_worker_the_address(world: World) -> None:
    decide(world, "privacy.address_release", "never_escorted")
    case = world.sent()
    worker = world.actor("repair_worker")
    for step in ("acknowledge", "arrive", "start"):
        assert reading(world, case, ROOM) == set()
        assert "集合" in shown(case, worker, world.now)["unit"]
        case = world.do(case, step, "repair_worker")
    assert reading(world, case, ROOM) == set()
    assert ROOM in str(shown(case, world.actor("team_lead"), world.now))


@pytest.mark.clause("OI-4.2")
@pytest.mark.django_db
def test_who_was_called_back_reads_the_estate_and_no_more(world: World) -> None:
    case = world.sent()
    world.do(case, "reassign", "control_centre", worker=world.staff["repair_worker_2"].number, reason="病假")
    told = str(workday(world.actor("repair_worker"), world.now)["messages"])
    assert (ROOM in told, "星河管理处" in told) == (False, True)
    assert ROOM in str(workday(world.actor("repair_worker_2"), world.now)["messages"])


@pytest.mark.clause("OI-4.2", "CF-04")
@pytest.mark.django_db
@pytest.mark.parametrize("roles", [(), ("repair_worker", "control_centre"), ("control_centre",)])
def test_what_leaves_the_house_for_a_phone_or_a_group_tells_no_more(world: World, roles: tuple[str, ...]) -> None:
    decide(world, "privacy.address_release", "never_escorted")
    with endpoint() as way:
        for sort, only in (("sms", ()), ("wecom", roles)):
            Channel.objects.create(office=world.office, sort=sort, name=sort, address=f"{way.address}/{sort}", roles=list(only),
                                   added_at=world.now)  # fmt: skip
        Staff.objects.filter(pk=world.staff["repair_worker"].pk).update(phone="13900000005")
        case = world.sent()
        Outgoing.objects.create(case=case, office=world.office, roles=["control_centre"], sentence="{unit}", created_at=world.now,
                                values={"unit": ROOM})  # fmt: skip
        deliver_waiting(world.now)
    to_worker = [each.body["text"] for each in way.posted if each.path == "/sms"]
    to_group = [each.body["text"]["content"] for each in way.posted if each.path == "/wecom"]
    assert to_worker
    assert to_group
    assert not [text for text in to_worker if ROOM in text]
    assert not [text for text in to_group if ROOM in text]


@pytest.mark.clause("OI-4.2")
@pytest.mark.django_db
def test_the_link_to_the_residents_page_is_held_by_who_may_read_the_address(world: World) -> None:
    decide(world, "privacy.address_release", "never_escorted")
    case, worker = world.sent(), world.actor("repair_worker")
    assert place_shown({"resident_link": "/r/x"}, case, worker, world.now) == {"address": "meeting_point"}
    assert background(case, worker, world.now, "https://home.example")["qr"] == ""
    case = world.do(world.do(case, "acknowledge", "repair_worker"), "arrive", "repair_worker")
    assert background(case, worker, world.now, "https://home.example")["link"].startswith("https://home.example/r/")


@pytest.mark.clause("OI-4.2")
@pytest.mark.django_db
@pytest.mark.parametrize(("who", "holds"), [
    ("repair_worker", True), ("control_centre", True), ("team_lead", True), ("finance", False), ("quality", False),
    ("office_manager", False),
])  # fmt: skip
def test_who_does_not_hand_the_link_over_finds_it_on_no_paper_and_no_screen(world: World, who: str, holds: bool) -> None:
    case, by = world.sent(), world.actor(who)
    slip = slip_facts(loaded(case), world.now, "https://home.example", phone_shown=False)
    assert ("/r/" in paper_shown(slip, case, by, world.now).qr_text) is holds
    assert bool(background(case, by, world.now, "https://home.example")["link"]) is holds
