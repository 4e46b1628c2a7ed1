"""Accounts: under which account of the general ledger each place of money stands, and what a movement is called."""

from collections.abc import Mapping
from dataclasses import dataclass

from menling.kernel.policy import setting
from menling.kernel.words import _

NUMBER, SUCH_AS = r"\d{4}(\.?\d{1,4}){0,5}", "1002, 122101, 1001.01"
"""How a chart of accounts numbers its accounts."""


def _account(key: str, title: str, code: str) -> str:
    kept: str = setting(f"money.account_{key}", ("MR-26",), title, code, shape=NUMBER, such_as=SUCH_AS, in_source=False)
    return kept


@dataclass(frozen=True)
class AccountsPolicy:
    """The account of each place, as the company's chart of accounts numbers it; one field for each kind of place."""

    income: str = _account("income", _("Account: income from services"), "6051")
    owed: str = _account("owed", _("Account: owed by residents"), "1122")
    bag: str = _account("bag", _("Account: cash with collectors"), "122101")
    unconfirmed: str = _account("unconfirmed", _("Account: QR payments on no statement yet"), "1012")
    envelope: str = _account("envelope", _("Account: cash in sealed envelopes"), "1001")
    safe: str = _account("safe", _("Account: cash in the safe"), "1001")
    bank: str = _account("bank", _("Account: money at the bank"), "1002")
    shortfall: str = _account("shortfall", _("Account: shortfalls"), "122102")
    difference: str = _account("difference", _("Account: differences when counting"), "1901")
    opening: str = _account("opening", _("Account: what lay in the safe before the first day"), "1901")
    errand: str = _account("errand", _("Account: money for errands"), "122103")
    customer: str = _account("customer", _("Account: errands owed by residents"), "122104")
    refunded: str = _account("refunded", _("Account: given back to residents"), "6051")
    damage: str = _account("damage", _("Account: paid for damage"), "6711")
    written_off: str = _account("written_off", _("Account: waived and discounted"), "6051")
    deposit: str = _account("deposit", _("Account: deposits of residents"), "224101")
    prepaid: str = _account("prepaid", _("Account: prepaid by residents"), "2203")
    other: str = _account("other", _("Account: places without an account of their own"), "1901")


def kind_of(place: str) -> str:
    """Return the kind of a place of the books: ``owed`` of ``owed:XH-C-2026-0001``."""
    return place.partition(":")[0]


def account_of(place: str, policy: AccountsPolicy) -> str:
    """MR-26  Return the account of a place; a place nobody set an account for stands under the one for others."""
    code: str = getattr(policy, kind_of(place), policy.other)
    return code


PLACES: Mapping[str, str] = {
    "income": _("income from services"), "owed": _("owed by residents"), "bag": _("cash with collectors"),
    "unconfirmed": _("QR payments on no statement yet"), "envelope": _("cash in sealed envelopes"),
    "safe": _("cash in the safe"), "bank": _("money at the bank"),
    "shortfall": _("shortfalls"), "difference": _("differences when counting"), "errand": _("money for errands"),
    "customer": _("errands owed by residents"), "opening": _("what was there before the first day"),
    "refunded": _("given back to residents"), "damage": _("paid for damage"), "written_off": _("waived and discounted"),
    "deposit": _("deposits of residents"), "prepaid": _("prepaid by residents"),
}  # fmt: skip
MOVES: Mapping[tuple[str, str], str] = {
    ("income", "owed"): _("Charge"), ("owed", "income"): _("Charge taken back"), ("owed", "bag"): _("Collected in cash"),
    ("owed", "unconfirmed"): _("Collected by QR code"), ("owed", "shortfall"): _("Shortfall"),
    ("unconfirmed", "bank"): _("Payment found on the statement"), ("bag", "safe"): _("Cash handed over"),
    ("bag", "envelope"): _("Cash sealed in an envelope"), ("envelope", "safe"): _("Envelope opened by finance"),
    **{(source, "shortfall"): _("Shortfall") for source in ("bag", "envelope", "safe")},
    **{("shortfall", target): _("Shortfall paid back") for target in ("safe", "envelope")},
    ("difference", "envelope"): _("Difference when counting"),
    ("difference", "safe"): _("Difference when counting"), ("safe", "errand"): _("Money for an errand"),
    ("errand", "customer"): _("Bought for a resident"), ("customer", "errand"): _("Errand paid in cash"),
    ("customer", "bank"): _("Errand paid by QR code"), ("errand", "safe"): _("Money of an errand brought back"),
    ("customer", "unconfirmed"): _("Errand paid by QR code"), ("owed", "written_off"): _("Waived or discounted"),
    **{(source, "refunded"): _("Refund") for source in ("safe", "bank")},
    **{(source, "damage"): _("Damage made good") for source in ("safe", "bank")},
    **{("deposit", target): _("Deposit taken") for target in ("safe", "bank", "unconfirmed")},
    **{(source, "deposit"): _("Deposit given back") for source in ("safe", "bank")},
    **{("prepaid", target): _("Prepayment taken") for target in ("safe", "bank", "unconfirmed")},
    **{(source, "prepaid"): _("Prepayment given back") for source in ("safe", "bank")},
    ("owed", "prepaid"): _("Visit paid from the prepayment"), ("income", "deposit"): _("Deposit kept"),
    ("safe", "bank"): _("Cash taken to the bank"), ("bank", "safe"): _("Cash fetched from the bank"),
    ("opening", "safe"): _("Counted on the first day"), ("safe", "opening"): _("Counted on the first day"),
    ("safe", "bag"): _("Hand-over taken back"), ("safe", "difference"): _("Difference when counting"),
}  # fmt: skip
OTHER_PLACE, OTHER_MOVE = _("other places"), _("Other movement")
OVERDRAWN = _("More left the bank than these books know of. Please check the last amounts; what the account held before the "
              "books began, or gets from elsewhere, is not counted here.")  # fmt: skip
"""What is said of a bank below zero: the company's account holds more than these books know, so it is no refusal."""


def place_word(place: str) -> str:
    """Return the marked words for a kind of place."""
    return PLACES.get(kind_of(place), OTHER_PLACE)


def move_word(source: str, target: str) -> str:
    """Return the marked words for a movement between two places."""
    return MOVES.get((kind_of(source), kind_of(target)), OTHER_MOVE)
