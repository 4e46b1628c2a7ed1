"""Lists of cases: keyset-paged over indexed columns, never counted, limited to what the caller may see."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core import signing
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.expressions import RawSQL

from menling.doorway.doing import ORDERS, NotThere
from menling.doorway.language import said
from menling.doorway.masking import masked
from menling.doorway.questions import LARGEST_PAGE, SORTS, Question
from menling.doorway.showing import deadline
from menling.journal.cases import sees_whole, visible_to
from menling.journal.facts import Malformed
from menling.journal.models import Case, Deadline
from menling.kernel.actor import ALL_OFFICES, Actor
from menling.orders.addresses import Reader, reads_all
from menling.orders.lines import Line, line_of, lines_called_from, lines_of
from menling.orders.models import Order
from menling.premises import names
from menling.premises.models import Office, Staff
from menling.premises.public_places import place_codes
from menling.procedures.privacy import Told

TOLD = (
    "number", "kind", "status", "reported_at", "closed_at", "assignee_id", "helpers", "office__code", "office__name",
    "office__zone", "office__company_id", "unit__code", "unit__building_id", "unit__is_public", "order__reporter",
    "order__phone", "order__content", "order__urgency", "order__visit_at", "order__at_once",
    "order__worker__number", "order__worker__name",
)  # fmt: skip
"""What a line of a list tells; nothing else is read."""


PROMISED = (
    "case_id", "key", "clause", "armed_at", "target_at", "due_at", "counted", "met_at", "broken_at", "released_at", "paused_at",
)  # fmt: skip
"""What a line tells of the next promise."""


@dataclass(frozen=True)
class Page:
    """Some rows and the cursor of the next page, or None at the end."""

    items: list[dict[str, Any]]
    next: str | None


Found = tuple[list[Line], list[dict[str, Any]]]


def page(by: Actor, asked: Question, now: datetime) -> Page:
    """Return one page of cases. Errors: `Malformed` for a cursor that is not one; `NotThere` for an office of others."""
    called = _newest_called(by, asked)
    if called is not None:
        return _page(asked, called, [_told_line(each, each.where, now) for each in called])
    rows = _chosen(visible_to(by).filter(kind__in=asked.kinds), by, asked, now)
    if asked.after is not None:
        rows = rows.filter(_beyond(asked.after, asked.sort))
    rows = rows.order_by(*SORTS[asked.sort])
    found, lines = (_whole if _reads_all(by) else _as_told)(rows, by, asked.kinds, now, asked.size + 1)
    return _page(asked, found, lines)


def _page(asked: Question, found: list[Line], lines: list[dict[str, Any]]) -> Page:
    return Page(lines[: asked.size], _cursor(found[asked.size - 1], asked.sort) if len(found) > asked.size else None)


def _newest_called(by: Actor, asked: Question) -> list[Line] | None:
    """Return the newest orders of a phone for who sees the own offices whole, as a desk does; None for any other question."""
    phone = names.phone(asked.plain.get("phone", ""))
    if not phone or asked != Question(asked.kinds, size=asked.size, plain={"phone": asked.plain["phone"]}):
        return None
    whole = [office for office in by.offices if sees_whole(by, office) and reads_all(by, office)]
    if by.sees_all_offices or not whole or len(whole) < len(by.offices):
        return None
    return lines_called_from(phone, whole, asked.kinds, asked.size + 1)


def _reads_all(by: Actor) -> bool:
    """Tell whether no address hangs on who reads this list: a resident's own, a desk's, a lead's."""
    offices = by.offices | {ALL_OFFICES} if by.sees_all_offices else by.offices
    return by.kind != "staff" or all(reads_all(by, office) for office in offices)


def _whole(rows: QuerySet[Case], by: Actor, kinds: tuple[str, ...], now: datetime, most: int) -> Found:
    """Return lines with their whole address: the ids first, then what their lines tell in one statement."""
    found = lines_of(list(rows.values_list("pk", flat=True)[:most]))
    return found, [_told_line(each, each.where, now) for each in found]


def _as_told(rows: QuerySet[Case], by: Actor, kinds: tuple[str, ...], now: datetime, most: int) -> Found:
    """Return lines with the addresses as a worker may read them now; those on the page are on record as read."""
    # found by id: only of those on the page more is read
    chosen = Case.objects.filter(pk__in=rows.values("pk")[:most]).order_by(*rows.query.order_by)
    reader = Reader(by, now)
    cases = list(_with_details(chosen, kinds))
    found = [line_of(case) for case in cases]
    lines = [line(case, reader) for case in cases[: most - 1]]
    reader.on_record()
    return found, lines


def line(case: Case, reader: Reader) -> dict[str, Any]:
    """Return one case as a line of a list, with its next promise and its address as the reader may read it."""
    return _told_line(line_of(case), said(reader.text(case)) or None, reader.now)


def _told_line(told: Line, unit: str | None, now: datetime) -> dict[str, Any]:
    body: dict[str, Any] = {
        "number": told.number, "kind": told.kind, "status": told.status, "office": told.office,
        "status_title": said(told.procedure.status_title(told.status)), "reported_at": told.reported_at,
        "unit": unit, "closed_at": told.closed_at,
        "next_deadline": deadline(told.next_promise, told.kind, now) if told.next_promise else None,
    }  # fmt: skip
    if told.kind in ORDERS:
        worker = {"number": told.worker_number, "name": told.worker_name} if told.worker_number else None
        body |= {
            "reporter": told.reporter, "phone": masked(told.phone), "content": told.content, "urgency": told.urgency,
            "visit_at": told.visit_at, "at_once": told.at_once, "worker": worker,
        }  # fmt: skip
    return body


