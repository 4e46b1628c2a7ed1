"""What keeps a clause, in the words of the pages: a step by its button, a clock by its promise, a figure by its title."""

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from menling.doorway.language import said
from menling.journal.sweep import clock_of
from menling.kernel.policy import SETTINGS
from menling.procedures import PROCEDURES
from menling.procedures.conduct import GROUPS

SORTS = {"step": _("step"), "clock": _("limit"), "setting": _("figure"), "prompt": _("reminder"), "rule": _("rule")}


@dataclass(frozen=True)
class Kept:
    """One place of the program: what sort it is, what it is called on the pages, and its address in the program."""

    sort: str
    title: str
    where: str


def kept_by(point: str) -> Kept:
    """Return a point, named as in the ledger (``clock repair.arrive``), in the reader's words."""
    sort, where = point.split(" ", 1)
    return Kept(gettext(SORTS.get(sort, sort)), _title(sort, where), where)


def _title(sort: str, where: str) -> str:
    kind, _dot, key = where.partition(".")
    if sort == "step" and kind in PROCEDURES:
        return f"{said(PROCEDURES[kind].title)} {said(PROCEDURES[kind].verb_title(key))}"
    if sort == "clock" and (clock := clock_of(kind, key)):
        return said(clock.promise)
    if sort == "setting" and where in SETTINGS:
        return said(SETTINGS[where].title)
    if sort == "prompt":
        return next((said(group.title) for group in GROUPS if f"{group.kind}.{group.screen}.{group.key}" == where), "")
    return ""
