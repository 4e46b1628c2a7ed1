"""Who can be sent: of the right trade, on shift, free, and known at this home."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Count, Exists, OuterRef, Q, Subquery

from menling.kernel.roles import Role
from menling.orders.models import Order, Visit
from menling.premises.administration.covering import MOST_ON_CALL, on_call
from menling.premises.crew import employed
from menling.premises.models import Shift, Staff
from menling.procedures.trades import fitting

GOES = {"repair": Role.REPAIR_WORKER, "housekeeping": Role.HOUSEKEEPER, "alarm": Role.ENGINEERING_CREW}
"""Who is sent on which kind of order."""


@dataclass(frozen=True)
class Candidate:
    """A worker who could go: on shift then, free then or from when, which skills the job asks for, how often here before."""

    number: str
    name: str
    on_shift: bool
    free: bool
    free_from: datetime | None
    skills: tuple[str, ...]
    fitting: tuple[str, ...]
    been_here: int
    open_visits: int
    on_call: int = 0
    """Place on the list of the night, where nobody is on shift then; 0 for everybody else."""


def candidates(order: Order, now: datetime) -> list[Candidate]:
    """Return the workers of the order's kind and office but the one sent alone, in a fixed number of queries.

    Who can go then, being on shift and free, comes before who cannot, so that nobody is sent in vain; among them who has
    the trade the report asks for, and then who has been there before. Of a crew one may stay while another goes.
    """
    begins = max(now, order.visit_at) if order.visit_at and not order.at_once else now
    planned = DateTimeTZRange(begins, begins + timedelta(minutes=order.policy.planned_minutes))
    office = order.case.office_id
    # who runs over is not free yet, whatever was planned
    soon = begins < now + timedelta(minutes=order.policy.planned_minutes)
    taken = Q(planned__overlap=planned) | (Q(planned__startswith__lte=now) if soon else Q(pk__in=()))
    busy = Visit.objects.filter(taken, worker=OuterRef("pk"), active=True).exclude(order=order)
    ends = busy.order_by("-planned__endswith").values("planned__endswith")
    on = Shift.objects.filter(staff=OuterRef("pk"), office_id=office, starts_at__lte=begins, ends_at__gt=begins)
    rows = (
        employed(office, GOES[order.case.kind], order.values.calendar.local(begins).date())
        .exclude(pk=(order.worker_id or 0) if order.case.kind != "housekeeping" else 0)
        .annotate(busy=Exists(busy), on_shift=Exists(on), until=Subquery(ends[:1]))
        .prefetch_related("skills")
    )
    load = _load([row.pk for row in rows], order)
    manned = any(row.on_shift for row in rows)
    called = {} if manned else {each.staff_id: each.rank for each in on_call(office, order.values.calendar.local(begins))}
    found = (_candidate(row, load.get(row.pk, (0, 0)), order, now, called.get(row.pk, 0)) for row in rows)
    return sorted(found, key=_rank)


def _rank(each: Candidate) -> tuple[bool, int, int, bool, bool, int, int, str]:
    ready = each.on_shift and each.free
    return (
        not ready,
        each.on_call or MOST_ON_CALL + 1,
        -len(each.fitting),
        not each.on_shift,
        not each.free,
        -each.been_here,
        each.open_visits,
        each.number,
    )


def _load(workers: list[int], order: Order) -> dict[int, tuple[int, int]]:
    rows = (
        Visit.objects.filter(worker_id__in=workers)
        .filter(Q(active=True) | Q(order__unit_id=order.unit_id))
        .values("worker_id")
        .annotate(
            running=Count("pk", filter=Q(active=True)),
            here=Count("pk", filter=Q(order__unit_id=order.unit_id, active=False)),
        )
    )
    return {row["worker_id"]: (row["running"], row["here"]) for row in rows}


def _candidate(row: Staff, load: tuple[int, int], order: Order, now: datetime, called: int) -> Candidate:
    running, here = load
    until: datetime | None = row.until  # type: ignore[attr-defined]
    skills = tuple(sorted(skill.name for skill in row.skills.all()))
    busy: bool = row.busy  # type: ignore[attr-defined]
    on_shift: bool = row.on_shift  # type: ignore[attr-defined]
    return Candidate(
        number=row.number, name=row.name, on_shift=on_shift, free=not busy,
        free_from=until if until is not None and until > now else None,
        skills=skills, fitting=fitting(skills, order.content), been_here=here, open_visits=running,
        on_call=called,
    )  # fmt: skip
