"""The button that takes a list away as a workbook, for those who may have it."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from menling.imports.exports.registry import EXPORTS

register = template.Library()


@register.simple_tag(takes_context=True)
def excel(context: Mapping[str, Any], name: str) -> SafeString:
    """Return the link to a list, or nothing for somebody who may not have it."""
    request = context["request"]
    if not EXPORTS[name].readers & request.actor.roles_in(request.office.pk):
        return mark_safe("")
    return format_html('<a class="btn" href="{}">Excel</a>', reverse("web:export", args=[name]))
