"""What every step on an agreement shares: its row, its saving, whom it tells, and who is named in it."""

from collections.abc import Sequence
from datetime import date, datetime

from menling.agreements.models import Agreement
from menling.journal.take import take
from menling.journal.taken import Taken, Tell
from menling.kernel.actor import Actor
from menling.kernel.procedure import Step
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role
from menling.kernel.words import Message, _
from menling.premises import names
from menling.premises.crew import employed
from menling.premises.models import Office, Staff
from menling.procedures.agreement import AGREEMENT
from menling.procedures.agreement import Status as S
from menling.procedures.agreement_times import first_clash

Steps = list[tuple[Agreement, Taken]]
PROMISED = (S.WITH_MANAGER, S.SIGNED_HERE, S.IN_FORCE, S.SUSPENDED, S.STOPPING)
"""Where the time of those named is taken."""
DESKS = (Role.SERVICE_DESK, Role.SERVICE_DESK_SUPERVISOR)


def step(agreement: Agreement, verb: str, by: Actor) -> Step:
    """Return the row of the table for `verb` now. Errors: `Refused` 403 or 409 with the clause."""
    return AGREEMENT.step(verb, agreement.case.status, by.roles_in(agreement.case.office_id))


def taken(agreement: Agreement, row: Step, by: Actor, at: datetime, *changed: str, tell: tuple[Tell, ...] = (),
          **facts: object) -> Steps:  # fmt: skip
    """Save the changed fields, take the step and return it for the reactions."""
    if changed:
        agreement.save(update_fields=changed)
    return [(agreement, take(agreement, row, by=by, at=at, facts=facts, tell=tell))]


def tell_roles(agreement: Agreement, sentence: str, *roles: Role, **values: object) -> tuple[Tell, ...]:
    """Return a message to everybody who holds one of `roles` in the office."""
    return (Tell(_message(agreement, sentence, values), roles=tuple(role.value for role in roles)),)


def tell_both(agreement: Agreement, sentence: str, **values: object) -> tuple[Tell, ...]:
    """Return a message to those named and to the customer, where a phone is known (HS-4.3.2)."""
    text = _message(agreement, sentence, values)
    customer = (Tell(text, phone=agreement.phone),) if agreement.phone else ()
    return tuple(Tell(text, staff=each) for each in agreement.crew) + customer


def _message(agreement: Agreement, sentence: str, values: dict[str, object]) -> Message:
    return Message(sentence, {"number": agreement.case.number, "unit": agreement.unit.code} | values)


def crew_named(office: Office, numbers: Sequence[str], on: date) -> list[Staff]:
    """Return employed housekeepers by work number, in the order named. Errors: `Refused` MR-8 (422)."""
    rows = {each.number.casefold(): each for each in employed(office.pk, Role.HOUSEKEEPER, on)} if numbers else {}
    wanted = list(dict.fromkeys(names.folded(each).casefold() for each in numbers if names.folded(each)))
    for number in wanted:
        if number not in rows:
            raise Refused(
                "MR-8", _("There is no housekeeper {worker} in this office. Choose one of the list."), status=422,
                worker=number[:40], field="workers",
            )  # fmt: skip
    return [rows[number] for number in wanted]


def clash(agreement: Agreement) -> tuple[str, date, str] | None:
    """Return who of those named is promised elsewhere at the time of a visit, when and where; or None (HC-5.1.5)."""
    others = Agreement.objects.filter(case__office=agreement.case.office, case__status__in=PROMISED, case__closed_at__isnull=True,
                                      crew__overlap=agreement.crew).exclude(pk=agreement.pk)  # fmt: skip
    for other in others.select_related("unit").order_by("pk"):
        on = first_clash(agreement.pattern, other.pattern)
        if on is not None:
            who = Staff.objects.filter(pk__in=set(agreement.crew) & set(other.crew)).order_by("number").first()
            return (who.name if who else "", on, other.unit.code)
    return None
