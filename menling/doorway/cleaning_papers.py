"""The papers of housekeeping: its record, its register, the pick-up list, and the list for people without phones."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from menling.doorway.keys import link_text
from menling.doorway.language import said
from menling.doorway.masking import masked
from menling.doorway.papers import HOW, unit_long
from menling.journal.files import path_of
from menling.journal.models import Case
from menling.orders.housekeeping.items import failed_last, items_of, told_apart
from menling.orders.housekeeping.lists import RegisterLine
from menling.orders.models import Batch, Housekeeping, Referral, Visit
from menling.premises.models import Office, Staff
from menling.printing.facts import AcceptanceLine, Column, ItemLine, Kind, RecordFacts, RegisterFacts, Row
from menling.procedures.form_titles import FormTitles, printed_title
from menling.procedures.housekeeping import HOUSEKEEPING

FORM = "{office}-HC-F1"
ONE, FOUR = ("sign",), ("accept_site", "accept_supervisor", "accept_office", "sign")


def record_facts(order: Housekeeping, site: str, *, phone_shown: bool) -> RecordFacts:
    """Return the facts of the home service record (HS-4.1.1.4, HA-1.2 to HA-4.2.2), in the active language."""
    office, signed = order.case.office, bool(order.signed_by)
    return RecordFacts(
        company=office.company.name, office_name=office.name, office_phone=office.phone,
        title=said(printed_title(order.values.policy(FormTitles).record)), form_no=FORM.format(office=office.code),
        number=order.case.number, qr_text=f"{site}/r/{link_text(order.case)}", unit=unit_long(order.unit),
        customer=order.reporter,
        phone=order.phone if phone_shown else masked(order.phone), content=order.content, requirements=order.requirements,
        visit_at=order.visit_at, workers=_crew(order), amount=order.due if order.quote else None, **_confirmed(order),
        work_done=order.summary, filled_by=_filled_by(order), items=_items(order), chain=_chain(order),
        scores=range(order.policy.best_score, 0, -1), score=order.rating, opinion=order.opinion, second_at=_second(order),
        signed_by=order.signed_by, signed_at=order.signed_at if signed else None, signature_png=_signature(order),
    )  # fmt: skip


def _crew(order: Housekeeping) -> list[str]:
    sent = Staff.objects.in_bulk(order.case.crew)
    return [f"{sent[each].name} {sent[each].number}" for each in order.case.crew]


def _confirmed(order: Housekeeping) -> dict[str, Any]:
    given = order.case.events.filter(verb="consent").order_by("-pk").first()
    if order.agreed is None or given is None:
        return {}
    how, instead = HOW.get(order.agreed_how, lambda: order.agreed_how)(), given.facts.get("not_signed")
    # consent on the telephone says nothing more; a resident who stood there and could not sign has a reason
    words = how if not instead or instead in HOW else _("{how}; not signed: {reason}").format(how=how, reason=instead)
    return {"confirmed": words, "confirmed_at": given.happened_at}


def _filled_by(order: Housekeeping) -> str:
    done = order.case.events.filter(verb="finish").order_by("-pk").first()
    return done.actor_name if done else ""


def _items(order: Housekeeping) -> list[ItemLine]:
    """The items, as they stood at the last failure; without one, those a resident signed for passed."""
    last = failed_last(order)
    looked_at = last is not None or order.signed_at is not None
    known = items_of(order)
    failed = dict(told_apart(each, known) for each in (last["items"] if last else ()))
    return [ItemLine(text, (text not in failed) if looked_at else None, failed.get(text, "")) for text in known] + [
        ItemLine(text, False, remark) for text, remark in failed.items() if text not in known
    ]


def _chain(order: Housekeeping) -> list[AcceptanceLine]:
    """Who accepts, in the order the office chose (CF-23), with the acceptances since the last failure."""
    last = max((each["round"] for each in order.acceptances if each["step"] == "object"), default=0)
    given = {("sign" if each["step"] == "attest" else each["step"]): each for each in order.acceptances if each["round"] > last}
    titles = {"accept_site": _("Cleaner on site"), "accept_supervisor": _("Leader of the team"),
              "accept_office": _("Office supervisor"), "sign": _("Customer")}  # fmt: skip
    steps = FOUR if order.policy.chain == "four_steps" else ONE
    return [_accepted(titles[step], given.get(step)) for step in steps]


def _accepted(title: str, noted: dict[str, Any] | None) -> AcceptanceLine:
    return AcceptanceLine(title, noted["by"], parse_datetime(noted["at"])) if noted else AcceptanceLine(title)


def _second(order: Housekeeping) -> datetime | None:
    """HA-4.2.2  When what was done again was accepted by the resident."""
    again = [each for each in order.acceptances if each["round"] > 1 and each["step"] in ("sign", "attest")]
    return parse_datetime(again[-1]["at"]) if again else None


def _signature(order: Housekeeping) -> bytes | None:
    noted = [each.get("signature") for each in order.acceptances if each["step"] == "sign"]
    return path_of(noted[-1]).read_bytes() if noted and noted[-1] and path_of(noted[-1]).exists() else None


def register_facts(office: Office, day: date, rows: Sequence[RegisterLine], repairs: Sequence[Referral],
                   titles: FormTitles) -> RegisterFacts:  # fmt: skip
    """Return the housekeeping register of a day with the columns of the paper form (HS-4.1.1.1 to HS-4.1.3, HS-4.3.4)."""
    columns = (
        Column("number", _("Number"), 10.5), Column("taken_at", _("Taken at"), 8, Kind.MOMENT), Column("unit", _("Unit"), 7),
        Column("customer", _("Customer"), 5), Column("service", _("Service asked for"), 12),
        Column("visit_at", _("Appointed time"), 8, Kind.MOMENT), Column("declined", _("Why it cannot be taken"), 7),
        Column("collected_by", _("Collected by"), 5), Column("workers", _("Housekeeper"), 5),
        Column("signature", _("Housekeeper's signature"), 6, Kind.SIGNATURE), Column("repair", _("Repair passed on"), 8),
        Column("unsigned", _("Not signed off because"), 7), Column("expected_at", _("Expected to be done"), 8, Kind.MOMENT),
        Column("plan", _("How it will be handled"), 7),
    )  # fmt: skip
    return RegisterFacts(
        title=said(printed_title(titles.register)), office=office.name, company=office.company.name, period=day.isoformat(),
        columns=columns, rows=[*map(_register_row, rows), *map(_repair_row, repairs)], form_no=f"{office.code}-HS-4.1.1",
        signers=(_("Service desk"), _("Team leader")),
    )  # fmt: skip


def _register_row(line: RegisterLine) -> Row:
    order = line.case.order
    return {
        "number": line.case.number, "taken_at": line.case.reported_at, "unit": _unit(line.case), "customer": order.reporter,
        "service": order.content, "visit_at": order.visit_at, "declined": line.declined, "collected_by": line.collected_by,
        "workers": "、".join(line.workers), "unsigned": line.unsigned, "expected_at": line.expected_at, "plan": line.plan,
    }  # fmt: skip


def _repair_row(referral: Referral) -> Row:
    became = f" {referral.became.number}" if referral.became else ""
    return {
        "number": referral.case.number, "taken_at": referral.case.reported_at, "unit": referral.unit_text,
        "customer": referral.reporter, "repair": f"{referral.content}{became}",
    }  # fmt: skip


def _unit(case: Case) -> str:
    return case.unit.code if case.unit else ""


def batch_facts(batch: Batch, rows: Sequence[Case]) -> RegisterFacts:
    """Return the list that the team's appointed person signs for at a pick-up (HS-4.1.1.3)."""
    columns = (
        Column("number", _("Number"), 10), Column("unit", _("Unit"), 7), Column("customer", _("Customer"), 6),
        Column("service", _("Service asked for"), 18), Column("requirements", _("Requirements"), 12),
        Column("visit_at", _("Appointed time"), 9, Kind.MOMENT), Column("amount", _("Amount"), 6, Kind.MONEY),
        Column("workers", _("Who goes"), 8), Column("signature", _("Signature"), 7, Kind.SIGNATURE),
    )  # fmt: skip
    office = batch.case.office
    return RegisterFacts(
        title=_("Pick-up list"), office=office.name, company=office.company.name,
        period=f"{said_at(batch.pick_up_at)} {batch.case.number}", columns=columns,
        rows=[{**_batch_row(case), "signature": collected(batch)} for case in rows], signers=came_for(batch),
        form_no=f"{office.code}-HS-4.1.1.3",
    )  # fmt: skip


