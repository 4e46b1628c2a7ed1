"""Rows of the journal. Only `take`, the sweep and the outbox write them; events are never changed."""

from datetime import datetime
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from menling.kernel.procedure import Procedure
from menling.policies.values import Values
from menling.premises.models import Office, Staff, Unit
from menling.procedures import PROCEDURES

SERVED = ("completed", "archived")
"""How an order stands whose work is over and signed for."""
TO_BE_ASKED = Q(kind__in=("repair", "housekeeping", "alarm"), status__in=SERVED, asked=False)
"""Orders served whose resident nobody has reached since."""


class Case(models.Model):
    """Whatever has a status: one row, to which events, deadlines, files and notes point."""

    kind = models.CharField(max_length=20)
    number = models.CharField(max_length=30, unique=True)
    office = models.ForeignKey(Office, models.PROTECT)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True)
    status = models.CharField(max_length=24)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    reported_at = models.DateTimeField()
    last_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    assignee_id = models.BigIntegerField(null=True)
    helpers = ArrayField(models.BigIntegerField(), null=True)
    """Who was sent beside the assignee; empty for most cases."""
    asked = models.BooleanField(default=False, db_default=False)
    """Whether the resident was reached after the work and asked about it."""

    class Meta:
        indexes = (
            models.Index(fields=("office", "kind", "reported_at", "id"), condition=Q(closed_at__isnull=True), name="case_open"),
            models.Index(fields=("assignee_id", "kind", "id"), condition=Q(closed_at__isnull=True), name="case_of_worker"),
            models.Index(fields=("office", "kind", "reported_at", "id"), name="case_by_time"),
            models.Index(fields=("office", "reported_at", "id"), name="case_by_report"),
            models.Index(fields=("reported_at", "id"), name="case_by_report_anywhere"),
            models.Index(fields=("office", "id"), name="case_by_filing"),
            models.Index(fields=("unit", "-reported_at"), condition=Q(unit__isnull=False), name="case_of_unit"),
            GinIndex(fields=("helpers",), condition=Q(helpers__isnull=False), name="case_of_helper"),
            models.Index(fields=("parent",), condition=Q(parent__isnull=False), name="case_of_parent"),
            models.Index(fields=("office", "reported_at", "id"), condition=TO_BE_ASKED, name="case_to_be_asked"),
            models.Index(fields=("office", "closed_at"), condition=Q(kind="settlement", status="settled"), name="case_settled"),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def crew(self) -> tuple[int, ...]:
        """Return the ids of the staff the case is assigned to, the one who answers for it first; nobody before that."""
        return () if self.assignee_id is None else (self.assignee_id, *(self.helpers or ()))

    @property
    def procedure(self) -> Procedure:
        """Return the procedure of this kind of case."""
        return PROCEDURES[self.kind]


class Detail(models.Model):
    """What a feature keeps about its kind of case, beside the case row it shares its id with.

    `values` holds the figures in force when the case was reported; `perform` sets it.
    """

    POLICY: ClassVar[type | None] = None
    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="%(class)s")
    values: Values

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.case.number

    @property
    def policy(self) -> Any:
        """Return the figures in force for this case, in the shape of its procedure."""
        return self.values.policy(self.POLICY) if self.POLICY else None

    @property
    def valued_at(self) -> datetime:
        """Return the instant whose figures count for this case: that of its report."""
        return self.case.reported_at

    def terms(self) -> dict[str, Any]:
        """Return what the clocks of this kind need to know, in values JSON can hold."""
        return {}


class Command(models.Model):
    """A key claimed by an actor: what was asked, and the answer given. Asking again gets the same answer."""

    actor = models.CharField(max_length=30)
    key = models.CharField(max_length=100)
    fingerprint = models.CharField(max_length=64)
    answer = models.JSONField(null=True)
    received_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("actor", "key"), name="command_once"),)
        indexes = (models.Index(fields=("received_at",), name="command_by_time"),)

    def __str__(self) -> str:
        return self.key


TOLD_BY_DAY = ("finish", "absent", "object", "attest", "cancel", "delay", "refuse_move", "report_difficulty", "report_damage")
"""Verbs people ask for by day: what came of the work, and what went wrong."""


