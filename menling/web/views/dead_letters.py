"""What became of the messages of the office: sent, waiting, or given up, and sent once more with one press."""

from collections.abc import Sequence

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from menling.mail.failing import stuck
from menling.mail.keeping import RESENDERS, resend
from menling.mail.models import Delivery
from menling.mail.policy import MailPolicy
from menling.policies.values import values_for
from menling.premises.models import Staff
from menling.web.entering import entered, pen
from menling.web.session import StaffRequest, staff_page

READERS = tuple(sorted(RESENDERS))
SHOWN = 100
STATES = {
    "": (gettext_noop("All"), Q()),
    "again": (gettext_noop("Being tried again"), Q(sent_at__isnull=True, dead_at__isnull=True, failing_since__isnull=False)),
    "waiting": (gettext_noop("Waiting"), Q(sent_at__isnull=True, dead_at__isnull=True)),
    "dead": (gettext_noop("Not delivered"), Q(dead_at__isnull=False)),
}


@staff_page(*READERS)
def listing(request: StaffRequest) -> HttpResponse:
    """List the newest deliveries; `state` is again, waiting or dead, `before` pages on."""
    state, before = request.GET.get("state", ""), request.GET.get("before", "")
    state = state if state in STATES else ""
    rows = Delivery.objects.filter(STATES[state][1], office=request.office).order_by("-pk")
    rows = rows.filter(pk__lt=int(before)) if before.isdecimal() else rows
    found = list(rows.select_related("message__case", "channel", "staff", "office")[:SHOWN])
    people = _people(found)
    shown = {
        "rows": [(row, people.get(row.message.staff_id)) for row in found], "state": state,
        "states": [(name, title) for name, (title, _which) in STATES.items()],
        "more": found[-1].pk if len(found) == SHOWN else 0,
        "stuck": stuck(request.office, request.now), "limits": values_for(request.office, request.now).policy(MailPolicy),
        "dead": Delivery.objects.filter(office=request.office, dead_at__isnull=False)[:SHOWN].count(),
    }  # fmt: skip
    return render(request, "web/roles/deliveries.html", shown)


def _people(rows: Sequence[Delivery]) -> dict[int | None, Staff]:
    wanted = [row.message.staff_id for row in rows if row.message.staff_id]
    return dict(Staff.objects.in_bulk(wanted).items())


@require_POST
@staff_page(*READERS)
def again(request: StaffRequest, key: int | None = None) -> HttpResponse:
    """Send what was given up once more: one of it, or all."""
    done = _("On its way again; what came of it stands here in a moment.")
    return entered(request, lambda: resend(request.office, pen(request), key), reverse("web:deliveries"), done)
