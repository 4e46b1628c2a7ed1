"""Who acts: a member of staff, a resident, or the system itself."""

from dataclasses import dataclass, field, replace
from typing import Literal

from menling.kernel.roles import Role

ALL_OFFICES = 0
"""Key of the roles a person holds for the whole company."""


@dataclass(frozen=True)
class Actor:
    """The person behind a command.

    `roles` maps an office id (or `ALL_OFFICES`) to the roles held there. `recorder` and `source` are set when somebody
    else writes the step down afterwards: the step is the actor's, the entry is the recorder's.
    A member of staff who came in by a PIN is at the `doorstep`: as a worker, for what is done at a home.
    `cases` limits a resident's link to the cases named in it; None means every case of the resident's homes.
    """

    kind: Literal["staff", "resident", "system"]
    id: int
    name: str
    number: str = ""
    company: int = 0
    roles: dict[int, frozenset[Role]] = field(default_factory=dict)
    units: frozenset[int] = frozenset()
    cases: frozenset[int] | None = None
    recorder: "Actor | None" = None
    source: str = ""
    doorstep: bool = False

    def roles_in(self, office: int) -> frozenset[Role]:
        """Return the roles held in an office, the company-wide ones included."""
        return self.roles.get(office, frozenset()) | self.roles.get(ALL_OFFICES, frozenset())

    def holds(self, office: int, *roles: Role) -> bool:
        """Tell whether the actor holds one of `roles` in an office."""
        return not self.roles_in(office).isdisjoint(roles)

    @property
    def sees_all_offices(self) -> bool:
        """Tell whether a company-wide role opens every office of the company."""
        return bool(self.roles.get(ALL_OFFICES))

    @property
    def offices(self) -> frozenset[int]:
        """Return the ids of the offices in which the actor holds a role."""
        return frozenset(office for office in self.roles if office != ALL_OFFICES)

    def recorded_by(self, recorder: "Actor", source: str) -> "Actor":
        """Return this actor with somebody else holding the pen; `source` is one of `recording.SOURCES`."""
        return replace(self, recorder=recorder, source=source)


SYSTEM = Actor(kind="system", id=0, name="Menling", roles={ALL_OFFICES: frozenset({Role.SYSTEM})})
"""The actor of jobs and clocks."""
