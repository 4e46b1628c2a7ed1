"""A charge: what is due on one order, who may collect it, and questions about it (HS-3.3, HC-5.3.8, OC-4.4)."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from menling.kernel.points import rule
from menling.kernel.policy import setting
from menling.kernel.procedure import Asks, Clock, Due, Moment, Procedure, Step, minutes_after
from menling.kernel.refusal import Refused
from menling.kernel.roles import LEADS_OR_ABOVE, Role
from menling.kernel.roles import Role as R
from menling.kernel.words import _


class Status(StrEnum):
    """Where a charge stands."""

    NEW = "new"
    DUE = "due"
    QUESTIONED = "questioned"
    COLLECTED = "collected"
    DISPUTED = "disputed"
    VOID = "void"
    WAIVED = "waived"


S = Status
COLLECTORS = frozenset({R.REPAIR_WORKER, R.HOUSEKEEPER, R.ENGINEERING_CREW, *LEADS_OR_ABOVE})
ASKERS = COLLECTORS | {R.CUSTOMER, R.SERVICE_DESK, R.CONTROL_CENTRE}


def explained(moment: Moment) -> Due:
    """HC-5.3.8  Whoever questions a price is called within the office's minutes; out of hours they begin with the next work."""
    calendar, day = moment.calendar, moment.calendar.local(moment.at).date()
    opens = calendar.at(day, calendar.shift_start)
    begins = calendar.before_end_of_shift(moment.at) if moment.at >= calendar.end_of_shift(moment.at) else max(opens, moment.at)
    return Due(minutes_after(begins, moment.policy.explain_within))


CHARGE = Procedure(
    kind="charge",
    title=_("Charge"),
    statuses=Status,
    ends=frozenset({S.COLLECTED, S.VOID, S.WAIVED}),
    steps=(
        Step(("HS-3.3",), "open", frozenset({S.NEW}), S.DUE, frozenset({R.SYSTEM})),
        Step(("MR-11",), "void", frozenset({S.DUE, S.QUESTIONED}), S.VOID, frozenset({R.SYSTEM})),
        Step(("MR-33",), "reduce", frozenset({S.DUE, S.QUESTIONED}), None, frozenset({R.SYSTEM})),
        Step(("MR-33",), "waive", frozenset({S.DUE, S.QUESTIONED}), S.WAIVED, frozenset({R.SYSTEM})),
        Step(("MR-34",), "divide", frozenset({S.DUE}), None, frozenset({R.SYSTEM})),
        Step(("MR-34",), "draw_down", frozenset({S.DUE}), S.COLLECTED, frozenset({R.SYSTEM})),
        Step(("MR-23",), "open_paid", frozenset({S.NEW}), S.COLLECTED, frozenset({R.SYSTEM})),
        Step(("HC-5.3.8",), "query_fee", frozenset({S.DUE}), S.QUESTIONED, ASKERS),
        Step(("HC-5.3.8",), "query_fee", frozenset({S.COLLECTED}), S.DISPUTED, ASKERS),
        Step(("HC-5.3.8",), "confirm_fee", frozenset({S.QUESTIONED}), S.DUE, frozenset({R.SERVICE_DESK})),
        Step(("HC-5.3.8",), "confirm_fee", frozenset({S.DISPUTED}), S.COLLECTED, frozenset({R.SERVICE_DESK})),
        Step(("HS-3.3", "OC-4.4"), "collect", frozenset({S.DUE}), S.COLLECTED, COLLECTORS),
        Step(("MR-23",), "confirm_payment", frozenset({S.DUE}), S.COLLECTED, frozenset({R.FINANCE})),
        Step(("MR-23",), "confirm_payment", frozenset({S.COLLECTED, S.DISPUTED}), None, frozenset({R.FINANCE})),
    ),
    clocks=(
        Clock(("HC-5.3.8",), "explain", _("whoever questions the price has been called"), frozenset({"query_fee"}),
              frozenset({"confirm_fee"}), explained, frozenset({"void", "waive"}),
              frozenset({R.SERVICE_DESK, R.SERVICE_DESK_SUPERVISOR})),
    ),
)  # fmt: skip
CHARGE.titles = {
    S.NEW: _("nothing due yet"), S.DUE: _("due"), S.QUESTIONED: _("amount questioned"), S.COLLECTED: _("collected"),
    S.DISPUTED: _("collected, amount questioned"), S.VOID: _("void"), S.WAIVED: _("waived"),
}  # fmt: skip
CHARGE.verbs = {
    "open": _("Open"), "void": _("Void"), "query_fee": _("Question the amount"), "confirm_fee": _("Confirm the amount"),
    "reduce": _("Discount"), "waive": _("Waive"), "draw_down": _("Paid from the prepayment"),
    "divide": _("Divided: the prepayment pays a part"),
    "open_paid": _("Paid by QR code"), "collect": _("Collect"), "confirm_payment": _("Payment found on the statement"),
}  # fmt: skip
CHARGE.asks = {"collect": Asks(sometimes=("shortfall_reason", "responsible"))}


