"""MR-25, HS-4.1.1.6  Cash of the evening in a sealed envelope, counts note by note, differences signed by both."""

from datetime import datetime
from decimal import Decimal

import pytest

from menling.journal.facts import Malformed
from menling.journal.models import Case, Deadline, Event, Outgoing
from menling.journal.sweep import sweep
from menling.kernel.calendars import OfficeCalendar
from menling.kernel.policy import SETTINGS
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role as R
from menling.money.books import balance
from menling.money.queries import unsigned
from menling.procedures.handover import (
    HANDOVER,
    HandoverPolicy,
    awaits_signature,
    counted_by_notes,
    finance_away,
    numbered,
    witnessed,
)
from tests.office import World
from tests.procedures.given import NOON, chosen, decide, due_at, refused, shanghai

EVENING = shanghai(20, 18, 30)


def with_cash(world: World, amount: str = "86.00") -> Case:
    charge = world.do(world.child(world.finished(amount), "charge"), "collect", "repair_worker")
    return charge.charge.handover.case


def sealed(world: World, **facts: object) -> Case:
    handover = with_cash(world)
    world.now = EVENING
    return world.do(handover, "seal", "repair_worker", **(asked(world) | facts))


def asked(world: World) -> dict[str, object]:
    return {"envelope": "F12", "witnesses": [world.staff["team_lead"].number, world.staff["control_centre"].number]}


def held(world: World) -> dict[str, Decimal]:
    """What lies in the bag, the envelope, the safe and the differences, in yuan."""
    places = {"bag": f"bag:{world.staff['repair_worker'].pk}", "envelope": "envelope:F12",
              "safe": f"safe:{world.office.pk}", "difference": f"difference:{world.office.pk}"}  # fmt: skip
    found = {name: balance(world.office.pk, place) for name, place in places.items()}
    return {name: amount for name, amount in found.items() if amount}


# Note by note


@pytest.mark.clause("HS-4.1.1.6")
@pytest.mark.parametrize(("amount", "fine"), [("86.39", False), ("86.40", True), ("86.41", False)])
def test_the_notes_come_to_the_counted_amount_to_the_fen(amount: str, fine: bool) -> None:
    count = {"50": 1, "20": 1, "10": 1, "5": 1, "1": 1, "0.2": 2}
    if fine:
        assert counted_by_notes(Decimal(amount), count, HandoverPolicy()) == Decimal("86.40")
        return
    with refused("HS-4.1.1.6", 409):
        counted_by_notes(Decimal(amount), count, HandoverPolicy())


@pytest.mark.clause("HS-4.1.1.6")
def test_without_a_count_the_amount_stands_unless_the_office_wants_one() -> None:
    assert counted_by_notes(Decimal("86.00"), {}, HandoverPolicy()) == Decimal("86.00")
    assert counted_by_notes(None, {}, HandoverPolicy()) is None
    with refused("HS-4.1.1.6", 422):
        counted_by_notes(Decimal("86.00"), {}, chosen(HandoverPolicy, handover__count_needed=True))


@pytest.mark.django_db
@pytest.mark.clause("HS-4.1.1.6")
def test_a_count_alone_is_the_amount_and_stays_on_record(world: World) -> None:
    handover = with_cash(world)
    world.do(handover, "hand_over", "repair_worker", count={"50": 1, "20": 1, "10": 1, "5": 1, "1": 1})
    world.do(handover, "receive", "finance")
    assert held(world) == {"safe": Decimal("86.00")}
    assert Event.objects.get(case=handover, verb="hand_over").facts["count"]["50"] == 1


@pytest.mark.django_db
@pytest.mark.clause("HS-4.1.1.6")
@pytest.mark.parametrize("count", [{"3": 1}, {"100": -1}, {"100": 1.5}, {"100": 10_000}])
def test_what_is_no_note_or_no_number_of_pieces_cannot_be_counted(world: World, count: dict[str, object]) -> None:
    handover = with_cash(world)
    with pytest.raises(Malformed):
        world.do(handover, "receive", "finance", count=count)


@pytest.mark.django_db
@pytest.mark.clause("HS-4.1.1.6")
def test_an_office_that_wants_counts_gets_no_cash_without_one(world: World) -> None:
    decide(world, "handover.count_needed", True)
    handover = with_cash(world)
    with refused("HS-4.1.1.6", 422):
        world.do(handover, "hand_over", "repair_worker", amount="86.00")
    world.do(handover, "hand_over", "finance", count={"50": 1, "20": 1, "10": 1, "5": 1, "1": 1})
    assert held(world) == {"safe": Decimal("86.00")}


