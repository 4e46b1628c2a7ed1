"""People and roles: the list, one person with posts, skills and tokens, and what the administrator does about them."""

from collections.abc import Callable

from django.db import transaction
from django.db.models import Prefetch, Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django_htmx.http import reswap, retarget

from menling.doorway.keys import issue
from menling.doorway.leaving import SORTS, in_hands, leave
from menling.journal.facts import Malformed
from menling.kernel.procedure import ROLE_TITLES
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role
from menling.premises import names
from menling.premises.administration import people
from menling.premises.administration.books import ADMINISTRATORS, WrittenBefore, enter
from menling.premises.models import Post, Shift, Staff, Token
from menling.web.answers import said_no
from menling.web.entering import entered, needed_day, pen, posted_day
from menling.web.session import StaffRequest, staff_page

ADMINS = tuple(ADMINISTRATORS)
ROLES = [(role.value, ROLE_TITLES[role]) for role in Role if role not in people.NO_POSTS]
MOST = 500


@staff_page(*ADMINS)
def listing(request: StaffRequest) -> HttpResponse:
    """List the staff of the office; `q` searches number, name and initials."""
    asked = names.folded(request.GET.get("q", ""))
    gone = request.GET.get("gone") == "1"
    rows = people.staff_of(request.office, request.actor).filter(is_active=not gone)
    if asked:
        rows = rows.filter(Q(number__istartswith=asked) | Q(name__icontains=asked) | Q(initials__istartswith=asked))
    posts = Post.objects.filter(until__isnull=True).select_related("office").order_by("pk")
    found = rows.prefetch_related(Prefetch("posts", posts, to_attr="live"), "skills").order_by("number")[:MOST]
    on = set(Shift.objects.filter(office=request.office, starts_at__lte=request.now, ends_at__gt=request.now)
             .values_list("staff_id", flat=True))  # fmt: skip
    return render(request, "web/roles/people.html", {"rows": found, "asked": asked, "gone": gone, "on": on})


@never_cache
@staff_page(*ADMINS)
def new(request: StaffRequest) -> HttpResponse:
    """Take somebody on; the first password is shown once, beside the button."""
    if request.method != "POST":
        return render(request, "web/roles/person_new.html", {"roles": ROLES, "today": localtime(request.now).date()})

    def making() -> tuple[str, str]:
        staff, password = people.hire(
            request.office, pen(request), number=request.POST.get("number", ""), name=request.POST.get("name", ""),
            role=request.POST.get("role", ""), since=needed_day(request, "since"), phone=request.POST.get("phone", ""),
        )  # fmt: skip
        return password, reverse("web:person", args=[staff.number])

    return _shown_once(request, making, _("First password"), names.folded(request.POST.get("number", "")))


@staff_page(*ADMINS)
def one(request: StaffRequest, number: str) -> HttpResponse:
    """Show one person: posts, skills, tokens and the next shifts."""
    staff = _person(request, number)
    shown = {
        "staff": staff, "roles": ROLES, "today": localtime(request.now).date(),
        "posts": staff.posts.select_related("office").order_by("-since", "-pk"),
        "skills": " ".join(staff.skills.order_by("name").values_list("name", flat=True)),
        "tokens": Token.objects.filter(staff=staff).order_by("-created_at")[:50],
        "shifts": staff.shifts.filter(office=request.office, ends_at__gte=request.now).order_by("starts_at")[:7],
        "may": _may(request, staff), "held": [(SORTS[each.sort], each) for each in in_hands(staff)],
    }  # fmt: skip
    return render(request, "web/roles/person.html", shown)


def _person(request: StaffRequest, number: str) -> Staff:
    found = people.staff_of(request.office, request.actor).filter(number__iexact=number).first()
    if found is None:
        raise Http404(number)
    return found


def _may(request: StaffRequest, staff: Staff) -> bool:
    try:
        people.administers(pen(request), staff, request.office)
    except Refused:
        return False
    return True


