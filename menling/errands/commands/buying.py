"""Buying, bringing, being paid, and reckoning with finance."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from menling.errands.commands.steps import Move, Steps, registered, step, taken, tell_buyer, tell_roles
from menling.errands.models import Errand
from menling.kernel.actor import Actor
from menling.kernel.money import ZERO, yuan
from menling.kernel.refusal import Refused
from menling.kernel.words import _
from menling.premises import names
from menling.procedures import errand_rules as rules
from menling.procedures.afterwards import signed_on_paper
from menling.procedures.places import claim, owed_by, purse, safe, unconfirmed, unexplained

Invoice = Annotated[str, Field(max_length=40)]
Digest = Annotated[str, Field(max_length=64)]
Method = Literal["cash", "qr"]


def advance(errand: Errand, *, by: Actor, at: datetime, amount: Decimal) -> Steps:
    """MR-16  Finance gives the buyer money for it; who gave, who got, and how much stands in the books."""
    row = step(errand, "advance", by)
    rules.buyer_named(errand.buyer_id)
    assert errand.buyer is not None
    given = yuan(amount)
    if given == ZERO:
        raise Refused("MR-6", _("Please write an amount above zero."), status=422, field="amount")
    errand.advanced += given
    moves = ((safe(errand.office_id), purse(errand.buyer.pk), given),)
    tell = tell_buyer(errand, _("{number}: ¥{amount} was given to you for {item}."), amount=given)
    return taken(errand, row, by, at, "advanced", moves=moves, tell=tell, amount=given, to_name=errand.buyer.name)


def buy(errand: Errand, *, by: Actor, at: datetime, amount: Decimal, invoice: Invoice = "", photo: Digest = "") -> Steps:
    """HC-5.4.2  Bought as registered, with the invoice: its amount, and its number or a photo of it that was uploaded.

    HC-5.4.1  Where the invoice shows that a piece costs as much as the register is filled in whole for, it is so first.
    """
    row = step(errand, "buy", by)
    rules.invoiced(invoice, photo)
    _uploaded(errand, photo)
    rules.register_filled_for(registered(errand), yuan(amount), errand.quantity, errand.policy)
    errand.paid, errand.invoice, errand.photo, errand.bought_at = yuan(amount), names.folded(invoice), photo, at
    moves = ((purse(errand.buyer_id or 0), claim(errand.case.number), errand.paid),)
    return taken(errand, row, by, at, "paid", "invoice", "photo", "bought_at", moves=moves, amount=errand.paid,
                 invoice=errand.invoice, photo=photo)  # fmt: skip


def _uploaded(errand: Errand, photo: str) -> None:
    if photo and not errand.case.attachments.filter(kind="photo", digest=photo).exists():
        raise Refused("MR-8", _("Upload the photo to this order first, then name it here."), status=422, field="photo")


def deliver(errand: Errand, *, by: Actor, at: datetime) -> Steps:
    """HC-5.4.3  The goods are with the resident, and the invoice with them."""
    row = step(errand, "deliver", by)
    errand.delivered_at = at
    return taken(errand, row, by, at, "delivered_at")


def object_to(errand: Errand, *, by: Actor, at: datetime, reason: str) -> Steps:
    """HC-5.4.3  Goods and invoice are not what the register asks for: exchanged and brought again, or given back."""
    row = step(errand, "object", by)
    if not reason.strip():
        raise Refused("HC-5.4.3", _("Please write what does not fit the register."), status=422, field="reason")
    errand.delivered_at = None
    tell = tell_buyer(errand, _("{number}: the resident does not accept {item}. Please exchange it or give it back."))
    return taken(errand, row, by, at, "delivered_at", tell=tell, reason=names.folded(reason))


def sign(errand: Errand, *, by: Actor, at: datetime, checked: bool, signature: Digest = "",
         name: Annotated[str, Field(max_length=60)] = "") -> Steps:  # fmt: skip
    """HC-5.4.3  The resident compared goods and invoice and signs the register, nobody else.

    `signature` is the digest of the drawn one.
    """
    row = step(errand, "sign", by)
    rules.goods_checked(checked)
    if signature and not errand.case.attachments.filter(kind="signature", digest=signature).exists():
        raise Refused("HC-5.4.3", _("Please draw the signature for this errand first."), status=422, field="signature")
    errand.signed_at, errand.signed_by = at, names.folded(name) or by.name[:60] or errand.customer
    tell = tell_buyer(errand, _("{number}: the resident has signed for {item}. The invoice can be paid."))
    return taken(errand, row, by, at, "signed_at", "signed_by", tell=tell, checked=checked, name=errand.signed_by,
                 signature=signature)  # fmt: skip


def sign_on_paper(errand: Errand, *, by: Actor, at: datetime, scan: Digest, name: Annotated[str, Field(max_length=60)]) -> Steps:
    """HC-5.4.3, MR-49  The resident checked and signed on paper: the picture of that sheet (`scan`) and the name under it."""
    row = step(errand, "sign_on_paper", by)
    signed_on_paper(scan.strip(), names.folded(name), own_work=errand.buyer_id == by.id)
    _uploaded(errand, scan.strip())
    errand.signed_at, errand.signed_by = at, names.folded(name)
    tell = tell_buyer(errand, _("{number}: the resident has signed for {item}. The invoice can be paid."))
    return taken(errand, row, by, at, "signed_at", "signed_by", tell=tell, name=errand.signed_by, scan=scan.strip(),
                 follow_up="mandatory")  # fmt: skip


def settle(errand: Errand, *, by: Actor, at: datetime, amount: Decimal | None = None, method: Method = "cash") -> Steps:
    """HC-5.4.3  The resident pays the amount of the invoice, and nothing but that (MN-10); `amount` absent means exactly it.

    What is paid by QR code stands as unconfirmed until a statement shows it (MR-23).
    """
    row = step(errand, "settle", by)
    due = errand.paid or ZERO
    taken_in = due if amount is None else yuan(amount)
    rules.settled_exactly(taken_in, due)
    rules.may_settle(by.roles_in(errand.case.office_id), taken_in, errand.policy)
    errand.settled, errand.method, errand.collector_id, errand.settled_at = taken_in, method, by.id, at
    target = purse(by.id) if method == "cash" else unconfirmed(errand.office_id)
    moves = ((claim(errand.case.number), target, taken_in),)
    return taken(errand, row, by, at, "settled", "method", "collector", "settled_at", moves=moves, amount=taken_in, method=method)


def not_bought(errand: Errand, *, by: Actor, at: datetime, reason: str, told_resident: bool, apologised: bool) -> Steps:
    """HC-5.4.4  It could not be bought, or was given back: the resident heard why, with an apology; the register says so."""
    row = step(errand, "not_bought", by)
    rules.told_why(reason, told=told_resident, apologised=apologised)
    back = errand.paid or ZERO
    moves = ((claim(errand.case.number), purse(errand.buyer_id or 0), back),) if back else ()
    errand.reason, errand.paid = names.folded(reason)[:300], None
    tell = tell_roles(errand, _("{number}: {item} was not bought ({reason})."), "service_desk", "finance", reason=errand.reason)
    return taken(errand, row, by, at, "reason", "paid", moves=moves, tell=tell, reason=errand.reason,
                 told_resident=told_resident, apologised=apologised)  # fmt: skip


def reckon(errand: Errand, *, by: Actor, at: datetime, amount: Decimal | None = None, difference_reason: str = "") -> Steps:
    """MR-16, HC-5.4.5  Finance checks the sheet against the invoice: what is left over comes back, what was laid out is given.

    `amount` is what was counted, in yuan; absent it is what should come back.
    """
    row = step(errand, "reckon", by)
    held = errand.held
    expected = sum(held.values(), ZERO)
    counted = expected if amount is None else yuan(amount)
    difference = rules.reckoned(counted, expected, difference_reason)
    moves = (*_home(errand, held), *_difference(errand, difference))
    errand.is_home = True
    return taken(errand, row, by, at, "is_home", moves=moves, expected=expected, amount=counted, difference=difference,
                 reason=names.folded(difference_reason))  # fmt: skip


def _home(errand: Errand, held: dict[int, Decimal]) -> list[Move]:
    return [
        (purse(staff), safe(errand.office_id), amount) if amount > 0 else (safe(errand.office_id), purse(staff), -amount)
        for staff, amount in sorted(held.items())
    ]


def _difference(errand: Errand, difference: Decimal) -> list[Move]:
    """What is missing is owed by the buyer, as nobody has it in hand; what is too much came from nowhere anybody knows."""
    if difference < 0:
        return [(safe(errand.office_id), owed_by(errand.buyer.number if errand.buyer else ""), -difference)]
    return [(unexplained(errand.office_id), safe(errand.office_id), difference)] if difference else []


def archive(errand: Errand, *, by: Actor, at: datetime, finance_copy: bool) -> Steps:
    """HC-5.4.5  Finance files its copy of the sheet, bought or not, voided or not; it is kept without end."""
    row = step(errand, "archive", by)
    rules.copy_kept(finance_copy)
    errand.copy_at = at
    return taken(errand, row, by, at, "copy_at", finance_copy=finance_copy)
