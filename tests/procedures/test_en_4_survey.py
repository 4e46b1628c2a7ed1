"""EN-4  The survey on site: listen, start free work at once, show the fee standard, ask for help, wait for material."""

from datetime import timedelta
from decimal import Decimal

import pytest

from menling.journal.sweep import sweep
from menling.kernel.roles import Role as R
from menling.procedures.repair import REPAIR
from menling.procedures.repair_rules import agreed_before_paid_work
from tests.office import World
from tests.procedures.given import last, newest_message, promise, refused, told_roles
from tests.procedures.reminding import BEFORE, HOME, reminds, ticks

WORKER = frozenset({R.REPAIR_WORKER})
SURVEY = (
    ("EN-4.1", "听业主把情况讲完", "hear the owner out"),
    ("EN-4.2", "马上动手", "begin straight away"),
    ("EN-4.7", "留服务卡", "give a service card"),
)


@pytest.mark.parametrize(
    ("named", "zh", "en"), [pytest.param(*words, marks=pytest.mark.clause(words[0]), id=words[0]) for words in SURVEY]
)
def test_the_worker_is_reminded_of_the_survey(named: str, zh: str, en: str) -> None:
    reminds(named, "at_the_door", BEFORE | HOME, zh, en)


@pytest.mark.django_db
@pytest.mark.clause(*(named for named, _zh, _en in SURVEY))
def test_one_tap_journals_the_survey(world: World) -> None:
    ticks(world, world.at_home(), "at_the_door", [named for named, _zh, _en in SURVEY])


@pytest.mark.django_db
@pytest.mark.clause("EN-4.2")
def test_free_work_starts_at_once_without_a_price(world: World) -> None:
    case = world.at_home()
    world.do(case, "start", "repair_worker")
    assert (case.status, last(case, "start").clauses[0], case.order.due) == ("working", "EN-4.2", Decimal("0.00"))


# EN-4.3  Paid: tell, show the fee standard, consent


@pytest.mark.django_db
@pytest.mark.clause("EN-4.3")
def test_what_is_shown_is_the_published_fee_standard(world: World) -> None:
    case = world.at_home()
    for nothing in ([], [{"code": "X99"}]):
        with refused("EN-4.3", 422):
            world.do(case, "quote", "repair_worker", items=nothing)
    world.do(case, "quote", "repair_worker", items=[{"code": "W01"}, {"code": "W02", "quantity": "2"}])
    shown = last(case, "quote")
    assert ("EN-4.3" in shown.clauses, shown.facts["amount"]) == (True, "96.00")
    assert [(line["code"], line["price"]) for line in shown.facts["items"]] == [("W01", "86.00"), ("W02", "5.00")]


@pytest.mark.django_db
@pytest.mark.clause("EN-4.3")
@pytest.mark.parametrize(("said", "named"), [("", "厨房下水堵"), ("更换水管", "更换水管")])
def test_a_price_off_the_list_names_what_it_is_for(world: World, said: str, named: str) -> None:
    case = world.at_home()
    world.do(case, "quote", "repair_worker", amount=Decimal("86.00"), description=said)
    assert [(line["name"], line["name_en"], line["amount"]) for line in case.order.quote] == [(named, named, "86.00")]


@pytest.mark.django_db
@pytest.mark.clause("EN-4.3")
def test_the_owner_s_consent_is_on_record_before_paid_work_starts(world: World) -> None:
    case = world.at_home()
    world.do(case, "quote", "repair_worker", items=[{"code": "W02"}])
    with refused("EN-3.7"):
        world.do(case, "start", "repair_worker")
    world.do(case, "consent", "customer")
    event = last(case, "consent")
    assert ("EN-4.3" in event.clauses, event.actor_name, event.facts["how"]) == (True, "王芳", "own_link")
    assert world.do(case, "start", "repair_worker").status == "working"


@pytest.mark.clause("EN-4.3")
def test_the_smallest_fee_needs_consent_too() -> None:
    with refused("EN-3.7"):
        agreed_before_paid_work(Decimal("0.01"), None)


# EN-4.4  Too difficult: the foreman


@pytest.mark.django_db
@pytest.mark.clause("EN-4.4")
def test_the_worker_is_reminded_to_call_the_foreman_for_a_hard_job(world: World) -> None:
    reminds("EN-4.4", "difficult", BEFORE | HOME, "告诉班长", "let the foreman know")
    ticks(world, world.at_home(), "difficult", ["EN-4.4"])


@pytest.mark.django_db
@pytest.mark.clause("EN-4.4")
def test_a_difficult_report_is_told_to_the_foreman(world: World) -> None:
    case = world.at_home()
    since = newest_message()
    world.do(case, "report_difficulty", "repair_worker", what="主管道在墙内")
    event = last(case, "report_difficulty")
    assert (event.clauses, event.facts["what"]) == (["EN-4.4"], "主管道在墙内")
    assert told_roles(case, since) == {"team_lead"}


# EN-4.6, EN-4.7  The owner buys the material


@pytest.mark.django_db
@pytest.mark.clause("EN-4.6")
def test_the_worker_without_the_part_is_reminded_to_leave_a_card(world: World) -> None:
    reminds("EN-4.6", "material", HOME | {"waiting_material"}, "服务卡", "service card")
    ticks(world, world.at_home(), "material", ["EN-4.6"])


@pytest.mark.django_db
@pytest.mark.clause("EN-4.6")
@pytest.mark.parametrize("paused", [timedelta(seconds=1), timedelta(hours=30), timedelta(days=9, seconds=17)])
def test_while_the_owner_buys_material_the_clocks_stand_still(world: World, paused: timedelta) -> None:
    case = world.at_home()
    promised = promise(case, "complete").due_at
    world.do(case, "await_material", "repair_worker", material="三角阀")
    assert (case.status, promise(case, "complete").paused_at) == ("waiting_material", world.now)
    world.now += paused
    assert sweep(world.now) == 0
    world.do(case, "resume", "control_centre")
    assert (case.status, promise(case, "complete").due_at) == ("accepted", promised + paused)
    assert promise(case, "complete").paused_at is None


@pytest.mark.django_db
@pytest.mark.clause("EN-4.6")
def test_after_the_owner_called_the_promise_breaks_at_its_new_time(world: World) -> None:
    case = world.at_home()
    world.do(case, "await_material", "repair_worker", material="三角阀")
    world.later(60)
    world.do(case, "resume", "control_centre", visit_at=world.now + timedelta(hours=1))
    due = promise(case, "complete").due_at
    sweep(due)
    assert promise(case, "complete").broken_at is None
    sweep(due + timedelta(seconds=1))
    assert promise(case, "complete").broken_at == due


@pytest.mark.django_db
@pytest.mark.clause("EN-4.6", "EN-4.7")
def test_the_service_card_left_with_the_owner_is_on_record(world: World) -> None:
    case = world.at_home()
    world.do(case, "await_material", "repair_worker", material="三角阀")
    event = last(case, "await_material")
    assert (event.clauses, event.facts["card"], event.facts["material"]) == (["EN-4.6", "EN-4.7"], True, "三角阀")


@pytest.mark.clause("EN-4.7")
def test_only_at_the_home_is_it_seen_that_the_owner_lacks_material() -> None:
    assert "EN-4.7" in REPAIR.step("await_material", "on_site", WORKER).clauses
    with refused("EN-4.6"):
        REPAIR.step("await_material", "acknowledged", WORKER)
