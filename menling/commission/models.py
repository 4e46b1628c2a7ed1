"""Rows of commission: questions about lines of it, and the months that were approved."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from menling.journal.models import Case, Detail
from menling.premises.models import Office, Staff
from menling.procedures.commission import CommissionPolicy


class CommissionQuery(Detail):
    """A worker's question about one line: the settlement it stands for, and what was answered.

    `more` is what the answer adds to the line, in yuan: a question never takes anything away.
    """

    POLICY: ClassVar[type | None] = CommissionPolicy

    settlement = models.ForeignKey(Case, models.PROTECT, related_name="commission_queries")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    question = models.CharField(max_length=300)
    answer = models.CharField(max_length=300, blank=True)
    more = models.DecimalField(max_digits=9, decimal_places=2, default=0)
    answered_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    is_open = models.BooleanField(default=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("settlement", "staff"), condition=Q(is_open=True), name="one_open_commission_query"),
        )
        indexes = (models.Index(fields=("staff", "settlement"), name="commission_query_of_line"),)


class CommissionMonth(Detail):
    """The commission of an office for a month, once it was approved; `month` is its first day.

    `kept` tells that its lines were written down; the few months approved before that was done have none.
    """

    POLICY: ClassVar[type | None] = CommissionPolicy

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    month = models.DateField()
    kept = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("office", "month"), name="commission_month_once"),)


class CommissionLine(models.Model):
    """A line of an approved month as it was approved: whose, of which settlement, and its figures, in yuan (MR-51).

    `covers` names the refunds and the answers that are reckoned in it; what is not named came afterwards. One that is `later`
    carries a difference to what an earlier approved month holds.
    """

    month = models.ForeignKey(CommissionMonth, models.PROTECT, related_name="lines")
    settlement = models.ForeignKey(Case, models.PROTECT, related_name="commission_lines")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    charged = models.DecimalField(max_digits=9, decimal_places=2)
    labour = models.DecimalField(max_digits=9, decimal_places=2)
    people = models.PositiveSmallIntegerField()
    whole = models.DecimalField(max_digits=9, decimal_places=2)
    part = models.DecimalField(max_digits=9, decimal_places=2)
    added = models.DecimalField(max_digits=9, decimal_places=2)
    covers = models.JSONField(default=list)
    later = models.BooleanField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("settlement", "staff", "month"), name="commission_line_once"),)
