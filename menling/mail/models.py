"""Rows of the mail room: the channels of an office, by which of them people want to hear, and what came of each message."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from menling.journal.models import Outgoing
from menling.premises.models import Office, Staff


class Channel(models.Model):
    """A way out of an office. `address` and `secret` are never shown again; `roles` limits a group to what concerns them;
    `failing_since` is its first failure since it last took something."""

    class Sort(models.TextChoices):
        WECOM = "wecom", _("WeCom group")
        DINGTALK = "dingtalk", _("DingTalk group")
        FEISHU = "feishu", _("Feishu group")
        WECOM_APP = "wecom_app", _("WeCom app")
        DING_APP = "ding_app", _("DingTalk app")
        FEISHU_APP = "feishu_app", _("Feishu app")
        OTHER = "other", _("another service")
        SMS = "sms", _("text message")
        EMAIL = "email", _("e-mail")
        CALL = "call", _("automatic call")

    GROUPS: ClassVar[frozenset[str]] = frozenset({"wecom", "dingtalk", "feishu", "other"})
    APPS: ClassVar[frozenset[str]] = frozenset({"wecom_app", "ding_app", "feishu_app"})
    """The office's own apps, which reach those who work here and nobody else."""
    PERSONAL: ClassVar[tuple[str, ...]] = ("sms", "email", "call", "wecom_app", "ding_app", "feishu_app")
    """What reaches one person; a group is told once for all of them."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    sort = models.CharField(_("sort"), max_length=10, choices=Sort)
    name = models.CharField(_("name"), max_length=40)
    address = models.CharField(max_length=500)
    secret = models.CharField(max_length=200, blank=True)
    roles = ArrayField(models.CharField(max_length=30), default=list)
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("office",), condition=Q(ended_at__isnull=True), name="channel_of_office"),)

    def __str__(self) -> str:
        return self.name

    @property
    def is_group(self) -> bool:
        """Tell whether a message goes here once, whoever it is for."""
        return self.sort in self.GROUPS


class Reach(models.Model):
    """By which channels somebody wants to hear of what is not urgent, and the e-mail address. Without a row: by all of them."""

    staff = models.OneToOneField(Staff, models.CASCADE, primary_key=True, related_name="reach")
    email = models.EmailField(_("e-mail"), blank=True)
    sorts = ArrayField(models.CharField(max_length=10), default=list)

    def __str__(self) -> str:
        return f"{self.staff_id}: {', '.join(self.sorts)}"


class Delivery(models.Model):
    """One message on one channel to one person, phone or group: waiting, sent, or given up.

    Without a channel it is the line in the log of a message that nothing else carries. `next_at` is when it is tried next,
    `failing_since` its first failure.
    """

    message = models.ForeignKey(Outgoing, models.CASCADE, related_name="deliveries")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    channel = models.ForeignKey(Channel, models.PROTECT, null=True, related_name="+")
    staff = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    phone = models.CharField(max_length=20, blank=True)
    urgent = models.BooleanField()
    attempts = models.SmallIntegerField(default=0)
    next_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    dead_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("message", "channel", "staff", "phone"), name="delivery_once", nulls_distinct=False),
        )
        indexes = (
            models.Index(fields=("-urgent", "next_at", "id"), condition=Q(sent_at__isnull=True, dead_at__isnull=True),
                         name="delivery_waiting"),
            models.Index(fields=("office", "failing_since"), name="delivery_failing",
                         condition=Q(failing_since__isnull=False, sent_at__isnull=True, dead_at__isnull=True)),
            models.Index(fields=("office", "-id"), name="delivery_of_office"),
            models.Index(fields=("office", "-id"), condition=Q(dead_at__isnull=False), name="delivery_dead"),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.mark

    @property
    def mark(self) -> str:
        """Return the id that stands in every sending of it: a receiver that has seen it may drop the repeat."""
        return f"{self.office.code}-{self.pk}"
