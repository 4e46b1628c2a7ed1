"""Why an order costs what it costs, as the resident reads it: item, block of time, and consent (EN-Q.3, EN-D.13)."""

from menling.doorway.bill import bill_of
from menling.doorway.customer import hiding
from menling.orders.models import Order
from menling.portal.holding import Held


def why(order: Order, held: Held) -> list[str]:
    """Return the sentences of the bill; none for what is free. The clauses behind them stand on the office's page."""
    if not order.due:
        return []
    bill, hide = bill_of(order), hiding(order.case.office, held.now)
    return [hide(each.text) for each in (*bill.lines, *bill.behind)]
