"""Whom a message is for: a member of staff, everybody who holds one of its roles that day, or a phone."""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from menling.journal.models import Outgoing
from menling.mail.wording import Values
from menling.orders.addresses import Reader, estate_of
from menling.premises.actors import staff_actor
from menling.premises.models import Post, Staff
from menling.procedures.privacy import for_a_group


def readers(message: Outgoing, at: datetime) -> list[Staff]:
    """Return the staff a message is for; a message to a phone has none."""
    employed = Staff.objects.filter(is_active=True).select_related("reach").order_by("pk")
    if message.staff_id is not None:
        return list(employed.filter(pk=message.staff_id))
    if not message.roles:
        return []
    holding = _posts(message, at).filter(role__in=message.roles).values("staff_id")
    return list(employed.filter(pk__in=holding, company_id=message.office.company_id))


def roles_of(message: Outgoing, people: Iterable[Staff], at: datetime) -> frozenset[str]:
    """Return the roles a message concerns: those it is for, else those its reader holds in the office."""
    if message.roles:
        return frozenset(message.roles)
    return frozenset(_posts(message, at).filter(staff__in=people).values_list("role", flat=True))


def reader_of(message: Outgoing, staff: Staff, at: datetime) -> Reader:
    """Return somebody as a reader of the homes a message names, now (OI-4.2)."""
    return Reader(staff_actor(staff, _today(message, at)), at)


def told_in(message: Outgoing) -> Values:
    """Return the values of a message as a group may read them: without home, and without what was typed (OI-4.2).

    A public place is nobody's home, and what stands for one may be the number of the case.
    """
    whole: Values = message.values
    case = message.case
    named = whole.get("unit", "")
    if case is None or named == case.number or (case.unit is not None and case.unit.is_public):
        return for_a_group(whole, named)
    return for_a_group(whole, estate_of(case))


def _today(message: Outgoing, at: datetime) -> date:
    return at.astimezone(ZoneInfo(message.office.zone)).date()


def _posts(message: Outgoing, at: datetime) -> QuerySet[Post]:
    today = _today(message, at)
    here = Q(office=message.office_id) | Q(office__isnull=True)
    return Post.objects.filter(here, Q(until__isnull=True) | Q(until__gte=today), since__lte=today)
