"""What is still in somebody's hands, how it goes to others, and writing somebody out who holds nothing any more (MR-15)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from menling.doorway.doing import Asked, NotThere, act, find
from menling.doorway.language import said
from menling.doorway.showing import loaded
from menling.journal.facts import Malformed
from menling.journal.models import Case, Command, Deadline, Event
from menling.journal.taken import actor_key
from menling.kernel.refusal import Refused
from menling.kernel.words import _
from menling.money import shortages
from menling.orders.candidates import candidates
from menling.orders.models import MessageSlip, Visit
from menling.orders.seeing import lookers
from menling.premises.administration import people
from menling.premises.administration.books import Pen
from menling.premises.models import Office, Staff

FIRST_FREE = "first_free"
"""Stands for whoever is free first, where a worker is asked for."""
ON_PAPER = ("signed_off", "completed")
"""The person has done everything about these; others file them."""
MOST = 500


@dataclass(frozen=True)
class Held:
    """One thing in somebody's hands. `sort` is one of `SORTS`, `at` the time of a visit, `amount` yuan that are owed."""

    sort: str
    number: str
    kind: str
    status: str
    office: str
    unit: str = ""
    at: datetime | None = None
    slip: str = ""
    amount: str = ""


OWED = "owed"
"""Named and no hindrance: nobody has it in hand any more, and it stands with finance after the person left."""
SORTS = {
    "order": _("Order"), "cash": _("Cash in the bag"), "slip": _("Message slip stub"), "passed": _("Passed on, not taken yet"),
    "agreement": _("Agreement that names this person"), "shift": _("Shift not taken yet"),
    "tracked": _("Coordination order tracked"), "unseen": _("Cancellation not seen yet"), "other": _("Other case"),
    OWED: _("Owed for a shortage"),
}  # fmt: skip
OF_KIND = {"repair": "order", "housekeeping": "order", "alarm": "order", "handover": "cash", "shift_handover": "shift",
           "coordination": "tracked"}  # fmt: skip


def in_hands(staff: Staff) -> list[Held]:
    """Return everything somebody still has to do, give back or see taken, in every office."""
    mine = Q(assignee_id=staff.pk) | Q(helpers__contains=[staff.pk])
    cases = _open(Case.objects.filter(mine).exclude(status__in=ON_PAPER))
    visits = Visit.objects.filter(worker=staff, active=True).order_by("planned").values_list("order_id", "planned")
    at = {order: planned.lower for order, planned in visits}
    passing = Event.objects.filter(case=OuterRef("pk"), verb="pass_on", actor=f"staff:{staff.pk}")
    passed = _open(Case.objects.filter(Exists(passing), kind="referral"))
    return [
        *(_held(OF_KIND.get(case.kind, "other"), case, at=at.get(case.pk)) for case in cases),
        *(_held("slip", slip.order.case, slip=slip.number) for slip in _slips(staff)),
        *(_held("passed", case) for case in passed),
        *(_held("agreement", case) for case in _agreements(staff)),
        *(_held("unseen", case) for case in _unseen(staff)),
        *_owed(staff),
    ]


def _owed(staff: Staff) -> list[Held]:
    """Return what somebody owes for a shortage, in every office: recorded, never deducted (OC-4.4)."""
    found = shortages.owed(Office.objects.filter(company=staff.company_id).values_list("pk", flat=True), staff.pk)
    return [Held(OWED, each.case, each.kind, each.status, each.office, amount=str(each.amount)) for each in found]


def _unseen(staff: Staff) -> list[Case]:
    """Return the cancelled orders somebody was sent to and has not acknowledged: once gone nobody could any more (HS-4.3.2)."""
    promised = Deadline.objects.filter(key="change_seen", met_at__isnull=True, released_at__isnull=True)
    sent = Q(assignee_id=staff.pk) | Q(helpers__contains=[staff.pk])
    rows = Case.objects.filter(sent, status="cancelled", pk__in=promised.values("case_id")).select_related("office", "unit")
    cases = list(rows.order_by("reported_at", "pk")[:MOST])
    looked = lookers([case.pk for case in cases if len(case.crew) > 1])
    return [case for case in cases if staff.pk not in looked.get(case.pk, set())]


