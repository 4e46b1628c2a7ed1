"""Housekeeping from the booking to the shelf through the API alone, with one item done again, under both acceptances."""

from datetime import timedelta

import pytest

from menling.jobs.pickup import pick_up
from menling.journal.models import Case
from tests import cleaning
from tests.doors.api import caller
from tests.office import World
from tests.procedures.given import decide

pytestmark = pytest.mark.django_db
FIRST = (("housekeeper", "accept_site"), ("team_lead", "accept_supervisor"), ("service_desk_supervisor", "accept_office"))


@pytest.mark.parametrize("chain", ["customer_only", "four_steps"])
def test_housekeeping_runs_through_the_api_alone(today: World, chain: str) -> None:
    world = today
    world.later(-30)
    if chain == "four_steps":
        decide(world, "acceptance.chain", chain)
    desk = caller(world, "service_desk")
    filed = desk.post("/orders", cleaning.ASKED | {
        "kind": "housekeeping", "happened_at": world.now.isoformat(), "accept": True,
        "visit_at": (world.now + timedelta(days=1)).isoformat(),
    })  # fmt: skip
    assert filed.status_code == 201, filed.content
    number = filed.json()["number"]
    crew = [world.staff[each].number for each in cleaning.BOTH]
    chained = FIRST if chain == "four_steps" else ()
    cash = {"amount": "240.00", "method": "cash"}
    take(world, number, ("service_desk", "quote", {"amount": "240", "description": "日常保洁"}), ("customer", "consent", {}))
    picked_up(world)
    take(
        world, number, ("team_lead", "dispatch", {"workers": crew}), ("housekeeper", "acknowledge", {}),
        ("housekeeper", "arrive", {}), ("housekeeper_2", "start", {}), ("housekeeper", "finish", {"summary": "玻璃擦净"}),
        *((who, verb, {}) for who, verb in chained), ("customer", "object", {"items": ["厨房"], "reason": "有油渍"}),
        ("housekeeper_2", "rework", {"done": "厨房重新去油"}), *((who, verb, {}) for who, verb in chained),
        ("customer", "sign", {"rating": 4, "opinion": "第二次很干净"}), ("business_lead", "collect", cash),
    )  # fmt: skip
    early = caller(world, "finance").post(f"/orders/{number}/settle", {})
    assert early.status_code == 409, "settled before the register is signed"
    take(
        world, number, ("housekeeper", "sign_off", {}), ("team_lead", "review", {}), ("finance", "settle", {}),
        ("business_lead", "hand_over", {"amount": "240.00"}), ("finance", "receive", {}), ("service_desk", "archive", {}),
        ("service_desk", "note", {"follow_up": "reached", "text": "满意"}),
    )  # fmt: skip
    last = desk.get(f"/orders/{number}").json()
    assert (last["status"], last["rating"], [each["number"] for each in last["workers"]]) == ("archived", 4, crew)
    assert {each["round"] for each in last["acceptances"]} == {1, 2}
    assert [each["state"] for each in last["deadlines"]].count("broken") == 0


def picked_up(world: World) -> None:
    """Let a pick-up come and somebody of the team sign for it."""
    pick_up(world.now + timedelta(days=1))
    batch = Case.objects.get(kind="batch")
    assert caller(world, "housekeeper").post(f"/batches/{batch.number}/pick_up", {}).status_code == 200


def take(world: World, number: str, *steps: tuple[str, str, dict[str, object]]) -> None:
    """Take steps one after the other; each is offered to who takes it before it is taken."""
    for who, verb, facts in steps:
        person = caller(world, who)
        shown = person.get(f"/orders/{number}").json()
        offered = {each["verb"] for each in shown["actions"]}
        offered |= {each["verb"] for related in shown["related"] for each in related["actions"]}
        assert verb in offered, (who, verb, sorted(offered))
        answer = person.post(f"/orders/{number}/{verb}", facts)
        assert answer.status_code == 200, (who, verb, answer.content.decode())
