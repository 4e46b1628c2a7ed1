"""Drawing material from the warehouse before setting out, against the dispatch slip (EN-1.3)."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from menling.kernel.actor import Actor
from menling.kernel.refusal import Refused
from menling.kernel.words import _
from menling.orders.commands.steps import Steps, step, taken
from menling.orders.models import Order
from menling.premises import names
from menling.procedures.warehouse import drawn_with_slip

Text = Annotated[str, Field(max_length=100)]
Quantity = Annotated[Decimal, Field(gt=0, le=100_000, decimal_places=2)]


def draw_material(order: Order, *, by: Actor, at: datetime, slip: Text = "", name: Text = "",
                  quantity: Quantity = Decimal(1)) -> Steps:  # fmt: skip
    """EN-1.3  The warehouse hands material to the worker sent, who shows the slip; what is used is priced later (EN-D.12)."""
    row = step(order, "draw_material", by)
    drawn_with_slip(names.folded(slip), order.case.number)
    called = names.folded(name)
    if not called:
        raise Refused("EN-1.3", _("Please name the material."), status=422, field="name")
    worker = order.worker.number if order.worker else ""
    return taken(order, row, by, at, slip=order.case.number, name=called, quantity=str(quantity), worker=worker)
