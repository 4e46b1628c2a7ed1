"""The price list as it is published, and the days that are not ordinary."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from menling.catalogue.models import FeeStandard, PriceItem, PriceList
from menling.catalogue.quotes import list_in_force
from menling.journal.cases import visible_to
from menling.kernel.roles import Role
from menling.policies import days
from menling.premises import names
from menling.premises.administration.books import KEEPERS
from menling.printing.excel import register_xlsx
from menling.printing.facts import Column, Kind, RegisterFacts, Row
from menling.procedures.fee_standard import PROPOSERS
from menling.web.entering import entered, needed_day, pen
from menling.web.session import StaffRequest, staff_page
from menling.web.sheets import as_workbook
from menling.web.templatetags.show import day as day_text

KEEPING = tuple(sorted(KEEPERS))
READERS = tuple(sorted(frozenset(Role) - {Role.CUSTOMER, Role.SYSTEM, Role.EMPLOYEE}))
YEARS = range(2000, 2200)


@staff_page(*READERS)
def prices(request: StaffRequest) -> HttpResponse:
    """Show the price list in force, and the lists before and after it."""
    lists = list(PriceList.objects.filter(office=request.office, in_force_from__isnull=False).order_by("-in_force_from")[:12])
    standing = _chosen(request, lists)
    items = list(standing.items.all()) if standing else []
    waiting = FeeStandard.objects.filter(case__in=visible_to(request.actor), office=request.office, case__closed_at__isnull=True)
    shown = {"list": standing, "lists": lists, "waiting": waiting.select_related("case").order_by("pk"),
             "may_propose": request.actor.holds(request.office.pk, *PROPOSERS),
             "services": [each for each in items if not each.is_material],
             "materials": [each for each in items if each.is_material]}  # fmt: skip
    return render(request, "web/roles/prices.html", shown)


def _chosen(request: StaffRequest, lists: list[PriceList]) -> PriceList | None:
    asked = request.GET.get("list", "")
    if not asked:
        return list_in_force(request.office, request.now)
    found = next((each for each in lists if str(each.pk) == asked), None)
    if found is None:
        raise Http404(asked)
    return found


@staff_page(*READERS)
def prices_paper(request: StaffRequest, sort: str) -> HttpResponse:
    """Return the price list in force for the wall (PDF) or as a workbook."""
    standing = list_in_force(request.office, request.now)
    if standing is None:
        raise Http404(sort)
    if sort == "pdf":
        return redirect("portal:prices_paper", request.office.code)
    facts = _published(request, standing)
    name = f"{request.office.code}-prices"
    return as_workbook(register_xlsx(facts), name)


def _published(request: StaffRequest, standing: PriceList) -> RegisterFacts:
    english = (get_language() or "").startswith("en")
    columns = (
        Column("code", _("Code"), 4), Column("name", _("Item"), 16), Column("sort", _("Sort"), 4),
        Column("price", _("Price in yuan"), 6, Kind.MONEY), Column("per", _("Per"), 5),
    )  # fmt: skip
    rows: list[Row] = [
        {"code": each.code, "name": each.name_en or each.name if english else each.name, "price": each.price,
         "sort": _("material") if each.is_material else _("service"), "per": str(PriceItem.Per(each.per).label)}
        for each in standing.items.all()
    ]  # fmt: skip
    since = _("in force from {day}").format(day=day_text(localtime(standing.in_force_from)))
    return RegisterFacts(title=standing.name, office=request.office.name, company=request.office.company.name, period=since,
                         columns=columns, rows=rows)  # fmt: skip


@staff_page(*KEEPING)
def calendar(request: StaffRequest) -> HttpResponse:
    """Show the public holidays and worked weekends of a year, or say that the year is not known yet."""
    year = _year(request.GET.get("year", "") or str(localtime(request.now).year))
    rows, known = days.days_of(request.office, year), days.announced()
    shown = {"year": year, "rows": rows, "announced": year in known, "last": max(known), "before": year - 1, "after": year + 1,
             "today": localtime(request.now).date()}  # fmt: skip
    return render(request, "web/roles/calendar.html", shown)


def _year(text: str) -> int:
    if not text.isdecimal() or int(text) not in YEARS:
        raise Http404(text)
    return int(text)


@require_POST
@staff_page(*KEEPING)
def load_year(request: StaffRequest) -> HttpResponse:
    """Load an announced year."""
    year = _year(request.POST.get("year", ""))
    done = _("The days of {year} are loaded.").format(year=year)
    return entered(request, lambda: days.load_year(request.office, pen(request), year), _page(year), done)


@require_POST
@staff_page(*KEEPING)
def set_day(request: StaffRequest) -> HttpResponse:
    """Write down one day."""

    def writing() -> None:
        name, works = names.folded(request.POST.get("name", "")), request.POST.get("works") == "yes"
        days.set_day(request.office, pen(request), days.Day(needed_day(request, "day"), works, name))

    year = request.POST.get("day", "")[:4]
    return entered(request, writing, _page(_year(year) if year.isdecimal() else localtime(request.now).year), _("Saved."))


def _page(year: int) -> str:
    return f"{reverse('web:calendar')}?year={year}"
