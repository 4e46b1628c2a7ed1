"""What is written down afterwards, several steps of one visit at once."""

from collections.abc import Sequence
from datetime import datetime
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
