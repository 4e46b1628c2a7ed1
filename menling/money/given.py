"""Rows of money that is given back, let go, held for a purpose, or invoiced: cases about charges beside those in `models`."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import Q

from menling.journal.models import Detail
from menling.kernel.money import ZERO
from menling.premises.models import Staff
from menling.procedures.adjustment_rules import AdjustmentPolicy
from menling.procedures.deposit import DepositPolicy
from menling.procedures.tax_invoice import TaxInvoicePolicy


class Adjustment(Detail):
    """Money given back or let go: `sort` is refund, waiver, discount or damage. The order is the parent case.

    `charge` is what it lowers or gives back; a damage has none, but `item`, what was damaged, and neither has the refund of an
    errand that was paid in cash. `decided_by` is who approved or declined; `method` (``cash``, ``bank``, ``qr``) and `paid_to`
    say how it was given, and to whom.
    """

    POLICY: ClassVar[type | None] = AdjustmentPolicy

    sort = models.CharField(max_length=10)
    charge = models.ForeignKey("money.Charge", models.PROTECT, null=True, related_name="adjustments")
    amount = models.DecimalField(max_digits=9, decimal_places=2)
    reason = models.CharField(max_length=300)
    item = models.CharField(max_length=100, blank=True)
    asked_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    decision = models.CharField(max_length=300, blank=True)
    method = models.CharField(max_length=10, blank=True)
    paid_to = models.CharField(max_length=60, blank=True)
    paid_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    paid_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(amount__gt=0), name="adjustment_above_zero"),)


class Deposit(Detail):
    """Money of a home the office keeps for a `purpose`; a prepayment (``agreement``) has its agreement as the parent case.

    Of `amount` so much was `used` by visits, `kept` for `reason`, and `returned`, in yuan.
    """

    POLICY: ClassVar[type | None] = DepositPolicy

    purpose = models.CharField(max_length=12)
    payer = models.CharField(max_length=60)
    amount = models.DecimalField(max_digits=9, decimal_places=2)
    method = models.CharField(max_length=10)
    used = models.DecimalField(max_digits=9, decimal_places=2, default=ZERO)
    kept = models.DecimalField(max_digits=9, decimal_places=2, default=ZERO)
    returned = models.DecimalField(max_digits=9, decimal_places=2, default=ZERO)
    reason = models.CharField(max_length=300, blank=True)
    taken_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    returned_how = models.CharField(max_length=10, blank=True)
    returned_to = models.CharField(max_length=60, blank=True)
    returned_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(amount__gte=models.F("used") + models.F("kept") + models.F("returned")), name="deposit_not_overdrawn"
            ),
        )

    @property
    def left(self) -> Decimal:
        """Return what the office still holds of it, in yuan."""
        return self.amount - self.used - self.kept - self.returned


class TaxInvoice(Detail):
    """A tax invoice asked for: to whom it is made out and sent, and its numbers. The order is the parent case."""

    POLICY: ClassVar[type | None] = TaxInvoicePolicy

    charge = models.ForeignKey("money.Charge", models.PROTECT, related_name="tax_invoices")
    amount = models.DecimalField(max_digits=9, decimal_places=2)
    made_out_to = models.CharField(max_length=10)
    title = models.CharField(max_length=100)
    tax_number = models.CharField(max_length=20, blank=True)
    email = models.CharField(max_length=100, blank=True)
    invoice = models.CharField(max_length=40, blank=True)
    issued_at = models.DateTimeField(null=True)
    reversal = models.CharField(max_length=40, blank=True)
    is_valid = models.BooleanField(default=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("charge",), condition=Q(is_valid=True), name="one_tax_invoice"),)
