"""The roster beside the shifts: who is on call on which night, who stands in for whom, who asks to exchange."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from menling.premises.models.places import Office
from menling.premises.models.staff import Shift, Staff


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


class Swap(models.Model):
    """An exchange somebody asks a colleague for: the colleague agrees, then a leader, and only then the roster changes."""

    class State(models.TextChoices):
        ASKED = "asked", _("asked, waits for the colleague")
        AGREED = "agreed", _("both agree, waits for the leader")
        DONE = "done", _("exchanged")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    one = models.ForeignKey(Shift, models.CASCADE, related_name="+")
    other = models.ForeignKey(Shift, models.CASCADE, related_name="+")
    asker = models.ForeignKey(Staff, models.CASCADE, related_name="+")
    colleague = models.ForeignKey(Staff, models.CASCADE, related_name="+")
    state = models.CharField(_("status"), max_length=10, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField()
    reason = models.CharField(_("reason"), max_length=100, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("one", "other"), condition=Q(state__in=("asked", "agreed")), name="swap_asked_once"),
        )
        indexes = (models.Index(fields=("office",), condition=Q(state__in=("asked", "agreed")), name="swap_open"),)

    def __str__(self) -> str:
        return f"{self.asker_id} {self.colleague_id} {self.state}"
