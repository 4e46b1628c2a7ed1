"""CF-26, CF-32  What an office may word or drop itself: the two apologies, and the rules of hair and dress."""

import pytest

from menling.kernel.policy import SETTINGS
from menling.kernel.refusal import Refused
from menling.procedures.conduct import prompts
from menling.procedures.conduct_policy import ConductPolicy
from tests.office import World
from tests.procedures.given import chosen, decide, last
from tests.procedures.reminding import says


@pytest.mark.clause("HC-5.3.7", "HC-5.2.3", "CF-26")
@pytest.mark.parametrize(("named", "status"), [("HC-5.3.7", "objected"), ("HC-5.2.3", "on_site")])
def test_sorry_is_said_at_once_and_a_fault_is_owned_once_it_is_recorded(named: str, status: str) -> None:
    at_once, later = says(named, ConductPolicy(), status) or ("", "")
    assert at_once.startswith("At once")
    assert later.startswith("Only after the cause is recorded")


@pytest.mark.clause("HC-5.3.7", "CF-26")
def test_an_office_writes_its_own_apologies() -> None:
    ours = chosen(ConductPolicy, scripts__apology=["给您添麻烦了。"])
    assert says("HC-5.3.7", ours, "objected") == ("给您添麻烦了。",)


@pytest.mark.clause("EN-1.12", "OC-1.1", "CF-32")
def test_every_rule_of_hair_and_dress_is_shown_until_the_office_drops_one() -> None:
    assert ConductPolicy().grooming == ("EN-1.12", "OC-1.1")
    for kept, dropped in (("EN-1.12", "OC-1.1"), ("OC-1.1", "EN-1.12")):
        policy = chosen(ConductPolicy, conduct__grooming=[kept])
        assert says(kept, ConductPolicy()) is not None
        assert says(kept, policy) is not None
        assert says(dropped, policy) is None
    (cleaning,) = [each for each in prompts("housekeeping", "dispatched") if each.key == "setting_out"]
    assert "OC-1.1" in cleaning.clauses


@pytest.mark.clause("HC-5.3.1")
@pytest.mark.parametrize(("seconds", "allowed"), [(29, False), (30, True), (31, True)])
def test_the_bell_is_rung_again_after_thirty_seconds_or_more(seconds: int, allowed: bool) -> None:
    (shipped,) = says("HC-5.3.1", ConductPolicy()) or ()
    assert "after 30 seconds" in str(shipped)
    if allowed:
        assert SETTINGS["visit.second_ring_seconds"].check(seconds) == seconds
        (ours,) = says("HC-5.3.1", chosen(ConductPolicy, visit__second_ring_seconds=seconds)) or ()
        assert f"after {seconds} seconds" in str(ours)
    else:
        with pytest.raises(Refused, match=r"HC-5\.3\.1"):
            SETTINGS["visit.second_ring_seconds"].check(seconds)


@pytest.mark.clause("CF-32")
def test_a_list_of_nothing_is_none() -> None:
    with pytest.raises(Refused, match="EN-1"):
        SETTINGS["conduct.grooming"].check([])


@pytest.mark.clause("OC-1.1", "CF-32")
@pytest.mark.django_db
def test_what_the_office_dropped_is_not_ticked(world: World) -> None:
    decide(world, "conduct.grooming", ["OC-1.1"])
    case = world.do(world.sent(), "tick", "repair_worker", group="setting_out")
    assert "OC-1.1" in last(case, "tick").clauses
    assert "EN-1.12" not in last(case, "tick").clauses
