"""MR-20  When a message waits for the morning, how often it is tried again, when it is given up, when a channel is failing."""

from datetime import datetime, timedelta

import pytest

from menling.kernel.calendars import OfficeCalendar
from menling.mail.failing import failing_channels
from menling.mail.models import Delivery
from menling.mail.outbox import deliver_waiting
from menling.mail.policy import MailPolicy, is_failing, next_try, waits_until
from tests.mailing import SHANGHAI, channel, tell
from tests.office import World
from tests.procedures.given import decide
from tests.receiving import silence

SINCE = datetime(2026, 11, 20, 10, 0, tzinfo=SHANGHAI)


@pytest.mark.clause("MR-20")
@pytest.mark.parametrize(
    ("clock", "until"),
    [("21:59", None), ("22:00", "11-21 07:00"), ("23:30", "11-21 07:00"), ("06:59", "11-20 07:00"),
     ("07:00", None)],
)  # fmt: skip
def test_a_message_of_the_quiet_hours_waits_for_their_end(clock: str, until: str | None) -> None:
    at = datetime.fromisoformat(f"2026-11-20T{clock}:00+08:00")
    end = waits_until(at, MailPolicy(), OfficeCalendar())
    assert (end and f"{end.astimezone(SHANGHAI):%m-%d %H:%M}") == until


def tries(urgent: bool, policy: MailPolicy) -> list[float]:
    """Return after how many minutes something that always fails is tried again, from its first failure on."""
    at, found = SINCE, list[float]()
    while (again := next_try(SINCE, at, len(found) + 1, urgent, policy)) is not None:
        at = again
        found.append((at - SINCE) / timedelta(minutes=1))
    return found


@pytest.mark.clause("MR-20")
def test_the_waits_double_and_the_last_try_comes_when_the_minutes_are_over() -> None:
    assert tries(urgent=True, policy=MailPolicy()) == [0.25, 0.75, 1.75, 3.75, 5]
    assert tries(urgent=False, policy=MailPolicy()) == [1, 3, 7, 15, 31, 63, 120]
    assert tries(urgent=True, policy=MailPolicy(give_up_urgent=2)) == [0.25, 0.75, 1.75, 2]
    assert tries(urgent=False, policy=MailPolicy(give_up=15)) == [1, 3, 7, 15]


@pytest.mark.clause("MR-20")
@pytest.mark.parametrize(("seconds", "tried"), [(299, True), (300, False), (301, False)])
def test_what_is_urgent_is_given_up_by_the_try_at_its_last_minute(seconds: int, tried: bool) -> None:
    assert (next_try(SINCE, SINCE + timedelta(seconds=seconds), 6, True, MailPolicy()) is not None) is tried


@pytest.mark.clause("MR-20")
@pytest.mark.parametrize(("seconds", "failing"), [(179, False), (180, True), (181, True)])
def test_a_channel_is_failing_when_it_took_nothing_for_the_office_s_minutes(seconds: int, failing: bool) -> None:
    assert is_failing(SINCE, SINCE + timedelta(seconds=seconds), MailPolicy()) is failing
    assert not is_failing(None, SINCE, MailPolicy())


@pytest.mark.django_db
@pytest.mark.clause("MR-20")
def test_an_office_may_choose_how_long_something_is_tried_again(world: World) -> None:
    decide(world, "mail.give_up_urgent_minutes", 1)
    decide(world, "mail.failing_minutes", 1)
    with silence() as place:
        robot = channel(world, "wecom", f"http://{place}/")
        tell(world, urgent=True)
        deliver_waiting(world.now)
        deliver_waiting(world.later(seconds=59))
        assert failing_channels(world.office, world.now) == ()
        deliver_waiting(world.later(seconds=1))
    assert Delivery.objects.filter(channel=robot, dead_at__isnull=False).count() == 1
    assert [each.pk for each in failing_channels(world.office, world.now)] == [robot.pk]


@pytest.mark.django_db
@pytest.mark.clause("MR-20")
@pytest.mark.parametrize(("minutes", "given_up"), [(29, False), (30, True)])
def test_an_office_may_give_up_other_messages_sooner(world: World, minutes: int, given_up: bool) -> None:
    decide(world, "mail.give_up_minutes", 30)
    with silence() as place:
        robot = channel(world, "wecom", f"http://{place}/")
        tell(world)
        deliver_waiting(world.now)
        Delivery.objects.update(next_at=world.later(minutes))
        deliver_waiting(world.now)
    assert Delivery.objects.filter(channel=robot, dead_at__isnull=False).exists() is given_up


@pytest.mark.django_db
@pytest.mark.clause("MR-20")
@pytest.mark.parametrize(("key", "clock", "waits"), [("mail.quiet_from", "10:00", True), ("mail.quiet_until", "10:00", False)])
def test_an_office_may_choose_its_quiet_hours(world: World, key: str, clock: str, waits: bool) -> None:
    """It is four minutes past ten in the morning."""
    decide(world, "mail.quiet_from", "09:00")
    decide(world, "mail.quiet_until", "12:00" if key == "mail.quiet_from" else clock)
    decide(world, key, clock)
    with silence() as place:
        channel(world, "wecom", f"http://{place}/")
        tell(world)
        tried = deliver_waiting(world.now) == (0, 1)
    assert tried is not waits
