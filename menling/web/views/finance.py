"""The pages of finance: whose bag holds what, what can be settled, what the day brought in."""

from datetime import date, timedelta
from decimal import Decimal

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from menling.doorway.doing import find
from menling.errands.queries import purses
from menling.journal.models import Event
from menling.kernel.money import ZERO
from menling.kernel.roles import LEADS_OR_ABOVE, Role
from menling.money import shortages
from menling.money.models import Charge
from menling.money.queries import PAYING, collector_of, unsigned
from menling.money.waiting import adjustments_waiting, rare
from menling.money.watch import Collection, bags, collections, to_settle
from menling.orders.days import span
from menling.printing.excel import register_xlsx
from menling.printing.facts import Column, Kind, ReceiptFacts, RegisterFacts, Row
from menling.printing.slips import receipt_pdf
from menling.procedures import PROCEDURES
from menling.web.figures import Figure
from menling.web.money_rows import SETTLING, bag_lines, collection_lines, settle_lines
from menling.web.session import StaffRequest, staff_page
from menling.web.sheets import as_workbook
from menling.web.templatetags.show import choice_word, yuan
from menling.web.templatetags.show import day as day_text

READERS = (Role.FINANCE, *sorted(LEADS_OR_ABOVE))
PRINTERS = (*READERS, Role.SERVICE_DESK, Role.SERVICE_DESK_SUPERVISOR, Role.CONTROL_CENTRE)
FORM_NO = "TY-SJ-01"


@staff_page(*READERS)
def start(request: StaffRequest) -> HttpResponse:
    """Show the cash that is not here yet, the orders to settle and the collections of a day."""
    by, office, now = request.actor, request.office, request.now
    on = _day(request)
    held, waiting, some = bags(by, office, now), to_settle(by, office), rare(office)
    taken = collections(by, office, *span(on, now))
    ready = sum(each.refused is None for each in waiting)
    figures = [
        Figure(yuan(sum((each.cash for each in held), ZERO)), _("cash in {n} bags and envelopes").format(n=len(held)), "#bags"),
        Figure(sum(each.overdue for each in held), _("overdue"), "#bags", "late" if any(each.overdue for each in held) else ""),
        Figure(ready, _("of {n} orders can be settled").format(n=len(waiting)), "#settle"),
        Figure(yuan(_total(taken)), _("collected on {day}").format(day=day_text(on)), "#day"),
    ]
    in_bags, receives = [each for each in held if each.handover.sealed is None], by.holds(office.pk, Role.FINANCE)
    shown = {
        "held": in_bags, "bag_lines": bag_lines(request, in_bags, receives=receives),
        "unsigned": unsigned(by, office) if some.unsigned else [], "purses": purses(by, office) if some.errands else [],
        "envelopes": [each for each in held if each.handover.sealed is not None],
        "waiting": waiting, "settle_lines": settle_lines(request, waiting, receives=receives), "taken": taken,
        "collection_lines": collection_lines(request, taken), "total": _total(taken), "on": on, "figures": figures,
        "short": sum((each.shortfall for each in taken), ZERO), "before": on - timedelta(days=1), "after": on + timedelta(days=1),
        "today": localtime(now).date(), "settling": SETTLING, "receives": receives,
        "owed": shortages.owed((office.pk,)), "adjusting": adjustments_waiting(by, office) if some.adjustments else [],
    }  # fmt: skip
    return render(request, "web/roles/finance.html", shown)


def _day(request: StaffRequest) -> date:
    try:
        asked = parse_date(request.GET.get("day", ""))
    except ValueError as error:
        raise Http404("day") from error
    return min(asked or date.max, localtime(request.now).date())


def _total(taken: list[Collection]) -> Decimal:
    return sum((each.amount for each in taken), ZERO)


@staff_page(*READERS)
def workbook(request: StaffRequest) -> HttpResponse:
    """Return the collections of a day as a workbook."""
    on = _day(request)
    taken = collections(request.actor, request.office, *span(on, request.now))
    columns = (
        Column("at", _("Collected at"), 10, Kind.MOMENT), Column("entered", _("Written down at"), 10, Kind.MOMENT),
        Column("receipt", _("Receipt"), 9), Column("order", _("Order"), 9),
        Column("unit", _("Unit"), 6), Column("payer", _("Payer"), 5), Column("method", _("Paid by"), 4),
        Column("collector", _("Collector"), 6), Column("amount", _("Amount"), 6, Kind.MONEY),
        Column("shortfall", _("Shortfall"), 6, Kind.MONEY), Column("reason", _("Reason"), 12),
    )  # fmt: skip
    facts = RegisterFacts(
        title=_("Collections of the day"), office=request.office.name, company=request.office.company.name, period=day_text(on),
        columns=columns, rows=[_row(each) for each in taken],
        totals={"amount": _total(taken), "shortfall": sum((each.shortfall for each in taken), ZERO)},
    )  # fmt: skip
    name = f"{request.office.code}-{on:%Y%m%d}"
    return as_workbook(register_xlsx(facts), name)


def _row(each: Collection) -> Row:
    return {
        "at": localtime(each.at), "entered": localtime(each.entered) if each.entered else None, "receipt": each.receipt,
        "order": each.order, "payer": each.payer, "unit": each.unit,
        "method": choice_word("method", each.method), "collector": each.collector, "amount": each.amount,
        "shortfall": each.shortfall, "reason": each.reason,
    }  # fmt: skip


@staff_page(*PRINTERS)
def receipt(request: StaffRequest, number: str) -> HttpResponse:
    """Return the receipt of a collected charge as it is printed."""
    case = find(request.actor, number, ("charge",))
    charge = Charge.objects.select_related("case__office__company", "case__parent__unit", "collector").get(pk=case.pk)
    taken = Event.objects.filter(case=case, verb__in=PAYING).order_by("pk").last()
    if taken is None or not charge.collected or charge.case.parent is None:
        raise Http404(number)
    office, order = charge.case.office, charge.case.parent
    facts = ReceiptFacts(
        company=office.company.name,
        office_name=office.name,
        office_phone=office.phone,
        form_no=FORM_NO,
        number=charge.receipt,
        payer=charge.payer,
        unit=order.unit.said if order.unit else "",
        order_number=order.number,
        amount=charge.collected,
        collector=taker.name if (taker := collector_of(charge)) else "",
        collected_at=taken.happened_at,
        method=choice_word("method", charge.method),
        purpose=_(PROCEDURES[order.kind].title),
    )
    headers = {"Content-Disposition": f'inline; filename="{charge.receipt}.pdf"'}
    return HttpResponse(receipt_pdf(facts), "application/pdf", headers=headers)
