"""What a worker or a desk is reminded of, and when: short prompts, ticked in groups, at most three taps a visit.

The wording stands in the list of clauses; here is the moment at which each is shown and ticked, and what the
office has chosen where the procedures say different things.
"""

from dataclasses import dataclass, replace
from functools import partial

from menling.kernel.points import register, rule
from menling.kernel.procedure import ROLE_TITLES
from menling.kernel.refusal import Refused
from menling.kernel.roles import WORKERS, Role
from menling.kernel.words import Message, _
from menling.procedures.conduct_policy import SHIPPED, ConductPolicy


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


@dataclass(frozen=True)
class Line:
    """One reminder of a card: its clause, and the sentences that say what the office has chosen about it."""

    clause: str
    chosen: tuple[str | Message, ...] = ()


def _group(key: str, title: str, screen: str, statuses: str, clauses: str, situation: str = "", kind: str = "repair"
           ) -> Group:  # fmt: skip
    return Group(key, title, kind, screen, frozenset(statuses.split()), tuple(clauses.split()), situation)


BEFORE = "dispatched acknowledged"
HOME = "on_site quoted working"
TALK = HOME + " waiting_material finished objected"
SCREENS = {
    "visit": WORKERS | {Role.TEAM_LEAD},
    "desk": frozenset(
        {
            Role.REPAIR_DESK,
            Role.HOUSEKEEPING_DESK,
            Role.CONTROL_CENTRE,
            Role.SERVICE_DESK,
            Role.SERVICE_DESK_SUPERVISOR,
            Role.TEAM_LEAD,
        }
    ),
    "finance": frozenset({Role.FINANCE}),
    "errand": WORKERS | {Role.SERVICE_DESK, Role.SERVICE_DESK_SUPERVISOR, Role.EMPLOYEE},
    "tracking": frozenset({Role.TRACKER}),
}
"""Whose card it is. The foreman goes along on a visit and leads the talk there (OC-3.2)."""

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
           "EN-8.1 EN-Q.3.1 EN-P.3 EN-P.4 EN-P.5 EN-P.6 OC-4.1 OC-4.2 OC-4.3 OC-4.6"),
    # asked for only when it happens
    _group("late", _("You will be late"), "visit", BEFORE, "EN-2.6", "late"),
    _group("nobody_home", _("Nobody home"), "visit", BEFORE + " on_site nobody_home", "HS-4.3.3 EN-3.2", "nobody_home"),
    _group("risk", _("Something may be damaged"), "visit", HOME, "EN-3.9", "risk"),
    _group("valuables", _("Valuables have to be moved"), "visit", HOME, "HC-5.2.6", "valuables"),
    _group("installation", _("Drilling or installing"), "visit", HOME, "EN-5.2 EN-Q.7", "installation"),
    _group("heavy", _("Hanging something heavy"), "visit", HOME, "EN-5.3", "heavy"),
    _group("soiled", _("Something was soiled or in the way"), "visit", HOME + " finished objected", "HC-5.2.3",
           "soiled"),
    _group("damage", _("Something was damaged"), "visit", HOME + " finished objected", "OC-3.11", "damage"),
    _group("difficult", _("Too difficult alone"), "visit", HOME + " " + BEFORE, "EN-4.4", "difficult"),
    _group("material", _("Material is missing"), "visit", HOME + " waiting_material", "EN-4.6", "material"),
    _group("objection", _("The resident is not content"), "visit", "finished signed objected", "HC-5.3.7", "objection"),
    _group("fee", _("A question about the price"), "visit", HOME + " finished signed", "HC-5.3.8", "fee"),
    # what to answer, opened when the resident asks and ticked when it was said
    _group("asked_internal", _("Asked about the company's own affairs"), "visit", TALK, "EN-Q.1", "asked_internal"),
    _group("asked_price", _("“That is too expensive”"), "visit", TALK, "EN-Q.2 EN-Q.3", "asked_price"),
    _group("free_before", _("“It was free before”"), "visit", TALK, "EN-Q.4", "free_before"),
    _group("asked_fund", _("“I pay the management fee”"), "visit", TALK, "EN-Q.5", "asked_fund"),
    _group("other_model", _("The part I brought does not fit"), "visit", TALK, "EN-Q.6", "other_model"),
    _group("asked_quality", _("“What you sold me keeps breaking”"), "visit", TALK, "EN-Q.8", "asked_quality"),
    _group("too_young", _("“Send somebody older”"), "visit", TALK, "EN-Q.9", "too_young"),
    _group("not_now", _("It cannot be done at once"), "visit", TALK, "EN-8.2", "not_now"),
    # at the desks
    _group("briefing", _("Before a first visit to this home"), "desk", "accepted " + BEFORE, "OI-4.5"),
    _group("briefing", _("Before a first visit to this home"), "desk", "agreed " + BEFORE, "OI-4.5", kind="housekeeping"),
    _group("call_late", _("Calling about a delay"), "desk", "accepted dispatched acknowledged nobody_home unfinished",
           "HS-4.3.1"),
    _group("time_refused", _("The resident does not accept the new time"), "desk",
           "dispatched acknowledged nobody_home unfinished", "EN-2.7"),
    _group("call_later", _("The call department rings, and you did not take the order"), "desk",
           "placed asked_back accepted in_hand", "OI-3", kind="call_order"),
    _group("ask_around", _("The customer is in a hurry"), "desk", "placed asked_back accepted", "OI-4.3", kind="call_order"),
    # housekeepers: the same manners, and how to clean
    _group("setting_out", _("Before you set out"), "visit", BEFORE,
           "HC-5.2.2 HC-5.2.9 HC-5.2.9-1 HC-5.2.9-4 OC-1.1 OC-1.2 OC-1.4 OC-1.5 OC-1.6", kind="housekeeping"),
    _group("at_the_door", _("At the door and at work"), "visit", BEFORE + " on_site working",
           "HC-5.1.3 HC-5.3.1 HC-5.3.2 HC-5.3.3 HC-5.3.4 HC-5.3.5 HC-5.2.1 HC-5.2.7 HC-5.2.9-2.1 HC-5.2.9-5 OC-2.1 OC-2.2 "
           "OC-2.3 OC-2.4 OC-3.1 OC-3.2 OC-3.3 OC-3.4 OC-3.5 OC-3.6 OC-3.7 OC-3.8 OC-3.9 OC-3.10", kind="housekeeping"),
    _group("leaving", _("Before you leave"), "visit", "on_site working finished",
           "HC-5.2.8 HC-5.2.9-2.2 HC-5.2.9-3 HC-5.2.9-3.3 HC-5.3.6 HC-5.3.9 OC-4.1 OC-4.2 OC-4.3 OC-4.6",
           kind="housekeeping"),
    _group("nobody_home", _("Nobody home"), "visit", BEFORE + " on_site nobody_home", "HS-4.3.3", "nobody_home",
           kind="housekeeping"),
    _group("valuables", _("Valuables have to be moved"), "visit", "on_site working", "HC-5.2.6", "valuables",
           kind="housekeeping"),
    _group("soiled", _("Something was soiled or in the way"), "visit", "on_site working finished objected", "HC-5.2.3",
           "soiled", kind="housekeeping"),
    _group("damage", _("Something was damaged"), "visit", "on_site working finished objected", "OC-3.11", "damage",
           kind="housekeeping"),
    _group("objection", _("The resident is not content"), "visit", "finished signed objected", "HC-5.3.7", "objection",
           kind="housekeeping"),
    _group("fee", _("A question about the price"), "visit", "on_site working finished signed", "HC-5.3.8", "fee",
           kind="housekeeping"),
    _group("call_late", _("Calling about a delay"), "desk", "agreed dispatched acknowledged nobody_home unfinished",
           "HS-4.3.1", kind="housekeeping"),
    _group("after_cleaning", _("Asking how the cleaning was"), "desk", "finished signed signed_off completed", "HC-5.1.4",
           kind="housekeeping"),
    _group("cannot_buy", _("It cannot be had, or not in time"), "errand", "registered bought", "HC-5.4.4", "cannot_buy",
           kind="errand"),
    # engineering's crew at a home alarm: the same manners
    _group("setting_out", _("Before you set out"), "visit", BEFORE,
           "HC-5.2.2 HC-5.2.9 HC-5.2.9-1 HC-5.2.9-4 OC-1.1 OC-1.2 OC-1.4 OC-1.5 OC-1.6", kind="alarm"),
    _group("at_the_door", _("At the door and at work"), "visit", BEFORE + " " + HOME,
           "HC-5.3.1 HC-5.3.2 HC-5.3.3 HC-5.3.4 HC-5.3.5 HC-5.2.1 HC-5.2.7 HC-5.2.9-2.1 HC-5.2.9-5 OC-2.1 OC-2.2 OC-2.3 OC-2.4 "
           "OC-3.1 OC-3.2 OC-3.3 OC-3.4 OC-3.5 OC-3.6 OC-3.7 OC-3.8 OC-3.9 OC-3.10", kind="alarm"),
    _group("leaving", _("Before you leave"), "visit", HOME + " finished",
           "HC-5.2.8 HC-5.2.9-2.2 HC-5.2.9-3 HC-5.2.9-3.3 HC-5.3.6 HC-5.3.9 OC-4.1 OC-4.2 OC-4.3 OC-4.6", kind="alarm"),
    _group("nobody_home", _("Nobody home"), "visit", BEFORE + " on_site nobody_home", "HS-4.3.3", "nobody_home", kind="alarm"),
    _group("call_late", _("Calling about a delay"), "desk", "accepted dispatched acknowledged nobody_home unfinished",
           "HS-4.3.1", kind="alarm"),
    _group("tracking", _("While you track it"), "tracking", "tracked concluded", "EN-D.1 EN-D.5 EN-D.8", kind="coordination"),
    _group("settling", _("Before you settle"), "finance", "open", "HS-3.5", kind="settlement"),
]  # fmt: skip

