"""Cash handover: what a collector holds at the end of a day goes to finance before the shift ends (HS-4.1.1.6)."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from menling.kernel.calendars import OfficeCalendar
from menling.kernel.points import rule
from menling.kernel.procedure import Clock, Due, Moment, Procedure, Step
from menling.kernel.refusal import Refused
from menling.kernel.roles import LEADS_OR_ABOVE
from menling.kernel.roles import Role as R
from menling.kernel.words import _


class Status(StrEnum):
    """Where the cash of one collector and one day is."""

    NEW = "new"
    OPEN = "open"
    HANDED_OVER = "handed_over"
    RECEIVED = "received"


S = Status
HOLDERS = frozenset({R.REPAIR_WORKER, R.HOUSEKEEPER, R.ENGINEERING_CREW, *LEADS_OR_ABOVE})


def before_end_of_shift(moment: Moment) -> Due:
    """HS-4.1.1.6  Before the end of work of the day of collection; cash of later visits at the next start (DL-04)."""
    return Due(moment.calendar.before_end_of_shift(moment.at))


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
    ),
    clocks=(
        Clock(("HS-4.1.1.6",), "handover", _("the cash of the day is with finance"), frozenset({"open"}),
              frozenset({"receive"}), before_end_of_shift, frozenset(), frozenset({R.FINANCE, R.BUSINESS_LEAD})),
    ),
)  # fmt: skip
HANDOVER.titles = {
    S.OPEN: _("with the collector"), S.HANDED_OVER: _("handed over, to be counted"), S.RECEIVED: _("received by finance"),
}  # fmt: skip
HANDOVER.verbs = {"open": _("Open"), "hand_over": _("Hand over the cash"), "receive": _("Receive the cash")}


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
            status=422,
            expected=expected,
            field="amount",
        )
    return amount - expected
