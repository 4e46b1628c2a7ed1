"""The steps of a case that are open to a reader now, each with the facts it asks for."""

from collections.abc import Callable
from typing import Any

from menling.doorway.agreed import nothing_fell_out, runs_still
from menling.doorway.doubtful import question_of
from menling.doorway.language import said
from menling.journal.facts import asked_for, schema
from menling.journal.kinds import Kind
from menling.journal.models import Detail
from menling.kernel.actor import Actor
from menling.kernel.procedure import Step, nothing_more
from menling.kernel.roles import RECORDERS, WORKERS, Role
from menling.money.models import Charge, Handover
from menling.money.queries import collectable
from menling.orders.commands.steps import is_assigned
from menling.orders.commands.tracing import tracked_as
from menling.orders.models import Housekeeping, Order, Referral
from menling.orders.queries import stub_out
from menling.orders.seeing import seen_by
from menling.procedures.emergency import URGENT
from menling.procedures.referral import at_this_desk
from menling.procedures.repair_rules import REFUSED
from menling.procedures.taking import taken_at_once
from menling.tracking.commands.steps import unfinished


def actions(detail: Detail, kind: Kind, by: Actor) -> list[dict[str, Any]]:
    """Return the verbs open to the caller now, each with its required facts; and, for a desk, those it may record."""
    roles = kind.roles(detail, by)
    assigned = is_assigned(detail, by) if isinstance(detail, Order) else getattr(detail, "holder_id", by.id) == by.id
    procedure = detail.case.procedure
    open_now = [_action(step, kind, detail) for step in procedure.open_steps(detail.case.status, roles, assigned=assigned)
                if step.verb in kind.commands and not _idle(step, detail, by, roles)]  # fmt: skip
    if not roles & RECORDERS or detail.case.assignee_id is None:
        return open_now
    mine = {each["verb"] for each in open_now}
    recorded = [_action(step, kind, detail) | {"on_behalf": True}
                for step in procedure.open_steps(detail.case.status, WORKERS, assigned=True)
                if step.verb in kind.commands and step.verb not in mine and not _idle(step, detail, by, WORKERS)]  # fmt: skip
    return open_now + recorded


def _idle(step: Step, detail: Detail, by: Actor, roles: frozenset[Role]) -> bool:
    """A verb that would be refused is not offered: a change already seen, a visit nobody may end now, another's fee."""
    if step.verb == "acknowledge" and step.after is None and isinstance(detail, Order):
        return seen_by(detail, by)
    if detail.case.kind == "coordination":
        return step.verb == "destroy" or (step.verb == "conclude" and unfinished(detail.case) is not None)
    if detail.case.kind == "agreement" and step.verb in ("end", "miss"):
        return runs_still(detail.case.agreement) if step.verb == "end" else nothing_fell_out(detail.case.agreement)
    if isinstance(detail, Referral):
        came_from_order = step.verb == "take" and detail.case.parent_id is not None
        return came_from_order or not at_this_desk(step.verb, detail.to_desk, detail.department, roles)
    if isinstance(detail, Order) and step.verb in NOT_NOW:
        return NOT_NOW[step.verb](detail)
    if isinstance(detail, Handover) and step.verb == "sign_difference":
        return not detail.unsigned
    if isinstance(detail, Housekeeping) and step.verb in CHAIN:
        return _out_of_turn(step.verb, detail)
    return step.verb == "collect" and isinstance(detail, Charge) and not collectable(detail, roles)


NOT_NOW: dict[str, Callable[[Order], bool]] = {
    "coordinate": lambda order: bool(tracked_as(order.case)),
    "decline": lambda order: taken_at_once(order.policy),
    "return_stub": lambda order: not stub_out(order),
    "make_urgent": lambda order: order.urgency == URGENT,
    "check_off": lambda order: order.urgency != URGENT,
    "remove_hazard": lambda order: not order.hazards,
    "cancel": lambda order: order.case.status == "on_site" and order.agreed_how != REFUSED,
}
"""Verbs of an order, each with what makes it idle though its table has a way."""
CHAIN = frozenset({"accept_site", "accept_supervisor", "accept_office", "sign", "attest"})


def _out_of_turn(verb: str, order: Housekeeping) -> bool:
    """The three acceptances before the resident's are asked for where the office chose them, and then come first (CF-23)."""
    four = order.policy.chain == "four_steps"
    if verb in ("sign", "attest"):
        return four and order.case.status not in ("priced", "office_accepted")
    return not four


def _action(step: Step, kind: Kind, detail: Detail) -> dict[str, Any]:
    question = question_of(detail, step.verb) if isinstance(detail, Order) else None
    return described(step.verb, kind, detail) | {"clauses": list(step.clauses)} | ({"asks": question} if question else {})


def described(verb: str, kind: Kind, detail: Detail) -> dict[str, Any]:
    """Return a verb of a case with its facts: those `required` of a case that stands like this, those that may be left
    out (`optional`), and which of these what else is written may call for (`sometimes`)."""
    command, asks = kind.commands[verb], detail.case.procedure.asks_of(verb)
    required, optional = asked_for(command)
    needed = asks.needed(detail.case.status, detail.terms() if asks.by_case is not nothing_more else {})
    return {
        "verb": verb, "title": said(detail.case.procedure.verb_title(verb)), "clauses": [],
        "required": [*required, *(each for each in optional if each in needed)],
        "optional": [each for each in optional if each not in needed],
        "sometimes": [each for each in optional if each in asks.sometimes],
        "facts": schema(command).get("properties", {}), "on": detail.case.number,
    }  # fmt: skip
