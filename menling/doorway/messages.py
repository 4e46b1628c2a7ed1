"""Messages to a member of staff: the own ones and those to a role held in an office."""

from datetime import datetime

from django.db.models import Q, QuerySet

from menling.journal.models import Outgoing
from menling.kernel.actor import Actor
from menling.premises.models import Office


def messages_for(by: Actor, office: Office) -> QuerySet[Outgoing]:
    """Return the messages of an office somebody should read, the newest first, with their cases."""
    roles = sorted(role.value for role in by.roles_in(office.pk))
    mine = Q(staff_id=by.id) | Q(roles__overlap=roles)
    return Outgoing.objects.filter(mine, office=office).select_related("case", "case__unit").order_by("-pk")


def mark_seen(by: Actor, office: Office, numbers: list[int], at: datetime) -> int:
    """Note that messages were read; return how many were new. Those of others stay as they are."""
    mine = messages_for(by, office).filter(pk__in=numbers, seen_at__isnull=True).values_list("pk", flat=True)
    return Outgoing.objects.filter(pk__in=list(mine)).update(seen_at=at)
