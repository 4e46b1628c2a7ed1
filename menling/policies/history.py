"""Every figure an office ever decided on, read in one query: what is in force when, since when, and who approved it."""

from datetime import datetime
from functools import cached_property

from menling.policies.models import PolicyValue
from menling.policies.values import Values
from menling.premises.models import Office, Staff
from menling.premises.statements import Joined, rows_of

FIGURE = Joined(v=PolicyValue, s=Staff)
# Lists of money and the page of a worker's day begin with it.
DECIDED = f"""
SELECT {FIGURE.columns} FROM policies_policyvalue v LEFT JOIN premises_staff s ON s.id = v.approved_by_id
WHERE v.company_id = %(company)s AND (v.office_id = %(office)s OR v.office_id IS NULL)
ORDER BY v.office_id IS NOT NULL, v.in_force_from, v.id
"""  # noqa: S608  # names of columns


class History:
    """The dated figures of an office and its company. Reading many cases' figures costs one query, not one each."""

    def __init__(self, office: Office) -> None:
        self.office = office

    @cached_property
    def rows(self) -> list[PolicyValue]:
        """Every row in the order in which they come into force, the company's before the office's own."""
        asked = {"office": self.office.pk, "company": self.office.company_id}
        return [_decided(*FIGURE.parts(row)) for row in rows_of(DECIDED, asked)]

    def at(self, instant: datetime) -> Values:
        """Return the figures in force at an instant, as `values_for` does."""
        return Values(self.office, {row.key: row.value for row in self.rows if row.in_force_from <= instant})

    def standing(self, instant: datetime) -> dict[str, PolicyValue]:
        """Return the row in force of every figure that was ever decided on, by key."""
        return {row.key: row for row in self.rows if row.in_force_from <= instant}

    def of(self, key: str) -> list[PolicyValue]:
        """Return every row of one figure, the newest first."""
        return sorted((row for row in self.rows if row.key == key), key=lambda row: (row.in_force_from, row.pk), reverse=True)


def _decided(row: PolicyValue, approver: Staff | None) -> PolicyValue:
    row.approved_by = approver
    return row
