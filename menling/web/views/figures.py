"""The figures in force: which clause, which value, since when, who approved it; and a new one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from menling.clauses import clauses
from menling.kernel.policy import SETTINGS, Setting
from menling.policies.history import History
from menling.policies.models import PolicyValue
from menling.policies.values import MANAGERS, approve
from menling.premises.administration.books import enter, wrong
from menling.web.entering import entered, pen
from menling.web.fields import instant
from menling.web.session import StaffRequest, staff_page
from menling.web.wording import UNITS, in_words

GROUPS = ("repair", "visit", "intake", "money", "settlement", "signature", "calendar", "register", "retention", "conduct")


@dataclass(frozen=True)
class Row:
    """A setting with what stands now: `row` is None while the default stands; `own` tells that the office decided itself."""

    setting: Setting
    value: Any
    row: PolicyValue | None
    coming: PolicyValue | None

    @property
    def changed(self) -> bool:
        """Tell whether the value in force is another one than the procedure's default."""
        return bool(self.value != self.setting.default)


@staff_page(*MANAGERS)
def listing(request: StaffRequest) -> HttpResponse:
    """List every figure with what is in force; `q` asks for those whose title or clause holds these letters."""
    history = History(request.office)
    rows = sorted(_rows(history, request.now), key=lambda row: (_group(row.setting.key), row.setting.key))
    query = request.GET.get("q", "").strip()
    asked_for = [row for row in rows if _called(row.setting, query.casefold())]
    shown = {"rows": asked_for, "changed": sum(row.changed for row in rows), "query": query}
    return render(request, "web/roles/figures.html", shown)


def _called(setting: Setting, words: str) -> bool:
    return any(words in name.casefold() for name in (in_words(setting.title), *setting.clauses))


def _rows(history: History, now: datetime) -> Iterator[Row]:
    standing, raw = history.standing(now), history.at(now).raw
    for key, setting in SETTINGS.items():
        later = [row for row in history.of(key) if row.in_force_from > now]
        yield Row(setting, setting.read(raw.get(key)), standing.get(key), later[-1] if later else None)


def _group(key: str) -> int:
    name = key.split(".")[0]
    return GROUPS.index(name) if name in GROUPS else len(GROUPS)


@staff_page(*MANAGERS)
def one(request: StaffRequest, key: str) -> HttpResponse:
    """Show one figure with its clauses, its bounds and its history, and the form for a new one."""
    setting = _known(key)
    history = History(request.office)
    now = next(row for row in _rows(history, request.now) if row.setting is setting)
    shown = {
        "row": now, "setting": setting, "history": history.of(key), "widget": _widget(setting),
        "clauses": [clauses()[each] for each in setting.clauses if each in clauses()],
        "options": [(each, in_words(each)) for each in setting.options],
        "unit": _(UNITS.get(setting.unit, setting.unit)) if setting.unit else "",
    }  # fmt: skip
    return render(request, "web/roles/figure.html", shown)


def _known(key: str) -> Setting:
    if key not in SETTINGS:
        raise Http404(key)
    return SETTINGS[key]


def _widget(setting: Setting) -> str:
    if setting.options:
        return "choice"
    if isinstance(setting.default, bool):
        return "yes"
    if isinstance(setting.default, tuple):
        return "list"
    return "time" if isinstance(setting.default, time) else "figure"


@require_POST
@staff_page(*MANAGERS)
def decide(request: StaffRequest, key: str) -> HttpResponse:
    """Bring a new figure into force, from now or from a later instant on, with a reason."""
    setting, office = _known(key), request.office
    text = request.POST.get("value", "").strip()

    @transaction.atomic
    def writing() -> None:
        if not request.POST.get("reason", "").strip():
            raise wrong(gettext_noop("Please write why the figure is changed."), "reason")
        enter(pen(request), office, "figure", key, after={"value": text})
        since = instant("in_force_from", request.POST.get("in_force_from", "").strip(), request.now, ZoneInfo(office.zone))
        approve(office, key, _raw(setting, text), by=request.actor, company_id=office.company_id, at=request.now,
                in_force_from=since or request.now, reason=request.POST.get("reason", "").strip()[:200])  # fmt: skip

    done = _("The new figure is decided. Orders reported before keep theirs.")
    return entered(request, writing, reverse("web:figure", args=[key]), done)


def _raw(setting: Setting, text: str) -> Any:
    """A figure as the table keeps it; what cannot be read is left for the setting to refuse with its clause."""
    if isinstance(setting.default, bool):
        return text == "yes"
    if isinstance(setting.default, tuple):
        return [each for each in re.split(r"[,，、;；\s]+", text) if each]
    if isinstance(setting.default, int) and text.lstrip("-").isdecimal():
        return int(text)
    return text or "?"
