"""Who works there: staff with dated posts, skills, shifts, and the tokens people act with."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from menling.kernel.procedure import ROLE_TITLES
from menling.kernel.roles import Role
from menling.premises.models.people import Person
from menling.premises.models.places import Company, Office

ROLES = [(role.value, ROLE_TITLES[role]) for role in Role]


class StaffManager(BaseUserManager["Staff"]):
    """Staff by their work number."""

    def get_by_natural_key(self, username: str | None) -> "Staff":
        """Return the person with a work number; upper and lower case are the same."""
        return self.get(number__iexact=username)


class Staff(AbstractBaseUser):
    """A member of staff, logging in with the work number. The PIN switches persons on a shared PC of the counter.

    `password_given` tells that somebody else made the password: it is good for choosing one's own (MR-43).
    """

    company = models.ForeignKey(Company, models.PROTECT)
    number = models.CharField(_("work number"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=60)
    pinyin = models.CharField(max_length=200, blank=True)
    initials = models.CharField(max_length=30, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    password_given = models.BooleanField(default=False, db_default=False)
    pin = models.CharField(max_length=128, blank=True)
    language = models.CharField(_("language"), max_length=10, default="zh-hans")
    is_active = models.BooleanField(_("employed"), default=True)
    left_on = models.DateField(_("left on"), null=True, blank=True)

    USERNAME_FIELD = "number"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = StaffManager()

    class Meta:
        ordering = ("pinyin",)

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A role somebody holds in an office, or, without an office, in the whole company; from a day to a day."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="posts")
    office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True)
    role = models.CharField(_("role"), max_length=30, choices=ROLES)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=("office", "role"), condition=Q(until__isnull=True), name="post_of_office"),
            models.Index(fields=("staff",), name="post_of_staff"),
        )

    def __str__(self) -> str:
        return f"{self.staff_id} {self.role}"


class Skill(models.Model):
    """Something a worker can do: plumbing, electrics, carpentry, ..."""

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="skills")
    name = models.CharField(_("skill"), max_length=30)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("staff", "name"), name="skill_once"),)

    def __str__(self) -> str:
        return self.name


class Shift(models.Model):
    """A line of the roster: who works where from when to when."""

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="shifts")
    office = models.ForeignKey(Office, models.PROTECT)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"))
    name = models.CharField(_("shift"), max_length=20, blank=True)

    class Meta:
        indexes = (models.Index(fields=("office", "starts_at", "ends_at"), name="shift_of_office"),)

    def __str__(self) -> str:
        return f"{self.staff_id} {self.starts_at:%m-%d %H:%M}"


class Token(models.Model):
    """A key to act with: of a member of staff, or of a resident, who may be limited to one case.

    Only the digest is kept. `case_id` is the id of the one case a link opens; empty for a resident's own token. A `doorstep`
    token, got by a PIN, opens what a worker does at a home and nothing else.
    """

    digest = models.CharField(max_length=64, unique=True)
    staff = models.ForeignKey(Staff, models.CASCADE, null=True, blank=True)
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True)
    case_id = models.BigIntegerField(null=True, blank=True)
    name = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    doorstep = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(staff__isnull=True) | (Q(person__isnull=True) & Q(case_id__isnull=True)),
                name="token_of_staff_or_resident",
            ),
        )

    def __str__(self) -> str:
        return self.name
