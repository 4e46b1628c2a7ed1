"""HA  Housekeeping from the booking's signature to acceptance by one or four, failed items and their redoing."""

from collections.abc import Callable
from typing import Any

import pytest

from menling.journal.models import Case
from menling.kernel.roles import Role as R
from menling.orders.models import Visit
from menling.procedures.housekeeping import HOUSEKEEPING
from menling.procedures.housekeeping_policy import HousekeepingPolicy
from menling.procedures.housekeeping_rules import (
    accepted_before,
    acting,
    booking_confirmed,
    failed_items_named,
    four_were_chosen,
    scored,
    somebody_chosen,
)
from tests import cleaning
from tests.doors.api import caller
from tests.office import World
from tests.procedures.given import chosen, decide, last, refused, told_staff

DEFAULT = HousekeepingPolicy()
FOUR = chosen(HousekeepingPolicy, acceptance__chain="four_steps")


# HA-1.3, HA-1.4  Time and content agreed, and the booking signed


@pytest.mark.clause("HA-1.3")
@pytest.mark.django_db
@pytest.mark.parametrize(("missing", "clause", "status"), [("content", "HC-5.1.2", 422), ("visit_at", "HS-4.1.1.2", 422)])
def test_a_booking_names_time_and_content(world: World, missing: str, clause: str, status: int) -> None:
    with refused(clause, status):
        cleaning.booked(world, **{missing: None if missing == "visit_at" else ""})
    case = cleaning.quoted(world)
    assert last(case, "quote").clauses == ["HC-5.1.3", "HA-1.3"]


@pytest.mark.clause("HA-1.4", "CF-22")
@pytest.mark.parametrize(
    ("resident", "how", "reason", "why"),
    [(True, "own_link", "", ""), (False, "paper", "", ""), (False, "phone", "", "phone"), (False, "in_person", "手伤", "手伤")],
)
def test_the_resident_confirms_a_booking_or_the_office_with_the_reason(resident: bool, how: str, reason: str, why: str) -> None:
    assert booking_confirmed(resident, how, reason, DEFAULT) == why


@pytest.mark.clause("HA-1.4", "CF-22")
def test_the_office_confirms_nothing_without_a_reason_or_where_it_never_does() -> None:
    with refused("HA-1.4", 422):
        booking_confirmed(False, "in_person", " ", DEFAULT)
    never = chosen(HousekeepingPolicy, signature__proxy="not_allowed")
    assert booking_confirmed(True, "own_link", "", never) == ""
    with refused("HA-1.4", 403):
        booking_confirmed(False, "phone", "手伤", never)


@pytest.mark.clause("HA-1.4", "CF-22")
@pytest.mark.django_db
def test_what_the_office_confirmed_is_followed_up_and_what_the_resident_confirmed_need_not_be(world: World) -> None:
    by_phone = last(cleaning.agreed(world), "consent")
    assert (by_phone.facts["not_signed"], by_phone.facts["follow_up"]) == ("phone", "mandatory")
    own = world.do(cleaning.quoted(world), "consent", "customer")
    assert (own.order.agreed_how, "follow_up" in last(own, "consent").facts) == ("own_link", False)
    assert "HA-1.4" in last(own, "consent").clauses


# HA-2, HA-3  The leader assigns; who goes is on record


@pytest.mark.clause("HA-2", "HA-3")
@pytest.mark.django_db
def test_the_leader_assigns_two_people_each_with_a_visit_and_both_are_on_record(world: World) -> None:
    case = cleaning.agreed(world)
    both = [world.staff[each] for each in cleaning.BOTH]
    with refused("HA-2", 403):
        world.do(case, "dispatch", "service_desk", workers=[each.number for each in both])
    world.do(case, "dispatch", "team_lead", workers=[each.number for each in both])
    event = last(case, "dispatch")
    assert (event.clauses[:2], event.facts["workers"]) == (["HA-2", "HA-3"], [each.number for each in both])
    assert event.facts["names"] == [each.name for each in both]
    assert set(Visit.objects.filter(order=case.order, active=True).values_list("worker_id", flat=True)) == {e.pk for e in both}
    assert set(told_staff(case)) == {each.pk for each in both}


@pytest.mark.clause("HA-2")
def test_somebody_is_chosen_and_nobody_twice() -> None:
    somebody_chosen(["A006"])
    somebody_chosen(["A006", "A102"])
    for nobody in ([], ["A006", "a006"]):
        with refused("HA-2", 422):
            somebody_chosen(nobody)


# HA-4.1  Four acceptances in their order, where the office wants them


@pytest.mark.clause("HA-4.1", "CF-23")
@pytest.mark.parametrize(
    ("status", "alone", "four"),
    [("finished", True, False), ("site_accepted", True, False), ("team_accepted", True, False), ("office_accepted", True, True)],
)
def test_the_resident_accepts_last_of_four_or_alone(status: str, alone: bool, four: bool) -> None:
    for policy, allowed in ((DEFAULT, alone), (FOUR, four)):
        if allowed:
            accepted_before(status, policy)
        else:
            with refused("HA-4.1"):
                accepted_before(status, policy)


