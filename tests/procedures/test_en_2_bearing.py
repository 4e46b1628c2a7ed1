"""EN-2  Bearing during the visit: doors, voice, face, posture, and what is never used in the home."""

import pytest

from menling.procedures.conduct_policy import ConductPolicy
from tests.office import World
from tests.procedures.given import chosen, decide, last
from tests.procedures.reminding import BEFORE, HOME, reminds, says, ticks

BEARING = (
    ("EN-2.8", "轻重和节奏", "gently and without hurry"),
    ("EN-2.9", "自然、亲切", "natural and kind"),
    ("EN-2.10", "点头回应", "nod"),
    ("EN-2.11", "不插兜", "hands out of pockets"),
    ("EN-2.12", "卫生间和电话", "neither toilet nor phone"),
)


@pytest.mark.parametrize(
    ("named", "zh", "en"), [pytest.param(*words, marks=pytest.mark.clause(words[0]), id=words[0]) for words in BEARING]
)
def test_the_worker_is_reminded_of_the_bearing_at_the_door(named: str, zh: str, en: str) -> None:
    reminds(named, "at_the_door", BEFORE | HOME, zh, en)


@pytest.mark.django_db
@pytest.mark.clause(*(named for named, _zh, _en in BEARING))
def test_one_tap_at_the_door_journals_the_bearing(world: World) -> None:
    ticks(world, world.at_home(), "at_the_door", [named for named, _zh, _en in BEARING])


@pytest.mark.clause("EN-2.12", "CF-12")
def test_an_office_may_rule_out_drinking_even_one_s_own_water() -> None:
    shipped, strict = ConductPolicy(), chosen(ConductPolicy, conduct__drinking="none")
    assert any("your own water from your own cup is fine" in said for said in says("EN-2.12", shipped) or ())
    assert any("not even your own water" in said for said in says("EN-2.12", strict) or ())
    assert says("OC-3.7", shipped) is not None
    assert says("OC-3.7", strict) is None


@pytest.mark.django_db
@pytest.mark.clause("EN-2.12", "CF-12")
def test_where_drinking_is_ruled_out_the_tap_no_longer_counts_the_own_cup(world: World) -> None:
    decide(world, "conduct.drinking", "none")
    case = world.at_home()
    ticks(world, case, "at_the_door", ["EN-2.12"])
    assert "OC-3.7" not in last(case, "tick").clauses
