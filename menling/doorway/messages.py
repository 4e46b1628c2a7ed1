"""Messages to a member of staff: the own ones and those to a role held in an office."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from menling.journal.models import Outgoing, Seen
from menling.kernel.actor import Actor
from menling.premises.models import Office

NEWEST = 500
"""So many messages back somebody is shown what was told, to the own name and to the roles of an office: not all of history."""


def messages_for(by: Actor, office: Office) -> QuerySet[Outgoing]:
    """Return the messages of an office somebody should read, the newest first, with their cases.

    `read` tells whether this person has: what one holder of a role has read is still unread to the others.
    """
    roles = sorted(role.value for role in by.roles_in(office.pk))
    here = Outgoing.objects.filter(office=office).order_by("-pk")
    mine = here.filter(staff_id=by.id).values("pk")[:NEWEST]
    to_roles = here.filter(pk__in=here.filter(staff_id__isnull=True).values("pk")[:NEWEST], roles__overlap=roles)
    read = Q(seen_at__isnull=False) | Exists(Seen.objects.filter(message=OuterRef("pk"), staff_id=by.id))
    told = mine.union(to_roles.order_by().values("pk"), all=True)  # each part from its own index
    rows = Outgoing.objects.filter(pk__in=told).annotate(read=read)  # type: ignore[no-redef]  # declared there
    return rows.select_related("case", "case__unit__building", "case__office", "case__order").order_by("-pk")


def unread(by: Actor, office: Office, most: int) -> int:
    """Count the unread ones among the newest `most` messages."""
    return sum(not row.read for row in messages_for(by, office).select_related(None).only("pk")[:most])


def mark_seen(by: Actor, office: Office, numbers: list[int], at: datetime) -> int:
    """Note that somebody read messages; return how many were new. Those of others stay as they are."""
    rows = [row for row in messages_for(by, office).filter(pk__in=numbers) if not row.read]
    Outgoing.objects.filter(pk__in=[row.pk for row in rows if row.staff_id == by.id]).update(seen_at=at)
    told = [Seen(message=row, staff_id=by.id, at=at) for row in rows if row.staff_id != by.id]
    Seen.objects.bulk_create(told, ignore_conflicts=True)
    return len(rows)