ABOUT = {
    "EN-2.12": ("drinking", "customer_phone"), "EN-P.7": ("drinking",), "HC-5.2.9-5": ("drinking", "customer_phone"),
    "OC-3.7": ("drinking",), "HC-5.2.7": ("customer_phone",), "OC-3.5": ("customer_phone",),
    "HC-5.2.2": ("footwear",), "HC-5.2.9-4": ("footwear",), "EN-3.4": ("footwear",), "OC-1.4": ("footwear",),
    "EN-6.1": ("talk",), "EN-6.2": ("talk",), "OC-3.10": ("talk",),
    "EN-4.6": ("missing",), "EN-Q.6": ("missing",),
    "HC-5.3.8": ("fee_dispute",), "EN-Q.2": ("fee_dispute",), "EN-Q.3": ("fee_dispute",),
}  # fmt: skip
"""The choices that bear on a clause, each a field of the policy."""
SENTENCES = {
    "shoe_covers": _("In this office: shoe covers on at the door."),
    "work_shoes": _("In this office: change into your work shoes at the door; covers over them where it is wet."),
    "cloth_shoes": _("In this office: flat cloth shoes, with covers over them in the home."),
    "never": _("In this office: never use the resident's telephone."),
    "special_circumstances_with_note": _(
        "In this office: the resident's telephone only in special need, with consent; write a note with the reason."
    ),
    "none": _("In this office: drink nothing in the home, not even your own water."),
    "own_water_own_cup": _("In this office: your own water from your own cup is fine, never the resident's."),
    "service_matters_only": _("In this office: speak about the service and what is needed; no small talk."),
    "team_leader_only": _("In this office: leave the talking to the team leader."),
    "customer_buys": _("In this office: the resident buys the material; leave the service card."),
    "proxy_purchase": _("In this office: we buy the material; write it into the purchase register first."),
    "both": _("In this office: the resident buys it, or entrusts us; offer both."),
    "worker_then_desk": _("In this office: explain once; if the question stays, leave it to the service desk."),
    "desk_only": _("In this office: the service desk speaks about the price; do not explain it yourself."),
}
TO_LOOK_INTO: dict[str, tuple[str, tuple[Role, ...]]] = {
    "free_before": (
        _("{number} at {unit}: it is said to have been free of charge before. Please look into it and reply."),
        (Role.TEAM_LEAD, Role.CONTROL_CENTRE),
    ),
    "fee": (_("{number} at {unit}: the resident questions the price. Please talk to the resident."), (Role.SERVICE_DESK,)),
}
"""Cards whose tap is told to somebody who owes the resident an answer (EN-Q.4, HC-5.3.8)."""
PRICE_EXPLAINED = "asked_price"
"""The card on which a worker says what the price is made of."""
GROOMING = frozenset({"EN-1.12", "OC-1.1"})
"""Rules of hair and dress that an office may drop one by one (CF-32)."""
APOLOGIES = frozenset({"HC-5.3.7", "HC-5.2.3"})
"""Where to say sorry, with the words of the office: for the inconvenience at once, for a fault once it is known (CF-26)."""
RING_AGAIN = _("Ring a second time after {seconds} seconds, not sooner.")
LEFT_OUT = {
    "OC-3.7": "none", "EN-6.1": "team_leader_only", "EN-6.2": "team_leader_only", "EN-Q.2": "desk_only", "EN-Q.3": "desk_only",
    "EN-4.6": "proxy_purchase",
}  # fmt: skip
"""Clauses not shown where the office chose what would contradict them."""


