"""Errand: goods bought for a resident, from the register to the finance copy (HC-5.4)."""

from enum import StrEnum

from menling.kernel.procedure import Asks, Clock, Procedure, Step
from menling.kernel.roles import LEADS_OR_ABOVE, WORKERS
from menling.kernel.roles import Role as R
from menling.kernel.words import _
from menling.procedures import errand_rules as due


class Status(StrEnum):
    """Where an errand stands."""

    NEW = "new"
    REGISTERED = "registered"
    BOUGHT = "bought"
    DELIVERED = "delivered"
    SIGNED = "signed"
    SETTLED = "settled"
    NOT_BOUGHT = "not_bought"
    RECKONED = "reckoned"
    VOIDED = "voided"
    ARCHIVED = "archived"


S = Status
DESK = frozenset({R.SERVICE_DESK, R.SERVICE_DESK_SUPERVISOR})
BUYERS = WORKERS | DESK | {R.EMPLOYEE}
"""Who may be sent to buy: whoever works here."""
FINANCE = frozenset({R.FINANCE})
RESIDENT = frozenset({R.CUSTOMER})
READERS = DESK | FINANCE | {R.CONTROL_CENTRE, R.TEAM_LEAD, R.BUSINESS_LEAD, R.OFFICE_MANAGER, R.COMPANY_MANAGEMENT, R.QUALITY}
"""Who reads the register beside the buyers."""
CALLERS = DESK | {R.CONTROL_CENTRE, R.TEAM_LEAD, R.BUSINESS_LEAD, R.OFFICE_MANAGER}
"""Who has to call the customer of an errand."""
TO_BUY = frozenset({S.REGISTERED})
WITH_BUYER = TO_BUY | {S.BOUGHT, S.DELIVERED, S.SIGNED}
"""Where the buyer has still something to do."""
KNOWN = frozenset(S) - {S.NEW}


def _at(*statuses: Status) -> frozenset[StrEnum]:
    return frozenset(statuses)


ERRAND = Procedure(
    kind="errand",
    title=_("Errand"),
    statuses=Status,
    ends=_at(S.ARCHIVED),
    away=WORKERS | {R.EMPLOYEE},
    steps=(
        # clauses                        verb          before                      after          by
        Step(("HC-5.4.1",), "file", _at(S.NEW), S.REGISTERED, DESK | WORKERS | {R.CONTROL_CENTRE}),
        Step(("HC-5.4.2",), "dispatch", _at(S.REGISTERED), None, DESK),
        Step(("MR-16",), "advance", _at(S.REGISTERED), None, FINANCE),
        Step(("HC-5.4.1",), "correct", _at(S.REGISTERED), None, DESK),
        Step(("HC-5.4.4",), "delay", _at(S.REGISTERED), None, BUYERS, own=True),
        Step(("HC-5.4.2",), "buy", _at(S.REGISTERED), S.BOUGHT, BUYERS, own=True),
        Step(("HC-5.4.3",), "deliver", _at(S.BOUGHT), S.DELIVERED, BUYERS, own=True),
        Step(("HC-5.4.3",), "object", _at(S.DELIVERED), S.BOUGHT, BUYERS, own=True),
        Step(("HC-5.4.3",), "object", _at(S.DELIVERED), S.BOUGHT, RESIDENT),
        Step(("HC-5.4.3",), "sign", _at(S.DELIVERED), S.SIGNED, RESIDENT),
        Step(("HC-5.4.3", "MR-49"), "sign_on_paper", _at(S.DELIVERED), S.SIGNED, DESK | {R.CONTROL_CENTRE}),
        Step(("HC-5.4.3",), "settle", _at(S.SIGNED), S.SETTLED, BUYERS, own=True),
        Step(("HS-3.3",), "settle", _at(S.SIGNED), S.SETTLED, LEADS_OR_ABOVE),
        Step(("HC-5.4.4",), "not_bought", _at(S.REGISTERED, S.BOUGHT), S.NOT_BOUGHT, BUYERS, own=True),
        Step(("HC-5.4.6",), "void", _at(S.REGISTERED), S.VOIDED, DESK),
        Step(("MR-16", "HC-5.4.5"), "reckon", _at(S.SETTLED, S.NOT_BOUGHT), S.RECKONED, FINANCE),
        Step(("HC-5.4.5",), "archive", _at(S.RECKONED, S.VOIDED), S.ARCHIVED, FINANCE),
        Step(("MR-10",), "tick", _at(S.REGISTERED, S.BOUGHT), None, BUYERS, own=True),
        Step(("MR-13",), "reveal", frozenset(KNOWN), None, CALLERS),
        Step(("HC-5.4.4",), "note", frozenset(KNOWN), None, BUYERS | READERS),
    ),
    clocks=(
        Clock(("HC-5.4.4",), "buy", _("bought, or the resident told why not"), frozenset({"file", "delay", "correct"}),
              frozenset({"buy", "not_bought"}), due.bought_in_time, frozenset({"void"}), DESK),
        Clock(("HC-5.4.3",), "deliver", _("the goods are with the resident"), frozenset({"buy", "object"}),
              frozenset({"deliver"}), due.delivered_soon, frozenset({"not_bought"}), DESK),
        Clock(("HS-4.1.1.6",), "reckon", _("the money of the errand is with finance"), frozenset({"settle", "not_bought"}),
              frozenset({"reckon"}), due.cash_home, frozenset(), frozenset({R.FINANCE, R.BUSINESS_LEAD})),
    ),
)  # fmt: skip
ERRAND.titles = {
    S.REGISTERED: _("registered, to be bought"), S.BOUGHT: _("bought, to be delivered"),
    S.DELIVERED: _("delivered, to be signed"),
    S.SIGNED: _("signed, to be paid"), S.SETTLED: _("paid by the resident"), S.NOT_BOUGHT: _("not bought"),
    S.RECKONED: _("reckoned with finance"), S.VOIDED: _("voided"), S.ARCHIVED: _("finance copy filed"),
}  # fmt: skip
ERRAND.verbs = {
    "file": _("Register"), "dispatch": _("Name the buyer"), "advance": _("Give an advance"), "correct": _("Correct"),
    "delay": _("Not in time"), "buy": _("Bought"), "deliver": _("Delivered with the invoice"),
    "object": _("Not what was asked for"),
    "sign_on_paper": _("Signed on paper"), "sign": _("Check and sign"),
    "settle": _("Resident pays the invoice"), "not_bought": _("Could not be bought"),
    "void": _("Void the sheet"), "reckon": _("Reckon with the buyer"), "archive": _("File the finance copy"), "tick": _("Done"),
    "reveal": _("Show the number"), "note": _("Add a note"),
}  # fmt: skip
ERRAND.asks = {"buy": Asks(sometimes=("invoice", "photo")), "reckon": Asks(sometimes=("difference_reason",))}
