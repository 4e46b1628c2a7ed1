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
        raise Refused("MR-4", OUT_OF_ORDER, status=422)


OUT_OF_ORDER = _(
    "Arrived, began, finished: these times do not follow one another. Nothing of the row was taken; please correct it."
)
