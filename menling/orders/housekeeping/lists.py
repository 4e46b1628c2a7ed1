"""Lists of housekeeping: the register of a day, the jobs of each person, and who could not record them on a phone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q

from menling.journal.models import Case, Event
from menling.orders.models import Batch, Referral, Visit
from menling.premises.models import Office, Staff, Token

APP = "doorstep"
"""How the names of the tokens begin that the worker's app logs in with."""
TOLD = ("decline", "cancel", "carry_over", "move", "sign_off")
Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class RegisterLine:
    """One order in the housekeeping register: who came for it, who went, why not, and when it goes on (HS-4.1.1, HS-4.3.4)."""

    case: Case
    collected_by: str
    workers: tuple[str, ...]
    declined: str
    unsigned: str
    expected_at: datetime | None
    plan: str


def register_lines(office: Office, within: Span) -> list[RegisterLine]:
    """Return the housekeeping orders reported in a time, as the columns of the paper form stand, in four queries."""
    rows = Case.objects.filter(office=office, kind="housekeeping", reported_at__gte=within[0], reported_at__lt=within[1])
    cases = list(rows.select_related("unit", "order", "order__worker").order_by("reported_at", "pk"))
    told: dict[int, dict[str, dict[str, Any]]] = {}
    for event in Event.objects.filter(verb__in=TOLD, case__in=[case.pk for case in cases]).order_by("pk"):
        told.setdefault(event.case_id, {})[event.verb] = event.facts
    batches = Batch.objects.select_related("collector").in_bulk({case.order.batch_id for case in cases if case.order.batch_id})
    names = {each.pk: each.name for each in Staff.objects.filter(pk__in={pk for case in cases for pk in case.crew})}
    return [_line(case, told.get(case.pk, {}), batches.get(case.order.batch_id), names) for case in cases]


def _line(case: Case, told: dict[str, dict[str, Any]], batch: Batch | None, names: dict[int, str]) -> RegisterLine:
    carried, ended = told.get("carry_over", {}), told.get("decline") or told.get("cancel") or {}
    next_at = carried.get("next_at")
    return RegisterLine(
        case, batch.collector.name if batch and batch.collector else "", tuple(names[each] for each in case.crew),
        str(ended.get("reason", "")), "" if "sign_off" in told else str(carried.get("reason", "")),
        datetime.fromisoformat(next_at) if next_at else None, str(carried.get("handler", "")),
    )  # fmt: skip


def repairs_passed_on(office: Office, within: Span) -> list[Referral]:
    """Return the repairs that residents asked the housekeeping desk for and that went to the control centre (HS-4.1.3)."""
    rows = Referral.objects.filter(case__office=office, wanted="repair", to_desk="control_centre",
                                   case__reported_at__gte=within[0], case__reported_at__lt=within[1])  # fmt: skip
    return list(rows.select_related("case", "became").order_by("case__reported_at", "pk"))


def jobs(office: Office, within: Span) -> list[Visit]:
    """Return the trips of housekeepers planned or made in a time, person by person, in the order of the day."""
    planned = Q(planned__startswith__gte=within[0], planned__startswith__lt=within[1])
    meant = planned & (Q(active=True) | Q(arrived_at__isnull=False))
    rows = Visit.objects.filter(meant, order__case__office=office, order__case__kind="housekeeping")
    return list(rows.select_related("worker", "order__case", "order__unit").order_by("worker__number", "planned", "pk"))


def made(office: Office, within: Span) -> list[Visit]:
    """Return the trips on which housekeepers were at the home in a time, person by person (HA-3)."""
    rows = Visit.objects.filter(order__case__office=office, order__case__kind="housekeeping", arrived_at__gte=within[0],
                                arrived_at__lt=within[1])  # fmt: skip
    return list(rows.select_related("worker", "order__case", "order__unit").order_by("worker__number", "arrived_at", "pk"))


def without_app(visits: Iterable[Visit], now: datetime) -> list[Sequence[Visit]]:
    """Return the trips order by order, of orders nobody of whose crew is logged in to the app now."""
    found: dict[int, list[Visit]] = {}
    for visit in sorted(visits, key=lambda each: (each.planned.lower, each.order_id, each.pk)):
        found.setdefault(visit.order_id, []).append(visit)
    with_app = _with_app({visit.worker_id for crew in found.values() for visit in crew}, now)
    return [crew for crew in found.values() if not any(visit.worker_id in with_app for visit in crew)]


def _with_app(people: set[int], now: datetime) -> set[int]:
    live = Token.objects.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=now), staff=OuterRef("pk"), name__startswith=APP,
                                revoked_at__isnull=True)  # fmt: skip
    return set(Staff.objects.filter(Exists(live), pk__in=people).values_list("pk", flat=True))
