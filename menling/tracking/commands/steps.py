"""What every command on a coordination order shares."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import Q, QuerySet

from menling.journal.models import Case
from menling.journal.take import take
from menling.journal.taken import Taken, Tell
from menling.kernel.actor import Actor
from menling.kernel.procedure import Step
from menling.kernel.refusal import Refused
from menling.kernel.roles import OUTSIDE, Role
from menling.kernel.words import Message, _
from menling.premises import names
from menling.premises.models import Office, Post, Staff
from menling.procedures.coordination import COORDINATION
from menling.procedures.repair import UNDONE
from menling.tracking.models import Coordination

Steps = list[tuple[Coordination, Taken]]


def roles_on(order: Coordination, by: Actor) -> frozenset[Role]:
    """Return the roles of somebody on a coordination order: its tracker is who was named, and nobody else."""
    held = by.roles_in(order.case.office_id) - {Role.TRACKER}
    return held | {Role.TRACKER} if by.kind == "staff" and by.id == order.tracker_id else held


def step(order: Coordination, verb: str, by: Actor) -> Step:
    """Return the row of the table for `verb` now. Errors: `Refused` 403 or 409 with the clause."""
    return COORDINATION.step(verb, order.case.status, roles_on(order, by))


def unfinished(case: Case) -> Case | None:
    """Return the order under a coordination order while its work is not done, or nothing."""
    order = case.parent
    return order if order is not None and order.closed_at is None and order.status in UNDONE else None


def taken(
    order: Coordination, row: Step, by: Actor, at: datetime, *changed: str, tell: tuple[Tell, ...] = (),
    facts: Mapping[str, object] | None = None, **more: object,
) -> Steps:  # fmt: skip
    """Save the changed fields and take the step."""
    if changed:
        order.save(update_fields=changed)
    return [(order, take(order, row, by=by, at=at, facts={**(facts or {}), **more}, tell=tell))]


def trackers(office: Office, on: date) -> list[tuple[str, str]]:
    """Return work number and name of everybody who may be named on a day, by number: one query."""
    return sorted({(post.staff.number, post.staff.name) for post in _held(office, on)})


def _held(office: Office, on: date) -> QuerySet[Post]:
    """Anybody employed in the office may be named, and nobody from outside the company (EN-D.4)."""
    posts = Post.objects.filter(Q(until__isnull=True) | Q(until__gte=on), office=office, staff__is_active=True, since__lte=on)
    return posts.exclude(role__in=OUTSIDE).select_related("staff")


def somebody(order: Coordination, number: str | int, at: datetime) -> Staff:
    """Return an employed person of the office by work number: anybody may be named. Errors: `Refused` EN-D.4 (422)."""
    on = order.values.calendar.local(at).date()
    text = names.folded(str(number))
    post = _held(order.case.office, on).filter(staff__number__iexact=text).first()
    if post is not None:
        return post.staff
    raise Refused(
        "EN-D.4", _("Nobody with the number {number} works in this office. Name the one who tracks it."), status=422,
        number=text[:20], field="tracker",
    )  # fmt: skip


def home_of(order: Coordination) -> str:
    """Return the home a coordination order is about: whoever is told of it may have to go there."""
    return order.case.unit.said if order.case.unit else ""


def tell_tracker(order: Coordination, sentence: str, **values: object) -> tuple[Tell, ...]:
    """Return a message to the tracker, or nothing while there is none."""
    if order.tracker_id is None:
        return ()
    return (Tell(Message(sentence, {"number": order.case.number} | values), staff=order.tracker_id),)
