"""The beginning: the company, its first office and the administrator who brings in everything else."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.utils.timezone import localtime

from menling.kernel.actor import ALL_OFFICES, Actor
from menling.kernel.roles import Role
from menling.kernel.words import _
from menling.premises import names
from menling.premises.administration.books import Pen, enter, wrong
from menling.premises.administration.opening import Plan, checked
from menling.premises.administration.people import new_password
from menling.premises.models import Company, Office, Post, Staff

LONGEST = {"company": 100, "short": 30, "admin": 60, "number": 20}


@dataclass(frozen=True)
class Charter:
    """What has to be known before anybody can log in. `code` begins the numbers of the office's orders; `short` may be empty."""

    company: str
    short: str
    code: str
    office: str
    phone: str
    address: str
    number: str
    admin: str


class Founded(Exception):
    """There is a company already; the message is its name."""


@transaction.atomic
def found(charter: Charter, at: datetime) -> tuple[Staff, str]:
    """Write down company, office and administrator; return the administrator and the password, which is kept nowhere.

    The post is of the whole company, so that further offices are the administrator's too. A database is founded once.
    Errors: `Founded`; `Refused` MR-8 (422) for what is missing, too long or no office code.
    """
    with connection.cursor() as cursor:  # of two who found at the same moment the second waits, and is told
        cursor.execute(f"LOCK TABLE {Company._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")
    not_founded()
    said = _checked(charter)
    company = Company.objects.create(name=said.company, short_name=said.short)
    office = _opened(company, said)
    password = new_password()
    staff = Staff.objects.create(
        company=company, number=said.number, name=said.admin, pinyin=names.pinyin(said.admin),
        initials=names.initials(said.admin), password=make_password(password), password_given=True,
    )  # fmt: skip
    Post.objects.create(staff=staff, role=Role.ADMINISTRATOR, since=localtime(at).date())
    by = Actor("staff", staff.pk, staff.name, staff.number, company.pk, {ALL_OFFICES: frozenset({Role.ADMINISTRATOR})})
    enter(Pen(by, at, uuid4().hex), office, "hire", staff.number, after={"name": staff.name, "role": Role.ADMINISTRATOR.value})
    return staff, password


def not_founded() -> None:
    """Refuse where there is a company. Errors: `Founded`."""
    there = Company.objects.order_by("pk").first()
    if there is not None:
        raise Founded(there.name)


def _checked(charter: Charter) -> Charter:
    said = {name: names.folded(value) for name, value in vars(charter).items()}
    said |= {"short": said["short"] or said["company"][: LONGEST["short"]], "number": said["number"].upper()}
    for name, most in LONGEST.items():
        if not said[name]:
            raise wrong(_("This must not be empty."), name)
        if len(said[name]) > most:
            raise wrong(_("This is longer than {most} characters. Please shorten it."), name, most=most)
    plan = checked(Plan(said["code"], said["office"], said["phone"], said["address"]))
    return Charter(**said | {"code": plan.code})


def _opened(company: Company, said: Charter) -> Office:
    return Office.objects.create(company=company, code=said.code, name=said.office, phone=said.phone, address=said.address)
