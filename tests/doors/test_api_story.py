"""The main job through the API alone."""

import pytest

from tests.doors.api import caller
from tests.office import World


@pytest.mark.django_db
def test_a_repair_runs_through_the_api_alone(world: World) -> None:
    desk, worker, resident = caller(world, "control_centre"), caller(world, "repair_worker"), caller(world, "customer")
    lead, finance, service = caller(world, "team_lead"), caller(world, "finance"), caller(world, "service_desk")
    filed = desk.post("/orders", {"kind": "repair", "unit": "3-2-1201", "reporter": "王芳", "phone": "13800138000",
                                  "content": "厨房下水堵"})  # fmt: skip
    assert filed.status_code == 201, filed.content
    number = filed.json()["number"]
    order = f"/orders/{number}"
    steps = (
        (desk, "accept", {}),
        (desk, "dispatch", {"worker": world.staff["repair_worker"].number}),
        (worker, "acknowledge", {}),
        (worker, "arrive", {}),
        (worker, "quote", {"items": [{"code": "W01"}]}),
        (resident, "consent", {}),
        (worker, "finish", {"summary": "已疏通"}),
        (worker, "collect", {"amount": "86.00"}),
        (resident, "sign", {"rating": 5}),
        (worker, "sign_off", {}),
        (lead, "review", {}),
        (finance, "settle", {}),
        (worker, "hand_over", {"amount": "86.00"}),
        (finance, "receive", {}),
        (service, "archive", {}),
    )
    for who, verb, facts in steps:
        shown = who.get(order).json()
        offered = [each["verb"] for each in shown["actions"]] + [
            each["verb"] for related in shown["related"] for each in related["actions"]
        ]
        assert verb in offered, (verb, offered)
        answer = who.post(f"{order}/{verb}", facts)
        assert answer.status_code == 200, (verb, answer.content)
    last = desk.get(order).json()
    assert last["status"] == "archived"
    assert [each["state"] for each in last["deadlines"]].count("broken") == 0
    assert last["events"][0]["verb"] == "file"
