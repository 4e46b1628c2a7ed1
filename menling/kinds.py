"""Every kind of case, for the doors."""

from menling.agreements.kinds import KINDS as AGREEMENTS
from menling.calls.kinds import KINDS as CALLS
from menling.catalogue.kinds import KINDS as CATALOGUE
from menling.closing.kinds import KINDS as CLOSING
from menling.commission.kinds import KINDS as COMMISSION
from menling.errands.kinds import KINDS as ERRANDS
from menling.journal.kinds import Kind
from menling.journal.models import Case
from menling.money.kinds import KINDS as MONEY
from menling.money.models import Charge
from menling.orders.kinds import KINDS as ORDERS
from menling.pads.kinds import KINDS as PADS
from menling.shifts.kinds import KINDS as SHIFTS
from menling.tracking.kinds import KINDS as TRACKING

KINDS: dict[str, Kind] = {
    **AGREEMENTS, **ORDERS, **MONEY, **CALLS, **SHIFTS, **TRACKING, **CLOSING, **ERRANDS, **PADS, **CATALOGUE, **COMMISSION,
}  # fmt: skip
"""Kinds by name."""
ORDER_KINDS = ("repair", "housekeeping", "alarm")
"""The kinds of order, whose money has cases of its own."""
ORDERS_MONEY = ("charge", "settlement", "handover")
"""The kinds of those cases, whose steps may be asked for on the order."""


def meant(case: Case, verb: str) -> tuple[Kind, Case] | None:
    """Return the case a step belongs to, and its kind: a step of the money asked for on an order goes to the newest of its
    charges, settlements or handovers. None where nothing here knows the step."""
    for each in (case, *money_cases(case)):
        if verb in KINDS[each.kind].commands:
            return KINDS[each.kind], each
    return None


def money_cases(case: Case) -> list[Case]:
    """Return the charge, settlement and handover cases of an order, the newest of each kind first: no other case under it,
    whose steps are asked for by a number of its own."""
    return [each for each in cases_under(case) if each.kind in ORDERS_MONEY]


def cases_under(case: Case) -> list[Case]:
    """Return every case under an order, the newest first, then the bags its cash went into; nothing of what is no order."""
    if case.kind not in ORDER_KINDS:
        return []
    children = list(Case.objects.filter(parent=case).order_by("-pk"))
    charges = [child.pk for child in children if child.kind == "charge"]
    bags = Charge.objects.filter(pk__in=charges, handover__isnull=False).values_list("handover_id", flat=True)
    return children + (list(Case.objects.filter(pk__in=bags).order_by("-pk")) if charges else [])
