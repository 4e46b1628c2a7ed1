"""What a desk has to ask about at the end of the day, and what was late in a month."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Q

from menling.closing.models import ClosingSheet
from menling.journal.models import Case, Deadline, Event
from menling.journal.sweep import clock_of
from menling.kernel.calendars import month_of
from menling.policies.values import values_for
from menling.premises.models import Office, Staff
from menling.procedures.closing_sheet import SIGNED_OFF, WORK_DONE, answer_stands, answers_for, registers_of
from menling.procedures.repair_policy import RepairPolicy

MOST = 1000


def unsigned(office: Office, desk: str, at: datetime) -> list[dict[str, Any]]:
    """Return the lines of a desk's sheet now: every order of today not signed off, and every older one without an answer
    that still stands (HS-4.3.4). The words are those of the order's last `explain`."""
    values = values_for(office, at)
    begin = values.calendar.at(values.calendar.local(at).date(), time.min)
    kinds = registers_of(desk, values.policy(RepairPolicy).desk)
    open_now = Case.objects.filter(office=office, kind__in=kinds, closed_at__isnull=True, reported_at__lte=at)
    rows = list(open_now.exclude(status__in=SIGNED_OFF).select_related("unit").order_by("reported_at", "pk")[:MOST])
    said = _last_words(rows)
    takers = Staff.objects.in_bulk({case.assignee_id for case in rows if case.assignee_id})
    lines = [(case, _line(case, said.get(case.pk), takers.get(case.assignee_id or 0), at)) for case in rows]
    return [line for case, line in lines if case.reported_at >= begin or not line["answered"]]


def _last_words(rows: Sequence[Case]) -> dict[int, Event]:
    said = Event.objects.filter(case__in=[case.pk for case in rows], verb="explain").order_by("pk")
    return {event.case_id: event for event in said}


def _line(case: Case, said: Event | None, taker: Staff | None, at: datetime) -> dict[str, Any]:
    facts = said.facts if said else {}
    finished = case.status in WORK_DONE
    expected = datetime.fromisoformat(facts["expected_at"]) if facts.get("expected_at") else None
    return {
        "number": case.number, "kind": case.kind, "status": case.status, "unit": case.unit.said if case.unit else "",
        "taker": taker.number if taker else "", "taker_name": taker.name if taker else "", "finished": finished,
        "reason": facts.get("reason", ""), "expected_at": facts.get("expected_at"), "plan": facts.get("plan", ""),
        "explained_at": said.happened_at.isoformat() if said else None,
        "answered": answer_stands(finished, facts.get("reason", ""), expected, at),
    }  # fmt: skip


@dataclass(frozen=True)
class Late:
    """One thing that was late in a month: who answers for it, the case, what was promised by which clause and when, when it
    was kept (None: not yet), and the complaints that hang on the order. Facts, not guilt."""

    who: str
    number: str
    kind: str
    promise: str
    clause: str
    due_at: datetime
    kept_at: datetime | None
    complaints: tuple[str, ...]


def late_in(office: Office, month: date, now: datetime) -> list[Late]:
    """Return the promises broken and the answers not given in time in a month, by who answers for them (HS-4.3.6)."""
    calendar = values_for(office, now).calendar
    begin, end = month_of(month, calendar.zone)
    found = [*_broken(office, begin, end), *_unanswered(office, begin, min(end, now))]
    return sorted(found, key=lambda each: (each.who, each.due_at, each.number))


def _broken(office: Office, begin: datetime, end: datetime) -> Iterator[Late]:
    rows = Deadline.objects.filter(office=office, broken_at__gte=begin, broken_at__lt=end).select_related("case")
    rows = rows.order_by("broken_at", "pk")
    people = Staff.objects.in_bulk({row.case.assignee_id for row in rows if row.case.assignee_id})
    complaints = _complaints({row.case_id for row in rows})
    for row in rows:
        clock = clock_of(row.case.kind, row.key)
        who = people.get(row.case.assignee_id or 0)
        yield Late(
            answers_for(f"{who.name} {who.number}" if who else "", "desk"), row.case.number, row.case.kind,
            clock.promise if clock else row.key, row.clause, row.due_at, row.met_at, complaints.get(row.case_id, ()),
        )  # fmt: skip


def _complaints(cases: set[int]) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for parent, number in Case.objects.filter(parent__in=cases, kind="complaint").values_list("parent_id", "number"):
        found[parent] = (*found.get(parent, ()), number)
    return found


UNANSWERED = "unanswered"
"""Stands for the promise of an answer that was not given by the end of work."""


def _unanswered(office: Office, begin: datetime, end: datetime) -> Iterator[Late]:
    rows = ClosingSheet.objects.filter(Q(due_at__gte=begin) & Q(due_at__lt=end), office=office).select_related("case")
    for sheet in rows.order_by("due_at", "pk"):
        for line in sheet.lines:
            if line.get("signed_off"):
                continue
            said = datetime.fromisoformat(line["explained_at"]) if line["explained_at"] and line["answered"] else None
            if said is None or said > sheet.due_at:
                who = answers_for(f"{line['taker_name']} {line['taker']}".strip(), sheet.desk)
                yield Late(who, line["number"], line["kind"], UNANSWERED, "HS-4.3.4", sheet.due_at, said, ())
