"""EN-5, EN-6  Before and during the work: the mat, hidden lines and load, and what may be talked about."""

import pytest

from menling.procedures.conduct_policy import ConductPolicy
from menling.procedures.repair_rules import asked_before_installing, risk_accepted
from tests.office import World
from tests.procedures.given import chosen, decide, last, refused
from tests.procedures.reminding import BEFORE, HOME, reminds, says, ticks

WORDS = (
    ("EN-5.1", "铺好垫布", "spread a mat"),
    ("EN-6.1", "公共区域怎么维护", "upkeep of public areas"),
    ("EN-6.2", "需要哪些服务", "which services the owner would like"),
)
INSTALLING = (("EN-5.2", "concealed_lines", "墙内有电线"), ("EN-5.3", "load", "轻质砖墙"))


@pytest.mark.parametrize(
    ("named", "zh", "en"), [pytest.param(*words, marks=pytest.mark.clause(words[0]), id=words[0]) for words in WORDS]
)
def test_the_worker_is_reminded_at_work(named: str, zh: str, en: str) -> None:
    reminds(named, "at_the_door", BEFORE | HOME, zh, en)


@pytest.mark.django_db
@pytest.mark.clause(*(named for named, _zh, _en in WORDS))
def test_one_tap_journals_mat_and_talk(world: World) -> None:
    ticks(world, world.at_home(), "at_the_door", [named for named, _zh, _en in WORDS])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("named", "card", "zh", "en"),
    [
        pytest.param("EN-5.2", "installation", "暗埋管线", "pipes or wires are hidden", marks=pytest.mark.clause("EN-5.2")),
        pytest.param("EN-5.3", "heavy", "墙体材料", "building material", marks=pytest.mark.clause("EN-5.3")),
    ],
)
def test_who_installs_is_reminded_of_lines_and_load(world: World, named: str, card: str, zh: str, en: str) -> None:
    reminds(named, card, HOME, zh, en)
    ticks(world, world.at_home(), card, [named])


@pytest.mark.parametrize(
    ("named", "about", "answers"), [pytest.param(*row, marks=pytest.mark.clause(row[0]), id=row[0]) for row in INSTALLING]
)
def test_before_installing_the_answers_are_written_down(named: str, about: str, answers: str) -> None:
    asked_before_installing(about, answers)
    asked_before_installing("damage", "")
    with refused(named, 422):
        asked_before_installing(about, " ")


@pytest.mark.parametrize(
    ("named", "about"), [pytest.param(*row[:2], marks=pytest.mark.clause(row[0]), id=row[0]) for row in INSTALLING]
)
def test_without_the_owner_s_consent_nothing_is_installed(named: str, about: str) -> None:
    risk_accepted([])
    with refused(named):
        risk_accepted([about])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("named", "about", "answers"), [pytest.param(*row, marks=pytest.mark.clause(row[0]), id=row[0]) for row in INSTALLING]
)
def test_answers_and_consent_are_on_record_before_the_installation_goes_on(
    world: World, named: str, about: str, answers: str
) -> None:
    case = world.at_home()
    with refused(named, 422):
        world.do(case, "warn", "repair_worker", about=about, told="可能伤到", consented=True)
    world.do(case, "warn", "repair_worker", about=about, told="可能伤到", consented=False, answers=answers)
    with refused(named):
        world.do(case, "start", "repair_worker")
    world.do(case, "warn", "repair_worker", about=about, told="可能伤到", consented=True, answers=answers)
    event = last(case, "warn")
    assert (named in event.clauses, event.facts["answers"], event.facts["consented"]) == (True, answers, True)
    assert world.do(case, "start", "repair_worker").status == "working"


# EN-6.1, EN-6.2  Talking with the owner, as far as the office lets the worker talk


@pytest.mark.clause("EN-6.1", "CF-36")
def test_a_worker_may_talk_of_engineering_unless_only_the_leader_talks() -> None:
    quiet = chosen(ConductPolicy, conduct__talk="team_leader_only")
    assert any("no small talk" in said for said in says("EN-6.1", ConductPolicy()) or ())
    assert says("EN-6.1", quiet) is None


@pytest.mark.clause("EN-6.2", "CF-36")
def test_a_worker_asks_what_is_needed_unless_only_the_leader_talks() -> None:
    quiet = chosen(ConductPolicy, conduct__talk="team_leader_only")
    assert any("what is needed" in said for said in says("EN-6.2", ConductPolicy()) or ())
    assert says("EN-6.2", quiet) is None


@pytest.mark.django_db
@pytest.mark.clause("EN-6.1", "EN-6.2", "CF-36")
def test_a_report_made_before_the_choice_keeps_the_talk_it_was_sent_with(world: World) -> None:
    before = world.at_home()
    decide(world, "conduct.talk", "team_leader_only")
    ticks(world, before, "at_the_door", ["EN-6.1", "EN-6.2"])
    world.do(before, "finish", "repair_worker")
    after = world.at_home()
    world.do(after, "tick", "repair_worker", group="at_the_door")
    assert {"EN-6.1", "EN-6.2"}.isdisjoint(last(after, "tick").clauses)
