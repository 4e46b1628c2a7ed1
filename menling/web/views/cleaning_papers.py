"""The papers of housekeeping: record, register, pick-up list, jobs of the day, and the staff list of a month."""

from datetime import date, datetime
from uuid import uuid4

from django.http import HttpResponse

from menling.doorway.cleaning_papers import batch_facts, jobs_facts, record_facts, register_facts, roster_facts
from menling.doorway.doing import Asked, act, find
from menling.doorway.masking import paper_shown
from menling.doorway.showing import loaded
from menling.journal.models import Case
from menling.kernel.roles import Role as R
from menling.orders.housekeeping import lists
from menling.policies.values import values_for
from menling.printing.slips import record_pdf, register_pdf
from menling.procedures.form_titles import FormTitles
from menling.procedures.housekeeping import CALLERS
from menling.web.session import StaffRequest, staff_page
from menling.web.sheets import as_pdf, day_of, sheet, span_of_day, span_of_month

READERS = (R.SERVICE_DESK, R.SERVICE_DESK_SUPERVISOR, R.TEAM_LEAD, R.BUSINESS_LEAD, R.OFFICE_MANAGER, R.COMPANY_MANAGEMENT,
           R.QUALITY, R.FINANCE)  # fmt: skip
HOUSEKEEPING = ("housekeeping",)


@staff_page()
def record(request: StaffRequest, number: str) -> HttpResponse:
    """The service record of an order; for those who call it bears the number, which is put on record (MR-13)."""
    case = find(request.actor, number, HOUSEKEEPING)
    may_call = request.actor.holds(case.office_id, *CALLERS)
    if may_call:
        act(Asked(request.actor, f"record-{uuid4()}", request.now, {}), number, "reveal", HOUSEKEEPING)
    site = request.build_absolute_uri("/").rstrip("/")
    facts = paper_shown(record_facts(loaded(case), site, phone_shown=may_call), case, request.actor, request.now)
    return as_pdf(record_pdf(facts), number)


@staff_page(*READERS)
def register(request: StaffRequest, day: str, form: str) -> HttpResponse:
    """The housekeeping register of a day, as paper or as a workbook."""
    on, within = _day(day, request.now)
    rows = lists.register_lines(request.office, within)
    titles = values_for(request.office, request.now).policy(FormTitles)
    facts = register_facts(request.office, on, rows, lists.repairs_passed_on(request.office, within), titles)
    return sheet(facts, form, f"{request.office.code}-housekeeping-{on.isoformat()}")


@staff_page(*READERS)
def jobs(request: StaffRequest, day: str) -> HttpResponse:
    """The jobs of a day person by person, for those who carry no phone."""
    on, within = _day(day, request.now)
    return as_pdf(register_pdf(jobs_facts(request.office, on, lists.jobs(request.office, within))), f"{on.isoformat()}-jobs")


@staff_page(*READERS)
def roster(request: StaffRequest, month: str, form: str) -> HttpResponse:
    """The staff list of a month, such as 2026-11, with the services of each."""
    facts = roster_facts(request.office, month, lists.made(request.office, span_of_month(month, request.now)))
    return sheet(facts, form, f"{request.office.code}-housekeepers-{month}")


@staff_page(*READERS)
def batch(request: StaffRequest, number: str) -> HttpResponse:
    """The list of a pick-up, for the signature of who comes for it."""
    detail = loaded(find(request.actor, number, ("batch",)))
    rows = Case.objects.filter(office_id=detail.case.office_id, number__in=detail.entries).select_related("unit", "order")
    place = {each: at for at, each in enumerate(detail.entries)}
    return as_pdf(register_pdf(batch_facts(detail, sorted(rows, key=lambda case: place[case.number]))), number)


def _day(text: str, now: datetime) -> tuple[date, lists.Span]:
    """Return a day of the address with its begin and end at the office."""
    on = day_of(text)
    return on, span_of_day(on, now)
