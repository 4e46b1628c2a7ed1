"""What the tests of prompts share: when a clause is shown, on whose screen, in its own words, and whose tap counts."""

from collections.abc import Iterable

from menling.clauses import clause
from menling.journal.models import Case
from menling.procedures.conduct import lines, prompts
from menling.procedures.conduct_policy import ConductPolicy
from menling.procedures.repair import Status
from tests.office import World
from tests.procedures.given import last

BEFORE = {"dispatched", "acknowledged"}
HOME = {"on_site", "quoted", "working"}


def reminds(named: str, card: str, at: Iterable[str], zh: str, en: str, screen: str = "visit") -> None:
    """Expect a clause on one card of a screen at exactly these statuses, worded like this in both languages."""
    shown = {status.value: [(group.key, group.screen) for group in prompts("repair", status) if named in group.clauses]
             for status in Status}  # fmt: skip
    assert {status for status, cards in shown.items() if cards} == set(at)
    assert all(cards == [(card, screen)] for cards in shown.values() if cards)
    assert zh in clause(named).text("zh-hans")
    assert en in clause(named).text("en")


def ticks(world: World, case: Case, card: str, expected: Iterable[str], who: str = "repair_worker") -> None:
    """Expect that one tap on a card is journalled with all these clauses and the name of who tapped."""
    world.do(case, "tick", who, group=card)
    event = last(case, "tick")
    assert set(expected) <= set(event.clauses)
    assert event.actor_name == world.actor(who).name


def says(named: str, policy: ConductPolicy, status: str = "dispatched") -> tuple[str, ...] | None:
    """Return what an office has chosen about a clause as its card says it, or None where the card leaves it out."""
    found = [line for group in prompts("repair", status, policy) for line in lines(group, policy) if line.clause == named]
    return tuple(str(each) for each in found[0].chosen) if found else None
