"""What another desk passed on: the words as they were typed there, to be taken or closed with a reason."""

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import render

from menling.doorway.departments import department_name
from menling.doorway.offered import actions
from menling.doorway.showing import loaded
from menling.journal.cases import visible_to
from menling.journal.models import Attachment, Case
from menling.kernel.roles import Role as R
from menling.kinds import KINDS
from menling.orders.calls import guided
from menling.orders.referred import promised
from menling.procedures.referral import followed_by
from menling.web.intake import desk_of, desks
from menling.web.labels import CHOICES
from menling.web.passed_on import followed_up, taken_up
from menling.web.session import StaffRequest, staff_page
from menling.web.steps import Buttons

DESKS = (R.CONTROL_CENTRE, R.SERVICE_DESK, R.SERVICE_DESK_SUPERVISOR)
MOST, DONE_SHOWN = 100, 20
PHOTOS = Prefetch("parent__attachments", Attachment.objects.filter(kind="photo").order_by("pk"), to_attr="photos")


@staff_page(*DESKS)
def inbox(request: StaffRequest) -> HttpResponse:
    """List what waits for this desk, the urgent on top; what waits at the other one; and what was dealt with last."""
    rows = visible_to(request.actor).filter(kind="referral", office=request.office)
    rows = rows.select_related("parent", "referral", "referral__became")
    waiting = rows.filter(closed_at__isnull=True).order_by("-referral__urgent", "reported_at", "pk")[:MOST]
    shown = [(case, _buttons(request, case)) for case in waiting.prefetch_related("deadlines", PHOTOS)]
    mine = desks(request)
    followed = followed_by(mine)
    return render(request, "web/pages/referrals.html", {
        "mine": [each for each in shown if each[0].referral.to_desk in mine and not each[0].referral.department],
        "away": [(case, made, department_name(case.referral.department), promised(case)) for case, made in shown
                 if case.referral.department and case.referral.to_desk in followed],
        "others": [(case, department_name(case.referral.department)) for case, _each in shown
                   if case.referral.to_desk not in (followed if case.referral.department else mine)],
        "done": rows.filter(closed_at__isnull=False).order_by("-reported_at")[:DONE_SHOWN],
        "desk": desk_of(request), "wanted": CHOICES["wanted"],
    })  # fmt: skip


def _buttons(request: StaffRequest, case: Case) -> Buttons:
    offered = actions(loaded(case), KINDS["referral"], request.actor)
    if case.referral.department:
        return followed_up(case, offered)
    return taken_up(offered, becomes_order=case.referral.wanted in desk_of(request).takes)


@staff_page()
def waiting(request: StaffRequest) -> HttpResponse:
    """Count what waits for this desk, for the badge in the left column."""
    found = guided(request.office, request.actor, desks(request))
    urgent = any(case.referral.urgent for case in found)
    return render(request, "web/parts/badge.html", {"count": len(found), "tone": "late" if urgent else "soon"})
