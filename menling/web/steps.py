"""The buttons of a case: the verbs open now, in the order of the procedure, at most one of them the main one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_noop as _

from menling.doorway import offered
from menling.doorway.offered import actions
from menling.doorway.showing import loaded
from menling.journal.models import Case
from menling.kernel.actor import Actor
from menling.kinds import KINDS, money_cases
from menling.web.fields import Field, fields_of

MAIN = ("accept", "take", "deliver", "dispatch", "acknowledge", "arrive", "resume", "review", "sign_off", "archive", "settle",
        "receive", "confirm_fee", "collect", "hand_over", "see", "make_order", "clarify", "log", "conclude",
        "close_day", "approve", "pay_out", "give_back", "issue", "reverse",
        "accept_supervisor", "accept_office")  # fmt: skip
"""Verbs that carry a case on, the next one first: the first of them that is open is the main button."""
AT = {"accepted": "quote", "priced": "consent", "nobody_home": "move", "unfinished": "move", "draft": "submit",
      "with_manager": "sign_office", "traced": "close"}  # fmt: skip
"""The verb that carries a case on from a status only, where nothing of `MAIN` is open; elsewhere it would lead back."""
RARE = frozenset(
    {"ask_lead", "note", "correct", "cancel", "decline", "reopen", "refuse_move", "answer", "destroy", "object", "close",
     "coordinate", "hand_on", "exempt", "explain", "ask_review", "withdraw"}
)  # fmt: skip
BESIDE = 2
"""So many verbs seldom needed stand beside the others; more of them unfold."""
ELSEWHERE = frozenset({"tick", "reveal", "confirm_payment", "sign_on_paper"})
"""Verbs with a place of their own on the page."""
LETTERS = {"accept": "a", "dispatch": "d", "reassign": "d", "change": "c"}

CONSEQUENCES = {
    "cancel": _("The order ends here. Whoever was sent is told at once; nothing is charged."),
    "decline": _("The order ends here. The reason stays in the register and the resident is told."),
    "hand_on": _("It is followed up until they have answered and the resident knows; the resident sees with whom it is."),
    "reopen": _("The order starts again: it is dispatched, signed and reviewed anew; a charge that is due is taken back."),
    "destroy": _("The slip cannot be brought back. Only the timeline stays."),
    "refuse_move": _("The agreed time stays. Foreman and control centre are told and look for a way."),
}
"""What a step does that cannot be taken back by another one, said before it is taken."""


@dataclass(frozen=True)
class Button:
    """One verb: its title, the case it belongs to, its fields, and whether it is pressed without any question."""

    verb: str
    title: str
    on: str
    clauses: tuple[str, ...]
    fields: tuple[Field, ...]
    behalf: bool = False
    main: bool = False
    letter: str = ""

    @property
    def consequence(self) -> str:
        """Return what this step does for good, or nothing."""
        return CONSEQUENCES.get(self.verb, "")

    @property
    def direct(self) -> bool:
        """Tell whether there is nothing to ask."""
        return not self.fields and not self.consequence


@dataclass(frozen=True)
class Buttons:
    """The verbs of one case: the main one, the others, those seldom needed, and those recorded for a worker."""

    main: Button | None
    others: tuple[Button, ...]
    rare: tuple[Button, ...]
    behalf: tuple[Button, ...]

    @property
    def folds(self) -> bool:
        """Tell whether the verbs seldom needed would crowd those that are."""
        return len(self.rare) > BESIDE and bool(self.main or self.others)

    def __bool__(self) -> bool:
        return bool(self.main or self.others or self.rare or self.behalf)


def buttons(offered: Sequence[dict[str, Any]], status: str = "") -> Buttons:
    """Return the buttons for the verbs that `offered.actions` offers of a case in this status."""
    made = [button(each) for each in offered if each["verb"] not in ELSEWHERE]
    own = [each for each in made if not each.behalf]
    ranked = sorted((each for each in own if each.verb in MAIN), key=lambda each: MAIN.index(each.verb))
    main = next(iter(ranked), None) or next((each for each in own if each.verb == AT.get(status)), None)
    return Buttons(
        main,
        tuple(each for each in own if each is not main and each.verb not in RARE),
        tuple(each for each in own if each is not main and each.verb in RARE),
        tuple(each for each in made if each.behalf),
    )


def button(action: dict[str, Any], initial: dict[str, str] | None = None) -> Button:
    """Return one verb as a button with its fields."""
    return Button(
        action["verb"], action["title"], action["on"], tuple(action["clauses"]), tuple(fields_of(action, initial)),
        behalf=bool(action.get("on_behalf")), letter=LETTERS.get(action["verb"], ""),
    )  # fmt: skip


def described(case: Case, verb: str, by: Actor) -> dict[str, Any] | None:
    """Return a verb of a case or of its money as it is offered, or, when it is not open now, with its facts all the same.

    What is not open is refused by the procedure, with its clause, not by the form. None: there is no such verb.
    """
    for each in [case, *money_cases(case)]:
        kind = KINDS[each.kind]
        if verb not in kind.commands:
            continue
        detail = loaded(each)
        open_now = next((action for action in actions(detail, kind, by) if action["verb"] == verb), None)
        return open_now or offered.described(verb, kind, detail)
    return None
