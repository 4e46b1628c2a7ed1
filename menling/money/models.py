"""Rows of money: cases about it, and the transfers that move it."""

from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from menling.journal.models import Case, Detail
from menling.kernel.money import ZERO
from menling.money import given, sheets  # noqa: F401  # their rows belong to this room
from menling.premises.models import Office, Staff
from menling.procedures.charge import ChargePolicy
from menling.procedures.handover import HandoverPolicy
from menling.procedures.settlement import SettlementPolicy


class Handover(Detail):
    """The cash one collector took on a day for finance; what came after the end of work (`overnight`) is apart.

    `count` is what was counted last, pieces by denomination; `sealed` what went into the envelope of that number, before
    `witnesses` (numbers and names); `unsigned` says that finance found a difference the collector has not signed yet.
    """

    POLICY: ClassVar[type | None] = HandoverPolicy

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    holder = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    day = models.DateField()
    overnight = models.BooleanField(default=False)
    is_open = models.BooleanField(default=True)
    amount = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    difference_reason = models.CharField(max_length=300, blank=True)
    count = models.JSONField(default=dict)
    envelope = models.CharField(max_length=20, blank=True)
    sealed = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    sealed_at = models.DateTimeField(null=True)
    witnesses = models.JSONField(default=list)
    unsigned = models.BooleanField(default=False)

    class Meta:
        indexes = (models.Index(fields=("office",), condition=Q(unsigned=True), name="handover_unsigned"),)
        constraints = (
            models.UniqueConstraint(
                fields=("office", "holder", "day", "overnight"), condition=Q(is_open=True), name="one_open_handover"
            ),
            models.UniqueConstraint(fields=("office", "envelope"), condition=~Q(envelope=""), name="envelope_once"),
        )

    def terms(self) -> dict[str, Any]:
        """Return whether the collector still has to sign a difference."""
        return {"unsigned": self.unsigned}


class Charge(Detail):
    """What is due on one order, and how it was collected. The order is the parent case.

    `due` is what is due after `waived` was let go (MR-33); `refunded` is what was given back of `collected`; all in yuan.
    `awaited_by` is the office on whose statements a payment by QR code is still to be found (MR-23): what waits is listed from
    an index that holds nothing else, however many were found before.
    """

    POLICY: ClassVar[type | None] = ChargePolicy

    due = models.DecimalField(max_digits=9, decimal_places=2)
    payer = models.CharField(max_length=60)
    collected = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    method = models.CharField(max_length=10, blank=True)
    collector = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    receipt = models.CharField(max_length=30, blank=True)
    shortfall_reason = models.CharField(max_length=300, blank=True)
    responsible = models.CharField(max_length=60, blank=True)
    query = models.CharField(max_length=300, blank=True)
    handover = models.ForeignKey(Handover, models.PROTECT, null=True, related_name="charges")
    waived = models.DecimalField(max_digits=9, decimal_places=2, default=ZERO, db_default=ZERO)
    refunded = models.DecimalField(max_digits=9, decimal_places=2, default=ZERO, db_default=ZERO)
    awaited_by = models.ForeignKey(Office, models.PROTECT, null=True, db_index=False, related_name="+")

    class Meta:
        indexes = (
            models.Index(fields=("awaited_by", "case"), condition=Q(awaited_by__isnull=False), name="charge_on_no_statement"),
        )
        constraints = (
            models.UniqueConstraint(fields=("receipt",), condition=~Q(receipt=""), name="receipt_once"),
            models.CheckConstraint(
                condition=Q(refunded=0) | Q(refunded__gt=0, refunded__lte=models.F("collected")), name="refunded_at_most_paid"
            ),
        )

    @property
    def valued_at(self) -> datetime:
        """Return when the order was reported: its money is judged by the figures of that instant."""
        return self.case.parent.reported_at if self.case.parent else self.case.reported_at

    @property
    def awaited(self) -> Decimal:
        """Return what a statement has to show, in yuan: what is due, or what was taken where somebody recorded it (MR-23)."""
        return self.due if self.collected is None else self.collected


