"""The repair register of a day, line by line, as its columns stand in the paper form (HS-4.2.3, HS-4.3.4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from menling.journal.models import Case, Event
from menling.orders.models import Order, RegisterCopy
from menling.orders.served import BOOKING, WORK
from menling.premises.models import Office
from menling.procedures.repair import Status

DONE = frozenset({Status.SIGNED, Status.REVIEWED, Status.SIGNED_OFF, Status.COMPLETED, Status.ARCHIVED})
TOLD = ("decline", "carry_over", "answer", "verify", "sign_off", "cancel", "explain", *BOOKING, *WORK)


@dataclass(frozen=True)
class Line:
    """One repair in the register: the case and order, what was said about it on the way, and the last call after the work."""

    case: Case
    order: Order
    declined: str
    unsigned: str
    expected_at: datetime | None
    plan: str
    verified: str
    signed_off_at: datetime | None
    call: Event | None
    instead: str = ""
    """Why the office confirmed the booking in the resident's place; a reason, or ``phone``."""
    on_paper: bool = False

    @property
    def to_call(self) -> bool:
        """Tell whether the service desk calls back: the work is done, or was declined."""
        return self.case.status in DONE

    @property
    def reached(self) -> bool:
        """Tell whether somebody called back and the resident answered."""
        return self.call is not None and self.call.facts["follow_up"] == "reached"

    @property
    def must_call(self) -> bool:
        """Tell whether the call may not be left out: somebody confirmed work or booking instead of the resident, or put the
        slip the resident signed on file (CF-22, MR-49)."""
        return self.to_call and bool(self.order.attested or self.instead or self.on_paper)


def lines(office: Office, numbers: Sequence[str]) -> list[Line]:
    """Return the lines of a register in the order of the numbers, in two queries."""
    rows = Case.objects.filter(office=office, kind__in=("repair", "housekeeping"), number__in=numbers)
    rows = rows.select_related("unit", "order", "order__worker")
    cases = {case.number: case for case in rows}
    told: dict[int, dict[str, Event]] = {}
    meant = Q(verb__in=TOLD) | Q(verb="note", facts__has_key="follow_up")
    for event in Event.objects.filter(meant, case__in=[case.pk for case in cases.values()]).order_by("pk"):
        told.setdefault(event.case_id, {})[event.verb] = event
    return [_line(cases[number], told.get(cases[number].pk, {})) for number in numbers if number in cases]


def _line(case: Case, told: dict[str, Event]) -> Line:
    facts: dict[str, dict[str, Any]] = {verb: event.facts for verb, event in told.items()}
    carried, ended = facts.get("carry_over", {}), facts.get("decline") or facts.get("cancel") or {}
    said = facts.get("explain", {})
    next_at = said.get("expected_at") or carried.get("next_at")
    signed, agreed = told.get("sign_off"), facts.get("consent", {})
    stands = max((told[verb] for verb in WORK if verb in told), key=lambda event: event.pk, default=None)
    return Line(
        case, case.order, str(ended.get("reason", "")), "" if signed else str(said.get("reason") or carried.get("reason", "")),
        datetime.fromisoformat(next_at) if next_at else None, str(said.get("plan") or facts.get("answer", {}).get("plan", "")),
        str(facts.get("verify", {}).get("result", "")),
        signed.happened_at if signed else None, told.get("note"),
        str(agreed.get("not_signed", "")) if agreed.get("follow_up") == "mandatory" else "",
        stands is not None and stands.verb == "sign_on_paper",
    )  # fmt: skip


def copy_of(office: Office, day: date) -> RegisterCopy | None:
    """Return the copy of a day's register, prepared or delivered, or None."""
    return RegisterCopy.objects.select_related("case").filter(office=office, day=day).first()


def copies(office: Office, most: int = 31) -> list[RegisterCopy]:
    """Return the newest copies of an office."""
    return list(RegisterCopy.objects.select_related("case").filter(office=office).order_by("-day")[:most])


def to_call(rows: Sequence[Line]) -> list[Line]:
    """Return the lines the service desk calls back about: who must be called first, who was reached last."""
    return sorted((row for row in rows if row.to_call), key=lambda row: (row.reached, not row.must_call, row.call is not None))
