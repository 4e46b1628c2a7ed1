"""What the desks keep lists of beside the orders: calls, hand-overs, pick-ups, late entries, follow-ups, messages."""

from collections.abc import Iterator

from menling.calls.models import CallOrder
from menling.doorway.language import said
from menling.doorway.masking import masked
from menling.imports.exports.books import CHUNK
from menling.imports.exports.cases import CLERKS
from menling.imports.exports.listing import Export, Scope, cases_of, local, status_of
from menling.imports.lists.orders import DESKS
from menling.journal.cases import visible_to
from menling.journal.models import Event
from menling.kernel.recording import CUT_OVER, OWN_WORD
from menling.kernel.roles import LEADS_OR_ABOVE, Role
from menling.kernel.words import _
from menling.mail.models import Delivery
from menling.mail.reasons import reason
from menling.orders.models import Batch, RefusedStep
from menling.orders.served import not_followed_up
from menling.premises.administration.books import KEEPERS
from menling.printing.facts import Kind, Row
from menling.shifts.models import ShiftHandover

MOMENT, TEXT, COUNT = Kind.MOMENT, Kind.TEXT, Kind.COUNT
LEADING = DESKS | LEADS_OR_ABOVE | {Role.TEAM_LEAD}


def _calls(scope: Scope) -> Iterator[Row]:
    rows = CallOrder.objects.filter(case__in=cases_of(scope, "call_order")).select_related("case", "became")
    for row in rows.order_by("case__reported_at", "pk").iterator(CHUNK):
        yield {
            "number": row.case.number, "status": status_of(row.case), "since": local(row.case.reported_at), "unit": row.unit_text,
            "customer": row.customer, "phone": masked(row.phone), "content": row.content, "visit_at": local(row.visit_at),
            "became": row.became.number if row.became else None, "told": row.told, "closed_at": local(row.case.closed_at),
        }  # fmt: skip


CALL_COLUMNS = (
    ("number", _("Number"), 8.0, TEXT), ("status", _("Status"), 7.0, TEXT), ("since", _("Placed at"), 10.0, MOMENT),
    ("unit", _("Unit"), 6.0, TEXT), ("customer", _("Customer"), 5.0, TEXT), ("phone", _("Phone"), 7.0, TEXT),
    ("content", _("What is to be done"), 18.0, TEXT), ("visit_at", _("Appointment"), 10.0, MOMENT),
    ("became", _("Became"), 8.0, TEXT), ("told", _("Told back"), 14.0, TEXT), ("closed_at", _("Closed at"), 10.0, MOMENT),
)  # fmt: skip


def _shifts(scope: Scope) -> Iterator[Row]:
    rows = ShiftHandover.objects.filter(case__in=cases_of(scope, "shift_handover")).select_related("case", "giver", "taker")
    for row in rows.order_by("case__reported_at", "pk").iterator(CHUNK):
        yield {
            "number": row.case.number, "status": status_of(row.case), "giver": row.giver.name, "given_at": local(row.given_at),
            "taker": row.taker.name if row.taker else None, "closed_at": local(row.case.closed_at),
            "orders": " ".join(row.open_orders), "late": " ".join(row.late_orders), "envelopes": " ".join(row.envelopes),
            "keys": row.keys, "radios": row.radios, "remarks": row.remarks, "answer": row.answer,
        }  # fmt: skip


SHIFT_COLUMNS = (
    ("number", _("Number"), 8.0, TEXT), ("status", _("Status"), 7.0, TEXT), ("giver", _("Given by"), 6.0, TEXT),
    ("given_at", _("Given at"), 10.0, MOMENT), ("taker", _("Taken by"), 6.0, TEXT), ("closed_at", _("Taken at"), 10.0, MOMENT),
    ("orders", _("Open orders"), 18.0, TEXT), ("late", _("Late orders"), 12.0, TEXT), ("envelopes", _("Envelopes"), 12.0, TEXT),
    ("keys", _("Keys"), 8.0, TEXT), ("radios", _("Radios"), 8.0, TEXT), ("remarks", _("Remarks"), 14.0, TEXT),
    ("answer", _("Answer"), 12.0, TEXT),
)  # fmt: skip


def _pickups(scope: Scope) -> Iterator[Row]:
    rows = Batch.objects.filter(case__in=cases_of(scope, "batch", "alarm_batch")).select_related("case", "collector")
    for row in rows.order_by("pick_up_at", "pk").iterator(CHUNK):
        yield {
            "number": row.case.number, "kind": said(row.case.procedure.title), "status": status_of(row.case),
            "at": local(row.pick_up_at), "orders": " ".join(row.entries), "count": len(row.entries),
            "collector": row.collector.name if row.collector else None, "collected_at": local(row.collected_at),
        }  # fmt: skip


PICKUP_COLUMNS = (
    ("number", _("Number"), 8.0, TEXT), ("kind", _("Sort"), 7.0, TEXT), ("status", _("Status"), 7.0, TEXT),
    ("at", _("Pick-up at"), 10.0, MOMENT), ("count", _("Orders"), 4.0, COUNT), ("orders", _("Numbers"), 18.0, TEXT),
    ("collector", _("Signed for by"), 6.0, TEXT), ("collected_at", _("Signed at"), 10.0, MOMENT),
)  # fmt: skip


def _late_entries(scope: Scope) -> Iterator[Row]:
    rows = Event.objects.filter(office=scope.office, case__in=visible_to(scope.by)).exclude(source="")
    for event in rows.select_related("case", "case__unit").order_by("recorded_at", "pk").iterator(CHUNK):
        yield {
            "number": event.case.number, "at": local(event.happened_at), "recorded_at": local(event.recorded_at),
            "unit": event.case.unit.said if event.case.unit else None, "who": event.actor_name, "recorder": event.recorder_name,
            "what": said(event.case.procedure.verbs.get(event.verb, event.verb)), "source": said(SOURCES.get(event.source, "")),
        }  # fmt: skip


