"""The acceptance of cleaning as people follow it: who accepts in which order, how far it is, and every round so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

STAGES = {
    "accept_site": gettext_noop("Accepted on site"), "accept_supervisor": gettext_noop("Leader of the team"),
    "accept_office": gettext_noop("Office supervisor"), "sign": gettext_noop("Resident"),
}  # fmt: skip
ONE = ("sign",)


@dataclass(frozen=True)
class Stage:
    """One acceptance of a round: its title, and once it was given by whom and when."""

    title: str
    by: str = ""
    at: datetime | None = None
    remark: str = ""
    rating: int | None = None


@dataclass(frozen=True)
class Round:
    """One pass of the acceptance: its stages in their order, and what failed in it, if it failed (HA-4.2.2)."""

    number: int
    stages: tuple[Stage, ...]
    failed: tuple[str, ...] = ()
    failed_by: str = ""
    failed_at: datetime | None = None
    remark: str = ""
    next: str = field(default="")


def rounds(body: Mapping[str, Any]) -> list[Round]:
    """Return the passes of a cleaning as `showing.shown` tells it, the newest first; none before the work is finished."""
    noted: Sequence[Mapping[str, Any]] = body.get("acceptances") or ()
    after = max((each["round"] for each in noted if each["step"] == "object"), default=0) + 1
    wanted = tuple(STAGES) if body.get("chain") == "four_steps" else ONE
    last = after if body["status"] in RUNNING or any(each["round"] == after for each in noted) else after - 1
    return [_round(each, noted, wanted, last) for each in range(last, 0, -1)]


RUNNING = frozenset({"finished", "site_accepted", "team_accepted", "office_accepted"})


def _round(number: int, noted: Sequence[Mapping[str, Any]], wanted: Sequence[str], last: int) -> Round:
    mine = {("sign" if each["step"] == "attest" else each["step"]): each for each in noted if each["round"] == number}
    failed = mine.get("object", {})
    stages = tuple(_stage(step, mine.get(step)) for step in wanted)
    ahead = next((stage.title for stage in stages if stage.at is None), "") if number == last and not failed else ""
    return Round(number, stages, tuple(failed.get("items", ())), str(failed.get("by", "")), _at(failed), failed.get("remark", ""),
                 ahead)  # fmt: skip


def _stage(step: str, given: Mapping[str, Any] | None) -> Stage:
    if given is None:
        return Stage(_(STAGES[step]))
    return Stage(_(STAGES[step]), str(given["by"]), _at(given), str(given.get("remark", "")), given.get("rating"))


def _at(noted: Mapping[str, Any]) -> datetime | None:
    return datetime.fromisoformat(noted["at"]) if noted else None
