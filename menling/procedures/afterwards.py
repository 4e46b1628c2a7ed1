"""What is written down afterwards, several steps of one visit at once."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from menling.kernel.points import rule
from menling.kernel.refusal import Refused
from menling.kernel.words import _


@rule("MR-4")
def follow_one_another(times: Sequence[datetime]) -> None:
    """The times of one visit, in the order of its steps, do not run backwards; two steps may share one.

    Otherwise nothing of the visit is taken: a step taken at a wrong time could not be written down again.
    """
    if any(later < earlier for earlier, later in pairwise(times)):
        raise Refused("MR-4", OUT_OF_ORDER)


OUT_OF_ORDER = _(
    "These times do not follow one another: one step is earlier than the step before it. Nothing of this visit was taken."
    " Please correct it."
)


def stopped_first(begun: datetime | None, agreed: datetime | None) -> bool:
    """HC-5.2.5  Tell whether work began before a price was agreed: mostly it is after, but water is stopped before anybody
    speaks of money.
    """
    return begun is not None and agreed is not None and begun < agreed


@rule("HS-4.2.3")
def untimed(told: bool, sent_at: datetime, written_at: datetime, minutes: int) -> bool:
    """Tell whether nobody can know when the worker took a slip: it was `told` so, and written down after its minutes were over.

    Until then the worker may still acknowledge it, and what is told so counts for nothing.
    """
    return told and written_at - sent_at > timedelta(minutes=minutes)


@rule("MR-1")
def took_place(arrived_at: datetime | None, sent_at: datetime, written_at: datetime, visit_at: datetime | None) -> bool:
    """Tell whether a visit was under way before its dispatch was written down: no plan keeps anybody from writing down a fact.

    `arrived_at` is when the worker was at the door, as it was told; a time before the slip or still to come tells nothing,
    nor does any while the appointment (`visit_at`) is to come: its time is kept free as ever.
    """
    ahead = visit_at is not None and visit_at > written_at
    return arrived_at is not None and sent_at <= arrived_at < written_at and not ahead


@rule("MR-49")
def signed_on_paper(scan: str | bytes, name: str, *, own_work: bool) -> None:
    """What the resident signed on paper is entered with a picture of it and the name under it, not by who did the work.

    `scan` is the picture itself, or its digest where it is on file.
    """
    if own_work:
        raise Refused("MR-49", _("This was your own work. Somebody else at the desk enters the signed sheet."), status=403)
    if not scan:
        raise Refused("MR-49", _("Please photograph the slip or sheet the resident signed."), status=422, field="scan")
    if not name:
        raise Refused("MR-49", _("Please write the name under the signature."), status=422, field="name")


@rule("MR-40")
def overtaken(step_at: datetime, written_at: datetime, later: Iterable[datetime]) -> bool:
    """Tell whether a step was over before anybody wrote it down: by then a later step had been taken already.

    What it had to tell somebody to do is done, and nobody is sent out for it. `later` are the true times of the steps that
    carried the case on; one of the same instant follows nothing.
    """
    return any(step_at < each < written_at for each in later)
