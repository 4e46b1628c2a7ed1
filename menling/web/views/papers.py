"""Papers of an order: the slip for the worker and the note for the door."""

from uuid import uuid4

from django.http import HttpResponse

from menling.doorway.doing import Asked, NotThere, act, find
from menling.doorway.masking import paper_shown
from menling.doorway.papers import message_facts, slip_facts
from menling.doorway.showing import loaded
from menling.orders.models import MessageSlip
from menling.printing.slips import Layout, message_slip_pdf, slip_pdf
from menling.procedures.repair import CALLERS
from menling.web.session import StaffRequest, staff_page
from menling.web.sheets import as_pdf

SLIPS = ("repair", "alarm")
"""Kinds of order that go to the worker on a slip."""
LAYOUTS: dict[str, Layout] = {"a5": "a5", "large": "a5", "93": "strip241x93", "140": "strip241x140"}


@staff_page()
def slip(request: StaffRequest, number: str, layout: str) -> HttpResponse:
    """Return the dispatch slip as a PDF; for those who call it bears the number, which is put on record (MR-13)."""
    if layout not in LAYOUTS:
        raise NotThere(layout)
    case = find(request.actor, number, SLIPS)
    may_call = request.actor.holds(case.office_id, *CALLERS)
    if may_call:
        act(Asked(request.actor, f"slip-{uuid4()}", request.now, {}), number, "reveal", SLIPS)
    site = request.build_absolute_uri("/").rstrip("/")
    facts = slip_facts(loaded(case), request.now, site, phone_shown=may_call, large_type=layout == "large")
    return as_pdf(slip_pdf(paper_shown(facts, case, request.actor, request.now), LAYOUTS[layout]), number)


@staff_page()
def message_slip(request: StaffRequest, number: str) -> HttpResponse:
    """Return the newest note left on the door of an order, with its stub."""
    case = find(request.actor, number, SLIPS)
    left = MessageSlip.objects.filter(order_id=case.pk).order_by("-pk").first()
    if left is None:
        raise NotThere(number)
    site = request.build_absolute_uri("/").rstrip("/")
    facts = paper_shown(message_facts(loaded(case), left, site), case, request.actor, request.now)
    return as_pdf(message_slip_pdf(facts), f"{number}-{left.number}")
