"""OI-3, OI-4  Calling again later, asking other offices, the worker's number, and the answer on the day named."""

from datetime import timedelta

import pytest

from menling.doorway.papers import slip_facts
from menling.doorway.showing import loaded, shown
from menling.journal.models import Case
from menling.journal.sweep import sweep
from menling.procedures.call_order import CALL_ORDER
from menling.procedures.call_rules import CallPolicy, answer_day, call_again_at, not_asked_before
from menling.procedures.privacy import PrivacyPolicy, for_customer
from tests.office import World
from tests.procedures.given import NOON, cards, chosen, decide, due_at, kept, last, promise, refused, shanghai, told_staff, worded
from tests.procedures.test_oi_1_2_taking import CALLER, placed

WORKER = "13700001111"


# OI-3  Not the order taker: call later


@pytest.mark.clause("OI-3")
@pytest.mark.django_db
def test_who_did_not_take_the_order_ticks_it_and_the_call_department_reads_when_to_ring(world: World) -> None:
    assert cards("OI-3", "in_hand", "call_order") == ["call_later"]
    assert worded("OI-3", "稍后再打", "call again")
    case = world.do(placed(world), "tick", "service_desk", group="call_later")
    assert last(case, "tick").clauses == ["OI-3"]
    case.callorder.refresh_from_db()
    assert case.callorder.call_again_at == world.now + timedelta(minutes=30)
    assert world.staff[CALLER].pk in told_staff(case)
    world.do(case, "follow_up", CALLER, answer="明天上门")
    case.callorder.refresh_from_db()
    assert case.callorder.call_again_at is None


@pytest.mark.clause("OI-3")
def test_later_is_as_many_minutes_as_the_office_says() -> None:
    assert call_again_at(NOON, chosen(CallPolicy, calls__again_minutes=15)) == NOON + timedelta(minutes=15)
    with refused("OI-3", 403):
        CALL_ORDER.step("follow_up", "in_hand", {"service_desk"})


# OI-4.1  No worker's number to customers


@pytest.mark.clause("OI-4.1", "CF-05")
@pytest.mark.parametrize("written", ["13700001111", "137 0000 1111", "137-0000-1111", "+86 13700001111"])
def test_a_workers_number_in_a_text_gives_way_to_the_offices_or_to_nothing(written: str) -> None:
    text = f"师傅电话 {written} 随时打"
    office = for_customer(text, [WORKER], "021-5555", PrivacyPolicy())
    nothing = for_customer(text, [WORKER], "021-5555", chosen(PrivacyPolicy, privacy__worker_phone_to_customer="never"))
    assert ("021-5555" in office, "***" in nothing) == (True, True)
    assert not [each for each in (office, nothing) if "1111" in each]


@pytest.mark.clause("OI-4.1")
def test_a_room_a_price_and_the_customers_own_number_stay() -> None:
    text = "3-2-1201 收 86 元，本人 13800138000"
    assert for_customer(text, [WORKER, "1201", ""], "021-5555", PrivacyPolicy()) == text


@pytest.mark.clause("OI-4.1")
@pytest.mark.django_db
def test_no_paper_and_no_answer_a_customer_gets_holds_a_workers_number(world: World) -> None:
    worker = world.staff["repair_worker"]
    worker.phone = WORKER
    worker.save(update_fields=["phone"])
    case = world.finished(content=f"找员工{WORKER}", requirements="137 0000 1111 联系")
    paper = str(slip_facts(loaded(case), world.now, "https://home.example", phone_shown=True))
    answer = str(shown(case, world.actor("customer"), world.now))
    for told in (paper, answer):
        assert "找员工" in told
        assert WORKER not in told
        assert "137 0000 1111" not in told
    assert WORKER in str(shown(case, world.actor("control_centre"), world.now))


# OI-4.3  Urgent: ask other sites


@pytest.mark.clause("OI-4.3")
@pytest.mark.django_db
def test_the_reminder_to_ask_around_is_ticked_and_stands_in_the_timeline(world: World) -> None:
    assert cards("OI-4.3", "accepted", "call_order") == ["ask_around"]
    case = world.do(placed(world, urgent=True), "tick", "control_centre", group="ask_around")
    assert last(case, "tick").clauses == ["OI-4.3"]


