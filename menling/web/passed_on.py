"""The buttons of what was passed on: at the desk that takes it, and of what lies with another department (MR-39)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from menling.doorway.departments import department_name
from menling.doorway.offered import actions
from menling.doorway.showing import loaded
from menling.journal.models import Case, Deadline
from menling.kernel.actor import Actor
from menling.kinds import KINDS
from menling.orders.referred import promised
from menling.web.steps import Buttons, buttons

WITH_A_DEPARTMENT = ("chase", "answer", "tell")
"""What is done only with what lies with another department; of these the last that is open leads on."""


@dataclass(frozen=True)
class HandedOn:
    """What an order was handed on as: the case, the department's name, its running promise, the steps open."""

    case: Case
    department: str
    due: Deadline | None
    buttons: Buttons


def handed_on(case: Case, by: Actor) -> HandedOn:
    """Return a referral of an order for the page of that order."""
    detail = loaded(case)
    due = promised(case) if case.closed_at is None else None
    offered = actions(detail, KINDS["referral"], by)
    return HandedOn(case, department_name(detail.department), due, followed_up(case, offered))


def followed_up(case: Case, offered: Sequence[dict[str, Any]]) -> Buttons:
    """Return the steps of what lies with a department; what was handed on from an order comes back by taking that back."""
    unused = {"close"} | ({"take"} if case.parent_id else set())
    made = buttons([each for each in offered if each["verb"] not in unused])
    every = [*made.others, *made.rare, *filter(None, (made.main,))]
    main = next((each for verb in ("tell", "answer") for each in every if each.verb == verb), None)
    return replace(made, main=main, others=tuple(each for each in every if each is not main), rare=())


def taken_up(offered: Sequence[dict[str, Any]], *, becomes_order: bool) -> Buttons:
    """Return the steps of what was passed to a desk; where it becomes an order there, taking it has a button of its own."""
    made = buttons([each for each in offered if each["verb"] not in WITH_A_DEPARTMENT])
    return replace(made, main=None) if becomes_order else made
