"""The pick-up of alarm orders by engineering (HS-4.1.2.2)."""

from datetime import datetime

from django.db.models import QuerySet

from menling.journal.cases import open_case
from menling.journal.take import take
from menling.journal.taken import Taken, Tell
from menling.kernel.actor import Actor
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role
from menling.kernel.words import Message, _
from menling.orders.models import Alarm, Batch
from menling.orders.queries import to_pick_up
from menling.policies.values import values_for
from menling.premises.crew import named_of
from menling.premises.models import Office, Staff
from menling.procedures.alarm import Status as Order
from menling.procedures.alarm_batch import ALARM_BATCH, TEAM, Status, collected_by, something_to_pick_up

Steps = list[tuple[Batch, Taken]]
ENGINEERING = "engineering"


def waiting(office: Office, until: datetime) -> QuerySet[Alarm]:
    """Return the orders accepted up to an instant that no pick-up has brought since, the first visit first."""
    return to_pick_up(Alarm.objects.filter(case__kind="alarm"), office, Order.ACCEPTED, until)


def prepare(office: Office, *, by: Actor, at: datetime, pick_up_at: datetime) -> Steps:
    """HS-4.1.2.2  Lay out the slips accepted since the last pick-up for engineering's appointed person. Once per pick-up."""
    row = ALARM_BATCH.step("prepare", Status.NEW, by.roles_in(office.pk))
    if pick_up_at > at:
        raise Refused("MR-8", _("This pick-up is still to come."), status=422, field="pick_up_at")
    orders = list(waiting(office, pick_up_at))
    something_to_pick_up(len(orders))
    values = values_for(office, at)
    batch = Batch(office=office, team=ENGINEERING, pick_up_at=pick_up_at, entries=[each.case.number for each in orders])
    batch.case = open_case("alarm_batch", office, at, year=values.calendar.local(at).year)
    batch.values = values
    batch.save(force_insert=True)
    Alarm.objects.filter(pk__in=[each.pk for each in orders]).update(batch=batch)
    text = Message(_("{number}: {count} alarm slips wait at the service desk for engineering."),
                   {"number": batch.case.number, "count": len(orders)})  # fmt: skip
    told = Tell(text, roles=(Role.TEAM_LEAD.value, Role.ENGINEERING_CREW.value))
    return [(batch, take(batch, row, by=by, at=at, facts={"pick_up_at": pick_up_at, "orders": batch.entries}, tell=(told,)))]


def pick_up(batch: Batch, *, by: Actor, at: datetime, collector: str = "") -> Steps:
    """HS-4.1.2.2  Engineering's appointed person signs for the slips; the desk may name by work number who came."""
    held = by.roles_in(batch.case.office_id)
    row = ALARM_BATCH.step("pick_up", batch.case.status, held)
    collected_by(bool(held & TEAM), collector)
    who = _of_team(batch, collector, at) if collector.strip() else Staff.objects.get(pk=by.id)
    batch.collector, batch.collected_at = who, at
    batch.save(update_fields=["collector", "collected_at"])
    return [(batch, take(batch, row, by=by, at=at, facts={"collector": who.number, "name": who.name, "orders": batch.entries}))]


def _of_team(batch: Batch, number: str, at: datetime) -> Staff:
    on = batch.values.calendar.local(at).date()
    found = named_of(batch.case.office_id, TEAM, number, on)
    if found is not None:
        return found
    raise Refused(
        "HS-4.1.2.2", _("{worker} is not of engineering. Please enter who came."), status=422, worker=number[:40],
        field="collector",
    )  # fmt: skip
