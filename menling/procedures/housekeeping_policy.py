"""The figures of the housekeeping procedure that an office may choose, beside those it shares with repairs."""

from dataclasses import dataclass
from datetime import time

from menling.kernel.policy import setting
from menling.kernel.words import _
from menling.procedures.pickup_policy import PickupPolicy


@dataclass(frozen=True)
class HousekeepingPolicy(PickupPolicy):
    """Values in force for one housekeeping order. Minutes, an hour of the day or a choice, as each setting says."""

    taker: str = setting(
        "intake.housekeeping.desk",
        ("HS-3.1", "HS-4.1.1.1", "HA-1.1", "CF-02"),
        _("Desk that takes housekeeping"),
        "service_desk",
        options=("service_desk", "service_desk_or_control_centre", "office", "call_department"),
    )
    gap_minutes: int = setting(
        "booking.gap_minutes", "HS-4.1.1.2", _("Gap between two visits of one housekeeper"), 0, unit="min", least=0, most=240,
        in_source=False,
    )  # fmt: skip
    planned_minutes: int = setting(
        "housekeeping.planned_minutes", "MR-1", _("Planned length of a housekeeping visit"), 120, unit="min", least=15,
        most=1440, in_source=False,
    )  # fmt: skip
    first_pickup: time = setting("pickup.housekeeping_first", "HS-4.1.1.3", _("First pick-up of housekeeping"), time(8, 0))
    second_pickup: time = setting("pickup.housekeeping_second", "HS-4.1.1.3", _("Second pick-up of housekeeping"), time(13, 30))
    assigner: str = setting(
        "dispatch.assigner",
        ("HA-2", "HS-4.1.1.3", "HC-5.1.3", "HC-4.3", "CF-41"),
        _("Who assigns the workers"),
        "team_and_control",
        options=("team_and_control", "service_desk_too"),
    )
    chain: str = setting(
        "acceptance.chain",
        ("HA-4.1", "HS-4.1.1.4", "CF-23"),
        _("Acceptance after cleaning"),
        "customer_only",
        options=("customer_only", "four_steps"),
    )
    best_score: int = setting(
        "acceptance.best_score", "HA-4.2.1", _("Best satisfaction score"), 5, least=3, most=10, in_source=False
    )
    one_month: str = setting(
        "service.exactly_one_month",
        ("HC-5.1.1", "HC-5.1.1.1", "HC-5.1.1.2"),
        _("A service of exactly one month is"),
        "hourly",
        options=("hourly", "long_term"),
    )

    @property
    def busy_minutes(self) -> int:
        """Return how long a visit keeps a housekeeper from the next one: the planned length and the gap after it."""
        return self.planned_minutes + self.gap_minutes

    @property
    def pickups(self) -> tuple[time, ...]:
        """Return the hours at which the team's appointed person comes for the orders, the first one first."""
        return tuple(sorted({self.first_pickup, self.second_pickup}))
