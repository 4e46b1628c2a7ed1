"""Where: company, management offices, buildings and units."""

import re
from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Company(models.Model):
    """The property-management company. A demonstration company holds synthetic people only and may set its clock."""

    name = models.CharField(_("name"), max_length=100)
    short_name = models.CharField(_("short name"), max_length=30)
    is_demo = models.BooleanField(_("demonstration"), default=False)

    def __str__(self) -> str:
        return self.short_name


class Office(models.Model):
    """A management office: the branch that serves one estate. Its code begins the numbers of its cases."""

    company = models.ForeignKey(Company, models.PROTECT)
    code = models.CharField(_("code"), max_length=6, unique=True)
    name = models.CharField(_("name"), max_length=60)
    phone = models.CharField(_("office phone"), max_length=20)
    address = models.CharField(_("address"), max_length=200, blank=True)
    zone = models.CharField(_("time zone"), max_length=40, default="Asia/Shanghai")

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name


class Building(models.Model):
    """A building of an estate; `code` is what stands first in a room number."""

    office = models.ForeignKey(Office, models.PROTECT)
    code = models.CharField(_("building"), max_length=12)
    name = models.CharField(_("name"), max_length=60, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("office", "code"), name="building_once"),)

    def __str__(self) -> str:
        return self.code


class Unit(models.Model):
    """A home: `3-2-1201` is building 3, entrance 2, room 1201."""

    office = models.ForeignKey(Office, models.PROTECT)
    building = models.ForeignKey(Building, models.PROTECT)
    code = models.CharField(_("unit"), max_length=30)
    entrance = models.CharField(_("entrance"), max_length=8, blank=True)
    room = models.CharField(_("room"), max_length=12)
    handed_over_on = models.DateField(_("handed over on"), null=True, blank=True)
    warranty_until = models.DateField(_("warranty until"), null=True, blank=True)
    developer_contact = models.CharField(_("developer's contact"), max_length=100, blank=True)
    special_care = models.CharField(_("special care"), max_length=200, blank=True)
    is_public = models.BooleanField(_("public area"), default=False, db_default=False)
    """A hall, a lift, a garden: nobody lives there, and repairs have other deadlines (EN-D.4)."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=("office", "code"), name="unit_once"),)

    def __str__(self) -> str:
        return self.code

    @property
    def said(self) -> str:
        """Return it as people say it: a home by its number, a public place in words (3栋电梯厅, 地下车库)."""
        return place_said(self.code) if self.is_public else self.code


GROUNDS = "公共"
"""The building of what belongs to no building: the garden, the garage, the gate."""
IN_A_HOUSE = re.compile(r"([0-9A-Za-z]+)-(?=.*[^\W\d_a-zA-Z])(.+)")


def place_said(code: str) -> str:
    """Return the number of a public place in words: 3-电梯厅 is 3栋电梯厅, 公共-地下车库 is 地下车库."""
    told = code.removeprefix(f"{GROUNDS}-")
    return IN_A_HOUSE.sub(r"\1栋\2", told, count=1) if IN_A_HOUSE.fullmatch(told) else told


def with_place_said(row: Sequence[Any], at: int) -> list[Any]:
    """Return a row whose last column tells whether the unit in column `at` is a public place, without that column and with the
    unit as people say it (MR-39)."""
    *told, is_public = row
    if is_public:
        told[at] = place_said(told[at])
    return told


LIVE_NOW = Q(until__isnull=True)
"""Rows of a dated table that have not ended."""
