"""Open orders of another system, written down as they were reported there, with the worker who was sent."""

from datetime import datetime
from typing import Any

from menling.imports import stories
from menling.imports.cells import Field, Wrong, label, moment, phone, text, yuan
from menling.imports.recording import Story, brought_before
from menling.imports.sitting import Sitting, Sort, What
from menling.kernel.roles import Role
from menling.kernel.words import _
from menling.premises.administration.books import ADMINISTRATORS
from menling.procedures.alarm_rules import JOBS

DESKS = frozenset({Role.CONTROL_CENTRE, Role.SERVICE_DESK, Role.SERVICE_DESK_SUPERVISOR})
KEEPERS = DESKS | ADMINISTRATORS
URGENCIES = (("ordinary", _("ordinary")), ("emergency", _("emergency")))
SIZES = (("small", _("small")), ("big", _("big")))
NUMBER = Field("number", _("Old number"), label(60), "GD-2025-0317", required=True, width=18)
WHO = (
    Field("unit", _("Unit"), text(30), "3-2-1201", required=True),
    Field("reporter", _("Reporter"), text(60), "王秀英", required=True),
    Field("phone", _("Phone"), phone, "14000088001", width=18),
    Field("content", _("What is to be done"), text(2000), "厨房下水堵塞", required=True, width=36),
    Field("reported_at", _("Reported at"), moment, "2025-12-30 09:20", required=True, width=20),
)
FIELDS = (
    NUMBER, stories.KIND, *WHO,
    Field("requirements", _("Wishes"), text(500), width=24),
    Field("visit_at", _("Appointment"), moment, "2025-12-31 14:00", width=20),
    Field("urgency", _("Urgency"), text(20), "ordinary", choices=URGENCIES),
    Field("size", _("Size"), text(20), "small", choices=SIZES),
    Field("job", _("Alarm: what is wanted"), text(10), choices=tuple(JOBS.items())),
    Field("amount", _("Agreed price in yuan"), yuan),
    stories.WORKER,
    Field("dispatched_at", _("Sent at"), moment, "2025-12-30 09:40", width=20),
    stories.SENT_BY,
    stories.TAKEN_BY,
)  # fmt: skip
OF_KINDS = {"urgency": {"repair", "housekeeping"}, "size": {"repair"}, "job": {"alarm"}, "amount": {"housekeeping"}}
"""Columns that say something about some kinds of order only."""


def write(sitting: Sitting, said: dict[str, Any]) -> What:
    """Record an open order with the time of its report; one that was brought before lives its own life here."""
    if already(sitting, "orders", said["number"]):
        return "unchanged"
    reported = true_time(sitting, said, "reported_at")
    by = stories.taken_by(sitting, said, reported.date())
    kind = stories.kind_of(sitting, said, by, reported)
    story = Story(sitting.office, by, sitting.now, "orders", said["number"])
    case = stories.begin(story, kind, reported, **told(said), **_more(sitting, said, kind))
    if said["amount"] is not None:
        stories.agree(story, case, reported, said["amount"], said["content"])
    if said["worker"] is not None:
        sent = true_time(sitting, said, "dispatched_at") if said["dispatched_at"] else reported
        stories.send(sitting, story, case, said, sent)
    return "new"


def _more(sitting: Sitting, said: dict[str, Any], kind: str) -> dict[str, Any]:
    """Return what else a row says about its order. Errors: `Wrong` for a column that another kind has."""
    given = [name for name in OF_KINDS if said[name] is not None]
    for name in given:
        if kind not in OF_KINDS[name]:
            raise Wrong(_("Orders of this kind have no such column. Leave it empty."), name)
    visit_at = sitting.at(said["visit_at"]) if said["visit_at"] else None
    more = {name: said[name] for name in given if name != "amount"}
    return more | {"requirements": said["requirements"], "visit_at": visit_at}


def told(said: dict[str, Any]) -> dict[str, Any]:
    """Return what every report says; the number of the other system stays readable in front of the words."""
    content = f"[{said['number']}] {said['content']}"
    return {"unit": said["unit"], "reporter": said["reporter"], "phone": said["phone"], "content": content}


def already(sitting: Sitting, source: str, number: str) -> bool:
    """Tell whether a number of the other system was brought by an earlier import."""
    if source not in sitting.known:
        sitting.known[source] = brought_before(sitting.office, source)
    return number in sitting.known[source]


def true_time(sitting: Sitting, said: dict[str, Any], name: str) -> datetime:
    """Return when something happened. Errors: `Wrong` for the future and for before the report."""
    at = sitting.at(said[name])
    if at > sitting.now:
        raise Wrong(_("This time lies in the future. Please correct it."), name)
    if at < sitting.at(said["reported_at"]):
        raise Wrong(_("This is before the report. Please correct it."), name)
    return at


ORDERS = Sort(
    "orders", _("Open orders"),
    _("Repairs, housekeeping and home alarms still open in the old system, with the time they were reported there."),
    FIELDS, KEEPERS, write, ("number",),
)  # fmt: skip
