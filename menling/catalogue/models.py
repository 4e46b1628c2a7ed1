"""Rows of the price lists."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from menling.journal.models import Detail
from menling.premises.models import Company, Office, Staff
from menling.procedures.contract_review import ReviewPolicy
from menling.procedures.fee_standard import FeePolicy


class PriceList(models.Model):
    """The published fee standard of an office, in force from an instant until the next one; without one it is a proposal."""

    office = models.ForeignKey(Office, models.PROTECT)
    name = models.CharField(_("name"), max_length=100)
    in_force_from = models.DateTimeField(_("in force from"), null=True)

    class Meta:
        indexes = (models.Index(fields=("office", "-in_force_from"), name="price_list_in_force"),)

    def __str__(self) -> str:
        return self.name


class PriceItem(models.Model):
    """One line: a service or a material, its price in yuan and what the price is for."""

    class Per(models.TextChoices):
        VISIT = "visit", _("visit")
        PIECE = "piece", _("piece")
        BLOCK = "block", _("30 minutes")
        METRE = "metre", _("metre")
        SQUARE_METRE = "square_metre", _("square metre")

    price_list = models.ForeignKey(PriceList, models.PROTECT, related_name="items")
    code = models.CharField(_("code"), max_length=20)
    name = models.CharField(_("item"), max_length=100)
    name_en = models.CharField(max_length=100, blank=True)
    price = models.DecimalField(_("price"), max_digits=9, decimal_places=2)
    per = models.CharField(_("per"), max_length=12, choices=Per, default=Per.PIECE)
    is_material = models.BooleanField(_("material"), default=False)
    skill = models.CharField(_("skill"), max_length=30, blank=True)
    standard = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    """The standard price when the list was proposed; none for material, and for services priced by a contract review."""
    review = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ("code",)
        constraints = (models.UniqueConstraint(fields=("price_list", "code"), name="price_item_once"),)

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class StandardItem(models.Model):
    """One line of the company's list of standard services from an instant on: a newer line of the same code replaces it."""

    company = models.ForeignKey(Company, models.PROTECT)
    code = models.CharField(_("code"), max_length=20)
    name = models.CharField(_("item"), max_length=100)
    name_en = models.CharField(max_length=100, blank=True)
    price = models.DecimalField(_("price"), max_digits=9, decimal_places=2)
    per = models.CharField(_("per"), max_length=12, choices=PriceItem.Per, default=PriceItem.Per.PIECE)
    in_force_from = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("company", "code", "in_force_from"), name="standard_item_once"),)

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class FeeStandard(Detail):
    """A fee standard of an office on its way into force: the proposed list, from when, and who filed it."""

    POLICY: ClassVar[type | None] = FeePolicy

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    price_list = models.OneToOneField(PriceList, models.PROTECT, related_name="proposal")
    wanted_from = models.DateTimeField(null=True)
    proposed_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    finance = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    quality = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")


class ContractReview(Detail):
    """A wish that is not on the price list: what, at which proposed price in yuan, and what was decided by whom and why.

    `price` is what it was taken on at; None before that, and for good where it was not taken on. The order is the parent case.
    """

    POLICY: ClassVar[type | None] = ReviewPolicy

    content = models.CharField(max_length=500)
    proposed = models.DecimalField(max_digits=9, decimal_places=2)
    customer = models.CharField(max_length=60, blank=True)
    price = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    reason = models.CharField(max_length=300, blank=True)
    asked_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    decided_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")

    @property
    def valued_at(self) -> datetime:
        """Return when the order was reported, where there is one: the figures of that instant decide who reviews it."""
        return self.case.parent.reported_at if self.case.parent else self.case.reported_at
