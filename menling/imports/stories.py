"""The kinds of order another system may hold, and how far each went there: filed, its price agreed, somebody sent."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from menling.imports.cells import Field, Wrong, label, text
from menling.imports.recording import SOURCE, Story
from menling.imports.sitting import Sitting
from menling.journal.models import Case
from menling.kernel.actor import Actor
from menling.kernel.recording import CUT_OVER
from menling.kernel.roles import Role
from menling.kernel.words import _
from menling.policies.values import Values, values_for
from menling.premises.actors import staff_actor
from menling.premises.crew import employed
from menling.premises.models import Staff
from menling.procedures import alarm_rules, housekeeping_rules, repair_rules
from menling.procedures.alarm_policy import AlarmPolicy
from menling.procedures.housekeeping_policy import HousekeepingPolicy
from menling.procedures.repair_policy import RepairPolicy

KINDS = (("repair", _("repair")), ("housekeeping", _("housekeeping")), ("alarm", _("home alarm")))
WORKERS = {"repair": Role.REPAIR_WORKER, "housekeeping": Role.HOUSEKEEPER, "alarm": Role.ENGINEERING_CREW}
"""Who goes to a home for which kind of order."""
LEADERS = frozenset({Role.TEAM_LEAD, Role.CONTROL_CENTRE, Role.SERVICE_DESK, Role.SERVICE_DESK_SUPERVISOR})
KIND = Field("kind", _("Kind of order"), text(20), "repair", choices=KINDS)
WORKER = Field("worker", _("Worker (work number)"), label(100), "W021", width=18)
TAKEN_BY = Field("taken_by", _("Taken by (work number)"), label(20), width=18)
SENT_BY = Field("sent_by", _("Sent by (work number)"), label(20), width=18)


def taken_by(sitting: Sitting, said: dict[str, Any], on: date) -> Actor:
    """Return who took a row there: who imports, or, for an administrator, the one the row names (MR-44). Errors: `Wrong`."""
    number = said["taken_by"]
    if number is None or number.casefold() == sitting.by.number.casefold():
        return sitting.by
    if Role.ADMINISTRATOR not in sitting.by.roles_in(sitting.office.pk):
        raise Wrong(
            _("A desk brings in what it took itself. Leave this empty, or give the file to the administrator."), "taken_by"
        )
    found = Staff.objects.filter(number__iexact=number, company_id=sitting.office.company_id).first()
    if found is None:
        raise Wrong(_("Nobody of the company has the work number {number}."), "taken_by", number=number)
    return staff_actor(found, on).recorded_by(sitting.by, CUT_OVER)


def kind_of(sitting: Sitting, said: dict[str, Any], by: Actor, at: datetime) -> str:
    """Return the kind a row is of; nothing said is a repair. Errors: `Wrong` for a kind `by` does not take (HS-3.1)."""
    kind: str = said["kind"] or "repair"
    if _takes(kind, by.roles_in(sitting.office.pk), values_for(sitting.office, at)):
        return kind
    if by.recorder is not None:
        raise Wrong(_("{name} held no role that takes orders of this kind on that day."), "taken_by", name=by.name)
    if Role.ADMINISTRATOR in by.roles_in(sitting.office.pk):
        raise Wrong(_("Write the work number of who took it there: an administrator takes no orders."), "taken_by")
    raise Wrong(_("Orders of this kind are taken by another desk. Give that desk these rows in a file of their own."), "kind")


def _takes(kind: str, held: frozenset[Role], values: Values) -> bool:
    if kind == "housekeeping":
        return bool(held & housekeeping_rules.takers(values.policy(HousekeepingPolicy)))
    if kind == "alarm":
        return bool(held & alarm_rules.takers(values.policy(AlarmPolicy)))
    return Role.REPAIR_DESK in repair_rules.acting(held, values.policy(RepairPolicy))


def begin(story: Story, kind: str, at: datetime, **facts: Any) -> Case:
    """File an order as it was taken there. The lead of housekeeping was kept or excused there; the old number says where."""
    reason = {"override_reason": story.key} if kind == "housekeeping" and facts.get("visit_at") else {}
    return story.begin(at, kind, **facts, **reason)


def agree(story: Story, case: Case, at: datetime, amount: Decimal, what: str) -> None:
    """Write down the price of housekeeping and the consent that stands on paper there (HC-5.1.3)."""
    story.step(case, "quote", at, amount=amount, description=what[:100])
    story.step(case, "consent", at, how=SOURCE)


def send(sitting: Sitting, story: Story, case: Case, said: dict[str, Any], at: datetime) -> None:
    """Write down who was sent, and by whom where the one who imports may not send (HA-2, HS-4.1.2.2)."""
    numbers = numbers_of(said["worker"])
    who = {"workers": numbers} if case.kind == "housekeeping" else {"worker": said["worker"]}
    if said["sent_by"] is None:
        story.step(case, "dispatch", at, **who)
    else:
        story.own_step(case, "dispatch", at, _leader(sitting, said["sent_by"], at.date()), **who)


def numbers_of(said: str) -> list[str]:
    """Return work numbers written one after the other: W031、W032."""
    for mark in "、，,;；/":
        said = said.replace(mark, " ")
    return said.split()


def _leader(sitting: Sitting, number: str, on: date) -> Actor:
    """Return who sent them there, known from paper. Errors: `Wrong` for nobody who sends people in this office."""
    rows = Staff.objects.filter(number__iexact=number, company_id=sitting.office.company_id)
    found = rows.first()
    actor = staff_actor(found, on) if found else None
    if actor is None or not actor.roles_in(sitting.office.pk) & LEADERS:
        raise Wrong(_("Nobody with the work number {number} sends people in this office."), "sent_by", number=number)
    return replace(actor, source=SOURCE)


def worker_of(sitting: Sitting, kind: str, number: str, on: date) -> Actor:
    """Return who did the work there. Errors: `Wrong` for nobody who goes to such orders in this office."""
    found = employed(sitting.office.pk, WORKERS[kind], on).filter(number__iexact=number).first()
    if found is None:
        raise Wrong(_("Nobody in this office with the work number {worker} goes to orders of this kind. Choose one of the list."),
                    "worker", worker=number)  # fmt: skip
    return staff_actor(found, on)
