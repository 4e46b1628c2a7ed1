"""The closing sheet: no desk ends its day while an order of its registers is unsigned without a word (HS-4.3.4, HS-4.3.6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from menling.kernel.calendars import OfficeCalendar
from menling.kernel.points import rule
from menling.kernel.policy import setting
from menling.kernel.procedure import ROLE_TITLES, Clock, Due, Moment, Procedure, Step
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role
from menling.kernel.roles import Role as R
from menling.kernel.words import Message, _


class Status(StrEnum):
    """Where the sheet of one desk and day stands."""

    NEW = "new"
    PREPARED = "prepared"
    CLOSED = "closed"


S = Status
DESKS = {
    "control_centre": frozenset({R.CONTROL_CENTRE}),
    "service_desk": frozenset({R.SERVICE_DESK, R.SERVICE_DESK_SUPERVISOR}),
}
"""Who closes which desk's day."""
CLOSERS = DESKS["control_centre"] | DESKS["service_desk"]
WORK_DONE = frozenset({"finished", "site_accepted", "team_accepted", "office_accepted", "signed", "reviewed"})
"""Only the signature is missing: no new time has to be found."""
TIME_AND_PLAN = frozenset({"expected_at", "plan"})
SIGNED_OFF = frozenset({"signed_off", "completed"})
NAMED = 5
"""Numbers named in the refusal; all of them stand on the sheet."""


@dataclass(frozen=True)
class ClosingPolicy:
    """Values in force for one closing sheet."""

    ahead: int = setting(
        "closing.ahead_minutes", "HS-4.3.4", _("Unsigned orders are asked about before the end of work"), 60, unit="min",
        least=1, most=480, in_source=False,
    )  # fmt: skip
    centre_shifts: str = setting(
        "closing.centre_shifts", ("HS-4.3.4", "CF-35"), _("Control room closes a sheet"), "one", options=("one", "three"),
        in_source=False,
    )  # fmt: skip
    early_end: time = setting("closing.early_end", "HS-4.3.4", _("Early shift ends"), time(16, 0), in_source=False)
    late_end: time = setting("closing.late_end", "HS-4.3.4", _("Late shift ends"), time(0, 0), in_source=False)
    night_end: time = setting("closing.night_end", "HS-4.3.4", _("Night shift ends"), time(8, 0), in_source=False)


@rule("HS-4.3.4")
def shift_end(desk: str, at: datetime, policy: ClosingPolicy, calendar: OfficeCalendar) -> datetime:
    """Return the end of work of a day; in a control room of three shifts the next end of one, this instant included (CF-35)."""
    if desk != "control_centre" or policy.centre_shifts != "three":
        return calendar.end_of_shift(at)
    day = calendar.local(at).date()
    clocks = (policy.early_end, policy.late_end, policy.night_end)
    return min(end for on in (day, day + timedelta(days=1)) for clock in clocks if (end := calendar.at(on, clock)) >= at)


def before_the_end(moment: Moment) -> Due:
    """HS-4.3.4  Closed by the end of work of the day (DL-08, CF-35), or of the shift; one laid out after that is late at once."""
    return Due(shift_end(moment.terms.get("desk", ""), moment.at, moment.policy, moment.calendar))


CLOSING_SHEET = Procedure(
    kind="closing_sheet",
    title=_("Closing sheet"),
    statuses=Status,
    ends=frozenset({S.CLOSED}),
    steps=(
        Step(("HS-4.3.4",), "prepare", frozenset({S.NEW}), S.PREPARED, CLOSERS | {R.SYSTEM}),
        Step(("HS-4.3.4",), "ask", frozenset({S.PREPARED}), None, CLOSERS),
        Step(("HS-4.3.4",), "close_day", frozenset({S.PREPARED}), S.CLOSED, CLOSERS),
    ),
    clocks=(
        Clock(("HS-4.3.4",), "close", _("every unsigned order of the day has a reason"), frozenset({"prepare"}),
              frozenset({"close_day"}), before_the_end, frozenset(),
              frozenset({R.SERVICE_DESK, R.SERVICE_DESK_SUPERVISOR, R.CONTROL_CENTRE})),
    ),
)  # fmt: skip
CLOSING_SHEET.titles = {S.PREPARED: _("being asked about"), S.CLOSED: _("closed")}
CLOSING_SHEET.verbs = {"prepare": _("Prepare"), "ask": _("Ask again"), "close_day": _("Close the day")}


@rule("HS-4.3.4")
def registers_of(desk: str, repairs_at: str) -> tuple[str, ...]:
    """Return the kinds of order in the registers a desk keeps: housekeeping and alarms at the service desk, repairs where they
    are taken."""
    own = {"control_centre": (), "service_desk": ("housekeeping", "alarm")}[desk]
    takes_repairs = desk == ("service_desk" if repairs_at == "service_desk" else "control_centre")
    return (*own, "repair") if takes_repairs else own


@rule("HS-4.3.4")
def of_this_desk(desk: str, roles: frozenset[Role]) -> None:
    """A desk asks about its own registers."""
    if not roles & (DESKS[desk] | {R.SYSTEM}):
        raise Refused("HS-4.3.4", _("This is the sheet of the other desk. Please let them close it."), status=403)


@rule("HS-4.3.4")
def explained(finished: bool, reason: str, expected_at: datetime | None, plan: str, at: datetime) -> None:
    """Who took an unsigned order says why; of an unfinished one also by when and how it will be done."""
    if not reason.strip():
        raise Refused("HS-4.3.4", _("Please write why it is not signed off."), status=422, field="reason")
    if finished:
        return
    if expected_at is None or expected_at <= at:
        raise Refused("HS-4.3.4", _("It is not finished. When will it be? Please write a time ahead."),
                      status=409 if expected_at else 422, field="expected_at")  # fmt: skip
    if not plan.strip():
        raise Refused("HS-4.3.4", _("It is not finished. How will it be done? Please write the plan."), status=422, field="plan")


@rule("HS-4.3.4")
def answer_stands(finished: bool, reason: str, expected_at: datetime | None, at: datetime) -> bool:
    """Tell whether an earlier answer still counts: of an unfinished order while the time it named lies ahead."""
    return bool(reason) and (finished or (expected_at is not None and expected_at > at))


@rule("HS-4.3.4")
def nothing_unanswered(numbers: Sequence[str]) -> None:
    """The day of a desk is not closed while an unsigned order has no answer."""
    if numbers:
        raise Refused(
            "HS-4.3.4",
            _("{count} unsigned orders have no reason yet: {numbers}. Ask whoever took them and write it down first."),
            count=len(numbers), numbers=numbers[:NAMED],
        )  # fmt: skip


@rule("HS-4.3.4")
def closed_before_leaving(desk: str, number: str) -> None:
    """Whoever leaves a desk closes its sheet first: it is done before the end of work, and not left to who comes.

    `number` is the newest sheet of the desk while it is open, else empty.
    """
    if number:
        raise Refused(
            "HS-4.3.4", _("The closing sheet {number} ({desk}) is still open. Ask about what is not signed off and close it; "
                          "then hand the shift over."),
            number=number, desk=Message(ROLE_TITLES[R(desk)]),
        )  # fmt: skip


@rule("HS-4.3.6")
def answers_for(worker: str, desk: str) -> str:
    """Return who answers for what was late: the one it was given to, else the desk that had it."""
    return worker or desk
