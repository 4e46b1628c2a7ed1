"""Taking a repair: register, accept or decline, hand over from the other desk."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from menling.journal.cases import open_case
from menling.journal.models import Detail
from menling.journal.take import take
from menling.journal.taken import RECORDED_AT, Taken, Tell
from menling.kernel.actor import Actor
from menling.kernel.procedure import Step
from menling.kernel.roles import Role
from menling.kernel.words import Message, _
from menling.orders.commands.referring import take_referral
from menling.orders.commands.steps import Steps, not_before_report, roles_on, step, taken
from menling.orders.models import Order
from menling.orders.public_reports import told_by
from menling.policies.values import Values, values_for
from menling.premises import names
from menling.premises.calling import ON_CALL, night_list, what_it_is
from menling.premises.meant import home_as_registered, homes_meant, the_one
from menling.premises.models import Office, Unit
from menling.premises.public_places import public_place
from menling.procedures import emergency as urgent
from menling.procedures import repair_rules as rules
from menling.procedures.acceptance import accepted_by, lead_of_all_orders
from menling.procedures.call_rules import help_offered
from menling.procedures.repair import REPAIR, Status
from menling.procedures.repair_policy import RepairPolicy
from menling.procedures.scope import ScopePolicy, offered_here, one_place, reported_from_home, told_in_time
from menling.procedures.taking import may_decline

Urgency = Literal["ordinary", "emergency"]
Size = Literal["small", "big"]
Name = Annotated[str, Field(max_length=60)]
Channel = Annotated[str, Field(max_length=20)]
Remark = Annotated[str, Field(max_length=300)]


def file(
    office: Office, *, by: Actor, at: datetime, unit: str | int = "", reporter: Name = "", phone: str | None = None,
    content: str = "", requirements: str | None = None, visit_at: datetime | None = None, channel: Channel = "phone",
    urgency: Urgency = "ordinary", size: Size = "small", accept: bool = False, referral: Channel = "",
    occurred_at: datetime | None = None, emergency: Name = "", hazards: Remark = "",
    over: bool = False, place: Name = "", override_reason: Remark = "",
) -> list[tuple[Detail, Taken]]:  # fmt: skip
    """HC-5.1.2, HS-4.2.3  Register a repair; with `accept` it is judged possible at once (HS-4.2.2).

    `referral` is the number of what the other desk passed on: it is taken as this order, or neither is done (HS-4.1.3).

    `emergency` names what it is on the office's list of emergencies; it occurred when it is reported unless `occurred_at`
    says otherwise (HC-5.2.5); `hazards` is what the caller says is dangerous there, for who goes. `over`
    tells that it is written down after the work: nobody is called out any more. `place` names a public place in words,
    where it is no home (MR-39).

    `visit_at` absent means at once (EN-2.5); `override_reason` says why it is too urgent for the lead, where the office keeps one
    for all orders (CF-07); a public place needs neither. At the service desk only an emergency passes, as a hand-over (HS-4.1.3).
    """
    values = values_for(office, at)
    policy = values.policy(RepairPolicy)
    roles = rules.acting(by.roles_in(office.pk), policy)
    rules.kind_of_this_desk("repair", roles)
    how_urgent = urgent.urgency_of(urgency, names.folded(emergency), policy)
    rules.filed_at_the_right_desk(roles, how_urgent, policy)
    facts = {"unit": unit or place, "reporter": names.folded(reporter), "content": names.folded(content),
             "requirements": names.folded(requirements or "") or "-"}  # fmt: skip
    rules.logged(facts)
    not_before_report(at, visit_at)
    if not place.strip():  # nobody is at home there: no visit is agreed, and none waits for its lead
        rules.may_come_at_once(policy, visit_at)
        if not over:
            lead_of_all_orders(at, visit_at, how_urgent, override_reason, policy)
    urgent.occurred(occurred_at, at)
    urgent.over_by_the_desk(over, resident=by.kind == "resident")
    verb = "file" if roles & {Role.REPAIR_DESK, Role.CUSTOMER} else "refer"
    row = REPAIR.step(verb, Status.NEW, roles)
    offered_here("repair", values.policy(ScopePolicy))
    home = _where(office, unit, place, by, phone or "", at)
    order = Order(
        unit=home, reporter=names.folded(reporter)[:60], phone=names.phone(phone or ""), content=names.folded(content),
        requirements=names.folded(requirements or ""), visit_at=visit_at, at_once=visit_at is None, channel=channel,
        urgency=how_urgent, size=size, referred_by_id=by.id if verb == "refer" else None, occurred_at=occurred_at,
        emergency=_told(emergency, hazards),
    )  # fmt: skip
    order.case = open_case("repair", office, at, year=values.calendar.local(at).year, unit=home.pk)
    _insert(order, values)
    steps: list[tuple[Detail, Taken]] = [*_taken(order, row, by, at, over=over, override_reason=override_reason.strip())]
    who = accepted_by(by, policy, judged=accept, handed_over=verb == "refer")
    steps += _accepted(order, who, at) if who else []
    return [*steps, *take_referral(office, referral, by=by, at=at, became=order.case.number)] if referral else steps


def _taken(order: Order, row: Step, by: Actor, at: datetime, *, over: bool, override_reason: str) -> Steps:
    """That nobody is called out any more is on record with the report."""
    told, tell = order.emergency, () if over else called_out(order, at)
    named = {"emergency": told.get("kind"), "hazards": told.get("hazards"), "occurred_at": order.occurred_at, "over": over,
             "override_reason": override_reason}  # fmt: skip
    more = {name: value for name, value in named.items() if value}
    return taken(order, row, by, at, tell=tell, facts=more, channel=order.channel, urgency=order.urgency)


def _told(emergency: str, hazards: str) -> dict[str, str]:
    told = {"kind": names.folded(emergency), "hazards": names.folded(hazards)}
    return {name: text for name, text in told.items() if text}


def _insert(order: Order, values: Values) -> None:
    order.values = values
    order.save(force_insert=True)


def _accepted(order: Order, by: Actor, at: datetime) -> Steps:
    row = REPAIR.step("accept", order.case.status, roles_on(order, by))
    return [(order, take(order, row, by=by, at=at))]


def called_out(order: Order, at: datetime) -> tuple[Tell, ...]:
    """An emergency is told to the control centre and, where no worker is on shift, to the first on the list of the night."""
    if order.urgency != urgent.URGENT:
        return ()
    values: dict[str, object] = {"unit": order.unit.said, "number": order.case.number}
    taking = Message(_("Urgent repair at {unit}: {number}. Please take it now."), values)
    listed = night_list(order.case.office_id, Role.REPAIR_WORKER, order.values.calendar.local(at))
    what = what_it_is(order.content, order.emergency)
    called = [Tell(Message(ON_CALL, values | {"what": what}), staff=each.staff_id, urgent=True) for each in listed[:1]]
    return (Tell(taking, roles=(Role.CONTROL_CENTRE.value,), urgent=True), *called)


def _where(office: Office, unit: str | int, place: str, by: Actor, phone: str, at: datetime) -> Unit:
    if not place.strip():
        return home_of(office, unit, by)
    one_place(unit)
    if by.kind == "resident":
        received, policy = RECORDED_AT.get() or at, values_for(office, at).policy(ScopePolicy)
        told_in_time(at, received, policy)
        told = told_by(by, office, names.phone(phone), received, policy)
        reported_from_home(told.from_home, told.today, policy)
    return public_place(office, place)


def home_of(office: Office, unit: str | int, by: Actor) -> Unit:
    """Return a unit of an office by room number, in any spelling that means one home, or by id.

    A resident only reaches the own homes. Errors: `Refused` MR-8 (422) when there is no such unit, or more than one.
    """
    rows = Unit.objects.filter(office=office)
    if by.kind == "resident":
        rows = rows.filter(pk__in=by.units)
    text = names.folded(str(unit))
    written = home_as_registered(office.pk, text) if by.kind != "resident" and not _is_id(text) else None
    if written is not None:
        return written
    known = rows.filter(pk=int(text)).first() if _is_id(text) else None
    if known is not None and isinstance(unit, int):
        return known
    found = {each.pk: each for each in [*homes_meant(rows, text), *([known] if known else [])]}
    return the_one(list(found.values()), text)


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 18


def accept(order: Order, *, by: Actor, at: datetime) -> Steps:
    """HS-4.2.1, HS-4.2.2  The desk judges that the repair can be done, and takes it."""
    return taken(order, step(order, "accept", by), by, at)


def decline(order: Order, *, by: Actor, at: datetime, reason: str, offered: str) -> Steps:
    """HS-4.2.2  The desk cannot do it: the reason is told and kept, and so is the help offered instead (CF-03)."""
    row = step(order, "decline", by)
    may_decline(order.policy)
    rules.declined_with_reason(reason)
    help_offered(offered)
    return taken(order, row, by, at, reason=reason.strip(), offered=names.folded(offered))
