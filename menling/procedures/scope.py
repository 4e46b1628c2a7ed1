"""What counts as a home service here: the list an office, or the company for all its offices, has chosen."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from menling.kernel.points import rule
from menling.kernel.policy import setting
from menling.kernel.refusal import Refused
from menling.kernel.words import _

NOTED = {"alarm": "HS-5-note"}
"""What the definition does not name, with the clause that lets it follow the same flow."""


@dataclass(frozen=True)
class ScopePolicy:
    """The home services of an office; what the company chooses holds in every office that has no list of its own."""

    home_services: tuple[str, ...] = setting(
        "intake.home_services",
        ("HC-3", "HC-2", "HS-2", "HS-5-note"),
        _("Home services offered here"),
        ("housekeeping", "repair", "alarm"),
    )
    public_reports: int = setting(
        "intake.public_reports", "MR-48", _("Public places a resident may report in a day"), 5, least=1, most=100, in_source=False
    )
    public_hours: int = setting(
        "intake.public_hours", "MR-48", _("A public place is reported on one's own within"), 24, unit="h", least=1, most=168,
        in_source=False,
    )  # fmt: skip


@rule("HC-3", "HC-2", "HS-2", "HS-5-note")
def offered_here(kind: str, policy: ScopePolicy) -> None:
    """An order is taken for what is a home service in this office. Errors: `Refused` HC-3 or HS-5-note (409)."""
    if kind not in policy.home_services:
        raise Refused(
            NOTED.get(kind, "HC-3"),
            _("This office does not offer that as a home service. Please offer other help, or pass it to an office that does."),
        )


@rule("MR-39")
def one_place(unit: str | int) -> None:
    """A report is for a home or for a public place, whoever makes it."""
    if str(unit).strip():
        raise Refused("MR-39", _("Please write the home or the public place, not both."), status=422, field="place")


@rule("MR-48")
def reported_from_home(from_home: bool, today: int, policy: ScopePolicy) -> None:
    """A resident reports public places from the own home's page, so many in a day; `today` counts those of 24 hours."""
    if not from_home:
        raise Refused("MR-48", _("Please report it from the page of an order of your own home, or call the office."), status=403)
    if today >= policy.public_reports:
        raise Refused("MR-48", _("You told us of {most} public places today. Please call the office about more."),
                      most=policy.public_reports)  # fmt: skip


@rule("MR-48")
def told_in_time(seen: datetime, received: datetime, policy: ScopePolicy) -> None:
    """What a resident saw longer ago is told by phone: by a time of one's own choice nobody reports any more."""
    if received - seen > timedelta(hours=policy.public_hours):
        raise Refused("MR-48", _("You saw it more than {hours} hours ago. Please call the office about it."), field="happened_at",
                      hours=policy.public_hours)  # fmt: skip
