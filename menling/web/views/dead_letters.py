"""What became of the messages of the office: sent, waiting, or given up, and sent once more with one press."""

from collections.abc import Sequence

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from menling.mail.alike import alike, those_alike, without
from menling.mail.failing import standing, stuck
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
    """List the newest deliveries; `state` is again, waiting or dead, `before` pages on.

    What failed alike is one line; `like` one of them lists them all.
    """
    state, before = request.GET.get("state", ""), request.GET.get("before", "")
    state = state if state in STATES else ""
    like = _one(request, int(request.GET["like"])) if request.GET.get("like", "").isdecimal() else None
    kinds = [] if like else alike(request.office, STATES[state][1])
    which = those_alike(request.office, like) if like else STATES[state][1]
    rows = without(Delivery.objects.filter(which, office=request.office).order_by("-pk"), kinds)
    rows = rows.filter(pk__lt=int(before)) if before.isdecimal() else rows
    found = list(rows.select_related("message__case", "channel", "staff", "office")[:SHOWN])
    people = _people(found)
    policy = values_for(request.office, request.now).policy(MailPolicy)
    shown = {
        "rows": [(row, people.get(row.message.staff_id), standing(row, request.now)) for row in found], "state": state,
        "kinds": [] if before else kinds, "like": like,
        "states": [(name, title) for name, (title, _which) in STATES.items()],
        "more": found[-1].pk if len(found) == SHOWN else 0,
        "stuck": stuck(request.office, request.now), "limits": policy,
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
    return _sent_again(request, key)


@require_POST
@staff_page(*READERS)
def again_alike(request: StaffRequest, key: int) -> HttpResponse:
    """Send once more what was given up for the same reason as one of it."""
    return _sent_again(request, key, alike=True)


def _sent_again(request: StaffRequest, only: int | None, *, alike: bool = False) -> HttpResponse:
    done = _("On its way again; what came of it stands here in a moment.")
    return entered(request, lambda: resend(request.office, pen(request), only, alike=alike), reverse("web:deliveries"), done)


def _one(request: StaffRequest, key: int) -> Delivery:
    found = Delivery.objects.filter(office=request.office, pk=key).first()
    if found is None:
        raise Http404(str(key))
    return found
