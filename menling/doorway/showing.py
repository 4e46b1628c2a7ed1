"""One case as it is shown: its facts, the steps open to the caller, what to be reminded of, promises and timeline."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from menling.doorway.address_views import who_read
from menling.doorway.adjusted import adjustment, charge, deposit, settlement, tax_invoice
from menling.doorway.agreed import agreement
from menling.doorway.bought import errand, pad, paper_inquiry
from menling.doorway.called import call_order, shift_handover
from menling.doorway.cashier_papers import cashier_day
from menling.doorway.commission import commission_month, commission_query
from menling.doorway.custody import handover
from menling.doorway.customer import hiding, without_numbers
from menling.doorway.keys import linked
from menling.doorway.language import said
from menling.doorway.masking import phone_for, place_shown, without_phones
from menling.doorway.offered import actions
from menling.doorway.passed_on import handed_on, referral
from menling.doorway.priced import fee_standard
from menling.doorway.refused_steps import refused_step
from menling.doorway.reminding import reminders
from menling.doorway.reviewed import contract_review
from menling.doorway.tracked import closing_sheet, coordination
from menling.journal.models import Case, Deadline, Detail, Event
from menling.journal.reading import read
from menling.journal.sweep import clock_of
from menling.kernel.actor import Actor
from menling.kernel.roles import Role
from menling.kinds import KINDS, cases_under
from menling.orders.addresses import reads_all
from menling.orders.commands.emergencies import emergency_list
from menling.orders.housekeeping.items import items_of
from menling.orders.lines import Running
from menling.orders.models import Alarm, Batch, Housekeeping, Order, RegisterCopy
from menling.orders.queries import earlier_visits, handling_time, legal_owner, seconds
from menling.orders.watch import Promise
from menling.premises.models import Staff


def loaded(case: Case) -> Any:
    """Return the detail of a case with the figures in force for it, without locking anything."""
    return read(KINDS[case.kind], case, lock=False)


def shown(case: Case, by: Actor, now: datetime) -> dict[str, Any]:
    """Return a case for a reader, as JSON: see the contract of the API."""
    return told(loaded(case), by, now, cases_under(case) if by.kind == "staff" else [])


def told(detail: Detail, by: Actor, now: datetime, money: Sequence[Case]) -> dict[str, Any]:
    """Return a case that is loaded already, as `shown`; `money` are the cases of its money this reader hears of."""
    case = detail.case
    kind = KINDS[case.kind]
    facts = FACTS[case.kind](detail, by) | linked(case, by)
    open_facts = without_numbers(facts, hiding(case.office, now)) if by.kind == "resident" else facts
    body: dict[str, Any] = headline(detail) | open_facts
    body["actions"] = actions(detail, kind, by)
    events = list(case.events.order_by("pk"))
    body["prompts"] = reminders(detail, by, {row.facts.get("group") for row in events if row.verb == "tick"})
    body["deadlines"] = [deadline(row, case.kind, now) for row in case.deadlines.order_by("armed_at", "pk")]
    body["events"] = [line for row in events if (line := event(row, by))]
    if by.kind == "staff" and case.kind == "repair":
        body["verified"] = any(row.verb == "verify" for row in events)  # HS-4.2.3: missing, the desk still has to follow up
    body["related"] = _related([*([case.parent] if case.parent else []), *money], by)
    if by.kind == "staff" and case.unit_id is not None and reads_all(by, case.office_id):
        body["address_views"] = who_read(case, now)
    return place_shown(body, case, by, now)


def headline(detail: Detail) -> dict[str, Any]:
    """Return what every case has: number, kind, status with its title, office and time of report."""
    case = detail.case
    return {
        "number": case.number,
        "kind": case.kind,
        "status": case.status,
        "status_title": said(case.procedure.status_title(case.status)),
        "office": case.office.code,
        "reported_at": case.reported_at,
    }


def deadline(row: Deadline | Running, kind: str, now: datetime) -> dict[str, Any]:
    """Return a promise: what, by when, and how it stands (see `standing`)."""
    clock = clock_of(kind, row.key)
    return {
        "key": row.key, "clause": row.clause, "promise": said(clock.promise) if clock else row.key,
        "armed_at": row.armed_at, "target_at": row.target_at, "due_at": row.due_at, "met_at": row.met_at,
        "broken_at": row.broken_at, "released_at": row.released_at, "state": standing(row, now),
        "on_target": None if row.met_at is None or row.target_at is None else row.met_at <= row.target_at,
    }  # fmt: skip


def standing(row: Deadline | Promise | Running, now: datetime) -> str:
    """Return how a promise stands in one word: met, met_late, released, paused, broken, passed, soon or open.

    What is never counted as broken has `passed` once it is due: it is still to do, and nobody is late with it.
    """
    if row.met_at is not None:
        return "met" if row.met_at <= row.due_at or not row.counted else "met_late"
    if row.released_at is not None:
        return "released"
    if row.paused_at is not None:
        return "paused"
    if row.broken_at is not None or (row.counted and now > row.due_at):
        return "broken"
    if now > row.due_at:
        return "passed"
    return "soon" if now >= row.due_at - (row.due_at - row.armed_at) / 4 else "open"


def event(row: Event, by: Actor) -> dict[str, Any] | None:
    """Return one line of the timeline: clause, person, true time, recorded time; phones in it are masked.

    A resident reads when what was done, not what the office noted for itself: None for such a line.
    """
    if by.kind == "resident":
        told = {"id": row.pk, "verb": row.verb, "happened_at": row.happened_at, "before": row.before, "after": row.after}
        return told if row.verb in RESIDENT_READS else None
    return {
        "id": row.pk, "verb": row.verb, "clauses": row.clauses, "by": row.actor_name, "recorded_by": row.recorder_name,
        "source": row.source, "before": row.before, "after": row.after, "happened_at": row.happened_at,
        "recorded_at": row.recorded_at, "facts": without_phones(row.facts),
    }  # fmt: skip


RESIDENT_READS = frozenset({"file", "refer", "accept", "decline", "hand_on", "dispatch", "reassign", "move", "cancel", "arrive",
                            "absent", "quote", "consent", "refuse_price", "start", "await_material", "resume", "carry_over",
                            "finish", "object", "rework", "sign", "sign_on_paper", "rate", "attest", "archive", "open",
                            "collect", "query_fee", "confirm_fee"})  # fmt: skip


def _order(order: Order, by: Actor) -> dict[str, Any]:
    body = {
        "unit": order.unit.said, "reporter": order.reporter, "phone": phone_for(order, by), "content": order.content,
        "requirements": order.requirements, "channel": order.channel, "urgency": order.urgency, "size": order.size,
        "visit_at": order.visit_at, "at_once": order.at_once, "issued_at": order.issued_at,
        "worker": {"number": order.worker.number, "name": order.worker.name} if order.worker else None,
        "quote": order.quote, "materials": order.materials, "due": str(order.due),
        "agreed": None if order.agreed is None else str(order.agreed), "agreed_how": order.agreed_how,
        "summary": order.summary, "signed_at": order.signed_at, "signed_by": order.signed_by, "attested": order.attested,
        "rating": order.rating, "opinion": order.opinion, "keep_until": order.keep_until,
        "photos": list(order.case.attachments.filter(kind="photo").values_list("digest", flat=True)),
    }  # fmt: skip
    if order.case.status == "handed_on":
        body["handed_on"] = handed_on(order, by)
    if by.kind == "staff":
        owner, time = legal_owner(order), handling_time(order)
        body |= {
            "legal_owner": owner.name if owner else "",
            "earlier_visits": [asdict(visit) for visit in earlier_visits(order)],
            "emergency": [each | {"title": said(each["title"])} for each in emergency_list(order)],
            "hazards": order.hazards,
            "emergency_kind": order.emergency.get("kind", ""),
            "hazards_told": order.emergency.get("hazards", ""),
            "occurred_at": order.occurred_at,
            "time": {"seconds": seconds(time.spent), "minutes": time.minutes, "blocks": time.blocks, "unended": time.unended},
        }
    return body


def _housekeeping(order: Housekeeping, by: Actor) -> dict[str, Any]:
    sent = {each.pk: each for each in Staff.objects.filter(pk__in=order.case.crew)}
    batch = Batch.objects.select_related("case", "collector").filter(pk=order.batch_id).first()
    return _order(order, by) | {
        "workers": [{"number": sent[each].number, "name": sent[each].name} for each in order.case.crew],
        "until": order.until, "acceptances": order.acceptances, "chain": order.policy.chain,
        "items": items_of(order), "best_score": order.policy.best_score,
        "nonconformity": order.nonconformity if by.kind == "staff" else "",
        "batch": batch.case.number if batch else None,
        "collected_by": batch.collector.name if batch and batch.collector else "",
    }  # fmt: skip


def _alarm(order: Alarm, by: Actor) -> dict[str, Any]:
    batch = order.batch
    return _order(order, by) | {
        "job": order.job, "nonconformity": order.nonconformity if by.kind == "staff" else "",
        "batch": batch.case.number if batch else None,
        "collected_by": batch.collector.name if batch and batch.collector else "",
    }  # fmt: skip


def _batch(batch: Batch, by: Actor) -> dict[str, Any]:
    collector = batch.collector
    return {
        "pick_up_at": batch.pick_up_at, "entries": batch.entries, "collected_at": batch.collected_at,
        "collector": {"number": collector.number, "name": collector.name} if collector else None,
    }  # fmt: skip


def _register_copy(copy: RegisterCopy, by: Actor) -> dict[str, Any]:
    return {"day": copy.day, "due_day": copy.due_day, "entries": copy.entries, "delivered_at": copy.delivered_at}


FACTS: dict[str, Any] = {
    "agreement": agreement,
    "repair": _order, "charge": charge, "settlement": settlement, "handover": handover, "referral": referral,
    "register_copy": _register_copy, "refused_step": refused_step, "housekeeping": _housekeeping, "batch": _batch,
    "alarm": _alarm, "alarm_batch": _batch,
    "call_order": call_order, "shift_handover": shift_handover,
    "errand": errand, "pad": pad, "paper_inquiry": paper_inquiry,
    "coordination": coordination, "closing_sheet": closing_sheet, "fee_standard": fee_standard,
    "contract_review": contract_review, "cashier_day": cashier_day,
    "commission_query": commission_query, "commission_month": commission_month,
    "adjustment": adjustment, "deposit": deposit, "tax_invoice": tax_invoice,
}  # fmt: skip


def _related(cases: Sequence[Case], by: Actor) -> list[dict[str, Any]]:
    return [
        {"number": each.number, "kind": each.kind, "status": each.status, "actions": _related_actions(each, by)} for each in cases
    ]


def _related_actions(case: Case, by: Actor) -> list[dict[str, Any]]:
    roles = by.roles_in(case.office_id)
    if not roles or roles <= {Role.CUSTOMER}:
        return []
    return actions(loaded(case), KINDS[case.kind], by)
