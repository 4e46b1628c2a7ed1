"""A public place reported from the page of an own order: the lift lobby, the garage (MR-39, MR-48)."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from menling.doorway.doing import Asked, open_new
from menling.doorway.keys import link_text
from menling.journal.facts import Malformed
from menling.journal.models import Case
from menling.portal.answers import linked, stepped
from menling.portal.holding import Held

VERB = "report_public"
FIELDS = ("place", "content")


@csrf_exempt  # nothing is known of the caller but the link, and that is in the address
@require_POST
@linked
def report(request: HttpRequest, held: Held) -> HttpResponse:
    """Report a public place: to the page of the new report, or back with what is in the way."""

    def filed() -> str:
        told = _told(request.POST.dict(), held)
        answer = open_new(Asked(held.by, request.POST.get("key", ""), held.now, told), "repair", "file")
        made = Case.objects.get(number=answer.body["number"])
        return f"{reverse('portal:page', args=[link_text(made)])}?done={VERB}"

    return stepped(request, held, VERB, "repair", filed)


def _told(form: Mapping[str, str], held: Held) -> dict[str, Any]:
    """The name and the phone are those of the order the link belongs to: nobody types them again."""
    said = {name: form.get(name, "").strip() for name in FIELDS}
    for name, text in said.items():
        if not text:
            raise Malformed([{"path": name, "message": "missing", "type": "missing"}])
    phone = getattr(held.order, "phone", "")
    return said | {"reporter": held.by.name, "phone": phone, "channel": "online", "office": held.case.office.code}
