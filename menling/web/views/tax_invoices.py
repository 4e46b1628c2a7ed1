"""Tax invoices: what is asked for and to be reversed, the requests of a month, and their file for the invoicing package."""

from datetime import date, timedelta
from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from menling.doorway.doing import find, open_new
from menling.doorway.invoice_requests import requests_csv
from menling.doorway.labels import LABELS
from menling.doorway.month import first_of
from menling.doorway.showing import loaded
from menling.doorway.vouchers import ENCODINGS
from menling.journal.cases import visible_to
from menling.journal.facts import Malformed
from menling.money.given import TaxInvoice
from menling.policies.values import values_for
from menling.procedures.tax_invoice import ASKERS, READERS, TaxInvoicePolicy
from menling.web.answers import answered, asked
from menling.web.session import StaffRequest, staff_page
from menling.web.sheets import span_of_month
from menling.web.templatetags.show import choice_word, clock, yuan
from menling.web.views.adjustments import Shown, money_page

MOST = 300
FIELDS = ("order", "title", "made_out_to", "tax_number", "email")
RELATED = ("case", "case__parent", "case__unit", "charge__case")


@staff_page(*READERS)
def listing(request: StaffRequest) -> HttpResponse:
    """Show what is to be issued or reversed, then the requests of a month."""
    first = _month(request)
    cases = visible_to(request.actor).filter(kind="tax_invoice", office=request.office)
    rows = TaxInvoice.objects.filter(case__in=cases).select_related(*RELATED)
    since, until = span_of_month(f"{first:%Y-%m}", request.now)
    return render(request, "web/roles/tax_invoices.html", {
        "waiting": rows.filter(case__closed_at__isnull=True).order_by("case__reported_at", "pk")[:MOST],
        "month": rows.filter(case__reported_at__gte=since, case__reported_at__lt=until).order_by("pk")[:MOST],
        "first": first, "before": first - timedelta(days=1), "after": first + timedelta(days=31),
        "may_ask": request.actor.holds(request.office.pk, *ASKERS), "order": request.GET.get("order", ""),
    })  # fmt: skip


@require_POST
@staff_page(*(ASKERS & READERS))
def ask(request: StaffRequest) -> HttpResponse:
    """Ask for one."""
    body: dict[str, Any] = {name: text for name in FIELDS if (text := request.POST.get(name, "").strip())}
    return answered(request, partial(open_new, asked(request, body | {"office": request.office.pk}), "tax_invoice", "ask"),
                    lambda answer: reverse("web:tax_invoice", args=[answer.body["number"]]), stays=False)  # fmt: skip


@staff_page(*READERS)
def one(request: StaffRequest, number: str) -> HttpResponse:
    """Show one: of what, made out to whom, its numbers, what can be done, the timeline."""
    case = find(request.actor, number, ("tax_invoice",))
    row: TaxInvoice = loaded(case)
    return money_page(request, case, _said(row, request), f"{row.title} {yuan(row.amount)}", "", reverse("web:tax_invoices"))


def _said(row: TaxInvoice, request: StaffRequest) -> Shown:
    told = (
        ("amount", yuan(row.amount)), ("receipt", row.charge.receipt), ("charge", row.charge.case.number),
        ("made_out_to", choice_word("made_out_to", row.made_out_to)), ("title", row.title), ("tax_number", row.tax_number),
        ("email", row.email), ("invoice", f"{row.invoice} {clock(row.issued_at, request.now)}".strip()),
    )  # fmt: skip
    reversal = [(_("Reversed by invoice"), row.reversal)] if row.reversal else []
    return [(_(LABELS[name]), words) for name, words in told if words] + reversal


@staff_page(*READERS)
def month_csv(request: StaffRequest) -> HttpResponse:
    """Return what is still to be issued of a month as CSV for the invoicing package; `encoding` is one it reads."""
    first, encoding = _month(request), request.GET.get("encoding", "utf-8")
    if encoding not in ENCODINGS:
        raise Http404(encoding)
    since, until = span_of_month(f"{first:%Y-%m}", request.now)
    cases = visible_to(request.actor).filter(kind="tax_invoice", office=request.office, status="asked",
                                             reported_at__gte=since, reported_at__lt=until)  # fmt: skip
    rows = TaxInvoice.objects.filter(case__in=cases).select_related(*RELATED).order_by("pk")
    policy = values_for(request.office, request.now).policy(TaxInvoicePolicy)
    named = f"{request.office.code}-tax-invoices-{first:%Y%m}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{named}"', "Cache-Control": "private, no-store"}
    return HttpResponse(requests_csv(rows, policy, encoding), f"text/csv; charset={encoding}", headers=headers)


def _month(request: StaffRequest) -> date:
    try:
        return first_of(request.GET.get("month", ""), request.now)
    except Malformed as error:
        raise Http404("month") from error
