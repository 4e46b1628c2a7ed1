"""The papers of home alarms: the register of a time, and the list of a pick-up with room for its signature."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from menling.doorway.cleaning_papers import came_for, collected, said_at
from menling.doorway.language import said
from menling.journal.models import Case
from menling.orders.alarms.lists import Line
from menling.orders.models import Batch
from menling.premises.models import Office
from menling.printing.facts import Column, Kind, RegisterFacts, Row
from menling.procedures.alarm_rules import JOBS, RESULTS

FORM = "{office}-HS-4.1.2"


def alarm_register_facts(office: Office, period: str, rows: Sequence[Line]) -> RegisterFacts:
    """Return the home alarm register of a time with the columns of the paper form (HS-4.1.2.1, HS-4.1.2.3, HS-4.3.4)."""
    columns = (
        Column("number", _("Number"), 11), Column("taken_at", _("Taken at"), 9, Kind.MOMENT), Column("unit", _("Unit"), 7),
        Column("customer", _("Customer"), 5), Column("job", _("Work on the alarm"), 7),
        Column("visit_at", _("Appointed time"), 9, Kind.MOMENT), Column("collected_by", _("Collected by"), 6),
        Column("worker", _("Worker"), 5), Column("result", _("Outcome"), 12), Column("amount", _("Amount"), 6, Kind.MONEY),
        Column("signed_off", _("Signed off by who collected it"), 8), Column("check", _("Spot check"), 9),
        Column("unsigned", _("Not signed off because"), 8), Column("expected_at", _("Expected to be done"), 9, Kind.MOMENT),
    )  # fmt: skip
    made = [_row(line) for line in rows]
    return RegisterFacts(
        title=_("Home alarm register"), office=office.name, company=office.company.name, period=period, columns=columns,
        rows=made, totals={"amount": sum((Decimal(str(row["amount"] or 0)) for row in made), Decimal(0))},
        signers=(_("Service desk"), _("Engineering")), form_no=FORM.format(office=office.code),
    )  # fmt: skip


def _row(line: Line) -> Row:
    order, status = line.case.order, said(line.standing)
    check = " ".join(each for each in (said(RESULTS[line.result]) if line.result else "", line.remark) if each)
    signed = f"{line.signed_by} {localtime(line.signed_at):%m-%d}" if line.signed_at else ""
    return {
        "number": line.case.number, "taken_at": line.case.reported_at, "unit": line.case.unit.code if line.case.unit else "",
        "customer": order.reporter, "job": said(JOBS[order.job]) if order.job in JOBS else "", "visit_at": order.visit_at,
        "collected_by": line.collected_by, "worker": order.worker.name if order.worker else "",
        "result": " ".join(each for each in (status, line.declined or order.summary) if each),
        "amount": order.due or None, "signed_off": signed, "check": check, "unsigned": line.unsigned,
        "expected_at": line.expected_at,
    }  # fmt: skip


def alarm_batch_facts(batch: Batch, rows: Sequence[Case]) -> RegisterFacts:
    """Return the list of the slips of one pick-up, for the signature of who comes for them (HS-4.1.2.2)."""
    columns = (
        Column("number", _("Number"), 11), Column("visit_at", _("Appointed time"), 10, Kind.MOMENT),
        Column("unit", _("Unit"), 8), Column("customer", _("Customer"), 7), Column("job", _("Work on the alarm"), 9),
        Column("content", _("What is the matter"), 24), Column("signature", _("Signature"), 8, Kind.SIGNATURE),
    )  # fmt: skip
    office = batch.office
    return RegisterFacts(
        title=_("Pick-up of home alarms"), office=office.name, company=office.company.name,
        period=f"{said_at(batch.pick_up_at)} {batch.case.number}", columns=columns,
        rows=[{**_slip(case), "signature": collected(batch)} for case in rows], signers=came_for(batch),
        form_no=f"{office.code}-HS-4.1.2.2",
    )  # fmt: skip


def _slip(case: Case) -> Row:
    order = case.order
    return {"number": case.number, "visit_at": order.visit_at, "unit": case.unit.code if case.unit else "",
            "customer": order.reporter, "job": said(JOBS[order.job]) if order.job in JOBS else "",
            "content": order.content}  # fmt: skip