class StatementLine(models.Model):
    """Money that came in on an account of the company, as its statement says; `charge` is what it paid, once that is known.

    `account` is ``wechat``, ``alipay`` or ``bank``; `trade` the statement's own number of the line. What pays nothing of ours was
    set aside at `aside_at` by `aside_by`, with `aside_reason`, until it is taken up again (MR-23).
    """

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    account = models.CharField(max_length=10)
    trade = models.CharField(max_length=64)
    paid_at = models.DateTimeField()
    amount = models.DecimalField(max_digits=9, decimal_places=2)
    payer = models.CharField(max_length=60, blank=True)
    remark = models.CharField(max_length=200, blank=True)
    imported_at = models.DateTimeField()
    charge = models.OneToOneField(Charge, models.PROTECT, null=True, related_name="payment")
    aside_at = models.DateTimeField(null=True)
    aside_by = models.ForeignKey(Staff, models.PROTECT, null=True, db_index=False, related_name="+")
    aside_reason = models.CharField(max_length=300, default="", db_default="", blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("office", "account", "trade"), name="statement_line_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="statement_line_above_zero"),
        )
        indexes = (
            models.Index(
                fields=("office", "id"), condition=Q(charge__isnull=True, aside_at__isnull=True), name="statement_line_open"
            ),
            models.Index(fields=("office", "aside_at"), condition=Q(aside_at__isnull=False), name="statement_line_aside"),
        )

    def __str__(self) -> str:
        return f"{self.account} {self.trade}"


class Settlement(Detail):
    """Finance's closing of the money side of one order. The order is the parent case."""

    POLICY: ClassVar[type | None] = SettlementPolicy

    charge = models.OneToOneField(Charge, models.PROTECT, related_name="settlement")
    amount = models.DecimalField(max_digits=9, decimal_places=2)

    @property
    def valued_at(self) -> datetime:
        """Return when the order was reported: its money is judged by the figures of that instant."""
        return self.case.parent.reported_at if self.case.parent else self.case.reported_at


class Transfer(models.Model):
    """A movement of money: always above zero, from one place to another; never changed (a trigger sees to it).

    A place is a text: ``income:<office>``, ``owed:<charge number>``, ``bag:<staff id>``, ``safe:<office>``,
    ``bank:<office>``, ``unconfirmed:<office>`` (paid by QR code, on no statement yet), ``envelope:<number on it>``,
    ``shortfall:<name>``, ``difference:<office>``, ``refunded:<office>``, ``damage:<office>``,
    ``written_off:<office>``, ``deposit:<its number>``, ``prepaid:<its number>``, ``opening:<office>`` (there before the first
    day). What is in a place is what came minus what went. `day` is the day of the books it belongs to: the database sets it, that
    of `happened_at` or the first one after those that are closed (MR-28); rows written before there were such days have none.
    """

    office = models.ForeignKey(Office, models.PROTECT)
    case = models.ForeignKey(Case, models.PROTECT)
    source = models.CharField(max_length=60)
    target = models.CharField(max_length=60)
    amount = models.DecimalField(max_digits=9, decimal_places=2)
    happened_at = models.DateTimeField()
    day = models.DateField(null=True, editable=False)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(amount__gt=0), name="transfer_above_zero"),
            models.CheckConstraint(condition=~Q(source=models.F("target")), name="transfer_moves"),
        )
        indexes = (
            models.Index(fields=("office", "source"), name="transfer_from"),
            models.Index(fields=("office", "target"), name="transfer_to"),
            models.Index(fields=("office", "happened_at"), name="transfer_by_time"),
            models.Index(fields=("office", "day"), name="transfer_by_day"),
        )

    def __str__(self) -> str:
        return f"{self.source} -> {self.target} {self.amount}"
