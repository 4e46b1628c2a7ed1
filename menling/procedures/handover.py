"""Cash handover: what a collector holds at the end of a day goes to finance before the shift ends (HS-4.1.1.6).

When finance is at home it goes into a sealed envelope before witnesses, which finance opens on the next working day (MR-25).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from menling.kernel.calendars import OfficeCalendar
from menling.kernel.money import ZERO
from menling.kernel.points import rule
from menling.kernel.policy import setting
from menling.kernel.procedure import Asks, Clock, Due, Moment, Procedure, Step
from menling.kernel.refusal import Refused
from menling.kernel.roles import LEADS_OR_ABOVE
from menling.kernel.roles import Role as R
from menling.kernel.words import _


class Status(StrEnum):
    """Where the cash of one collector and one day is."""

    NEW = "new"
    OPEN = "open"
    HANDED_OVER = "handed_over"
    SEALED = "sealed"
    RECEIVED = "received"


S = Status
HOLDERS = frozenset({R.REPAIR_WORKER, R.HOUSEKEEPER, R.ENGINEERING_CREW, *LEADS_OR_ABOVE})


@dataclass(frozen=True)
class HandoverPolicy:
    """Values in force for the cash of one collector and day."""

    count_needed: bool = setting("handover.count_needed", "HS-4.1.1.6", _("Cash is counted note by note"), False, in_source=False)
    witnesses: int = setting(
        "handover.witnesses", "MR-25", _("Witnesses of a sealed envelope, at least"), 2, least=1, most=5, in_source=False
    )
    open_within: int = setting(
        "handover.envelope_days", "MR-25", _("Sealed envelope opened within working days"), 1, unit="d", least=1, most=5,
        in_source=False,
    )  # fmt: skip
    sign_within: int = setting(
        "handover.difference_days", "HS-4.1.1.6", _("Difference signed within working days"), 1, unit="d", least=1, most=10,
        in_source=False,
    )  # fmt: skip


def before_end_of_shift(moment: Moment) -> Due:
    """HS-4.1.1.6  Before the end of work of the day of collection; cash of later visits at the next start (DL-04)."""
    return Due(moment.calendar.before_end_of_shift(moment.at))


def working_days_on(moment: Moment, days: int) -> datetime:
    """Return the end of work of the working day `days` after the day of the moment."""
    day = moment.calendar.local(moment.at).date()
    for _each in range(days):
        day = moment.calendar.next_working_day(day)
    return moment.calendar.at(day, moment.calendar.shift_end)


def opened_next_working_day(moment: Moment) -> Due:
    """MR-25  Finance opens a sealed envelope by the end of the next working day."""
    return Due(working_days_on(moment, moment.policy.open_within))


def signed_by_both(moment: Moment) -> Due | None:
    """HS-4.1.1.6  A difference the collector has not signed yet is signed by the end of the next working day."""
    return Due(working_days_on(moment, moment.policy.sign_within)) if moment.terms.get("unsigned") else None


HANDOVER = Procedure(
    kind="handover",
    title=_("Cash handover"),
    statuses=Status,
    ends=frozenset({S.RECEIVED}),
    steps=(
        Step(("HS-4.1.1.6",), "open", frozenset({S.NEW}), S.OPEN, frozenset({R.SYSTEM})),
        Step(("HS-4.1.1.6",), "hand_over", frozenset({S.OPEN}), S.HANDED_OVER, HOLDERS, own=True),
        Step(("HS-4.1.1.6",), "hand_over", frozenset({S.OPEN}), S.HANDED_OVER, frozenset({R.FINANCE})),
        Step(("HS-4.1.1.6",), "receive", frozenset({S.OPEN, S.HANDED_OVER}), S.RECEIVED, frozenset({R.FINANCE})),
        Step(("MR-25",), "seal", frozenset({S.OPEN}), S.SEALED, HOLDERS, own=True),
        Step(("MR-25",), "open_envelope", frozenset({S.SEALED}), S.RECEIVED, frozenset({R.FINANCE})),
        Step(("HS-4.1.1.6",), "sign_difference", frozenset({S.RECEIVED}), None, HOLDERS, own=True),
    ),
    clocks=(
        Clock(("HS-4.1.1.6",), "handover", _("the cash of the day is with finance"), frozenset({"open"}),
              frozenset({"receive", "seal"}), before_end_of_shift, frozenset(), frozenset({R.FINANCE, R.BUSINESS_LEAD})),
        Clock(("MR-25",), "envelope", _("the sealed envelope is opened and counted"), frozenset({"seal"}),
              frozenset({"open_envelope"}), opened_next_working_day, frozenset(),
              frozenset({R.FINANCE, R.BUSINESS_LEAD, R.OFFICE_MANAGER})),
        Clock(("HS-4.1.1.6",), "difference", _("the difference is signed by both"), frozenset({"receive", "open_envelope"}),
              frozenset({"sign_difference"}), signed_by_both, frozenset(), frozenset({R.FINANCE, R.BUSINESS_LEAD})),
    ),
)  # fmt: skip
HANDOVER.titles = {
    S.NEW: _("no cash collected yet"), S.OPEN: _("with the collector"), S.HANDED_OVER: _("handed over, to be counted"),
    S.RECEIVED: _("received by finance"), S.SEALED: _("in a sealed envelope"),
}  # fmt: skip
HANDOVER.verbs = {
    "open": _("Open"), "hand_over": _("Hand over the cash"), "receive": _("Receive the cash"),
    "seal": _("Seal in an envelope"), "open_envelope": _("Open the envelope and count"),
    "sign_difference": _("Sign the difference"),
}  # fmt: skip
HANDOVER.asks = dict.fromkeys(("hand_over", "seal", "open_envelope", "receive"), Asks(sometimes=("difference_reason", "count")))


@rule("HS-4.1.1.6")
def carried_overnight(at: datetime, calendar: OfficeCalendar) -> bool:
    """Tell whether cash collected at `at` came after the end of work: it is handed over apart, at the next start."""
    return at >= calendar.end_of_shift(at)


@rule("HS-4.1.1.6")
def counted(amount: Decimal, expected: Decimal, difference_reason: str) -> Decimal:
    """Return amount minus expected, in yuan. What is handed over equals the day's collections, or the gap is explained."""
    if amount != expected and not difference_reason.strip():
        raise Refused(
            "HS-4.1.1.6",
            _("The day's collections are ¥{expected}. Please count again, or explain the difference."),
            expected=expected,
            field="amount",
        )
    return amount - expected


