"""Promises break once, at their own instant, whoever sweeps and however often."""

from datetime import timedelta
from functools import partial
from threading import Event as Signal
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from menling.journal.models import Case, Deadline, Event, Outgoing
from menling.journal.replay import differences
from menling.journal.sweep import BATCH, open_promises, sweep
from menling.journal.when import When
from menling.kinds import KINDS
from menling.mail.wording import said
from menling.reactions import perform
from tests.office import World
from tests.together import together, wait_until_somebody_waits

SECOND = timedelta(seconds=1)
pytestmark = pytest.mark.django_db


def breaks(case: Case, key: str) -> int:
    return case.events.filter(verb="break", facts__promise=key).count()


def test_what_is_due_exactly_now_is_not_late_and_a_moment_after_it_is(world: World) -> None:
    case = world.file()
    due = case.deadlines.get(key="dispatch").due_at
    assert sweep(due) == 0
    assert sweep(due + timedelta(microseconds=1)) == 1
    promise = case.deadlines.get(key="dispatch")
    event = case.events.get(verb="break")
    assert (promise.broken_at, promise.level, event.happened_at) == (due, 1, due)
    assert (event.recorded_at, event.actor, event.clauses) == (due + timedelta(microseconds=1), "system:0", ["HS-4.2.3"])
    assert (event.before, event.after, case.status) == ("reported", "reported", "reported")


@pytest.mark.parametrize(("late", "broken"), [(0, False), (1, True)])
def test_what_is_done_exactly_when_it_is_due_is_in_time(world: World, late: int, broken: bool) -> None:
    case = world.sent()
    due = case.deadlines.get(key="arrive").due_at
    world.now = due + late * timedelta(microseconds=1)
    world.do(case, "arrive", "repair_worker")
    assert (case.deadlines.get(key="arrive").broken_at is not None) is broken
    assert breaks(case, "arrive") == late


def test_a_second_sweep_finds_nothing_more(world: World) -> None:
    case = world.file()
    world.later(60)
    assert sweep(world.now) == 1
    assert sweep(world.now) == sweep(world.later(60 * 20)) == 0
    assert breaks(case, "dispatch") == 1


def test_those_who_must_know_are_told_once_with_the_clocks_roles(world: World) -> None:
    case = world.sent()
    Outgoing.objects.all().delete()
    world.later(16)
    sweep(world.now)
    sweep(world.now)
    told = {row.values["promise"]: row.roles for row in Outgoing.objects.filter(case=case)}
    alerts = {clock.promise: sorted(role.value for role in clock.alerts) for clock in case.procedure.clocks}
    assert told == {name: alerts[name] for name in ("at the door", "the worker acknowledges")}
    assert Outgoing.objects.filter(case=case).count() == 2


def test_what_is_kept_let_go_paused_or_not_counted_does_not_break(world: World) -> None:
    case = world.at_home()
    world.do(case, "await_material", "repair_worker", material="水龙头")
    Deadline.objects.create(case=case, office=case.office, key="shown", clause="EN-2.4", armed_at=world.now, due_at=world.now,
                            counted=False)  # fmt: skip
    assert sweep(world.later(60 * 24 * 9)) == 0
    cancelled = world.do(world.file(), "cancel", "control_centre", reason="不修了")
    assert sweep(world.later(60 * 24 * 9)) == 0
    assert not open_promises(cancelled)


def test_more_promises_than_one_batch_all_break(world: World) -> None:
    case = world.file()
    Deadline.objects.bulk_create(
        Deadline(case=case, office=case.office, key=f"k{number}", clause="HS-4.2.3", armed_at=world.now,
                 due_at=world.now + number * SECOND) for number in range(2 * BATCH + 3)
    )  # fmt: skip
    assert sweep(world.later(60)) == 2 * BATCH + 4
    assert Event.objects.filter(verb="break").count() == 2 * BATCH + 4


def test_what_is_told_of_a_broken_promise_names_the_home_and_without_one_the_number(world: World) -> None:
    case = world.file()
    alone = Case.objects.create(kind="repair", number="XH-R26-90001", office=world.office, status="reported",
                                reported_at=world.now, last_at=world.now)  # fmt: skip
    row = case.deadlines.get(key="dispatch")
    Deadline.objects.create(case=alone, office=world.office, key="dispatch", clause=row.clause, armed_at=row.armed_at,
                            due_at=row.due_at)  # fmt: skip
    assert sweep(world.later(60)) == 2
    texts = {row.case_id: said(row.sentence, row.values, "zh-hans", ZoneInfo(world.office.zone))
             for row in Outgoing.objects.filter(sentence__contains="is late")}  # fmt: skip
    assert texts[case.pk].startswith(f"3-2-1201 的 {case.number}：")
    assert texts[alone.pk].startswith("XH-R26-90001：")


def test_open_promises_come_the_next_one_first(world: World) -> None:
    case = world.sent()
    dues = [promise.due_at for promise in open_promises(case)]
    assert dues == sorted(dues)
    assert open_promises(case)[0].key == "acknowledge"


@pytest.mark.django_db(transaction=True)
def test_four_sweepers_break_each_promise_once(world: World) -> None:
    cases = [world.file() for _number in range(30)]
    world.later(60)
    assert sum(together([partial(sweep, world.now)] * 4)) == 30
    assert [breaks(case, "dispatch") for case in cases] == [1] * 30
    assert Outgoing.objects.filter(sentence__contains="is late").count() == 30


def arriving(world: World, case: Case, at: When) -> object:
    kind = KINDS["repair"]
    return perform(kind.commands["arrive"], case, kind=kind, by=world.actor("repair_worker"), at=at, key=f"a{case.pk}", facts={})


@pytest.mark.django_db(transaction=True)
def test_a_sweep_racing_with_arrivals_breaks_each_promise_once(world: World) -> None:
    for round_number in range(12):
        case = world.sent()
        now = world.later(16 + round_number)
        late = partial(arriving, world, case, When(now, now))
        together([late, partial(sweep, now), partial(sweep, now)])
        assert breaks(case, "arrive") == breaks(case, "acknowledge") == 1
        assert differences(case) == []
        world.later(40)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("minutes", "verdicts"), [(14, ["break", "kept_late"]), (16, ["break"])])
def test_an_arrival_that_waits_for_a_sweep_sees_what_it_broke(world: World, minutes: int, verdicts: list[str]) -> None:
    case = world.sent()
    happened, now = world.now + timedelta(minutes=minutes), world.later(20)
    swept = Signal()

    def slow_sweep() -> None:
        with transaction.atomic():
            sweep(now)
            swept.set()
            wait_until_somebody_waits()

    def arrive() -> None:
        swept.wait(timeout=30)
        arriving(world, case, When.told(now, happened, now))

    together([slow_sweep, arrive])
    events = case.events.filter(facts__promise="arrive").order_by("pk")
    assert [event.verb for event in events] == verdicts
    assert differences(case) == []