@require_POST
@staff_page(*ADMINS)
def post_given(request: StaffRequest, number: str) -> HttpResponse:
    """Give a post."""
    staff = _person(request, number)

    def writing() -> None:
        since, until = needed_day(request, "since"), posted_day(request, "until", required=False)
        people.give_post(staff, request.office, pen(request), role=request.POST.get("role", ""), since=since, until=until)

    return entered(request, writing, _page(staff), _("The post is given."))


@require_POST
@staff_page(*ADMINS)
def post_ended(request: StaffRequest, number: str, key: int) -> HttpResponse:
    """End a post."""
    staff = _person(request, number)
    mine = staff.posts.filter(Q(office=request.office) | Q(office__isnull=True), pk=key)
    held = mine.select_related("staff", "office").first()
    if held is None:
        raise Http404(str(key))
    return entered(request, lambda: people.end_post(held, pen(request), until=needed_day(request, "until")), _page(staff),
                   _("The post ends."))  # fmt: skip


@require_POST
@staff_page(*ADMINS)
def skills(request: StaffRequest, number: str) -> HttpResponse:
    """Write down the skills."""
    staff = _person(request, number)
    wanted = request.POST.get("skills", "").replace("、", " ").replace("，", " ").replace(",", " ").split()
    done = _("The skills are saved.")
    return entered(request, lambda: people.set_skills(staff, request.office, pen(request), wanted), _page(staff), done)


@require_POST
@staff_page(*ADMINS)
def left(request: StaffRequest, number: str) -> HttpResponse:
    """Somebody leaves the company."""
    staff = _person(request, number)
    return entered(request, lambda: leave(staff, request.office, pen(request), on=needed_day(request, "on")), _page(staff),
                   _("{name} has left; no log-in, token or shift remains.").format(name=staff.name))  # fmt: skip


@require_POST
@never_cache
@staff_page(*ADMINS)
def secret(request: StaffRequest, number: str, sort: str) -> HttpResponse:
    """Make a new password, PIN or token, and show it once."""
    staff = _person(request, number)
    makers: dict[str, tuple[Callable[[], str], str]] = {
        "password": (lambda: people.reset_password(staff, request.office, pen(request)), _("New password")),
        "pin": (lambda: people.reset_pin(staff, request.office, pen(request)), _("New PIN")),
        "token": (lambda: _token(request, staff), _("Token")),
    }
    if sort not in makers:
        raise Http404(sort)
    make, title = makers[sort]
    return _shown_once(request, lambda: (make(), _page(staff)), title, staff.number)


@transaction.atomic
def _token(request: StaffRequest, staff: Staff) -> str:
    people.administers(pen(request), staff, request.office)
    name = names.folded(request.POST.get("name", ""))[:60]
    enter(pen(request), request.office, "token", staff.number, after={"name": name})
    return issue(request.now, staff=staff, name=name)


def _shown_once(request: StaffRequest, making: Callable[[], tuple[str, str]], title: str, number: str) -> HttpResponse:
    """Show a secret in the place of its form; sent twice it is not shown again, but a new password can be made at once."""
    again = None
    try:
        text, link = making()
    except WrittenBefore:
        again = people.staff_of(request.office, request.actor).filter(number__iexact=number).first()
        text, link = "", _page(again) if again else reverse("web:people")
    except (Refused, Malformed) as problem:
        return said_no(request, problem)
    template = "web/roles/parts/secret.html" if request.htmx else "web/roles/secret.html"
    answer = render(request, template, {"secret": text, "title": title, "link": link, "again": again})
    return reswap(retarget(answer, "closest form"), "outerHTML") if request.htmx else answer


@require_POST
@staff_page(*ADMINS)
def revoked(request: StaffRequest, number: str, key: int) -> HttpResponse:
    """End a token."""
    staff = _person(request, number)
    token = Token.objects.filter(pk=key, staff=staff).first()
    if token is None:
        raise Http404(str(key))
    done = _("The token is ended.")
    return entered(request, lambda: people.revoke(token, staff, request.office, pen(request)), _page(staff), done)


def _page(staff: Staff) -> str:
    return reverse("web:person", args=[staff.number])
