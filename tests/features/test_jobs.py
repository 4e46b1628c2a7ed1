"""Work that is due at its hour: the morning register, jobs of dead workers, and whose clock it goes by."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.utils import timezone

from menling.jobs.app import QUEUES, build_app
from menling.jobs.named import JOBS
from menling.jobs.register import hand_over
from menling.jobs.requeue import requeue_stalled
from menling.journal.models import Deadline, Event, Outgoing
from menling.journal.sweep import sweep
from menling.orders.models import RegisterCopy
from menling.premises import clock
from menling.premises.models import Company
from tests.office import World

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")
TODAY = date(2026, 11, 20)


def at(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, second, tzinfo=SHANGHAI)


def copies(world: World) -> list[tuple[date, str]]:
    rows = RegisterCopy.objects.filter(office=world.office).order_by("day")
    return list(rows.values_list("day", "case__status"))


# the register


@pytest.mark.clause("HS-4.2.4")
def test_the_register_is_prepared_after_midnight_and_delivered_before_nine(world: World) -> None:
    order = world.file()
    hand_over(at(21, 0, 1))
    assert copies(world) == [(TODAY, "prepared")]
    hand_over(at(21, 7, 59))
    assert copies(world) == [(TODAY, "prepared")]
    hand_over(at(21, 8))
    copy = RegisterCopy.objects.get(office=world.office)
    assert (copy.case.status, copy.entries, copy.delivered_at) == ("delivered", [order.number], at(21, 8))
    assert Deadline.objects.get(case=copy.case, key="register").broken_at is None


@pytest.mark.clause("HS-4.2.4")
def test_a_run_at_nine_sharp_prepares_and_delivers_in_time_and_twice_is_once(world: World) -> None:
    first = hand_over(at(21, 9))
    assert len(first) == 4, "two offices, two lines each"
    assert hand_over(at(21, 9)) == hand_over(at(21, 9, 1)) == []
    assert copies(world) == [(TODAY, "delivered")]
    assert not Deadline.objects.filter(key="register", broken_at__isnull=False).exists()
    events = Event.objects.filter(case__kind="register_copy", office=world.office).order_by("id")
    assert list(events.values_list("verb", "actor")) == [("prepare", "system:0"), ("deliver", "system:0")]


@pytest.mark.clause("HS-4.2.4")
def test_a_register_that_missed_nine_breaks_and_both_desks_hear_of_it(world: World) -> None:
    hand_over(at(21, 0, 1))
    sweep(at(21, 9))
    assert not Deadline.objects.filter(key="register", broken_at__isnull=False).exists()
    sweep(at(21, 9, 0, 1))
    assert Deadline.objects.filter(key="register", broken_at=at(21, 9)).count() == 2
    told = Outgoing.objects.filter(case__kind="register_copy", office=world.office).get()
    assert told.roles == ["control_centre", "service_desk"]
    hand_over(at(21, 9, 5))
    assert copies(world) == [(TODAY, "delivered")]


@pytest.mark.clause("HS-4.2.4")
def test_days_missed_while_nothing_ran_are_made_up_for(world: World) -> None:
    hand_over(at(21, 8, 30))
    hand_over(at(24, 8, 30))
    days = [(date(2026, 11, day), "delivered") for day in (20, 21, 22, 23)]
    assert copies(world) == days


def test_a_register_the_control_centre_prepared_by_hand_is_delivered_all_the_same(world: World) -> None:
    world.answer("prepare", None, "control_centre", at=at(21, 0, 30), kind="register_copy", day=TODAY)
    hand_over(at(21, 8, 30))
    assert copies(world) == [(TODAY, "delivered")]


# queues


def test_deadlines_have_a_queue_and_a_worker_of_their_own() -> None:
    assert JOBS["sweep"].queue == "deadlines"
    assert QUEUES["deadlines"] == ["deadlines"]
    assert {job.queue for job in JOBS.values()} == {queue for queues in QUEUES.values() for queue in queues}
    assert [job.name for job in JOBS.values() if job.queue == "deadlines"] == ["sweep"]


def test_every_named_job_is_due_by_itself_and_never_waits_twice() -> None:
    app = build_app()
    due = {task.task.name: (task.cron, task.task.queueing_lock) for task in app.periodic_registry.periodic_tasks.values()}
    assert due == {job.name: (job.cron, job.name) for job in JOBS.values()}


def stalled_job(silent_for: timedelta, name: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s) RETURNING id", [timezone.now() - silent_for]
        )
        worker = cursor.fetchone()[0]
        cursor.execute("INSERT INTO procrastinate_jobs (queue_name, task_name, status, worker_id) VALUES"
                       " ('deadlines', %s, 'doing', %s) RETURNING id", [name, worker])  # fmt: skip
        return int(cursor.fetchone()[0])


def status_of(job: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM procrastinate_jobs WHERE id = %s", [job])
        return str(cursor.fetchone()[0])


def test_the_job_of_a_worker_that_died_is_put_back_and_that_of_a_living_one_is_left() -> None:
    dead, living = stalled_job(timedelta(minutes=2), "sweep"), stalled_job(timedelta(seconds=2), "outbox")
    assert requeue_stalled(timezone.now()) == [f"job {dead} (sweep) put back"]
    assert (status_of(dead), status_of(living)) == ("todo", "doing")
    assert requeue_stalled(timezone.now()) == []


# whose clock


@pytest.fixture
def rehearsed(monkeypatch: pytest.MonkeyPatch) -> Iterator[datetime]:
    clock.look_again()
    monkeypatch.setenv("MENLING_CLOCK", "2031-05-01T09:00:00+08:00")
    yield datetime(2031, 5, 1, 1, tzinfo=UTC)
    clock.look_again()


def is_wall_clock() -> bool:
    return abs(clock.now() - timezone.now()) < timedelta(seconds=5)


def test_a_demonstration_begins_at_the_instant_asked_for_and_time_goes_on(world: World, rehearsed: datetime) -> None:
    first = clock.now()
    assert rehearsed <= first < rehearsed + timedelta(days=1)
    assert clock.now() > first


def test_a_company_with_real_people_keeps_the_wall_clock(world: World, rehearsed: datetime) -> None:
    Company.objects.update(is_demo=False)
    assert is_wall_clock()


def test_an_empty_database_has_the_wall_clock_until_a_demonstration_moves_in(rehearsed: datetime) -> None:
    assert is_wall_clock()
    Company.objects.create(name="示范", short_name="示范", is_demo=True)
    assert not is_wall_clock()


def test_an_instant_without_an_offset_is_the_office_s_and_nonsense_is_refused() -> None:
    assert clock.instant("2026-11-20T10:04") == at(20, 10, 4)
    with pytest.raises(clock.ClockError, match="write it like"):
        clock.instant("tomorrow")
