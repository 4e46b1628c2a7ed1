"""Rows of home-service work."""

from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from menling.journal.models import Case, Detail, Outgoing
from menling.kernel.money import ZERO
from menling.premises.models import Office, Person, Staff, Unit
from menling.procedures.alarm_policy import AlarmPolicy
from menling.procedures.housekeeping_policy import HousekeepingPolicy
from menling.procedures.repair_policy import RepairPolicy

POLICIES: dict[str, type[RepairPolicy]] = {
    "repair": RepairPolicy, "housekeeping": HousekeepingPolicy, "alarm": AlarmPolicy, "batch": HousekeepingPolicy,
    "alarm_batch": AlarmPolicy,
}  # fmt: skip
"""The figures of each kind of order, and of its pick-ups."""


class Order(Detail):
    """A home-service order: what was asked, by whom, for when; who goes; what was agreed, done, signed and kept."""

    POLICY: ClassVar[type | None] = RepairPolicy
    wished_at: datetime | None = None
    untimed: bool = False
    """Of the running step, not kept: the later visit the resident asks for; that nobody knows when the worker took the slip."""

    unit = models.ForeignKey(Unit, models.PROTECT)
    reporter = models.CharField(max_length=60)
    person = models.ForeignKey(Person, models.PROTECT, null=True)
    phone = models.CharField(max_length=20, blank=True)
    content = models.TextField()
    requirements = models.TextField(blank=True)
    channel = models.CharField(max_length=20, default="phone")
    urgency = models.CharField(max_length=12, default="ordinary")
    size = models.CharField(max_length=5, default="small")
    visit_at = models.DateTimeField(null=True)
    at_once = models.BooleanField(default=True)
    referred_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    worker = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField(null=True)
    change_seen = models.BooleanField(default=True)
    quote = models.JSONField(default=list)
    materials = models.JSONField(default=list)
    held_by = models.CharField(max_length=30, blank=True, default="", db_default="")
    """The number of the contract review the order waits for (HC-5.6.2)."""
    agreed = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    agreed_how = models.CharField(max_length=40, blank=True)
    warnings = models.JSONField(default=list)
    damages = models.JSONField(default=list)
    summary = models.TextField(blank=True)
    worker_signed_at = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True)
    signed_by = models.CharField(max_length=60, blank=True)
    attested = models.CharField(max_length=300, blank=True)
    rating = models.SmallIntegerField(null=True)
    opinion = models.TextField(blank=True)
    keep_until = models.DateField(null=True)
    until = models.DateField(null=True)
    acceptances = models.JSONField(default=list)
    nonconformity = models.CharField(max_length=300, blank=True, default="")
    batch = models.ForeignKey("Batch", models.PROTECT, null=True, related_name="orders", db_index=False)
    occurred_at = models.DateTimeField(null=True)
    emergency = models.JSONField(default=dict)
    """Of an emergency: its `kind` on the office's list, what of the list was `done` by hand, by whom and when; when it was
    `known_at` where the report did not say so yet."""
    hazards = models.JSONField(default=list)
    job = models.CharField(max_length=12, blank=True, default="")

    class Meta:
        indexes = (models.Index(fields=("phone",), condition=~Q(phone=""), name="order_by_phone"),
                   models.Index(fields=("unit",), name="order_by_unit"))  # fmt: skip

    @property
    def policy(self) -> RepairPolicy:
        """Return the figures in force for this order, in the shape of its kind."""
        return self.values.policy(POLICIES[self.case.kind])

    @property
    def due(self) -> Decimal:
        """Return what the resident owes: services and materials, in yuan (HS-3.3: the whole amount of the order)."""
        return sum((Decimal(line["amount"]) for line in [*self.quote, *self.materials]), ZERO)

    @property
    def under_warranty(self) -> bool:
        """Tell whether the home was under the developer's warranty on the day of the report."""
        until = self.unit.warranty_until
        return until is not None and self.values.calendar.local(self.case.reported_at).date() <= until

    @property
    def known_at(self) -> datetime:
        """Return when an emergency was known to be one: with the report, or when the repair became one."""
        later = self.emergency.get("known_at")
        return datetime.fromisoformat(later) if later else self.case.reported_at

    def terms(self) -> dict[str, Any]:
        """Return what the clocks need: the appointment, what it is, how urgent, who was sent and what is known of them."""
        known: dict[str, Any] = {"unseen": not self.change_seen} if len(self.case.crew) > 1 else {}
        known |= {"untimed": True} if self.untimed else {}
        known |= {"occurred_at": self.occurred_at, "reported_at": self.known_at} if self.urgency == "emergency" else {}
        return known | {
            "visit_at": self.visit_at,
            "wished_at": self.wished_at,
            "at_once": self.at_once,
            "urgency": self.urgency,
            "size": self.size,
            "worker": self.worker_id,
            "issued": self.issued_at is not None,
            "public": self.unit.is_public,
            "warranty": self.under_warranty,
        }


