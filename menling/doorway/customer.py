"""What a customer reads is free of workers' numbers (OI-4.1)."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from menling.policies.values import values_for
from menling.premises.models import Office, Staff
from menling.procedures.privacy import PrivacyPolicy, for_customer

Hide = Callable[[str], str]


def hiding(office: Office, now: datetime) -> Hide:
    """Return what takes the numbers of the office's staff out of a text, as the office chose (CF-05)."""
    policy = values_for(office, now).policy(PrivacyPolicy)
    rows = Staff.objects.filter(posts__office=office).exclude(phone="").exclude(phone=office.phone).distinct()
    phones = list(rows.values_list("phone", flat=True))
    return lambda text: for_customer(text, phones, office.phone, policy)


def without_numbers(value: Any, hide: Hide) -> Any:
    """Return a body for a customer with every text in it read through `hide`; keys, figures and instants stay."""
    if isinstance(value, str):
        return hide(value)
    if isinstance(value, dict):
        return {name: without_numbers(each, hide) for name, each in value.items()}
    return [without_numbers(each, hide) for each in value] if isinstance(value, list) else value
