"""What a customer never gets: the number of a worker (OI-4.1, CF-05)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from menling.kernel.points import rule
from menling.kernel.policy import setting
from menling.kernel.words import _

HIDDEN = "***"
SHORTEST = 7
"""Digits a number has at least; less is a room or a price."""


@dataclass(frozen=True)
class PrivacyPolicy:
    """What stands where a worker's number was written."""

    worker_phone: str = setting(
        "privacy.worker_phone_to_customer",
        ("OI-4.1", "CF-05"),
        _("Where a customer would read a worker's number"),
        "office_number_only",
        options=("never", "office_number_only"),
    )


@rule("OI-4.1")
def for_customer(text: str, phones: Iterable[str], office_phone: str, policy: PrivacyPolicy) -> str:
    """Return a text as a customer may read it: a worker's number gives way to the office's, or to nothing (CF-05).

    A number is found however it is spaced. `office_phone` empty, or the choice ``never``, leaves stars.
    """
    instead = office_phone if policy.worker_phone == "office_number_only" and office_phone else HIDDEN
    for phone in phones:
        digits = re.sub(r"\D", "", phone)
        if len(digits) >= SHORTEST:
            text = re.sub(r"(?<!\d)" + r"[\s\-–—.]*".join(digits) + r"(?!\d)", instead, text)
    return text
