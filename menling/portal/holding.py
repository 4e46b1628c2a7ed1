"""From the text of a link to who holds it and which case it opens."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.signing import BadSignature

from menling.doorway import keys
from menling.doorway.showing import loaded
from menling.journal.models import Case
from menling.kernel.actor import Actor
from menling.premises.models import Office


class LinkGone(Exception):
    """The link is unknown (`office` is None) or has expired; then the office can still be called."""

    def __init__(self, office: Office | None) -> None:
        self.office = office
        super().__init__("expired" if office else "unknown")


@dataclass(frozen=True)
class Held:
    """An open link: its text, the resident who holds it, and the row of its case (`order`) with the figures in force for it."""

    link: str
    by: Actor
    order: Any
    now: datetime

    @property
    def case(self) -> Case:
        """Return the one case of the link."""
        found: Case = self.order.case
        return found


def opened(link: str, now: datetime) -> Held:
    """Return what a link opens. Errors: `LinkGone`."""
    by = keys.holder(link, now) if link.startswith(keys.LINK) else None
    if by is None or not by.cases:
        raise LinkGone(_office_of(link))
    case = Case.objects.select_related("office", "office__company").get(pk=next(iter(by.cases)))
    return Held(link, by, loaded(case), now)


def _office_of(link: str) -> Office | None:
    """A link that was ours and expired still says whom to call."""
    try:
        case_id = int(keys.SIGNER.unsign(link.removeprefix(keys.LINK)).split("-")[0])
    except (BadSignature, ValueError):
        return None
    return Office.objects.filter(case__pk=case_id).first()
