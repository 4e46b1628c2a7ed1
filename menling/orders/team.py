"""What a foreman asks: who is where, which slips wait for me, what went wrong, what was written down late."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from menling.journal.cases import visible_to
from menling.journal.models import Case, Deadline, Event
from menling.kernel.actor import Actor
from menling.kernel.roles import Role
from menling.orders.models import Visit
from menling.policies.history import History
from menling.policies.values import values_for
from menling.premises.crew import employed
from menling.premises.models import Office, Shift, Staff
from menling.procedures.housekeeping_policy import HousekeepingPolicy
from menling.procedures.repair import SENT, Status
from menling.procedures.repair_policy import RepairPolicy
from menling.procedures.repair_sending import sets_out

TOLD = ("delay", "refuse_move", "report_difficulty", "report_damage")
"""What the foreman is told about running orders."""
TOLD_WITHIN = timedelta(hours=48)
DOOR = ("arrive", "appointment")
CREWS = (Role.REPAIR_WORKER, Role.HOUSEKEEPER, Role.ENGINEERING_CREW)
REVIEWED = Q(kind="repair", status__in=(Status.SIGNED, Status.SIGNED_OFF)) | Q(kind="housekeeping", status=Status.SIGNED_OFF)
UNSIGNED = Q(kind__in=("repair", "alarm"), status=Status.FINISHED) | Q(
    kind="housekeeping", status__in=("finished", "office_accepted")
)
STATES = ("at_home", "on_the_way", "sent", "planned", "free", "off")
MOST = 200
RUNNING = Deadline.objects.filter(met_at__isnull=True, released_at__isnull=True).order_by("due_at")


@dataclass(frozen=True)
class Member:
    """One worker now. `state` is one of STATES; `at` says since when (at home), or by when (on the way, sent, planned).

    `late` tells that the promise at the door is broken; `until` is the end of the shift, None for who is not on it.
    """

    staff: Staff
    state: str
    at: datetime | None
    visit: Visit | None
    late: bool
    waiting: int
    until: datetime | None
    shift: str


def crew(office: Office, now: datetime, roles: Sequence[Role] = CREWS) -> list[Member]:
    """Return the workers of an office that are on shift or out, the busiest first, in five queries."""
    day = timezone.localtime(now).date()
    workers = reduce(or_, (employed(office.pk, role, day) for role in roles))
    found = {worker.pk: worker for worker in workers}
    on = {row.staff_id: row for row in Shift.objects.filter(office=office, staff__in=found, starts_at__lte=now, ends_at__gt=now)}
    out: dict[int, list[Visit]] = defaultdict(list)
    for visit in _visits(office, found):
        out[visit.worker_id].append(visit)
    policy = values_for(office, now).policy(RepairPolicy)
    members = [_member(worker, out[key], on.get(key), now, policy) for key, worker in found.items() if key in on or out[key]]
    return sorted(members, key=lambda each: (each.until is None, STATES.index(each.state), each.staff.number))


def _visits(office: Office, workers: Iterable[int]) -> QuerySet[Visit]:
    rows = Visit.objects.filter(active=True, worker__in=workers, order__case__office=office).order_by("planned")
    return rows.select_related("order__case", "order__unit").prefetch_related(
        Prefetch("order__case__deadlines", RUNNING, to_attr="running")
    )


def _member(worker: Staff, visits: list[Visit], shift: Shift | None, now: datetime, policy: RepairPolicy) -> Member:
    states = [(_state(visit, now, policy), visit) for visit in visits]
    state, visit = min(states, key=lambda pair: STATES.index(pair[0])) if states else ("free" if shift else "off", None)
    return Member(
        worker, state, _at(state, visit), visit, _late(visit, now), max(0, len(visits) - 1),
        shift.ends_at if shift else None, shift.name if shift else "",
    )  # fmt: skip


def _state(visit: Visit, now: datetime, policy: RepairPolicy) -> str:
    if visit.arrived_at is not None:
        return "at_home"
    if visit.order.case.status == Status.ACKNOWLEDGED and sets_out(visit.planned.lower, now, policy):
        return "on_the_way"
    return "sent" if visit.planned.lower <= now else "planned"


def _at(state: str, visit: Visit | None) -> datetime | None:
    if visit is None:
        return None
    return visit.arrived_at if state == "at_home" else visit.order.visit_at or visit.planned.lower


def _late(visit: Visit | None, now: datetime) -> bool:
    if visit is None or visit.arrived_at is not None:
        return False
    return any(each.key in DOOR and each.paused_at is None and each.due_at < now for each in _running(visit.order.case))


def _running(case: Case) -> list[Deadline]:
    found: list[Deadline] = getattr(case, "running", [])
    return found


@dataclass(frozen=True)
class Slip:
    """A slip that waits for the foreman: the order, since when, and the promise that runs, if one does."""

    case: Case
    since: datetime
    promise: Deadline | None


def to_review(by: Actor, office: Office) -> list[Slip]:
    """Return the signed slips not reviewed yet, the most urgent first (EN-7.6, EN-7.7)."""
    rows = _with(visible_to(by).filter(REVIEWED, office=office))
    slips = [_slip(case, "review") for case in rows]
    return sorted(slips, key=lambda each: (each.promise.due_at if each.promise else each.since, each.case.pk))


def to_confirm(by: Actor, office: Office) -> list[Slip]:
    """Return the finished orders that wait for the resident's signature, the longest first (EN-7.4, EN-D.14).

    Of cleaning that four accept those are left out that the resident is not asked about yet (CF-23).
    """
    history = History(office)
    rows = [case for case in _with(visible_to(by).filter(UNSIGNED, office=office)) if _residents_turn(case, history)]
    return sorted((_slip(case, "sign") for case in rows), key=lambda each: each.since)


def _residents_turn(case: Case, history: History) -> bool:
    if case.kind != "housekeeping" or case.status == "office_accepted":
        return True
    return history.at(case.order.valued_at).policy(HousekeepingPolicy).chain == "customer_only"


def to_accept(by: Actor, office: Office, status: str, within: int = MOST) -> list[Case]:
    """Return the cleaning that waits for the leader (``site_accepted``) or the supervisor (``team_accepted``) to accept it."""
    return _with(visible_to(by).filter(office=office, kind="housekeeping", status=status))[:within]


def to_send(by: Actor, office: Office) -> list[Case]:
    """Return the alarm orders that wait for the leader to send one of engineering's crew, the first visit first (HS-4.1.2.2)."""
    rows = _with(visible_to(by).filter(office=office, kind="alarm", status="accepted"))
    return sorted(rows, key=lambda case: (case.order.visit_at or case.reported_at, case.pk))


