"""The rules of housekeeping. They take values, never models, never the clock; each raises `Refused` or returns a figure."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from menling.kernel.calendars import months_after
from menling.kernel.points import rule
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role
from menling.kernel.words import _
from menling.procedures.emergency import URGENT
from menling.procedures.housekeeping_policy import HousekeepingPolicy

SERVICE_DESK = frozenset({Role.SERVICE_DESK, Role.SERVICE_DESK_SUPERVISOR})
TAKERS = {
    "service_desk": SERVICE_DESK,
    "service_desk_or_control_centre": SERVICE_DESK | {Role.CONTROL_CENTRE},
    "office": SERVICE_DESK | {Role.OFFICE_MANAGER},
    "call_department": frozenset({Role.CALL_DEPARTMENT}),
}


@rule("HS-3.1", "HA-1.1")
def takers(policy: HousekeepingPolicy) -> frozenset[Role]:
    """Return the roles that create housekeeping orders in this office (CF-02)."""
    return TAKERS[policy.taker]


def handlers(policy: HousekeepingPolicy) -> frozenset[Role]:
    """Return the roles that see an order through: the service desk, and who else takes them on the spot."""
    return SERVICE_DESK | (takers(policy) - {Role.CALL_DEPARTMENT})


@rule("HA-2", "HS-4.1.1.3", "HC-5.1.3")
def assigners(policy: HousekeepingPolicy) -> frozenset[Role]:
    """Return the roles that choose the housekeepers: the leader of the team; the desk too where the office says so (CF-41)."""
    return frozenset({Role.TEAM_LEAD}) | (SERVICE_DESK if policy.assigner == "service_desk_too" else frozenset())


def acting(roles: frozenset[Role], policy: HousekeepingPolicy) -> frozenset[Role]:
    """Return `roles` with those added that somebody has on housekeeping orders of this office."""
    held = set(roles)
    if roles & handlers(policy):
        held.add(Role.HOUSEKEEPING_DESK)
    if roles & assigners(policy):
        held.add(Role.ASSIGNER)
    return frozenset(held)


@rule("HS-3.1")
def filed_at_the_right_desk(roles: frozenset[Role], channel: str, policy: HousekeepingPolicy) -> None:
    """Only the named desk creates the order; everybody else passes a lead on, which lands there (CF-02).

    What the call department placed with the office, the service desk makes an order of.
    """
    if not roles & (takers(policy) | (SERVICE_DESK if channel == "call_department" else frozenset())):
        raise Refused(
            "HS-3.1",
            _("Housekeeping is taken by another desk in this office. Please pass it on with what you have typed."),
            status=403,
        )


def in_lead(booked_at: datetime, visit_at: datetime, policy: HousekeepingPolicy) -> bool:
    """HS-4.1.1.2  Tell whether a visit begins at least the lead after its booking (exactly that is allowed)."""
    return visit_at - booked_at >= timedelta(minutes=policy.lead_minutes)


@rule("HS-4.1.1.2", "HA-1.3")
def agreed_time(
    booked_at: datetime, visit_at: datetime | None, urgency: str, override_reason: str, policy: HousekeepingPolicy
) -> None:
    """A time is agreed, at least 30 minutes after the booking (exactly 30 is allowed); sooner only with a reason.

    An order is booked, at once or an emergency (CF-07): an emergency needs neither appointment nor reason and waits for
    nothing, whichever orders the lead binds (HC-5.2.5).
    """
    if urgency == URGENT:
        return
    if visit_at is None and not override_reason.strip():
        raise Refused(
            "HS-4.1.1.2", _("Please agree a time with the resident and enter it."), status=422, field="visit_at"
        )  # fmt: skip
    if visit_at is not None and not in_lead(booked_at, visit_at, policy) and not override_reason.strip():
        raise Refused(
            "HS-4.1.1.2",
            _("The visit begins less than {minutes} minutes after the booking. Agree a later time, or write why it is urgent."),
            minutes=policy.lead_minutes,
            field="visit_at",
        )


@rule("HC-5.1.1.1", "HC-5.1.1")
def hourly_until(begin: date, policy: HousekeepingPolicy) -> date:
    """Return the last day of an hourly service that begins on a day: the same day of the next month, or the day before
    where the office counts exactly one month as long-term."""
    month = months_after(begin, 1)
    return month if policy.one_month == "hourly" else month - timedelta(days=1)


@rule("HC-5.1.1.2")
def hourly_only(begin: date, until: date | None, last: date) -> None:
    """A service longer than one calendar month does not start as an hourly order: it needs a signed agreement."""
    if until is not None and until > last:
        raise Refused(
            "HC-5.1.1.2",
            _(
                "An hourly service that begins on {begin} ends by {last}. For longer, draw up a home service agreement on the "
                "page “Agreements”, or name the number of the one that is signed."
            ),
            begin=begin,
            last=last,
            field="until",
        )


def until_after_begin(begin: date, until: date | None) -> None:
    """A repeated service does not end before it begins (MR-8)."""
    if until is not None and until < begin:
        raise Refused("MR-8", _("The last day lies before the first visit. Please correct it."), field="until")


@rule("HC-5.1.3")
def agreed_before_sending(due: Decimal, agreed: Decimal | None) -> None:
    """Nobody is sent before the resident heard the price and agreed to exactly this amount."""
    if agreed is None or agreed != due:
        raise Refused("HC-5.1.3", _("The resident has not agreed to ¥{due} yet. Tell the price and record the answer."), due=due)


@rule("HC-5.1.3")
def priced_before_sending(*, told_and_answered: bool) -> None:
    """While no price was told, or none was answered, it is this that keeps anybody from being sent."""
    if not told_and_answered:
        raise Refused("HC-5.1.3", _("Nobody can be sent yet. Tell the resident the price and record the answer first."))


@rule("HA-1.4")
def booking_confirmed(by_resident: bool, how: str, reason: str, policy: HousekeepingPolicy) -> str:
    """Return why the office confirms a booking in the resident's place; empty where the resident confirmed it (CF-22).

    The resident confirms on the own link or signs a sheet; on the telephone nobody can sign, which is the reason.
    """
    if by_resident or how == "paper":
        return ""
    if policy.proxy == "not_allowed":
        raise Refused(
            "HA-1.4", _("This office does not confirm for the resident. Send the link, or have the sheet signed."), status=403
        )  # fmt: skip
    if how != "phone" and not reason.strip():
        raise Refused("HA-1.4", _("Please write why the resident cannot sign now."), status=422, field="reason")
    return reason.strip() or "phone"


@rule("HA-2")
def somebody_chosen(workers: Sequence[str]) -> None:
    """Whoever assigns names at least one housekeeper, and nobody twice."""
    if not workers:
        raise Refused("HA-2", _("Please choose who goes."), status=422, field="workers")
    if len({each.casefold() for each in workers}) < len(workers):
        raise Refused("HA-2", _("One housekeeper is named twice. Please choose two people."), status=422, field="workers")


@rule("HS-4.1.1.4")
def record_filled(summary: str) -> None:
    """A visit is not closed before the service record says what was done."""
    if not summary.strip():
        raise Refused("HS-4.1.1.4", _("Please fill in the service record: what was done?"), status=422, field="summary")


NEXT_ACCEPTANCE = {
    "finished": _("Accept on site"),
    "site_accepted": _("Accept as team leader"),
    "team_accepted": _("Accept as office supervisor"),
}


@rule("MR-46")
def four_were_chosen(policy: HousekeepingPolicy) -> None:
    """Where the resident accepts alone nobody accepts before: a chain nobody asked for keeps the resident waiting (CF-23)."""
    if policy.chain == "customer_only":
        raise Refused("MR-46", _("In this office the resident alone accepts. Please ask the resident to sign."))


@rule("HA-4.1")
def accepted_before(status: str, policy: HousekeepingPolicy) -> None:
    """Where the office chose four steps the resident accepts last, after site, team and office (CF-23)."""
    if policy.chain == "four_steps" and status in NEXT_ACCEPTANCE:
        raise Refused(
            "HA-4.1", _("The resident accepts last. First comes: {step}."), step=NEXT_ACCEPTANCE[status]
        )  # fmt: skip


@rule("HA-4.2.1")
def scored(rating: int | None, policy: HousekeepingPolicy) -> None:
    """Who signs gives a satisfaction score as well, from 1 to the office's best."""
    if rating is None or not 1 <= rating <= policy.best_score:
        raise Refused(
            "HA-4.2.1", _("Please give a score from 1 to {best}."), status=422, best=policy.best_score, field="rating"
        )  # fmt: skip


