"""What an office may choose about the conduct of its workers, where the procedures say different things."""

from dataclasses import dataclass

from menling.kernel.policy import setting
from menling.kernel.words import _


@dataclass(frozen=True)
class ConductPolicy:
    """What an office asks of its workers where the procedures differ (CF-10, CF-11, CF-12, CF-25, CF-26,
    CF-28, CF-32, CF-36)."""

    footwear: str = setting(
        "conduct.footwear",
        ("HC-5.2.2", "CF-10"),
        _("Footwear in the home"),
        "shoe_covers",
        options=("shoe_covers", "work_shoes", "cloth_shoes"),
    )
    customer_phone: str = setting(
        "conduct.customer_phone",
        ("OC-3.5", "CF-11"),
        _("The resident's telephone"),
        "never",
        options=("never", "special_circumstances_with_note"),
    )
    drinking: str = setting(
        "conduct.drinking",
        ("EN-2.12", "CF-12"),
        _("Drinking in the home"),
        "own_water_own_cup",
        options=("none", "own_water_own_cup"),
    )
    talk: str = setting(
        "conduct.talk",
        ("OC-3.10", "EN-6.1", "EN-6.2", "CF-36"),
        _("Talking during the work"),
        "service_matters_only",
        options=("service_matters_only", "team_leader_only"),
    )
    grooming: tuple[str, ...] = setting(
        "conduct.grooming", ("EN-1.12", "OC-1.1", "CF-32"), _("Clauses on hair and dress that are shown"), ("EN-1.12", "OC-1.1")
    )
    apology: tuple[str, ...] = setting(
        "scripts.apology",
        ("HC-5.3.7", "HC-5.2.3", "CF-26"),
        _("What to say when something went wrong"),
        (
            _("At once, whoever is at fault: we are sorry for the inconvenience."),
            _("Only after the cause is recorded: this was our fault, and we put it right."),
        ),
    )
    ring_seconds: int = setting(
        "visit.second_ring_seconds", "HC-5.3.1", _("The bell is rung again after"), 30, unit="s", least=30, most=600
    )
    missing: str = setting(
        "materials.missing",
        ("EN-4.6", "EN-Q.6", "CF-25"),
        _("Material that is missing"),
        "both",
        options=("customer_buys", "proxy_purchase", "both"),
    )
    fee_dispute: str = setting(
        "scripts.fee_dispute",
        ("HC-5.3.8", "EN-Q.2", "CF-28"),
        _("Questions about the price on site"),
        "worker_then_desk",
        options=("worker_then_desk", "desk_only"),
    )


SHIPPED = ConductPolicy()
"""The choices an office starts with."""
