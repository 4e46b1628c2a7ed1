"""When the promises of a repair break. Each function takes a Moment and answers Due, or None where it does not apply."""

from datetime import datetime, timedelta

from menling.kernel.procedure import Due, Moment, minutes_after
from menling.procedures import emergency as urgent


def dispatch(moment: Moment) -> Due:
    """HS-4.2.3  A registered repair is given to a worker within the office's minutes (DL-61)."""
    return Due(minutes_after(moment.at, moment.policy.dispatch_within))


def redispatch(moment: Moment) -> Due | None:
    """HS-4.2.3  After a visit that came to nothing a new time is agreed: somebody is sent again within the same minutes."""
    if moment.terms["worker"] or not moment.terms["issued"]:
        return None
    return dispatch(moment)


def take_over(moment: Moment) -> Due:
    """HS-4.1.3  An urgent repair handed over is taken by the control centre within the office's minutes (DL-05)."""
    return Due(minutes_after(moment.at, moment.policy.take_over_within))


def acknowledge(moment: Moment) -> Due | None:
    """HS-4.2.3  The worker acknowledges the slip within the office's minutes (DL-60).

    Where nobody can know any more when that was, nothing is promised: it counts as neither kept nor broken.
    """
    if moment.terms.get("untimed"):
        return None
    return Due(minutes_after(moment.at, moment.policy.acknowledge_within))


def arrive_at_once(moment: Moment) -> Due | None:
    """EN-2.1  An at-once slip: at the door within 15 minutes of the slip, aiming to be early (DL-17).

    In an emergency whose own minutes end sooner, those alone are the promise (CF-06).
    """
    if not moment.terms["at_once"]:
        return None
    due = minutes_after(moment.at, moment.policy.arrive_within)
    sooner = _at_the_emergency(moment, moment.terms.get("reported_at"))
    if sooner is not None and sooner.counted and sooner.at <= due:
        return None
    return Due(due, target=minutes_after(due, -moment.policy.early))


def emergency(moment: Moment) -> Due | None:
    """HC-5.2.5  An emergency: at the door within 10 minutes of the report; by night that is shown, not counted (DL-13).

    What was with another department meanwhile is owed since then all the same.
    """
    return _at_the_emergency(moment, moment.terms.get("reported_at") or moment.at)


def _at_the_emergency(moment: Moment, reported_at: datetime | None) -> Due | None:
    if moment.terms["urgency"] != urgent.URGENT or reported_at is None:
        return None
    due = minutes_after(reported_at, moment.policy.emergency_within)
    occurred_at = moment.terms.get("occurred_at") or reported_at
    return Due(due, counted=urgent.counts(occurred_at, moment.policy, moment.calendar))


def called(moment: Moment) -> Due | None:
    """HC-5.2.5  An emergency is called out until a worker acknowledges it: after the office's minutes to the next person."""
    if moment.terms["urgency"] != urgent.URGENT:
        return None
    return Due(minutes_after(moment.at, moment.policy.emergency_climb), counted=False)


def hazard(moment: Moment) -> Due:
    """HC-5.2.5  What is unsafe in a home is followed up until it is removed, within the office's hours."""
    return Due(moment.at + timedelta(hours=moment.policy.hazard_hours))


def arrive_booked(moment: Moment) -> Due | None:
    """EN-2.4  A booked visit: 3 minutes before the appointment on target, after the appointment broken (DL-19)."""
    visit_at = moment.terms["visit_at"]
    if moment.terms["at_once"] or visit_at is None or not moment.terms["worker"]:
        return None
    return Due(visit_at, target=minutes_after(visit_at, -moment.policy.early))


def route(moment: Moment) -> Due | None:
    """OC-1.3  The route is known by the end of the day before a visit; not asked for a visit of the same day (DL-59).

    An office may ask for it more days ahead; a worker sent later than that has until the end of the day of the sending.
    """
    visit_at = moment.terms["visit_at"]
    if moment.terms["at_once"] or visit_at is None or not moment.terms["worker"]:
        return None
    if moment.calendar.local(visit_at).date() <= moment.calendar.local(moment.at).date():
        return None
    ahead = moment.calendar.end_of_day(visit_at - timedelta(days=moment.policy.route_days))
    return Due(max(ahead, moment.calendar.end_of_day(moment.at)))


def rebook(moment: Moment) -> Due:
    """EN-2.2  After a worker reports a delay the desk apologises and agrees a new time (DL-18)."""
    return Due(minutes_after(moment.at, moment.policy.rebook_within))


def keep_time(moment: Moment) -> Due:
    """EN-2.7  The resident keeps to the time: the foreman has until then to find a way; a task, never counted as broken."""
    visit_at = moment.terms["visit_at"]
    return Due(max(moment.at, visit_at) if visit_at else moment.at, counted=False)


