"""How to log in to the demonstration: the same seed gives the same people, PINs and tokens."""

import hashlib
from typing import Any

from menling.demo import crew, estate, filling
from menling.doorway.keys import link_text
from menling.journal.models import Case
from menling.premises.models import Company, Office, Token, Unit

ADDRESS = "http://127.0.0.1:8000"
PLACES = {"office": "/", "doorstep": "/doorstep/", "wall": "/wall"}
"""Where the desks and leads begin, the workers on their phones, and what hangs on the wall of the control room."""
NOTE = "示范数据：人物、电话和房号均为虚构。 Invented data: no person, phone or home is real."


def is_this_demo(seed: int) -> bool:
    """Tell whether the tables hold the whole demonstration of a seed."""
    last = crew.token(seed, f"{crew.SECOND} {filling.NEIGHBOUR_HOME}")
    return Token.objects.filter(digest=hashlib.sha256(last.encode()).hexdigest()).exists()


def logins(seed: int) -> dict[str, Any]:
    """Return address, company, offices, users, one token per role, units and the resident, in values JSON can hold."""
    company = Company.objects.get()
    offices = list(Office.objects.order_by("pk"))
    home, away = (_resident(seed, office) for office in offices)
    return {
        "address": ADDRESS,
        "addresses": {name: f"{ADDRESS}{path}" for name, path in PLACES.items()},
        "company": company.name,
        "note": NOTE,
        "offices": [_named(office) for office in offices],
        "users": [_user(seed, hand) for hand in crew.hands()],
        "tokens": {"customer": home["token"], **_tokens(seed, {crew.FIRST, None})},
        "units": _units(offices[0]),
        "resident": home,
        "elsewhere": {
            "office": _named(offices[1]),
            "tokens": {"customer": away["token"], **_tokens(seed, {crew.SECOND})},
            "units": _units(offices[1]),
            "resident": away,
        },
    }


def _named(office: Office) -> dict[str, str]:
    return {"code": office.code, "name": office.name}


def _user(seed: int, hand: crew.Hand) -> dict[str, Any]:
    return {
        "number": hand.number, "name": hand.name, "role": hand.role.value, "roles": [role.value for role in hand.roles],
        "office": hand.office, "password": crew.PASSWORD, "pin": crew.PIN, "token": crew.token(seed, hand.number),
    }  # fmt: skip


def _tokens(seed: int, offices: set[str | None]) -> dict[str, str]:
    """Return a token for each role: of somebody who does nothing else, if there is one."""
    tokens: dict[str, str] = {}
    for hand in sorted(crew.hands(), key=lambda hand: len(hand.roles)):
        for role in hand.roles if hand.office in offices else ():
            tokens.setdefault(role.value, crew.token(seed, hand.number))
    return tokens


def _units(office: Office) -> list[str]:
    return list(Unit.objects.filter(office=office).order_by("pk").values_list("code", flat=True))


def _resident(seed: int, office: Office) -> dict[str, Any]:
    agent_for: tuple[str, ...] = ()
    if office.code == crew.FIRST:
        name, phone, home, agent_for = filling.RESIDENT, filling.RESIDENT_PHONE, estate.RESIDENT_HOME, estate.RESIDENT_AGENT_FOR
    else:
        name, phone, home = filling.NEIGHBOUR, filling.NEIGHBOUR_PHONE, filling.NEIGHBOUR_HOME
    return {"name": name, "phone": phone, "token": crew.token(seed, f"{office.code} {home}"), "units": [home, *agent_for],
            "link": _link(office, home)}  # fmt: skip


def _link(office: Office, home: str) -> str:
    """Return what the resident opens on the own phone: the newest repair of the home; nothing where there was none."""
    case = Case.objects.filter(office=office, unit__code=home, kind="repair").order_by("-pk").first()
    return f"{ADDRESS}/r/{link_text(case)}" if case else ""