def _of_worker(rows: QuerySet[Case], number: str, kinds: tuple[str, ...]) -> QuerySet[Case]:
    """Return the orders given to somebody; of other kinds, such as the cash of a day, what is in that person's hands."""
    if set(kinds) & set(ORDERS):
        return rows.filter(order__worker__number__iexact=number)
    return rows.filter(assignee_id__in=Staff.objects.filter(number__iexact=number).values("pk"))


def _with_details(rows: QuerySet[Case], kinds: tuple[str, ...]) -> QuerySet[Case]:
    related = ["office", "unit"] + (["order", "order__worker"] if set(kinds) <= set(ORDERS) else [])
    running = Deadline.objects.filter(met_at__isnull=True, released_at__isnull=True).only(*PROMISED)
    first = running.order_by("case_id", "due_at").distinct("case_id")
    told = [name for name in TOLD if name.count("__") == 0 or name.rpartition("__")[0] in related]
    return rows.select_related(*related).only(*told).prefetch_related(Prefetch("deadlines", first, to_attr="running"))


def _chosen(rows: QuerySet[Case], by: Actor, asked: Question, now: datetime) -> QuerySet[Case]:
    told = asked.plain
    if "office" in told:
        rows = rows.filter(office=_office(by, told["office"]))
    if asked.running is not None:
        rows = rows.filter(closed_at__isnull=asked.running)
    if asked.statuses:
        rows = rows.filter(status__in=asked.statuses)
    if "worker" in told:
        rows = _of_worker(rows, told["worker"], asked.kinds)
    if "unit" in told:
        rows = _told(rows.filter(unit__code__in=(names.unit_key(told["unit"]), *place_codes(told["unit"]))), by, now)
    if "phone" in told:
        rows = _told(_called_from(rows, names.phone(told["phone"])), by, now)
    if asked.late is not None:
        rows = _by_lateness(rows, _late(by, now), late=asked.late)
    return rows


def _by_lateness(rows: QuerySet[Case], promises: QuerySet[Deadline], *, late: bool) -> QuerySet[Case]:
    """Keep the cases with a late promise, which are few; or those without, of which a company has too many to name."""
    if late:
        return _among(rows, promises.values_list("case_id", flat=True))
    return rows.filter(~Exists(promises.filter(case=OuterRef("pk"))))


def _among(rows: QuerySet[Case], ids: QuerySet[Any, int]) -> QuerySet[Case]:
    """Keep the cases with some ids, which are found first: asked for both at once, the database walks an office's history."""
    return rows.filter(pk__in=RawSQL("SELECT unnest(%s::bigint[])", (list(ids),)))  # our own words


def _called_from(rows: QuerySet[Case], phone: str) -> QuerySet[Case]:
    """Keep the orders that came from a phone, out of the index of phones alone, or those whose number was withheld."""
    if not phone:
        return rows.filter(order__phone="")
    return _among(rows, Order.objects.filter(phone=phone).exclude(phone="").values_list("pk", flat=True))


def _told(rows: QuerySet[Case], by: Actor, now: datetime) -> QuerySet[Case]:
    """Leave out the cases whose address is not told this reader now: a room or number that was guessed is not confirmed
    by what is found (OI-4.2)."""
    if by.kind != "staff" or reads_all(by, ALL_OFFICES):
        return rows
    read = [office for office in by.offices if reads_all(by, office)]
    if len(read) == len(by.offices) and not by.sees_all_offices:
        return rows
    whole = Q(office__in=read)
    reader = Reader(by, now)
    running = rows.exclude(whole).filter(closed_at__isnull=True).select_related("office", "order")
    return rows.filter(whole | Q(pk__in=[case.pk for case in running[:LARGEST_PAGE] if reader.told(case) is Told.FULL]))


def _late(by: Actor, now: datetime) -> QuerySet[Deadline]:
    late = Q(broken_at__isnull=False) | Q(counted=True, due_at__lt=now, paused_at__isnull=True)
    running = Deadline.objects.filter(late, met_at__isnull=True, released_at__isnull=True)
    return running if by.sees_all_offices else running.filter(office_id__in=by.offices)


def _office(by: Actor, code: str) -> Office:
    rows = Office.objects.filter(code=code, company_id=by.company)
    office = rows.first() if by.sees_all_offices else rows.filter(pk__in=by.offices).first()
    if office is None:
        raise NotThere(code)
    return office


def _cursor(case: Line, sort: str) -> str:
    # sealed for its own sort: what comes after a row in one order lies before it in another
    return signing.dumps([case.reported_at.isoformat(), case.pk], salt=f"page {sort}", compress=False)


def _beyond(cursor: str, sort: str) -> Q:
    try:
        stamp, key = signing.loads(cursor, salt=f"page {sort}")
        at = datetime.fromisoformat(stamp)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise Malformed(
            [{"path": "next", "message": "not a cursor of this list in this order", "type": "value_error"}]
        ) from error
    if sort.endswith("filed"):
        return Q(pk__lt=key) if sort.startswith("-") else Q(pk__gt=key)
    if sort == "reported_at":
        return Q(reported_at__gt=at) | Q(reported_at=at, pk__gt=key)
    return Q(reported_at__lt=at) | Q(reported_at=at, pk__lt=key)
