"""What phones sent late and the office refused: what was typed, why it was refused, and one tap to write it down (MR-41)."""

from dataclasses import dataclass
from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from menling.doorway.doing import act
from menling.journal.cases import visible_to
from menling.journal.models import Case
from menling.kernel.roles import RECORDERS, Role
from menling.orders.models import RefusedStep
from menling.web.answers import answered, asked
from menling.web.session import StaffRequest, staff_page
from menling.web.timeline import facts_in_words
from menling.web.wording import verb_of

READERS = RECORDERS | {Role.SERVICE_DESK_SUPERVISOR, Role.BUSINESS_LEAD, Role.OFFICE_MANAGER}
MOST, DONE_SHOWN = 100, 30


@dataclass(frozen=True)
class Line:
    """A refused step for reading: whose it was, of which case, its title, what was typed as (name, value), and why
    it was refused."""

    case: Case
    kept: RefusedStep
    title: str
    said: list[tuple[str, str]]
    why: str


@staff_page(*sorted(READERS))
def listing(request: StaffRequest) -> HttpResponse:
    """List what waits to be decided, the oldest first, and what was decided last."""
    rows = visible_to(request.actor).filter(kind="refused_step", office=request.office)
    rows = rows.select_related("refusedstep__of", "refusedstep__worker", "unit")
    waiting = rows.filter(closed_at__isnull=True).order_by("reported_at", "pk")[:MOST]
    done = rows.filter(closed_at__isnull=False).order_by("-closed_at", "-pk")[:DONE_SHOWN]
    return render(request, "web/roles/refused_steps.html", {
        "waiting": [_line(request, case) for case in waiting], "done": [_line(request, case) for case in done],
        "decides": request.actor.holds(request.office.pk, *RECORDERS),
    })  # fmt: skip


def _line(request: StaffRequest, case: Case) -> Line:
    kept: RefusedStep = case.refusedstep
    why = kept.why if get_language().startswith("en") or not kept.why_zh else kept.why_zh
    return Line(case, kept, verb_of(kept.of, kept.verb), facts_in_words(kept.facts, request.now), why)


@require_POST
@staff_page(*sorted(RECORDERS))
def record(request: StaffRequest, number: str) -> HttpResponse:
    """Write a refused step down as it was typed, at its true time; refused again, it stays on the list."""
    doing = partial(act, asked(request, {}), number, "record", ("refused_step",))
    return answered(request, doing, lambda answer: reverse("web:refused_steps"), _("{number} is written down"), stays=False)
