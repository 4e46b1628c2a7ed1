"""Which other office of the company could help: where somebody with the right work is on shift and free (OI-4.3)."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef

from menling.kernel.roles import Role
from menling.orders.models import Visit
from menling.premises.models import Office, Post, Shift

DOES = {"repair": (Role.REPAIR_WORKER,), "housekeeping": (Role.HOUSEKEEPER,), "alarm": (Role.ENGINEERING_CREW,)}
ANYBODY = (Role.REPAIR_WORKER, Role.HOUSEKEEPER)
MOST = 20


@dataclass(frozen=True)
class Elsewhere:
    """An office and how many of its fitting workers are on shift and free now."""

    code: str
    name: str
    free: int


def who_else(office: Office, wanted: str, now: datetime) -> list[Elsewhere]:
    """Return the other offices of the company with free workers for what is wanted, the most of them first, in one query."""
    post = Post.objects.filter(staff=OuterRef("staff"), office=OuterRef("office"), role__in=DOES.get(wanted, ANYBODY),
                               until__isnull=True)  # fmt: skip
    busy = Visit.objects.filter(worker=OuterRef("staff"), active=True, planned__startswith__lte=now)
    on = Shift.objects.filter(starts_at__lte=now, ends_at__gt=now, office__company=office.company_id, staff__is_active=True)
    rows = on.exclude(office=office).filter(Exists(post), ~Exists(busy)).values_list("office__code", "office__name")
    counted = rows.annotate(free=Count("staff", distinct=True)).order_by("-free", "office__code")
    return [Elsewhere(*each) for each in counted[:MOST]]
