"""What must hold when money is given back or let go: who may decide how much, never more than there is, posted when it moves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from menling.kernel.money import ZERO
from menling.kernel.points import rule
from menling.kernel.policy import setting
from menling.kernel.procedure import Due, Moment
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role
from menling.kernel.words import _
from menling.procedures.handover import working_days_on

MOST = Decimal("999999.00")
SORTS: Mapping[str, str] = {
    "refund": _("refund"), "waiver": _("waiver"), "discount": _("discount"), "damage": _("damage made good"),
}  # fmt: skip
WAYS: Mapping[str, str] = {"cash": _("cash"), "bank": _("bank transfer"), "qr": _("QR code")}
"""How money is taken or given, in words."""
PAID_OUT = ("refund", "damage")
"""Sorts for which finance gives money; the others lower what is due."""
LET_OFF = ("waiver", "discount")
"""Sorts that let go of a part of what is due."""
TOGETHER: Mapping[str, tuple[str, ...]] = {"waiver": LET_OFF, "discount": LET_OFF, "refund": ("refund",)}
"""Which sorts of one order count as one sum for who may decide; a damage counts by its own reports."""


@dataclass(frozen=True)
class AdjustmentPolicy:
    """Up to what amount who decides alone, in yuan, and within how many working days; company management has no limit."""

    lead_limit: Decimal = setting(
        "adjustments.lead_limit", "MR-32", _("Refunds and waivers: a business lead approves up to"), Decimal("200.00"),
        unit="yuan", least=ZERO, most=MOST, in_source=False,
    )  # fmt: skip
    manager_limit: Decimal = setting(
        "adjustments.manager_limit", "MR-32", _("Refunds and waivers: an office manager approves up to"), Decimal("2000.00"),
        unit="yuan", least=ZERO, most=MOST, in_source=False,
    )  # fmt: skip
    decide_days: int = setting(
        "adjustments.decide_days", "MR-32", _("Refunds and waivers: decided within working days"), 2, unit="d", least=1, most=10,
        in_source=False,
    )  # fmt: skip
    pay_days: int = setting(
        "adjustments.pay_days", "MR-32", _("Refunds: paid out within working days"), 3, unit="d", least=1, most=15,
        in_source=False,
    )  # fmt: skip


BEYOND = _("You decide up to ¥{limit}; this is ¥{amount}. Please pass it on to somebody above you.")
BEYOND_TOGETHER = _(
    "You decide up to ¥{limit}; with what else is asked for or given on this order it is ¥{together}. "
    "Please pass it on to somebody above you."
)


def limit_of(roles: frozenset[Role], policy: AdjustmentPolicy) -> Decimal | None:
    """Return up to what amount somebody with `roles` decides, in yuan; None is without limit."""
    if Role.COMPANY_MANAGEMENT in roles:
        return None
    limits = {Role.BUSINESS_LEAD: policy.lead_limit, Role.OFFICE_MANAGER: policy.manager_limit}
    return max((limit for role, limit in limits.items() if role in roles), default=ZERO)


@rule("MR-32")
def within_authority(amount: Decimal, roles: frozenset[Role], policy: AdjustmentPolicy, others: Decimal = ZERO) -> None:
    """Up to the own limit, the limit included, a lead or manager decides; above it somebody with more authority does.

    `others` is what else is asked for or given on the same order, in yuan: a sum cut into pieces is one sum.
    """
    limit = limit_of(roles, policy)
    together = amount + others
    if limit is not None and together > limit:
        words = BEYOND_TOGETHER if others else BEYOND
        raise Refused("MR-32", words, status=403, limit=limit, amount=amount, together=together)


@rule("MR-32")
def by_another(by: int, before: int | None) -> None:
    """Who asked does not decide, and who decided does not pay out: no one person moves money out alone."""
    if by == before:
        raise Refused("MR-32", _("You took the step before this one. Somebody else has to take this one."), status=403)


@rule("MR-32")
def reasoned(reason: str) -> None:
    """Whatever is given back or let go, or refused, has a reason in words."""
    if not reason.strip():
        raise Refused("MR-32", _("Please write the reason."), status=422, field="reason")


@rule("MR-33")
def refundable(amount: Decimal, paid: Decimal, given: Decimal) -> None:
    """Never more comes back than was paid, less what was given back or asked for before (`given`), in yuan."""
    if not ZERO < amount <= paid - given:
        raise Refused(
            "MR-33", _("¥{paid} was paid and ¥{given} is given back or asked for already. At most ¥{left} can be given back."),
            field="amount", paid=paid, given=given, left=max(paid - given, ZERO),
        )  # fmt: skip


@rule("MR-33")
def waivable(sort: str, amount: Decimal, due: Decimal) -> None:
    """A waiver lets go of all that is due and a discount of a part of it, so that the published price stays on the charge."""
    fits = amount == due if sort == "waiver" else ZERO < amount < due
    if not fits or due <= ZERO:
        raise Refused("MR-33", _("¥{due} is due. A waiver is all of it, a discount less than that."), field="amount", due=due)


@rule("MR-33")
def payment_found(method: str, *, confirmed: bool) -> None:
    """What was paid by QR code is given back once a statement has shown that it came."""
    if method == "qr" and not confirmed:
        raise Refused(
            "MR-33", _("This payment by QR code stands on no statement yet. Match it with the statement first, then pay out.")
        )


@rule("OC-3.11")
def as_reported(amount: Decimal, reported: Sequence[Decimal], paid: Decimal) -> None:
    """MN-22  A damage is made good at the value in its report, to the fen: all that was reported, less what was paid before."""
    owed = sum(reported, ZERO) - paid
    if not reported:
        raise Refused(
            "OC-3.11",
            _("No damage that we pay for is reported on this order. Report what was damaged and its price there first."),
            field="sort",
        )  # fmt: skip
    if amount != owed or owed <= ZERO:
        raise Refused(
            "OC-3.11", _("By the damage reports of this order ¥{owed} is to be made good, neither more nor less."),
            field="amount", owed=max(owed, ZERO),
        )  # fmt: skip


def decided_soon(moment: Moment) -> Due:
    """MR-32  A request is decided by the end of work so many working days on."""
    return Due(working_days_on(moment, moment.policy.decide_days))


def paid_soon(moment: Moment) -> Due:
    """MR-32  What was approved is paid out by the end of work so many working days on."""
    return Due(working_days_on(moment, moment.policy.pay_days))
