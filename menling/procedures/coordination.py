"""Coordination order: work that cannot be finished in time is tracked by one named person to its end (EN-D.3 to EN-D.19)."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from menling.kernel.points import rule
from menling.kernel.policy import setting
from menling.kernel.procedure import Clock, Due, Moment, Procedure, Step
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role as R
from menling.kernel.words import Message, _


class Status(StrEnum):
    """Where a coordination order stands."""

    NEW = "new"
    UNOWNED = "unowned"
    TRACKED = "tracked"
    CONCLUDED = "concluded"
    SIGNED = "signed"
    SIGNED_OFF = "signed_off"
    ARCHIVED = "archived"
    HANDED_ON = "handed_on"


S = Status
OPEN = frozenset({S.UNOWNED, S.TRACKED, S.CONCLUDED})
WAITING = frozenset({S.TRACKED, S.CONCLUDED})
GIVEN_UP = frozenset({S.UNOWNED, S.TRACKED})
"""What ends when its order goes to another department; a result that was written already is signed all the same."""
LEADS = frozenset({R.TEAM_LEAD, R.BUSINESS_LEAD, R.OFFICE_MANAGER})
DESK = frozenset({R.CONTROL_CENTRE, R.SERVICE_DESK, R.SERVICE_DESK_SUPERVISOR})
TRACKER = frozenset({R.TRACKER})


@dataclass(frozen=True)
class CoordinationPolicy:
    """Values in force for one coordination order: days, counts a month, or a choice."""

    entry_days: int = setting(
        "coordination.entry_days", ("EN-D.6", "EN-3.11"), _("An entry at least every"), 7, unit="d", least=1, most=7
    )
    lead_reviews: int = setting("coordination.foreman_reviews", "EN-D.7", _("The foreman checks a month"), 2, least=2, most=10)
    supervisor_reviews: int = setting(
        "coordination.supervisor_reviews", "EN-D.7", _("The supervisor checks a month"), 1, least=1, most=10
    )


def named(moment: Moment) -> Due:
    """EN-D.4  Where nobody was named with the opening, a tracker is named by the end of the shift."""
    return Due(moment.calendar.before_end_of_shift(moment.at))


def next_entry(moment: Moment) -> Due:
    """EN-D.6  At least one entry in each rolling week; what comes just in time, to the second, is kept (DL-23)."""
    return Due(moment.at + timedelta(days=moment.policy.entry_days))


@rule("EN-D.7")
def part_of_month(day: date, parts: int) -> date:
    """Return the last day of the part of its month that `day` lies in: of two parts the 15th and the last of the month."""
    last = monthrange(day.year, day.month)[1]
    part = min(parts - 1, (day.day - 1) * parts // 30)
    return day.replace(day=last if part == parts - 1 else 30 * (part + 1) // parts)


@rule("EN-D.7")
def first_to_check(opened: date) -> date:
    """Return the first day a check can be asked for of what was opened on a day: the day after."""
    return opened + timedelta(days=1)


def _checked_by(moment: Moment, parts: int) -> Due:
    """A check already made in this part of the month is followed by one in the next part.

    What is opened on the last day of a part is checked in the next one: there was nothing to check in this.
    """
    day = moment.calendar.local(moment.at).date()
    end = part_of_month(first_to_check(day) if moment.terms.get("opened") else day, parts)
    if moment.terms["checked"]:
        end = part_of_month(end + timedelta(days=1), parts)
    return Due(moment.calendar.end_of_day(moment.calendar.at(end, datetime.min.time())))


def lead_review(moment: Moment) -> Due:
    """EN-D.7  The foreman checks it in each half of the month (DL-24)."""
    return _checked_by(moment, moment.policy.lead_reviews)


def supervisor_review(moment: Moment) -> Due:
    """EN-D.7  The supervisor checks it once a month (DL-25)."""
    return _checked_by(moment, moment.policy.supervisor_reviews)


def filed(moment: Moment) -> Due:
    """EN-D.19, EN-7.7  The foreman files it on the day the tracker signed it."""
    return Due(moment.calendar.end_of_day(moment.at))


def _at(*statuses: Status) -> frozenset[StrEnum]:
    return frozenset(statuses)


ENDING = frozenset({"sign", "attest"})
HANDED = frozenset({"hand_on"})
COORDINATION = Procedure(
    kind="coordination",
    title=_("Coordination order"),
    statuses=Status,
    ends=_at(S.ARCHIVED, S.HANDED_ON),
    steps=(
        Step(("EN-D.4", "EN-4.5"), "open", _at(S.NEW), S.UNOWNED, frozenset({R.SYSTEM})),
        Step(("EN-D.4", "EN-4.5"), "appoint", _at(S.UNOWNED), S.TRACKED, LEADS | DESK),
        Step(("MR-9",), "reassign", frozenset(WAITING), None, LEADS | DESK),
        Step(("EN-D.16", "EN-D.5", "EN-3.11", "EN-D.8"), "log", frozenset(WAITING), None, TRACKER),
        Step(("EN-D.6",), "excuse", frozenset(WAITING), None, frozenset({R.TEAM_LEAD})),
        Step(("EN-D.7",), "review", frozenset(OPEN), None, frozenset({R.TEAM_LEAD})),
        Step(("EN-D.7",), "supervise", frozenset(OPEN), None, frozenset({R.BUSINESS_LEAD})),
        Step(("EN-D.7",), "renew_review", frozenset(OPEN), None, frozenset({R.SYSTEM})),
        Step(("EN-D.7",), "renew_supervision", frozenset(OPEN), None, frozenset({R.SYSTEM})),
        Step(("EN-D.18",), "conclude", _at(S.TRACKED), S.CONCLUDED, TRACKER),
        Step(("EN-D.18", "EN-3.11"), "sign", _at(S.CONCLUDED), S.SIGNED, frozenset({R.CUSTOMER})),
        Step(("EN-D.14",), "attest", _at(S.CONCLUDED), S.SIGNED, frozenset({R.TEAM_LEAD})),
        Step(("EN-D.18",), "object", _at(S.CONCLUDED), S.TRACKED, TRACKER | {R.CUSTOMER}),
        Step(("EN-D.19",), "sign_off", _at(S.SIGNED), S.SIGNED_OFF, TRACKER),
        Step(("EN-D.19", "EN-7.7"), "archive", _at(S.SIGNED_OFF), S.ARCHIVED, frozenset({R.TEAM_LEAD})),
        Step(("MR-39",), "hand_on", frozenset(GIVEN_UP), S.HANDED_ON, frozenset({R.SYSTEM})),
        Step(("MR-39", "EN-D.4"), "take_back", _at(S.HANDED_ON), S.UNOWNED, frozenset({R.SYSTEM})),
        Step(("MR-10",), "tick", frozenset(WAITING), None, TRACKER | LEADS | DESK),
        Step(("EN-D.8", "EN-D.9"), "note", frozenset(S) - {S.NEW}, None, TRACKER | LEADS | DESK),
        Step(("EN-D.3",), "destroy", _at(S.ARCHIVED), None, frozenset({R.ADMINISTRATION, R.ADMINISTRATOR})),
    ),
    clocks=(
        Clock(("EN-D.4",), "appoint", _("a tracker is named"), frozenset({"open", "take_back"}), frozenset({"appoint"}), named,
              HANDED, frozenset({R.TEAM_LEAD, R.OFFICE_MANAGER})),
        Clock(("EN-D.6", "EN-3.11", "EN-D.5"), "entry", _("an entry on what was done this week"),
              frozenset({"appoint", "log", "excuse", "conclude", "object"}),
              frozenset({"log", "conclude"}) | ENDING, next_entry, HANDED, frozenset({R.TRACKER, R.TEAM_LEAD})),
        Clock(("EN-D.7",), "lead_review", _("the foreman has checked it"),
              frozenset({"open", "take_back", "review", "renew_review"}), frozenset({"review"}), lead_review, ENDING | HANDED,
              frozenset({R.TEAM_LEAD, R.BUSINESS_LEAD})),
        Clock(("EN-D.7",), "supervision", _("the supervisor has checked it"),
              frozenset({"open", "take_back", "supervise", "renew_supervision"}), frozenset({"supervise"}),
              supervisor_review, ENDING | HANDED, frozenset({R.BUSINESS_LEAD})),
        Clock(("EN-D.19", "EN-7.7"), "archive", _("the coordination order is filed"), frozenset({"sign_off"}),
              frozenset({"archive"}), filed, frozenset(), frozenset({R.TEAM_LEAD})),
    ),
)  # fmt: skip
COORDINATION.titles = {
    S.UNOWNED: _("nobody tracks it yet"), S.TRACKED: _("being tracked"), S.CONCLUDED: _("result written, to be signed"),
    S.SIGNED: _("signed by the resident"), S.SIGNED_OFF: _("signed by the tracker"), S.ARCHIVED: _("filed"),
    S.HANDED_ON: _("handed on to another department"),
}  # fmt: skip
COORDINATION.verbs = {
    "open": _("Open"), "appoint": _("Name the tracker"),
    "reassign": _("Another tracker"), "log": _("Write an entry"), "excuse": _("No entry this week"),
    "review": _("Check as foreman"), "supervise": _("Check as supervisor"), "renew_review": _("Foreman's check due again"),
    "renew_supervision": _("Supervisor's check due again"), "conclude": _("Write the result"), "sign": _("Sign"),
    "attest": _("Confirm for the resident"), "object": _("Not content"), "sign_off": _("Sign as tracker"),
    "hand_on": _("To another department"), "take_back": _("It comes back to us"),
    "archive": _("File"), "tick": _("Done"), "note": _("Add a note"), "destroy": _("Destroy"),
}  # fmt: skip

ENTRY: dict[str, str] = {
    "place": _("Place"), "contact": _("Who was spoken to"), "contact_way": _("How to reach them"),
    "content": _("What happened"), "opinions": _("Opinions of those concerned"), "attitude": _("Attitude"),
    "plan": _("Plan"),
}  # fmt: skip
"""What the tracker writes for each step; the time and the tracker's name stand beside it by themselves (EN-D.16)."""


