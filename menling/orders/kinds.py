"""The kinds of case of this room, for the doors."""

from collections.abc import Mapping
from types import ModuleType

from menling.journal.kinds import Command, Kind
from menling.kernel.procedure import Procedure
from menling.kernel.words import _
from menling.orders.alarms import checking as alarm_checking
from menling.orders.alarms import sending as alarm_sending
from menling.orders.alarms import taking as alarm_taking
from menling.orders.commands import (
    closing,
    copying,
    drawing,
    emergencies,
    escalating,
    intake,
    keeping,
    passing,
    picking,
    pricing,
    referring,
    refusing,
    sending,
    tracing,
    visiting,
    waiting,
)
from menling.orders.commands.steps import roles_on
from menling.orders.housekeeping import accepting, booking, crew
from menling.orders.models import Alarm, Batch, Housekeeping, Order, Referral, RefusedStep, RegisterCopy
from menling.procedures.alarm import ALARM
from menling.procedures.batch import ALARM_BATCH, BATCH, CLEANING, ENGINEERING
from menling.procedures.housekeeping import HOUSEKEEPING
from menling.procedures.referral import REFERRAL
from menling.procedures.refused_step import REFUSED_STEP
from menling.procedures.register_copy import REGISTER_COPY
from menling.procedures.repair import REPAIR

MODULES = (intake, sending, visiting, pricing, waiting, drawing, emergencies, escalating, closing, keeping, passing, tracing)
OVERLAP = ("MR-1", _("This worker already has a visit planned at that time. Choose somebody else or another time."))
SLIP_USED = ("HS-4.3.3", _("This message slip number was used already. Please check the number on the pad."))
BATCHED = ("HS-4.1.1.3", _("The orders of this pick-up were laid out already."))
SLIPS_OUT = ("HS-4.1.2.2", _("The slips of this pick-up were laid out already."))
COPIED = ("HS-4.2.4", _("The register of this day was copied already."))


def _commands(procedure: Procedure, *modules: ModuleType) -> Mapping[str, Command]:
    """Return the command of every verb of a table: a function of its name, of the last module that has one."""
    verbs = sorted({step.verb for step in procedure.steps} - {"file", "refer"})
    return {verb: vars(module)[verb] for verb in verbs for module in modules if verb in vars(module)}


KINDS = {
    "repair": Kind(
        REPAIR,
        Order,
        commands=_commands(REPAIR, *MODULES),
        openings={"file": intake.file},
        related=("unit", "worker"),
        roles=roles_on,
        conflicts={"one_worker_one_place": OVERLAP, "message_slip_once": SLIP_USED},
    ),
    "housekeeping": Kind(
        HOUSEKEEPING,
        Housekeeping,
        commands=_commands(HOUSEKEEPING, *MODULES, booking, crew, accepting),
        openings={"file": booking.file},
        related=("unit", "worker"),
        roles=roles_on,
        conflicts={"one_worker_one_place": OVERLAP, "message_slip_once": SLIP_USED},
    ),
    "batch": Kind(
        BATCH,
        Batch,
        commands={"pick_up": picking.pick_up},
        openings={"prepare": picking.preparing(CLEANING)},
        conflicts={"batch_once": BATCHED},
    ),
    "alarm": Kind(
        ALARM,
        Alarm,
        commands=_commands(ALARM, accepting, *MODULES, alarm_taking, alarm_sending, alarm_checking),
        openings={"file": alarm_taking.file},
        related=("unit", "worker", "batch"),
        roles=roles_on,
        conflicts={"one_worker_one_place": OVERLAP, "message_slip_once": SLIP_USED},
    ),
    "alarm_batch": Kind(
        ALARM_BATCH,
        Batch,
        commands={"pick_up": picking.pick_up},
        openings={"prepare": picking.preparing(ENGINEERING)},
        conflicts={"batch_once": SLIPS_OUT},
    ),
    "referral": Kind(
        REFERRAL,
        Referral,
        commands={
            "take": referring.take_over,
            "hand_on": referring.hand_on,
            "chase": referring.chase,
            "answer": referring.answer,
            "tell": referring.tell,
            "close": referring.close,
        },
        openings={"pass_on": referring.pass_on},
    ),
    "refused_step": Kind(
        REFUSED_STEP,
        RefusedStep,
        commands={"record": refusing.record, "dismiss": refusing.dismiss},
        openings={"keep": refusing.keep},
        related=("of", "worker"),
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
