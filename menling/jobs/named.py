"""Every job by name. Each is carried out for an instant, says what it did, and twice is the same as once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from menling.jobs.agreements import file_visits
from menling.jobs.awaited import find_awaited
from menling.jobs.cashier import begin_days
from menling.jobs.closing import lay_out
from menling.jobs.pickup import pick_up
from menling.jobs.register import hand_over
from menling.jobs.reminding import remind_callers
from menling.jobs.requeue import requeue_stalled
from menling.jobs.tracking import track
from menling.journal.climbing import climb
from menling.journal.sweep import sweep
from menling.mail.outbox import deliver_waiting

EVERY_TEN_SECONDS = "* * * * * */10"
EVERY_MINUTE = "* * * * *"
EVERY_QUARTER = "*/15 * * * *"
EVERY_NIGHT = "20 4 * * *"
DEADLINES, MESSAGES, OFFICE = "deadlines", "messages", "office"


@dataclass(frozen=True)
class Job:
    """A job: `run` takes an instant and returns a line for everything it did; `cron` may have seconds in sixth place."""

    name: str
    about: str
    queue: str
    cron: str
    run: Callable[[datetime], list[str]]


def break_promises(at: datetime) -> list[str]:
    """Break every promise that is overdue, each once, and tell those who must know; call out the next for an emergency."""
    broken, called = sweep(at), climb(at)
    return [f"{broken} promises broke"] * bool(broken) + [f"{called} emergencies called out again"] * bool(called)


def send_messages(at: datetime) -> list[str]:
    """Send the messages that wait."""
    sent, failed = deliver_waiting(at)
    return [f"{sent} messages sent, {failed} failed"] if sent or failed else []


JOBS = {
    job.name: job
    for job in (
        Job("sweep", "break promises that are overdue and alert", DEADLINES, EVERY_TEN_SECONDS, break_promises),
        Job("outbox", "send the messages that wait", MESSAGES, EVERY_TEN_SECONDS, send_messages),
        Job("register", "hand yesterday's repair register to the service desk by 9:00", OFFICE, EVERY_MINUTE, hand_over),
        Job("pick_up", "lay out what waits for housekeeping and engineering", OFFICE, EVERY_MINUTE, pick_up),
        Job("agreements", "file the visits of agreements for the days ahead", OFFICE, EVERY_QUARTER, file_visits),
        Job("cashier", "begin the cashier's day with what the day before left", OFFICE, EVERY_QUARTER, begin_days),
        Job("awaited", "find payments by QR code that no list of finance has", OFFICE, EVERY_NIGHT, find_awaited),
        Job("callers", "remind the call department of results nobody has seen", OFFICE, EVERY_MINUTE, remind_callers),
        Job(
            "tracking",
            "open coordination orders for what was not finished in time, renew missed checks",
            OFFICE,
            EVERY_MINUTE,
            track,
        ),
        Job("closing", "lay out the unsigned orders of each desk before the end of work", OFFICE, EVERY_MINUTE, lay_out),
        Job("requeue", "put back the jobs of workers that died", OFFICE, EVERY_MINUTE, requeue_stalled),
    )
}
"""Jobs by name."""