class Event(models.Model):
    """One thing that happened to a case: never changed, never deleted (a trigger sees to it)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="events")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    verb = models.CharField(max_length=30)
    clauses = ArrayField(models.CharField(max_length=20))
    actor = models.CharField(max_length=30)
    actor_name = models.CharField(max_length=60)
    recorder = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorder_name = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=20, blank=True)
    before = models.CharField(max_length=24)
    after = models.CharField(max_length=24)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    facts = models.JSONField(default=dict)
    terms = models.JSONField(default=dict)

    class Meta:
        indexes = (
            models.Index(fields=("case", "id"), name="event_of_case"),
            models.Index(fields=("office", "recorded_at"), condition=~Q(source=""), name="event_recorded_late"),
            models.Index(fields=("office", "happened_at"), condition=Q(verb__in=TOLD_BY_DAY), name="event_told_by_day"),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.verb}"


class Deadline(models.Model):
    """A promise with its instants. Open while neither met nor released; broken once, and that stays."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="deadlines")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    key = models.CharField(max_length=30)
    clause = models.CharField(max_length=20)
    armed_at = models.DateTimeField()
    target_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField()
    counted = models.BooleanField(default=True)
    met_at = models.DateTimeField(null=True)
    broken_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)
    released_by = models.CharField(max_length=30, blank=True)
    paused_at = models.DateTimeField(null=True)
    pause_reason = models.CharField(max_length=60, blank=True)
    level = models.SmallIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("case", "key"),
                condition=Q(met_at__isnull=True, released_at__isnull=True),
                name="one_open_promise",
            ),
        )
        indexes = (
            models.Index(
                fields=("office", "due_at"), condition=Q(met_at__isnull=True, released_at__isnull=True),
                name="deadline_open",
            ),
            models.Index(
                fields=("due_at",),
                condition=Q(met_at__isnull=True, released_at__isnull=True, broken_at__isnull=True, counted=True,
                            paused_at__isnull=True),
                name="deadline_to_sweep",
            ),
            models.Index(
                fields=("key", "due_at"),
                condition=Q(met_at__isnull=True, released_at__isnull=True, counted=False, paused_at__isnull=True),
                name="deadline_to_climb",
            ),
            models.Index(fields=("office", "broken_at"), condition=Q(broken_at__isnull=False), name="deadline_broken"),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.case_id} {self.key}"


class Attachment(models.Model):
    """A file of a case: a photo or a signature, re-encoded, kept under the digest of its contents."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="attachments")
    kind = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    mime = models.CharField(max_length=40)
    size = models.IntegerField()
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=30)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("case", "kind", "digest"), name="attachment_once"),)

    def __str__(self) -> str:
        return self.digest[:12]


class Counter(models.Model):
    """The last number given out in a register of an office and year; one row each, never deleted."""

    office = models.ForeignKey(Office, models.PROTECT)
    register = models.CharField(max_length=20)
    year = models.SmallIntegerField()
    last = models.IntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("office", "register", "year"), name="counter_once"),)

    def __str__(self) -> str:
        return f"{self.register} {self.year}: {self.last}"


class Outgoing(models.Model):
    """A message to be sent after the commit: to a member of staff, to the holders of roles in an office, or to a phone.

    What is told about no case, such as a changed roster, has none. `happened_at` is the true time of the step it tells of, where
    it tells of one; `created_at` is when that was written down. An `urgent` one waits for no morning. `sent_at` is when
    it was given to its channels; `seen_at` when the one it is for had read it (who of several has, stands in `Seen`).
    """

    case = models.ForeignKey(Case, models.PROTECT, null=True)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    staff_id = models.BigIntegerField(null=True)
    roles = ArrayField(models.CharField(max_length=30), default=list)
    phone = models.CharField(max_length=20, blank=True)
    sentence = models.CharField(max_length=300)
    values = models.JSONField(default=dict)
    urgent = models.BooleanField(default=False, db_default=False)
    happened_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    attempts = models.SmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    read: bool
    """Whether the person whose messages were asked for has read it."""

    class Meta:
        indexes = (
            models.Index(fields=("id",), condition=Q(sent_at__isnull=True), name="outgoing_unsent"),
            models.Index(fields=("staff_id", "-id"), condition=Q(staff_id__isnull=False), name="outgoing_of_staff"),
            models.Index(fields=("office", "-id"), name="outgoing_of_office"),
            models.Index(fields=("office", "-id"), condition=Q(staff_id__isnull=True), name="outgoing_to_roles"),
        )

    def __str__(self) -> str:
        return self.sentence[:40]


class Seen(models.Model):
    """Who of those a message to roles is for has read it, and when."""

    message = models.ForeignKey(Outgoing, models.CASCADE, related_name="readers")
    staff = models.ForeignKey(Staff, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("message", "staff"), name="seen_once"),)

    def __str__(self) -> str:
        return f"{self.message_id} {self.staff_id}"
