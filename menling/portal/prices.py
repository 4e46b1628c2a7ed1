"""The price list of an office, open to everybody without a link or a log-in (HC-5.6.1)."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from menling.doorway.published import Published, name_of, paper_of, published
from menling.premises.clock import now
from menling.premises.models import Office
from menling.printing.price_sheet import price_list_pdf
from menling.printing.wording import day


@require_safe
def page(request: HttpRequest, code: str) -> HttpResponse:
    """Show the list in force, or that there is none yet."""
    office = _office(code)
    spoken = request.GET.get("lang", "")
    if translation.check_for_language(spoken):
        translation.activate(spoken)
    found = published(office, now())
    return render(request, "portal/prices.html", {
        "office": office, "found": found, "since": _since(found),
        "services": _rows(found, material=False), "materials": _rows(found, material=True),
        "languages": [each for each in settings.LANGUAGES if each[0] != get_language()],
    })  # fmt: skip


@require_safe
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """Return the list in force on A4, in large type."""
    office = _office(code)
    found = published(office, now())
    if found is None:
        raise Http404(code)
    link = request.build_absolute_uri(reverse("portal:prices", args=[office.code]))
    name = f"{office.code}-prices.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(price_list_pdf(paper_of(found, office, link)), "application/pdf", headers=headers)


def _office(code: str) -> Office:
    found = Office.objects.select_related("company").filter(code__iexact=code).first()
    if found is None:
        raise Http404(code)
    return found


def _since(found: Published | None) -> str:
    begun = found.price_list.in_force_from if found else None
    return day(localtime(begun).date()) if begun else ""


def _rows(found: Published | None, *, material: bool) -> list[dict[str, object]]:
    if found is None:
        return []
    items = found.materials if material else found.services
    return [{"name": name_of(each), "price": each.price, "per": each.get_per_display()} for each in items]
