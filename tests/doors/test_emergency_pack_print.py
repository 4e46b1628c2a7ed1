"""What the pack brings a desk whose system is down: whom it has to ring, what is to be bought, and what work costs."""

from datetime import timedelta

import pytest

from menling.journal.models import Case, Event
from menling.procedures import alarm, errand, housekeeping
from tests.alarms import filed as siren_filed
from tests.buying import errand as to_be_bought
from tests.cleaning import booked
from tests.doors.test_emergency_pack import printed, said
from tests.office import World

pytestmark = pytest.mark.django_db
PHONES = ("13900000001", "13900000002", "13900000003", "13900000004")


def day(world: World) -> list[Case]:
    """Return a day's work of every kind, each for a home that is called by another number."""
    repair, cleaning, siren, shopping = PHONES
    return [
        world.file(phone=repair, visit_at=world.now + timedelta(hours=2)), booked(world, phone=cleaning),
        siren_filed(world, phone=siren), to_be_bought(world, phone=shopping, buy_by=world.now + timedelta(hours=3)),
    ]  # fmt: skip


@pytest.mark.clause("MR-13", "HS-4.3.1")
@pytest.mark.parametrize("who", ["control_centre", "service_desk"])
def test_every_appointment_and_errand_is_printed_with_its_number_and_each_look_is_on_record(today: World, who: str) -> None:
    cases = day(today)
    pack = said(printed(today, who))
    assert [phone for phone in PHONES if phone not in pack] == []
    assert all(case.number in pack for case in cases)
    for case in cases:
        seen = Event.objects.get(case=case, verb="reveal")
        assert (seen.actor_name, "phone" in seen.facts) == (today.staff[who].name, False)


@pytest.mark.clause("MR-13")
def test_who_gives_out_pads_but_rings_nobody_reads_the_numbers_in_part(today: World) -> None:
    cases = day(today)
    pack = said(printed(today, "administration"))
    assert [phone for phone in PHONES if phone in pack] == []
    assert "139****0001" in pack
    assert not Event.objects.filter(case__in=cases, verb="reveal").exists()


@pytest.mark.clause("MR-13")
@pytest.mark.parametrize("callers", [housekeeping.CALLERS, alarm.CALLERS, errand.CALLERS])
def test_desk_and_control_centre_have_to_call_and_workers_finance_and_quality_do_not(callers: frozenset[str]) -> None:
    assert {"control_centre", "team_lead", "office_manager"} <= callers
    assert {"service_desk", "housekeeping_desk"} & callers
    assert not {"repair_worker", "housekeeper", "engineering_crew", "finance", "quality"} & callers


@pytest.mark.clause("HC-5.4.6")
def test_what_is_to_be_bought_stands_there_with_its_buyer_and_what_is_with_finance_does_not(today: World) -> None:
    wanted = to_be_bought(today, item="感应夜灯", brand="公牛")
    ended = today.do(to_be_bought(today, item="旧货"), "void", "service_desk", reason="不要了")
    pack = said(printed(today))
    for each in (wanted.number, "感应夜灯公牛四分×2", today.staff["repair_worker"].name):
        assert each in pack, each
    assert ended.number not in pack


@pytest.mark.clause("EN-3.7", "HC-5.6.1")
def test_the_price_list_in_force_is_a_page_of_the_pack(today: World) -> None:
    pack = said(printed(today))
    assert "特约服务收费标准" in pack
    for name, price in (("疏通厨房下水", "86.00"), ("更换灯泡", "5.00"), ("三角阀", "25.00")):
        assert f"{name}¥{price}" in pack or f"{name}{price}" in pack, name
