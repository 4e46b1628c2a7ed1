"""The kinds of case of this room, for the doors."""

from menling.journal.kinds import Kind
from menling.procedures.coordination import COORDINATION
from menling.tracking.commands import closing, opening, tracking
from menling.tracking.commands.steps import roles_on
from menling.tracking.models import Coordination

KINDS = {
    "coordination": Kind(
        COORDINATION,
        Coordination,
        commands={
            "appoint": opening.appoint,
            "reassign": opening.reassign,
            "log": tracking.log,
            "excuse": tracking.excuse,
            "review": tracking.review,
            "supervise": tracking.supervise,
            "tick": tracking.tick,
            "note": tracking.note,
            "conclude": closing.conclude,
            "sign": closing.sign,
            "attest": closing.attest,
            "object": closing.object,
            "sign_off": closing.sign_off,
            "archive": closing.archive,
            "destroy": closing.destroy,
        },
        related=("tracker",),
        roles=roles_on,
    ),
}
"""Kinds by name."""
