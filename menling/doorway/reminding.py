"""What a reader of a case is reminded of at this moment: the cards with their lines, and whether they were ticked."""

from collections.abc import Collection
from typing import Any

from menling.clauses import clause
from menling.doorway.language import said
from menling.journal.models import Detail
from menling.kernel.actor import Actor
from menling.orders.models import Order
from menling.orders.queries import first_visit
from menling.procedures.conduct import Group, Line, lines, prompts
from menling.procedures.conduct_policy import ConductPolicy
from menling.procedures.foremost import foremost


def reminders(detail: Detail, by: Actor, ticked: Collection[str]) -> list[dict[str, Any]]:
    """Return the prompt groups of this moment with their lines, and whether they are among those `ticked`."""
    policy = detail.values.policy(ConductPolicy)
    screens = {"visit", "errand", "tracking"} if by.id in detail.case.crew else {"desk", "finance", "visit"}
    return [
        {
            "group": group.key, "title": said(group.title), "screen": group.screen, "situation": group.situation,
            "ticked": group.key in ticked,
            "lines": [_line(line) | {"foremost": line.clause in _first(group, detail)} for line in lines(group, policy)],
        }
        for group in prompts(detail.case.kind, detail.case.status, policy)
        if group.screen in screens and _has_its_moment(group.key, detail)
    ]  # fmt: skip


def _first(group: Group, detail: Detail) -> tuple[str, ...]:
    """The few lines that stand open on a card: what matters now, and whether there is something to pay."""
    return foremost(group.key, group.clauses, detail.case.status, paid=isinstance(detail, Order) and bool(detail.quote))


def _line(line: Line) -> dict[str, Any]:
    """Return a reminder: its clause with title and text in both languages, and what the office has chosen about it."""
    said_of = clause(line.clause)
    return {
        "clause": line.clause, "title": said_of.title_zh, "title_en": said_of.title_en, "text": said_of.zh,
        "text_en": said_of.en, "chosen": [said(each) for each in line.chosen],
    }  # fmt: skip


def _has_its_moment(card: str, detail: Detail) -> bool:
    """Before a first visit only who was never there is talked to (OI-4.5)."""
    return card != "briefing" or not isinstance(detail, Order) or first_visit(detail)
