"""Who is called out when nobody of a trade is on shift: the list of the night, one after the other."""

from datetime import datetime

from menling.kernel.roles import Role
from menling.kernel.words import _
from menling.premises.administration.covering import on_call
from menling.premises.models import OnCall, Post, Shift

ON_CALL = _("Emergency at {unit}: {number}. You are on call; please answer the control centre now.")


def night_list(office_id: int, role: Role, local: datetime) -> list[OnCall]:
    """Return who is on call at a local time, the first one first; nobody while somebody of that role is on shift."""
    posts = Post.objects.filter(office_id=office_id, role=role, until__isnull=True).values("staff_id")
    on = Shift.objects.filter(office_id=office_id, starts_at__lte=local, ends_at__gt=local, staff__in=posts)
    return [] if on.exists() else on_call(office_id, local)
