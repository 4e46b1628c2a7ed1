"""Another management office of the company, opened by its administrator."""

from dataclasses import dataclass, fields

from django.db import transaction

from menling.kernel.words import _
from menling.premises import names
from menling.premises.administration.books import ADMINISTRATORS, Pen, enter, keeps, not_so, wrong
from menling.premises.models import Office

LONGEST = {"office": 60, "phone": 20, "address": 200}


@dataclass(frozen=True)
class Plan:
    """What has to be known of a new office; `code` begins the numbers of its orders, `address` may be empty."""

    code: str
    office: str
    phone: str
    address: str = ""


@transaction.atomic
def open_office(pen: Pen, plan: Plan) -> Office:
    """Write a new office of the administrator's company down.

    Errors: `Refused` MR-12 (403) for who does not administer the whole company; MR-8, 422 for what is missing, too long or no
    code, 409 for a code that is taken; `WrittenBefore`.
    """
    keeps(pen.by, None, ADMINISTRATORS)
    said = checked(plan)
    there = Office.objects.filter(code=said.code).first()
    if there is not None:
        enter(pen, there, "open", said.code)  # the same form sent twice says so before the code is found taken
        raise not_so(_("The code {code} is taken by another office. Please choose another one."), "code", code=said.code)
    made = Office.objects.create(
        company_id=pen.by.company, code=said.code, name=said.office, phone=said.phone, address=said.address
    )
    enter(pen, made, "open", said.code, after={"name": said.office, "phone": said.phone, "address": said.address})
    return made


def checked(plan: Plan) -> Plan:
    """Return what was typed as it is kept. Errors: `Refused` MR-8 (422) for what is missing, too long, or no code."""
    said = Plan(**{each.name: names.folded(getattr(plan, each.name)) for each in fields(Plan)})
    for name, most in LONGEST.items():
        if not getattr(said, name) and name != "address":
            raise wrong(_("This must not be empty."), name)
        if len(getattr(said, name)) > most:
            raise wrong(_("This is longer than {most} characters. Please shorten it."), name, most=most)
    code = said.code.upper()
    if not (code.isascii() and code.isalnum() and code[0].isalpha() and 2 <= len(code) <= 6):
        raise wrong(_("An office code is 2 to 6 letters and digits, beginning with a letter, such as XH."), "code")
    if not names.phone(said.phone):
        raise wrong(_("This must not be empty."), "phone")
    return Plan(code, said.office, said.phone, said.address)
