"""Whether an office judges what it is asked for, or takes every order: one choice for its own orders and those placed with it."""

from typing import Any, Protocol

from menling.kernel.points import rule
from menling.kernel.policy import setting
from menling.kernel.refusal import Refused
from menling.kernel.words import _


class Taking(Protocol):
    """Figures among which stands whether an order is taken: ``judge`` or ``mandatory``."""

    @property
    def acceptance(self) -> str: ...


def acceptance_mode() -> Any:
    """Return the field of a policy that says whether an order is judged first or taken as it comes (OI-1.1, CF-03)."""
    return setting(
        "intake.acceptance_mode", ("OI-1.1", "CF-03"), _("Whether an order is taken"), "judge", options=("judge", "mandatory")
    )


@rule("OI-1.1")
def taken_at_once(policy: Taking) -> bool:
    """Tell whether an order counts as accepted as soon as it is registered: nobody judges it first (CF-03)."""
    return policy.acceptance == "mandatory"


@rule("OI-1.1")
def may_decline(policy: Taking) -> None:
    """Where every order is taken nobody declines: another office may help, or the customer agrees to something else (OI-4.3)."""
    if taken_at_once(policy):
        raise Refused(
            "OI-1.1",
            _("This office takes every order and declines none. Ask another office for help, ask back what is unclear, or agree"
              " with the customer what is possible."),
        )  # fmt: skip