def _slip(case: Case, key: str) -> Slip:
    return Slip(case, case.last_at, next((each for each in _running(case) if each.key == key), None))


def _with(rows: QuerySet[Case]) -> list[Case]:
    related = rows.filter(closed_at__isnull=True).select_related("unit", "order", "order__worker")
    return list(related.prefetch_related(Prefetch("deadlines", RUNNING, to_attr="running")).order_by("reported_at", "pk")[:MOST])


def troubles(by: Actor, office: Office, now: datetime) -> list[Event]:
    """Return what workers told the foreman about orders still running, the newest first: delays, difficulties, damage."""
    rows = Event.objects.filter(
        office=office, verb__in=TOLD, happened_at__gte=now - TOLD_WITHIN, case__in=visible_to(by).filter(closed_at__isnull=True)
    )
    return list(rows.select_related("case", "case__unit", "case__order__worker").order_by("-happened_at", "-pk")[:MOST])


def late_entries(by: Actor, office: Office, before: datetime | None = None, size: int = 100) -> list[Event]:
    """Return what was written down afterwards: by somebody else (MR-3), or by a worker of an earlier shift (MR-21)."""
    told = Q(recorded_at__lt=before) if before else Q()
    rows = Event.objects.filter(told, office=office, case__in=visible_to(by)).exclude(source="")
    return list(rows.select_related("case", "case__unit").order_by("-recorded_at", "-pk")[:size])


def carried_by(by: Actor, office: Office, worker: Staff) -> list[Case]:
    """Return the open orders a worker was given, those that can go to somebody else first."""
    own = Q(assignee_id=worker.pk) | Q(helpers__contains=[worker.pk])
    rows = _with(visible_to(by).filter(own, office=office, kind__in=("repair", "housekeeping", "alarm")))
    return sorted(rows, key=lambda case: (case.status not in SENT, case.order.visit_at or case.reported_at))
