"""What must hold when goods are bought for a resident: the register, the invoice, the signature, the money (HC-5.4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from menling.kernel.calendars import OfficeCalendar
from menling.kernel.money import FEN
from menling.kernel.points import rule
from menling.kernel.policy import setting
from menling.kernel.procedure import Due, Moment, minutes_after
from menling.kernel.refusal import Refused
from menling.kernel.roles import LEADS_OR_ABOVE, Role
from menling.kernel.words import Message, _


@dataclass(frozen=True)
class ErrandPolicy:
    """Values in force for one errand; amounts in yuan."""

    register_from: Decimal = setting(
        "errands.register_from", ("HC-5.4.1",), _("Errands: every column of the register from a unit price of"), Decimal("10.00"),
        unit="yuan", least=Decimal("0.00"), most=Decimal("10.00"),
    )  # fmt: skip
    deliver_hours: int = setting(
        "errands.deliver_hours", ("HC-5.4.3",), _("Errands: with the resident within"), 24, unit="h", least=1, most=168,
        in_source=False,
    )  # fmt: skip
    threshold_counts: str = setting(
        "errands.collection_threshold", ("HS-3.3", "CF-16"), _("Errands: the amount from which a business lead collects"),
        "outside", options=("outside", "inside"), in_source=False,
    )  # fmt: skip
    threshold: Decimal = setting(
        "money.collection_threshold", ("HS-3.3", "CF-16"), _("A business lead collects from"), Decimal("100.00"), unit="yuan",
        least=Decimal("0.01"), most=Decimal("999999"),
    )  # fmt: skip


REGISTERED = ("unit", "name", "item", "brand", "nature", "quantity", "spec", "price", "buy_by")
"""The columns of the register that are filled in before anything is bought (HC-5.4.1)."""
ALWAYS = ("unit", "name", "item", "price")
"""What has to be known to buy anything at all."""
COLUMNS = {
    "unit": _("Unit"), "name": _("Customer"), "item": _("Goods"), "brand": _("Brand"), "nature": _("Nature"),
    "quantity": _("Quantity"), "spec": _("Specification"), "price": _("Price of one"), "buy_by": _("To be bought by"),
}  # fmt: skip
"""What each column is called on the form."""


@rule("HC-5.4.1")
def register_filled(columns: Mapping[str, object], price: Decimal, policy: ErrandPolicy) -> None:
    """From 10.00 yuan a piece, 10.00 included, every column is filled in before buying; below, what was asked for will do."""
    needed = REGISTERED if price >= policy.register_from else ALWAYS
    lacking = [name for name in needed if columns.get(name) in (None, "")]
    if lacking:
        raise Refused(
            "HC-5.4.1",
            _("From ¥{limit} a piece the register is filled in whole before buying. Please fill in: {columns}."),
            status=422, limit=policy.register_from, columns=tuple(Message(COLUMNS[name]) for name in lacking), field=lacking[0],
        )  # fmt: skip


@rule("HC-5.4.1")
def register_filled_for(columns: Mapping[str, object], paid: Decimal, quantity: Decimal | None, policy: ErrandPolicy) -> None:
    """What one piece costs is known for sure from its invoice: what turns out to be at the limit or above has a whole register.

    `paid` is the amount of the invoice; where no quantity stands in the register it is that of one piece.
    """
    price = paid / (quantity or 1)
    if price < policy.register_from:
        return
    lacking = [COLUMNS[name] for name in REGISTERED if columns.get(name) in (None, "")]
    if lacking:
        raise Refused(
            "HC-5.4.1",
            _("At ¥{price} a piece the register is filled in whole before buying, from ¥{limit} on. Ask the service desk to"
              " fill in: {columns}."),
            price=price.quantize(FEN, ROUND_HALF_UP), limit=policy.register_from, columns=tuple(map(Message, lacking)),
            field="amount",
        )  # fmt: skip


@rule("HC-5.4.2")
def invoiced(invoice: str, photo: str) -> None:
    """Nothing counts as bought without its invoice: the number, or a photo of it."""
    if not invoice.strip() and not photo.strip():
        raise Refused(
            "HC-5.4.2", _("Please write the number of the invoice, or take a photo of it."), status=422, field="invoice"
        )


@rule("HC-5.4.3")
def goods_checked(checked: bool) -> None:
    """The resident signs after looking at goods and invoice, not before."""
    if not checked:
        raise Refused("HC-5.4.3", _("Please compare goods and invoice first, then sign."), status=422, field="checked")


@rule("HC-5.4.3")
def settled_exactly(amount: Decimal, invoiced_at: Decimal) -> None:
    """The resident pays what the invoice says: not more, and not less (MN-10)."""
    if amount != invoiced_at:
        raise Refused(
            "HC-5.4.3", _("The invoice says ¥{invoice}. The resident pays exactly that."), invoice=invoiced_at,
            field="amount",
        )  # fmt: skip


@rule("HS-3.3")
def may_settle(roles: frozenset[Role], amount: Decimal, policy: ErrandPolicy) -> None:
    """What an invoice cost is no service fee: whoever bought settles it, unless the office counts it too (CF-16)."""
    if policy.threshold_counts == "inside" and amount >= policy.threshold and not roles & LEADS_OR_ABOVE:
        raise Refused(
            "HS-3.3", _("¥{due} is due on this order. From ¥{threshold} a business lead collects; please call one."), status=403,
            due=amount, threshold=policy.threshold,
        )  # fmt: skip


@rule("HC-5.4.4")
def told_why(reason: str, *, told: bool, apologised: bool) -> None:
    """Not bought, or not in time: the resident hears why with an apology, and the register says it."""
    if not reason.strip():
        raise Refused("HC-5.4.4", _("Please write in the register why it could not be bought."), status=422, field="reason")
    if not told or not apologised:
        raise Refused("HC-5.4.4", _("Tell the resident why and apologise, then tick both here."), status=422,
                      field="apologised" if told else "told_resident")  # fmt: skip


@rule("HC-5.4.5")
def copy_kept(copy: bool) -> None:
    """Nothing is filed without the finance copy, whether or not anything was bought, voided sheets included."""
    if not copy:
        raise Refused(
            "HC-5.4.5",
            _("The finance copy of the sheet must be there first. Please ask for it."),
            status=422,
            field="finance_copy",
        )


@rule("HC-5.4.6")
def voided_with_reason(reason: str) -> None:
    """A voided sheet keeps its number, and says why."""
    if not reason.strip():
        raise Refused("HC-5.4.6", _("A voided sheet keeps its number. Please write why it is void."), status=422, field="reason")


@rule("MR-16")
def nothing_out(held: Decimal) -> None:
    """A sheet is not voided while money is with a buyer: what could not be bought is reckoned up with finance."""
    if held != 0:
        raise Refused(
            "MR-16", _("¥{held} is still out for this errand. Write why nothing is bought, then finance counts."), held=held
        )


@rule("MR-16")
def buyer_named(buyer: int | None) -> None:
    """Money is given to somebody by name."""
    if buyer is None:
        raise Refused("MR-16", _("Nobody is to buy this yet. Name the buyer first."), status=409)


@rule("MR-16")
def reckoned(counted: Decimal, expected: Decimal, reason: str) -> Decimal:
    """Return counted minus expected, in yuan: advance less invoice plus what was collected comes back, or it is explained."""
    if counted != expected and not reason.strip():
        raise Refused(
            "MR-16", _("¥{expected} should come back. Please count again, or explain the difference."),
            expected=expected, field="amount",
        )  # fmt: skip
    return counted - expected


def bought_in_time(moment: Moment) -> Due | None:
    """HC-5.4.4  Bought, or the resident told why not, by the time the register says; without one nothing was promised."""
    buy_by: datetime | None = moment.terms["buy_by"]
    return Due(buy_by) if buy_by else None


def delivered_soon(moment: Moment) -> Due:
    """HC-5.4.3  What was bought is with the resident within the office's hours."""
    return Due(minutes_after(moment.at, 60 * moment.policy.deliver_hours))


def cash_home(moment: Moment) -> Due | None:
    """HS-4.1.1.6, MN-03  Money held for an errand is with finance before the end of work, like every other cash of the day."""
    calendar: OfficeCalendar = moment.calendar
    return Due(calendar.before_end_of_shift(moment.at)) if moment.terms["money_out"] else None
