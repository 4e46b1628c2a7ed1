"""Staff: taken on, given posts and skills, helped with a forgotten password, and gone."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import date

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.timezone import localtime

from menling.kernel.actor import Actor
from menling.kernel.refusal import Refused
from menling.kernel.roles import DERIVED, Role
from menling.kernel.words import _
from menling.premises import names
from menling.premises.administration.books import ADMINISTRATORS, Pen, enter, keeps, not_so, wrong
from menling.premises.models import Office, Post, Shift, Skill, Staff, Token
from menling.procedures.leaving import nothing_in_hand

NO_POSTS = DERIVED | {Role.CUSTOMER}
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def staff_of(office: Office, by: Actor) -> QuerySet[Staff]:
    """Return who has or had a post in an office; for somebody of the whole company also the company's own people."""
    here = Q(posts__office=office)
    if by.sees_all_offices:
        here |= Q(posts__office__isnull=True)
    return Staff.objects.filter(here, company_id=by.company).distinct()


@transaction.atomic
def hire(office: Office, pen: Pen, *, number: str, name: str, role: str, since: date, phone: str = "") -> tuple[Staff, str]:
    """Take somebody on with a first post; return the person and the first password, which is kept nowhere.

    Errors: `Refused` MR-12 (403), MR-8 (422) for a name that is missing, (409) for a number that is taken; `WrittenBefore`.
    """
    keeps(pen.by, office, ADMINISTRATORS)
    number, name = names.folded(number).upper()[:20], names.folded(name)[:60]
    if not number or not name:
        raise wrong(_("Somebody needs a work number and a name."), "name" if number else "number")
    enter(pen, office, "hire", number, after={"name": name, "role": role, "since": since.isoformat()})
    if Staff.objects.filter(number__iexact=number).exists():
        raise not_so(_("The work number {number} is taken. Please choose another one."), "number", number=number)
    password = new_password()
    staff = Staff.objects.create(
        company_id=pen.by.company, number=number, name=name, pinyin=names.pinyin(name), initials=names.initials(name),
        phone=names.phone(phone)[:20] if phone else "", password=make_password(password), password_given=True,
    )  # fmt: skip
    Post.objects.create(staff=staff, office=office, role=_role(role), since=since)
    return staff, password


@transaction.atomic
def give_post(staff: Staff, office: Office, pen: Pen, *, role: str, since: date, until: date | None = None) -> Post:
    """Give somebody a role in an office, from a day, or to a day. Errors: as `hire`; MR-8 for a role held already."""
    administers(pen, staff, office)
    known = _role(role)
    if until is not None and until < since:
        raise not_so(_("The last day lies before the first."), "until")
    enter(pen, office, "post", staff.number, after={"role": role, "since": str(since), "until": str(until or "")})
    if _live(staff, since).filter(office=office, role=known).exists():
        raise not_so(_("This role is held already."), "role")
    return Post.objects.create(staff=staff, office=office, role=known, since=since, until=until)


@transaction.atomic
def end_post(post: Post, pen: Pen, *, until: date) -> None:
    """Let a post end with a day. Errors: `Refused` MR-12 (403); MR-8 (409) for a day before it began; `WrittenBefore`."""
    administers(pen, post.staff, post.office)
    if until < post.since:
        raise not_so(_("The last day lies before the first."), "until")
    enter(
        pen,
        post.office,
        "end_post",
        post.staff.number,
        {"role": post.role, "until": str(post.until or "")},
        {"until": str(until)},
    )
    Post.objects.filter(pk=post.pk).update(until=until)


@transaction.atomic
def set_skills(staff: Staff, office: Office, pen: Pen, wanted: Iterable[str]) -> None:
    """Write down what somebody can do, as a whole. Errors: `Refused` MR-12 (403); `WrittenBefore`."""
    administers(pen, staff, office)
    before = sorted(staff.skills.values_list("name", flat=True))
    after = sorted({each[:30] for each in (names.folded(one) for one in wanted) if each})
    enter(pen, office, "skills", staff.number, {"skills": before}, {"skills": after})
    staff.skills.all().delete()
    Skill.objects.bulk_create(Skill(staff=staff, name=each) for each in after)


@transaction.atomic
def reset_password(staff: Staff, office: Office, pen: Pen) -> str:
    """Make a new password, return it for telling it once, and end every session of the person. Errors: as `set_skills`."""
    administers(pen, staff, office)
    enter(pen, office, "password", staff.number)
    made = new_password()
    Staff.objects.filter(pk=staff.pk).update(password=make_password(made), password_given=True)
    return made


@transaction.atomic
def reset_pin(staff: Staff, office: Office, pen: Pen) -> str:
    """Make a new PIN of six digits and return it for telling it once. Errors: as `set_skills`."""
    administers(pen, staff, office)
    enter(pen, office, "pin", staff.number)
    made = f"{secrets.randbelow(900_000) + 100_000}"
    Staff.objects.filter(pk=staff.pk).update(pin=make_password(made))
    return made


@transaction.atomic
def revoke(token: Token, staff: Staff, office: Office, pen: Pen) -> None:
    """End a token at once. Errors: as `set_skills`."""
    administers(pen, staff, office)
    enter(pen, office, "revoke", staff.number, {"name": token.name})
    Token.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=pen.at)


@transaction.atomic
def leave(staff: Staff, office: Office, pen: Pen, *, on: date, held: Sequence[str]) -> None:
    """Somebody leaves the company: no log-in, no tokens, no posts and no shifts after that day; what was done stays.

    `held` are the numbers of what is still in that person's hands; the room that knows them calls this (MR-15).
    Errors: as `set_skills`; `Refused` MR-15 (409) while something is held.
    """
    administers(pen, staff, office)
    if staff.pk == pen.by.id:
        raise Refused("MR-12", _("You cannot write yourself out. Please ask another administrator."), status=409)
    nothing_in_hand(held)
    enter(pen, office, "leave", staff.number, after={"on": on.isoformat()})
    Staff.objects.filter(pk=staff.pk).update(is_active=False, left_on=on)
    _live(staff, on).update(until=on)
    Token.objects.filter(staff=staff, revoked_at__isnull=True).update(revoked_at=pen.at)
    Shift.objects.filter(staff=staff, starts_at__gt=pen.at).delete()


def administers(pen: Pen, staff: Staff, office: Office | None) -> None:
    """Refuse (403, MR-12) whoever is not administrator wherever that person has a post: nobody reaches above oneself."""
    keeps(pen.by, office, ADMINISTRATORS)
    for held in _live(staff, localtime(pen.at).date()).select_related("office"):
        keeps(pen.by, held.office, ADMINISTRATORS)


def _live(staff: Staff, on: date) -> QuerySet[Post]:
    return staff.posts.filter(Q(until__isnull=True) | Q(until__gte=on))


def _role(text: str) -> Role:
    if text not in set(Role) - NO_POSTS:
        raise wrong(_("Choose a role of the list."), "role")
    return Role(text)


def new_password() -> str:
    """Return a password to be told once: three groups of four letters and figures that nobody misreads."""
    return "-".join("".join(secrets.choice(LETTERS) for _each in range(4)) for _part in range(3))
