"""Every figure an office ever decided on, read in one query: what is in force when, since when, and who approved it."""

from datetime import datetime
from functools import cached_property

from django.db.models import Q

from menling.policies.models import PolicyValue
from menling.policies.values import Values
from menling.premises.models import Office


class History:
    """The dated figures of an office and its company. Reading many cases' figures costs one query, not one each."""

    def __init__(self, office: Office) -> None:
        self.office = office

    @cached_property
    def rows(self) -> list[PolicyValue]:
        """Every row in the order in which they come into force, the company's before the office's own."""
        found = PolicyValue.objects.filter(Q(office=self.office) | Q(office__isnull=True), company_id=self.office.company_id)
        ordered = found.select_related("approved_by").order_by("in_force_from", "pk")
        return sorted(ordered, key=lambda row: row.office_id is not None)

    def at(self, instant: datetime) -> Values:
        """Return the figures in force at an instant, as `values_for` does."""
        return Values(self.office, {row.key: row.value for row in self.rows if row.in_force_from <= instant})

    def standing(self, instant: datetime) -> dict[str, PolicyValue]:
        """Return the row in force of every figure that was ever decided on, by key."""
        return {row.key: row for row in self.rows if row.in_force_from <= instant}

    def of(self, key: str) -> list[PolicyValue]:
        """Return every row of one figure, the newest first."""
        return sorted((row for row in self.rows if row.key == key), key=lambda row: (row.in_force_from, row.pk), reverse=True)
