"""The papers of money that is given back or held: who gets or gave how much for what, with the amount in capitals."""

from typing import Any

from menling.doorway.language import said
from menling.journal.models import Case
from menling.money.given import Adjustment, Deposit
from menling.premises.models import Staff
from menling.printing.money_slip import MoneySlipFacts, Sort
from menling.procedures.adjustment_rules import SORTS, WAYS
from menling.procedures.deposit import AGREEMENT, PURPOSES

FORM = "{office}-{clause}"


def adjustment_slip(row: Adjustment, unit: str) -> MoneySlipFacts | None:
    """Return the slip of what was paid out; None while nothing was. `unit` is the home as the reader may read it."""
    if row.paid_at is None:
        return None
    sort: Sort = "damage" if row.sort == "damage" else "refund"
    what = f"{said(SORTS[row.sort])} {row.item} {row.reason}"
    return _slip(row.case, "MR-33", sort, unit, payer=row.paid_to, amount=row.amount, collector=_name(row.paid_by),
                 collected_at=row.paid_at, method=said(WAYS[row.method]), purpose=" ".join(what.split()))  # fmt: skip


def deposit_slip(row: Deposit, unit: str) -> MoneySlipFacts:
    """Return the receipt of a deposit, or, once it is given back, the slip of that."""
    what, prepaid = said(PURPOSES[row.purpose]), row.purpose == AGREEMENT
    if row.returned_at is not None:
        kept = f"{what} {row.reason}".strip()
        return _slip(row.case, "MR-34", "prepaid_back" if prepaid else "deposit_back", unit, payer=row.returned_to,
                     amount=row.returned, collector=_given_by(row), collected_at=row.returned_at,
                     method=said(WAYS[row.returned_how]), purpose=kept)  # fmt: skip
    return _slip(row.case, "MR-34", "prepaid" if prepaid else "deposit", unit, payer=row.payer, amount=row.amount,
                 collector=_name(row.taken_by), collected_at=row.case.reported_at, method=said(WAYS[row.method]),
                 purpose=what)  # fmt: skip


def _given_by(row: Deposit) -> str:
    names = row.case.events.filter(verb="give_back").order_by("-pk").values_list("actor_name", flat=True)
    return names.first() or ""


def _slip(case: Case, clause: str, sort: Sort, unit: str, **more: Any) -> MoneySlipFacts:
    office = case.office
    return MoneySlipFacts(
        company=office.company.name, office_name=office.name, office_phone=office.phone, number=case.number, unit=unit,
        form_no=FORM.format(office=office.code, clause=clause), order_number=case.parent.number if case.parent else "",
        sort=sort, **more,
    )  # fmt: skip


def _name(staff: Staff | None) -> str:
    return staff.name if staff else ""
