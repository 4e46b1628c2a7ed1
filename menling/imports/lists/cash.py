"""Money outstanding at the change of systems: what residents still owe, and the cash that is in a worker's bag."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from menling.imports import stories
from menling.imports.cells import Field, Wrong, moment, text, yuan
from menling.imports.lists.orders import KEEPERS, NUMBER, WHO, already, told, true_time
from menling.imports.recording import SOURCE, Story
from menling.imports.sitting import Sitting, Sort, What
from menling.journal.models import Case
from menling.kernel.actor import Actor
from menling.kernel.words import _
from menling.procedures.alarm_rules import JOBS

FIELDS = (
    NUMBER, stories.KIND, *WHO, replace(stories.WORKER, required=True), stories.SENT_BY,
    Field("job", _("Alarm: what is wanted"), text(10), choices=tuple(JOBS.items())),
    Field("finished_at", _("Finished at"), moment, "2025-12-30 10:30", required=True, width=20),
    Field("amount", _("Amount"), yuan, "86.00", required=True),
    Field("collected_at", _("Cash taken at"), moment, width=20),
    Field("summary", _("What was done"), text(500), "已疏通", width=24),
    stories.TAKEN_BY,
)  # fmt: skip


def write(sitting: Sitting, said: dict[str, Any]) -> What:
    """Record a finished, paid order: due from the resident or, with a time of collection, cash in the worker's bag.

    What happened between the report and the end nobody told: it is written down as of the end.
    """
    if already(sitting, "cash", said["number"]):
        return "unchanged"
    if said["amount"] <= 0:
        raise Wrong(_("An amount above 0 is needed."), "amount")
    reported, finished = (true_time(sitting, said, name) for name in ("reported_at", "finished_at"))
    by = stories.taken_by(sitting, said, reported.date())
    kind = stories.kind_of(sitting, said, by, reported)
    story = Story(sitting.office, by, sitting.now, "cash", said["number"])
    more = {"job": said["job"]} if said["job"] else {}
    case = stories.begin(story, kind, reported, **told(said), **more, **({} if kind == "repair" else {"visit_at": finished}))
    collector = _worked(sitting, story, case, said, finished)
    if said["collected_at"] is not None:
        charge = Case.objects.select_related("office").get(parent=case, kind="charge")
        story.step(charge, "collect", true_time(sitting, said, "collected_at"), collector, method="cash")
    return "new"


def _worked(sitting: Sitting, story: Story, case: Case, said: dict[str, Any], finished: datetime) -> Actor:
    """Write the work down as of its end and return who did it; the price of housekeeping was agreed before it (HC-5.1.3)."""
    worker = stories.worker_of(sitting, case.kind, stories.numbers_of(said["worker"])[0], finished.date())
    if case.kind == "housekeeping":
        stories.agree(story, case, finished, said["amount"], said["content"])
    stories.send(sitting, story, case, said, finished)
    story.step(case, "arrive", finished, worker)
    if case.kind != "housekeeping":
        story.step(case, "quote", finished, worker, amount=said["amount"], description=said["content"][:100])
        story.step(case, "consent", finished, worker, how=SOURCE)
    story.step(case, "finish", finished, worker, summary=said["summary"] or said["content"])
    return worker


CASH = Sort(
    "cash", _("Money outstanding"), _("Paid work whose money is not with finance yet: owed, or in a worker's bag."),
    FIELDS, KEEPERS, write, ("number",),
)  # fmt: skip