@rule("EN-D.4")
def tracked_once(number: str) -> None:
    """What is tracked has one coordination order and one tracker, not two."""
    if number:
        raise Refused("EN-D.4", _("It is tracked already, as {number}. Please write your entry there."), number=number)


@rule("EN-D.4")
def noted_and_given(reason: str, tracker: str) -> None:
    """The situation is noted, and one person is named who tracks it."""
    if not reason.strip():
        raise Refused("EN-D.4", _("Please write why it cannot be finished in time."), status=422, field="reason")
    if not tracker.strip():
        raise Refused("EN-D.4", _("Please name the one person who tracks it."), status=422, field="tracker")


@rule("EN-D.4")
def exception_given(reason: str) -> None:
    """A special case needs a reason."""
    if not reason.strip():
        raise Refused("EN-D.4", _("Please write what is special about it."), status=422, field="reason")


@rule("EN-D.16")
def entry_complete(written: Mapping[str, str]) -> None:
    """Each entry has its nine fields: seven are written, time and tracker are those of the step."""
    for field, title in ENTRY.items():
        if not written[field].strip():
            raise Refused("EN-D.16", _("An entry needs “{what}”. Please write it, or “none”."), status=422, field=field,
                          what=Message(title))  # fmt: skip


@rule("EN-4.5")
def owner_told(warranty: bool, told: bool) -> None:
    """Of work under warranty the owner hears that it is tracked from now on."""
    if warranty and not told:
        raise Refused(
            "EN-4.5", _("The home is under warranty. Tell the owner that it is tracked now, and tick it."), status=422,
            field="owner_told",
        )  # fmt: skip


