"""The timeline of a case for reading: who did what when, under which clause, and what the step said."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from menling.doorway.labels import LABELS
from menling.doorway.language import said
from menling.journal.models import Case
from menling.kernel.procedure import ROLE_TITLES, Step
from menling.web.fields import MONEY
from menling.web.labels import CHOICES
from menling.web.steps import ELSEWHERE, RARE
from menling.web.templatetags.show import number, said_at, yuan
from menling.web.wording import by_whom, verb_of

ASIDE = RARE - {"close"} | ELSEWHERE | {"reassign", "absent", "carry_over", "await_material", "attest", "release", "make_urgent"}
"""Verbs that nobody waits for."""
YES, NO = gettext_noop("yes"), gettext_noop("no")
AMOUNTS = MONEY | {"due", "expected", "difference", "collected", "shortfall", "unit_price", "left"}
CALLED = {("sign", "name"): "signed_by", ("sign_on_paper", "name"): "signed_by", ("object", "items"): "failed",
          ("quote", "items"): "quoted", ("pick_up", "name"): "collector_name"}  # fmt: skip
HOUSEKEEPING = {(verb, "content"): "work" for verb in ("file", "change", "correct")}
"""Facts that another word names better in the step they belong to."""
UNSAID = frozenset(
    {"photos", "photo", "signature", "clauses", "spent", "blocks", "worked", "worker", "workers", "by_time", "collector"}
)


def lines(case: Case, events: list[dict[str, Any]], now: datetime) -> list[dict[str, Any]]:
    """Return the events, the newest first, each with the title of its verb and its facts in words."""
    return [
        event | {"title": verb_of(case, event["verb"]), "by": by_whom(event["by"]),
                 "said": facts_in_words(_called(case, event), now),
                 "late": (event["recorded_at"] - event["happened_at"]).total_seconds() >= 60,
                 "moved": said(case.procedure.status_title(event["after"])) if event["after"] != event["before"] else ""}
        for event in reversed(events)
    ]  # fmt: skip


def _called(case: Case, event: Mapping[str, Any]) -> dict[str, Any]:
    here = CALLED | HOUSEKEEPING if case.kind == "housekeeping" else CALLED
    return {here.get((event["verb"], name), name): value for name, value in event["facts"].items()}


def facts_in_words(facts: Mapping[str, Any], now: datetime) -> list[tuple[str, str]]:
    """Return the facts of a step that have a name, as (name, value) in the reader's language."""
    return [
        (_(LABELS[name]), text)
        for name, value in facts.items()
        if name in LABELS and name not in UNSAID and (text := _value(name, value, now))
    ]


def _value(name: str, value: Any, now: datetime) -> str:
    if value is None or value == "" or (isinstance(value, (list, dict)) and not value):
        return ""
    if isinstance(value, bool):
        return _(YES if value else NO)
    if isinstance(value, Mapping):
        return _(", ").join(text for key, each in value.items() if (text := _value(str(key), each, now)))
    if isinstance(value, list):
        known = CHOICES.get(name, {})
        return _(", ").join(
            str(each["name"])
            if isinstance(each, Mapping) and "name" in each
            else said_at(str(each), now) or _(known.get(str(each), str(each)))
            for each in value
        )
    if name == "quantity":
        return number(str(value))
    if name in AMOUNTS:
        return yuan(str(value))
    return said_at(str(value), now) or _(CHOICES.get(name, {}).get(str(value), str(value)))


def _again(step: Step, case: Case) -> bool:
    """Tell whether a step was taken on the way here and is only open to be taken anew, as a price that is told again."""
    way = [str(status) for status in case.procedure.statuses]
    return step.after in step.before and way.index(case.status) >= way.index(str(step.after))


def waits_for(case: Case) -> list[tuple[str, str]]:
    """Return the steps that would carry a case on from here, as (verb, who may take it)."""
    found: dict[str, str] = {}
    for step in case.procedure.steps:
        if case.status in step.before and step.after is not None and step.verb not in ASIDE and not _again(step, case):
            roles = said(_(", ")).join(said(ROLE_TITLES[role]) for role in sorted(step.roles))
            found.setdefault(said(case.procedure.verb_title(step.verb)), roles)
    return list(found.items())[:4]


def waits_for_others(case: Case, actions: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Return what others have to do before a case goes on, or nothing where a reader may carry it on with one of `actions`."""
    mine = {each["title"] for each in actions}
    steps = waits_for(case) if case.closed_at is None else []
    return [] if any(title in mine for title, _who in steps) else steps
