"""The pick-ups: what waits is laid out for a team, and its appointed person signs for it (HS-4.1.1.3, HS-4.1.2.2)."""

from collections.abc import Callable
from datetime import datetime

from menling.journal.cases import open_case
from menling.journal.take import take
from menling.journal.taken import Taken, Tell
from menling.kernel.actor import Actor
from menling.kernel.refusal import Refused
from menling.kernel.words import Message, _
from menling.orders.models import Batch, Order
from menling.orders.pickups import waiting
from menling.policies.values import values_for
from menling.premises import names
from menling.premises.crew import named_of
from menling.premises.models import Office, Staff
from menling.procedures import PROCEDURES
from menling.procedures.batch import TEAMS, Status, Team, collected_by, of_this_team, something_to_pick_up

Steps = list[tuple[Batch, Taken]]


def preparing(team: Team) -> Callable[..., Steps]:
    """Return the command that lays out what waits for one team."""

    def prepare(office: Office, *, by: Actor, at: datetime, pick_up_at: datetime) -> Steps:
        """HS-4.1.1.3, HS-4.1.2.2  Lay out what came since the last pick-up for who comes. Once per pick-up."""
        row = PROCEDURES[team.batch].step("prepare", Status.NEW, by.roles_in(office.pk))
        if pick_up_at > at:
            raise Refused("MR-8", _("This pick-up is still to come."), field="pick_up_at")
        orders = waiting(team, office, pick_up_at)
        something_to_pick_up(len(orders), team)
        batch = _laid_out(team, office, at, pick_up_at, orders)
        text = Message(team.ready, {"number": batch.case.number, "count": len(orders)})
        facts = {"pick_up_at": pick_up_at, "orders": batch.entries}
        told = Tell(text, roles=tuple(role.value for role in team.told))
        return [(batch, take(batch, row, by=by, at=at, facts=facts, tell=(told,)))]

    return prepare


def _laid_out(team: Team, office: Office, at: datetime, pick_up_at: datetime, orders: list[Order]) -> Batch:
    values = values_for(office, at)
    batch = Batch(office=office, team=team.name, pick_up_at=pick_up_at, entries=[each.case.number for each in orders])
    batch.case = open_case(team.batch, office, at, year=values.calendar.local(at).year)
    batch.values = values
    batch.save(force_insert=True)
    Order.objects.filter(pk__in=[each.pk for each in orders]).update(batch=batch)
    return batch


def pick_up(batch: Batch, *, by: Actor, at: datetime, collector: str = "") -> Steps:
    """HS-4.1.1.3, HS-4.1.2.2  The team's appointed person signs; the desk may name by work number who came.

    Who signs with the own number and is of another crew is told so, rather than who else may sign.
    """
    team, held = TEAMS[batch.case.kind], by.roles_in(batch.case.office_id)
    if names.folded(collector).casefold() == by.number.casefold() != "":
        of_this_team(held, by.number, team)
    row = PROCEDURES[team.batch].step("pick_up", batch.case.status, held)
    collected_by(bool(held & team.roles), collector, team.clause)
    who = _of_team(team, batch, collector, at) if collector.strip() else Staff.objects.get(pk=by.id)
    batch.collector, batch.collected_at = who, at
    batch.save(update_fields=["collector", "collected_at"])
    return [(batch, take(batch, row, by=by, at=at, facts={"collector": who.number, "name": who.name, "orders": batch.entries}))]


def _of_team(team: Team, batch: Batch, number: str, at: datetime) -> Staff:
    on = batch.values.calendar.local(at).date()
    found = named_of(batch.case.office_id, team.roles, number, on)
    if found is not None:
        return found
    raise Refused(team.clause, team.stranger, status=422, worker=number[:40], field="collector")
