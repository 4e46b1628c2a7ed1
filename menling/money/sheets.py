"""Rows of the cashier's days: through which day the books are closed, the sheet of each day, bank slips and corrections."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from menling.journal.models import Detail
from menling.premises.models import Office, Staff
from menling.procedures.cashier_day import CashierPolicy


class CashBook(models.Model):
    """The books of one office: the day through which they are closed. Every transfer reads it, closing a day writes it."""

    office = models.OneToOneField(Office, models.PROTECT, primary_key=True, related_name="+")
    closed_through = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.office_id} {self.closed_through}"


class CashierDay(Detail):
    """The cashier's day of an office, with the days before it that nobody began (MR-28 to MR-31).

    `opening` is what lay in each place before the first day; later ones open with what the one before left. Once closed:
    `counted` yuan in the safe, `count` its pieces by denomination; `closing` what lay in each place, in yuan by place; `held` who
    still holds what (`place`, `number`, `name`, `amount`, `still`, `why`); `unpaid` the QR payments on no statement (`number`,
    `order`, `unit`, `payer`, `amount`, `on`, `why`).
    """

    POLICY: ClassVar[type | None] = CashierPolicy

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    day = models.DateField()
    opening = models.JSONField(default=dict)
    counted = models.DecimalField(max_digits=11, decimal_places=2, null=True)
    count = models.JSONField(default=dict)
    closing = models.JSONField(default=dict)
    held = models.JSONField(default=list)
    unpaid = models.JSONField(default=list)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("office", "day"), name="cashier_day_once"),)


class BankSlip(models.Model):
    """Cash taken from the safe to the bank, or `fetched` from there, with the number of the bank's slip.

    `transfer` is the movement it made. One that was `taken_back` whole was booked wrongly: it stays, and its number may be
    written once more.
    """

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    day = models.ForeignKey(CashierDay, models.PROTECT, related_name="slips")
    number = models.CharField(max_length=40)
    amount = models.DecimalField(max_digits=11, decimal_places=2)
    at = models.DateTimeField()
    fetched = models.BooleanField(default=False, db_default=False)
    taken_back = models.BooleanField(default=False, db_default=False)
    transfer = models.OneToOneField("money.Transfer", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("office", "number"), condition=Q(taken_back=False), name="bank_slip_once"),
        )

    def __str__(self) -> str:
        return self.number


class CounterEntry(models.Model):
    """A correction finance asks for and a second person decides on: money goes from `source` back to `target` (MR-29).

    `reverses` is the transfer it takes back, or nothing for a difference of the safe; `state` is asked, posted or refused;
    `posted` the transfer it became.
    """

    day = models.ForeignKey(CashierDay, models.PROTECT, related_name="entries")
    reverses = models.ForeignKey("money.Transfer", models.PROTECT, null=True, related_name="+")
    source = models.CharField(max_length=60)
    target = models.CharField(max_length=60)
    amount = models.DecimalField(max_digits=11, decimal_places=2)
    reason = models.CharField(max_length=300)
    asked_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, default="asked")
    posted = models.OneToOneField("money.Transfer", models.PROTECT, null=True, related_name="+")
    decided_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    remark = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(amount__gt=0), name="counter_entry_above_zero"),)

    def __str__(self) -> str:
        return f"{self.source} -> {self.target} {self.amount} {self.state}"
