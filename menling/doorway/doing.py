"""From what came through a door to one command: find the case, read the facts, perform."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.utils import timezone
from pydantic import ValidationError

from menling.journal.cases import case_of
from menling.journal.facts import ACCOMPANY, Envelope, Malformed, alone, misread, read_facts, validated
from menling.journal.kinds import Command, Kind
from menling.journal.models import Case
from menling.journal.perform import Answer, Behalf
from menling.journal.when import When
from menling.kernel.actor import Actor
from menling.kernel.recording import SOURCES, may_record_for, own_opinion
from menling.kernel.refusal import Refused
from menling.kernel.roles import RECORDERS, Role
from menling.kernel.words import _
from menling.kinds import KINDS, ORDER_KINDS, ORDERS_MONEY, meant
from menling.premises import names
from menling.premises.actors import first_offices, staff_actor
from menling.premises.models import Office, Staff
from menling.procedures import repair_rules as rules
from menling.procedures.settlement import before_there_is_money
from menling.reactions import perform, perform_part


class NotThere(Exception):
    """What is asked for does not exist, or not for this person."""


class KeyMissing(Exception):
    """A step came without the key that makes it safe to repeat."""


NOTHING_YET = "new"
"""Where every case begins."""
ORDERS = ORDER_KINDS
"""The kinds of order, as the doors name them."""


@dataclass(frozen=True)
class Asked:
    """A step as it came: who, with which key, when it was received, and its body.

    A door that has not read the body yet gives a function: it is read after the case was found. `exact` says that it
    came as JSON, where a figure is no text. Where somebody acts by PIN at the PC of another, the case is found as `shown_to`
    sees it.
    """

    by: Actor
    key: str
    now: datetime
    body: Mapping[str, Any] | Callable[[], Mapping[str, Any]]
    exact: bool = False
    shown_to: Actor | None = None

    def read(self) -> Mapping[str, Any]:
        """Return the body. Errors: `Malformed`."""
        return self.body() if callable(self.body) else self.body


def find(by: Actor, number: str, kinds: tuple[str, ...] = ()) -> Case:
    """Return a case somebody may see, by number. Errors: `NotThere`."""
    case = case_of(by, number)
    if case is None or (kinds and case.kind not in kinds):
        raise NotThere(number)
    return case


def act(asked: Asked, number: str, verb: str, kinds: tuple[str, ...] = (), *, part: bool = False) -> Answer:
    """Take one step of a case; a step of its money asked for on the order goes to the charge, settlement or handover.

    As a `part` it stands or falls with the others inside `whole`.
    Errors: `NotThere`, `Malformed`, `KeyMissing`, `Refused`.
    """
    case = find(asked.shown_to or asked.by, number, kinds)
    found = meant(case, verb)
    kind, case = found or (_kind_of_money(case, verb), case)
    envelope, facts = _heard(asked, kind, verb, case.status if found else NOTHING_YET)
    behalf = _behalf(asked, envelope, verb)
    if found is None:
        raise _no_money_yet(asked, behalf, kind, case, verb)
    return _performing(part)(kind.commands[verb], case, kind=kind, by=asked.by, at=_when(asked, envelope), key=asked.key,
                             facts=facts, behalf=behalf)  # fmt: skip


def _heard(asked: Asked, kind: Kind, verb: str, status: str) -> tuple[Envelope, dict[str, Any]]:
    """Return what came with a step and its facts. What is refused here is so before any key is claimed, role or status looked at.

    Errors: `Malformed`, with the clause that asks for what is missing; then `KeyMissing`.
    """
    with _demanded(kind, verb, status):
        envelope, facts = _opened(kind.commands[verb], asked.read(), asked.exact)
    _needs_key(asked)
    return envelope, facts


@contextmanager
def _demanded(kind: Kind, verb: str, status: str) -> Iterator[None]:
    """Say of facts that are missing which clause asks for them: that of the step."""
    try:
        yield
    except Malformed as error:
        raise error.demanded_by(kind.procedure.clause_of(verb, status)) from error


def _kind_of_money(case: Case, verb: str) -> Kind:
    """Return whose step of an order's money a verb is. Errors: `NotThere` for what nobody knows here."""
    kind = KINDS.get(next((name for name in ORDERS_MONEY if verb in KINDS[name].commands), ""))
    if kind is None or case.kind not in ORDER_KINDS:
        raise NotThere(verb)
    return kind


def _no_money_yet(asked: Asked, behalf: Behalf | None, kind: Kind, case: Case, verb: str) -> Exception:
    """Return why a step of an order's money cannot be taken before there is any: after a role that may not, that of whose step
    is written down."""
    try:
        roles = (behalf.found(case) if behalf else asked.by).roles_in(case.office_id)
        kind.procedure.may_take(verb, roles)
        before_there_is_money(verb, case.kind, case.status)
        kind.procedure.step(verb, NOTHING_YET, roles)
    except Refused as refusal:
        return refusal
    return NotThere(verb)


def _performing(part: bool) -> Callable[..., Answer]:
    return perform_part if part else perform