class Housekeeping(Order):
    """An order for cleaning, greening and the like. `until` is the last day of a repeated service, `acceptances` every
    acceptance and failure so far, `nonconformity` what a spot check or call found, `batch` the pick-up that brought it."""

    POLICY: ClassVar[type | None] = HousekeepingPolicy

    class Meta:
        proxy = True

    def terms(self) -> dict[str, Any]:
        """Return what the clocks need, and whether an agreement fixed the visit ahead."""
        return super().terms() | {"by_agreement": self.channel == "agreement"}

    @property
    def policy(self) -> HousekeepingPolicy:
        """Return the figures in force for this order."""
        return self.values.policy(HousekeepingPolicy)


class Alarm(Order):
    """An order for the alarm of a home: `job` opens, moves or repairs it; `batch` is the pick-up that brought its slip."""

    POLICY: ClassVar[type | None] = AlarmPolicy

    class Meta:
        proxy = True

    @property
    def policy(self) -> AlarmPolicy:
        """Return the figures in force for this order."""
        return self.values.policy(AlarmPolicy)

    @property
    def collector_id(self) -> int | None:
        """Return who has the slip: who signed for the batch it lay in, else the one of the crew who was told (HS-4.1.2.3)."""
        return (self.batch.collector_id if self.batch else None) or self.worker_id


class Batch(Detail):
    """The orders a team picks up at one hour of the day: their numbers, and who signed for them when."""

    POLICY: ClassVar[type | None] = HousekeepingPolicy

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    team = models.CharField(max_length=20, default="housekeeping")
    pick_up_at = models.DateTimeField()
    entries = models.JSONField(default=list)
    collector = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    collected_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("office", "team", "pick_up_at"), name="batch_once"),)

    @property
    def policy(self) -> RepairPolicy:
        """Return the figures in force for this pick-up, in the shape of its team's orders."""
        return self.values.policy(POLICIES[self.case.kind])

    def terms(self) -> dict[str, Any]:
        """Return the hour of the pick-up."""
        return {"pick_up_at": self.pick_up_at}


class Visit(models.Model):
    """One trip of one worker. `planned` is kept free for it while `active`; the other times are what really happened."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="visits")
    worker = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    planned = DateTimeRangeField()
    active = models.BooleanField(default=True)
    arrived_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="one_worker_one_place",
                expressions=(("worker", RangeOperators.EQUAL), ("planned", RangeOperators.OVERLAPS)),
                condition=Q(active=True),
            ),
        )
        indexes = (
            models.Index(fields=("order", "id"), name="visit_of_order"),
            models.Index(fields=("worker", "id"), condition=Q(active=True), name="visit_of_worker"),
            models.Index(fields=("worker", "finished_at"), condition=Q(finished_at__isnull=False), name="visit_by_day"),
        )

    def __str__(self) -> str:
        return f"{self.order_id} {self.worker_id}"


class MessageSlip(models.Model):
    """A numbered slip left on the door, and its stub. A number exists once in an office."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="message_slips")
    office = models.ForeignKey(Office, models.PROTECT)
    number = models.CharField(max_length=20)
    posted_at = models.DateTimeField()
    stub_returned_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("office", "number"), name="message_slip_once"),)
        indexes = (models.Index(fields=("order",), name="message_slip_of_order"),)

    def __str__(self) -> str:
        return self.number


class AddressView(models.Model):
    """A worker read the address of a home, here or in the `message` it came with: once a case and day. Append-only (CF-04)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="address_views")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    day = models.DateField()
    at = models.DateTimeField()
    message = models.ForeignKey(Outgoing, models.DO_NOTHING, null=True, db_constraint=False, db_index=False, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("case", "staff", "day"), name="address_view_once"),)

    def __str__(self) -> str:
        return f"{self.case_id} {self.staff_id} {self.day}"


class Referral(Detail):
    """What somebody asked at the wrong desk, on its way to the right one with every typed word."""

    POLICY: ClassVar[type | None] = RepairPolicy

    wanted = models.CharField(max_length=20)
    to_desk = models.CharField(max_length=30)
    unit_text = models.CharField(max_length=60, blank=True)
    reporter = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    content = models.TextField(blank=True)
    urgent = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True)
    became = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    department = models.CharField(max_length=60, blank=True, default="", db_default="")
    """Where it lies with another department: which one; `to_desk` follows it up (MR-39)."""

    def terms(self) -> dict[str, Any]:
        """Return whether it is urgent, and the department it lies with, for its clocks."""
        return {"urgent": self.urgent, "department": self.department}


class RefusedStep(Detail):
    """A step a phone sent late and the office refused: of which case, what was typed, when it was done, why it was refused."""

    of = models.ForeignKey(Case, models.PROTECT, related_name="+")
    verb = models.CharField(max_length=40)
    facts = models.JSONField(default=dict)
    done_at = models.DateTimeField()
    worker = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    clause = models.CharField(max_length=20, blank=True)
    why = models.CharField(max_length=500, blank=True)
    why_zh = models.CharField(max_length=500, blank=True)
    reason = models.CharField(max_length=300, blank=True)


class RegisterCopy(Detail):
    """The copy of one day's repair register for the service desk: the numbers in it, and when it was delivered."""

    POLICY: ClassVar[type | None] = RepairPolicy

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    day = models.DateField()
    due_day = models.DateField()
    entries = models.JSONField(default=list)
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("office", "day"), name="register_copy_once"),)

    def terms(self) -> dict[str, Any]:
        """Return the day by which the copy is due."""
        return {"due_day": self.due_day}
