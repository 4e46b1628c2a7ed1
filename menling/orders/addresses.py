"""The address of a home as a member of staff may read it: one decision for every list, page, paper and message (CF-04)."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.timezone import localtime

from menling.journal.models import Case, Deadline, Outgoing
from menling.kernel.actor import Actor
from menling.kernel.roles import OUTSIDE, RECORDERS, WORKERS, Role
from menling.kernel.words import Message, _
from menling.orders.models import AddressView, Order
from menling.policies.values import values_for
from menling.premises.calling import ON_CALL
from menling.procedures.privacy import PrivacyPolicy, Standing, Told, told_of_address, views_on_record

VISITED = ("repair", "housekeeping", "alarm")
"""The kinds whose case is a visit; of any other kind the address is told as long as the case is open and one's own."""
BEFORE_THE_DOOR = frozenset({"dispatched", "acknowledged"})
VISIT_OPEN = BEFORE_THE_DOOR | {
    "on_site", "quoted", "working", "nobody_home", "unfinished", "waiting_material", "finished", "objected", "signed",
    "reviewed", "site_accepted", "team_accepted", "office_accepted",
}  # fmt: skip
"""From dispatch until the worker has signed the order off."""
CALLED_ABOUT = ("repair", "coordination", "referral")
"""An emergency, and what was opened under it: whoever is called out to it is told the home of all of them alike."""
READS_LITTLE = WORKERS | OUTSIDE | {Role.EMPLOYEE}

READ = """
INSERT INTO orders_addressview (case_id, staff_id, day, at, message_id)
SELECT read, %(staff)s, %(day)s, %(at)s, %(message)s FROM unnest(%(cases)s::bigint[]) AS read
ON CONFLICT (case_id, staff_id, day) DO NOTHING
"""
NOT_TOLD = _("an emergency")
"""What somebody called out reads of what it is once the home is not told (any more): what was typed may name people."""
WORDS = {
    Told.BUILDING: _("{estate}, building {building}"),
    Told.AREA: _("{estate}"),
    Told.MEETING_POINT: _("Meet at the office of {estate}: you are taken there"),
    Told.MASKED: _("{estate} ***"),
}


@dataclass
class Address:
    """How much of an address is told, and the words for it."""

    told: Told
    text: Message | str


@dataclass
class Reader:
    """Somebody who reads addresses at a moment; what was decided for a case is remembered.

    `decided` are the cases whose address hung on who reads it: a worker's. A door that has shown them calls `on_record`.
    """

    by: Actor
    now: datetime
    known: dict[int, Told] = field(default_factory=dict)
    decided: dict[int, Told] = field(default_factory=dict)

    def told(self, case: Case) -> Told:
        """Return how much of the address of a case this reader is told now (OI-4.2)."""
        if case.pk not in self.known:
            self.known[case.pk] = self._decided(case)
        return self.known[case.pk]

    def text(self, case: Case) -> Message | str:
        """Return the address of a case in the words this reader may read; empty where the case has none."""
        if case.unit is None:
            return ""
        told = self.told(case)
        if told is Told.FULL:
            return case.unit.said
        return Message(WORDS[told], {"estate": case.office.name, "building": case.unit.building.code})

    def on_record(self, message: int | None = None) -> None:
        """Write down whose address a worker has read by now: once a day each, in one statement (CF-04).

        `message` is the one that carried it out of the house, where it was not read here.
        """
        read = views_on_record(self.decided)
        if read:
            with connection.cursor() as cursor:
                cursor.execute(READ, {"cases": read, "staff": self.by.id, "at": self.now, "day": localtime(self.now).date(),
                                      "message": message})  # fmt: skip

    @cached_property
    def called(self) -> set[int]:
        """Return the emergencies this reader was called out to and nobody has answered yet, in one query (HC-5.2.5)."""
        waiting = Deadline.objects.filter(key="called", met_at__isnull=True, released_at__isnull=True, counted=False,
                                          paused_at__isnull=True)  # fmt: skip
        since = waiting.filter(case=OuterRef("case"), armed_at__lte=OuterRef("created_at"))  # this call, not one of days ago
        calls = Outgoing.objects.filter(Exists(since), case__in=waiting.values("case"), staff_id=self.by.id, sentence=ON_CALL)
        return set(calls.values_list("case_id", flat=True))

    def values(self, message: Outgoing) -> dict[str, Any]:
        """Return the values of a message about a case, its address in the words this reader may read."""
        values: dict[str, Any] = message.values
        case = message.case
        if case is None or "unit" not in values or case.unit is None or self.told(case) is Told.FULL:
            return values
        return values | {"unit": self.text(case)} | ({"what": Message(NOT_TOLD)} if "what" in values else {})

    def _decided(self, case: Case) -> Told:
        if self.by.kind != "staff" or reads_all(self.by, case.office_id):
            return Told.FULL
        policy = values_for(case.office, case.reported_at).policy(PrivacyPolicy)
        found = standing(case, self.by.id, self.now)
        if case.kind in CALLED_ABOUT and not (found.sent or found.over):
            found = replace(found, called=case.pk in self.called or case.parent_id in self.called)
        told = told_of_address(found, policy)
        if case.unit_id is not None:
            self.decided[case.pk] = told
        return told


