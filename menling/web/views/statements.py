"""Payments by QR code: statements brought in, what they confirm by themselves, and what finance matches by hand."""

from collections.abc import Sequence
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
from menling.journal.cases import visible_to
from menling.journal.models import Case
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role
from menling.money.payments import aside, plain, unconfirmed, unmatched, waiting_sums
from menling.money.statements import Flaw, contradicted, keep, read
from menling.policies.values import values_for
from menling.web.answers import answered, asked
from menling.web.session import StaffRequest, staff_page

READERS = (Role.FINANCE, Role.BUSINESS_LEAD, Role.OFFICE_MANAGER, Role.COMPANY_MANAGEMENT)
MOST_BYTES = 8 << 20
SHOWN_FLAWS = 20
SHOWN = 50


@staff_page(*READERS)
def start(request: StaffRequest) -> HttpResponse:
    """Show the lines that paid nothing yet with what they may have paid, and the payments on no statement yet."""
    by, office = request.actor, request.office
    lines = unmatched(by, office, _after(request, "lines"), SHOWN + 1)
    waiting = unconfirmed(by, office, _after(request, "waiting"), SHOWN + 1)
    (n_lines, sum_lines), (n_waiting, sum_waiting) = waiting_sums(by, office)
    return render(request, "web/roles/statements.html", {
        "lines": lines[:SHOWN], "waiting": waiting[:SHOWN], "n_lines": n_lines, "n_waiting": n_waiting,
        "more_lines": lines[SHOWN - 1].line.pk if len(lines) > SHOWN else None,
        "more_waiting": waiting[SHOWN - 1].pk if len(waiting) > SHOWN else None,
        "sum_lines": sum_lines, "sum_waiting": sum_waiting,
        "matches": request.actor.holds(request.office.pk, Role.FINANCE),
        "aside": aside(office, SHOWN), "day": _day(request),
        "accounts": {"wechat": _("WeChat Pay"), "alipay": _("Alipay"), "bank": _("bank")},
    })  # fmt: skip


def _day(request: StaffRequest) -> Case | None:
    """Return the cashier's day on whose sheet a line is set aside: the newest, closed or not."""
    days = visible_to(request.actor).filter(office=request.office, kind="cashier_day")
    return days.order_by("-cashierday__day").first()


def _after(request: StaffRequest, name: str) -> int:
    """Return the key behind which a list goes on."""
    asked_for = request.GET.get(name, "")
    return int(asked_for) if asked_for.isdecimal() and len(asked_for) < 19 else 0


@require_POST
@staff_page(Role.FINANCE)
def bring(request: StaffRequest) -> HttpResponse:
    """Keep the lines of a statement and match what plainly belongs together; a file with an unreadable row is not kept."""
    sent = request.FILES.get("file")
    data = sent.read(MOST_BYTES + 1) if isinstance(sent, UploadedFile) else b""
    if not data or len(data) > MOST_BYTES:
        messages.error(request, _("Please choose the file of the statement (CSV or .xlsx), of at most 8 MB."))
        return redirect("web:statements")
    found = read(data, values_for(request.office, request.now).calendar.zone)
    flaws = found.flaws or contradicted(request.office, found)
    if flaws:
        return _flawed(request, flaws)
    fresh, known = keep(request.office, found, request.now)
    matched = sum(_confirmed(request, line.pk, charge.case.number) for line, charge in plain(
        unmatched(request.actor, request.office)))  # fmt: skip
    told = _("{new} new payments, {known} known already, {matched} matched by their number.")
    messages.success(request, told.format(new=len(fresh), known=known, matched=matched))
    return redirect("web:statements")


def _flawed(request: StaffRequest, flaws: Sequence[Flaw]) -> HttpResponse:
    for flaw in flaws[:SHOWN_FLAWS]:
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
