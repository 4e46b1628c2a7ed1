"""The calls of a desk: who called today, and whom somebody still has to call."""

from datetime import datetime

from django.db.models import Count, OuterRef, Q, Subquery, Window

from menling.journal.cases import visible_to
from menling.journal.models import Case, Deadline
from menling.kernel.actor import Actor
from menling.orders.models import Referral
from menling.premises.models import Office
from menling.procedures.referral import followed_by

CALLS = ("rebook", "new_appointment", "keep_time")
"""Promises of a repair that are kept with the telephone: apologise and agree a time (HS-4.3.1, EN-3.2, EN-2.7)."""
TOLD = "told"
"""That of what a department answered: whoever reported it hears of it (MR-39)."""
MOST = 12


def callers(office: Office, by: Actor, since: datetime) -> list[Case]:
    """Return what was reported or handed over since then, the newest first, each with home, order and referral: one query.

    What an order was handed on as is that order's line, which says with which `department` it is (MR-39).
    """
    rows = visible_to(by).filter(office=office, kind__in=("repair", "housekeeping", "alarm", "referral"), reported_at__gte=since)
    lying = Referral.objects.filter(case__parent=OuterRef("pk")).order_by("-pk").values("department")[:1]
    rows = rows.exclude(kind="referral", parent__isnull=False).annotate(department=Subquery(lying))
    return list(rows.select_related("unit", "order__worker", "referral").order_by("-reported_at", "-pk")[:MOST])


def owed(office: Office, by: Actor, desks: set[str]) -> list[Deadline]:
    """Return the running promises to call somebody that these desks keep, the one that breaks first on top: one query.

    Each has `whole`, how many there are, for no more than `MOST` are returned.
    """
    rows = Deadline.objects.filter(office=office, key__in=(*CALLS, TOLD), met_at__isnull=True, released_at__isnull=True)
    rows = rows.filter(~Q(key=TOLD) | Q(case__referral__to_desk__in=followed_by(desks)))
    seen = rows.filter(case__in=visible_to(by)).select_related("case__unit", "case__order__worker", "case__referral")
    return list(seen.annotate(whole=Window(Count("*"))).order_by("due_at", "pk")[:MOST])


def guided(office: Office, by: Actor, desks: set[str]) -> list[Case]:
    """Return what other desks handed to one of these and nobody took yet, the urgent on top: one query."""
    rows = visible_to(by).filter(office=office, kind="referral", closed_at__isnull=True, referral__to_desk__in=desks,
                                       referral__department="")  # fmt: skip
    return list(rows.select_related("referral").order_by("-referral__urgent", "reported_at", "pk")[:MOST])
