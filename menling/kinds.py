"""Every kind of case, for the doors."""

from menling.journal.kinds import Kind
from menling.money.kinds import KINDS as MONEY
from menling.orders.kinds import KINDS as ORDERS

KINDS: dict[str, Kind] = {**ORDERS, **MONEY}
"""Kinds by name."""
