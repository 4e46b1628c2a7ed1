"""The offices of the company: which there are, how far each is set up, and opening another one."""

import re
from itertools import chain

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from menling.kernel.roles import Role
from menling.policies.opening import open_with
from menling.premises.administration.books import ADMINISTRATORS, wrong
from menling.premises.administration.opening import Plan
from menling.premises.models import Staff
from menling.web.entering import entered, pen
from menling.web.session import MOST_OFFICES, OFFICE, StaffRequest, offices_of, staff_page

ADMINS = tuple(ADMINISTRATORS)
FIRST_ROLES = (
    Role.OFFICE_MANAGER, Role.SERVICE_DESK, Role.CONTROL_CENTRE, Role.TEAM_LEAD, Role.BUSINESS_LEAD, Role.FINANCE,
    Role.REPAIR_WORKER, Role.HOUSEKEEPER,
)  # fmt: skip
"""The desks and crews an office begins with."""


@staff_page(*ADMINS)
def listing(request: StaffRequest) -> HttpResponse:
    """Show the offices the administrator keeps, with homes and people, and the form for another one."""
    employed = Q(post__until__isnull=True, post__staff__is_active=True)
    rows = offices_of(request.actor).annotate(people=Count("post__staff", employed, distinct=True)).order_by("code")
    shown = {"rows": rows[:MOST_OFFICES], "roles": FIRST_ROLES, "opens": request.actor.sees_all_offices}
    return render(request, "web/roles/offices.html", shown)


@require_POST
@staff_page(*ADMINS)
def opened(request: StaffRequest) -> HttpResponse:
    """Open an office and go to it, where the list of what it still lacks stands."""
    given = {name: request.POST.get(name, "") for name in ("code", "office", "phone", "address")}

    def writing() -> None:
        like = offices_of(request.actor).filter(code=request.POST.get("like", "")).first()
        made = open_with(pen(request), Plan(**given), like=like, people=list(chain.from_iterable(map(named, FIRST_ROLES))))
        request.session[OFFICE] = made.pk

    def named(role: Role) -> list[tuple[Role, Staff]]:
        return [
            (role, _person(request, number, role)) for number in re.split(r"[\s,，、;；]+", request.POST.get(role, "")) if number
        ]

    return entered(request, writing, reverse("web:administration"), _("The office is open. This is what it still needs."))


def _person(request: StaffRequest, number: str, role: Role) -> Staff:
    found = Staff.objects.filter(company=request.actor.company, number__iexact=number, is_active=True).first()
    if found is None:
        raise wrong(gettext_noop("Nobody of the company has the work number {number}."), role.value, number=number)
    return found
