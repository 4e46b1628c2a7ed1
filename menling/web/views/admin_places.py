"""Offices and homes: the list, one home with its people, and the office as it is printed."""

from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from menling.premises.administration import places
from menling.premises.administration.books import KEEPERS
from menling.premises.administration.places import Home
from menling.premises.models import Occupancy, Unit
from menling.web.entering import entered, needed_day, pen, posted_day
from menling.web.session import StaffRequest, staff_page

KEEPING = tuple(sorted(KEEPERS))
PAGE = 100


@staff_page(*KEEPING)
def listing(request: StaffRequest) -> HttpResponse:
    """List the homes of the office; `q` is a number, a name, initials or a phone, `after` the last home of the page before."""
    asked, after = request.GET.get("q", "").strip(), request.GET.get("after", "")
    rows = places.units_of(request.office, asked)
    found = list((rows.filter(code__gt=after) if after else rows)[: PAGE + 1])
    live = Occupancy.objects.filter(unit__in=[unit.pk for unit in found], until__isnull=True)
    people: dict[int, list[Occupancy]] = {}
    for each in live.select_related("person").order_by("pk"):
        people.setdefault(each.unit_id, []).append(each)
    shown = {"rows": [(unit, people.get(unit.pk, [])) for unit in found[:PAGE]], "asked": asked,
             "more": found[PAGE - 1].code if len(found) > PAGE else "", "today": localtime(request.now).date()}  # fmt: skip
    return render(request, "web/roles/units.html", shown)


@staff_page(*KEEPING)
def new(request: StaffRequest) -> HttpResponse:
    """Write a new home down."""
    if request.method != "POST":
        return render(request, "web/roles/unit.html", {"unit": None, "roles": Occupancy.Role.choices})
    return entered(request, partial(_save, request), reverse("web:units"), _("The home is on the list."))


def _save(request: StaffRequest, unit: Unit | None = None) -> None:
    places.save_unit(request.office, pen(request), _home(request), unit)


@staff_page(*KEEPING)
def one(request: StaffRequest, key: int) -> HttpResponse:
    """Show a home with its people, or correct it."""
    unit = _unit(request, key)
    if request.method == "POST":
        saving = partial(_save, request, unit)
        return entered(request, saving, _page(unit), _("Saved."))
    people = Occupancy.objects.filter(unit=unit).select_related("person").prefetch_related("person__phone_set")
    shown = {"unit": unit, "people": people.order_by("until", "-since", "pk"), "roles": Occupancy.Role.choices,
             "today": localtime(request.now).date()}  # fmt: skip
    return render(request, "web/roles/unit.html", shown)


def _unit(request: StaffRequest, key: int) -> Unit:
    return get_object_or_404(Unit.objects.select_related("office"), pk=key, office=request.office)


def _home(request: StaffRequest) -> Home:
    return Home(
        request.POST.get("code", ""), posted_day(request, "handed_over_on", required=False),
        posted_day(request, "warranty_until", required=False), request.POST.get("developer_contact", ""),
        request.POST.get("special_care", ""), "is_public" in request.POST,
    )  # fmt: skip


def _page(unit: Unit) -> str:
    return reverse("web:unit", args=[unit.pk])


@require_POST
@staff_page(*KEEPING)
def person_added(request: StaffRequest, key: int) -> HttpResponse:
    """Add somebody to a home."""
    unit = _unit(request, key)

    def writing() -> None:
        given = {name: request.POST.get(name, "") for name in ("name", "phone", "role", "title")}
        places.move_in(unit, pen(request), since=needed_day(request, "since"), **given)

    return entered(request, writing, _page(unit), _("The person is on the list of this home."))


@require_POST
@staff_page(*KEEPING)
def person_left(request: StaffRequest, key: int, occupancy: int) -> HttpResponse:
    """Let somebody's role in a home end."""
    unit = _unit(request, key)
    held = Occupancy.objects.filter(pk=occupancy, unit=unit, until__isnull=True).select_related("unit__office", "person").first()
    if held is None:
        raise Http404(str(occupancy))

    def writing() -> None:
        places.move_out(held, pen(request), until=needed_day(request, "until"), today=localtime(request.now).date())

    return entered(request, writing, _page(unit), _("The stay has ended; past orders keep the name."))


@staff_page(*KEEPING)
def office(request: StaffRequest) -> HttpResponse:
    """Show or correct the office as it is printed on every slip."""
    if request.method != "POST":
        return render(request, "web/roles/office.html")
    given = {name: request.POST.get(name, "") for name in ("name", "phone", "address")}
    saving = partial(places.save_office, request.office, pen(request), **given)
    return entered(request, saving, reverse("web:office_page"), _("Saved."))