def _without(at: int, clause: str) -> None:
    GROUPS[at] = replace(GROUPS[at], clauses=tuple(each for each in GROUPS[at].clauses if each != clause))


for _at, _each in enumerate(GROUPS):
    register("prompt", f"{_each.kind}.{_each.screen}.{_each.key}", _each.clauses, partial(_without, _at))


def prompts(kind: str, status: str, policy: ConductPolicy = SHIPPED) -> list[Group]:
    """Return the groups shown for a case at `status` under an office's choices, in the order of the visit."""
    shown = [_under(group, policy) for group in GROUPS if group.kind == kind and status in group.statuses]
    return [group for group in shown if group.clauses]


def _under(group: Group, policy: ConductPolicy) -> Group:
    kept = [each for each in group.clauses if each not in GROOMING or each in policy.grooming]
    return replace(group, clauses=tuple(each for each in kept if LEFT_OUT.get(each) not in _choices(each, policy)))


def _choices(clause: str, policy: ConductPolicy) -> list[str]:
    return [getattr(policy, about) for about in ABOUT.get(clause, ())]


def lines(group: Group, policy: ConductPolicy = SHIPPED) -> list[Line]:
    """Return the reminders of a card, each with what the office has chosen about it."""
    return [Line(clause, _said(clause, policy)) for clause in group.clauses]