CHAIN = (
    ("accept_site", R.HOUSEKEEPER, "finished", "site_accepted"),
    ("accept_supervisor", R.TEAM_LEAD, "site_accepted", "team_accepted"),
    ("accept_office", R.SERVICE_DESK_SUPERVISOR, "team_accepted", "office_accepted"),
)


@pytest.mark.clause("HA-4.1")
@pytest.mark.parametrize(("verb", "role", "before", "after"), CHAIN)
def test_site_then_team_then_office_and_none_is_skipped(verb: str, role: R, before: str, after: str) -> None:
    assert HOUSEKEEPING.step(verb, before, {role}).after == after
    for status in {each[2] for each in CHAIN} - {before}:
        with refused("HA-4.1"):
            HOUSEKEEPING.step(verb, status, {role})
    for other in {each[1] for each in CHAIN} - {role}:
        with refused("HA-4.1", 403):
            HOUSEKEEPING.step(verb, before, {other})


@pytest.mark.clause("HA-4.1", "HS-4.1.1.4", "CF-23")
@pytest.mark.django_db
def test_the_choice_in_force_at_the_booking_binds_the_order(world: World) -> None:
    alone = cleaning.booked(world)
    decide(world, "acceptance.chain", "four_steps")
    chain = cleaning.finished(world)
    with refused("HA-4.1"):
        world.do(chain, "sign", "customer", rating=5)
    for verb, role, _before, _after in CHAIN:
        world.do(chain, verb, role.value)
    assert world.do(chain, "sign", "customer", rating=5).status == "signed"
    assert [each["step"] for each in chain.order.acceptances] == [each[0] for each in CHAIN] + ["sign"]
    assert alone.order.acceptances == []


# HA-4.2.1  Signature and score


@pytest.mark.clause("HA-4.2.1")
@pytest.mark.parametrize(("score", "allowed"), [(None, False), (0, False), (1, True), (5, True), (6, False)])
def test_a_score_from_one_to_five_belongs_to_the_signature(score: int | None, allowed: bool) -> None:
    if allowed:
        scored(score, DEFAULT)
    else:
        with refused("HA-4.2.1", 422):
            scored(score, DEFAULT)


@pytest.mark.clause("HA-4.2.1")
@pytest.mark.django_db
def test_a_signature_without_a_score_names_the_clause_that_asks_for_it(world: World) -> None:
    case = cleaning.finished(world)
    answer = caller(world, "customer").post(f"/orders/{case.number}/sign", {}).json()
    assert (answer["status"], answer["clause"], answer["errors"][0]["path"]) == (422, "HA-4.2.1", "rating")


@pytest.mark.clause("HA-4.2.1")
@pytest.mark.django_db
def test_the_office_may_count_to_ten_and_the_score_is_kept_with_the_signature(world: World) -> None:
    scored(10, chosen(HousekeepingPolicy, acceptance__best_score=10))
    case = cleaning.finished(world)
    with refused("HA-4.2.1", 422):
        world.do(case, "sign", "customer", rating=6)
    world.do(case, "sign", "customer", rating=4)
    assert (case.order.rating, case.order.acceptances[-1]["rating"]) == (4, 4)
    assert "HA-4.2.1" in last(case, "sign").clauses


# HA-4.2.2  Failed items are done again, and both passes stay


@pytest.mark.clause("HA-4.2.2")
@pytest.mark.django_db
def test_failed_items_go_back_to_those_who_cleaned_until_the_resident_is_content(world: World) -> None:
    case = cleaning.finished(world)
    with refused("HA-4.2.2", 422):
        world.do(case, "object", "customer", items=[" "])
    world.do(case, "object", "customer", items=["灶台"], reason="油渍")
    assert case.status == "objected"
    with refused("HA-4.2.1"):
        world.do(case, "sign", "customer", rating=5)
    world.do(case, "rework", "housekeeper_2", done="已返工")
    world.do(case, "object", "team_lead", items=["灶台", "地漏"])
    world.do(case, "rework", "housekeeper", done="已返工")
    second = world.later(30)
    world.do(case, "sign", "customer", rating=5)
    assert [(each["round"], each["step"]) for each in case.order.acceptances] == [(1, "object"), (2, "object"), (3, "sign")]
    assert case.order.acceptances[0]["items"] == ["灶台"]
    assert case.order.acceptances[2]["at"] == second.isoformat()
    assert [event.facts["items"] for event in case.events.filter(verb="object").order_by("pk")] == [["灶台"], ["灶台", "地漏"]]
    assert last(case, "rework").clauses[0] == "HA-4.2.2"


