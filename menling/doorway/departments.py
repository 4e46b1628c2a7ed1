"""What the departments are called that reports are passed on to (MR-39)."""

from django.utils.translation import gettext as _

from menling.procedures.referral import DEPARTMENTS


def department_name(key: str) -> str:
    """Return what a department is called: the office's own name where it added it."""
    return _(DEPARTMENTS[key]) if key in DEPARTMENTS else key
