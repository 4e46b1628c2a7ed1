"""A password is one's own: what somebody else made is good for choosing it, and for nothing more (MR-43)."""

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from menling.kernel.points import rule
from menling.kernel.refusal import Refused
from menling.kernel.words import _
from menling.premises.administration.books import Pen, enter, not_so, wrong
from menling.premises.models import Office, Staff


@rule("MR-43")
def chosen_by_oneself(*, given: bool) -> None:
    """What is done under a name is done by who alone knows the password."""
    if given:
        raise Refused("MR-43", _("This password was made by somebody else. Please choose your own first."), status=403)


@transaction.atomic
def choose_password(staff: Staff, office: Office, pen: Pen, *, old: str, new: str, again: str) -> None:
    """Choose one's own password; every other session of the person ends.

    Errors: `Refused` MR-8, 422 for a wrong old one or two that differ, 409 for the old one again or one easily guessed;
    `WrittenBefore`.
    """
    if not staff.check_password(old):
        raise wrong(_("This is not your password. Please type it again."), "old")
    if new != again:
        raise wrong(_("The two new passwords differ. Please type the same one twice."), "again")
    if new == old:
        raise not_so(_("This is the old password. Please choose another one."), "new")
    try:
        validate_password(new, staff)
    except ValidationError as weak:
        raise not_so(
            _("Choose at least 8 characters, and nothing that is easily guessed: no word everybody uses."), "new"
        ) from weak
    enter(pen, office, "own_password", staff.number)
    staff.password, staff.password_given = make_password(new), False
    staff.save(update_fields=["password", "password_given"])
