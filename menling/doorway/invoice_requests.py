"""Requests for tax invoices as a CSV file for the invoicing package; docs/tax-invoices.md tells each column."""

import csv
from collections.abc import Iterable
from decimal import Decimal
from io import StringIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from menling.doorway.language import said
from menling.doorway.vouchers import ENCODINGS, plain_words
from menling.money.given import TaxInvoice
from menling.procedures.tax_invoice import TaxInvoicePolicy

BUYERS = {"person": gettext_noop("a person"), "company": gettext_noop("a company")}


def requests_csv(rows: Iterable[TaxInvoice], policy: TaxInvoicePolicy, encoding: str = "utf-8") -> bytes:
    """Return requests as CSV in the reader's language, with one row of headings; amounts in yuan, the tax included."""
    made = StringIO()
    writer = csv.writer(made)
    writer.writerow(_headings())
    writer.writerows(_row(each, policy) for each in rows)
    return made.getvalue().encode(ENCODINGS[encoding])


def _headings() -> list[str]:
    return [_("Request"), _("Made out to"), _("Title of the invoice"), _("Tax number"), _("E-mail"), _("What is sold"),
            _("Amount with tax"), _("Tax rate"), _("Order"), _("Receipt"), _("Number of the invoice")]  # fmt: skip


def _row(each: TaxInvoice, policy: TaxInvoicePolicy) -> list[str]:
    order = each.case.parent.number if each.case.parent else ""
    return [each.case.number, said(BUYERS[each.made_out_to]), plain_words(each.title), each.tax_number, plain_words(each.email),
            policy.item, f"{each.amount:.2f}", f"{(policy.rate / Decimal(100)).normalize():f}", order,
            each.charge.receipt, ""]  # fmt: skip