def open_new(asked: Asked, kind_name: str, verb: str, *, part: bool = False) -> Answer:
    """File a new case in an office of the caller: named by `office`, or the only one there is. `part` is as in `act`.

    Errors: `NotThere`, `Malformed`, `KeyMissing`, `Refused`.
    """
    body = dict(asked.read())
    office = office_of(asked.by, body.pop("office", None))
    if kind_name not in KINDS or verb not in KINDS[kind_name].openings:
        raise _not_offered(asked, kind_name, office, body)
    kind = KINDS[kind_name]
    command = kind.openings[verb]
    with _demanded(kind, verb, NOTHING_YET):
        envelope, facts = _opened(command, body, asked.exact)
    if envelope.on_behalf_of or envelope.source:
        raise Malformed([{"path": "on_behalf_of", "message": "a new case is filed in one's own name", "type": "extra_forbidden"}])
    _needs_key(asked)
    return _performing(part)(command, office, kind=kind, by=asked.by, at=_when(asked, envelope), key=asked.key, facts=facts)


def _not_offered(asked: Asked, kind: str, office: Office, body: Mapping[str, Any]) -> Exception:
    """Return why an order of a kind nobody takes here cannot be filed: it is another desk's, or there is no such kind.

    A desk that guides such a caller on hears so last, as it hears any refusal: after bad fields and a missing key.
    """
    try:
        rules.kind_of_this_desk(kind, asked.by.roles_in(office.pk))
    except Refused as refusal:
        _opened(KINDS["repair"].openings["file"], body, asked.exact)
        _needs_key(asked)
        return refusal
    return Malformed([{"path": "kind", "message": "this office does not take such orders", "type": "literal_error"}])


def office_of(by: Actor, named: object) -> Office:
    """Return the office meant: by code or id, or the only one of the caller. Errors: `NotThere`, `Malformed`."""
    if named is None:
        found = first_offices(by, 2)
        if len(found) != 1:
            raise Malformed([{"path": "office", "message": "name one of your offices", "type": "missing"}])
        return found[0]
    if not isinstance(named, (str, int)) or isinstance(named, bool):
        raise Malformed([{"path": "office", "message": "the code of an office, or its id", "type": "string_type"}])
    rows = Office.objects.filter(company_id=by.company) if by.sees_all_offices else Office.objects.filter(pk__in=by.offices)
    text = str(named)
    office = rows.filter(code=text).first() or (rows.filter(pk=int(text)).first() if text.isdecimal() else None)
    if office is None:
        raise NotThere(text)
    return office


def _opened(command: Command, body: Mapping[str, Any], exact: bool) -> tuple[Envelope, dict[str, Any]]:
    about = {name: body[name] for name in ACCOMPANY if name in body}
    try:
        envelope = validated(Envelope, about, exact=exact)
    except ValidationError as error:
        raise Malformed(misread(error)) from error
    for name, instant in (("happened_at", envelope.happened_at), ("sent_at", envelope.sent_at)):
        if instant is not None and instant.tzinfo is None:
            raise Malformed([{"path": name, "message": "the time needs a time zone", "type": "naive"}])
    if envelope.source and envelope.source not in SOURCES:
        raise Malformed([{"path": "source", "message": f"one of {', '.join(SOURCES)}", "type": "literal_error"}])
    return envelope, read_facts(command, alone(body), exact=exact)


def _needs_key(asked: Asked) -> None:
    if not asked.key.strip():
        raise KeyMissing
    if not asked.key.isascii():
        raise Malformed([{"path": "Idempotency-Key", "message": "plain ASCII characters only", "type": "string_ascii"}])
    if len(asked.key) > 100:
        raise Malformed([{"path": "Idempotency-Key", "message": "at most 100 characters", "type": "string_too_long"}])


def _when(asked: Asked, envelope: Envelope) -> When:
    return When.told(asked.now, envelope.happened_at, envelope.sent_at)


def _behalf(asked: Asked, envelope: Envelope, verb: str) -> Behalf | None:
    if not envelope.on_behalf_of and not envelope.source:
        return None
    source = envelope.source or "paper"
    return Behalf(envelope.on_behalf_of, source, partial(_pen, asked, envelope, source, verb))


def _pen(asked: Asked, envelope: Envelope, source: str, verb: str, case: Case) -> Actor:
    """Return the worker named, or the one sent, with the caller holding the pen. Errors: `Refused` MR-3, OC-4.5."""
    by = asked.by
    own_opinion(verb)
    if envelope.on_behalf_of:
        number = names.folded(envelope.on_behalf_of)
        staff = Staff.objects.filter(company_id=by.company, number__iexact=number, is_active=True).first()
        if staff is None and by.roles_in(case.office_id) & RECORDERS:
            raise Refused("MR-8", _("Nobody with the work number {worker} works here."), status=422, field="on_behalf_of",
                          worker=envelope.on_behalf_of[:40])  # fmt: skip
    else:
        staff = Staff.objects.filter(pk=case.assignee_id or 0).first()
    worker = staff_actor(staff, timezone.localtime(envelope.happened_at or asked.now).date()) if staff else None
    held = worker.roles_in(case.office_id) if worker else frozenset[Role]()
    may_record_for(by.roles_in(case.office_id), held, KINDS[case.kind].procedure.away)
    assert worker is not None
    return worker.recorded_by(by, source)
