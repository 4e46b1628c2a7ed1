"""What waits for somebody to bring people together: large repairs, work put right or continued, times a resident insists on."""

from django.db.models import Prefetch, Q

from menling.journal.cases import visible_to
from menling.journal.models import Case, Deadline
from menling.kernel.actor import Actor
from menling.premises.models import Office
from menling.procedures.repair import Status

STUCK = (Status.OBJECTED, Status.UNFINISHED, Status.WAITING)
OVER = (Status.FINISHED, Status.SIGNED, Status.REVIEWED, Status.SIGNED_OFF, Status.COMPLETED)
RUNNING = Deadline.objects.filter(met_at__isnull=True, released_at__isnull=True).order_by("due_at")
MOST = 200


def to_coordinate(by: Actor, office: Office) -> list[Case]:
    """Return the open orders a business lead helps along, the oldest first, each with its `running` promises.

    Large repairs not done yet, objections, work to be continued, missing material, and a time the resident insists on
    (HC-5.2.4, HC-5.3.7, EN-D.11, EN-4.6, EN-2.7).
    """
    insists = Deadline.objects.filter(office=office, key="keep_time", met_at__isnull=True, released_at__isnull=True)
    large = Q(kind="repair", order__size="big") & ~Q(status__in=OVER)
    rows = visible_to(by).filter(
        Q(status__in=STUCK) | large | Q(pk__in=insists.values("case_id")),
        office=office,
        kind__in=("repair", "housekeeping", "alarm"),
        closed_at__isnull=True,
    )
    related = rows.select_related("unit", "order", "order__worker")
    return list(related.prefetch_related(Prefetch("deadlines", RUNNING, to_attr="running")).order_by("reported_at", "pk")[:MOST])
