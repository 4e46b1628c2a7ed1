"""The rules of a slip on its way to a home: seen once, put off only with an apology."""

from menling.kernel.points import rule
from menling.kernel.refusal import Refused
from menling.kernel.words import _


@rule("MR-42")
def something_to_see(*, first: bool, seen: bool) -> None:
    """A slip is acknowledged once, and once more after each change or cancellation; nothing is seen for a second time."""
    if not first and seen:
        raise Refused("MR-42", _("This was acknowledged already, and nothing has changed since. There is nothing more to do."))


@rule("HS-4.3.1", "EN-2.2")
def apologised_for(*, late: bool, apologised: bool, called_back: bool = False) -> None:
    """A visit that was reported late gets a new time only with an apology to the resident, whoever agrees it.

    So does one whose worker was `called_back` while nobody else was sent, which is said as it is.
    """
    if late and not apologised:
        why = CALLED_BACK if called_back else REPORTED_LATE
        raise Refused("HS-4.3.1", why, status=422, field="apologised")


REPORTED_LATE = _("This visit was reported late. Apologise to the resident, agree the new time and record that you did.")
CALLED_BACK = _(
    "The worker of this visit was called back. Apologise to the resident, agree the new time and record that you did."
)