def collected(batch: Batch) -> str:
    """Return who signed for a pick-up on the screen, and when; nothing while somebody has still to sign the paper."""
    if batch.collector is None or batch.collected_at is None:
        return ""
    return f"{batch.collector.name} {localtime(batch.collected_at):%m-%d %H:%M}"


def came_for(batch: Batch) -> tuple[str, str]:
    """Return the two who sign the list of a pick-up, with the one who has done so on the screen (HS-4.1.1.3, HS-4.1.2.2)."""
    return " ".join(each for each in (_("Collected by"), collected(batch)) if each), _("Service desk")


def said_at(at: datetime) -> str:
    """Return an instant as the heads of lists name it."""
    return f"{localtime(at):%Y-%m-%d %H:%M}"


def _batch_row(case: Case) -> Row:
    order = case.order
    return {"number": case.number, "unit": _unit(case), "customer": order.reporter, "service": order.content,
            "requirements": order.requirements, "visit_at": order.visit_at, "amount": order.due}  # fmt: skip


def jobs_facts(office: Office, day: date, rows: Sequence[Visit]) -> RegisterFacts:
    """Return the day's jobs person by person, with room to write times and to sign, for people without a phone (HA-2)."""
    columns = (
        Column("worker", _("Housekeeper"), 8), Column("visit_at", _("Appointed time"), 9, Kind.MOMENT),
        Column("unit", _("Unit"), 7), Column("customer", _("Customer"), 6), Column("service", _("To be cleaned"), 20),
        Column("arrived", _("Arrived"), 6), Column("finished", _("Finished"), 6),
        Column("customer_signature", _("Customer's signature"), 9, Kind.SIGNATURE),
        Column("signature", _("Housekeeper's signature"), 8, Kind.SIGNATURE),
    )  # fmt: skip
    return RegisterFacts(
        title=_("Jobs of the day"), office=office.name, company=office.company.name, period=day.isoformat(), columns=columns,
        rows=[_job_row(each) for each in rows], signers=(_("Team leader"),), form_no=f"{office.code}-HA-2",
    )  # fmt: skip


