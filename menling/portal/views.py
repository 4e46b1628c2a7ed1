"""The resident's pages and their steps. The link is the key; there is no log-in and no cookie to protect."""

from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from menling.doorway.agreement_papers import agreement_facts
from menling.doorway.doing import Asked, KeyMissing, NotThere, act, open_new
from menling.journal.facts import Malformed
from menling.journal.files import path_of
from menling.journal.models import Attachment
from menling.kernel.refusal import Refused
from menling.portal import plain
from menling.portal.cleaning import verb_of
from menling.portal.forms import READERS, facts_of
from menling.portal.given import asked_invoice
from menling.portal.holding import Held, LinkGone, opened
from menling.portal.pages import page_of, shown, version
from menling.portal.receipts import receipt_sheet
from menling.portal.sheet import charges_of, paid_of
from menling.premises.clock import now
from menling.premises.models import Office
from menling.printing.agreement_sheet import agreement_pdf

FEW = 3
"""So many offices' phones are shown under a link that says nothing; a larger company's resident knows its own."""


@never_cache
@require_safe
def page(request: HttpRequest, link: str) -> HttpResponse:
    """The page of one order, agreement, errand or coordination order."""
    if "lang" in request.GET:
        return _spoken(request, link)
    try:
        held = opened(link, now())
    except LinkGone as gone:
        return gone_page(request, gone)
    thanks = page_of(held).thanks.get(request.GET.get("done", ""))
    return _shown(request, held, {"thanks": gettext(thanks) if thanks else ""})


@never_cache
@require_safe
def state(request: HttpRequest, link: str) -> HttpResponse:
    """A short text that changes with every step, so that an open page knows when to show itself anew."""
    try:
        held = opened(link, now())
    except LinkGone as gone:
        return gone_page(request, gone)
    return HttpResponse(version(list(held.case.events.order_by("-pk")[:1])), content_type="text/plain")


@csrf_exempt  # nothing is known of the caller but the link, and that is in the address
@require_POST
def step(request: HttpRequest, link: str, verb: str) -> HttpResponse:
    """One step of the resident: to the page again, with thanks or with what is in the way."""
    try:
        held = opened(link, now())
    except LinkGone as gone:
        return gone_page(request, gone)
    form, verb = verb, verb_of(verb, request.POST.dict())
    if verb not in READERS:
        raise Http404(verb)
    try:
        facts = facts_of(verb, request.POST.dict(), held)
        act(Asked(held.by, request.POST.get("key", ""), held.now, facts), held.case.number, verb)
    except Refused as refusal:
        return trouble(request, link, verb, plain.refused(verb, refusal, held.case.kind), refusal.status)
    except Malformed as error:
        return trouble(request, link, verb, plain.malformed(error), 422)
    except (KeyMissing, NotThere):
        return trouble(request, link, verb, plain.changed(), 409)
    return HttpResponseRedirect(f"{reverse('portal:page', args=[link])}?done={verb}&form={form}", status=303)


@csrf_exempt  # nothing is known of the caller but the link, and that is in the address
@require_POST
def invoice(request: HttpRequest, link: str) -> HttpResponse:
    """Ask for the tax invoice of what was paid: to the page again, with thanks or with what is in the way."""
    try:
        held = opened(link, now())
    except LinkGone as gone:
        return gone_page(request, gone)
    body = asked_invoice(request.POST.dict(), held)
    try:
        open_new(Asked(held.by, request.POST.get("key", ""), held.now, body), "tax_invoice", "ask")
    except Refused as refusal:
        return trouble(request, link, "ask", plain.refused("ask", refusal, "tax_invoice"), refusal.status)
    except Malformed as error:
        return trouble(request, link, "ask", plain.malformed(error), 422)
    except (KeyMissing, NotThere):
        return trouble(request, link, "ask", plain.changed(), 409)
    return HttpResponseRedirect(f"{reverse('portal:page', args=[link])}?done=ask", status=303)


@require_safe
def photo(request: HttpRequest, link: str, digest: str) -> HttpResponse | FileResponse:
    """A photo of the order of the link."""
    try:
        held = opened(link, now())
    except LinkGone as gone:
        return gone_page(request, gone)
    row = Attachment.objects.filter(case=held.case, kind="photo", digest=digest).first()
    if row is None or not path_of(digest).exists():
        raise Http404(digest)
    return FileResponse(path_of(digest).open("rb"), content_type=row.mime, headers={"Cache-Control": "private, max-age=3600"})


@never_cache
@require_safe
def receipt(request: HttpRequest, link: str, number: str = "") -> HttpResponse:
    """A receipt as a sheet to keep, by its number; without one the newest of what was paid."""
    try:
        held = opened(link, now())
    except LinkGone as gone:
        return gone_page(request, gone)
    charge = next((each for each in reversed(paid_of(charges_of(held.case))) if number in ("", each.receipt)), None)
    if charge is None:
        raise Http404(link)
    name = {"Content-Disposition": f'inline; filename="{charge.receipt}.pdf"'}
    return _private(HttpResponse(receipt_sheet(charge), content_type="application/pdf", headers=name))


@never_cache
@require_safe
def agreement(request: HttpRequest, link: str) -> HttpResponse:
    """The agreement as a sheet to keep, from the manager's signature on."""
    try:
        held = opened(link, now())
    except LinkGone as gone:
        return gone_page(request, gone)
    if held.case.kind != "agreement" or held.order.manager_signed_at is None:
        raise Http404(link)
    name = {"Content-Disposition": f'inline; filename="{held.case.number}.pdf"'}
    drawn = agreement_pdf(agreement_facts(held.order))
    return _private(HttpResponse(drawn, content_type="application/pdf", headers=name))


def trouble(request: HttpRequest, link: str, verb: str, trouble: str, status: int) -> HttpResponse:
    """What was typed stands in the form again."""
    held = opened(link, now())
    return _shown(request, held, {"trouble": trouble, "at": verb, "typed": request.POST.dict()}, status)


def _shown(request: HttpRequest, held: Held, more: dict[str, Any], status: int = 200) -> HttpResponse:
    return _private(render(request, page_of(held).template, shown(held, more.get("typed", {})) | more, status=status))


def gone_page(request: HttpRequest, gone: LinkGone) -> HttpResponse:
    """A link that is unknown or has expired: whom to call instead."""
    offices = [gone.office] if gone.office else list(Office.objects.all()[: FEW + 1])
    known = {"offices": offices if len(offices) <= FEW else [], "expired": gone.office is not None}
    return _private(render(request, "portal/gone.html", known, status=410 if gone.office else 404))


def _private(answer: HttpResponse) -> HttpResponse:
    """The address is a key: it goes into no search engine and to no other site."""
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _spoken(request: HttpRequest, link: str) -> HttpResponse:
    answer = HttpResponseRedirect(reverse("portal:page", args=[link]))
    chosen = request.GET["lang"]
    if translation.check_for_language(chosen):
        answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen, max_age=365 * 24 * 3600, path="/r/", samesite="Lax")
    return answer
