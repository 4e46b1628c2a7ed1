"""Drawing an agreement up: what, when, for how much and by whom; capacity confirmed; sent to the manager."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field

from menling.agreements.commands.steps import DESKS, Steps, clash, crew_named, step, taken, tell_roles
from menling.agreements.models import Agreement
from menling.journal.cases import open_case
from menling.journal.models import Case
from menling.journal.take import take
from menling.kernel.actor import Actor
from menling.kernel.money import yuan
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role
from menling.kernel.words import _
from menling.policies.values import values_for
from menling.premises import names
from menling.premises.meant import home_meant
from menling.premises.models import Office, Unit
from menling.procedures import agreement_rules as rules
from menling.procedures.agreement import AGREEMENT, Status

Name = Annotated[str, Field(max_length=60)]
Line = Annotated[str, Field(max_length=200)]
Weekdays = Annotated[list[Annotated[int, Field(ge=1, le=7)]], Field(max_length=7)]
Weeks = Annotated[int, Field(ge=1, le=12)]
MonthDay = Annotated[int, Field(ge=1, le=31)]
Minutes = Annotated[int, Field(ge=15, le=720)]
Workers = Annotated[list[Annotated[str, Field(max_length=40)]], Field(max_length=10)]
Price = Annotated[Decimal, Field(ge=0, le=9_999_999)]
Per = Literal["visit", "month"]
TEXTS = ("content", "scope", "target", "requirements")
PLAIN = ("begin", "until", "weekdays", "every_weeks", "month_day", "clock", "minutes", "holidays", "per")
KEPT = ("customer", "phone", *TEXTS, *PLAIN, "price", "crew")
"""What a renewal takes over, beside the home."""


def draft(
    office: Office, *, by: Actor, at: datetime, unit: str, customer: Name, content: str, begin: date, until: date, clock: time,
    phone: str = "", scope: str = "", target: Line = "", requirements: str = "", weekdays: Weekdays | None = None,
    every_weeks: Weeks = 1, month_day: MonthDay | None = None, minutes: Minutes = 120, holidays: bool = True,
    price: Price | None = None, per: Per = "visit", workers: Workers | None = None,
) -> Steps:  # fmt: skip
    """HC-5.1.5  Draw up an agreement with a customer: content, scope, target, requirements, days, price, people.

    Visits are on `weekdays` (1 is Monday) every so many weeks, or on a day of the month, at `clock`.
    """
    AGREEMENT.step("draft", Status.NEW, by.roles_in(office.pk))
    home = home_meant(Unit.objects.filter(office=office), unit)
    agreement = Agreement(
        unit=home, customer=names.folded(customer)[:60], phone=names.phone(phone), content=names.folded(content),
        scope=names.folded(scope), target=names.folded(target), requirements=names.folded(requirements), begin=begin, until=until,
        weekdays=sorted(set(weekdays or ())), every_weeks=every_weeks, month_day=month_day, clock=clock, minutes=minutes,
        holidays=holidays, price=None if price is None else yuan(price), per=per,
    )  # fmt: skip
    if not agreement.customer or not agreement.content:
        raise Refused("HC-5.1.5", _("Please write who the customer is and what is wanted."), status=422,
                      field="content" if agreement.customer else "customer")  # fmt: skip
    return opened(agreement, office, by, at, list(workers or ()))


def opened(agreement: Agreement, office: Office, by: Actor, at: datetime, workers: list[str], parent: Case | None = None,
           **facts: object) -> Steps:  # fmt: skip
    """Open the case of a new agreement, with the one it follows as its parent."""
    row = AGREEMENT.step("draft", Status.NEW, by.roles_in(office.pk))
    values = values_for(office, at)
    today = values.calendar.local(at).date()
    rules.sound(agreement.pattern, today)
    agreement.crew = [each.pk for each in crew_named(office, workers, today)] if workers else agreement.crew
    agreement.case = open_case("agreement", office, at, year=today.year, unit=agreement.unit_id, parent=parent)
    agreement.values = values
    agreement.save(force_insert=True)
    told = {"first_day": agreement.begin, "last_day": agreement.until, "price": agreement.price, "per": agreement.per}
    return [(agreement, take(agreement, row, by=by, at=at, facts=told | facts))]


def change(
    agreement: Agreement, *, by: Actor, at: datetime, customer: Name | None = None, phone: str | None = None,
    content: str | None = None, scope: str | None = None, target: Line | None = None, requirements: str | None = None,
    begin: date | None = None, until: date | None = None, clock: time | None = None, weekdays: Weekdays | None = None,
    every_weeks: Weeks | None = None, month_day: MonthDay | None = None, minutes: Minutes | None = None,
    holidays: bool | None = None, price: Price | None = None, per: Per | None = None, workers: Workers | None = None,
) -> Steps:  # fmt: skip
    """HC-5.1.5  Write something else before it goes to the manager; what is not named stays."""
    row = step(agreement, "change", by)
    said: dict[str, Any] = {
        "customer": customer, "phone": phone, "content": content, "scope": scope, "target": target, "requirements": requirements,
        "begin": begin, "until": until, "clock": clock, "weekdays": weekdays, "every_weeks": every_weeks, "month_day": month_day,
        "minutes": minutes, "holidays": holidays, "per": per, "price": None if price is None else yuan(price),
    }  # fmt: skip
    new = _read({name: value for name, value in said.items() if value is not None})
    old = {name: getattr(agreement, name) for name in new}
    for name, value in new.items():
        setattr(agreement, name, value)
    today = agreement.values.calendar.local(at).date()
    rules.sound(agreement.pattern, today)
    if workers is not None:
        agreement.crew = [each.pk for each in crew_named(agreement.case.office, workers, today)]
    return taken(agreement, row, by, at, *new, "crew", old=old, new=new)


def _read(said: dict[str, Any]) -> dict[str, Any]:
    """Return texts folded; days of the week take the place of a day of the month, and the other way round."""
    new = {name: names.folded(value) if name in (*TEXTS, "customer") else value for name, value in said.items()}
    if new.get("phone"):
        new["phone"] = names.phone(new["phone"])
    if new.get("weekdays"):
        new |= {"weekdays": sorted(set(new["weekdays"])), "month_day": new.get("month_day")}
    elif new.get("month_day"):
        new["weekdays"] = []
    return new


def submit(agreement: Agreement, *, by: Actor, at: datetime, capacity: bool = False) -> Steps:
    """HC-5.1.5  The assistant confirms that we have the people and the price is right, and reports to the manager."""
    row = step(agreement, "submit", by)
    rules.complete({name: getattr(agreement, name) for name in TEXTS} | {
        "times": agreement.pattern.says_when, "price": agreement.price is not None, "crew": agreement.crew,
    })  # fmt: skip
    rules.sound(agreement.pattern, agreement.values.calendar.local(at).date())
    rules.capacity(capacity, clash(agreement))
    agreement.confirmed_by, agreement.confirmed_at = by.name[:60], at
    tell = tell_roles(agreement, _("{number} at {unit}: an agreement waits for your signature."), Role.OFFICE_MANAGER)
    return taken(agreement, row, by, at, "confirmed_by", "confirmed_at", tell=tell, price=agreement.price, per=agreement.per)


def send_back(agreement: Agreement, *, by: Actor, at: datetime, reason: str) -> Steps:
    """HC-4.2  The manager wants something else in it, or the customer does before signing: it is drawn up again."""
    row = step(agreement, "send_back", by)
    if not reason.strip():
        raise Refused("HC-4.2", _("Please write what has to be changed."), status=422, field="reason")
    agreement.confirmed_by, agreement.confirmed_at, agreement.manager, agreement.manager_signed_at = "", None, None, None
    tell = tell_roles(agreement, _("{number} at {unit}: the manager sends the agreement back ({reason})."), *DESKS,
                      reason=reason.strip())  # fmt: skip
    return taken(agreement, row, by, at, "confirmed_by", "confirmed_at", "manager", "manager_signed_at", tell=tell,
                 reason=names.folded(reason))  # fmt: skip


def drop(agreement: Agreement, *, by: Actor, at: datetime, reason: str = "") -> Steps:
    """MR-17  It comes to nothing before it was signed."""
    return taken(agreement, step(agreement, "drop", by), by, at, reason=names.folded(reason))


def note(agreement: Agreement, *, by: Actor, at: datetime, text: str) -> Steps:
    """MR-17  A remark with name and time; it cannot be erased."""
    row = step(agreement, "note", by)
    if not text.strip():
        raise Refused("MR-17", _("Please write something."), status=422, field="text")
    return taken(agreement, row, by, at, text=names.folded(text))
