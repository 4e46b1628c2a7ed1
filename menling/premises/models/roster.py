"""The roster beside the shifts: who is on call on which night, and who stands in for whom."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from menling.premises.models.places import Office
from menling.premises.models.staff import Staff


class OnCall(models.Model):
    """Who is called when the last shift of a day has ended: the first one (`rank` 1), and who when nobody answers."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    day = models.DateField(_("day"))
    rank = models.SmallIntegerField(_("rank"))
    staff = models.ForeignKey(Staff, models.CASCADE, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("office", "day", "rank"), name="on_call_rank_once"),
            models.UniqueConstraint(fields=("office", "day", "staff"), name="on_call_person_once"),
            models.CheckConstraint(condition=Q(rank__gte=1, rank__lte=9), name="on_call_rank"),
        )

    def __str__(self) -> str:
        return f"{self.day} {self.rank} {self.staff_id}"


class Cover(models.Model):
    """Somebody is away from a day to a day, and somebody else works the shifts."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    away = models.ForeignKey(Staff, models.CASCADE, related_name="+")
    stands_in = models.ForeignKey(Staff, models.CASCADE, related_name="+")
    since = models.DateField(_("from"))
    until = models.DateField(_("to"))
    reason = models.CharField(_("reason"), max_length=100, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="cover_days"),
            models.CheckConstraint(condition=~Q(away=F("stands_in")), name="cover_of_another"),
        )
        indexes = (models.Index(fields=("office", "until"), name="cover_of_office"),)

    def __str__(self) -> str:
        return f"{self.away_id} {self.since}"