# Signed by both


@pytest.mark.django_db
@pytest.mark.clause("HS-4.1.1.6")
def test_a_difference_finance_found_waits_for_the_collectors_signature(world: World) -> None:
    handover = with_cash(world)
    world.do(handover, "hand_over", "repair_worker")
    world.do(handover, "receive", "finance", amount="85.00", difference_reason="少一元")
    assert [each.case_id for each in unsigned(world.actor("finance"), world.office)] == [handover.pk]
    with refused("MR-2", 403):
        world.do(handover, "sign_difference", "repair_worker_2")
    assert world.do(handover, "sign_difference", "repair_worker", remark="找零时给错").status == "received"
    assert unsigned(world.actor("finance"), world.office) == []
    with refused("HS-4.1.1.6"):
        world.do(handover, "sign_difference", "repair_worker")


@pytest.mark.django_db
@pytest.mark.clause("HS-4.1.1.6")
@pytest.mark.parametrize(
    ("handed", "found", "waits"), [("85.00", "85.00", False), ("86.00", "86.00", False), ("85.00", "84.00", True)]
)
def test_what_the_collector_told_at_the_handover_needs_no_second_signature(
    world: World, handed: str, found: str, waits: bool
) -> None:
    handover = with_cash(world)
    world.do(handover, "hand_over", "repair_worker", amount=handed, difference_reason="找零有误")
    world.do(handover, "receive", "finance", amount=found, difference_reason="少了")
    assert bool(unsigned(world.actor("finance"), world.office)) is waits
    assert Deadline.objects.filter(case=handover, key="difference").exists() is waits


@pytest.mark.clause("HS-4.1.1.6")
@pytest.mark.parametrize(("at", "days", "end"), [
    (NOON, 1, shanghai(23, 18)), (shanghai(23, 9), 1, shanghai(24, 18)), (shanghai(23, 9), 2, shanghai(25, 18)),
])  # fmt: skip
def test_a_difference_is_signed_by_the_end_of_the_next_working_day(at: datetime, days: int, end: datetime) -> None:
    policy = chosen(HandoverPolicy, handover__difference_days=days)
    assert due_at(HANDOVER, "difference", at, policy, unsigned=True) == end
    assert due_at(HANDOVER, "difference", at, policy, unsigned=False) is None
    awaits_signature(unsigned=True)


# Sealed


@pytest.mark.clause("MR-25")
@pytest.mark.parametrize(("at", "fine"), [
    (shanghai(20, 7, 59, 59), True), (shanghai(20, 8), False), (shanghai(20, 17, 59, 59), False), (shanghai(20, 18), True),
    (shanghai(21, 10), True), (shanghai(22, 10), True), (shanghai(23, 10), False),
])  # fmt: skip
def test_cash_is_sealed_in_the_evening_and_on_days_off_and_handed_over_in_working_hours(at: datetime, fine: bool) -> None:
    if fine:
        finance_away(at, OfficeCalendar())
        return
    with refused("MR-25"):
        finance_away(at, OfficeCalendar())


@pytest.mark.clause("MR-25")
@pytest.mark.parametrize(("wanted", "named", "fine"), [
    (2, [2, 3], True), (2, [2], False), (2, [1, 2], False), (2, [2, 2], False), (2, [2, 3, 4], True),
    (3, [2, 3], False), (1, [2], True), (1, [], False),
])  # fmt: skip
def test_so_many_others_as_the_office_wants_saw_it_sealed(wanted: int, named: list[int], fine: bool) -> None:
    policy = chosen(HandoverPolicy, handover__witnesses=wanted)
    if fine:
        witnessed(named, 1, policy)
        return
    with refused("MR-25", 409 if named else 422):
        witnessed(named, 1, policy)


@pytest.mark.clause("MR-25")
def test_an_envelope_has_a_number() -> None:
    numbered("F12")
    with refused("MR-25", 422):
        numbered(" ")


@pytest.mark.clause("MR-25")
@pytest.mark.parametrize(("key", "least", "most"), [
    ("handover.witnesses", 1, 5), ("handover.envelope_days", 1, 5), ("handover.difference_days", 1, 10),
])  # fmt: skip
def test_the_figures_of_an_office_keep_within_their_bounds(key: str, least: int, most: int) -> None:
    row = SETTINGS[key]
    assert (row.check(least), row.check(most)) == (least, most)
    for beyond in (least - 1, most + 1):
        with pytest.raises(Refused):
            row.check(beyond)


