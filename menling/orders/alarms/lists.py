"""The home alarm register, line by line, as its columns stand in the paper form (HS-4.1.2, HS-4.3.4)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from menling.journal.cases import visible_to
from menling.journal.models import Case, Event
from menling.kernel.actor import Actor
from menling.kernel.words import Message
from menling.orders.grid import standing
from menling.orders.models import Batch
from menling.premises.models import Office, Staff

TOLD = ("decline", "cancel", "carry_over", "explain", "sign_off", "spot_check")
MOST = 2000
Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Line:
    """One alarm in the register: who collected the slip, who signed it off when, what a spot check found, and why it is open.

    `result` of the spot check is one of its words, empty where none was made; `remark` what was found.
    """

    case: Case
    collected_by: str
    collected_at: datetime | None
    signed_by: str
    signed_at: datetime | None
    result: str
    remark: str
    unsigned: str
    expected_at: datetime | None
    declined: str

    @property
    def collector_id(self) -> int | None:
        """Return who signs it off: who collected the slip, else who was told (HS-4.1.2.3)."""
        batch: Batch | None = self.case.order.batch
        return (batch.collector_id if batch else None) or self.case.order.worker_id

    @property
    def standing(self) -> Message:
        """Return how the order stands: that nobody was sent yet, once its slip lies no more at the desk (HS-4.1.2.2)."""
        return standing(self.case)


def register_lines(office: Office, within: Span, by: Actor) -> list[Line]:
    """Return the alarm orders reported in a time that somebody may see, the first one first, in three queries."""
    rows = visible_to(by).filter(office=office, kind="alarm", reported_at__gte=within[0], reported_at__lt=within[1])
    related = ("unit", "order", "order__worker", "order__batch", "order__batch__collector")
    cases = list(rows.select_related(*related).order_by("reported_at", "pk")[:MOST])
    told: dict[int, dict[str, Event]] = {}
    for event in Event.objects.filter(verb__in=TOLD, case__in=[case.pk for case in cases]).order_by("pk"):
        told.setdefault(event.case_id, {})[event.verb] = event
    return [_line(case, told.get(case.pk, {})) for case in cases]


def _line(case: Case, told: dict[str, Event]) -> Line:
    facts: dict[str, dict[str, Any]] = {verb: event.facts for verb, event in told.items()}
    said, carried, check = facts.get("explain", {}), facts.get("carry_over", {}), facts.get("spot_check", {})
    signed, expected = told.get("sign_off"), said.get("expected_at") or carried.get("next_at")
    collector, at = _collected(case)
    ended = facts.get("decline") or facts.get("cancel") or {}
    return Line(
        case, collector.name if collector else "", at, signed.actor_name if signed else "",
        signed.happened_at if signed else None,
        str(check.get("result", "")), str(check.get("remark", "")),
        "" if signed else str(said.get("reason") or carried.get("reason", "")),
        datetime.fromisoformat(expected) if expected and not signed else None, str(ended.get("reason", "")),
    )  # fmt: skip


def _collected(case: Case) -> tuple[Staff | None, datetime | None]:
    """Who has the slip since when: who came for it, else the one of the crew who was told at once."""
    batch: Batch | None = case.order.batch
    if batch is not None and batch.collector is not None:
        return batch.collector, batch.collected_at
    return case.order.worker, case.order.issued_at
