"""What a PIN opens on a worker's phone: the doorstep, and nothing behind it."""

from menling.kernel.points import rule
from menling.kernel.refusal import Refused
from menling.kernel.roles import WORKERS, Role
from menling.kernel.words import _


@rule("MR-22")
def roles_by_pin(held: frozenset[Role]) -> frozenset[Role]:
    """Return the roles somebody has who came in by a PIN: those of a worker at a home."""
    return held & WORKERS


@rule("MR-22")
def opened_by_pin(opened: bool) -> None:
    """Four figures typed on a doorstep open no office: its books and its people ask for the password."""
    if not opened:
        raise Refused("MR-22", _("A PIN opens the visits only. Please log in with your password for this."), status=403)
