"""Rows of agreements."""

from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from menling.journal.models import Case, Detail
from menling.premises.models import Staff, Unit
from menling.procedures.agreement_rules import AgreementPolicy
from menling.procedures.agreement_times import Pattern

NOT_DONE = ("cancelled", "declined")
"""Where the order of a visit ends that does not take place."""
MISSED = "missed"


class Agreement(Detail):
    """What is agreed with a customer for longer than a month: content, scope, target, requirements, days, price, people.

    `crew` are the ids of those named, the first one answers; `per` says whether `price` is for a visit or a month; the visits
    are on `weekdays` (1 is Monday) every `every_weeks`, or on `month_day`; `resting` says that no visit is filed; `stop_on` is
    the first day without service.
    """

    POLICY: ClassVar[type | None] = AgreementPolicy

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    customer = models.CharField(max_length=60)
    phone = models.CharField(max_length=20, blank=True)
    content = models.TextField()
    scope = models.TextField(blank=True)
    target = models.CharField(max_length=200, blank=True)
    requirements = models.TextField(blank=True)
    begin = models.DateField()
    until = models.DateField()
    weekdays = ArrayField(models.SmallIntegerField(), default=list)
    every_weeks = models.SmallIntegerField(default=1)
    month_day = models.SmallIntegerField(null=True)
    clock = models.TimeField()
    minutes = models.SmallIntegerField(default=120)
    holidays = models.BooleanField(default=True)
    price = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    per = models.CharField(max_length=5, default="visit")
    crew = ArrayField(models.BigIntegerField(), default=list)
    confirmed_by = models.CharField(max_length=60, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    manager = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    manager_signed_at = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True)
    signed_by = models.CharField(max_length=60, blank=True)
    signature = models.CharField(max_length=64, blank=True)
    scan = models.CharField(max_length=64, blank=True)
    resting = models.BooleanField(default=False)
    suspended_until = models.DateField(null=True)
    stop_on = models.DateField(null=True)
    stop_asked_by = models.CharField(max_length=10, blank=True)
    stop_reason = models.CharField(max_length=300, blank=True)
    notice = models.TextField(blank=True)
    notice_by = models.CharField(max_length=60, blank=True)
    notice_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("unit",), name="agreement_of_unit"),)

    @property
    def pattern(self) -> Pattern:
        """Return the days of the visits; a stop that takes effect ends them."""
        until = self.until if self.stop_on is None else min(self.until, self.stop_on - timedelta(days=1))
        return Pattern(
            begin=self.begin, until=until, clock=self.clock, minutes=self.minutes, weekdays=tuple(self.weekdays),
            every_weeks=self.every_weeks, month_day=self.month_day, holidays=self.holidays,
        )  # fmt: skip

    @property
    def last_day(self) -> date:
        """Return the last day on which the agreement runs."""
        return self.pattern.until

    def terms(self) -> dict[str, Any]:
        """Return the last day, for the clock of the renewal."""
        return {"until": self.until}


class AgreementDay(models.Model):
    """One visit of an agreement as it came to be: filed as an order, called off, moved to `at`, or missed. A day comes once.

    It is missed where its time passed and nothing was filed, so that nobody was sent; the desk moves it or calls it off.
    """

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="days")
    day = models.DateField()
    at = models.DateTimeField()
    state = models.CharField(max_length=10)
    order = models.OneToOneField(Case, models.PROTECT, null=True, related_name="agreement_day")
    amount = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    asked_by = models.CharField(max_length=10, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("agreement", "day"), name="agreement_day_once"),)
        indexes = (models.Index(fields=("agreement", "day"), condition=Q(state=MISSED), name="agreement_day_missed"),)

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.day}"

    @property
    def stands(self) -> str:
        """Return the state of the visit: called off also where the order it was filed as was (HS-4.3.2)."""
        return "skipped" if self.order is not None and self.order.status in NOT_DONE else self.state

    @property
    def comes_at(self) -> datetime:
        """Return the time of the visit: that of its order once it is filed, which is moved there as well (HS-4.3.1)."""
        return self.at if self.order is None else self.order.order.visit_at or self.at
