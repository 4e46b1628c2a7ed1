"""What came from elsewhere, so that it comes once."""

from django.db import models

from menling.journal.models import Case
from menling.premises.models import Office, Staff


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


class Brought(models.Model):
    """A list that was kept: whose file, when, and how many rows were new or changed. What changed nothing is not written down."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    who = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    new = models.IntegerField()
    changed = models.IntegerField()

    class Meta:
        indexes = (models.Index(fields=("office", "kind", "-at"), name="brought_last"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"


class Upload(models.Model):
    """A workbook that was looked at and waits for the word to keep it; only who sent it may say so, and for a day at most."""

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="+")
    office = models.ForeignKey(Office, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=100)
    data = models.BinaryField()
    sent_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("sent_at",), name="upload_by_time"),)

    def __str__(self) -> str:
        return self.name
