"""What a resident said to whoever happened to be there: passed on to the desk with one form (HA-1.2)."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from menling.doorway.doing import open_new
from menling.web.answers import answered, asked
from menling.web.labels import CHOICES
from menling.web.session import StaffRequest, staff_page

WANTED = ("housekeeping", "repair", "alarm", "other")


@staff_page()
def tell(request: StaffRequest) -> HttpResponse:
    """GET: three fields. POST: the desk in charge has them, with the name of who heard it."""
    if request.method != "POST":
        return render(request, "web/roles/lead_new.html", {"wanted": [(each, CHOICES["wanted"][each]) for each in WANTED]})
    body = {name: request.POST.get(name, "").strip() for name in ("unit", "content", "wanted")}
    return answered(request, partial(open_new, asked(request, body | {"office": request.office.pk}), "referral", "pass_on"),
                    lambda answer: reverse("web:tell"), _("{number}: the desk knows. Thank you."), stays=False)  # fmt: skip
