"""MR-10  Of a card of forty reminders the few that matter now stand open, and a tick says whether the rest was unfolded."""

import pytest

from menling.procedures.conduct import prompts
from menling.procedures.foremost import FEW, foremost
from tests.doors.api import caller
from tests.office import World
from tests.procedures.given import last

pytestmark = pytest.mark.clause("MR-10")
CARDS = ("setting_out", "at_the_door", "leaving")


@pytest.mark.parametrize("kind", ["repair", "housekeeping", "alarm"])
@pytest.mark.parametrize("status", ["dispatched", "acknowledged", "on_site", "working", "finished"])
@pytest.mark.parametrize("paid", [True, False])
def test_a_few_of_a_long_card_stand_open_at_every_moment_of_a_visit(kind: str, status: str, paid: bool) -> None:
    shown = {each.key: each.clauses for each in prompts(kind, status) if each.key in CARDS}
    assert shown
    for key, clauses in shown.items():
        few = foremost(key, clauses, status, paid=paid)
        assert 0 < len(few) <= FEW < len(clauses)
        assert set(few) <= set(clauses)


def test_what_stands_open_changes_with_the_moment_and_with_the_price() -> None:
    (door,) = [each.clauses for each in prompts("repair", "acknowledged") if each.key == "at_the_door"]
    moments = {foremost("at_the_door", door, status, paid=paid) for status, paid in (("acknowledged", False), ("working", False),
                                                                                    ("working", True))}  # fmt: skip
    assert len(moments) == 3
    assert foremost("late", ("EN-2.6",), "acknowledged", paid=False) == ("EN-2.6",)


@pytest.mark.django_db
@pytest.mark.parametrize("opened", [True, False])
def test_a_card_ticked_without_unfolding_it_is_on_record_as_such(world: World, opened: bool) -> None:
    case = world.at_home()
    worker = caller(world, "repair_worker")
    cards = {each["group"]: each for each in worker.get(f"/orders/{case.number}").json()["prompts"]}
    assert sum(line["foremost"] for line in cards["at_the_door"]["lines"]) == FEW
    assert worker.post(f"/orders/{case.number}/tick", {"group": "at_the_door", "opened": opened}).status_code == 200
    assert (last(case, "tick").facts["opened"], len(last(case, "tick").clauses) > FEW) == (opened, True)
