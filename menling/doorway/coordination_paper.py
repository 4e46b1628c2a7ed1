"""From rows to paper: a coordination order with its entries, its checks and its signatures."""

from django.utils.timezone import localtime

from menling.doorway.language import said
from menling.doorway.papers import FORM, unit_long
from menling.doorway.tracked import checks
from menling.journal.files import path_of
from menling.journal.models import Event
from menling.printing.coordination import Check, CoordinationFacts, Entry
from menling.tracking.models import Coordination


def coordination_facts(order: Coordination) -> CoordinationFacts:
    """Return the facts of a coordination order for its paper (EN-D.16 to EN-D.19), in the active language."""
    case, office = order.case, order.case.office
    events = case.events.filter(verb="log").order_by("happened_at", "pk")
    filed = case.events.filter(verb="archive").last()
    return CoordinationFacts(
        company=office.company.name, office_name=office.name, office_phone=office.phone,
        form_no=FORM.format(company=office.code), number=case.number, order_number=case.parent.number if case.parent else "",
        unit=unit_long(case.unit) if case.unit else "", opened_at=localtime(case.reported_at), reason=order.reason,
        clause=order.clause, tracker=f"{order.tracker.name} {order.tracker.number}" if order.tracker else "",
        status=said(case.procedure.status_title(case.status)), entries=[_entry(event) for event in events],
        checks=[Check(each["by"], each["name"], localtime(each["at"]), each["remark"])
                for each in checks(case, order.values.calendar)],
        result=order.result, signed_by=order.signed_by, attested=order.attested,
        signed_at=localtime(order.signed_at) if order.signed_at else None, signature_png=_signature(order),
        tracker_signed_at=localtime(order.tracker_signed_at) if order.tracker_signed_at else None,
        filed_by=filed.actor_name if filed else "", filed_at=localtime(filed.happened_at) if filed else None,
    )  # fmt: skip


def _entry(event: Event) -> Entry:
    facts = event.facts
    return Entry(
        localtime(event.happened_at), str(facts["tracker"]), str(facts["place"]), str(facts["contact"]),
        str(facts["contact_way"]), str(facts["content"]), str(facts["opinions"]), str(facts["attitude"]), str(facts["plan"]),
    )  # fmt: skip


def _signature(order: Coordination) -> bytes | None:
    drawn = order.case.attachments.filter(kind="signature", digest=order.signature, size__gt=0).first()
    path = path_of(drawn.digest) if drawn else None
    return path.read_bytes() if path and path.exists() else None