@rule("HA-4.2.1")
def parts_as_agreed(looked_at: Iterable[str], agreed: Collection[str]) -> None:
    """Who accepts has looked at what was agreed: a part that is none of the order's stood on a page of before."""
    for part in looked_at:
        if part not in agreed:
            raise Refused("HA-4.2.1", _("“{part}” is no part of this order. Please look at its parts again."), part=part[:60],
                          field="parts")  # fmt: skip


@rule("HA-4.2.1")
def every_part_looked_at(looked_at: Collection[str], agreed: Iterable[str]) -> None:
    """Acceptance passes when each part of the visit was found in order: one that was added since the form was opened counts."""
    for part in agreed:
        if part not in looked_at:
            raise Refused("HA-4.2.1", _("Nothing is said about “{part}” yet. Please look at it, then accept."), part=part[:60],
                          field="unseen")  # fmt: skip


@rule("HA-4.2.2")
def failed_items_named(items: Sequence[str]) -> None:
    """Acceptance fails by items: what has to be done again is noted in the remark."""
    if not [each for each in items if each.strip()]:
        raise Refused("HA-4.2.2", _("Please name what has to be done again."), status=422, field="items")


POOR = frozenset({"quality_problem", "not_satisfied"})


@rule("HC-5.1.4")
def nonconformity(result: str, remark: str) -> str:
    """Return what is not in order after a spot check or call, empty where all is well; a bad result says what it is."""
    if result not in POOR:
        return ""
    if not remark.strip():
        raise Refused("HC-5.1.4", _("Please write what is not in order."), status=422, field="remark")
    return remark.strip()
