"""Rows of the errands: one is one line of the proxy purchase register."""

from decimal import Decimal
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from menling.journal.models import Case, Detail
from menling.kernel.money import ZERO
from menling.premises.models import Office, Staff, Unit
from menling.procedures.errand_rules import ErrandPolicy


class Errand(Detail):
    """One thing to be bought: what the register says, who buys it, what it cost, who paid. Never deleted (a trigger sees to it).

    `price` is the price of one as expected, `paid` the amount of the invoice, `advanced` what the buyer was given before,
    all in yuan. `sheet` is the number of the paper sheet, where one is used; `order` the repair it belongs to (CF-25).
    """

    POLICY: ClassVar[type | None] = ErrandPolicy

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    order = models.ForeignKey(Case, models.PROTECT, null=True, related_name="errands")
    sheet = models.CharField(max_length=20, blank=True)
    customer = models.CharField(max_length=60)
    phone = models.CharField(max_length=20, blank=True)
    item = models.CharField(max_length=100)
    brand = models.CharField(max_length=60, blank=True)
    nature = models.CharField(max_length=60, blank=True)
    quantity = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    spec = models.CharField(max_length=100, blank=True)
    price = models.DecimalField(max_digits=9, decimal_places=2)
    buy_by = models.DateTimeField(null=True)
    buyer = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    advanced = models.DecimalField(max_digits=9, decimal_places=2, default=ZERO)
    paid = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    invoice = models.CharField(max_length=40, blank=True)
    photo = models.CharField(max_length=64, blank=True)
    bought_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True)
    signed_by = models.CharField(max_length=60, blank=True)
    settled = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    method = models.CharField(max_length=10, blank=True)
    collector = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    is_home = models.BooleanField(default=False)
    copy_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("office", "sheet"), condition=~Q(sheet=""), name="errand_sheet_once"),
            models.CheckConstraint(
                condition=Q(settled__isnull=True) | Q(settled=models.F("paid")), name="errand_settled_exactly"
            ),
        )
        indexes = (models.Index(fields=("office", "-case"), name="errand_of_office"),)

    @property
    def holder_id(self) -> int | None:
        """Return who has to act."""
        return self.buyer_id

    @property
    def held(self) -> dict[int, Decimal]:
        """Return staff id -> yuan held for this errand; below zero is what the office owes somebody who paid in advance."""
        held: dict[int, Decimal] = {}
        if self.is_home or self.buyer_id is None:
            return held
        held[self.buyer_id] = self.advanced - (self.paid or ZERO)
        if self.method == "cash" and self.collector_id:
            held[self.collector_id] = held.get(self.collector_id, ZERO) + (self.settled or ZERO)
        return {staff: amount for staff, amount in held.items() if amount}

    def terms(self) -> dict[str, Any]:
        """Return what the clocks need: by when to buy, and whether money is out."""
        return {"buy_by": self.buy_by, "money_out": bool(self.held)}
