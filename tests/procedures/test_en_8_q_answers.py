"""EN-8, EN-Q  What to say when the resident asks, opened as it happens and ticked when said; tools and time at the end."""

import pytest

from menling.doorway.showing import shown
from menling.procedures.conduct import prompts
from tests.office import World
from tests.procedures.given import last, newest_message, refused, told_roles
from tests.procedures.reminding import HOME, reminds, ticks

TALK = HOME | {"waiting_material", "finished", "objected"}


def said(named: str, card: str, at: set[str], zh: str, en: str) -> object:
    return pytest.param(named, card, at, zh, en, marks=pytest.mark.clause(named), id=named)


@pytest.mark.parametrize(
    ("named", "card", "at", "zh", "en"),
    [
        said("EN-8.1", "leaving", HOME | {"finished"}, "工具套好", "wrap your tools"),
        said("EN-8.2", "not_now", TALK, "不要一口回绝", "do not just say no"),
        said("EN-Q.1", "asked_internal", TALK, "婉言谢绝", "decline kindly"),
        said("EN-Q.2", "asked_price", TALK, "比过同行", "comparing the trade"),
        said("EN-Q.3", "asked_price", TALK, "打单、派人、备工具", "the slip, the dispatch and the tools"),
        said("EN-Q.3.1", "leaving", HOME | {"finished"}, "时间照实记", "times are noted as they were"),
        said("EN-Q.4", "free_before", TALK, "再出示收费标准", "show the fee standard again"),
        said("EN-Q.5", "asked_fund", TALK, "业委会同意", "owners' committee's consent"),
        said("EN-Q.6", "other_model", TALK, "托我们代买", "ask us to"),
        said("EN-Q.7", "installation", HOME, "管线图", "ask for a plan"),
        said("EN-Q.8", "asked_quality", TALK, "质保 2 年", "2-year warranty"),
        said("EN-Q.9", "too_young", TALK, "层层挑选", "first and a second selection"),
    ],
)
def test_each_answer_stands_on_a_card_of_its_moment(named: str, card: str, at: set[str], zh: str, en: str) -> None:
    reminds(named, card, at, zh, en)


@pytest.mark.parametrize(
    ("card", "named"),
    [
        pytest.param(card, named, marks=pytest.mark.clause(named), id=named)
        for card, named in [
            ("asked_internal", "EN-Q.1"), ("asked_price", "EN-Q.2"), ("asked_price", "EN-Q.3"), ("free_before", "EN-Q.4"),
            ("asked_fund", "EN-Q.5"), ("other_model", "EN-Q.6"), ("installation", "EN-Q.7"), ("asked_quality", "EN-Q.8"),
            ("too_young", "EN-Q.9"), ("not_now", "EN-8.2"),
        ]
    ],
)  # fmt: skip
@pytest.mark.django_db
def test_what_was_said_is_ticked_by_who_said_it_and_by_nobody_else(world: World, card: str, named: str) -> None:
    case = world.at_home()
    with refused("MR-2", 403):
        world.do(case, "tick", "repair_worker_2", group=card)
    ticks(world, case, card, [named])


@pytest.mark.django_db
@pytest.mark.clause("EN-8.1", "EN-Q.3.1")
def test_wrapped_tools_and_the_question_for_more_are_ticked_before_leaving(world: World) -> None:
    ticks(world, world.finished(), "leaving", ["EN-8.1", "EN-Q.3.1"])


@pytest.mark.django_db
@pytest.mark.clause("EN-Q.4")
def test_what_a_colleague_is_said_to_have_done_free_is_looked_into(world: World) -> None:
    case, since = world.at_home(), newest_message()
    world.do(case, "tick", "repair_worker", group="asked_price")
    assert told_roles(case, since) == set()
    world.do(case, "tick", "repair_worker", group="free_before")
    assert told_roles(case, since) == {"team_lead", "control_centre"}


@pytest.mark.django_db
@pytest.mark.clause("EN-Q.3.1", "EN-D.9")
def test_asking_for_more_moves_no_time_of_the_visit(world: World) -> None:
    case = world.finished()
    arrived, finished = last(case, "arrive").happened_at, last(case, "finish").happened_at
    world.later(7)
    world.do(case, "tick", "repair_worker", group="leaving")
    assert (last(case, "arrive").happened_at, last(case, "finish").happened_at) == (arrived, finished)


@pytest.mark.clause("EN-Q.1", "EN-Q.2", "EN-Q.4", "EN-Q.5", "EN-Q.6", "EN-Q.8", "EN-Q.9")
def test_no_answer_is_asked_for_on_an_ordinary_visit() -> None:
    asked = {group.key for status in (*HOME, "dispatched", "acknowledged", "finished") for group in prompts("repair", status)
             if group.screen == "visit" and not group.situation}  # fmt: skip
    assert asked == {"setting_out", "at_the_door", "leaving"}
    situations = {group.key for group in prompts("repair", "working") if group.situation}
    asked_about = {"asked_internal", "asked_price", "free_before", "asked_fund", "other_model", "asked_quality", "too_young"}
    assert situations >= asked_about


@pytest.mark.django_db
@pytest.mark.clause("EN-Q.2")
def test_the_worker_finds_the_answers_with_the_order(world: World) -> None:
    case = world.at_home()
    there = {each["group"] for each in shown(case, world.actor("repair_worker"), world.now)["prompts"]}
    assert {"asked_internal", "asked_price", "too_young"} <= there