def change_seen(moment: Moment) -> Due | None:
    """HS-4.3.2  A worker already sent acknowledges a change or cancellation; nobody sent, nobody to tell.

    The promise is let go once the work is finished: what was changed was done by then, and there is nothing more to see (MR-42).
    """
    if not moment.terms["worker"]:
        return None
    return Due(minutes_after(moment.at, moment.policy.change_seen_within))


def seen_by_all(moment: Moment) -> bool:
    """HS-4.3.2, MR-42  Of several who were sent each looks at a change: it is seen when nobody has still to."""
    return not moment.terms.get("unseen", False)


def stub(moment: Moment) -> Due | None:
    """HS-4.3.3  The stub is back by the end of the shift, or the next start of work when the shift is over (DL-09)."""
    return None if moment.policy.nobody_home == "rebook_only" else Due(moment.calendar.before_end_of_shift(moment.at))


def new_appointment(moment: Moment) -> Due | None:
    """EN-3.2  The desk agrees another time by then as well, where the office asks for it (CF-09)."""
    return None if moment.policy.nobody_home == "slip_only" else Due(moment.calendar.before_end_of_shift(moment.at))


def complete(moment: Moment) -> Due | None:
    """HC-5.2.4  A small repair is done within 24 hours; a later visit the resident asked for moves it (DL-11)."""
    if moment.terms["size"] != "small":
        return None
    due = moment.at + timedelta(hours=moment.policy.small_hours)
    visit_at = moment.terms["visit_at"]
    return Due(max(due, visit_at) if visit_at else due)


def wished_later(moment: Moment) -> datetime | None:
    """HC-5.2.4  The later visit the resident asked for; one we could not keep moves nothing."""
    wished: datetime | None = moment.terms["wished_at"]
    return wished


def answer(moment: Moment) -> Due | None:
    """HC-5.2.4  A large repair is answered within 72 hours by the wall clock (DL-12)."""
    if moment.terms["size"] != "big":
        return None
    return Due(moment.at + timedelta(hours=moment.policy.big_hours))


def tracked_in_home(moment: Moment) -> Due | None:
    """EN-D.4  A slip in a home is done on the day it was sent for, or becomes a coordination order (DL-21, CF-24).

    Turning it into one is a way of tracking, not a promise: it is never counted as broken.
    """
    if moment.policy.convert == "off" or moment.terms["public"] or moment.terms["warranty"]:
        return None
    visit_at = None if moment.terms["at_once"] else moment.terms["visit_at"]
    return Due(moment.calendar.end_of_day(max(moment.at, visit_at or moment.at)), counted=False)


def sent_for_later(moment: Moment) -> datetime | None:
    """EN-D.4  A new time agreed before the worker is at the door: the slip is done on the day it is for now.

    One that is moved to an earlier day is tracked at the end of the day it was sent for first: a promise moves only forward.
    """
    visit_at = moment.terms["visit_at"]
    return moment.calendar.end_of_day(visit_at) if visit_at and moment.terms["worker"] else None


def tracked_in_public(moment: Moment) -> Due | None:
    """EN-D.4  A public area: 72 hours by the wall clock from the report, or the end of the third day (DL-22)."""
    after = moment.at + timedelta(hours=moment.policy.public_hours)
    ends = {"hours_from_report": after, "end_of_day": moment.calendar.end_of_day(after)}
    return _in_public(moment, ends.get(moment.policy.public_from))


def tracked_in_public_once_sent(moment: Moment) -> Due | None:
    """EN-D.4  A public area: the hours count from the dispatch, where the office chose so."""
    if moment.policy.public_from != "hours_from_dispatch":
        return None
    return _in_public(moment, moment.at + timedelta(hours=moment.policy.public_hours))


def _in_public(moment: Moment, at: datetime | None) -> Due | None:
    if at is None or moment.policy.convert == "off" or not moment.terms["public"]:
        return None
    return Due(at, counted=False)


def tracked_under_warranty(moment: Moment) -> Due | None:
    """EN-4.5  Work under warranty: the close of the first working day after that of the report (DL-20).

    A report on a rest day counts as made on the next working day.
    """
    if moment.policy.convert == "off" or moment.terms["public"] or not moment.terms["warranty"]:
        return None
    day = moment.calendar.local(moment.at).date()
    if not moment.calendar.is_working_day(day):
        day = moment.calendar.next_working_day(day)
    for _count in range(moment.policy.warranty_days):
        day = moment.calendar.next_working_day(day)
    return Due(moment.calendar.at(day, moment.calendar.shift_end), counted=False)


def weekly_entry(moment: Moment) -> Due:
    """EN-3.11, EN-D.6  A slip that is not finished for another reason has an entry every seven days (DL-23)."""
    return Due(entry_again(moment))


def entry_again(moment: Moment) -> datetime:
    """EN-D.6  Each entry gives another week."""
    later: datetime = moment.at + timedelta(days=moment.policy.entry_days)
    return later


def end_of_day(moment: Moment) -> Due:
    """EN-7.7, EN-D.20  The same day, to its last instant (DL-26, DL-27)."""
    return Due(moment.calendar.end_of_day(moment.at))