@pytest.mark.clause("MR-25")
@pytest.mark.parametrize(("at", "days", "end"), [
    (EVENING, 1, shanghai(23, 18)), (shanghai(22, 20), 1, shanghai(23, 18)), (shanghai(23, 19), 1, shanghai(24, 18)),
    (shanghai(23, 19), 3, shanghai(26, 18)),
])  # fmt: skip
def test_an_envelope_is_opened_by_the_end_of_the_next_working_day(at: datetime, days: int, end: datetime) -> None:
    assert due_at(HANDOVER, "envelope", at, chosen(HandoverPolicy, handover__envelope_days=days)) == end


@pytest.mark.django_db
@pytest.mark.clause("MR-25")
def test_sealed_cash_lies_in_the_envelope_until_finance_opens_it(world: World) -> None:
    handover = sealed(world)
    assert (handover.status, held(world)) == ("sealed", {"envelope": Decimal("86.00")})
    assert [each[0] for each in handover.handover.witnesses] == sorted(str(each) for each in asked(world)["witnesses"])  # type: ignore[attr-defined]
    assert {each.staff_id for each in Outgoing.objects.filter(case=handover)} >= {
        world.staff["team_lead"].pk,
        world.staff["control_centre"].pk,
    }
    world.now = shanghai(23, 9)
    assert world.do(handover, "open_envelope", "finance", count={"50": 1, "20": 1, "10": 1, "5": 1, "1": 1}).status == "received"
    assert held(world) == {"safe": Decimal("86.00")}


@pytest.mark.django_db
@pytest.mark.clause("MR-25")
@pytest.mark.parametrize(("at", "late"), [(shanghai(23, 18), False), (shanghai(23, 18, 0, 1), True)])
def test_an_envelope_nobody_opened_alarms_after_the_next_working_day(world: World, at: datetime, late: bool) -> None:
    handover = sealed(world)
    sweep(at)
    broken = Deadline.objects.get(case=handover, key="envelope").broken_at
    assert (broken is not None) is late
    told = [each for each in Outgoing.objects.filter(case=handover) if "finance" in each.roles]
    assert bool(told) is late


@pytest.mark.django_db
@pytest.mark.clause("MR-25")
@pytest.mark.parametrize(("found", "after"), [
    ("85.00", {"safe": Decimal("85.00"), "envelope": Decimal("1.00")}),
    ("87.00", {"safe": Decimal("87.00"), "difference": Decimal("-1.00")}),
])  # fmt: skip
def test_an_envelope_that_does_not_hold_what_was_sealed_is_explained_and_signed(
    world: World, found: str, after: dict[str, Decimal]
) -> None:
    handover = sealed(world)
    world.now = shanghai(23, 9)
    with refused("HS-4.1.1.6", 409):
        world.do(handover, "open_envelope", "finance", amount=found)
    world.do(handover, "open_envelope", "finance", amount=found, difference_reason="拆封点数不符")
    assert held(world) == after
    assert [each.case_id for each in unsigned(world.actor("finance"), world.office)] == [handover.pk]


@pytest.mark.django_db
@pytest.mark.clause("MR-25")
def test_a_number_is_used_once_and_strangers_and_the_collector_are_no_witnesses(world: World) -> None:
    sealed(world)
    world.now = shanghai(20, 18, 40)
    second = with_cash(world, "5.00")
    with refused("MR-25"):
        world.do(second, "seal", "repair_worker", **asked(world))
    lead = world.staff["team_lead"].number
    for others, status in ((["A999", "A998"], 422), ([world.staff["repair_worker"].number, lead], 409),
                           ([world.staff["finance_elsewhere"].number, lead], 409)):  # fmt: skip
        with refused("MR-25", status):
            world.do(second, "seal", "repair_worker", envelope="F13", witnesses=others)


@pytest.mark.django_db
@pytest.mark.clause("MR-25")
def test_only_the_holder_seals_and_only_finance_opens(world: World) -> None:
    handover = with_cash(world)
    world.now = EVENING
    with refused("MR-2", 403):
        world.do(handover, "seal", "repair_worker_2", **asked(world))
    world.do(handover, "seal", "repair_worker", **asked(world))
    for who in ("repair_worker", "business_lead", "service_desk"):
        with refused("MR-25", 403):
            world.do(handover, "open_envelope", who)
    assert HANDOVER.step("open_envelope", "sealed", {R.FINANCE}).after == "received"
    with refused("HS-4.1.1.6"):
        world.do(handover, "receive", "finance")