def _said(clause: str, policy: ConductPolicy) -> tuple[str | Message, ...]:
    chosen: tuple[str | Message, ...] = tuple(SENTENCES[choice] for choice in _choices(clause, policy))
    if clause == "HC-5.3.1":
        return (*chosen, Message(RING_AGAIN, {"seconds": policy.ring_seconds}))
    return chosen + policy.apology if clause in APOLOGIES else chosen


def ticked(
    kind: str, status: str, key: str, roles: frozenset[Role], *, assigned: bool = True, policy: ConductPolicy = SHIPPED
) -> Group:  # fmt: skip
    """Return the card somebody with `roles` ticks now; `assigned` tells whether a worker is the one sent.

    Errors: `Refused` MR-10 when it is not shown at this moment, 422 when there is none; 403 when it is shown to somebody else.
    """
    for group in prompts(kind, status, policy):
        if group.key == key:
            ticked_by_its_own(group, roles, assigned)
            return group
    raise Refused("MR-10", _("There is nothing to tick here under “{group}” now."), status=409 if _known(kind, key) else 422,
                  group=key, field="group")  # fmt: skip


def _known(kind: str, key: str) -> bool:
    return any(group.kind == kind and group.key == key for group in GROUPS)


@rule("HC-5.3.8")
def explained_once(said_before: bool) -> None:
    """A worker explains the price once; a question that stays goes to the service desk (CF-28)."""
    if said_before:
        raise Refused(
            "HC-5.3.8", _("You have explained the price already. Please leave it to the service desk under “{card}”."),
            card=Message(_("A question about the price")),
        )  # fmt: skip


@rule("OI-4.5")
def briefing_due(visits_before: int) -> bool:
    """Tell whether who is sent must be talked to first: nobody of those sent was at this home before."""
    return visits_before == 0


@rule("MR-10")
def ticked_by_its_own(group: Group, roles: frozenset[Role], assigned: bool) -> None:
    """A card is ticked by those it is shown to: at a visit by the worker sent or the foreman, at a desk by the desk."""
    if not roles & SCREENS[group.screen]:
        raise Refused(
            "MR-10",
            _("“{group}” is ticked by: {roles}. Please leave it to them."),
            status=403,
            group=Message(group.title),
            roles=tuple(Message(ROLE_TITLES[role]) for role in sorted(SCREENS[group.screen])),
        )
    if group.screen == "visit" and not assigned:
        raise Refused("MR-2", _("This order is assigned to somebody else. Ask the desk to reassign it first."), status=403)
