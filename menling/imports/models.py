"""What came from elsewhere, so that it comes once."""

from django.db import models

from menling.journal.models import Case
from menling.premises.models import Office


class Imported(models.Model):
    """A row of another system's list that became a case here: `key` is its number there."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    source = models.CharField(max_length=20)
    key = models.CharField(max_length=60)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("office", "source", "key"), name="imported_once"),)

    def __str__(self) -> str:
        return f"{self.source} {self.key}"