def _agreements(staff: Staff) -> QuerySet[Case]:
    """Return the agreements that still run and name somebody: whoever goes instead is agreed with the customer (HC-5.1.1)."""
    return _open(Case.objects.filter(kind="agreement", agreement__crew__contains=[staff.pk]))


def _open(rows: QuerySet[Case]) -> QuerySet[Case]:
    return rows.filter(closed_at__isnull=True).select_related("office", "unit").order_by("reported_at", "pk")[:MOST]


def _slips(staff: Staff) -> QuerySet[MessageSlip]:
    left = Event.objects.filter(case=OuterRef("order_id"), verb="absent", actor=f"staff:{staff.pk}")
    rows = MessageSlip.objects.filter(Exists(left), stub_returned_at__isnull=True).order_by("posted_at")
    return rows.select_related("order__case__office", "order__case__unit")[:MOST]


def _held(sort: str, case: Case, *, at: datetime | None = None, slip: str = "") -> Held:
    unit = case.unit.said if case.unit else ""
    return Held(sort, case.number, case.kind, case.status, case.office.code, unit, at, slip)


@transaction.atomic
def leave(staff: Staff, office: Office, pen: Pen, *, on: date) -> None:
    """Write somebody out whose hands are empty. Errors: `Refused` MR-15 (409) naming what is held; as `people.leave`."""
    people.administers(pen, staff, office)
    # locked: an order dispatched this very moment waits for the answer, and finds nobody employed
    Staff.objects.select_for_update().get(pk=staff.pk)
    held = [each.slip or each.number for each in in_hands(staff) if each.sort != OWED]
    people.leave(staff, office, pen, on=on, held=held)


@dataclass(frozen=True)
class Outcome:
    """What became of one order of a bulk reassignment: who goes now, or why nobody else does."""

    number: str
    to: str = ""
    why: str = ""
    clause: str = ""


def hand_on(asked: Asked, worker: Staff, wanted: Mapping[str, str], reason: str) -> Iterator[Outcome]:
    """Give orders of a worker to others, each a step of its own under a key of its own: sent again, it is done once.

    `wanted` maps the number of an order to a work number or `FIRST_FREE`. What is refused is answered, not raised.
    """
    for number, to in wanted.items():
        try:
            yield Outcome(number, to=_handed(asked, worker, number, to, reason))
        except Refused as refusal:
            yield Outcome(number, why=said(refusal.why), clause=refusal.clause)
        except NotThere:
            yield Outcome(number, why=said(_("There is no such order here.")), clause="MR-5")
        except Malformed:
            yield Outcome(number, why=said(_("Please choose a worker and write the reason.")), clause="MR-9")


def _handed(asked: Asked, worker: Staff, number: str, to: str, reason: str) -> str:
    case = find(asked.by, number, ("repair", "housekeeping", "alarm"))
    key = f"{asked.key}:{number}"[:100] if asked.key else ""
    pressed_before = Command.objects.filter(actor=actor_key(asked.by), key=key).exists()
    if worker.pk not in case.crew and (to == FIRST_FREE or not pressed_before):
        raise Refused("MR-9", _("Somebody else goes already. Please look again."))
    chosen = _first_free(case, asked.now) if to == FIRST_FREE else to
    act(Asked(asked.by, key, asked.now, _instead(case, worker, chosen) | {"reason": reason}), number, "reassign")
    return chosen


def _instead(case: Case, worker: Staff, chosen: str) -> dict[str, Any]:
    """Name who goes now: the one chosen in the place of the worker, while those who were to go along still do (HA-2)."""
    if len(case.crew) < 2:
        return {"worker": chosen}
    numbers = dict(Staff.objects.filter(pk__in=case.crew).values_list("pk", "number"))
    named = [chosen if each == worker.pk else numbers[each] for each in case.crew]
    return {"workers": named}


def _first_free(case: Case, now: datetime) -> str:
    going = set(Staff.objects.filter(pk__in=case.crew).values_list("number", flat=True))
    fit = [each for each in candidates(loaded(case), now) if each.on_shift and each.free and each.number not in going]
    if not fit:
        raise Refused("MR-1", _("Nobody on shift is free at that time. Choose somebody, or agree a new time."))
    return fit[0].number
