"""Who is called out for an emergency: the list of the day, one after the other, and whether the crew is on shift."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from menling.kernel.roles import Role
from menling.kernel.words import _
from menling.premises.administration.covering import on_call
from menling.premises.models import OnCall, Post, Shift

ON_CALL = _("Emergency at {unit}: {what} ({number}). You are on call; please answer the control centre now.")


def what_it_is(content: str, emergency: Mapping[str, Any]) -> str:
    """Return what somebody called out is told of an emergency: what was reported, and what is dangerous there (HC-5.2.5)."""
    return " · ".join(each for each in (content, emergency.get("hazards", "")) if each)


def night_list(office_id: int, role: Role, local: datetime) -> list[OnCall]:
    """Return who is on call at a local time, the first one first; nobody while somebody of that role is on shift."""
    return [] if on_shift(office_id, role, local) else on_call(office_id, local)


def on_shift(office_id: int, role: Role, at: datetime) -> bool:
    """Tell whether anybody who holds a role in an office is on shift."""
    posts = Post.objects.filter(office_id=office_id, role=role, until__isnull=True).values("staff_id")
    return Shift.objects.filter(office_id=office_id, starts_at__lte=at, ends_at__gt=at, staff__in=posts).exists()
