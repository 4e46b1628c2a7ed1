"""What a resident signed on paper, put on file: the picture of the sheet, the name under it, and what is ticked on it (MR-49)."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from menling.doorway.doing import act, find
from menling.doorway.uploading import may_upload
from menling.journal.facts import Malformed
from menling.journal.files import keep_image
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role
from menling.policies.values import values_for
from menling.web.answers import answered, asked, said_no
from menling.web.fields import instant
from menling.web.session import StaffRequest, staff_page

KINDS = ("repair", "errand")
DESKS = (Role.SERVICE_DESK, Role.SERVICE_DESK_SUPERVISOR, Role.CONTROL_CENTRE)
TICKED = ("rating", "opinion")
"""What stands on a dispatch slip beside the signature."""


@require_POST
@staff_page(*DESKS)
def signed(request: StaffRequest, number: str) -> HttpResponse:
    """Put the sheet the resident signed on file, at the time that stands on it if one does (HC-5.5.1, HC-5.4.3, MR-4)."""
    case, scan = find(request.actor, number, KINDS), request.FILES.get("scan")
    zone = values_for(case.office, request.now).calendar.zone
    try:
        may_upload(case, request.actor)
        signed_at = instant("happened_at", request.POST.get("happened_at", ""), request.now, zone)
        kept = keep_image(case, scan.read(), "photo", by=request.actor, at=request.now).digest if scan else ""
    except (Refused, Malformed) as problem:
        return said_no(request, problem)
    body: dict[str, Any] = {name: request.POST[name].strip() for name in TICKED if request.POST.get(name, "").strip()}
    body |= {"scan": kept, "name": request.POST.get("name", "")} | ({"happened_at": signed_at} if signed_at else {})
    doing = partial(act, asked(request, body), number, "sign_on_paper", KINDS)
    return answered(request, doing, lambda _answer: reverse("web:order", args=[number]), _("{number}: done"), stays=False)
