"""The one way in: a key is used once, a refusal leaves nothing, and everything a command sets off happens with it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.utils import timezone

from menling.doorway.language import said
from menling.journal import perform as journal
from menling.journal.facts import read_facts
from menling.journal.models import Case, Command, Deadline, Event
from menling.journal.perform import Answer
from menling.journal.replay import differences
from menling.journal.sweep import sweep
from menling.journal.taken import DEVICE_OFF, RECORDED_AT
from menling.journal.when import When
from menling.kernel.actor import Actor
from menling.kernel.refusal import Refused
from menling.kernel.words import _
from menling.kinds import KINDS
from menling.money.models import Transfer
from menling.reactions import REACTIONS
from tests.office import World
from tests.together import together

MINUTE = timedelta(minutes=1)
pytestmark = pytest.mark.django_db


def act(world: World, case: Case, verb: str, by: str | Actor, at: When, key: str = "k", reactions: Any = REACTIONS,
        **facts: Any) -> Answer:  # fmt: skip
    kind = KINDS[case.kind]
    command = kind.commands[verb]
    actor = world.actor(by) if isinstance(by, str) else by
    return journal.perform(
        command, case, kind=kind, by=actor, at=at, key=key, facts=read_facts(command, facts), reactions=reactions
    )


def refused(call: Callable[[], Any]) -> Refused:
    with pytest.raises(Refused) as met:
        call()
    return met.value


def rows() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Case, Command, Event, Deadline, Transfer))


def test_the_same_key_and_body_give_the_stored_answer_even_when_the_case_has_moved_on(world: World) -> None:
    case = world.file()
    first = world.answer("accept", case, "control_centre", key="one")
    world.do(case, "dispatch", "control_centre", worker=world.staff["repair_worker"].number)
    before = rows()
    again = world.answer("accept", case, "control_centre", key="one")
    assert (again.body, again.repeated, first.repeated) == (first.body, True, False)
    assert rows() == before


def test_filing_twice_with_one_key_files_once(world: World) -> None:
    assert world.file(key="one").number == world.file(key="one").number
    assert Case.objects.count() == 1


def test_the_same_key_with_another_body_step_case_or_time_is_refused(world: World) -> None:
    case, other = world.file(), world.file()
    world.do(case, "note", "control_centre", key="one", text="狗很凶")
    others: list[Callable[[], Any]] = [
        lambda: world.do(case, "note", "control_centre", key="one", text="猫很凶"),
        lambda: world.do(case, "accept", "control_centre", key="one"),
        lambda: world.do(other, "note", "control_centre", key="one", text="狗很凶"),
        lambda: act(world, case, "note", "control_centre", When.told(world.now, world.now - MINUTE, None), "one", text="狗很凶"),
    ]
    for other_body in others:
        met = refused(other_body)
        assert (met.clause, met.status, met.field) == ("MR-7", 422, "Idempotency-Key")
    assert case.events.filter(verb="note").count() == 1


def test_a_device_that_sends_again_later_gets_its_answer(world: World) -> None:
    case = world.sent()
    happened = world.later(3)
    first = act(world, case, "acknowledge", "repair_worker", When.told(world.later(1), happened, world.now), "device")
    again = act(world, case, "acknowledge", "repair_worker", When.told(world.later(9), happened, world.now), "device")
    assert (again.body, again.repeated) == (first.body, True)


def test_a_key_belongs_to_its_actor(world: World) -> None:
    case = world.file()
    world.do(case, "note", "control_centre", key="one", text="狗很凶")
    world.do(case, "note", "team_lead", key="one", text="带梯子")
    assert [event.facts["text"] for event in case.events.filter(verb="note").order_by("pk")] == ["狗很凶", "带梯子"]


@pytest.mark.parametrize("key", ["", "k" * 101, "a\0b", "a\nb"])
def test_a_key_is_short_plain_text(world: World, key: str) -> None:
    case = world.file()
    met = refused(lambda: act(world, case, "accept", "control_centre", When(world.now, world.now), key))
    assert (met.clause, met.status, met.field) == ("MR-7", 422, "Idempotency-Key")


def test_a_refusal_stores_nothing_and_its_key_may_be_used_again(world: World) -> None:
    case = world.file()
    before = rows()
    worker = world.staff["repair_worker"].number
    met = refused(lambda: world.do(case, "dispatch", "control_centre", key="one", worker=worker))
    assert (met.clause, met.status, rows()) == ("HS-4.2.3", 409, before)
    world.do(case, "accept", "control_centre")
    assert world.do(case, "dispatch", "control_centre", key="one", worker=worker).status == "dispatched"


def test_a_refused_reaction_takes_everything_back(world: World) -> None:
    case = world.finished("86.00")
    charge = world.child(case, "charge")
    before = rows()

    def refuse(*_given: Any) -> Any:
        raise Refused("HS-4.2.3", _("Not today."))

    strict = {**REACTIONS, ("settlement", "open"): (refuse,)}
    met = refused(lambda: act(world, charge, "collect", "repair_worker", When(world.now, world.now), reactions=strict))
    charge.refresh_from_db()
    assert (met.clause, charge.status, rows()) == ("HS-4.2.3", "due", before)
    act(world, charge, "collect", "repair_worker", When(world.now, world.now))
    charge.refresh_from_db()
    assert charge.status == "collected"


@pytest.mark.django_db(transaction=True)
def test_two_threads_with_one_key_do_it_once_and_hear_the_same(world: World) -> None:
    case = world.file()
    world.actor("control_centre")
    step = partial(world.answer, "accept", case, "control_centre", key="one")
    answers = together([step] * 4)
    assert sorted(each.repeated for each in answers) == [False, True, True, True]
    assert all(each.body == answers[0].body for each in answers)
    assert case.events.filter(verb="accept").count() == 1


def test_a_typed_time_lies_between_the_step_before_and_now(world: World) -> None:
    case = world.file()
    reported = world.now
    now = world.later(30)
    future = refused(lambda: act(world, case, "accept", "control_centre", When.told(now, now + 2 * MINUTE, None)))
    past = refused(lambda: act(world, case, "accept", "control_centre", When.told(now, reported - 2 * MINUTE, None)))
    assert {(each.clause, each.status, each.field) for each in (future, past)} == {("MR-4", 409, "happened_at")}
    step_before = timezone.localtime(reported)
    assert f"(Register {step_before.day} {step_before:%b %Y %H:%M})" in said(past.why, "en"), "the year may be what is wrong"
    second = When.told(now, reported - timedelta(seconds=1), None)
    past = refused(lambda: act(world, case, "accept", "control_centre", second))
    assert f"{step_before:%Y-%m-%d %H:%M:%S}" in said(past.why, "en"), "to the second, for who types it"
    act(world, case, "accept", "control_centre", When.told(now, reported + MINUTE, None))
    event = case.events.get(verb="accept")
    assert (event.happened_at, event.recorded_at) == (reported + MINUTE, now)


@pytest.mark.parametrize("seconds", [-59, 59])
def test_a_time_typed_by_the_minute_means_some_time_in_that_minute(world: World, seconds: int) -> None:
    case = world.file()
    typed = world.later(1).replace(second=0)
    step_before, received = (typed - MINUTE, typed + seconds * timedelta(seconds=1)) if seconds < 0 else (typed, typed + MINUTE)
    act(world, case, "accept", "control_centre", When(step_before, received), "before")
    act(world, case, "note", "control_centre", When.told(received, typed, None), text="已到")
    assert case.events.get(verb="note").happened_at == min(typed, received)


def test_nothing_is_filed_in_the_future_or_before_our_time(world: World) -> None:
    before = rows()
    for year in (1926, 1999, 2027):
        with pytest.raises(Refused, match="MR-4"):
            answer_of_filing(world, When.told(world.now, world.now.replace(year=year), None))
    assert rows() == before
    answer_of_filing(world, When.told(world.now, world.now + timedelta(hours=5), world.now))
    assert Case.objects.get().reported_at == world.now, "a device cannot report what is still to come"


def answer_of_filing(world: World, at: When) -> Answer:
    kind = KINDS["repair"]
    command = kind.openings["file"]
    facts = read_facts(command, {"unit": "3-2-1201", "reporter": "王芳", "phone": "13800138000", "content": "厨房下水堵"})
    return journal.perform(command, world.office, kind=kind, by=world.actor("control_centre"), at=at, key="file", facts=facts,
                           reactions=REACTIONS)  # fmt: skip


def test_a_time_without_zone_or_beyond_the_calendar_is_refused(world: World) -> None:
    naive = world.now.replace(tzinfo=None)
    last = world.now.replace(year=9999, month=12, day=31)
    for happened, sent in ((naive, None), (world.now, naive), (last, world.now - timedelta(days=2))):
        met = refused(partial(When.told, world.now, happened, sent))
        assert (met.clause, met.status, met.field) == ("MR-4", 422, "happened_at")


@pytest.mark.parametrize(("wrong", "flag"), [(20, -1200), (-20, 1200), (5, None), (4, None), (6, -360)])
def test_a_devices_time_is_corrected_and_a_clock_far_off_is_flagged(world: World, wrong: int, flag: int | None) -> None:
    case = world.sent()
    happened = world.later(4)
    received = world.later(3)
    off = wrong * MINUTE
    act(world, case, "acknowledge", "repair_worker", When.told(received, happened + off, received + off))
    event = case.events.get(verb="acknowledge")
    assert (event.happened_at, event.recorded_at, event.facts.get("device_off_seconds")) == (happened, received, flag)
    world.do(case, "arrive", "repair_worker")
    assert "device_off_seconds" not in case.events.get(verb="arrive").facts, "the flag belongs to its command alone"
    assert (RECORDED_AT.get(), DEVICE_OFF.get()) == (None, 0)


def test_a_devices_time_is_fitted_between_the_step_before_and_the_receipt(world: World) -> None:
    case = world.sent()
    dispatched = world.now
    received = world.later(7)
    act(world, case, "acknowledge", "repair_worker", When.told(received, dispatched - 9 * MINUTE, received), "early")
    act(world, case, "arrive", "repair_worker", When.told(received, received + 9 * MINUTE, received), "ahead")
    times = dict(case.events.values_list("verb", "happened_at"))
    assert (times["acknowledge"], times["arrive"]) == (dispatched, received)


def test_a_break_already_swept_becomes_kept_and_reported_late(world: World) -> None:
    case = world.sent()
    in_time = world.later(14)
    world.later(6)
    sweep(world.now)
    act(world, case, "arrive", "repair_worker", When.told(world.now, in_time, world.now))
    promise = case.deadlines.get(key="arrive")
    assert (promise.met_at, promise.broken_at) == (in_time, promise.due_at), "kept in time, and the alarm stays in history"
    assert list(case.events.filter(facts__promise="arrive").order_by("pk").values_list("verb", flat=True)) == [
        "break",
        "kept_late",
    ]
    assert differences(case) == []


@pytest.mark.parametrize("recorder", ["control_centre", "service_desk", "team_lead"])
def test_a_desk_or_foreman_records_a_workers_step_and_the_event_names_both(world: World, recorder: str) -> None:
    case = world.sent()
    happened = world.later(9)
    worker, pen = world.actor("repair_worker"), world.actor(recorder)
    act(world, case, "arrive", worker.recorded_by(pen, "radio"), When.told(world.later(20), happened, None))
    event = case.events.get(verb="arrive")
    assert (event.actor, event.recorder_id, event.source) == (f"staff:{worker.id}", pen.id, "radio")
    assert (event.actor_name, event.recorder_name) == (worker.name, pen.name)
    assert (event.happened_at, event.recorded_at) == (happened, world.now)
    assert Command.objects.get(key="k").actor == f"staff:{pen.id}", "the key is the recorder's"


@pytest.mark.parametrize(("recorder", "doer"), [
    ("finance", "repair_worker"), ("repair_worker_2", "repair_worker"), ("customer", "repair_worker"),
    ("control_centre_elsewhere", "repair_worker"), ("control_centre", "team_lead"), ("team_lead", "service_desk"),
])  # fmt: skip
def test_nobody_else_records_and_nobody_records_for_a_desk(world: World, recorder: str, doer: str) -> None:
    case = world.sent()
    met = refused(lambda: act(world, case, "note", world.actor(doer).recorded_by(world.actor(recorder), "phone"),
                              When(world.now, world.now), text="已到"))  # fmt: skip
    assert (met.clause, met.status) == ("MR-3", 403)


@pytest.mark.clause("OC-4.5")
@pytest.mark.parametrize(("verb", "facts"), [("sign", {}), ("rate", {"rating": 5})])
def test_nobody_of_the_staff_signs_or_rates_nor_writes_it_down_for_the_resident(
    world: World, verb: str, facts: dict[str, int]
) -> None:
    case = world.finished()
    for pen in ("control_centre", "team_lead", "repair_worker"):
        own = refused(lambda pen=pen: act(world, case, verb, pen, When(world.now, world.now), **facts))
        behalf = world.actor("customer").recorded_by(world.actor(pen), "paper")
        for_them = refused(lambda behalf=behalf: act(world, case, verb, behalf, When(world.now, world.now), **facts))
        assert (own.status, for_them.status, for_them.clause) == (403, 403, "OC-4.5")
    assert case.events.filter(verb=verb).count() == 0


def test_who_writes_down_says_how_it_is_known(world: World) -> None:
    case = world.sent()
    behalf = replace(world.actor("repair_worker").recorded_by(world.actor("team_lead"), "dream"))
    met = refused(lambda: act(world, case, "arrive", behalf, When(world.now, world.now)))
    assert (met.clause, met.status, met.field) == ("MR-3", 422, "source")


def test_a_clock_of_the_wall_that_leaps_back_breaks_neither_order_nor_deadlines(world: World) -> None:
    case = world.sent()
    dispatched = world.now
    for verb in ("acknowledge", "arrive", "start"):
        world.later(-45)
        act(world, case, verb, "repair_worker", When(world.now, world.now), verb)
    case.refresh_from_db()
    assert (case.status, case.last_at) == ("working", dispatched)
    assert {event.happened_at for event in case.events.all()} == {dispatched}
    assert all(event.recorded_at >= event.happened_at for event in case.events.all())
    assert not case.deadlines.filter(broken_at__isnull=False).exists()
    assert differences(case) == []
    world.later(45 * 3 + 20)
    act(world, case, "finish", "repair_worker", When(world.now, world.now), "finish")
    assert case.events.latest("pk").happened_at == world.now
