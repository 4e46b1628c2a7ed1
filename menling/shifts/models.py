"""Rows of the shifts."""

from typing import ClassVar

from django.db import models

from menling.journal.models import Detail
from menling.premises.models import Office, Staff
from menling.procedures.shift_handover import ShiftPolicy


class ShiftHandover(Detail):
    """What one shift leaves to the next. `holder` is who has to act: the giver first, then who comes."""

    POLICY: ClassVar[type | None] = ShiftPolicy

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    giver = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    taker = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    holder = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    open_orders = models.JSONField(default=list)
    late_orders = models.JSONField(default=list)
    envelopes = models.JSONField(default=list)
    keys = models.CharField(max_length=200, blank=True)
    radios = models.CharField(max_length=200, blank=True)
    remarks = models.TextField(blank=True)
    given_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=300, blank=True)