@pytest.mark.clause("HA-4.2.2")
def test_acceptance_fails_by_items() -> None:
    failed_items_named(["灶台"])
    for nothing in ([], ["", " "]):
        with refused("HA-4.2.2", 422):
            failed_items_named(nothing)


@pytest.mark.clause("HS-4.1.1.4", "CF-22")
@pytest.mark.django_db
def test_the_leader_confirms_for_who_cannot_sign_and_never_the_score(world: World) -> None:
    case = cleaning.finished(world)
    world.do(case, "attest", "team_lead", reason="老人卧床")
    assert (case.status, case.order.rating, last(case, "attest").facts["follow_up"]) == ("signed", None, "mandatory")
    assert R.ASSIGNER in acting(frozenset({R.TEAM_LEAD}), DEFAULT)


# HA-1.4, CF-22  The office confirms for who cannot sign, a booking or the service


@pytest.mark.clause("HA-1.4", "CF-22")
@pytest.mark.django_db
@pytest.mark.parametrize("who", ["service_desk", "service_desk_supervisor"])
def test_the_office_confirms_the_service_with_a_reason_and_never_the_score(world: World, who: str) -> None:
    case = cleaning.finished(world)
    with refused("HA-1.4", 422):
        world.do(case, "attest", who, reason=" ")
    world.do(case, "attest", who, reason="老人卧床")
    event = last(case, "attest")
    assert (case.status, case.order.rating, event.clauses, event.facts["follow_up"]) == ("signed", None, ["HA-1.4"], "mandatory")


@pytest.mark.clause("HA-1.4", "CF-22")
@pytest.mark.django_db
@pytest.mark.parametrize("who", ["service_desk", "service_desk_supervisor"])
def test_the_office_confirms_a_booking_with_a_reason_and_the_price_told_counts_as_agreed(world: World, who: str) -> None:
    case = cleaning.quoted(world)
    with refused("HA-1.4", 422):
        world.do(case, "attest", who, reason=" ")
    world.do(case, "attest", who, reason="手伤，不能写字")
    assert (case.status, case.order.agreed, case.order.attested) == ("agreed", case.order.due, "")
    assert [event.verb for event in case.events.order_by("pk")][-2:] == ["attest", "consent"]
    assert (last(case, "attest").facts["follow_up"], last(case, "consent").facts["not_signed"]) == ("mandatory", "手伤，不能写字")


@pytest.mark.clause("HA-1.4", "CF-22")
@pytest.mark.django_db
@pytest.mark.parametrize("make", [cleaning.quoted, cleaning.finished], ids=["booking", "service"])
def test_an_office_that_never_confirms_for_the_resident_does_so_for_neither(world: World, make: Callable[[World], Case]) -> None:
    decide(world, "signature.proxy", "not_allowed")
    asked: dict[str, Any] = {"how": "paper"}
    case = cleaning.quoted(world)
    if make is cleaning.finished:
        case = world.do(case, "consent", "service_desk", **asked)
        case = world.do(case, "dispatch", "team_lead", workers=[world.staff["housekeeper"].number])
        case = world.do(world.do(case, "arrive", "housekeeper"), "finish", "housekeeper", summary="全屋保洁")
    with refused("HA-1.4", 403):
        world.do(case, "attest", "service_desk", reason="手伤")


@pytest.mark.clause("HA-1.4", "CF-22")
def test_nobody_else_confirms_a_booking_and_never_who_did_the_work() -> None:
    for status in ("priced", "finished"):
        for role in (R.HOUSEKEEPER, R.CONTROL_CENTRE, R.FINANCE, R.QUALITY, R.CUSTOMER):
            with refused("HC-5.5.1", 403):
                HOUSEKEEPING.step("attest", status, {role})
    with refused("HC-5.5.1"):
        HOUSEKEEPING.step("attest", "priced", {R.TEAM_LEAD})
    for role in (R.SERVICE_DESK, R.SERVICE_DESK_SUPERVISOR, R.TEAM_LEAD):
        assert HOUSEKEEPING.step("attest", "finished", {role}).after == "signed"


# MR-46  Accepted the way the office chose


@pytest.mark.clause("MR-46", "CF-23")
@pytest.mark.django_db
def test_where_the_resident_alone_accepts_nobody_accepts_before(world: World) -> None:
    with refused("MR-46"):
        four_were_chosen(DEFAULT)
    four_were_chosen(FOUR)
    alone = cleaning.finished(world)
    with refused("MR-46"):
        world.do(alone, "accept_site", "housekeeper")
    decide(world, "acceptance.chain", "four_steps")
    with refused("MR-46"):
        world.do(alone, "accept_site", "housekeeper")  # an order keeps what was in force when it was booked
    assert world.do(alone, "sign", "customer", rating=5).status == "signed"
    world.later(600)
    assert world.do(cleaning.finished(world), "accept_site", "housekeeper").status == "site_accepted"
