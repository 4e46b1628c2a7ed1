"""Housekeeping taken at a desk: the time proposed, the price told and the answer recorded in one go."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.timezone import localtime

from menling.catalogue.models import PriceItem
from menling.catalogue.offers import housekeeping_items
from menling.doorway.doing import act, open_new
from menling.journal.facts import Malformed, read_facts
from menling.journal.perform import Answer
from menling.kernel.refusal import Refused
from menling.kinds import KINDS
from menling.policies.values import Values, values_for
from menling.premises.models import Office
from menling.procedures.housekeeping_policy import HousekeepingPolicy
from menling.procedures.housekeeping_rules import hourly_until
from menling.web.answers import asked
from menling.web.fields import instant
from menling.web.session import StaffRequest

HALF_HOUR, TALK = timedelta(minutes=30), timedelta(minutes=2)
TEXTS = ("unit", "reporter", "content", "requirements", "urgency", "channel", "override_reason", "until", "agreement",
         "referral")  # fmt: skip
KIND = "housekeeping"


@dataclass(frozen=True)
class Booking:
    """What a desk that takes housekeeping proposes: the next half hour, the last day by the hour, the items of the list."""

    office: Office
    now: datetime
    values: Values

    @property
    def policy(self) -> HousekeepingPolicy:
        """Return the figures in force now."""
        return self.values.policy(HousekeepingPolicy)

    @property
    def begins_at(self) -> datetime:
        """Return the next half hour that the lead allows, with time left to talk (HS-4.1.1.2)."""
        earliest = localtime(self.now + timedelta(minutes=self.policy.lead_minutes) + TALK)
        begun = earliest.replace(minute=earliest.minute // 30 * 30, second=0, microsecond=0)
        return begun if begun == earliest else begun + HALF_HOUR

    @property
    def begins(self) -> str:
        """Return that time as a clerk would type it."""
        at = self.begins_at
        return f"{at:%H:%M}" if at.date() == localtime(self.now).date() else f"{at:%m-%d %H:%M}"

    @property
    def last_day(self) -> date:
        """Return the last day of a service by the hour that begins then (HC-5.1.1.1)."""
        return hourly_until(self.begins_at.date(), self.policy)

    @property
    def items(self) -> list[PriceItem]:
        """Return the services of the price list that are housekeeping."""
        return housekeeping_items(self.office, self.now)


def booking_of(request: StaffRequest, values: Values) -> Booking:
    """Return what is proposed in the office looked at."""
    return Booking(request.office, request.now, values)


def book(request: StaffRequest, phone: str) -> Answer:
    """File housekeeping, tell its price and record the answer: three steps under keys made of the form's one.

    Pressed again after a refusal, what was done already is not done twice. Errors: as `open_new` and `act`; a fact that
    is called otherwise in this form is named as it is called here.
    """
    try:
        body, price = _body(request, phone), _price(request)
        read_facts(KINDS[KIND].commands["quote"], price)
        filed = open_new(asked(request, body), KIND, "file")
        for verb, facts in _then(request, price):
            step = asked(request, facts)
            act(replace(step, key=f"{step.key}:{verb}" if step.key else ""), filed.body["number"], verb, (KIND,))
    except Refused as problem:
        problem.field = {"visit_at": "begins"}.get(problem.field, problem.field)
        raise
    return filed


def _body(request: StaffRequest, phone: str) -> dict[str, Any]:
    sent = request.POST
    zone = values_for(request.office, request.now).calendar.zone
    body: dict[str, Any] = {name: sent[name].strip() for name in TEXTS if sent.get(name, "").strip()}
    begins = instant("begins", sent.get("begins", ""), request.now, zone)
    return body | {"phone": phone, "office": request.office.pk, "accept": True} | ({"visit_at": begins} if begins else {})


def _price(request: StaffRequest) -> dict[str, Any]:
    sent: Mapping[str, str] = request.POST
    items = [{"code": name[6:], "quantity": value.strip()} for name, value in sent.items()
             if name.startswith("items:") and value.strip()]  # fmt: skip
    amount = sent.get("amount", "").strip()
    if "agreed" in sent and not items and not amount:
        raise Malformed([{"path": "amount", "message": "a price is told before somebody agrees to it", "type": "missing"}])
    return ({"items": items} if items else {}) | (
        {"amount": amount, "description": sent.get("description", "").strip()} if amount else {}
    )


def _then(request: StaffRequest, price: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    """The steps after filing: the price where one was told, the answer where there is one (HC-5.1.3)."""
    steps: list[tuple[str, Mapping[str, Any]]] = [("quote", price)] if price else []
    return [*steps, ("consent", {"how": request.POST.get("how", "phone")})] if "agreed" in request.POST else steps
