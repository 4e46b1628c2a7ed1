"""A new order at a desk: what this desk may do with what was typed, and the body of the step it becomes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from menling.journal.facts import Malformed
from menling.kernel.roles import Role
from menling.orders.models import Alarm
from menling.policies.values import Values, values_for
from menling.premises.search import Home, phone_of
from menling.procedures import alarm_rules
from menling.procedures.alarm_policy import AlarmPolicy
from menling.procedures.housekeeping_policy import HousekeepingPolicy
from menling.procedures.housekeeping_rules import takers
from menling.procedures.pickup_rules import laid_out, next_pickup, told_at_once
from menling.procedures.repair_policy import RepairPolicy
from menling.procedures.repair_rules import acting
from menling.procedures.taking import taken_at_once
from menling.web.booking import Booking, booking_of
from menling.web.departments import departments
from menling.web.emergencies import Questions, emergency_body, questions
from menling.web.fields import instant
from menling.web.labels import CHOICES
from menling.web.session import StaffRequest, figures

CHANNELS = ("phone", "counter", "wechat", "intercom", "other")
ROOM_LENGTH = 6
TEXTS = ("reporter", "content", "requirements", "urgency", "size", "channel", "override_reason")


@dataclass(frozen=True)
class Desk:
    """What a desk may do: take repairs itself, or guide them on and hand over what is urgent; and which desk is the other.

    `booking` is what it proposes for housekeeping, None where another desk takes that (CF-02); `pickup` is when engineering
    comes for the next alarm slips, None where another desk takes those (HS-3.1); `collected` is False where they come for none.
    `departments` are those that reports are passed on to (MR-39). `judges` is False where every order is taken (CF-03); `lead`
    are the minutes that every visit begins after its report, 0 where only housekeeping has them (CF-07).
    """

    takes_repairs: bool
    other: str
    at_once: bool
    booking: Booking | None = None
    pickup: datetime | None = None
    urgent: Questions | None = None
    collected: bool = True
    departments: tuple[tuple[str, str], ...] = ()
    judges: bool = True
    lead: int = 0

    @property
    def takes(self) -> tuple[str, ...]:
        """Return the kinds of order this desk makes itself of what is passed on to it."""
        return ("repair",) * self.takes_repairs + ("housekeeping",) * bool(self.booking) + ("alarm",) * bool(self.pickup)


def channels() -> list[tuple[str, str]]:
    """Return how a call may have come, the usual one first."""
    return [(each, CHOICES["channel"][each]) for each in CHANNELS]


def desk_of(request: StaffRequest) -> Desk:
    """Return the desk somebody sits at in the office looked at (CF-01)."""
    values = figures(request)
    policy = values.policy(RepairPolicy)
    held = request.actor.roles_in(request.office.pk)
    at_service = bool(held & {Role.SERVICE_DESK, Role.SERVICE_DESK_SUPERVISOR})
    other = "control_centre" if at_service and Role.CONTROL_CENTRE not in held else "service_desk"
    booking = booking_of(request, values) if held & takers(values.policy(HousekeepingPolicy)) else None
    return Desk(Role.REPAIR_DESK in acting(held, policy), other, policy.at_once, booking, _alarm_pickup(request, values, held),
                questions(request), laid_out(values.policy(AlarmPolicy)), departments(policy), not taken_at_once(policy),
                policy.lead_minutes if policy.lead_for == "all_orders" else 0)  # fmt: skip


def _alarm_pickup(request: StaffRequest, values: Values, held: frozenset[Role]) -> datetime | None:
    policy = values.policy(AlarmPolicy)
    if not held & alarm_rules.takers(policy):
        return None
    return next_pickup(request.now, policy, values.calendar)


def desks(request: StaffRequest) -> set[str]:
    """Return the desks somebody sits at in the office looked at: service_desk, control_centre."""
    held = request.actor.roles_in(request.office.pk)
    service = {"service_desk"} if held & {Role.SERVICE_DESK, Role.SERVICE_DESK_SUPERVISOR} else set()
    return service | ({"control_centre"} if Role.CONTROL_CENTRE in held else set())


def prefilled(home: Home | None, typed: str = "") -> dict[str, Any]:
    """Return what the form knows before anybody types: the unit, who called, and the number without showing it."""
    if home is None:
        return (
            {"phone": typed} if typed.isdigit() and len(typed) > ROOM_LENGTH else {"unit": typed if typed[:1].isdigit() else ""}
        )
    owner = next(iter(home.people), None)
    number = owner.phones[0] if owner and owner.phones else None
    return {
        "unit": home.unit.code, "reporter": owner.name if owner else "", "phone_of": number[0] if number else "",
        "masked": number[1] if number else "",
    }  # fmt: skip


def order_body(request: StaffRequest) -> dict[str, Any]:
    """Return the facts of a new order from the form. Errors: `Malformed` for a visit time that cannot be read."""
    sent = request.POST
    zone = values_for(request.office, request.now).calendar.zone
    body: dict[str, Any] = where_of(sent) | {name: sent[name] for name in TEXTS if sent.get(name, "").strip()}
    body["phone"] = phone_given(request, sent)
    body["office"] = request.office.pk
    visit_at: datetime | None = instant("visit_at", sent.get("visit_at", ""), request.now, zone)
    return body | ({"visit_at": visit_at} if visit_at else {}) | emergency_body(request)


def referral_body(request: StaffRequest, wanted: str, to_desk: str) -> dict[str, Any]:
    """Return the facts of a referral: every typed word goes along, nothing is checked away (HS-4.1.3)."""
    sent = request.POST
    typed = sent.get("visit_at", "").strip()
    wished = _wished(request, typed)
    words = [sent.get("content", "").strip(), sent.get("requirements", "").strip(), "" if wished else typed]
    return ({"visit_at": wished} if wished else {}) | {
        "wanted": wanted, "to_desk": to_desk, "unit": sent.get("unit", ""), "reporter": sent.get("reporter", ""),
        "phone": phone_given(request, sent), "content": "\n".join(each for each in words if each),
        "urgent": sent.get("urgency") == "emergency", "office": request.office.pk,
    }  # fmt: skip


def _wished(request: StaffRequest, typed: str) -> datetime | None:
    """Return the visit time typed; None where it cannot be read as one: then the words go along as they are."""
    try:
        at: datetime | None = instant("visit_at", typed, request.now, values_for(request.office, request.now).calendar.zone)
    except Malformed:
        return None
    return at


def department_body(request: StaffRequest) -> dict[str, Any]:
    """Return the facts of a report for another department: every typed word, the department, and who took it there (MR-39)."""
    department, taken_by = (request.POST.get(name, "").strip() for name in ("department", "taken_by"))
    return referral_body(request, "other", "service_desk") | {"department": department or "-", "taken_by": taken_by}


def where_of(sent: Mapping[str, str]) -> dict[str, str]:
    """Return the home typed, or the public place where the form says that it is one (MR-39); nothing where neither is."""
    text = sent.get("unit", "").strip()
    return {"place" if sent.get("public_place") else "unit": text} if text else {}


def phone_given(request: StaffRequest, sent: Mapping[str, str]) -> str:
    """Return the number typed, or the one known of the home, which the form holds without showing it."""
    typed, known = sent.get("phone", "").strip(), sent.get("phone_of", "")
    if typed or not known.isdecimal():
        return typed
    found = phone_of([request.office.pk], int(known))
    return found.number if found else ""


def alarm_picked_up_at(order: Alarm) -> datetime | None:
    """Return the pick-up that brings an accepted alarm's slip to engineering; None where they heard of it at once (CF-37)."""
    pickup = next_pickup(order.case.last_at, order.policy, order.values.calendar)
    return None if told_at_once(order.visit_at, pickup, order.policy) else pickup


def alarm_body(request: StaffRequest) -> dict[str, Any]:
    """Return the facts of an order for a home alarm from the form (HS-4.1.2.1). Errors: `Malformed` for an unreadable time."""
    sent = request.POST
    zone = values_for(request.office, request.now).calendar.zone
    texts = ("unit", "reporter", "content", "requirements", "channel", "referral", "job", "override_reason")
    body: dict[str, Any] = {name: sent[name].strip() for name in texts if sent.get(name, "").strip()}
    agreed: datetime | None = instant("alarm_at", sent.get("alarm_at", "") or sent.get("visit_at", ""), request.now, zone)
    body |= {"phone": phone_given(request, sent), "office": request.office.pk, "accept": True}
    return body | ({"visit_at": agreed} if agreed else {})
