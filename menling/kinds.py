"""Every kind of case, for the doors."""

from menling.calls.kinds import KINDS as CALLS
from menling.errands.kinds import KINDS as ERRANDS
from menling.journal.kinds import Kind
from menling.money.kinds import KINDS as MONEY
from menling.orders.kinds import KINDS as ORDERS
from menling.pads.kinds import KINDS as PADS
from menling.shifts.kinds import KINDS as SHIFTS

KINDS: dict[str, Kind] = {**ORDERS, **MONEY, **CALLS, **SHIFTS, **ERRANDS, **PADS}
"""Kinds by name."""
