"""The rules of agreements. They take values, never models, never the clock; each raises `Refused` or returns a figure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from menling.kernel.calendars import months_after
from menling.kernel.points import rule
from menling.kernel.policy import setting
from menling.kernel.procedure import Due, Moment
from menling.kernel.refusal import Refused
from menling.kernel.words import Message, _
from menling.procedures.agreement_times import Pattern
from menling.procedures.housekeeping import NOT_STARTED

IN_FORCE = frozenset({"in_force", "stopping"})
"""Where an agreement is signed by both and its visits take place."""


@dataclass(frozen=True)
class AgreementPolicy:
    """Values in force for one agreement. Days, or an hour of the day."""

    notice_days: int = setting(
        "agreement.notice_days", "HC-5.1.5", _("Written notice before we stop an agreement"), 0, unit="d", least=0, most=90,
        in_source=False,
    )  # fmt: skip
    renewal_days: int = setting(
        "agreement.renewal_days", "MR-17", _("Renewal asked about before the end"), 14, unit="d", least=1, most=90,
        in_source=False,
    )  # fmt: skip
    ahead_days: int = setting(
        "agreement.ahead_days", "HS-4.1.1.3", _("Visits of agreements filed ahead"), 2, unit="d", least=0, most=14,
        in_source=False,
    )  # fmt: skip
    filed_at: time = setting(
        "agreement.filed_at", "HS-4.1.1.3", _("Visits of agreements filed from"), time(6, 0), in_source=False
    )  # fmt: skip


def renewal(moment: Moment) -> Due | None:
    """MR-17  The customer is asked about a renewal so many days before the last one, by the end of that day."""
    asked_by = moment.calendar.at(renewal_day(moment.terms["until"], moment.policy), time(23, 59, 59))
    return Due(max(asked_by, moment.at))


def renewal_day(until: date, policy: AgreementPolicy) -> date:
    """MR-17  The day on which the customer is asked about a renewal, and desk and manager are reminded of it in the morning."""
    return until - timedelta(days=policy.renewal_days)


@rule("MR-17")
def still_to_ask(day: date, today: date, *, asked: bool, reminded: bool) -> None:
    """Desk and manager are reminded once, from the day on which the customer is to be asked, until that is done."""
    if today < day or asked:
        raise Refused("MR-17", _("There is nothing to remind of: the customer is asked on {day}, or was asked already."), day=day)
    if reminded:
        raise Refused("MR-17", _("Desk and manager were reminded already. Please ask the customer, and record the answer."))


WANTED: Mapping[str, str] = {
    "content": _("what is done"), "scope": _("scope"), "target": _("for whom or what"), "times": _("days and time"),
    "price": _("price"), "crew": _("who goes"),
}  # fmt: skip


@rule("HC-5.1.5")
def complete(known: Mapping[str, object]) -> None:
    """An agreement says time, content, scope, target and requirements, the price, and who goes, before it is sent on."""
    missing = [name for name in WANTED if not known.get(name)]
    if missing:
        raise Refused(
            "HC-5.1.5", _("The agreement does not say yet: {missing}. Please fill it in."),
            missing=tuple(Message(WANTED[name]) for name in missing), field=missing[0],
        )  # fmt: skip


@rule("HC-5.1.5")
def capacity(confirmed: bool, clash: tuple[str, date, str] | None) -> None:
    """The assistant confirms that we can do it: nobody named is promised elsewhere at that time. `clash`: who, when, where."""
    if clash is not None:
        who, on, where = clash
        raise Refused(
            "HC-5.1.5", _("{who} is promised to {where} on {on} at that time. Name somebody else or another time."), who=who,
            on=on, where=where,
        )  # fmt: skip
    if not confirmed:
        raise Refused("HC-5.1.5", _("Please confirm that we have the people for it."), status=422, field="capacity")


@rule("HC-5.1.5")
def paper_on_file(scan: str, name: str) -> None:
    """A signature on paper is on file: the picture of the signed sheet, and the name under it."""
    if not scan:
        raise Refused("HC-5.1.5", _("Please photograph the sheet the resident signed."), status=422, field="scan")
    if not name:
        raise Refused("HC-5.1.5", _("Please write the name under the signature."), status=422, field="name")


@rule("HC-5.1.1.2")
def signed_before_service(status: str) -> None:
    """Nothing is done under an agreement that is not signed by both, or not in force any more."""
    if status not in IN_FORCE:
        raise Refused(
            "HC-5.1.1.2", _("No agreement signed by both sides is in force for this home. Please draw it up first."),
            status=409 if status else 422, field="agreement",
        )  # fmt: skip


@rule("HC-5.1.5")
def notice_given(
    asked_by: str, notice: str, given_by: str, delivered_at: datetime | None, delivered_on: date | None, stop_on: date,
    policy: AgreementPolicy,
) -> None:  # fmt: skip
    """Where we stop for a reason of ours the customer has it in writing first, the office's days before it takes effect.

    `stop_on` is the first day without service. A notice of the same day counts where no days are asked for.
    """
    if asked_by != "office":
        return
    if not notice or not given_by or delivered_at is None or delivered_on is None:
        missing = "notice" if not notice else "given_by" if not given_by else "delivered_at"
        raise Refused(
            "HC-5.1.5", _("Stopping for a reason of ours needs a written notice first: its words, who brought it, and when."),
            status=422, field=missing,
        )  # fmt: skip
    first = delivered_on + timedelta(days=policy.notice_days)
    if stop_on < first:
        raise Refused(
            "HC-5.1.5", _("The notice was delivered on {delivered}: service goes on until then, and may stop from {first}."),
            delivered=delivered_on, first=first, field="stop_on",
        )  # fmt: skip


@rule("MR-17")
def over(last: date, today: date) -> None:
    """An agreement ends when its last day is over, not before."""
    if today <= last:
        raise Refused("MR-17", _("The agreement runs until {last}. To end it earlier, stop it."), last=last)


@rule("MR-17")
def renewed_dates(begin: date, until: date, today: date) -> tuple[date, date]:
    """Return first and last day of an agreement that follows one: it begins the day after, or today if that is over, and
    is as long, to the calendar month."""
    months = max(1, (until.year - begin.year) * 12 + until.month - begin.month + (until.day >= begin.day))
    first = max(until + timedelta(days=1), today)
    return first, months_after(first, months) - timedelta(days=1)


@rule("HC-5.1.5")
def price_of_visit(price: Decimal, per: str, first_of_month: bool) -> Decimal:
    """Return what is due for one visit: its price, or, with a price for the month, all of it with the first of the month."""
    return price if per == "visit" or first_of_month else Decimal("0.00")


def sound(pattern: Pattern, today: date) -> None:
    """The days of an agreement make sense (MR-8): it does not end before it begins, nor before today."""
    if pattern.until < pattern.begin or pattern.until < today:
        raise Refused("MR-8", _("The last day lies before the first one, or in the past."), field="until")
    if pattern.until > months_after(pattern.begin, 60):
        raise Refused("MR-8", _("An agreement runs for at most five years; renew it then."), field="until")
    if pattern.weekdays and pattern.month_day is not None:
        raise Refused("MR-8", _("Name days of the week or a day of the month, not both."), status=422, field="month_day")


@rule("HS-4.3.1")
def apologised_for(asked_by: str, *, apologised: bool) -> None:
    """A visit that is not at its time for a reason of ours is moved with the reason, an apology, and a new time agreed."""
    if asked_by == "office" and not apologised:
        raise Refused(
            "HS-4.3.1",
            _("The visit is moved for a reason of ours. Apologise to the resident, agree the new time and record that you did."),
            status=422, field="apologised",
        )  # fmt: skip


@rule("HS-4.3.1")
def something_fell_out(days: int) -> None:
    """A visit whose time passed without an order is written down once, so that somebody apologises and agrees a new time."""
    if not days:
        raise Refused("HS-4.3.1", _("Every visit that was due so far was filed, called off or noted. There is nothing to do."))


@rule("HS-4.3.2")
def day_of_agreement(fixed: bool, touched: str, day: date) -> None:
    """Only a visit that is still to come and was not called off is skipped or moved."""
    if not fixed:
        raise Refused("HS-4.3.2", _("The agreement has no visit on {day}."), status=422, day=day, field="day")
    if touched == "skipped":
        raise Refused("HS-4.3.2", _("The visit of {day} was called off already."), day=day)


def has_begun(order: str) -> bool:
    """Tell whether the housekeepers of a visit are in the home or were: what is done is ended on the order, not called off."""
    return bool(order) and order not in NOT_STARTED


@rule("HS-4.3.2")
def not_begun(order: str, day: date) -> None:
    """A visit is called off until its housekeepers are in the home; `order` is where its order stands, "" where there is none."""
    if has_begun(order):
        raise Refused("HS-4.3.2", _("The visit of {day} has begun: its order is at work or done. Please end it on the order."),
                      day=day, field="day")  # fmt: skip