@pytest.mark.clause("OI-4.3")
@pytest.mark.django_db
def test_an_order_goes_on_to_another_office_with_its_words_but_never_in_circles(world: World) -> None:
    case = world.do(placed(world), "pass_on", "service_desk", to=world.elsewhere.code, reason="今天没人")
    there = Case.objects.get(parent=case)
    assert (there.office, there.status, there.callorder.content) == (world.elsewhere, "placed", case.callorder.content)
    assert promise(there, "answer").due_at == promise(case, "answer").due_at
    with refused("OI-4.3"):
        world.do(there, "pass_on", "service_desk_elsewhere", to=world.office.code)
    with refused("OI-4.3"):
        not_asked_before("XH", {"XH"})


@pytest.mark.clause("OI-4.3")
@pytest.mark.django_db
def test_of_several_offices_asked_at_once_the_first_to_accept_has_it(world: World) -> None:
    case = placed(world, also=[world.elsewhere.code])
    other = Case.objects.get(kind="call_order", office=world.elsewhere)
    world.do(other, "accept", "service_desk_elsewhere")
    case.refresh_from_db()
    assert (case.status, last(case, "give_way").facts["taken_by"]) == ("taken_elsewhere", world.elsewhere.code)
    with refused("OI-1.1"):
        world.do(case, "accept", "service_desk")


# OI-4.4  Call back on the day named


@pytest.mark.clause("OI-4.4")
def test_the_answer_is_due_on_the_day_the_customer_named_to_its_last_instant() -> None:
    assert answer_day(NOON.date(), 3, CallPolicy()).isoformat() == "2026-11-23"
    with refused("OI-4.4", 409):
        answer_day(NOON.date(), -1, CallPolicy())
    promised = due_at(CALL_ORDER, "answer", NOON, CallPolicy(), answer_day=answer_day(NOON.date(), 3, CallPolicy()))
    assert promised is not None
    assert shanghai(23, 23, 59, 59) < promised < shanghai(24, 0)
    assert due_at(CALL_ORDER, "answer", NOON, CallPolicy(), answer_day=None) is None


@pytest.mark.clause("OI-4.4")
@pytest.mark.django_db
@pytest.mark.parametrize(("days", "taken"), [(0, True), (13, True), (14, True), (15, False)])
def test_a_day_further_ahead_than_the_office_takes_is_refused_when_it_is_placed_and_later(
    world: World, days: int, taken: bool
) -> None:
    before = placed(world, answer_in_days=None)
    decide(world, "calls.answer_days", 14)
    if taken:
        assert promise(placed(world, answer_in_days=days), "answer").due_at.date() == NOON.date() + timedelta(days=days)
        return
    with refused("OI-4.4", 409):
        placed(world, answer_in_days=days)
    assert promise(world.do(before, "promise_answer", "service_desk", answer_in_days=days), "answer"), "its own figure is kept"


@pytest.mark.clause("OI-4.4")
@pytest.mark.django_db
def test_the_call_cannot_be_dropped_not_even_when_the_office_declined(world: World) -> None:
    case = world.do(placed(world), "decline", "service_desk", reason="没人", offered="介绍厂家")
    world.do(case, "see", CALLER)
    assert promise(case, "answer").released_at is None
    sweep(shanghai(23, 0))
    assert promise(case, "answer").broken_at is not None
    other = placed(world, answer_in_days=1)
    world.do(other, "call_back", "service_desk", answer="已告知暂无人手")
    assert kept(other, "answer")


@pytest.mark.clause("OI-4.4")
@pytest.mark.django_db
def test_the_customer_is_still_called_back_when_the_order_was_withdrawn(world: World) -> None:
    case = world.do(placed(world, answer_in_days=1), "withdraw", CALLER, reason="客户改找别家")
    assert promise(case, "answer").released_at is None
    world.do(case, "call_back", "service_desk", answer="已确认不再需要")
    assert kept(case, "answer")


@pytest.mark.clause("OI-4.4")
@pytest.mark.django_db
def test_a_day_named_later_counts_from_then(world: World) -> None:
    decide(world, "calls.again_minutes", 45)
    case = world.do(placed(world, answer_in_days=None), "promise_answer", "service_desk", answer_in_days=1)
    assert shanghai(21, 23, 59, 59) < promise(case, "answer").due_at < shanghai(22, 0)
