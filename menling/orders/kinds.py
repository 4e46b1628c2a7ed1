"""The kinds of case of this room, for the doors."""

from menling.journal.kinds import Kind
from menling.kernel.words import _
from menling.orders.commands import closing, copying, intake, keeping, referring, sending, visiting
from menling.orders.commands.steps import roles_on
from menling.orders.models import Order, Referral, RegisterCopy
from menling.procedures.referral import REFERRAL
from menling.procedures.register_copy import REGISTER_COPY
from menling.procedures.repair import REPAIR

MODULES = (intake, sending, visiting, closing, keeping)
OVERLAP = ("MR-1", _("This worker already has a visit planned at that time. Choose somebody else or another time."))
SLIP_USED = ("HS-4.3.3", _("This message slip number was used already. Please check the number on the pad."))
COPIED = ("HS-4.2.4", _("The register of this day was copied already."))

KINDS = {
    "repair": Kind(
        REPAIR,
        Order,
        commands={
            verb: function
            for verb in sorted({step.verb for step in REPAIR.steps} - {"file", "refer"})
            for module in MODULES
            if (function := vars(module).get(verb)) is not None
        },
        openings={"file": intake.file},
        related=("unit", "worker"),
        roles=roles_on,
        conflicts={"one_worker_one_place": OVERLAP, "message_slip_once": SLIP_USED},
    ),
    "referral": Kind(
        REFERRAL,
        Referral,
        commands={"take": referring.take_over, "close": referring.close},
        openings={"pass_on": referring.pass_on},
    ),
    "register_copy": Kind(
        REGISTER_COPY,
        RegisterCopy,
        commands={"deliver": copying.deliver},
        openings={"prepare": copying.prepare},
        related=("office",),
        conflicts={"register_copy_once": COPIED},
    ),
}
"""Kinds by name."""
