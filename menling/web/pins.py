"""PINs: how persons take turns at a shared PC that somebody opened with a password."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import check_password, make_password
from django.http import HttpRequest

from menling.premises.models import Staff
from menling.web.signed_in import employed

SHORTEST, LONGEST = 4, 8


class PinBackend(BaseBackend):
    """Lets in by work number and PIN, but only somebody of the company whose PC is open already."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> Staff | None:
        """Return the person with this `number` and `pin` in a `company` (its id), or None."""
        if not {"number", "pin", "company"} <= credentials.keys():
            return None
        number, pin = credentials["number"].strip(), credentials["pin"]
        found = Staff.objects.filter(number__iexact=number, company_id=credentials["company"], is_active=True)
        person = found.exclude(pin="").first()
        if person is None:
            make_password(pin)  # a number nobody has takes as long as a wrong PIN
            return None
        return person if check_password(pin, person.pin) else None

    def get_user(self, user_id: int) -> Staff | None:
        """Return the person of a session while employed."""
        return employed(user_id)


def set_pin(staff: Staff, pin: str) -> None:
    """Give somebody a new PIN; only its hash is kept. Errors: ValueError unless it is 4 to 8 digits, not all the same."""
    if not (pin.isascii() and pin.isdigit() and SHORTEST <= len(pin) <= LONGEST) or len(set(pin)) == 1:
        raise ValueError(pin)
    staff.pin = make_password(pin)
    staff.save(update_fields=["pin"])
