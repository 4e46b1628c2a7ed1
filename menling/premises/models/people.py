"""Who lives there: people, their phones, and their dated roles in a household."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from menling.premises.models.places import Company, Unit


class Person(models.Model):
    """Somebody behind a phone number. `pinyin` sorts, `initials` is typed by clerks."""

    company = models.ForeignKey(Company, models.PROTECT)
    name = models.CharField(_("name"), max_length=60)
    pinyin = models.CharField(max_length=200, blank=True)
    initials = models.CharField(max_length=30, blank=True)
    title = models.CharField(_("form of address"), max_length=20, blank=True)
    large_type = models.BooleanField(_("large type"), default=False)

    class Meta:
        indexes = (
            models.Index(fields=("company", "initials"), name="person_initials", opclasses=("int8_ops", "text_pattern_ops")),
            GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="person_name_parts"),
            GinIndex(OpClass(Upper("pinyin"), name="gin_trgm_ops"), name="person_pinyin_parts"),
        )

    def __str__(self) -> str:
        return self.name


class Phone(models.Model):
    """A number of a person; `digits` is the number as it is searched, without blanks, prefix and a dialled 0."""

    person = models.ForeignKey(Person, models.CASCADE)
    number = models.CharField(_("phone"), max_length=30)
    digits = models.CharField(max_length=20)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("person", "digits"), name="phone_once"),)
        indexes = (models.Index(fields=("digits",), name="phone_digits", opclasses=("text_pattern_ops",)),)

    def __str__(self) -> str:
        return self.number


class Household(models.Model):
    """The people of a unit during one stay: the counting unit of follow-ups."""

    unit = models.ForeignKey(Unit, models.PROTECT)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.unit_id} {self.since}"


class Occupancy(models.Model):
    """A person's role in a household, from a day to a day. An agent may stand behind many."""

    class Role(models.TextChoices):
        OWNER = "owner", _("owner")
        TENANT = "tenant", _("tenant")
        FAMILY = "family", _("family")
        AGENT = "agent", _("agent")

    household = models.ForeignKey(Household, models.PROTECT)
    unit = models.ForeignKey(Unit, models.PROTECT)
    person = models.ForeignKey(Person, models.PROTECT)
    role = models.CharField(_("role"), max_length=8, choices=Role)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("unit", "person", "role"), condition=Q(until__isnull=True), name="one_live_role"),
        )
        indexes = (
            models.Index(fields=("person",), condition=Q(until__isnull=True), name="occupancy_of_person"),
            models.Index(fields=("unit",), condition=Q(until__isnull=True), name="occupancy_of_unit"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.role} {self.unit_id}"
