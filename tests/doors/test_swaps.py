"""Exchanges asked for by those who work the shifts: page or phone, then the colleague, then the leader."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from menling.doorway.keys import issue
from menling.journal.models import Outgoing
from menling.kernel.refusal import Refused
from menling.premises import clock
from menling.premises.administration.books import Pen
from menling.premises.administration.covering import exchange
from menling.premises.models import Change, Shift, Swap
from tests.doors.web import browser, words
from tests.office import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def shift(world: World, who: str, days: float, hours: float = 8) -> Shift:
    begin = clock.now() + timedelta(days=days)
    return Shift.objects.create(
        staff=world.staff[who], office=world.office, starts_at=begin, ends_at=begin + timedelta(hours=hours)
    )


def asked(world: World) -> Swap:
    one, other = shift(world, "repair_worker", 1), shift(world, "repair_worker_2", 2)
    sent = {"one": one.pk, "other": other.pk, "reason": "孩子家长会"}
    assert browser(world, "repair_worker").post("/roster/mine/ask", sent).status_code == 302
    return Swap.objects.get()


def answered(world: World, swap: Swap, who: str, verb: str, page: str = "mine") -> int:
    status: int = browser(world, who).post(f"/roster/{page}/{swap.pk}/{verb}", htmx=True).status_code
    swap.refresh_from_db()
    return status


def told(world: World, who: str) -> list[str]:
    return list(Outgoing.objects.filter(staff_id=world.staff[who].pk, case__isnull=True).values_list("sentence", flat=True))


def test_a_swap_is_asked_agreed_and_approved_and_only_then_stands_in_the_roster(world: World) -> None:
    swap = asked(world)
    assert "孩子家长会" in browser(world, "repair_worker_2").read("/roster/mine")
    assert any("asks you" in sentence for sentence in told(world, "repair_worker_2"))
    assert answered(world, swap, "repair_worker_2", "agree") == 200
    assert swap.state == "agreed"
    assert swap.one.staff == world.staff["repair_worker"]
    assert any("Please decide" in sentence for sentence in told(world, "team_lead"))
    assert "both agree" in words(browser(world, "team_lead").read("/roster/lists"))
    assert answered(world, swap, "team_lead", "approve", "lists") == 200
    assert swap.state == "done"
    assert Shift.objects.get(pk=swap.one_id).staff == world.staff["repair_worker_2"]
    assert Shift.objects.get(pk=swap.other_id).staff == world.staff["repair_worker"]
    assert list(Change.objects.order_by("pk").values_list("what", flat=True)) == ["ask_swap", "answer_swap", "swap"]
    assert any("you work from" in sentence for sentence in told(world, "repair_worker"))


def test_the_leader_waits_for_the_colleague(world: World) -> None:
    swap = asked(world)
    assert answered(world, swap, "team_lead", "approve", "lists") == 409
    assert swap.state == "asked"


@pytest.mark.parametrize(("who", "verb", "page", "state"), [
    ("repair_worker_2", "decline", "mine", "declined"), ("repair_worker", "withdraw", "mine", "withdrawn"),
])  # fmt: skip
def test_a_swap_that_is_declined_or_withdrawn_changes_nothing(world: World, who: str, verb: str, page: str, state: str) -> None:
    swap = asked(world)
    assert answered(world, swap, who, verb, page) == 200
    assert swap.state == state
    assert Shift.objects.get(pk=swap.one_id).staff == world.staff["repair_worker"]
    assert answered(world, swap, "repair_worker_2", "agree") == 409


def test_the_leader_may_decline_what_both_agreed_to(world: World) -> None:
    swap = asked(world)
    answered(world, swap, "repair_worker_2", "agree")
    assert answered(world, swap, "team_lead", "decline", "lists") == 200
    assert swap.state == "declined"
    assert any("declined" in sentence for sentence in told(world, "repair_worker"))


def test_nobody_answers_for_somebody_else(world: World) -> None:
    swap = asked(world)
    assert answered(world, swap, "repair_worker", "agree") == 403
    assert answered(world, swap, "repair_worker_2", "withdraw") == 403
    assert answered(world, swap, "finance", "agree") == 404
    assert answered(world, swap, "repair_worker_2", "approve", "lists") == 403
    assert answered(world, swap, "team_lead_elsewhere", "approve", "lists") == 404
    assert swap.state == "asked"


def test_a_shift_that_went_to_somebody_else_meanwhile_is_not_exchanged(world: World) -> None:
    swap = asked(world)
    answered(world, swap, "repair_worker_2", "agree")
    Shift.objects.filter(pk=swap.other_id).update(staff=world.staff["finance"])
    assert answered(world, swap, "team_lead", "approve", "lists") == 409
    assert Shift.objects.get(pk=swap.one_id).staff == world.staff["repair_worker"]


def test_of_two_leaders_at_once_the_second_gives_no_shift_that_is_somebody_elses_by_now(world: World) -> None:
    one, other = shift(world, "repair_worker", 1), shift(world, "repair_worker_2", 2)
    Shift.objects.filter(pk=other.pk).update(staff=world.staff["finance"])
    with pytest.raises(Refused) as refused:
        exchange(world.office, Pen(world.actor("team_lead"), clock.now(), "second"), one, other)
    assert (refused.value.clause, refused.value.status) == ("MR-12", 409)
    assert Shift.objects.get(pk=one.pk).staff == world.staff["repair_worker"]


def test_the_same_shift_is_asked_for_once(world: World) -> None:
    swap = asked(world)
    third = shift(world, "repair_worker_2", 5)
    sent = {"one": swap.one_id, "other": third.pk}
    assert browser(world, "repair_worker").post("/roster/mine/ask", sent, htmx=True).status_code == 409


def test_a_shift_of_another_trade_or_of_somebody_else_is_not_offered(world: World) -> None:
    mine, clerk = shift(world, "repair_worker", 1), shift(world, "finance", 2)
    theirs = shift(world, "repair_worker_2", 3)
    there = browser(world, "repair_worker")
    assert there.post("/roster/mine/ask", {"one": mine.pk, "other": clerk.pk}).status_code == 404
    assert there.post("/roster/mine/ask", {"one": theirs.pk, "other": mine.pk}).status_code == 404


def phone(world: World, who: str, path: str, body: Mapping[str, Any] | None = None, key: str = "") -> Any:
    token = issue(clock.now(), staff=world.staff[who])
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": key or "k1", "Accept-Language": "en"}
    client = Client()
    if body is None:
        return client.get(f"/api/v1{path}", headers=headers)
    return client.post(f"/api/v1{path}", body, "application/json", headers=headers)


def test_the_phone_shows_shifts_asks_once_under_one_key_and_answers(world: World) -> None:
    one, other = shift(world, "repair_worker", 1), shift(world, "repair_worker_2", 2)
    shown = phone(world, "repair_worker", "/my/shifts").json()
    assert ([each["id"] for each in shown["shifts"]], [each["id"] for each in shown["offered"]]) == ([one.pk], [other.pk])
    for _again in range(2):
        assert phone(world, "repair_worker", "/my/swaps", {"one": one.pk, "other": other.pk}, "once").status_code == 200
    third = shift(world, "repair_worker_2", 3)
    refused = phone(world, "repair_worker", "/my/swaps", {"one": one.pk, "other": third.pk}, "once")
    assert (refused.status_code, refused.json()["clause"]) == (422, "MR-7")
    swap = Swap.objects.get()
    assert phone(world, "repair_worker", "/my/shifts").json()["swaps"][0]["verbs"] == ["withdraw"]
    assert phone(world, "repair_worker_2", "/my/shifts").json()["swaps"][0]["verbs"] == ["agree", "decline"]
    assert phone(world, "repair_worker", f"/my/swaps/{swap.pk}/agree", {}, "a").json()["clause"] == "MR-12"
    assert phone(world, "finance", f"/my/swaps/{swap.pk}/agree", {}, "b").status_code == 404
    assert phone(world, "repair_worker_2", f"/my/swaps/{swap.pk}/agree", {}, "c").json()["swaps"][0]["state"] == "agreed"
