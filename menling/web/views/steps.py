"""One step of a case from a button in a list."""

from django.contrib import messages
from django.http import HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from menling.doorway.doing import act
from menling.doorway.language import said
from menling.journal.perform import Answer
from menling.procedures import PROCEDURES
from menling.web.answers import answered, asked
from menling.web.session import StaffRequest, staff_page

NO_FACTS = frozenset({"csrfmiddlewaretoken", "key", "next", "then"})


@require_POST
@staff_page()
def take(request: StaffRequest, number: str, verb: str) -> HttpResponse:
    """Carry out a step with the fields of a form, and go back to the page it came from."""
    given = {name: request.POST.get(name, "").strip() for name in request.POST if name not in NO_FACTS}
    body = {name: value for name, value in given.items() if value}

    def doing() -> Answer:
        answer = act(asked(request, body), number, verb)
        title = said(PROCEDURES[answer.body["kind"]].verb_title(verb))
        if not answer.repeated:
            messages.success(request, _("{number}: {step}, done.").format(number=number, step=title))
        return answer

    return answered(request, doing, lambda answer: back(request))


def back(request: StaffRequest) -> str:
    """Return the address of the page a form came from; another site's address leads to the start."""
    named = request.POST.get("next", "")
    return named if url_has_allowed_host_and_scheme(named, {request.get_host()}, request.is_secure()) else "/"
