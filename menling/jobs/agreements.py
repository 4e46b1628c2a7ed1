"""Agreements each morning: the visits of the days ahead, the renewals to ask about, those that are over (HS-4.1.1.3, MR-17)."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from menling.agreements.days import fell_out, to_file
from menling.agreements.models import Agreement
from menling.journal.models import Deadline
from menling.journal.when import When
from menling.kernel.actor import SYSTEM
from menling.kernel.refusal import Refused
from menling.kinds import KINDS
from menling.policies.values import values_for
from menling.procedures.agreement import AGREEMENT, LIVING, SERVED
from menling.procedures.agreement_rules import renewal_day
from menling.reactions import perform

KIND = KINDS[AGREEMENT.kind]


def file_visits(at: datetime) -> list[str]:
    """File the visits that are due, note those that fell out, remind of a renewal, end what is over.

    Twice is once: the keys name agreement and day.
    """
    rows = Agreement.objects.filter(case__kind=AGREEMENT.kind, case__status__in=LIVING, case__closed_at__isnull=True)
    living = rows.select_related("case", "case__office", "unit").prefetch_related("days").order_by("case__office__code", "pk")
    return [line for agreement in living.iterator(200) for line in _of(agreement, at)]


def _of(agreement: Agreement, at: datetime) -> Iterator[str]:
    agreement.values = values_for(agreement.case.office, agreement.valued_at)
    if agreement.case.status in SERVED and fell_out(agreement, at):
        yield _do(agreement, "miss", at, f"agreements:miss:{agreement.pk}:{at.isoformat()}")
    if agreement.last_day < agreement.values.calendar.local(at).date():
        yield _do(agreement, "end", at, f"agreements:end:{agreement.pk}:{agreement.last_day}")
        return
    if _to_remind(agreement, at):
        yield _do(agreement, "remind", at, f"agreements:remind:{agreement.pk}:{agreement.last_day}")
    for day in to_file(agreement, at):
        yield _do(agreement, "lay_out", at, _key(agreement, day), day=day)


def _to_remind(agreement: Agreement, at: datetime) -> bool:
    """Tell whether the morning has come on which the customer is to be asked, nobody asked yet, and it was not said yet."""
    policy = agreement.policy
    morning = agreement.values.calendar.at(renewal_day(agreement.until, policy), policy.filed_at)
    asked = Deadline.objects.filter(case=agreement.case, key="renewal", met_at__isnull=True, released_at__isnull=True)
    said = agreement.case.events.filter(verb="remind")
    return morning <= at and asked.exists() and not said.exists()


def _key(agreement: Agreement, day: date) -> str:
    return f"agreements:{agreement.pk}:{day}"


def _do(agreement: Agreement, verb: str, at: datetime, key: str, **facts: Any) -> str:
    number = agreement.case.number
    try:
        perform(KIND.commands[verb], agreement.case, kind=KIND, by=SYSTEM, at=When(at, at), key=key, facts=facts)
    except Refused as refusal:
        return f"{number}: {refusal}"
    return f"{number}: {verb} {facts.get('day', '')}".strip()
