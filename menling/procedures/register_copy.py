"""The copy of yesterday's repair register for the service desk's follow-ups, by 9:00 (HS-4.2.4)."""

from datetime import date, datetime, time
from enum import StrEnum

from menling.kernel.points import rule
from menling.kernel.procedure import Clock, Due, Moment, Procedure, Step
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role as R
from menling.kernel.words import _


class Status(StrEnum):
    """Where the copy of one day stands."""

    NEW = "new"
    PREPARED = "prepared"
    DELIVERED = "delivered"


S = Status


def by_nine(moment: Moment) -> Due:
    """HS-4.2.4  Delivered by 09:00 of the day after the register's day, 09:00 included (DL-07)."""
    clock: time = moment.policy.register_at
    return Due(moment.calendar.at(moment.terms["due_day"], clock))


REGISTER_COPY = Procedure(
    kind="register_copy",
    title=_("Copy of the repair register"),
    statuses=Status,
    ends=frozenset({S.DELIVERED}),
    steps=(
        Step(("HS-4.2.4",), "prepare", frozenset({S.NEW}), S.PREPARED, frozenset({R.SYSTEM, R.CONTROL_CENTRE})),
        Step(("HS-4.2.4",), "deliver", frozenset({S.PREPARED}), S.DELIVERED,
             frozenset({R.SYSTEM, R.CONTROL_CENTRE})),
    ),
    clocks=(
        Clock(("HS-4.2.4",), "register", _("yesterday's repair register is with the service desk"),
              frozenset({"prepare"}), frozenset({"deliver"}), by_nine, frozenset(),
              frozenset({R.SERVICE_DESK, R.CONTROL_CENTRE})),
    ),
)  # fmt: skip
REGISTER_COPY.titles = {S.PREPARED: _("prepared"), S.DELIVERED: _("delivered")}
REGISTER_COPY.verbs = {"prepare": _("Prepare"), "deliver": _("Deliver")}


@rule("HS-4.2.4")
def in_register(reported_at: datetime, begin: datetime, end: datetime) -> bool:
    """Tell whether a repair belongs to the register of a day: reported from its first instant to before its end."""
    return begin <= reported_at < end


@rule("HS-4.2.4")
def day_has_come(day: date, today: date) -> None:
    """The copy of a register is opened on its day or later: of a day to come there is none."""
    if day > today:
        raise Refused(
            "HS-4.2.4", _("{day} is still to come. Its register is copied when the day is over."), field="day",
            day=day,
        )  # fmt: skip


@rule("HS-4.2.4")
def day_is_over(day: date, today: date) -> None:
    """What is handed over is the register of a day before: repairs still to come that day would be missing from it."""
    if day >= today:
        raise Refused("HS-4.2.4", _("{day} is not over yet. Its register is handed over from midnight on."), day=day)
