"""Every kind of case, for the doors."""

from menling.agreements.kinds import KINDS as AGREEMENTS
from menling.calls.kinds import KINDS as CALLS
from menling.catalogue.kinds import KINDS as CATALOGUE
from menling.closing.kinds import KINDS as CLOSING
from menling.commission.kinds import KINDS as COMMISSION
from menling.errands.kinds import KINDS as ERRANDS
from menling.journal.kinds import Kind
from menling.money.kinds import KINDS as MONEY
from menling.orders.kinds import KINDS as ORDERS
from menling.pads.kinds import KINDS as PADS
from menling.shifts.kinds import KINDS as SHIFTS
from menling.tracking.kinds import KINDS as TRACKING

KINDS: dict[str, Kind] = {
    **AGREEMENTS, **ORDERS, **MONEY, **CALLS, **SHIFTS, **TRACKING, **CLOSING, **ERRANDS, **PADS, **CATALOGUE, **COMMISSION,
}  # fmt: skip
"""Kinds by name."""
