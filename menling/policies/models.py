"""Rows of figures: a new number is a new row, never a change."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from menling.premises.models import Company, Office, Staff


class PolicyValue(models.Model):
    """A figure in force from an instant on, for one office or, without one, for the company; who approved it and why."""

    company = models.ForeignKey(Company, models.PROTECT)
    office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True)
    key = models.CharField(_("setting"), max_length=60)
    value = models.JSONField(_("value"))
    clause = models.CharField(_("clause"), max_length=20)
    in_force_from = models.DateTimeField(_("in force from"))
    approved_by = models.ForeignKey(Staff, models.PROTECT, null=True)
    approved_at = models.DateTimeField(_("approved at"))
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        indexes = (models.Index(fields=("company", "office", "in_force_from"), name="policy_in_force"),)

    def __str__(self) -> str:
        return f"{self.key} = {self.value}"


class CalendarDay(models.Model):
    """A public holiday, or a weekend day that is worked; for one office or for all. One table for every year known."""

    office = models.ForeignKey(Office, models.CASCADE, null=True, blank=True)
    day = models.DateField(_("day"))
    works = models.BooleanField(_("worked"))
    name = models.CharField(_("name"), max_length=60, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("office", "day"), name="calendar_day_once", nulls_distinct=False),)

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
