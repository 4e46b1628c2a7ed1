"""Rows of the numbered paper."""

from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import IntegerRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Value

from menling.journal.models import Case, Detail
from menling.premises.models import Office, Staff
from menling.procedures.pad import Number
from menling.procedures.paper_inquiry import InquiryPolicy

WHOLE = Func(F("first"), F("last"), Value("[]"), function="int4range", output_field=IntegerRangeField())


class Pad(Detail):
    """A pad of numbered sheets of one form, from `first` to `last`, in the hands of `holder`.

    A number is printed as `prefix` and its figures, filled up to `width`. No number lies in two pads of a form.
    """

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    form = models.CharField(max_length=20)
    prefix = models.CharField(max_length=12, blank=True)
    width = models.SmallIntegerField()
    first = models.IntegerField()
    last = models.IntegerField()
    holder = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    issued_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField()
    handed_in_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="one_pad_one_number",
                expressions=(
                    ("office", RangeOperators.EQUAL), ("form", RangeOperators.EQUAL), ("prefix", RangeOperators.EQUAL),
                    (WHOLE, RangeOperators.OVERLAPS),
                ),
            ),
        )  # fmt: skip

    @property
    def ends(self) -> tuple[str, str]:
        """Return the first and the last number as they are printed."""
        return self.printed(self.first), self.printed(self.last)

    def printed(self, figure: int) -> str:
        """Return a number of this pad as it is printed."""
        return Number(self.prefix, figure, self.width).at(figure)


class Sheet(models.Model):
    """What became of one sheet: ``used`` for a case, ``voided`` with a reason, handed in ``blank``, or ``missing``."""

    pad = models.ForeignKey(Pad, models.PROTECT, related_name="sheets")
    figure = models.IntegerField()
    fate = models.CharField(max_length=10)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=60)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("pad", "figure"), name="sheet_once"),)

    def __str__(self) -> str:
        return f"{self.figure} {self.fate}"


class Inquiry(Detail):
    """The search for one sheet. `sort` is ``missing`` (of `pad`), ``stray`` (of no pad) or ``twice`` (accounted for before).

    `used_on` is the case on which a stray sheet or one accounted for before turned up.
    """

    POLICY: ClassVar[type | None] = InquiryPolicy

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    pad = models.ForeignKey(Pad, models.PROTECT, null=True, related_name="inquiries")
    form = models.CharField(max_length=20)
    number = models.CharField(max_length=20)
    sort = models.CharField(max_length=10)
    used_on = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    cause = models.CharField(max_length=20, blank=True)
    found = models.CharField(max_length=300, blank=True)
    person = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    dealt = models.CharField(max_length=300, blank=True)

    def terms(self) -> dict[str, Any]:
        """Return whether a person caused it."""
        return {"caused": self.person_id is not None}
