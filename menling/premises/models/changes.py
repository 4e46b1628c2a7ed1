"""What was changed in the books of an office by hand: who, what, when, and how it was before."""

from django.db import models

from menling.premises.models.places import Office
from menling.premises.models.staff import Staff


class Change(models.Model):
    """One entry in the books of people, roster and homes: never changed, never deleted (a trigger sees to it).

    `what` is one of `administration.WHAT`, `subject` the work number, unit or day it is about; `key` makes a form sent
    twice one entry.
    """

    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    who = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    key = models.CharField(max_length=100)
    what = models.CharField(max_length=30)
    subject = models.CharField(max_length=60)
    at = models.DateTimeField()
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("who", "key"), name="change_once"),)
        indexes = (models.Index(fields=("office", "-id"), name="change_of_office"),)

    def __str__(self) -> str:
        return f"{self.what} {self.subject}"
