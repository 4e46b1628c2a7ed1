"""Lines of a statement that pay nothing of the office: set aside with a reason, and taken up again (MR-23)."""

from menling.kernel.points import rule
from menling.kernel.refusal import Refused
from menling.kernel.words import _


@rule("MR-23")
def told_why_aside(reason: str) -> None:
    """A line is set aside with a reason, so that the next one who looks need not ask again."""
    if not reason.strip():
        raise Refused("MR-23", _("Please write why this payment is none of ours."), status=422, field="reason")


@rule("MR-23")
def not_set_aside(reason: str) -> None:
    """A line that was set aside for `reason` pays nothing until it is taken up again."""
    if reason:
        raise Refused("MR-23", _("This line was set aside: {reason}. Take it up again first."), reason=reason)


@rule("MR-23")
def was_set_aside(reason: str) -> None:
    """Only what was set aside is taken up again."""
    if not reason:
        raise Refused("MR-23", _("This line is not set aside. Please look at the list again."))
