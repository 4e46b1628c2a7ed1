"""From rows to papers: the facts of a slip, a message slip and the repair register."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from menling.doorway.customer import hiding
from menling.doorway.keys import link_text
from menling.doorway.language import clock_time, said
from menling.doorway.masking import masked
from menling.journal.files import path_of
from menling.journal.models import Case, Event
from menling.journal.sweep import clock_of
from menling.orders.models import MessageSlip, Order, Visit
from menling.orders.queries import earlier_visits, handling_time, legal_owner, time_of
from menling.orders.register import Line
from menling.premises.models import Office, Unit
from menling.printing.facts import Column, Consent, Kind, MessageSlipFacts, PriceLine, RegisterFacts, Row, SlipFacts, VisitLine
from menling.procedures.alarm_rules import JOBS
from menling.procedures.repair import REPAIR

FORM = "{company}-EN-D"
HOW = {"in_person": lambda: _("agreed in person"), "phone": lambda: _("agreed on the phone"),
       "own_link": lambda: _("agreed on the resident's own link"), "paper": lambda: _("agreed on paper"),
       "agreement": lambda: _("agreed in the home service agreement")}  # fmt: skip


def slip_facts(order: Order, now: datetime, site: str, *, phone_shown: bool, large_type: bool = False) -> SlipFacts:
    """Return the facts of the dispatch slip of an order (EN-F.2, EN-D.10 to EN-D.15), in the active language.

    `site` is the address of this server; the QR code leads to the resident's page below it. Without `phone_shown` the
    number is masked.
    """
    office = order.case.office
    owner, events = legal_owner(order), _last_events(order.case)
    hide = hiding(office, now)
    return SlipFacts(
        company=office.company.name, office_name=office.name, office_phone=office.phone,
        form_no=FORM.format(company=office.code), number=order.case.number, qr_text=f"{site}/r/{link_text(order.case)}",
        kind_title=_title(order), unit=order.unit.said, unit_long=unit_long(order.unit), reporter=order.reporter,
        phone=order.phone if phone_shown else masked(order.phone), content=hide(order.content), visit_at=order.visit_at,
        legal_owner=owner.name if owner else "", requirements=hide(order.requirements), issued_at=order.issued_at,
        promise=_promise(order.case, now), worker_name=order.worker.name if order.worker else "",
        worker_number=order.worker.number if order.worker else "", earlier_visits=_earlier(order, now),
        items=_price_lines(order.quote), materials=_price_lines(order.materials), amount=order.due if order.quote else None,
        consent=_consent(order, events), visits=_visits(order), result=hide(order.summary), rating=order.rating,
        **_total(order),
        opinion=order.opinion, signed_by=order.signed_by, signed_at=order.signed_at if order.signed_by else None,
        signature_png=_signature(events), worker_signed_at=order.worker_signed_at, **_reviewed(events), paid=order.due > 0,
        keep_until=order.keep_until, large_type=large_type,
    )  # fmt: skip


def _title(order: Order) -> str:
    """The kind of order; of an alarm also whether it is opened, moved or repaired (HS-4.1.2.1)."""
    title = _("{kind}: dispatch slip").format(kind=said(order.case.procedure.title))
    return f"{title} ({said(JOBS[order.job])})" if order.job in JOBS else title


def unit_long(unit: Unit) -> str:
    """Return a unit as people say it: 3栋2单元1201; in English its code."""
    if (get_language() or "zh").startswith("en") or not unit.entrance:
        return unit.said
    return f"{unit.building.code}栋{unit.entrance}单元{unit.room}"


def _last_events(case: Case) -> dict[str, Event]:
    wanted = ("consent", "sign", "review")
    return {event.verb: event for event in Event.objects.filter(case=case, verb__in=wanted).order_by("pk")}


def _promise(case: Case, now: datetime) -> str:
    row = case.deadlines.filter(key__in=("arrive", "appointment")).order_by("-pk").first()
    clock = clock_of(case.kind, row.key) if row else None
    if row is None or clock is None:
        return ""
    return _("{promise} by {at}").format(promise=said(clock.promise), at=clock_time(row.due_at, now))


def _earlier(order: Order, now: datetime) -> list[str]:
    return [f"{each.worker} {clock_time(each.arrived_at, now)}" for each in earlier_visits(order)[:-1]]


def _price_lines(rows: Sequence[dict[str, Any]]) -> list[PriceLine]:
    english = (get_language() or "").startswith("en")
    return [
        PriceLine(row["name_en"] if english and row.get("name_en") else row["name"], Decimal(row["price"]),
                  Decimal(row["quantity"]), Decimal(row["amount"]))
        for row in rows
    ]  # fmt: skip


def _consent(order: Order, events: dict[str, Event]) -> Consent | None:
    given = events.get("consent")
    if order.agreed is None or given is None:
        return None
    return Consent(given.happened_at, HOW.get(order.agreed_how, lambda: order.agreed_how)())


def _visits(order: Order) -> list[VisitLine]:
    rows = Visit.objects.filter(order=order, arrived_at__isnull=False).order_by("pk")
    return [_visit(order, each) for each in rows]


def _total(order: Order) -> dict[str, Any]:
    """The minutes over all visits once the work is done, and how many visits nobody ended (EN-D.10A, EN-D.10B)."""
    if not (order.summary or order.signed_at):
        return {}
    time = handling_time(order)
    return {"total_minutes": time.minutes, "unended": time.unended}


def _visit(order: Order, visit: Visit) -> VisitLine:
    assert visit.arrived_at is not None
    time = time_of(order, [(visit.arrived_at, visit.started_at, visit.finished_at)])
    return VisitLine(visit.arrived_at, visit.finished_at, time.minutes if visit.finished_at else None)


def _signature(events: dict[str, Event]) -> bytes | None:
    signed = events.get("sign")
    digest = str(signed.facts.get("signature", "")) if signed else ""
    return path_of(digest).read_bytes() if digest and path_of(digest).exists() else None


def _reviewed(events: dict[str, Event]) -> dict[str, Any]:
    review = events.get("review")
    return {"reviewed_by": review.actor_name, "reviewed_at": review.happened_at} if review else {}


def message_facts(order: Order, slip: MessageSlip, site: str) -> MessageSlipFacts:
    """Return the facts of the note left on the door and its stub (HS-4.3.3)."""
    office, worker = order.case.office, order.worker
    stub = order.case.deadlines.filter(key="stub").order_by("-pk").first()
    visit = Visit.objects.filter(order=order, outcome="absent").select_related("worker").order_by("-pk").first()
    who = visit.worker if visit else worker
    return MessageSlipFacts(
        company=office.company.name, office_name=office.name, office_phone=office.phone, form_no=f"{office.code}-HS-4.3.3",
        number=slip.number, unit=order.unit.said, unit_long=unit_long(order.unit), visited_at=slip.posted_at,
        worker_name=who.name if who else "", worker_number=who.number if who else "", order_number=order.case.number,
        return_by=stub.due_at if stub else None, qr_text=f"{site}/r/{link_text(order.case)}",
    )  # fmt: skip


def register_facts(office: Office, day: date, rows: Sequence[Line]) -> RegisterFacts:
    """Return the repair register of a day with the columns of the paper form (HS-4.2.3, HS-4.3.4)."""
    columns = (
        Column("number", _("Number"), 12), Column("taken_at", _("Taken at"), 9, Kind.MOMENT), Column("unit", _("Unit"), 8),
        Column("customer", _("Customer"), 6), Column("fault", _("Repair asked for"), 13),
        Column("visit_at", _("Appointed time"), 9, Kind.MOMENT), Column("worker", _("Worker"), 6),
        Column("notified_at", _("Notified at"), 9, Kind.MOMENT), Column("result", _("Outcome"), 14),
        Column("declined", _("Reason declined"), 7), Column("unsigned", _("Not signed off because"), 7),
        Column("expected_at", _("Expected to be done"), 9, Kind.MOMENT), Column("plan", _("How it will be handled"), 7),
        Column("signature", _("Worker's signature"), 6, Kind.SIGNATURE),
    )  # fmt: skip
    return RegisterFacts(
        title=_("Home repair service register"), office=office.name, company=office.company.name, period=day.isoformat(),
        columns=columns, rows=[_register_row(line) for line in rows],
        signers=(_("Control centre"), _("Service desk")),
    )  # fmt: skip


def _register_row(line: Line) -> Row:
    order = line.order
    status = said(REPAIR.status_title(line.case.status))
    return {
        "number": line.case.number, "taken_at": line.case.reported_at, "unit": line.case.unit.said if line.case.unit else "",
        "customer": order.reporter, "fault": order.content, "visit_at": order.visit_at,
        "worker": order.worker.name if order.worker else "", "notified_at": order.issued_at,
        "result": f"{status} {line.verified or order.summary}".strip(), "declined": line.declined, "unsigned": line.unsigned,
        "expected_at": line.expected_at, "plan": line.plan,
    }  # fmt: skip
