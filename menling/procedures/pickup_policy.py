"""How a team hears of its orders, and how long a pick-up may lie: figures that housekeeping and home alarms share."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import time

from menling.kernel.policy import setting
from menling.kernel.words import _
from menling.procedures.repair_policy import RepairPolicy

SHOWN_AND_COLLECTED, BATCH_FIRST, TOLD_AT_ONCE = MODES = ("immediate_plus_batch", "batch_then_direct", "immediate")
"""How a team hears: sees all at once and comes for it; sees it when it comes; is told of each and comes for none (CF-37)."""


@dataclass(frozen=True)
class PickupPolicy(RepairPolicy, ABC):
    """Values in force for one order of a team that comes for its orders. A repair is told at once, whatever stands here."""

    mode: str = setting(
        "dispatch.mode", ("HS-4.1.1.3", "HS-4.1.2.2", "HC-5.1.2", "HA-2", "CF-37"), _("How a team hears of its orders"),
        SHOWN_AND_COLLECTED, options=MODES,
    )  # fmt: skip
    pickup_grace: int = setting(
        "pickup.grace_minutes", ("HS-4.1.1.3", "HS-4.1.2.2"), _("Pick-up late after"), 15, unit="min", least=0, most=240,
        in_source=False,
    )  # fmt: skip

    @property
    @abstractmethod
    def pickups(self) -> tuple[time, ...]:
        """Return the hours at which the team's appointed person comes for the orders, the first one first."""
