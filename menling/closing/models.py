"""Rows of the closing sheets."""

from typing import Any, ClassVar

from django.db import models

from menling.journal.models import Detail
from menling.premises.models import Office
from menling.procedures.closing_sheet import ClosingPolicy


class ClosingSheet(Detail):
    """The unsigned orders of one desk and day, with what was said about each: number, kind, status, unit, who took it,
    `finished`, `reason`, `expected_at`, `plan`, `explained_at`, `answered`."""

    POLICY: ClassVar[type | None] = ClosingPolicy

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    desk = models.CharField(max_length=30)
    day = models.DateField()
    due_at = models.DateTimeField()
    lines = models.JSONField(default=list)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("office", "desk", "day", "due_at"), name="closing_sheet_once"),)

    def terms(self) -> dict[str, Any]:
        """Return the desk: of some the shift ends earlier than the day."""
        return {"desk": self.desk}
