"""A kind of case as the doors know it: its procedure, its rows and its commands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from menling.journal.models import Detail
from menling.kernel.actor import Actor
from menling.kernel.procedure import Procedure
from menling.kernel.roles import Role

Command = Callable[..., Any]


def own_roles(detail: Detail, by: Actor) -> frozenset[Role]:
    """Return the roles somebody has in the office of a case."""
    return by.roles_in(detail.case.office_id)


@dataclass(frozen=True)
class Kind:
    """What a feature offers: `commands` by verb on a case, `openings` by verb that file one in an office.

    `related` names the rows loaded and locked with the detail; `roles` turns a person into the roles of the procedure;
    `conflicts` turns the name of a database constraint into (clause, sentence).
    """

    procedure: Procedure
    model: type[Detail]
    commands: Mapping[str, Command]
    openings: Mapping[str, Command] = field(default_factory=dict)
    related: tuple[str, ...] = ()
    roles: Callable[[Any, Actor], frozenset[Role]] = own_roles
    conflicts: Mapping[str, tuple[str, str]] = field(default_factory=dict)