def _job_row(visit: Visit) -> Row:
    order = visit.order
    wishes = f"（{order.requirements}）" if order.requirements else ""
    return {"worker": f"{visit.worker.name} {visit.worker.number}", "visit_at": order.visit_at, "unit": order.unit.code,
            "customer": order.reporter, "service": f"{order.content}{wishes}"}  # fmt: skip


def roster_facts(office: Office, month: str, rows: Sequence[Visit]) -> RegisterFacts:
    """Return the staff list of a month with the services of each (HA-3)."""
    columns = (
        Column("worker", _("Cleaner"), 8), Column("arrived", _("Arrived"), 10, Kind.MOMENT),
        Column("finished", _("Finished"), 10, Kind.MOMENT), Column("number", _("Number"), 11), Column("unit", _("Unit"), 6),
        Column("service", _("Service"), 22), Column("status", _("Status"), 10),
    )  # fmt: skip
    return RegisterFacts(
        title=_("Housekeeping staff list and services"), office=office.name, company=office.company.name, period=month,
        columns=columns, rows=[_roster_row(each) for each in rows], signers=(_("Team leader"),), form_no=f"{office.code}-HA-3",
    )  # fmt: skip


def _roster_row(visit: Visit) -> Row:
    case = visit.order.case
    return {"worker": f"{visit.worker.name} {visit.worker.number}", "arrived": visit.arrived_at, "finished": visit.finished_at,
            "number": case.number, "unit": visit.order.unit.code, "service": visit.order.content,
            "status": said(HOUSEKEEPING.status_title(case.status))}  # fmt: skip
