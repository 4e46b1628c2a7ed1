"""A public place reported from the page of an own order: the lift lobby, the garage (MR-39, MR-48)."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from menling.doorway.doing import Asked, KeyMissing, NotThere, open_new
from menling.doorway.keys import link_text
from menling.journal.facts import Malformed
from menling.journal.models import Case
from menling.kernel.refusal import Refused
from menling.portal import plain
from menling.portal.holding import Held, LinkGone, opened
from menling.portal.views import gone_page, trouble
from menling.premises.clock import now

VERB = "report_public"
FIELDS = ("place", "content")


@csrf_exempt  # nothing is known of the caller but the link, and that is in the address
@require_POST
def report(request: HttpRequest, link: str) -> HttpResponse:
    """Report a public place: to the page of the new report, or back with what is in the way."""
    try:
        held = opened(link, now())
    except LinkGone as gone:
        return gone_page(request, gone)
    try:
        answer = open_new(
            Asked(held.by, request.POST.get("key", ""), held.now, _told(request.POST.dict(), held)), "repair", "file"
        )
    except Refused as refusal:
        return trouble(request, link, VERB, plain.refused(VERB, refusal, "repair"), refusal.status)
    except Malformed as error:
        return trouble(request, link, VERB, plain.malformed(error), 422)
    except (KeyMissing, NotThere):
        return trouble(request, link, VERB, plain.changed(), 409)
    made = Case.objects.get(number=answer.body["number"])
    return HttpResponseRedirect(f"{reverse('portal:page', args=[link_text(made)])}?done={VERB}", status=303)


def _told(form: Mapping[str, str], held: Held) -> dict[str, Any]:
    """The name and the phone are those of the order the link belongs to: nobody types them again."""
    said = {name: form.get(name, "").strip() for name in FIELDS}
    for name, text in said.items():
        if not text:
            raise Malformed([{"path": name, "message": "missing", "type": "missing"}])
    phone = getattr(held.order, "phone", "")
    return said | {"reporter": held.by.name, "phone": phone, "channel": "online", "office": held.case.office.code}
