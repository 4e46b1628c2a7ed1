"""Numbered paper: pads given out by number to somebody by name, every sheet accounted for (HC-5.4.6)."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from menling.kernel.points import rule
from menling.kernel.procedure import Procedure, Step
from menling.kernel.refusal import Refused
from menling.kernel.roles import WORKERS
from menling.kernel.roles import Role as R
from menling.kernel.words import _


class Status(StrEnum):
    """Where a pad is."""

    NEW = "new"
    ISSUED = "issued"
    HANDED_IN = "handed_in"


S = Status
KEEPERS = frozenset({R.SERVICE_DESK, R.SERVICE_DESK_SUPERVISOR, R.CONTROL_CENTRE, R.ADMINISTRATION, R.OFFICE_MANAGER})
"""Who gives pads out and takes them back."""
HOLDERS = WORKERS | {R.EMPLOYEE}
MOST_SHEETS = 500
SHEET = re.compile(r"([^0-9]*?|.*[^0-9])([0-9]{1,9})")

PAD = Procedure(
    kind="pad",
    title=_("Pad of numbered sheets"),
    statuses=Status,
    ends=frozenset({S.HANDED_IN}),
    steps=(
        Step(("HC-5.4.6",), "issue", frozenset({S.NEW}), S.ISSUED, KEEPERS),
        Step(("HC-5.4.6",), "use", frozenset({S.ISSUED}), None, HOLDERS, own=True),
        Step(("HC-5.4.6",), "use", frozenset({S.ISSUED}), None, KEEPERS),
        Step(("HC-5.4.6",), "void", frozenset({S.ISSUED}), None, HOLDERS, own=True),
        Step(("HC-5.4.6",), "void", frozenset({S.ISSUED}), None, KEEPERS),
        Step(("HC-5.4.6",), "give_to", frozenset({S.ISSUED}), None, KEEPERS),
        Step(("HC-5.4.6",), "hand_in", frozenset({S.ISSUED}), S.HANDED_IN, KEEPERS),
    ),
)
PAD.titles = {S.ISSUED: _("given out"), S.HANDED_IN: _("handed in and counted")}
PAD.verbs = {
    "issue": _("Give out"), "use": _("Sheet used for"), "void": _("Void the sheet"), "give_to": _("Somebody else has it"),
    "hand_in": _("Take back and count"),
}  # fmt: skip


@dataclass(frozen=True)
class Number:
    """The number of a sheet as it is printed: what stands before the figures, and the figures."""

    prefix: str
    figure: int
    width: int

    def at(self, figure: int) -> str:
        """Return another number of the same print."""
        return f"{self.prefix}{figure:0{self.width}d}"


def number_read(text: str) -> Number | None:
    """Return the number of a sheet, or None where the text does not end in figures."""
    found = SHEET.fullmatch(text.strip())
    return Number(found[1], int(found[2]), len(found[2])) if found else None


@rule("HC-5.4.6")
def runs_on(first: Number | None, last: Number | None) -> None:
    """A pad runs from one number to another of the same print, without a gap."""
    if first is None or last is None or first.prefix != last.prefix or not 0 <= last.figure - first.figure < MOST_SHEETS:
        raise Refused(
            "HC-5.4.6", _("A pad runs from a first to a last number of the same print, at most {most} sheets."),
            status=409 if first and last else 422, most=MOST_SHEETS, field="last",
        )  # fmt: skip


@rule("HC-5.4.6")
def of_this_pad(number: Number | None, prefix: str, first: int, last: int) -> None:
    """A sheet that is not of this pad is not accounted for on it."""
    if number is None or number.prefix != prefix or not first <= number.figure <= last:
        raise Refused(
            "HC-5.4.6", _("This number is not of this pad. Please look at the sheet again."), status=409 if number else 422,
            field="number",
        )  # fmt: skip


@rule("HC-5.4.6")
def used_once(number: str, known: bool) -> None:
    """A number that was used, voided or handed in is not used again."""
    if known:
        raise Refused("HC-5.4.6", _("Sheet {number} is accounted for already. Please check the number."),
                      number=number[:20], field="number")  # fmt: skip


@rule("HC-5.4.6")
def one_sheet_a_form(*, same: bool) -> None:
    """A form that has filed the order of a sheet goes on with that sheet (`same`), never with the steps of another one."""
    if not same:
        raise Refused("HC-5.4.6", _("This form belongs to the sheet it entered. Please open the page anew for another one."),
                      status=422, field="sheet")  # fmt: skip


@rule("HC-5.4.6")
def sheet_given_out(number: str, given_out: bool) -> None:
    """Where sheets of the register are given out by number, one of another number is not used."""
    if not given_out:
        raise Refused("HC-5.4.6", _("Sheet {number} was given out to nobody. Please check the number on the pad."),
                      number=number[:20], field="sheet")  # fmt: skip


@rule("HC-5.4.6")
def missing(first: int, last: int, accounted: Collection[int]) -> tuple[int, ...]:
    """Return the numbers of a pad nobody can account for: neither used, nor void, nor handed in."""
    known = set(accounted)
    return tuple(figure for figure in range(first, last + 1) if figure not in known)
