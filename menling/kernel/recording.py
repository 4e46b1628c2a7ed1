"""Writing down afterwards what somebody else did: who may, how it was heard of, and what nobody may write for a resident."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from menling.kernel.points import rule
from menling.kernel.policy import setting
from menling.kernel.refusal import Refused
from menling.kernel.roles import RECORDERS, WORKERS, Role
from menling.kernel.words import _

OWN_WORD = "own_word"
"""The source of what a worker tells of an earlier shift: nobody but the worker says so until the foreman looked."""
SOURCES = ("radio", "phone", "paper")
"""How somebody who writes a step down afterwards may have heard of it."""

CUT_OVER = "cut_over"
"""The source of what an administrator brings in from another system, in the name of who did it there."""


@rule("OC-4.5")
def own_opinion(verb: str) -> None:
    """Opinion, rating and signature are the resident's own; nobody records them for the resident."""
    if verb in {"sign", "rate"}:
        raise Refused("OC-4.5", _("Only the resident signs and rates. Hand over the screen, or show the QR code."), status=403)


def may_record_for(recorder: frozenset[Role], worker: frozenset[Role], away: frozenset[Role] = WORKERS) -> None:
    """A desk or a foreman may write down what somebody away from a desk did (MR-3); nobody writes for another desk."""
    if not recorder & RECORDERS or not worker & away:
        raise Refused("MR-3", _("Only a desk or a foreman may record a worker's step afterwards."), status=403)


@rule("MR-44")
def brought_over(recorder: frozenset[Role]) -> None:
    """At a change of systems the administrator writes down what desks and workers did in the old one; nobody else does."""
    if Role.ADMINISTRATOR not in recorder:
        raise Refused("MR-44", _("Only the administrator brings in what others did in another system."), status=403)


@dataclass(frozen=True)
class RecordingPolicy:
    """How far back a worker's own word reaches."""

    grace_minutes: int = setting(
        "recording.grace_minutes", "MR-21", _("Own entries from before the shift, at most"), 60, unit="min", least=0, most=1440,
        in_source=False,
    )  # fmt: skip


def speaks_alone(held: frozenset[Role]) -> bool:
    """Tell whether somebody only ever writes down the own steps: a worker who is neither desk nor foreman."""
    return bool(held & WORKERS) and not held & RECORDERS


@rule("MR-21")
def own_word(happened: datetime, began: datetime, grace_minutes: int) -> str:
    """Return the source of a worker's own entry: `OWN_WORD` for what is older than the shift and its minutes of grace."""
    return OWN_WORD if happened < began - timedelta(minutes=grace_minutes) else ""


@rule("MR-40")
def one_whole() -> bool:
    """Tell that the steps of a job written down afterwards stand or fall together."""
    return True
