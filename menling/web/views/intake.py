"""Filing what somebody asks for: register and accept, hand over, or guide to the right desk."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from menling.doorway.doing import NotThere, open_new
from menling.journal.facts import Malformed
from menling.journal.perform import Answer
from menling.kernel.refusal import Refused
from menling.web.answers import answered, asked, said_no
from menling.web.booking import book
from menling.web.intake import alarm_body, department_body, desk_of, order_body, phone_given, referral_body
from menling.web.session import StaffRequest, staff_page
from menling.web.templatetags.show import choice_word
from menling.web.views.counter import CLERKS

FILED_AS: dict[str, dict[str, Any]] = {
    "accept": {"accept": True}, "register": {}, "decline": {}, "urgent": {"urgency": "emergency"},
}  # fmt: skip
WANTED = ("repair", "housekeeping", "alarm", "other")


@require_POST
@staff_page(*CLERKS)
def file(request: StaffRequest) -> HttpResponse:
    """Do what the pressed button says with the typed words: `do` is accept, register, urgent, decline, pass:<wanted>,
    department, housekeeping, which files, prices and agrees in one go, or alarm."""
    do = request.POST.get("do", "accept")
    if do.startswith("pass:"):
        return _pass_on(request, do.removeprefix("pass:"))
    if do == "department":
        body = department_body(request)
        return answered(request, partial(open_new, asked(request, body), "referral", "pass_on"), partial(_after, do),
                        _("{number} is with the department; you follow it up under “Passed on”."))  # fmt: skip
    if do == "housekeeping":
        phone = phone_given(request, request.POST)
        return answered(request, partial(book, request, phone), partial(_after, do), _("{number} is filed"))
    if do == "alarm":
        return answered(request, partial(_alarm, request), partial(_after, do), _("{number} is filed"))
    if do not in FILED_AS:
        raise NotThere(do)
    try:
        body = order_body(request) | FILED_AS[do] | {"referral": request.POST.get("referral", "")}
    except Malformed as problem:
        return said_no(request, problem)
    filing = partial(open_new, asked(request, body), "repair", "file")
    return answered(request, filing, partial(_after, do), _("{number} is filed"), stays=do != "decline")


def _alarm(request: StaffRequest) -> Answer:
    """File a home alarm; a time that is refused is named as this form calls it."""
    try:
        return open_new(asked(request, alarm_body(request)), "alarm", "file")
    except Refused as problem:
        problem.field = {"visit_at": "alarm_at"}.get(problem.field, problem.field)
        raise


def _after(do: str, answer: Answer) -> str:
    number = answer.body["number"]
    if do == "decline":
        return f"{reverse('web:order', args=[number])}?do=decline"
    return f"{reverse('web:counter')}?{urlencode({'filed': number})}"


def _pass_on(request: StaffRequest, wanted: str) -> HttpResponse:
    if wanted not in WANTED:
        raise NotThere(wanted)
    desk = desk_of(request).other
    body, told = referral_body(request, wanted, desk), _("{number} is with the {desk} now")
    return answered(request, partial(open_new, asked(request, body), "referral", "pass_on"), partial(_after, "pass_on"),
                    told.replace("{desk}", choice_word("to_desk", desk)))  # fmt: skip
