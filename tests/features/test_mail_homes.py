"""Messages say which home they are about, as far as their reader may know it, and days as people write them (OI-4.2)."""

import pytest

from menling.journal.models import Case, Outgoing
from menling.mail.outbox import deliver_waiting
from menling.premises.models import Staff
from tests import agreed
from tests.mailing import night, texts
from tests.office import World
from tests.receiving import Endpoint

pytestmark = pytest.mark.django_db
ROOM, BUILDING = "3-2-1201", "3栋"


def told(world: World, gateway: Endpoint, case: Case) -> dict[str, str]:
    """Return what the phones of those the messages of a case are for are sent, by telephone number."""
    Outgoing.objects.exclude(case=case).update(sent_at=world.now)
    deliver_waiting(world.now)
    return {each.body["phone"]: each.body["text"] for each in gateway.posted}


def with_phones(world: World, gateway: Endpoint) -> None:
    """Give everybody a telephone, by which text messages reach them: that of A005 is 13900000005."""
    texts(world, gateway)
    for staff in Staff.objects.filter(company=world.company):
        Staff.objects.filter(pk=staff.pk).update(phone=f"13900000{staff.number[1:]}" if staff.number[0] == "A" else "")


def phone(world: World, who: str) -> str:
    """Return the telephone of somebody."""
    return f"13900000{world.staff[who].number[1:]}"


@pytest.mark.clause("HS-3.5")
def test_the_reminder_to_settle_names_the_home_as_long_as_its_worker_may_know_it(world: World, gateway: Endpoint) -> None:
    with_phones(world, gateway)
    case = world.finished("50.00")
    world.do(world.child(case, "charge"), "collect", "business_lead")
    settlement = world.child(case, "settlement")
    world.do(settlement, "remind", "finance")
    assert ROOM in told(world, gateway, settlement)[phone(world, "repair_worker")]


@pytest.mark.clause("HC-5.3.8")
def test_a_questioned_charge_names_the_home_to_the_desk(world: World, gateway: Endpoint) -> None:
    with_phones(world, gateway)
    charge = world.child(world.finished("50.00"), "charge")
    world.do(charge, "query_fee", "customer", question="太贵")
    said = told(world, gateway, charge)[phone(world, "service_desk")]
    assert ROOM in said
    assert "太贵" in said


@pytest.mark.clause("HS-4.2.1")
def test_what_is_passed_on_names_the_home_and_what_is_wanted_in_words(world: World, gateway: Endpoint) -> None:
    with_phones(world, gateway)
    answer = world.answer("pass_on", None, "service_desk", kind="referral", wanted="alarm", unit=ROOM, to_desk="service_desk",
                          content="装报警器")  # fmt: skip
    said = told(world, gateway, Case.objects.get(number=answer.body["number"]))[phone(world, "service_desk")]
    assert ROOM in said
    assert "居家报警" in said


@pytest.mark.clause("OI-4.2")
def test_who_an_agreement_names_reads_the_building_and_the_customer_all_of_it(world: World, gateway: Endpoint) -> None:
    night(world, 10, day=20)
    with_phones(world, gateway)
    case = agreed.in_force(world)
    Outgoing.objects.filter(case=case).exclude(sentence__contains="signed by both").update(sent_at=world.now)
    found = told(world, gateway, case)
    named = found[phone(world, "housekeeper")]
    assert BUILDING in named
    assert ROOM not in named
    assert ROOM in found["13800138000"]
    assert "11月21日 周六" in found["13800138000"]
    assert "2026-11-21" not in named
