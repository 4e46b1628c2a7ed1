"""Two people at the same moment: what must be once is once, and the other one hears why."""

from collections import Counter
from decimal import Decimal
from functools import partial
from threading import Event as Signal

import pytest
from django.db import transaction

from menling.journal.models import Case, Event
from menling.journal.models import Counter as Register
from menling.journal.perform import locked
from menling.journal.replay import differences
from menling.kernel.refusal import Refused
from menling.kinds import KINDS
from menling.money.books import balance
from menling.money.commands import charging
from menling.money.models import Charge, Handover, Transfer
from menling.orders.models import Visit
from menling.procedures.places import bag
from tests.office import World
from tests.together import together, wait_until_somebody_waits

pytestmark = pytest.mark.django_db(transaction=True)


def clauses_met(answers: list[object]) -> list[str]:
    return sorted(each.clause for each in answers if isinstance(each, Refused))


def test_one_worker_sent_to_two_orders_at_once_goes_to_one(world: World) -> None:
    worker = world.staff["repair_worker"].number
    world.actor("control_centre"), world.actor("team_lead")
    for _round in range(8):
        cases = [world.do(world.file(), "accept", "control_centre") for _number in range(2)]
        answers = together([
            partial(world.answer, "dispatch", case, who, worker=worker)
            for case, who in zip(cases, ("control_centre", "team_lead"), strict=True)
        ])  # fmt: skip
        assert clauses_met(answers) == ["MR-1"]
        assert sorted(Case.objects.get(pk=case.pk).status for case in cases) == ["accepted", "dispatched"]
        world.later(60)
    assert Visit.objects.count() == 8


def test_one_order_sent_twice_at_once_is_sent_once(world: World) -> None:
    workers = [world.staff[key].number for key in ("repair_worker", "repair_worker_2")]
    world.actor("control_centre"), world.actor("team_lead")
    for _round in range(8):
        case = world.do(world.file(), "accept", "control_centre")
        answers = together([
            partial(world.answer, "dispatch", case, who, worker=worker)
            for who, worker in zip(("control_centre", "team_lead"), workers, strict=True)
        ])  # fmt: skip
        assert clauses_met(answers) == ["HS-4.2.3"]
        assert Visit.objects.filter(order_id=case.pk).count() == case.events.filter(verb="dispatch").count() == 1
        world.later(60)


def test_numbers_given_out_by_eight_threads_are_unique_and_without_gaps(world: World) -> None:
    world.actor("control_centre")

    def file_some() -> Counter[str]:
        done: Counter[str] = Counter()
        for number in range(8):
            try:
                world.file(unit="3-2-1201" if number % 3 else "9-9-999")
                done["filed"] += 1
            except Refused:
                done["refused"] += 1
        return done

    done = sum(together([file_some] * 8), Counter())
    assert done == {"filed": 40, "refused": 24}
    numbers = sorted(Case.objects.filter(kind="repair").values_list("number", flat=True))
    assert numbers == [f"XH-R26-{number:05d}" for number in range(1, 41)]
    assert Register.objects.get(register="repair").last == 40


def test_a_charge_collected_by_two_at_once_is_collected_once(world: World) -> None:
    world.actor("repair_worker"), world.actor("business_lead")
    for _round in range(6):
        charge = world.child(world.finished("86.00"), "charge")
        answers = together([partial(world.answer, "collect", charge, who) for who in ("repair_worker", "business_lead")])
        assert clauses_met(answers) == ["HS-3.3"]
        assert Transfer.objects.filter(case=charge, source__startswith="owed:").count() == 1
        world.later(60)
    receipts = sorted(Charge.objects.values_list("receipt", flat=True))
    assert receipts == [f"XH-P26-{number:05d}" for number in range(1, 7)]


def test_an_order_reopened_while_its_charge_is_collected_owes_or_paid_but_never_both(world: World) -> None:
    world.actor("repair_worker"), world.actor("team_lead")
    for _round in range(8):
        order = world.signed("86.00")
        charge = world.child(order, "charge")
        together([partial(world.answer, "collect", charge, "repair_worker"),
                  partial(world.answer, "reopen", order, "team_lead", reason="又堵了")])  # fmt: skip
        charge.refresh_from_db()
        assert Transfer.objects.filter(case=charge, source=f"owed:{charge.number}").count() == 1
        assert balance(world.office.pk, f"owed:{charge.number}") == 0
        assert charge.status == ("void" if charge.charge.collected is None else "collected")
        assert [differences(order), differences(charge)] == [[], []]
        world.later(60)


def test_a_reopening_that_waits_for_a_collection_leaves_it_collected(world: World) -> None:
    order = world.signed("86.00")
    charge = world.child(order, "charge")
    world.actor("repair_worker"), world.actor("team_lead")
    collected = Signal()

    def slow_collect() -> None:
        with transaction.atomic():
            charging.collect(locked(KINDS["charge"], charge), by=world.actor("repair_worker"), at=world.now)
            collected.set()
            wait_until_somebody_waits()

    def reopen() -> None:
        collected.wait(timeout=30)
        world.answer("reopen", order, "team_lead", reason="又堵了")

    together([slow_collect, reopen])
    charge.refresh_from_db()
    assert (charge.status, charge.charge.collected) == ("collected", Decimal("86.00"))
    assert balance(world.office.pk, f"owed:{charge.number}") == 0


def test_cash_taken_while_the_bag_is_handed_over_is_in_a_handover(world: World) -> None:
    holder = world.staff["repair_worker"]
    for _round in range(6):
        first, second = (world.child(world.finished("86.00"), "charge") for _number in range(2) if world.later(60))
        world.do(first, "collect", "repair_worker")
        handover = first.charge.handover.case
        together([partial(world.answer, "hand_over", handover, "repair_worker"),
                  partial(world.answer, "collect", second, "repair_worker")])  # fmt: skip
        for row in Handover.objects.filter(case__status__in=("open", "handed_over")).order_by("pk"):
            if row.case.status == "open":
                world.do(row.case, "hand_over", "repair_worker")
            world.do(row.case, "receive", "finance")
        assert balance(world.office.pk, bag(holder.pk)) == 0
    assert not Charge.objects.filter(collected__isnull=False, handover__isnull=True).exists()
    assert Event.objects.filter(verb="receive").count() == Handover.objects.count()


@pytest.mark.clause("MR-48")
def test_of_two_public_places_told_at_once_the_last_of_the_day_is_one(world: World) -> None:
    by = world.actor("customer")
    for place in ("3栋电梯厅", "地下车库", "大门岗亭", "2栋大堂"):
        world.file("customer", place=place, unit="", content="灯不亮")
    answers = together([
        partial(world.answer, "file", None, by, place=place, unit="", content="灯不亮", reporter="王芳", phone="13800138000")
        for place in ("花园凉亭", "5栋楼梯间")
    ])  # fmt: skip
    assert clauses_met(answers) == ["MR-48"]
    assert Case.objects.filter(kind="repair", unit__is_public=True).count() == 5
