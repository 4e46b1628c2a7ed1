"""The part of a page about an emergency: how it stands, who was called out, and its list (HC-5.2.5)."""

from functools import lru_cache
from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from menling.doorway.language import said
from menling.kernel.procedure import ROLE_TITLES
from menling.kernel.roles import Role
from menling.orders.emergencies import calls_of
from menling.web.emergencies import Questions

register = template.Library()


@register.inclusion_tag("web/parts/emergency.html", takes_context=True)
def emergency(context: Context) -> dict[str, Any]:
    """Show the emergency of an order page: `case`, `order`, `body` and `now` are those of the page."""
    body = context["body"]
    counted = not context["case"].deadlines.filter(key="emergency", counted=False).exists()
    return {
        "case": context["case"], "order": context["order"], "body": body, "now": context["now"], "counts": counted,
        "calls": calls_of(context["case"].pk), "here": context.get("here", ""),
        "may_check_off": any(each["verb"] == "check_off" for each in body["actions"]),
    }  # fmt: skip


@register.simple_tag
def emergency_fields(urgent: Questions | None) -> SafeString:
    """What a desk asks about an emergency and tells at once, in the reader's language."""
    return SafeString(_fields(urgent, get_language() or ""))


@lru_cache(maxsize=1024)
def _fields(urgent: Questions | None, language: str) -> str:
    """Draw the questions once for what an office asks: every search at the counter shows them."""
    return render_to_string("web/parts/emergency_fields.html", {"urgent": urgent})


@register.filter
def role_title(key: str) -> str:
    """Return what a role is called."""
    return said(ROLE_TITLES[Role(key)])
