"""Housekeeping from the telephone to the ledger, as the procedures tell it: two people, a batch, rework, and the money."""

import pytest

from menling.jobs.named import JOBS
from menling.journal.models import Case, Outgoing
from menling.journal.replay import differences
from menling.journal.sweep import sweep
from menling.orders.models import Batch, Visit
from tests.cleaning import ASKED, booked
from tests.examples import statement_line
from tests.office import World
from tests.procedures.given import decide, kept, promise, refused, shanghai, told_roles

pytestmark = pytest.mark.django_db
ELEVEN, PICK_UP, TWO = shanghai(20, 11), shanghai(20, 13, 30), shanghai(20, 14)


def booked_at_eleven(world: World) -> Case:
    """Book for two o'clock, agree content and price, and return the order."""
    world.now = ELEVEN
    case = booked(world, visit_at=TWO)
    world.do(case, "accept", "service_desk")
    with refused("HC-5.1.3", 409):
        world.do(case, "dispatch", "team_lead", workers=numbers(world))
    world.do(case, "quote", "service_desk", amount="240", description="日常保洁两人三小时")
    return world.do(case, "consent", "service_desk", how="phone")


def numbers(world: World) -> list[str]:
    return [world.staff["housekeeper"].number, world.staff["housekeeper_2"].number]


def picked_up(world: World, case: Case) -> Batch:
    """Let the job lay out the batch at half past one and somebody of the team sign for it."""
    assert "team_lead" not in told_roles(case)
    assert JOBS["pick_up"].run(shanghai(20, 13, 29)) == []
    assert len(JOBS["pick_up"].run(PICK_UP)) == 1
    assert JOBS["pick_up"].run(PICK_UP) == []
    batch = Batch.objects.select_related("case").get()
    world.now = shanghai(20, 13, 40)
    world.do(batch.case, "pick_up", "housekeeper")
    batch.refresh_from_db()
    assert (batch.entries, batch.collector) == ([case.number], world.staff["housekeeper"])
    assert kept(batch.case, "pick_up")
    return batch


def cleaned(world: World, case: Case) -> None:
    """Two people go, arrive in time and finish."""
    world.do(case, "dispatch", "team_lead", workers=numbers(world))
    assert Visit.objects.filter(order=case.order, active=True).count() == 2
    world.do(case, "acknowledge", "housekeeper_2")
    world.now = TWO
    world.do(case, "arrive", "housekeeper")
    assert kept(case, "appointment")
    world.do(case, "start", "housekeeper")
    world.later(180)
    world.do(case, "finish", "housekeeper_2", summary="全屋保洁")


def paid_and_settled(world: World, case: Case) -> None:
    """The lead collects, the register is signed, finance settles, the record is filed."""
    charge = world.child(case, "charge")
    with refused("HS-3.3", 403):
        world.do(charge, "collect", "housekeeper_2", amount="240", method="cash")
    world.do(charge, "collect", "business_lead", amount="240", method="qr")
    settlement = world.child(case, "settlement")
    with refused("HS-4.1.1.5"):
        world.do(settlement, "settle", "finance")
    world.do(case, "sign_off", "housekeeper_2")
    with refused("MR-23"):
        world.do(settlement, "settle", "finance")
    world.do(charge, "confirm_payment", "finance", line=statement_line(world, charge).pk)
    assert world.do(settlement, "settle", "finance").status == "settled"
    assert world.do(case, "archive", "service_desk").status == "archived"
    assert [differences(each) for each in (case, charge, settlement)] == [[], [], []]


def test_two_people_clean_and_the_resident_alone_accepts_after_one_redoing(world: World) -> None:
    case = booked_at_eleven(world)
    batch = picked_up(world, case)
    cleaned(world, case)
    world.do(case, "object", "customer", items=["厨房灶台", "阳台玻璃"], reason="有油渍")
    world.later(30)
    world.do(case, "rework", "housekeeper", done="已重新清洁")
    world.later(5)
    world.do(case, "sign", "customer", rating=4)
    rounds = [(each["round"], each["step"], each.get("items"), each.get("rating")) for each in case.order.acceptances]
    assert rounds == [(1, "object", ["厨房灶台", "阳台玻璃"], None), (2, "sign", None, 4)]
    paid_and_settled(world, case)
    assert differences(batch.case) == []


def test_four_accept_in_their_order_and_a_failure_begins_it_again(world: World) -> None:
    decide(world, "acceptance.chain", "four_steps")
    case = booked_at_eleven(world)
    picked_up(world, case)
    cleaned(world, case)
    with refused("HA-4.1"):
        world.do(case, "sign", "customer", rating=5)
    with refused("HA-4.1"):
        world.do(case, "accept_office", "service_desk_supervisor")
    world.do(case, "accept_site", "housekeeper")
    world.do(case, "object", "team_lead", items=["卫生间地漏"])
    world.do(case, "rework", "housekeeper_2", done="已清理")
    for verb, who in (("accept_site", "housekeeper"), ("accept_supervisor", "team_lead"),
                      ("accept_office", "service_desk_supervisor")):  # fmt: skip
        with refused("HA-4.1"):
            world.do(case, "sign", "customer", rating=5)
        world.do(case, verb, who)
    world.do(case, "sign", "customer", rating=5)
    assert [(each["round"], each["step"]) for each in case.order.acceptances] == [
        (1, "accept_site"), (1, "object"), (2, "accept_site"), (2, "accept_supervisor"), (2, "accept_office"), (2, "sign"),
    ]  # fmt: skip
    paid_and_settled(world, case)


def test_a_batch_nobody_comes_for_alarms_the_team_after_a_quarter_of_an_hour(world: World) -> None:
    booked_at_eleven(world)
    JOBS["pick_up"].run(PICK_UP)
    batch = Batch.objects.get().case
    assert promise(batch, "pick_up").due_at == shanghai(20, 13, 45)
    seen = Outgoing.objects.order_by("pk").last()
    assert seen is not None
    sweep(shanghai(20, 13, 45))
    assert told_roles(batch, seen.pk) == set()
    sweep(shanghai(20, 13, 45, 1))
    assert told_roles(batch, seen.pk) == {"team_lead", "service_desk"}


def test_what_starts_before_the_next_pick_up_is_told_to_the_leader_at_once(world: World) -> None:
    world.now = ELEVEN
    case = booked(world, visit_at=shanghai(20, 13), accept=True)
    world.do(case, "quote", "service_desk", amount="80", description="擦玻璃")
    assert told_roles(case) == set()
    world.do(case, "consent", "service_desk")
    assert told_roles(case) == {"team_lead"}


def test_whoever_is_not_the_desk_is_told_to_pass_it_on(world: World) -> None:
    for who, clause in (("control_centre", "HS-4.2.1"), ("team_lead", "HS-3.1"), ("finance", "HS-3.1")):
        with refused(clause, 403):
            world.answer("file", None, who, kind="housekeeping", **ASKED, visit_at=TWO)
