"""Adjustments of money: refund, waiver, discount, damage made good (MN-22); asked for, decided by another, paid or booked."""

from enum import StrEnum

from menling.kernel.procedure import Clock, Procedure, Step
from menling.kernel.roles import LEADS_OR_ABOVE
from menling.kernel.roles import Role as R
from menling.kernel.words import _
from menling.procedures import adjustment_rules as due


class Status(StrEnum):
    """Where an adjustment stands."""

    NEW = "new"
    REQUESTED = "requested"
    APPROVED = "approved"
    BOOKED = "booked"
    PAID_OUT = "paid_out"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


S = Status
DESK = frozenset({R.SERVICE_DESK, R.SERVICE_DESK_SUPERVISOR, R.CONTROL_CENTRE})
ASKERS = DESK | {R.TEAM_LEAD, R.BUSINESS_LEAD, R.OFFICE_MANAGER, R.FINANCE}
FINANCE = frozenset({R.FINANCE})
READERS = ASKERS | LEADS_OR_ABOVE
WAITING = ("requested", "approved")
"""Where money is spoken for and not given yet."""


def _at(*statuses: Status) -> frozenset[StrEnum]:
    return frozenset(statuses)


ADJUSTMENT = Procedure(
    kind="adjustment",
    title=_("Refund or waiver"),
    statuses=Status,
    ends=_at(S.BOOKED, S.PAID_OUT, S.DECLINED, S.WITHDRAWN),
    steps=(
        # clauses                    verb        before                        after         by
        Step(("MR-32",), "request", _at(S.NEW), S.REQUESTED, ASKERS),
        Step(("MR-32",), "approve", _at(S.REQUESTED), S.APPROVED, LEADS_OR_ABOVE),
        Step(("MR-32",), "decline", _at(S.REQUESTED), S.DECLINED, LEADS_OR_ABOVE),
        Step(("MR-32",), "withdraw", _at(S.REQUESTED, S.APPROVED), S.WITHDRAWN, READERS),
        Step(("MR-33",), "book", _at(S.APPROVED), S.BOOKED, frozenset({R.SYSTEM})),
        Step(("MR-33", "OC-3.11"), "pay_out", _at(S.APPROVED), S.PAID_OUT, FINANCE),
    ),
    clocks=(
        Clock(("MR-32",), "decide", _("the request is decided"), frozenset({"request"}),
              frozenset({"approve", "decline", "withdraw"}), due.decided_soon, frozenset(),
              frozenset({R.BUSINESS_LEAD, R.OFFICE_MANAGER})),
        Clock(("MR-32",), "pay_out", _("what was approved is paid out"), frozenset({"approve"}),
              frozenset({"pay_out", "book"}), due.paid_soon, frozenset({"withdraw"}), frozenset({R.FINANCE, R.BUSINESS_LEAD})),
    ),
)  # fmt: skip
ADJUSTMENT.titles = {
    S.REQUESTED: _("waits for a decision"), S.APPROVED: _("approved, to be paid out"), S.BOOKED: _("approved and booked"),
    S.PAID_OUT: _("paid out"), S.DECLINED: _("not approved"), S.WITHDRAWN: _("withdrawn"),
}  # fmt: skip
ADJUSTMENT.verbs = {
    "request": _("Ask for it"), "approve": _("Approve it"), "decline": _("Do not approve"), "withdraw": _("Withdraw"),
    "book": _("Book"), "pay_out": _("Pay out"),
}  # fmt: skip
