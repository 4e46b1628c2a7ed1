"""Rows of the call department."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from menling.journal.models import Case, Detail
from menling.premises.models import Staff
from menling.procedures.call_rules import CallPolicy


class CallOrder(Detail):
    """What a customer asked of the call department, as one office has it.

    `group` is the number of the first of several offices asked at once, empty when one was; the parent case is the one it was
    passed on from. `answer_day` is the day on which the customer wants to hear; `became` is the order it turned into.
    """

    POLICY: ClassVar[type | None] = CallPolicy

    placed_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    customer = models.CharField(max_length=60)
    phone = models.CharField(max_length=20, blank=True)
    unit_text = models.CharField(max_length=60, blank=True)
    content = models.TextField()
    wanted = models.CharField(max_length=20)
    urgent = models.BooleanField(default=False)
    visit_at = models.DateTimeField(null=True)
    group = models.CharField(max_length=30, blank=True)
    answer_day = models.DateField(null=True)
    called_back_at = models.DateTimeField(null=True)
    question = models.CharField(max_length=300, blank=True)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.CharField(max_length=60, blank=True)
    call_again_at = models.DateTimeField(null=True)
    became = models.OneToOneField(Case, models.PROTECT, null=True, related_name="call_order_of")
    outcome = models.CharField(max_length=20, blank=True)
    told = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = (models.Index(fields=("group",), condition=~Q(group=""), name="call_order_group"),)

    def terms(self) -> dict[str, Any]:
        """Return the day of the answer, for its clock."""
        return {"answer_day": self.answer_day}
