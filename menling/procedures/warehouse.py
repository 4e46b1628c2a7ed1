"""What the warehouse hands out, and to whom: material leaves it against a dispatch slip (EN-1.3)."""

from menling.kernel.points import rule
from menling.kernel.refusal import Refused
from menling.kernel.words import _


@rule("EN-1.3")
def drawn_with_slip(shown: str, number: str) -> None:
    """Material is handed out to who shows the slip of this order. `shown` is the number on the slip, `number` the order's.

    Errors: `Refused` EN-1.3, 422 without a slip and 409 with that of another order.
    """
    if not shown:
        raise Refused("EN-1.3", _("Please enter the number of the dispatch slip that was shown."), status=422, field="slip")
    if shown.upper() != number.upper():
        raise Refused("EN-1.3", _("This slip is of another order: {shown}. Please look up that one."), shown=shown[:40])
