"""Accounting vouchers as a CSV file for a general-ledger package; docs/vouchers.md tells each column."""

import csv
from collections.abc import Iterable, Iterator
from decimal import Decimal
from io import StringIO

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from menling.doorway.language import said
from menling.money.vouchers import Line, Voucher

ENCODINGS = {"utf-8": "utf-8-sig", "gb18030": "gb18030"}
"""Encodings of the file by the name in an address: most packages and Excel take the first, older packages the second."""


def vouchers_csv(found: Iterable[Voucher], encoding: str = "utf-8") -> bytes:
    """Return the lines of vouchers as CSV in the reader's language, with one row of headings."""
    made = StringIO()
    writer = csv.writer(made)
    writer.writerow(_headings())
    writer.writerows(_rows(found))
    return made.getvalue().encode(ENCODINGS[encoding])


def _headings() -> list[str]:
    return [_("Date"), _("Voucher word"), _("Voucher number"), _("Summary"), _("Account code"), _("Ledger account"), _("Debit"),
            _("Credit"), _("Party"), _("Order"), _("Receipt")]  # fmt: skip


def _rows(found: Iterable[Voucher]) -> Iterator[list[str]]:
    for each in found:
        head = [each.day.isoformat(), pgettext("voucher", "general"), str(each.number)]
        summary = " ".join(filter(None, (said(each.word), each.order, each.receipt)))
        for line in each.lines:
            amounts, party = _amounts(line), plain_words(line.party)
            yield [*head, summary, line.account, said(line.place), *amounts, party, each.order, each.receipt]


def _amounts(line: Line) -> tuple[str, str]:
    return _amount(line.debit), _amount(line.credit)


def _amount(yuan: Decimal) -> str:
    return f"{yuan:.2f}" if yuan else ""


def plain_words(typed: str) -> str:
    """Return typed words that stay words in a spreadsheet, also where they would begin a formula."""
    return f"'{typed}" if typed.startswith(("=", "+", "-", "@", "\t", "\r")) else typed
