"""What a reader sees of a contract review, and its papers: the form of one, the list of a month (HC-5.6.2)."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from menling.catalogue.models import ContractReview
from menling.doorway.language import said
from menling.journal.models import Case
from menling.kernel.actor import Actor
from menling.premises.models import Office
from menling.printing.facts import Column, Kind, RegisterFacts, Row
from menling.printing.wording import moment, money


def contract_review(row: ContractReview, by: Actor) -> dict[str, Any]:
    """Return what was asked for, at which proposed price in yuan as text, and what was decided by whom and why."""
    return {
        "content": row.content, "proposed": str(row.proposed), "price": None if row.price is None else str(row.price),
        "reason": row.reason, "customer": row.customer, "order": row.case.parent.number if row.case.parent else None,
        "asked_by": row.asked_by.name if row.asked_by else "", "decided_by": row.decided_by.name if row.decided_by else "",
    }  # fmt: skip


def review_register(office: Office, period: str, rows: Sequence[ContractReview]) -> RegisterFacts:
    """Return the contract reviews of a month as a register."""
    columns = (
        Column("number", _("Number"), 11), Column("at", _("Asked at"), 9, Kind.MOMENT), Column("order", _("Order"), 11),
        Column("content", _("What is wanted"), 16), Column("proposed", _("Proposed"), 7, Kind.MONEY),
        Column("asked_by", _("Asked by"), 6), Column("status", _("Decision"), 7),
        Column("price", _("Agreed price"), 7, Kind.MONEY),
        Column("reason", _("Reason"), 12), Column("decided_by", _("Decided by"), 6),
        Column("decided_at", _("Decided at"), 9, Kind.MOMENT),
    )  # fmt: skip
    return RegisterFacts(
        title=_("Contract reviews"), office=office.name, company=office.company.name, period=period, columns=columns,
        rows=[_line(each) for each in rows], signers=(_("Office manager"),), form_no=f"{office.code}-HC-5.6.2",
    )  # fmt: skip


def _line(row: ContractReview) -> Row:
    return {
        "number": row.case.number, "at": row.case.reported_at, "order": row.case.parent.number if row.case.parent else "",
        "content": row.content, "proposed": row.proposed, "asked_by": row.asked_by.name if row.asked_by else "",
        "status": _status(row.case), "price": row.price, "reason": row.reason,
        "decided_by": row.decided_by.name if row.decided_by else "", "decided_at": row.case.closed_at,
    }  # fmt: skip


def review_form(row: ContractReview) -> RegisterFacts:
    """Return the form of one contract review: who asks for what, what was decided and why, to be signed."""
    case, office = row.case, row.case.office
    entries: list[tuple[str, str]] = [
        (_("Asked at"), moment(case.reported_at)), (_("Asked by"), row.asked_by.name if row.asked_by else ""),
        (_("Order"), case.parent.number if case.parent else ""), (_("Unit"), case.unit.said if case.unit else ""),
        (_("Customer"), row.customer), (_("What is wanted"), row.content), (_("Proposed"), _money(row.proposed)),
        (_("Decision"), _status(case)), (_("Agreed price"), _money(row.price)), (_("Reason"), row.reason),
        (_("Decided by"), row.decided_by.name if row.decided_by else ""),
        (_("Decided at"), moment(case.closed_at) if case.closed_at else ""),
    ]  # fmt: skip
    return RegisterFacts(
        title=_("Contract review"), office=office.name, company=office.company.name, period=case.number,
        columns=(Column("entry", _("Entry"), 10), Column("said", _("Contents"), 50)),
        rows=[{"entry": entry, "said": value} for entry, value in entries],
        signers=(_("Asked by"), _("Decided by")), form_no=f"{office.code}-HC-5.6.2",
    )  # fmt: skip


def _status(case: Case) -> str:
    return said(case.procedure.status_title(case.status))


def _money(amount: Decimal | None) -> str:
    return "" if amount is None else money(amount)
