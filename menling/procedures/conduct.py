"""What a worker or a desk is reminded of, and when: short prompts, ticked in groups, at most three taps a visit.

The wording stands in the list of clauses; here is the moment at which each is shown and ticked.
"""

from dataclasses import dataclass

from menling.kernel.points import register
from menling.kernel.refusal import Refused
from menling.kernel.words import _


@dataclass(frozen=True)
class Group:
    """One card of prompts: shown at `statuses` to the `screen` named, ticked with one tap."""

    key: str
    title: str
    kind: str
    screen: str
    statuses: frozenset[str]
    clauses: tuple[str, ...]
    situation: str = ""


def _group(key: str, title: str, screen: str, statuses: str, clauses: str, situation: str = "", kind: str = "repair"
           ) -> Group:  # fmt: skip
    return Group(key, title, kind, screen, frozenset(statuses.split()), tuple(clauses.split()), situation)


BEFORE = "dispatched acknowledged"
HOME = "on_site quoted working"

GROUPS: list[Group] = [
    # the three taps of an ordinary visit
    _group("setting_out", _("Before you set out"), "visit", BEFORE,
           "EN-1.1 EN-1.2 EN-1.4 EN-1.5 EN-1.6 EN-1.7 EN-1.8 EN-1.9 EN-1.10 EN-1.11 EN-1.12 EN-1.13 EN-1.14 EN-1.15 "
           "EN-1.16 EN-P.1 EN-P.8 HC-5.2.2 HC-5.2.9 HC-5.2.9-1 HC-5.2.9-4 OC-1.1 OC-1.2 OC-1.4 OC-1.5 OC-1.6"),
    _group("at_the_door", _("At the door and at work"), "visit", BEFORE + " " + HOME,
           "HC-5.3.1 HC-5.3.2 HC-5.3.3 HC-5.3.4 HC-5.3.5 HC-5.2.1 HC-5.2.7 HC-5.2.9-2.1 HC-5.2.9-5 EN-2.8 EN-2.9 "
           "EN-2.10 EN-2.11 EN-2.12 EN-3.1 EN-3.3 EN-3.4 EN-3.5 EN-3.6 EN-3.8 EN-4.1 EN-4.2 EN-4.7 EN-5.1 EN-6.1 "
           "EN-6.2 EN-P.2 EN-P.7 OC-2.1 OC-2.2 OC-2.3 OC-2.4 OC-3.1 OC-3.2 OC-3.3 OC-3.4 OC-3.5 OC-3.6 OC-3.7 OC-3.8 "
           "OC-3.9 OC-3.10"),
    _group("leaving", _("Before you leave"), "visit", HOME + " finished",
           "HC-5.2.8 HC-5.2.9-2.2 HC-5.2.9-3 HC-5.2.9-3.3 HC-5.3.6 HC-5.3.9 EN-3.10 EN-7.1 EN-7.2 EN-7.3 EN-7.5 "
           "EN-P.3 EN-P.4 EN-P.5 EN-P.6 OC-4.1 OC-4.2 OC-4.3"),
    # asked for only when it happens
    _group("late", _("You will be late"), "visit", BEFORE, "EN-2.6", "late"),
    _group("nobody_home", _("Nobody home"), "visit", BEFORE + " on_site nobody_home", "HS-4.3.3 EN-3.2", "nobody_home"),
    _group("risk", _("Something may be damaged"), "visit", HOME, "EN-3.9", "risk"),
    _group("valuables", _("Valuables have to be moved"), "visit", HOME, "HC-5.2.6", "valuables"),
    _group("installation", _("Drilling or installing"), "visit", HOME, "EN-5.2", "installation"),
    _group("heavy", _("Hanging something heavy"), "visit", HOME, "EN-5.3", "heavy"),
    _group("soiled", _("Something was soiled or in the way"), "visit", HOME + " finished objected", "HC-5.2.3",
           "soiled"),
    _group("damage", _("Something was damaged"), "visit", HOME + " finished objected", "OC-3.11", "damage"),
    _group("difficult", _("Too difficult alone"), "visit", HOME + " " + BEFORE, "EN-4.4", "difficult"),
    _group("material", _("Material is missing"), "visit", HOME + " waiting_material", "EN-4.6", "material"),
    _group("objection", _("The resident is not content"), "visit", "finished signed objected", "HC-5.3.7", "objection"),
    _group("fee", _("A question about the price"), "visit", HOME + " finished signed", "HC-5.3.8", "fee"),
    # at the desks
    _group("call_late", _("Calling about a delay"), "desk", "accepted dispatched acknowledged nobody_home unfinished",
           "HS-4.3.1"),
    _group("time_refused", _("The resident does not accept the new time"), "desk",
           "dispatched acknowledged nobody_home unfinished", "EN-2.7"),
    _group("settling", _("Before you settle"), "finance", "open", "HS-3.5", kind="settlement"),
]  # fmt: skip


def _without(clause: str) -> None:
    for at, group in enumerate(GROUPS):
        kept = tuple(each for each in group.clauses if each != clause)
        GROUPS[at] = Group(group.key, group.title, group.kind, group.screen, group.statuses, kept, group.situation)


for _each in GROUPS:
    register("prompt", f"{_each.kind}.{_each.screen}.{_each.key}", _each.clauses, _without)


def prompts(kind: str, status: str) -> list[Group]:
    """Return the groups shown for a case at `status`, in the order of the visit."""
    return [group for group in GROUPS if group.kind == kind and status in group.statuses and group.clauses]


def ticked(kind: str, status: str, key: str) -> Group:
    """Return the group ticked. Errors: `Refused` MR-10 (422) when it is not shown at this moment."""
    for group in prompts(kind, status):
        if group.key == key:
            return group
    raise Refused("MR-10", _("There is nothing to tick here under “{group}” now."), status=422, group=key, field="group")
