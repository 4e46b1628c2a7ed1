"""Writing down afterwards what somebody else did: who may, how it was heard of, and what nobody may write for a resident."""

from menling.kernel.points import rule
from menling.kernel.refusal import Refused
from menling.kernel.roles import RECORDERS, WORKERS, Role
from menling.kernel.words import _

SOURCES = ("radio", "phone", "paper")
"""How somebody who writes a step down afterwards may have heard of it."""


@rule("OC-4.5")
def own_opinion(verb: str) -> None:
    """Opinion, rating and signature are the resident's own; nobody records them for the resident."""
    if verb in {"sign", "rate"}:
        raise Refused("OC-4.5", _("Only the resident signs and rates. Hand over the screen, or show the QR code."), status=403)


def may_record_for(recorder: frozenset[Role], worker: frozenset[Role]) -> None:
    """A desk or a foreman may write down what a worker did (MR-3); nobody writes for another desk."""
    if not recorder & RECORDERS or not worker & WORKERS:
        raise Refused("MR-3", _("Only a desk or a foreman may record a worker's step afterwards."), status=403)
