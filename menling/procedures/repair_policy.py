"""The figures of the repair procedure that an office may choose."""

from dataclasses import dataclass
from datetime import time
from decimal import Decimal

from menling.kernel.policy import setting
from menling.kernel.words import _
from menling.procedures.taking import acceptance_mode


@dataclass(frozen=True)
class RepairPolicy:
    """Values in force for one repair. Minutes, yuan, years or a choice, as each setting says."""

    desk: str = setting(
        "intake.home_repair.desk",
        ("HS-3.2", "EN-F.1", "CF-01"),
        _("Desk that takes repairs"),
        "control_centre",
        options=("control_centre", "service_desk", "either"),
    )
    assigner: str = setting(
        "dispatch.assigner",
        ("HS-4.2.3", "HC-4.3", "CF-41"),
        _("Who assigns the workers"),
        "team_and_control",
        options=("team_and_control", "service_desk_too"),
    )
    acceptance: str = acceptance_mode()
    lead_minutes: int = setting(
        "booking.min_lead_minutes", "HS-4.1.1.2", _("Booked ahead by at least"), 30, unit="min", least=30, most=1440
    )
    lead_for: str = setting(
        "booking.min_lead_applies_to",
        ("HS-4.1.1.2", "CF-07"),
        _("The lead binds"),
        "booked_orders",
        options=("booked_orders", "all_orders"),
    )
    at_once: bool = setting("repair.at_once_allowed", "EN-2.5", _("Orders without appointment"), True)
    dispatch_within: int = setting(
        "repair.dispatch_minutes", "HS-4.2.3", _("Dispatch within"), 5, unit="min", least=1, most=1440, in_source=False
    )
    acknowledge_within: int = setting(
        "repair.acknowledge_minutes",
        "HS-4.2.3",
        _("Worker acknowledges within"),
        5,
        unit="min",
        least=1,
        most=1440,
        in_source=False,
    )
    take_over_within: int = setting(
        "repair.take_over_minutes",
        "HS-4.1.3",
        _("Urgent hand-over taken within"),
        5,
        unit="min",
        least=1,
        most=1440,
        in_source=False,
    )
    arrive_within: int = setting(
        "repair.arrive_minutes", ("EN-2.1", "EN-2.3"), _("At the door within"), 15, unit="min", least=1, most=1440
    )
    early: int = setting("repair.early_minutes", ("EN-2.4",), _("Aim to be early by"), 3, unit="min", least=0, most=60)
    sets_out: int = setting(
        "visit.sets_out_minutes", ("EN-2.4",), _("On the way to an appointment from, before it"), 30, unit="min", least=0,
        most=240, in_source=False,
    )  # fmt: skip
    rebook_within: int = setting(
        "repair.rebook_minutes",
        ("EN-2.2", "HS-4.3.1"),
        _("New time agreed within"),
        5,
        unit="min",
        least=1,
        most=1440,
        in_source=False,
    )
    change_seen_within: int = setting(
        "repair.change_seen_minutes",
        "HS-4.3.2",
        _("Change acknowledged within"),
        5,
        unit="min",
        least=1,
        most=1440,
        in_source=False,
    )
    small_hours: int = setting("repair.small_hours", "HC-5.2.4", _("Small repair done within"), 24, unit="h", least=1, most=720)
    big_hours: int = setting("repair.big_hours", "HC-5.2.4", _("Large repair answered within"), 72, unit="h", least=1, most=720)
    emergency_within: int = setting(
        "emergency.arrive_minutes", ("HC-5.2.5", "CF-06"), _("Emergency: at the door within"), 10, unit="min", least=1, most=60
    )
    emergency_from: time = setting("emergency.window_from", "HC-5.2.5", _("Emergency minutes count from"), time(9, 0))
    emergency_until: time = setting("emergency.window_until", "HC-5.2.5", _("Emergency minutes count until"), time(22, 0))
    emergency_night: str = setting(
        "emergency.night",
        "HC-5.2.5",
        _("Emergency minutes at night"),
        "target",
        options=("target", "counted"),
    )
    emergency_climb: int = setting(
        "emergency.on_call_minutes", "HC-5.2.5", _("Next person on call after"), 5, unit="min", least=1, most=60,
        in_source=False,
    )  # fmt: skip
    emergency_first: str = setting(
        "emergency.called_first", "HC-5.2.5", _("Called before the list while the crew is on shift"), "leaders",
        options=("leaders", "foreman", "control_centre", "sent_worker"), in_source=False,
    )  # fmt: skip
    emergency_kinds: tuple[str, ...] = setting(
        "emergency.kinds", ("HC-5.2.5", "CF-08"), _("What is an emergency"), ("burst_pipe", "leak", "power_cut")
    )
    emergency_list: tuple[str, ...] = setting(
        "emergency.checklist",
        ("HC-5.2.5", "CF-08"),
        _("What is done in every emergency"),
        ("control_centre", "worker", "departments", "authorities"),
    )
    hazard_hours: int = setting(
        "hazard.follow_up_hours", "HC-5.2.5", _("Unsafe thing in a home removed within"), 24, unit="h", least=1, most=720,
        in_source=False,
    )  # fmt: skip
    planned_minutes: int = setting(
        "repair.planned_minutes",
        "MR-1",
        _("Planned length of a visit"),
        30,
        unit="min",
        least=5,
        most=1440,
        in_source=False,
    )
    proxy: str = setting(
        "signature.proxy",
        ("EN-D.14", "CF-22"),
        _("Confirming for the resident"),
        "named_roles_with_reason",
        options=("not_allowed", "named_roles_with_reason"),
    )
    markup_pct: Decimal = setting(
        "money.material_markup_pct",
        "EN-D.12",
        _("Mark-up on materials"),
        Decimal("30"),
        unit="%",
        least=Decimal(0),
        most=Decimal(30),
    )
    rounding: str = setting(
        "money.material_rounding",
        "EN-D.12",
        _("Material prices to the jiao"),
        "half_up",
        options=("half_up", "up", "down"),
        in_source=False,
    )
    compensation_pct: Decimal = setting(
        "damage.compensation_pct",
        "OC-3.11",
        _("Compensation of the price of a damaged thing"),
        Decimal("100"),
        unit="%",
        least=Decimal(100),
        most=Decimal(300),
    )
    liability: str = setting(
        "damage.liability",
        ("OC-3.11", "EN-3.9", "CF-27"),
        _("Who pays for damage"),
        "provider_unless_consented",
        options=("provider_unless_consented", "case_by_case"),
    )
    route_days: int = setting("repair.route_days", "OC-1.3", _("The route is known ahead by"), 1, unit="d", least=1, most=7)
    nobody_home: str = setting(
        "visit.nobody_home",
        ("EN-3.2", "HS-4.3.3", "CF-09"),
        _("When nobody is home"),
        "slip_and_rebook",
        options=("slip_and_rebook", "slip_only", "rebook_only"),
    )
    convert: str = setting(
        "coordination.convert", ("EN-D.4", "EN-4.5", "CF-24"), _("Unfinished work becomes a coordination order"), "by_kind",
        options=("by_kind", "off"),
    )  # fmt: skip
    public_hours: int = setting(
        "coordination.public_hours", "EN-D.4", _("A public area is tracked after"), 72, unit="h", least=1, most=72
    )
    public_from: str = setting(
        "coordination.public_from", "EN-D.4", _("The hours of a public area end"), "hours_from_report",
        options=("hours_from_report", "end_of_day", "hours_from_dispatch"),
    )  # fmt: skip
    warranty_days: int = setting(
        "coordination.warranty_days", "EN-4.5", _("Work under warranty is tracked after working days"), 1, unit="d", least=1,
        most=1,
    )  # fmt: skip
    entry_days: int = setting(
        "coordination.entry_days", ("EN-D.6", "EN-3.11"), _("An entry at least every"), 7, unit="d", least=1, most=7
    )
    paid_years: int = setting("retention.paid_slip_years", "EN-D.2", _("Paid slips are kept"), 2, unit="y", least=2, most=99)
    free_years: int = setting("retention.free_slip_years", "EN-D.2", _("Free slips are kept"), 1, unit="y", least=1, most=99)
    verified_first: bool = setting(
        "repair.verified_before_sign_off", "HS-4.2.3", _("The desk verifies the outcome before the worker signs the register"),
        False, in_source=False,
    )  # fmt: skip
    departments: tuple[str, ...] = setting(
        "referral.departments", "MR-39", _("Departments that reports are passed on to"), ("greening", "security", "engineering"),
        in_source=False,
    )  # fmt: skip
    department_days: int = setting(
        "referral.department_days", "MR-39", _("Another department answers within working days"), 1, unit="d", least=1, most=30,
        in_source=False,
    )  # fmt: skip
    register_at: time = setting("register.copy_time", "HS-4.2.4", _("Register copied by"), time(9, 0))

    @property
    def busy_minutes(self) -> int:
        """Return how long a planned visit keeps a worker from the next one."""
        return self.planned_minutes
