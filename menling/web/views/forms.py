"""Every paper form in one place: what it is called, by which clause, printed and as a workbook."""

from datetime import date, datetime
from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime

from menling.calls.models import CallOrder
from menling.catalogue.quotes import list_in_force
from menling.doorway import form_papers
from menling.doorway.doing import ORDERS, NotThere, find
from menling.doorway.language import said
from menling.doorway.masking import paper_shown
from menling.doorway.showing import loaded
from menling.journal.cases import visible_to
from menling.kernel.roles import Role as R
from menling.orders.addresses import Reader
from menling.policies.values import values_for
from menling.printing.cards import card_pdf
from menling.procedures.repair_policy import RepairPolicy
from menling.web.navigation import DESKS, LEADS
from menling.web.session import StaffRequest, staff_page
from menling.web.sheets import as_pdf, day_of, sheet, span_of_day, span_of_month
from menling.web.views.alarms import OFFICE as ALARMS
from menling.web.views.cleaning_papers import READERS as CLEANING

READERS = tuple(sorted(DESKS | LEADS | {R.QUALITY}))
MOST = 2000


@staff_page(*READERS)
def show(request: StaffRequest) -> HttpResponse:
    """List the forms of a day and a month."""
    on = _day(request.GET.get("day", ""), request.now)
    holds = partial(request.actor.holds, request.office.pk)
    may = {"cleaning": holds(*CLEANING), "alarms": holds(*ALARMS)}
    return render(request, "web/roles/forms.html", {"day": on, "month": f"{on:%Y-%m}"} | may)


@staff_page(*READERS)
def work_log(request: StaffRequest, day: str, form: str) -> HttpResponse:
    """Return the work information log of a day (HC-5.1.2)."""
    begin, end = span_of_day(_day(day, request.now), request.now)
    rows = visible_to(request.actor).filter(office=request.office, kind__in=ORDERS, reported_at__gte=begin,
                                            reported_at__lt=end)  # fmt: skip
    cases = list(rows.select_related("unit", "order", "order__worker").order_by("reported_at", "pk")[:MOST])
    return sheet(form_papers.work_log_facts(request.office, day, cases), form, f"{request.office.code}-log-{day}")


@staff_page(*READERS)
def call_orders(request: StaffRequest, month: str, form: str) -> HttpResponse:
    """Return the orders of the call department of a month (OI-1.1)."""
    begin, after = span_of_month(month, request.now)
    rows = CallOrder.objects.filter(case__in=visible_to(request.actor).filter(office=request.office),
                                    case__reported_at__gte=begin, case__reported_at__lt=after)  # fmt: skip
    found = list(rows.select_related("case__office", "became").order_by("case__reported_at", "pk")[:MOST])
    return sheet(form_papers.call_register_facts(request.office, month, found), form, f"{request.office.code}-calls-{month}")


@staff_page()
def prices(request: StaffRequest, which: str, form: str) -> HttpResponse:
    """Return the price list in force: ``standard`` for the everyday services, ``fees`` for the whole."""
    published = list_in_force(request.office, request.now)
    if published is None or which not in ("standard", "fees"):
        raise NotThere(which)
    facts = form_papers.price_list_facts(request.office, published, standard=which == "standard")
    return sheet(facts, form, f"{request.office.code}-{which}")


@staff_page()
def quotation(request: StaffRequest, number: str, form: str) -> HttpResponse:
    """Return what was quoted for an order (OC-1.2)."""
    order = loaded(find(request.actor, number, ORDERS))
    if not order.quote and not order.materials:
        raise NotThere(number)
    place = said(Reader(request.actor, request.now).text(order.case))
    return sheet(form_papers.quotation_facts(order, place, request.now), form, f"{number}-quotation")


@staff_page()
def service_card(request: StaffRequest, number: str) -> HttpResponse:
    """Return the card left with a resident who buys the material (EN-4.6)."""
    case = find(request.actor, number, ("repair",))
    facts = form_papers.service_card(loaded(case), request.build_absolute_uri("/").rstrip("/"))
    return as_pdf(card_pdf(paper_shown(facts, case, request.actor, request.now)), f"{number}-card")


@staff_page()
def commitment_card(request: StaffRequest) -> HttpResponse:
    """Return the card handed over at every repair (HC-5.2.1)."""
    policy = values_for(request.office, request.now).policy(RepairPolicy)
    return as_pdf(card_pdf(form_papers.commitment_card(request.office, policy)), f"{request.office.code}-card")


def _day(text: str, now: datetime) -> date:
    return day_of(text) if text else localtime(now).date()
