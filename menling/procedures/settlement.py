"""Settlement: finance closes the money side of one order after register and review (HS-4.2.3, HS-3.5)."""

from dataclasses import dataclass
from enum import StrEnum

from menling.kernel.points import rule
from menling.kernel.policy import setting
from menling.kernel.procedure import Procedure, Step
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role as R
from menling.kernel.words import _


class Status(StrEnum):
    """Where a settlement stands."""

    NEW = "new"
    OPEN = "open"
    SETTLED = "settled"


S = Status
WITH_SLIP = frozenset({"repair"})
"""Kinds of order for which a dispatch slip is used."""

SETTLEMENT = Procedure(
    kind="settlement",
    title=_("Settlement"),
    statuses=Status,
    ends=frozenset({S.SETTLED}),
    steps=(
        Step(("HS-4.2.3",), "open", frozenset({S.NEW}), S.OPEN, frozenset({R.SYSTEM})),
        Step(("HS-4.2.3", "EN-7.6", "HS-4.1.1.5"), "settle", frozenset({S.OPEN}), S.SETTLED, frozenset({R.FINANCE})),
        Step(("HS-3.5",), "remind", frozenset({S.OPEN}), None, frozenset({R.FINANCE})),
        Step(("MR-10",), "tick", frozenset({S.OPEN}), None, frozenset({R.FINANCE})),
    ),
)
SETTLEMENT.titles = {S.NEW: _("nothing to settle yet"), S.OPEN: _("to be settled"), S.SETTLED: _("settled")}
SETTLEMENT.verbs = {
    "open": _("Open"),
    "settle": _("Settle"),
    "remind": _("Remind the worker to report"),
    "tick": _("Done"),
}


@dataclass(frozen=True)
class SettlementPolicy:
    """The order of sign-off, review and settlement (CF-31)."""

    order: str = setting(
        "settlement.order",
        ("EN-7.6", "CF-31"),
        _("Order of settlement"),
        "by_slip",
        options=("signoff_review_settle", "signoff_settle", "by_slip"),
    )
    qr_confirmed: bool = setting(
        "settlement.qr_confirmed", "MR-23", _("A QR payment is settled once a statement shows it"), True, in_source=False
    )


@rule("HS-4.2.3")
def signed_off(status: str) -> None:
    """The register is signed off before the fee is settled."""
    if status not in {"signed_off", "completed", "archived"}:
        raise Refused("HS-4.2.3", _("The worker has not signed the repair register yet. Sign off first, then settle."))


@rule("HS-4.1.1.5")
def register_signed(status: str) -> None:
    """The housekeeper signs the housekeeping register at the service desk before finance settles."""
    if status not in {"signed_off", "completed", "archived"}:
        raise Refused(
            "HS-4.1.1.5", _("The housekeeper has not signed the housekeeping register yet. Sign off first, then settle.")
        )  # fmt: skip


@rule("HS-3.5", "HS-4.1.2.3")
def slip_signed_off(status: str) -> None:
    """Finance settles the fee of a home alarm after who collected the slip signed it off at the service desk."""
    if status not in {"signed_off", "archived"}:
        raise Refused(
            "HS-3.5", _("The alarm slip is not signed off at the service desk yet. Send them there first, then settle.")
        )  # fmt: skip


SIGNED = {"housekeeping": register_signed, "alarm": slip_signed_off}


def register_signed_first(kind: str, order_status: str) -> None:
    """Say which register waits to be signed off before the money of an order of a kind is settled."""
    SIGNED.get(kind, signed_off)(order_status)


def before_there_is_money(verb: str, kind: str, order_status: str) -> None:
    """Say what a step of an order's money waits for that comes before any: to be settled, the register is signed off."""
    if verb == "settle":
        register_signed_first(kind, order_status)


@rule("HC-5.3.8")
def amount_confirmed(charge_status: str) -> None:
    """Settlement waits while the resident questions what was collected."""
    if charge_status == "disputed":
        raise Refused("HC-5.3.8", _("The resident questions the amount. The service desk confirms it first, then settle."))


@rule("EN-7.6")
def reviewed(status: str, policy: SettlementPolicy, has_slip: bool) -> None:
    """Where a slip is used the foreman's review stands between sign-off and settlement (CF-31)."""
    waits = policy.order == "signoff_review_settle" or (policy.order == "by_slip" and has_slip)
    if waits and status not in {"reviewed", "completed", "archived"}:
        raise Refused("EN-7.6", _("The foreman has not reviewed the slip yet. Settle after the review."))


@rule("MR-23")
def money_arrived(method: str, policy: SettlementPolicy, *, confirmed: bool) -> None:
    """What was paid by QR code is settled when a statement shows that it arrived."""
    if method == "qr" and not confirmed and policy.qr_confirmed:
        raise Refused("MR-23", _("No statement shows this QR payment yet. Bring the statement in and match it first."))


def may_settle(kind: str, order_status: str, charge_status: str, policy: SettlementPolicy) -> None:
    """Say whether the money of an order of a kind can be settled now: amount clear, register signed, slip reviewed (CF-31).

    Errors: `Refused` with the clause that is not kept yet.
    """
    amount_confirmed(charge_status)
    register_signed_first(kind, order_status)
    reviewed(order_status, policy, has_slip=kind in WITH_SLIP)
