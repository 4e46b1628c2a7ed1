"""What stands open in an office at the end of a shift."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from menling.journal.models import Case, Deadline
from menling.premises.models import Office
from menling.procedures.closing_sheet import DESKS
from menling.procedures.repair import Status

ORDERS = ("repair", "housekeeping", "alarm")
PAPER_ONLY = (Status.SIGNED, Status.REVIEWED, Status.SIGNED_OFF, Status.COMPLETED)
"""The work is done; only the paper is still on its way."""
MOST = 500


@dataclass(frozen=True)
class Standing:
    """Numbers of the open orders, of those of them that are late, and of the cash not yet with finance."""

    orders: list[str]
    late: list[str]
    envelopes: list[str]


def standing(office: Office, now: datetime) -> Standing:
    """Return what is open in an office now, the oldest first."""
    open_here = Case.objects.filter(office=office, closed_at__isnull=True).order_by("reported_at", "pk")
    broken = Q(broken_at__isnull=False) | Q(counted=True, paused_at__isnull=True, due_at__lt=now)
    late = Deadline.objects.filter(broken, case=OuterRef("pk"), met_at__isnull=True, released_at__isnull=True)
    rows = open_here.filter(kind__in=ORDERS).exclude(status__in=PAPER_ONLY).annotate(is_late=Exists(late))
    orders = list(rows.values_list("number", "is_late")[:MOST])
    envelopes = open_here.filter(kind="handover").values_list("number", flat=True)
    return Standing([each for each, _late in orders], [each for each, is_late in orders if is_late], list(envelopes[:MOST]))


def open_sheets(office: Office) -> dict[str, str]:
    """Return the number of the newest closing sheet of each desk, by desk, while it is open (HS-4.3.4).

    Older ones still open name nothing that the newest does not, and their promise is broken already.
    """
    # by the sheet's own columns, in the order of its index: the newest of a desk is one look, however many there were
    rows = Case.objects.filter(closingsheet__office=office).order_by("-closingsheet__day", "-closingsheet__due_at")
    newest = {desk: rows.filter(closingsheet__desk=desk).first() for desk in DESKS}
    return {desk: case.number for desk, case in newest.items() if case is not None and case.closed_at is None}
