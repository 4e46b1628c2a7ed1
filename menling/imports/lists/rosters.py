"""The roster."""

from datetime import timedelta
from typing import Any

from menling.imports.cells import Field, Wrong, clock, day, label, text
from menling.imports.sitting import Sitting, Sort, What
from menling.kernel.words import _
from menling.premises.administration.books import KEEPERS
from menling.premises.administration.roster import add_shift
from menling.premises.models import Shift, Staff

FIELDS = (
    Field("number", _("Work number"), label(20), "W021", required=True),
    Field("day", _("Day"), day, "2027-01-04", required=True),
    Field("starts", _("Shift begins"), clock, "08:00", required=True),
    Field("ends", _("Shift ends"), clock, "16:00", required=True),
    Field("name", _("Shift"), text(20), "早班"),
)


def write(sitting: Sitting, said: dict[str, Any]) -> What:
    """Put somebody on the roster of a day; an end not after the begin is on the next day."""
    staff = _staff(sitting, said["number"])
    starts = sitting.on(said["day"], said["starts"])
    ends = sitting.on(said["day"] + timedelta(days=said["ends"] <= said["starts"]), said["ends"])
    held = Shift.objects.filter(staff=staff, office=sitting.office, starts_at=starts, ends_at=ends).first()
    if held is not None and (said["name"] is None or held.name == said["name"]):
        return "unchanged"
    if held is not None:
        raise Wrong(_("{name} is on the roster already at that time."), "number", name=staff.name)
    add_shift(sitting.office, sitting.pen(), staff, starts_at=starts, ends_at=ends, name=said["name"] or "")
    return "new"


def _staff(sitting: Sitting, number: str) -> Staff:
    found = Staff.objects.filter(number__iexact=number, company_id=sitting.office.company_id).first()
    if found is None:
        raise Wrong(_("Nobody has the work number {number}. Import the staff first."), "number", number=number)
    return found


ROSTERS = Sort(
    "rosters", _("Roster"), _("Who works when: one row for each person and day."), FIELDS, KEEPERS, write,
    ("number", "day", "starts", "ends"),
)  # fmt: skip
