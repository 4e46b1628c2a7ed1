"""What every step of an errand shares: its row, its saving, and the words for where its money goes."""

from datetime import datetime
from decimal import Decimal

from menling.errands.models import Errand
from menling.journal.take import take
from menling.journal.taken import Taken, Tell
from menling.kernel.actor import Actor
from menling.kernel.procedure import Step
from menling.kernel.refusal import Refused
from menling.kernel.words import Message, _
from menling.premises.crew import employed
from menling.premises.models import Staff
from menling.procedures.errand import BUYERS, ERRAND
from menling.procedures.errand_rules import REGISTERED

Steps = list[tuple[Errand, Taken]]
Move = tuple[str, str, Decimal]
"""Money that goes from one place of the books to another, in yuan."""


def step(errand: Errand, verb: str, by: Actor) -> Step:
    """Return the row of the table for `verb` now. Errors: `Refused` 403 or 409 with the clause."""
    roles = by.roles_in(errand.case.office_id)
    assigned = by.kind != "staff" or errand.holder_id == by.id
    return ERRAND.step(verb, errand.case.status, roles, assigned=assigned)


def taken(errand: Errand, row: Step, by: Actor, at: datetime, *changed: str, tell: tuple[Tell, ...] = (),
          moves: tuple[Move, ...] = (), clauses: tuple[str, ...] = (), **facts: object) -> Steps:  # fmt: skip
    """Save the changed fields and take the step; `moves` are booked by whoever keeps the books."""
    if changed:
        errand.save(update_fields=changed)
    told: dict[str, object] = dict(facts) | ({"moves": [[*each] for each in moves]} if moves else {})
    return [(errand, take(errand, row, by=by, at=at, facts=told, tell=tell, clauses=clauses))]


FIELDS = {"name": "customer", "unit": "unit_id"}
"""The columns of the register that are called otherwise in the row."""


def registered(errand: Errand) -> dict[str, object]:
    """Return what stands in each column of the register."""
    return {name: getattr(errand, FIELDS.get(name, name)) for name in REGISTERED}


def buyer_meant(office: int, number: str, at: datetime, errand: Errand) -> Staff:
    """Return somebody of the office by work number. Errors: `Refused` MR-8 (422)."""
    on = errand.values.calendar.local(at).date()
    for role in sorted(BUYERS):
        found = employed(office, role, on).filter(number__iexact=number.strip()).first()
        if found is not None:
            return found
    raise Refused("MR-8", _("Nobody with the number {number} works here who could buy it."), status=422, number=number[:20],
                  field="buyer")  # fmt: skip


def tell_buyer(errand: Errand, sentence: str, **values: object) -> tuple[Tell, ...]:
    """Return a message to the buyer, or nothing while there is none."""
    known = {"number": errand.case.number, "item": errand.item} | values
    return (Tell(Message(sentence, known), staff=errand.buyer_id),) if errand.buyer_id else ()


def tell_roles(errand: Errand, sentence: str, *roles: str, **values: object) -> tuple[Tell, ...]:
    """Return a message to everybody who holds one of `roles` in the office."""
    known = {"number": errand.case.number, "item": errand.item} | values
    return (Tell(Message(sentence, known), roles=roles),)
