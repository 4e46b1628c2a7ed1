"""The lines of a quote as labour: what they come to by the blocks of time that were planned or worked."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from menling.catalogue.quotes import MATERIAL, Code, Minutes
from menling.kernel.refusal import Refused
from menling.kernel.words import _
from menling.procedures.charging import BLOCK, ChargingPolicy, Work, labour, minutes_as_worked

Line = Mapping[str, Any]


class Worked(BaseModel):
    """How many minutes a job of the quote took: its code on the list."""

    model_config = ConfigDict(extra="forbid")
    code: Code
    minutes: Minutes


Times = Annotated[list[Worked], Field(max_length=50)]


def charged(lines: Sequence[Line], spent: timedelta | None, policy: ChargingPolicy,
            worked: Sequence[Worked] = ()) -> list[dict[str, Any]]:  # fmt: skip
    """EN-D.13  Return the lines with what each comes to: labour by the blocks of time, material and agreed prices in full.

    `spent` is the exact time at work, None while it is a plan. Errors: `Refused` 422 for minutes of a job that is not there
    or for more minutes than were worked.
    """
    told = _timed(lines, worked, spent)
    jobs = [each for each in told if each.get("per") != MATERIAL]
    shares = labour([_work(each) for each in jobs], spent, policy)
    for line, share in zip(jobs, shares, strict=True):
        line["amount"] = str(share.amount)
        if line.get("per") == BLOCK and share.under is None:
            line["quantity"] = str(share.quantity)
        if share.under is not None:
            line["under"] = jobs[share.under]["name"]
    return told


def jobs_of(lines: Sequence[Line]) -> list[Line]:
    """Return the jobs of a quote whose minutes may matter to the price: none where there is only one."""
    jobs = [each for each in lines if each["code"] and each.get("per") != MATERIAL]
    return jobs if len(jobs) > 1 else []


def _timed(lines: Sequence[Line], worked: Sequence[Worked], spent: timedelta | None) -> list[dict[str, Any]]:
    minutes = {each.code: each.minutes for each in worked}
    missing = set(minutes) - {line["code"] for line in lines if line["code"] and line.get("per") != MATERIAL}
    if missing:
        raise Refused("EN-D.13", _("“{code}” is not among the jobs of this order."), status=422, field="worked",
                      code=min(missing))  # fmt: skip
    if spent is not None:
        minutes_as_worked([timedelta(minutes=each) for each in minutes.values()], spent)
    return [_line(each, minutes, done=spent is not None) for each in lines]


def _line(line: Line, minutes: Mapping[str, int], *, done: bool) -> dict[str, Any]:
    """A line as it was told; once the work is done the minutes that were planned say nothing any more."""
    kept = {name: value for name, value in line.items() if name != "under" and not (done and name == "minutes")}
    return kept | ({"minutes": str(minutes[line["code"]])} if line["code"] in minutes else {})


def _work(line: Line) -> Work:
    time = timedelta(minutes=int(line["minutes"])) if line.get("minutes") else None
    return Work(
        Decimal(line["price"]),
        line.get("per", ""),
        Decimal(line["quantity"]),
        time,
        shared=bool(line["code"] and line.get("per")),
    )
