"""What a resident signed on paper, put on file: the picture of the sheet, the name under it, and what is ticked on it (MR-49)."""

from functools import partial

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from menling.doorway.doing import act, find
from menling.doorway.uploading import may_upload
from menling.journal.files import keep_image
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role
from menling.web.answers import answered, asked, said_no
from menling.web.session import StaffRequest, staff_page

KINDS = ("repair", "errand")
DESKS = (Role.SERVICE_DESK, Role.SERVICE_DESK_SUPERVISOR, Role.CONTROL_CENTRE)
TICKED = ("rating", "opinion")
"""What stands on a dispatch slip beside the signature."""


@require_POST
@staff_page(*DESKS)
def signed(request: StaffRequest, number: str) -> HttpResponse:
    """Put the sheet the resident signed on file (HC-5.5.1, HC-5.4.3)."""
    case, scan = find(request.actor, number, KINDS), request.FILES.get("scan")
    try:
        may_upload(case, request.actor)
        kept = keep_image(case, scan.read(), "photo", by=request.actor, at=request.now).digest if scan else ""
    except Refused as problem:
        return said_no(request, problem)
    body = {name: request.POST[name].strip() for name in TICKED if request.POST.get(name, "").strip()}
    body |= {"scan": kept, "name": request.POST.get("name", "")}
    doing = partial(act, asked(request, body), number, "sign_on_paper", KINDS)
    return answered(request, doing, lambda _answer: reverse("web:order", args=[number]), _("{number}: done"), stays=False)
