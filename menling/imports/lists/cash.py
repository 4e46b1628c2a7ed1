"""Money outstanding at the change of systems: what residents still owe, and the cash that is in a worker's bag."""

from typing import Any

from menling.imports.cells import Field, Wrong, label, moment, text, yuan
from menling.imports.lists.orders import DESKS, NUMBER, WHO, already, told, true_time
from menling.imports.recording import Story
from menling.imports.sitting import Sitting, Sort, What
from menling.journal.models import Case
from menling.kernel.actor import Actor
from menling.kernel.roles import Role
from menling.kernel.words import _
from menling.premises.actors import staff_actor
from menling.premises.crew import employed

FIELDS = (
    NUMBER, *WHO,
    Field("worker", _("Worker (work number)"), label(20), "W021", required=True),
    Field("finished_at", _("Finished at"), moment, "2025-12-30 10:30", required=True, width=20),
    Field("amount", _("Amount"), yuan, "86.00", required=True),
    Field("collected_at", _("Cash taken at"), moment, width=20),
    Field("summary", _("What was done"), text(500), "已疏通", width=24),
)  # fmt: skip


def write(sitting: Sitting, said: dict[str, Any]) -> What:
    """Record a finished, paid repair: due from the resident or, with a time of collection, cash in the worker's bag.

    What happened between the report and the end nobody told: it is written down as of the end.
    """
    if already(sitting, "cash", said["number"]):
        return "unchanged"
    if said["amount"] <= 0:
        raise Wrong(_("An amount above 0 is needed."), "amount")
    reported, finished = (true_time(sitting, said, name) for name in ("reported_at", "finished_at"))
    story = Story(sitting.office, sitting.by, sitting.now, "cash", said["number"])
    worker = _worker(sitting, said)
    case = story.begin(reported, **told(said))
    story.step(case, "dispatch", finished, worker=said["worker"])
    story.step(case, "arrive", finished, worker)
    story.step(case, "quote", finished, worker, amount=said["amount"], description=said["content"][:100])
    story.step(case, "consent", finished, worker, how="paper")
    story.step(case, "finish", finished, worker, summary=said["summary"] or said["content"])
    if said["collected_at"] is not None:
        charge = Case.objects.select_related("office").get(parent=case, kind="charge")
        story.step(charge, "collect", true_time(sitting, said, "collected_at"), worker, method="cash")
    return "new"


def _worker(sitting: Sitting, said: dict[str, Any]) -> Actor:
    on = said["finished_at"].date()
    found = employed(sitting.office.pk, Role.REPAIR_WORKER, on).filter(number__iexact=said["worker"]).first()
    if found is None:
        raise Wrong(
            _("There is no repair worker {worker} in this office. Choose one of the list."), "worker", worker=said["worker"]
        )
    return staff_actor(found, on)


CASH = Sort(
    "cash", _("Money outstanding"), _("Paid work whose money is not with finance yet: owed, or in a worker's bag."),
    FIELDS, DESKS, write, ("number",),
)  # fmt: skip
