"""Fast work first, the slip later: one page for a job that was done before anybody typed (HC-5.2.5)."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from menling.kernel.recording import SOURCES
from menling.kernel.roles import RECORDERS
from menling.kernel.roles import Role as R
from menling.orders.commands.emergencies import BY_STEPS
from menling.policies.values import values_for
from menling.premises.crew import employed
from menling.procedures.emergency import ITEMS
from menling.procedures.repair_policy import RepairPolicy
from menling.web.afterwards import record
from menling.web.answers import answered
from menling.web.intake import channels, desk_of
from menling.web.labels import CHOICES
from menling.web.session import StaffRequest, staff_page


@staff_page(*sorted(RECORDERS))
def page(request: StaffRequest) -> HttpResponse:
    """GET: the form. POST: write the job down with its true times; it stands on the list of late entries."""
    if request.method == "POST":
        return answered(request, partial(record, request), lambda answer: reverse("web:order", args=[answer.body["number"]]))
    policy = values_for(request.office, request.now).policy(RepairPolicy)
    duties = [(each, _(ITEMS.get(each, each))) for each in policy.emergency_list if each not in BY_STEPS]
    shown = {
        "desk": desk_of(request), "channels": channels(), "duties": duties,
        "workers": employed(request.office.pk, R.REPAIR_WORKER, localtime(request.now).date()).order_by("number"),
        "sources": [(each, _(CHOICES["source"][each])) for each in SOURCES],
    }  # fmt: skip
    return render(request, "web/pages/afterwards.html", shown)
