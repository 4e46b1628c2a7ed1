"""The form of a new order: the part of it that only a desk's rights and figures change."""

from functools import lru_cache
from typing import Any, NamedTuple

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from menling.web.emergencies import Questions
from menling.web.intake import Desk, channels

register = template.Library()


class Rights(NamedTuple):
    """What of a desk the choices depend on; called as a desk calls it."""

    takes_repairs: bool
    judges: bool
    booking: bool
    pickup: bool
    departments: tuple[tuple[str, str], ...]
    urgent: Questions | None


@register.simple_tag
def intake_choices(desk: Desk, urgency: Any) -> SafeString:
    """What a desk chooses about an order and may do with it, in the reader's language."""
    rights = Rights(desk.takes_repairs, desk.judges, bool(desk.booking), bool(desk.pickup), desk.departments, desk.urgent)
    return SafeString(_choices(rights, urgency == "emergency", get_language() or ""))


@lru_cache(maxsize=1024)
def _choices(desk: Rights, urgent: bool, language: str) -> str:
    """Draw the choices once for what an office chose: every search at the counter shows them."""
    return render_to_string("web/parts/intake_choices.html", {"desk": desk, "urgent": urgent, "channels": channels()})
