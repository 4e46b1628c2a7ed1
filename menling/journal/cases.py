"""Opening a case with its number, and finding cases a person may see."""

from datetime import datetime
from decimal import Decimal

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from menling.journal.models import Case, Event
from menling.journal.taken import actor_key
from menling.kernel.actor import ALL_OFFICES, Actor
from menling.kernel.roles import OUTSIDE, WORKERS, Role
from menling.premises.models import Occupancy, Office
from menling.premises.statements import columns, made, rows_of

Kept = str | int | Decimal | datetime | None
"""What a column of a row written beside a case may hold."""
NEW = "new"
LETTERS = {
    "agreement": "L",
    "repair": "R", "housekeeping": "J", "batch": "K", "referral": "F", "register_copy": "B", "charge": "C",
    "settlement": "S", "handover": "H", "receipt": "P", "call_order": "T", "shift_handover": "W", "alarm": "A",
    "alarm_batch": "U",
    "errand": "G", "pad": "Y", "paper_inquiry": "X",
    "coordination": "V", "closing_sheet": "Z", "fee_standard": "D", "cashier_day": "M",
    "contract_review": "O", "commission_query": "TC", "commission_month": "TM",
    "adjustment": "Q", "deposit": "E", "tax_invoice": "I", "refused_step": "N",
}  # fmt: skip
"""A letter or two per register; a number reads office, letter and year, serial: XH-R26-00012."""
RESIDENTS = ("agreement", "repair", "housekeeping", "alarm", "charge", "errand", "coordination", "tax_invoice")
"""The kinds a resident sees of the own homes."""
SEES_WHOLE_OFFICE = frozenset(Role) - WORKERS - OUTSIDE - {Role.CUSTOMER, Role.EMPLOYEE}
"""Whose work needs every case of an office. Who does single jobs, and who is nobody of the company, sees the own ones alone."""

OPEN = """
WITH n AS (
    INSERT INTO journal_counter (office_id, register, year, last) VALUES (%(office)s, %(kind)s, %(year)s, 1)
    ON CONFLICT (office_id, register, year) DO UPDATE SET last = journal_counter.last + 1
    RETURNING last
), opened AS (
    INSERT INTO journal_case (kind, number, office_id, status, parent_id, reported_at, last_at, assignee_id, unit_id)
    SELECT %(kind)s, %(prefix)s || lpad(n.last::text, GREATEST(5, length(n.last::text)), '0'), %(office)s, 'new',
        %(parent)s, %(at)s, %(at)s, %(assignee)s, %(unit)s
    FROM n RETURNING id, number
)"""
OPENED = " SELECT id, number FROM opened"
NEXT = """
INSERT INTO journal_counter (office_id, register, year, last) VALUES (%(office)s, %(register)s, %(year)s, 1)
ON CONFLICT (office_id, register, year) DO UPDATE SET last = journal_counter.last + 1 RETURNING last
"""


