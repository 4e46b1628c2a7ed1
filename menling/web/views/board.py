"""The control room's board: columns by urgency, a table, and the wall."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.functional import SimpleLazyObject
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from menling.kernel.roles import Role as R
from menling.premises.administration.covering import on_call
from menling.procedures.repair_policy import RepairPolicy
from menling.procedures.repair_rules import acting
from menling.web.board_rows import drawn
from menling.web.boards import LATE, RUNNING, SOON, Board, board
from menling.web.intake import desk_of, prefilled
from menling.web.session import StaffRequest, figures, staff_page
from menling.web.views.pickups import READERS as PICKUP_READERS

WATCHERS = (R.CONTROL_CENTRE, R.SERVICE_DESK, R.SERVICE_DESK_SUPERVISOR, R.TEAM_LEAD, R.BUSINESS_LEAD, R.OFFICE_MANAGER,
            R.COMPANY_MANAGEMENT, R.QUALITY)  # fmt: skip
LOOKS = ("columns", "table", "wall")
SHOWS = {"": gettext_noop("All"), "undispatched": gettext_noop("Not dispatched"), LATE: gettext_noop("Late"),
         SOON: gettext_noop("Soon late"), RUNNING: gettext_noop("In time")}  # fmt: skip
SEEN_AS = "board_as"


@staff_page(*WATCHERS)
def show(request: StaffRequest) -> HttpResponse:
    """The board as columns or as a table; the choice is remembered on this PC."""
    look = request.GET.get("as") or ("table" if request.GET.get("show") else request.COOKIES.get(SEEN_AS, "columns"))
    answer = render(request, "web/pages/board.html", _whole(request, look if look in LOOKS[:2] else "columns"))
    if request.GET.get("as") in LOOKS[:2] and not request.GET.get("show"):
        answer.set_cookie(SEEN_AS, look, max_age=365 * 24 * 3600, samesite="Lax")
    return answer


@staff_page(*WATCHERS)
def wall(request: StaffRequest) -> HttpResponse:
    """The board alone, dark, for the wall of the control room."""
    return render(request, "web/pages/wall.html", _context(request, "wall"))


@staff_page(*WATCHERS)
def rows(request: StaffRequest) -> HttpResponse:
    """What the page asks for every five seconds; 304 while nothing looks different."""
    look = request.GET.get("as", "columns")
    context = _context(request, look if look in LOOKS else "columns")
    if request.headers.get("If-None-Match") == context["seal"]:
        answer = HttpResponse(status=304)
    else:
        answer = render(request, "web/parts/board.html", context)
    answer["ETag"] = context["seal"]
    patch_cache_control(answer, private=True, no_cache=True)
    return answer


def _whole(request: StaffRequest, look: str) -> dict[str, Any]:
    return _context(request, look) | {"form": prefilled(None)}


def _context(request: StaffRequest, look: str) -> dict[str, Any]:
    shown = request.GET.get("show", "")
    shown = shown if shown in SHOWS else ""
    seen = board(request.office, request.now, request.actor, _roles(request))
    called = on_call(request.office.pk, localtime(request.now))
    opens = request.actor.holds(request.office.pk, *PICKUP_READERS)
    return {
        # only a referral on the board, or the whole page, asks what this desk takes
        "desk": SimpleLazyObject(lambda: desk_of(request)),
        "opens_pickups": opens, "board": seen, "look": look, "show": shown, **_drawn(seen, look, shown, request.now),
        "on_call": called, "counts": _counts(seen), "shows": [(name, _(title)) for name, title in SHOWS.items()],
        "seal": seen.seal(look, shown, get_language(), request.office.pk, localtime(request.now).date(),
                          [each.staff_id for each in called], [each.is_late(request.now) for each in seen.pickups], opens),
    }  # fmt: skip


def _drawn(seen: Board, look: str, shown: str, now: datetime) -> dict[str, Any]:
    """The rows as HTML, of the look asked for alone, and not before a template asks: an unchanged board is not drawn."""
    if look == "table":
        return {"lines": SimpleLazyObject(lambda: drawn(seen.of(shown), look, now))}
    names = (LATE, SOON, RUNNING)
    return {"columns": SimpleLazyObject(lambda: [(name, drawn(seen.of(name), look, now)) for name in names])}


def _roles(request: StaffRequest) -> frozenset[R]:
    """Return the roles held here, that of the desk that takes repairs among them (CF-01)."""
    held = request.actor.roles_in(request.office.pk)
    takes = R.REPAIR_DESK in acting(held, figures(request).policy(RepairPolicy))
    return held | ({R.REPAIR_DESK} if takes else frozenset())


def _counts(seen: Board) -> dict[str, int]:
    return {name: len(seen.of(name)) for name in ("undispatched", LATE, SOON, RUNNING)}
