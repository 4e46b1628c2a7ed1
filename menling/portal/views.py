"""The resident's pages and their steps. The link is the key; there is no log-in and no cookie to protect."""

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from menling.doorway.agreement_papers import agreement_facts
from menling.doorway.doing import Asked, act, open_new
from menling.journal.files import path_of
from menling.journal.models import Attachment
from menling.portal.answers import Answer, linked, page_shown, private, stepped
from menling.portal.cleaning import verb_of
from menling.portal.forms import READERS, facts_of
from menling.portal.given import asked_invoice
from menling.portal.holding import Held
from menling.portal.pages import page_of, version
from menling.portal.receipts import receipt_sheet
from menling.portal.sheet import charges_of, paid_of
from menling.printing.agreement_sheet import agreement_pdf


@never_cache
@require_safe
def page(request: HttpRequest, link: str) -> Answer:
    """The page of one order, agreement, errand or coordination order; the language is chosen under any link."""
    return _spoken(request, link) if "lang" in request.GET else _page(request, link)


@linked
def _page(request: HttpRequest, held: Held) -> HttpResponse:
    thanks = page_of(held).thanks.get(request.GET.get("done", ""))
    return page_shown(request, held, {"thanks": gettext(thanks) if thanks else ""})


@never_cache
@require_safe
@linked
def state(request: HttpRequest, held: Held) -> HttpResponse:
    """A short text that changes with every step, so that an open page knows when to show itself anew."""
    return HttpResponse(version(held.case), content_type="text/plain")


@csrf_exempt  # nothing is known of the caller but the link, and that is in the address
@require_POST
@linked
def step(request: HttpRequest, held: Held, verb: str) -> HttpResponse:
    """One step of the resident: to the page again, with thanks or with what is in the way."""
    form, verb = verb, verb_of(verb, request.POST.dict())
    if verb not in READERS:
        raise Http404(verb)

    def taken() -> str:
        facts = facts_of(verb, request.POST.dict(), held)
        act(Asked(held.by, request.POST.get("key", ""), held.now, facts), held.case.number, verb)
        return f"{reverse('portal:page', args=[held.link])}?done={verb}&form={form}"

    return stepped(request, held, verb, held.case.kind, taken)


@csrf_exempt  # nothing is known of the caller but the link, and that is in the address
@require_POST
@linked
def invoice(request: HttpRequest, held: Held) -> HttpResponse:
    """Ask for the tax invoice of what was paid: to the page again, with thanks or with what is in the way."""
    body = asked_invoice(request.POST.dict(), held)

    def asked() -> str:
        open_new(Asked(held.by, request.POST.get("key", ""), held.now, body), "tax_invoice", "ask")
        return f"{reverse('portal:page', args=[held.link])}?done=ask"

    return stepped(request, held, "ask", "tax_invoice", asked)


@require_safe
@linked
def photo(request: HttpRequest, held: Held, digest: str) -> FileResponse:
    """A photo of the order of the link."""
    row = Attachment.objects.filter(case=held.case, kind="photo", digest=digest).first()
    if row is None or not path_of(digest).exists():
        raise Http404(digest)
    return FileResponse(path_of(digest).open("rb"), content_type=row.mime, headers={"Cache-Control": "private, max-age=3600"})


@never_cache
@require_safe
@linked
def receipt(request: HttpRequest, held: Held, number: str = "") -> HttpResponse:
    """A receipt as a sheet to keep, by its number; without one the newest of what was paid."""
    charge = next((each for each in reversed(paid_of(charges_of(held.case))) if number in ("", each.receipt)), None)
    if charge is None:
        raise Http404(number)
    return _sheet(receipt_sheet(charge), charge.receipt)


@never_cache
@require_safe
@linked
def agreement(request: HttpRequest, held: Held) -> HttpResponse:
    """The agreement as a sheet to keep, from the manager's signature on."""
    if held.case.kind != "agreement" or held.order.manager_signed_at is None:
        raise Http404(held.case.number)
    return _sheet(agreement_pdf(agreement_facts(held.order)), held.case.number)


def _sheet(drawn: bytes, name: str) -> HttpResponse:
    shown_as = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return private(HttpResponse(drawn, content_type="application/pdf", headers=shown_as))


def _spoken(request: HttpRequest, link: str) -> HttpResponse:
    answer = HttpResponseRedirect(reverse("portal:page", args=[link]))
    chosen = request.GET["lang"]
    if translation.check_for_language(chosen):
        answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen, max_age=365 * 24 * 3600, path="/r/", samesite="Lax")
    return answer
