"""The last number of each register of another system: ours go on after it, and never back."""

from typing import Any

from menling.imports.cells import Field, Wrong, text, whole
from menling.imports.sitting import Sitting, Sort, What
from menling.journal.cases import LETTERS
from menling.journal.models import Counter
from menling.kernel.words import _
from menling.premises.administration.books import ADMINISTRATORS, enter, keeps
from menling.procedures import PROCEDURES

RECEIPTS = ("receipt", _("Receipt"))
REGISTERS = (*((kind, PROCEDURES[kind].title) for kind in LETTERS if kind in PROCEDURES), RECEIPTS)
FIELDS = (
    Field("register", _("Which register"), text(30), "repair", required=True, choices=REGISTERS, width=20),
    Field("year", _("Year"), whole, "2025", required=True),
    Field("last", _("Last number"), whole, "1204", required=True),
)
FIRST_YEAR, LAST_YEAR, MOST = 2000, 2199, 99_999_999


def write(sitting: Sitting, said: dict[str, Any]) -> What:
    """Let a register go on after a number. Errors: `Wrong` for a year out of this world, or a number already given out."""
    keeps(sitting.by, sitting.office, ADMINISTRATORS)
    register, year, last = said["register"], said["year"], said["last"]
    if not FIRST_YEAR <= year <= LAST_YEAR or not 0 < last <= MOST:
        raise Wrong(_("A year of four figures and a number above 0 are needed."), "year" if last else "last")
    rows = Counter.objects.select_for_update(no_key=True)
    row, made = rows.get_or_create(office=sitting.office, register=register, year=year, defaults={"last": last})
    if row.last == last and not made:
        return "unchanged"
    if row.last > last:
        raise Wrong(_("This register is at {last} already and never goes back."), "last", last=row.last)
    enter(sitting.pen(), sitting.office, "number", f"{register} {year}", {} if made else {"last": row.last}, {"last": last})
    Counter.objects.filter(pk=row.pk).update(last=last)
    return "new" if made else "changed"


NUMBERS = Sort(
    "numbers", _("Last register numbers"), _("The last number given out in each register of the old system and year."), FIELDS,
    ADMINISTRATORS, write, ("register", "year"),
)  # fmt: skip