@rule("EN-D.18")
def work_ended(unfinished: str) -> None:
    """The result is written when what was reported is finished: not while the order of that number is still worked on."""
    if unfinished:
        raise Refused(
            "EN-D.18", _("The work of {number} is not done yet. Please write the result when it is."), number=unfinished
        )


@rule("EN-D.18")
def result_written(result: str) -> None:
    """Nothing is signed without a result."""
    if not result.strip():
        raise Refused("EN-D.18", _("Please write what came of it. The resident signs that."), status=422, field="result")


@rule("EN-D.6")
def excuse_given(reason: str) -> None:
    """A week without an entry needs a reason."""
    if not reason.strip():
        raise Refused("EN-D.6", _("Please write why there is nothing to enter this week."), status=422, field="reason")


@rule("EN-D.7")
def review_said(remark: str) -> None:
    """A check is signed with what was found or advised; an empty signature helps nobody."""
    if not remark.strip():
        raise Refused("EN-D.7", _("Please write what you checked and how you help."), status=422, field="remark")


@rule("EN-D.3")
def kept_for_good() -> None:
    """A coordination order is never destroyed."""
    raise Refused("EN-D.3", _("Coordination orders are kept for good and cannot be destroyed."))


@rule("EN-D.17")
def sheets(heights: tuple[int, ...], first: int, more: int) -> tuple[tuple[int, int], ...]:
    """Return the entries of each sheet as (from, to): when the first is full, continuation sheets follow.

    `heights` are the lines each entry takes, `first` and `more` the lines that the first sheet and each further one has.
    """
    cut: list[tuple[int, int]] = []
    begin, filled, room = 0, 0, first
    for at, height in enumerate(heights):
        if at > begin and filled + height > room:
            cut.append((begin, at))
            begin, filled, room = at, 0, more
        filled += height
    return (*cut, (begin, len(heights)))
