"""Payments by QR code: statements brought in, what they confirm by themselves, and what finance matches by hand."""

from functools import partial

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from menling.doorway.doing import Asked, act
from menling.doorway.language import said
from menling.kernel.money import ZERO
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role
from menling.money.payments import plain, unconfirmed, unmatched
from menling.money.statements import Statement, keep, read
from menling.policies.values import values_for
from menling.web.answers import answered, asked
from menling.web.session import StaffRequest, staff_page

READERS = (Role.FINANCE, Role.BUSINESS_LEAD, Role.OFFICE_MANAGER, Role.COMPANY_MANAGEMENT)
MOST_BYTES = 8 << 20
SHOWN_FLAWS = 20
SHOWN = 200


@staff_page(*READERS)
def start(request: StaffRequest) -> HttpResponse:
    """Show the lines that paid nothing yet with what they may have paid, and the payments on no statement yet."""
    lines, waiting = unmatched(request.actor, request.office), unconfirmed(request.actor, request.office)
    return render(request, "web/roles/statements.html", {
        "lines": lines[:SHOWN], "waiting": waiting[:SHOWN], "n_lines": len(lines), "n_waiting": len(waiting),
        "sum_lines": sum((each.line.amount for each in lines), ZERO),
        "sum_waiting": sum((each.collected or ZERO for each in waiting), ZERO),
        "matches": request.actor.holds(request.office.pk, Role.FINANCE),
        "accounts": {"wechat": _("WeChat Pay"), "alipay": _("Alipay"), "bank": _("bank")},
    })  # fmt: skip


@require_POST
@staff_page(Role.FINANCE)
def bring(request: StaffRequest) -> HttpResponse:
    """Keep the lines of a statement and match what plainly belongs together; a file with an unreadable row is not kept."""
    sent = request.FILES.get("file")
    data = sent.read(MOST_BYTES + 1) if isinstance(sent, UploadedFile) else b""
    if not data or len(data) > MOST_BYTES:
        messages.error(request, _("Please choose the CSV file of the statement, of at most 8 MB."))
        return redirect("web:statements")
    found = read(data, values_for(request.office, request.now).calendar.zone)
    if found.flaws:
        return _flawed(request, found)
    fresh, known = keep(request.office, found, request.now)
    matched = sum(_confirmed(request, line.pk, charge.case.number) for line, charge in plain(
        unmatched(request.actor, request.office)))  # fmt: skip
    told = _("{new} new payments, {known} known already, {matched} matched by their number.")
    messages.success(request, told.format(new=len(fresh), known=known, matched=matched))
    return redirect("web:statements")


def _flawed(request: StaffRequest, found: Statement) -> HttpResponse:
    for flaw in found.flaws[:SHOWN_FLAWS]:
        row = _("Row {row}: ").format(row=flaw.row) if flaw.row else ""
        messages.error(request, row + said(flaw.why))
    messages.error(request, _("Nothing was kept. Please correct these rows, or export the statement again."))
    return redirect("web:statements")


def _confirmed(request: StaffRequest, line: int, number: str) -> bool:
    try:
        act(Asked(request.actor, f"statement-{line}", request.now, {"line": line}), number, "confirm_payment", ("charge",))
    except Refused:
        return False  # it stays on the list of what nobody has matched, for a person to look at
    return True


@require_POST
@staff_page(Role.FINANCE)
def match(request: StaffRequest) -> HttpResponse:
    """Match one line with the charge that was chosen."""
    number, line = request.POST.get("charge", ""), request.POST.get("line", "")
    doing = partial(act, asked(request, {"line": int(line) if line.isdecimal() else 0}), number, "confirm_payment", ("charge",))
    return answered(request, doing, lambda answer: reverse("web:statements"), stays=False)
