"""Rows of the coordination orders."""

from typing import Any, ClassVar

from django.db import models

from menling.journal.models import Detail
from menling.premises.models import Staff
from menling.procedures.coordination import CoordinationPolicy


class Coordination(Detail):
    """A matter that one named person tracks to its end. Its entries are its events `log`: they cannot be changed.

    `clause` says which rule made it one; `opened` and `checked` are set while it is opened, and while a check of foreman or
    supervisor is taken.
    """

    POLICY: ClassVar[type | None] = CoordinationPolicy
    opened: bool = False
    checked: bool = False

    tracker = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    clause = models.CharField(max_length=20, blank=True)
    warranty = models.BooleanField(default=False)
    owner_told_at = models.DateTimeField(null=True)
    entries = models.PositiveIntegerField(default=0)
    last_entry_at = models.DateTimeField(null=True)
    result = models.TextField(blank=True)
    signed_at = models.DateTimeField(null=True)
    signed_by = models.CharField(max_length=60, blank=True)
    signature = models.CharField(max_length=64, blank=True)
    attested = models.CharField(max_length=300, blank=True)
    tracker_signed_at = models.DateTimeField(null=True)

    def terms(self) -> dict[str, Any]:
        """Return whether the running step opens it, or is a check."""
        return {"opened": self.opened, "checked": self.checked}