def open_case(
    kind: str,
    office: Office,
    reported_at: datetime,
    *,
    year: int,
    parent: Case | None = None,
    assignee: int | None = None,
    unit: int | None = None,
    beside: str = "",
    **values: Kept,
) -> Case:
    """Insert a case with the next number of its register, office and year, in one statement; its status is ``new``.

    `beside` are further parts of that statement, each after a comma, that write rows of the new case, which they read from
    ``opened`` (id, number); `values` are what they name beside what the case is made of.
    """
    row: dict[str, Kept] = values | {
        "kind": kind, "office": office.pk, "year": year, "prefix": f"{office.code}-{LETTERS[kind]}{year % 100:02d}-",
        "parent": parent.pk if parent else None, "at": reported_at, "assignee": assignee, "unit": unit,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(OPEN + beside + OPENED, row)
        key, number = cursor.fetchone()
    return Case(
        pk=key, kind=kind, number=number, office=office, status=NEW, parent=parent, reported_at=reported_at,
        last_at=reported_at, assignee_id=assignee, unit_id=unit,
    )  # fmt: skip


def next_number(register: str, office: Office, year: int) -> str:
    """Return the next number of a register that is no case, such as receipts."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT, {"office": office.pk, "register": register, "year": year})
        last = cursor.fetchone()[0]
    return f"{office.code}-{LETTERS[register]}{year % 100:02d}-{last:05d}"


def mark_asked(case: Case) -> None:
    """Note that the resident was reached after the work: the case leaves the list of those to be asked about, for good."""
    if not case.asked:
        case.asked = True
        case.save(update_fields=["asked"])


def visible_to(by: Actor) -> QuerySet[Case]:
    """Return the cases somebody may see: the one scoped manager of everything.

    A desk, a lead, finance or management sees its offices; a worker the cases assigned, to the team as well; an outside
    provider or a member of the owners' committee no more than was given to them by name; a resident those of the own homes,
    or the one case of a link. Whatever else exists is answered as if it did not.
    """
    return Case.objects.filter(_scope(by))


def sees_whole(by: Actor, office: int) -> bool:
    """Tell whether a member of staff sees every case of one of the own offices, as desks, leads, finance and management do."""
    return by.kind == "staff" and by.cases is None and bool(by.roles.get(office, frozenset()) & SEES_WHOLE_OFFICE)


def sees_office(by: Actor, office: Office) -> bool:
    """Tell whether `visible_to` holds every case of an office for a member of staff."""
    return by.company == office.company_id if _sees_company(by) else sees_whole(by, office.pk)


def _sees_company(by: Actor) -> bool:
    """Tell whether a member of staff sees every case of the company: by a post held for all offices that sees one whole."""
    return sees_whole(by, ALL_OFFICES)


def case_of(by: Actor, number: str) -> Case | None:
    """Return the case with a number if somebody may see it, else None."""
    if by.sees_all_offices or not all(sees_whole(by, office) for office in by.offices):
        return Case.objects.filter(_scope(by) | _told(by) if by.kind == "resident" else _scope(by), number=number).first()
    for row in rows_of(NUMBERED, {"number": number, "offices": list(by.offices)}):
        return made(Case, row)
    return None


# Every step and page of a desk begins with it.
NUMBERED = f"""
SELECT {columns(Case, "c")} FROM journal_case c WHERE c.number = %(number)s AND c.office_id = ANY(%(offices)s)
"""  # noqa: S608  # names of columns


def _scope(by: Actor) -> Q:
    if by.kind == "system":
        return Q()
    if by.cases is not None:
        return Q(pk__in=by.cases)
    if by.kind == "resident":
        stay = Occupancy.objects.filter(unit=OuterRef("unit"), person_id=by.id, until__isnull=True)
        return Q(Exists(stay.filter(since__lte=OuterRef("reported_at"))), kind__in=RESIDENTS, unit_id__in=by.units)
    if _sees_company(by):
        return Q(office__company_id=by.company)
    whole = [office for office in by.offices if sees_whole(by, office)]
    if by.sees_all_offices:
        return Q(assignee_id=by.id, office__company_id=by.company) | _of_team(by) | Q(office_id__in=whole)
    if len(whole) == len(by.offices):
        return Q(office_id__in=whole)  # the own ones are among these: without an "or" their index gives the rows in order
    return Q(assignee_id=by.id, office_id__in=by.offices) | _of_team(by) | Q(office_id__in=whole)


def _told(by: Actor) -> Q:
    """Return the public places a resident reported, which lie in no home: found by their number, as by the link (MR-48)."""
    if by.cases is not None:
        return Q(pk__in=())
    filed = Event.objects.filter(case=OuterRef("pk"), verb="file", actor=actor_key(by))
    return Q(Exists(filed), kind="repair", unit__is_public=True)


TEAM_SEES: dict[Role, tuple[str, ...]] = {
    Role.HOUSEKEEPER: ("batch",),
    Role.ENGINEERING_CREW: ("alarm", "alarm_batch"),
}
"""What each team sees beside its own cases: the batches that wait for it; engineering every alarm slip it copies and signs off
at the desk (HS-4.1.2.2, HS-4.1.2.3)."""


def _of_team(by: Actor) -> Q:
    """Return what somebody sees with the team beside the own cases: those helped with, and what waits for all of the team."""
    seen = Q(pk__in=())
    for role, kinds in TEAM_SEES.items():
        if role in by.roles.get(ALL_OFFICES, frozenset()):
            seen |= Q(office__company_id=by.company) & (Q(helpers__contains=[by.id]) | Q(kind__in=kinds))
        offices = [office for office in by.offices if by.holds(office, role)]
        if offices:
            seen |= Q(helpers__contains=[by.id], office_id__in=offices) | Q(kind__in=kinds, office_id__in=offices)
    return seen