SOURCES = {
    "radio": _("by radio"), "phone": _("on the phone"), "paper": _("on paper"), OWN_WORD: _("own word, from an earlier shift"),
    CUT_OVER: _("brought over from another system"),
}  # fmt: skip
LATE_COLUMNS = (
    ("number", _("Number"), 8.0, TEXT), ("at", _("Happened at"), 10.0, MOMENT),
    ("recorded_at", _("Written down at"), 10.0, MOMENT), ("unit", _("Unit"), 6.0, TEXT), ("what", _("Step"), 8.0, TEXT),
    ("who", _("Who"), 6.0, TEXT), ("recorder", _("Written down by"), 6.0, TEXT), ("source", _("Told by"), 6.0, TEXT),
)  # fmt: skip


def _followups(scope: Scope) -> Iterator[Row]:
    rows = not_followed_up(scope.by, [scope.office.pk], scope.now).select_related("unit", "order", "order__worker")
    for case in rows.iterator(CHUNK):
        order = case.order
        yield {
            "number": case.number, "kind": said(case.procedure.title), "unit": case.unit.said if case.unit else None,
            "status": status_of(case), "reported_at": local(case.reported_at), "content": order.content,
            "reporter": order.reporter, "phone": masked(order.phone), "worker": order.worker.name if order.worker else None,
        }  # fmt: skip


FOLLOWUP_COLUMNS = (
    ("number", _("Number"), 8.0, TEXT), ("kind", _("Sort"), 5.0, TEXT), ("unit", _("Unit"), 6.0, TEXT),
    ("status", _("Status"), 6.0, TEXT), ("reported_at", _("Reported at"), 10.0, MOMENT),
    ("content", _("What is to be done"), 18.0, TEXT), ("reporter", _("Reporter"), 5.0, TEXT), ("phone", _("Phone"), 7.0, TEXT),
    ("worker", _("Worker"), 6.0, TEXT),
)  # fmt: skip


def _deliveries(scope: Scope) -> Iterator[Row]:
    rows = Delivery.objects.filter(office=scope.office).select_related("message", "message__case", "channel", "staff")
    for row in rows.order_by("pk").iterator(CHUNK):
        message = row.message
        yield {
            "at": local(message.created_at), "number": message.case.number if message.case else None,
            "to": row.staff.name if row.staff else masked(row.phone), "channel": str(row.channel or ""),
            "sent_at": local(row.sent_at), "attempts": row.attempts, "dead_at": local(row.dead_at),
            "error": said(reason(row.error)) if row.error else "",
        }  # fmt: skip


DELIVERY_COLUMNS = (
    ("at", _("Written at"), 10.0, MOMENT), ("number", _("Number"), 8.0, TEXT), ("to", _("To"), 7.0, TEXT),
    ("channel", _("Channel"), 8.0, TEXT), ("sent_at", _("Sent at"), 10.0, MOMENT), ("attempts", _("Attempts"), 4.0, COUNT),
    ("dead_at", _("Given up at"), 10.0, MOMENT), ("error", _("Reason"), 16.0, TEXT),
)  # fmt: skip


def _refused(scope: Scope) -> Iterator[Row]:
    rows = RefusedStep.objects.filter(case__in=cases_of(scope, "refused_step")).select_related("case__unit", "of", "worker")
    for row in rows.order_by("pk").iterator(CHUNK):
        yield {
            "number": row.case.number, "status": status_of(row.case), "order": row.of.number,
            "unit": row.case.unit.said if row.case.unit else None, "what": said(row.of.procedure.verbs.get(row.verb, row.verb)),
            "who": row.worker.name, "at": local(row.done_at), "clause": row.clause, "why": row.why_zh or row.why,
            "typed": " ".join(f"{name}: {value}" for name, value in row.facts.items() if name != "phone"), "reason": row.reason,
        }  # fmt: skip


REFUSED_COLUMNS = (
    ("number", _("Number"), 8.0, TEXT), ("status", _("Status"), 6.0, TEXT), ("order", _("Order"), 8.0, TEXT),
    ("unit", _("Unit"), 6.0, TEXT), ("what", _("Step"), 8.0, TEXT), ("who", _("Who"), 6.0, TEXT),
    ("at", _("Happened at"), 10.0, MOMENT), ("typed", _("What was typed"), 18.0, TEXT), ("why", _("Refused because"), 16.0, TEXT),
    ("clause", _("Clause"), 5.0, TEXT), ("reason", _("Reason"), 10.0, TEXT),
)  # fmt: skip
OF_DESKS = (
    Export("refused-steps", _("Refused on a phone"), REFUSED_COLUMNS, _refused, DESKS | LEADING),
    Export("calls", _("Call-department orders"), CALL_COLUMNS, _calls, DESKS | LEADS_OR_ABOVE | {Role.CALL_DEPARTMENT}),
    Export("shifts", _("Shift hand-over"), SHIFT_COLUMNS, _shifts, LEADING),
    Export("pickups", _("Pick-ups"), PICKUP_COLUMNS, _pickups, LEADING),
    Export("late-entries", _("Written down afterwards"), LATE_COLUMNS, _late_entries, LEADING),
    Export("follow-ups", _("To be asked about"), FOLLOWUP_COLUMNS, _followups, CLERKS),
    Export("deliveries", _("What became of messages"), DELIVERY_COLUMNS, _deliveries,
           KEEPERS | {Role.SERVICE_DESK_SUPERVISOR}),
)  # fmt: skip
