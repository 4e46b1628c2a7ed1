"""What is not finished in time becomes a coordination order by itself, and a missed check falls due again (EN-D.4, EN-D.7)."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from menling.journal.models import Case, Deadline
from menling.journal.when import When
from menling.kernel.actor import SYSTEM
from menling.kernel.refusal import Refused
from menling.kinds import KINDS
from menling.reactions import perform
from menling.tracking.commands import tracking

REPAIR, COORDINATION = KINDS["repair"], KINDS["coordination"]
CONVERTING = ("track_home", "track_public", "track_public_sent", "track_warranty")
RENEWED = {"lead_review": tracking.renew_review, "supervision": tracking.renew_supervision}
MOST = 500


def track(at: datetime) -> list[str]:
    """Open a coordination order for every repair whose time has run out, and renew the checks that were missed.

    What is due exactly now is not late. Twice is once: a repair that is tracked is left alone, the keys name the promises.
    """
    return [*_convert(at), *_renew(at)]


def _convert(at: datetime) -> Iterator[str]:
    tracked = Case.objects.filter(kind="coordination", parent=OuterRef("case"), closed_at__isnull=True)
    rows = _open().filter(key__in=CONVERTING, counted=False, paused_at__isnull=True, due_at__lt=at, case__closed_at__isnull=True)
    for row in rows.exclude(Exists(tracked)).order_by("due_at", "pk")[:MOST]:
        key = f"track:{row.pk}"
        try:
            perform(REPAIR.commands["coordinate"], row.case, kind=REPAIR, by=SYSTEM, at=When(at, at), key=key,
                    facts={"reason": "", "tracker": "", "owner_told": False})  # fmt: skip
        except Refused as refusal:
            yield f"{row.case.number}: {refusal}"
        else:
            yield f"{row.case.number} is tracked from now on ({row.clause})"


def _renew(at: datetime) -> Iterator[str]:
    rows = _open().filter(key__in=tuple(RENEWED), case__kind="coordination", broken_at__isnull=False, broken_at__lt=at)
    for row in rows.order_by("due_at", "pk")[:MOST]:
        try:
            perform(RENEWED[row.key], row.case, kind=COORDINATION, by=SYSTEM, at=When(at, at), key=f"renew:{row.pk}", facts={})
        except Refused as refusal:
            yield f"{row.case.number}: {refusal}"
        else:
            yield f"{row.case.number}: {row.key} is due again"


def _open() -> QuerySet[Deadline]:
    rows = Deadline.objects.filter(met_at__isnull=True, released_at__isnull=True)
    return rows.select_related("case", "case__office")