def reads_all(by: Actor, office: int) -> bool:
    """Tell whether a member of staff reads every address of an office: a desk, a lead, finance or management does."""
    return bool(by.roles_in(office) - READS_LITTLE)


def views_of(case: Case) -> QuerySet[AddressView]:
    """Return who read the address of a case and when, one row for each worker and day, the newest first (CF-04)."""
    return AddressView.objects.filter(case=case).select_related("staff", "message").order_by("-at", "-pk")


def estate_of(case: Case) -> Message:
    """Return where the home of a case is in the words everybody may read."""
    return Message(WORDS[Told.AREA], {"estate": case.office.name})


def address_for(case: Case, by: Actor, now: datetime) -> Message | str:
    """Return the address of a case as `by` may read it at `now`; desks, leads and residents read all of it."""
    return Reader(by, now).text(case)


def hands_over(case: Case, by: Actor) -> bool:
    """Tell whether somebody gives the resident the link, on paper or on a screen: who goes there, a desk, the foreman.

    Nobody else of the staff holds it, for whoever holds it signs and rates as the resident.
    """
    return by.kind == "staff" and (by.id in case.crew or by.holds(case.office_id, *RECORDERS))


def link_given(case: Case, by: Actor, now: datetime) -> bool:
    """Tell whether somebody who hands over the link may hold it now: it names the home, so not before the address."""
    if not hands_over(case, by):
        return False
    told = Reader(by, now).told(case)
    return told is Told.FULL or (told is Told.MEETING_POINT and case.status not in BEFORE_THE_DOOR)


def standing(case: Case, staff: int, now: datetime) -> Standing:
    """Return how a worker stands to the home of a case; what follows a visit is read like the visit.

    Those an agreement names know that they go there: like somebody sent, but of a day still to come (OI-4.2).
    """
    if case.kind == "agreement" and staff in case.agreement.crew:
        return Standing(sent=True, over=case.closed_at is not None, accepted=True, days_ahead=1)
    if case.kind == "settlement" and case.parent is not None and case.parent.kind in VISITED:
        return standing(case.parent, staff, now)
    if staff not in case.crew:
        return Standing(sent=False, over=case.closed_at is not None)
    if case.kind not in VISITED:
        return Standing(sent=True, over=case.closed_at is not None, accepted=True, there=True)
    order: Order = case.order
    return Standing(
        sent=True, over=case.status not in VISIT_OPEN, accepted=case.status != "dispatched",
        there=case.status not in BEFORE_THE_DOOR, days_ahead=days_ahead(order, now, ZoneInfo(case.office.zone)),
    )  # fmt: skip


def days_ahead(order: Order, now: datetime, zone: ZoneInfo) -> int:
    """Return how many days of the calendar lie before the visit; 0 on its day, later, or where it is for now."""
    if order.at_once or order.visit_at is None:
        return 0
    return max(0, (order.visit_at.astimezone(zone).date() - now.astimezone(zone).date()).days)
