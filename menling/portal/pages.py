"""Which page the link of a case opens: its template, what it shows, its thanks; and what is the same on all of them."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.utils.translation import get_language

from menling.doorway.offered import actions
from menling.journal.models import Case, Event
from menling.kinds import KINDS
from menling.portal import buying, result, sheet, visits
from menling.portal.holding import Held
from menling.procedures.repair import Status

Filled = Callable[[Held, Mapping[str, str]], dict[str, Any]]
SCRIPT = "doorstep/sign.js"


@dataclass(frozen=True)
class Page:
    """A template, the function that fills it from the link and from what was typed before, and thanks by verb."""

    template: str
    filled: Filled
    thanks: Mapping[str, str]


ORDER = Page("portal/order.html", sheet.sheet, sheet.THANKS)
PAGES = {
    "agreement": Page("portal/agreement.html", visits.agreement_sheet, visits.THANKS),
    "errand": Page("portal/errand.html", buying.errand_sheet, buying.THANKS),
    "coordination": Page("portal/coordination.html", result.coordination_sheet, result.THANKS),
}
"""The pages beside those of orders, by kind."""


def page_of(held: Held) -> Page:
    """Return the page that the link opens."""
    return PAGES.get(held.case.kind, ORDER)


def shown(held: Held, typed: Mapping[str, str]) -> dict[str, Any]:
    """Return everything the page shows: who asks, which forms are open, and what the kind adds."""
    open_now = {each["verb"] for each in actions(held.order, KINDS[held.case.kind], held.by)}
    return {
        "held": held, "case": held.case, "office": held.case.office, "can": dict.fromkeys(open_now, True),
        "key": uuid.uuid4().hex, "version": version(held.case),
        "can_report": held.case.unit is not None and not held.case.unit.is_public,
        "script": SCRIPT if finders.find(SCRIPT) else "",
        "languages": [each for each in settings.LANGUAGES if each[0] != get_language()],
    } | page_of(held).filled(held, typed)  # fmt: skip


def version(case: Case) -> str:
    """Return a text that changes with every step of the case, and of what it was handed on as (MR-39)."""
    followed = [case.pk]
    if case.status == Status.HANDED_ON:
        followed += case.children.filter(kind="referral").values_list("pk", flat=True)
    newest = Event.objects.filter(case__in=followed).order_by("-pk").values_list("pk", flat=True).first()
    return str(newest or "")
