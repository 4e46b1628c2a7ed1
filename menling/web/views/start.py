"""The way in: everybody begins where the role begins."""

from django.http import HttpResponse
from django.shortcuts import redirect

from menling.web.navigation import start
from menling.web.session import StaffRequest, staff_page


@staff_page()
def begin(request: StaffRequest) -> HttpResponse:
    """Go to the start page of the role held in the office looked at."""
    return redirect(start(request.actor.roles_in(request.office.pk)))
