"""Rows of the price lists."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from menling.premises.models import Office


class PriceList(models.Model):
    """The published fee standard of an office, in force from an instant until the next one."""

    office = models.ForeignKey(Office, models.PROTECT)
    name = models.CharField(_("name"), max_length=100)
    in_force_from = models.DateTimeField(_("in force from"))

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

    class Meta:
        ordering = ("code",)
        constraints = (models.UniqueConstraint(fields=("price_list", "code"), name="price_item_once"),)

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
