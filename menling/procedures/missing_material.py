"""Material that is missing: who buys it, the resident or we (EN-4.6, EN-Q.6, CF-25)."""

from menling.kernel.points import rule
from menling.kernel.refusal import Refused
from menling.kernel.words import _


@rule("EN-4.6")
def resident_may_buy(missing: str) -> None:
    """The resident buys the material, unless the office chose to buy all of it; `missing` is its choice."""
    if missing == "proxy_purchase":
        why = _("In this office we buy what is missing. Please write it into the purchase register.")
        raise Refused("EN-4.6", why, field="bought_by")


@rule("EN-Q.6")
def may_be_entrusted(missing: str) -> None:
    """We buy the material for a repair, unless the office leaves that to residents."""
    if missing == "customer_buys":
        why = _("In this office the resident buys what is missing. Please leave the service card.")
        raise Refused("EN-Q.6", why, field="bought_by")


@rule("EN-Q.6", "HC-5.4.1")
def registered_before_waiting(registered: bool) -> None:
    """What we are entrusted with stands in the purchase register of this order before the visit ends."""
    if not registered:
        raise Refused("EN-Q.6", _("Please write what is to be bought into the purchase register of this order first."))