@dataclass(frozen=True)
class ChargePolicy:
    """Values in force for one charge, in yuan."""

    threshold: Decimal = setting(
        "money.collection_threshold",
        ("HS-3.3", "CF-16"),
        _("A business lead collects from"),
        Decimal("100.00"),
        unit="yuan",
        least=Decimal("0.01"),
        most=Decimal("999999"),
    )
    explain_within: int = setting(
        "money.fee_call_minutes", "HC-5.3.8", _("Whoever questions a price is called within"), 60, unit="min", least=1, most=1440,
        in_source=False,
    )  # fmt: skip
    qr_alone: bool = setting(
        "money.qr_needs_no_collector",
        ("MR-23", "CF-16"),
        _("A payment by the company's QR code needs no collector"),
        True,
        in_source=False,
    )


@rule("HC-5.3.8")
def not_questioned(status: str, roles: frozenset[Role]) -> None:
    """While the resident questions the amount nobody collects; the service desk confirms it first."""
    if status == S.QUESTIONED and roles & COLLECTORS:
        raise Refused("HC-5.3.8", _("The resident questions the amount. The service desk confirms it first, then collect."))


@rule("HS-3.3")
def may_collect(roles: frozenset[Role], due: Decimal, policy: ChargePolicy, method: str = "cash") -> None:
    """A worker collects below 100.00 yuan; from exactly 100.00 a business lead or above does.

    `due` is the whole amount of the order, in yuan, with what was collected on it before: an order is not split. What went to
    the company's account by its QR code is in nobody's hand: where that needs no collector, a worker records it at any amount.
    """
    if method == "qr" and policy.qr_alone:
        return
    if due >= policy.threshold and not roles & LEADS_OR_ABOVE:
        raise Refused(
            "HS-3.3",
            _("¥{due} is due on this order. From ¥{threshold} a business lead collects; please call one."),
            status=403,
            due=due,
            threshold=policy.threshold,
        )


@rule("OC-4.4")
def collected_exactly(amount: Decimal, due: Decimal, shortfall_reason: str, responsible: str) -> Decimal:
    """Return the shortfall in yuan. Never more than due; less only with a reason and the person responsible named."""
    if amount > due:
        raise Refused("OC-4.4", _("Only ¥{due} is due. Please do not take more."), due=due, field="amount")
    if amount < due and not (shortfall_reason.strip() and responsible.strip()):
        raise Refused(
            "OC-4.4",
            _("¥{due} is due. If less is taken, write the reason and the person responsible."),
            due=due,
            field="amount",
        )
    return due - amount


@rule("MR-23")
def pays_without_collector(status: str, policy: ChargePolicy) -> None:
    """What nobody collected is paid by the statement alone only where the office lets a QR code need no collector."""
    if status == S.DUE and not policy.qr_alone:
        raise Refused(
            "MR-23", _("In this office somebody records the payment first. Ask the collector to enter it as paid by QR.")
        )


@rule("MR-23")
def statement_fits(amount: Decimal, awaited: Decimal) -> None:
    """A line of the statement confirms exactly the amount that is awaited, to the fen."""
    if amount != awaited:
        raise Refused(
            "MR-23",
            _("The statement says ¥{amount}, and ¥{awaited} is awaited. Choose the line that fits."),
            field="line",
            amount=amount,
            awaited=awaited,
        )


@rule("MR-23")
def awaits_statement(method: str, *, confirmed: bool) -> None:
    """Only a payment by QR code that no line has confirmed yet waits for the statement."""
    if method not in ("", "qr") or confirmed:
        raise Refused("MR-23", _("This charge waits for no payment by QR code. Please look at the list again."))


@rule("MR-23")
def line_used_once(used_for: str) -> None:
    """One line of a statement confirms one charge."""
    if used_for:
        raise Refused("MR-23", _("This line confirms {number} already. Choose another line."), number=used_for)