@rule("HS-4.1.1.6")
def counted_by_notes(amount: Decimal | None, count: Mapping[str, int], policy: HandoverPolicy) -> Decimal | None:
    """Return what was counted, in yuan: `count` is pieces by denomination, and comes to `amount` where that is told too.

    None: nothing was counted. Without a count the amount stands, unless the office wants every count note by note.
    """
    if not count:
        if policy.count_needed:
            raise Refused("HS-4.1.1.6", _("Please count the cash note by note."), status=422, field="count")
        return amount
    notes = sum((Decimal(denomination) * pieces for denomination, pieces in count.items()), ZERO)
    if amount is not None and notes != amount:
        raise Refused(
            "HS-4.1.1.6", _("The notes come to ¥{notes}, and ¥{amount} is written. Please count again."),
            field="count", notes=notes, amount=amount,
        )  # fmt: skip
    return notes


@rule("HS-4.1.1.6")
def awaits_signature(unsigned: bool) -> None:
    """Only a difference that finance found and the collector has not signed is signed, and once."""
    if not unsigned:
        raise Refused("HS-4.1.1.6", _("There is no difference here that waits for a signature."))


@rule("MR-25")
def finance_away(at: datetime, calendar: OfficeCalendar) -> None:
    """An envelope is for evenings and days off: in working hours cash goes to finance by hand."""
    begin = calendar.at(calendar.local(at).date(), calendar.shift_start)
    if calendar.is_working_day(calendar.local(at).date()) and begin <= at < calendar.end_of_shift(at):
        raise Refused(
            "MR-25", _("Finance is at work now. Please hand over the cash by hand; envelopes are for evenings and days off.")
        )


@rule("MR-25")
def witnessed(witnesses: Collection[int], holder: int, policy: HandoverPolicy) -> None:
    """So many different people as the office wants saw it sealed, none of them the collector."""
    if len({*witnesses} - {holder}) < policy.witnesses:
        raise Refused(
            "MR-25", _("{count} other people have to see the envelope sealed. Please name them by work number."),
            status=409 if witnesses else 422, field="witnesses", count=policy.witnesses,
        )  # fmt: skip


@rule("MR-25")
def numbered(envelope: str) -> None:
    """A sealed envelope has a number by which it is found again."""
    if not envelope.strip():
        raise Refused("MR-25", _("Please write the number on the envelope."), status=422, field="envelope")
