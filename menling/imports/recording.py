"""Writing down what another system says happened: the same commands, at the true times, in the name of who did it.

Everything runs inside the transaction of whoever imports, so a story is written as a whole or not at all.
"""

from datetime import datetime
from typing import Any

from menling.imports.models import Imported
from menling.journal.facts import read_facts
from menling.journal.models import Case
from menling.journal.when import When
from menling.kernel.actor import Actor
from menling.kernel.recording import CUT_OVER
from menling.kinds import KINDS
from menling.policies.values import values_for
from menling.premises.models import Office
from menling.procedures.repair_policy import RepairPolicy
from menling.reactions import perform_part

SOURCE = "paper"
"""How the steps of workers were heard of: they stand in the old system's papers."""


class Story:
    """One order of another system on its way into the journal. `source` and `key` say which: together they come once.

    `by` took it there. When an administrator brings it in for whoever did (`by.recorder`), every step names both (MR-44).
    """

    def __init__(self, office: Office, by: Actor, now: datetime, source: str, key: str) -> None:
        self.office, self.by, self.now, self.source, self.key = office, by, now, source, key
        self.steps = 0

    def begin(self, at: datetime, kind: str = "repair", **facts: Any) -> Case:
        """File and accept an order as of `at` and remember where it came from. Errors: `Refused`, `Malformed`."""
        told = facts | {"channel": SOURCE, "accept": True} | self._lead(at)
        number = self._perform("file", self.office, kind, self.by, at, told)
        case = Case.objects.select_related("office").get(number=number)
        Imported.objects.create(office=self.office, source=self.source, key=self.key, case=case)
        return case

    def _lead(self, at: datetime) -> dict[str, str]:
        """Where the lead binds all orders, it was kept or excused there; the old number says where (HS-4.1.1.2)."""
        bound = values_for(self.office, at).policy(RepairPolicy).lead_for == "all_orders"
        return {"override_reason": self.key} if bound else {}

    def step(self, case: Case, verb: str, at: datetime, by: Actor | None = None, **facts: Any) -> None:
        """Take a step as of `at`: of who took the order, or of somebody else for whom the importer holds the pen."""
        who = self.by if by is None else self._told(by) or by.recorded_by(self.by, SOURCE)
        self._perform(verb, case, case.kind, who, at, facts)

    def own_step(self, case: Case, verb: str, at: datetime, by: Actor, **facts: Any) -> None:
        """Take a step as of `at` in the name of somebody for whom no desk may hold the pen."""
        self._perform(verb, case, case.kind, self._told(by) or by, at, facts)

    def _told(self, by: Actor) -> Actor | None:
        """Return somebody as the administrator brings the step in; None where a desk brings its own orders."""
        return by.recorded_by(self.by.recorder, CUT_OVER) if self.by.recorder else None

    def _perform(self, verb: str, on: Case | Office, kind: str, by: Actor, at: datetime, facts: dict[str, Any]) -> str:
        sort = KINDS[kind]
        command = (sort.commands if isinstance(on, Case) else sort.openings)[verb]
        self.steps += 1
        key = f"{self.source}:{self.office.code}:{self.key}:{self.steps}"
        answer = perform_part(command, on, kind=sort, by=by, at=When(at, self.now, "typed", at), key=key[-100:],
                              facts=read_facts(command, facts))  # fmt: skip
        return str(answer.body["number"])


def brought_before(office: Office, source: str) -> dict[str, str]:
    """Return the cases a source brought to an office already: its key -> our number."""
    return dict(Imported.objects.filter(office=office, source=source).values_list("key", "case__number"))
