"""The figures of home alarms that an office may choose, beside those they share with repairs."""

from dataclasses import dataclass
from datetime import time
from decimal import Decimal

from menling.kernel.policy import setting
from menling.kernel.words import _
from menling.procedures.pickup_policy import PickupPolicy


@dataclass(frozen=True)
class AlarmPolicy(PickupPolicy):
    """Values in force for one order about a home alarm."""

    taker: str = setting(
        "intake.alarm.desk",
        "HS-3.1",
        _("Desk that takes home alarms"),
        "service_desk",
        options=("service_desk", "office"),
    )
    planned_minutes: int = setting(
        "alarm.planned_minutes", "MR-1", _("Planned length of a visit to an alarm"), 60, unit="min", least=5, most=1440,
        in_source=False,
    )  # fmt: skip
    first_pickup: time = setting("pickup.alarm_first", "HS-4.1.2.2", _("First pick-up of home alarms"), time(9, 0))
    second_pickup: time = setting("pickup.alarm_second", "HS-4.1.2.2", _("Second pick-up of home alarms"), time(13, 30))
    spot_check_pct: Decimal = setting(
        "alarm.spot_check_pct", "HS-4.1.2.3", _("Home alarms spot-checked, at least (0: as return visits)"), Decimal(0),
        unit="%", least=Decimal(0), most=Decimal(100), in_source=False,
    )  # fmt: skip

    @property
    def pickups(self) -> tuple[time, ...]:
        """Return the hours at which engineering's appointed person comes for the slips, the first one first."""
        return tuple(sorted({self.first_pickup, self.second_pickup}))
