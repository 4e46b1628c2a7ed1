"""Who holds a role in an office on a day."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from menling.kernel.roles import Role
from menling.premises.models import Post, Staff


def employed(office_id: int, role: Role, on: date) -> QuerySet[Staff]:
    """Return the employed staff with a role in an office on a day; a post ends with its last day, not before."""
    held = Post.objects.filter(Q(until__isnull=True) | Q(until__gte=on), office_id=office_id, role=role, since__lte=on)
    return Staff.objects.filter(Exists(held.filter(staff=OuterRef("pk"))), is_active=True)
