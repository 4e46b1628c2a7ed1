"""OC-1, OC-2  Setting out and arriving: appearance, kit, the route the day before, identity and purpose."""

from datetime import datetime, timedelta

import pytest

from menling.journal.sweep import sweep
from menling.kernel.roles import Role as R
from menling.procedures.conduct_policy import ConductPolicy
from menling.procedures.repair import REPAIR
from menling.procedures.repair_policy import RepairPolicy
from tests.office import World
from tests.procedures.given import chosen, clock, decide, due_at, kept, last, promise, refused, shanghai
from tests.procedures.reminding import BEFORE, HOME, reminds, says, ticks

SETTING_OUT = (
    ("OC-1.1", "不戴首饰", "no jewellery"),
    ("OC-1.2", "工具齐全的工具箱", "complete tool box"),
    ("OC-1.4", "不喝酒", "drink no alcohol"),
    ("OC-1.5", "核一遍时间和地点", "check time and place"),
    ("OC-1.6", "每天请准时到", "come on time"),
)
ARRIVING = (
    ("OC-2.1", "敲门后进入", "knock before you enter"),
    ("OC-2.2", "出示工号牌", "show your badge"),
    ("OC-2.3", "效果和注意事项", "what to expect and what to mind"),
    ("OC-2.4", "说到做到", "do as you promised"),
)
VISIT = shanghai(25, 14)
EVE = shanghai(25, 0) - timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("named", "zh", "en"), [pytest.param(*words, marks=pytest.mark.clause(words[0]), id=words[0]) for words in SETTING_OUT]
)
def test_the_worker_is_reminded_before_setting_out(named: str, zh: str, en: str) -> None:
    reminds(named, "setting_out", BEFORE, zh, en)


@pytest.mark.django_db
@pytest.mark.clause(*(named for named, _zh, _en in SETTING_OUT))
def test_one_tap_before_setting_out_journals_appearance_and_kit(world: World) -> None:
    ticks(world, world.sent(), "setting_out", [named for named, _zh, _en in SETTING_OUT])


# OC-1.3  The route is known the day before


@pytest.mark.clause("OC-1.3")
@pytest.mark.parametrize(
    ("sent", "until"),
    [
        (shanghai(20, 12), EVE),
        (shanghai(24, 23, 59, 59), EVE),
        (shanghai(25, 0), None),
        (shanghai(25, 9), None),
    ],
)
def test_the_route_is_learnt_the_day_before_and_not_asked_for_on_the_day_itself(sent: datetime, until: datetime | None) -> None:
    assert due_at(REPAIR, "route", shanghai(20, 12), at_once=False, visit_at=VISIT) == EVE
    assert due_at(REPAIR, "route", sent, at_once=False, visit_at=VISIT) == until
    assert due_at(REPAIR, "route", sent, at_once=True, visit_at=VISIT) is None


@pytest.mark.clause("OC-1.3")
@pytest.mark.parametrize(
    ("sent", "until"),
    [
        (shanghai(20, 12), EVE - timedelta(days=1)),
        (shanghai(23, 23, 59, 59), EVE - timedelta(days=1)),
        (shanghai(24, 0), EVE),
        (shanghai(25, 0), None),
    ],
)
def test_an_office_may_ask_for_the_route_earlier(sent: datetime, until: datetime | None) -> None:
    two_days = chosen(RepairPolicy, repair__route_days=2)
    assert due_at(REPAIR, "route", shanghai(20, 12), two_days, at_once=False, visit_at=VISIT) == EVE - timedelta(days=1)
    assert due_at(REPAIR, "route", sent, two_days, at_once=False, visit_at=VISIT) == until


@pytest.mark.django_db
@pytest.mark.clause("OC-1.3")
@pytest.mark.parametrize(("at", "in_time"), [(EVE - timedelta(seconds=1), True), (EVE, True), (shanghai(25, 0), False)])
def test_the_route_tick_counts_until_midnight_before_the_visit(world: World, at: datetime, in_time: bool) -> None:
    case = world.sent(visit_at=VISIT)
    world.now = at
    world.do(case, "learn_route", "repair_worker")
    assert kept(case, "route") is in_time
    assert last(case, "learn_route").clauses == ["OC-1.3"]


@pytest.mark.django_db
@pytest.mark.clause("OC-1.3")
def test_an_unlearnt_route_is_late_after_midnight_and_the_team_leader_hears_of_it(world: World) -> None:
    case = world.sent(visit_at=VISIT)
    sweep(EVE)
    assert promise(case, "route").broken_at is None
    sweep(shanghai(25, 0))
    assert promise(case, "route").broken_at == EVE
    assert clock(REPAIR, "route").alerts == {R.REPAIR_WORKER, R.TEAM_LEAD}


@pytest.mark.django_db
@pytest.mark.clause("OC-1.3")
def test_who_is_sent_instead_learns_the_route_as_well(world: World) -> None:
    case = world.do(world.sent(visit_at=VISIT), "learn_route", "repair_worker")
    world.do(case, "reassign", "control_centre", worker=world.staff["repair_worker_2"].number, reason="生病")
    assert (promise(case, "route").due_at, promise(case, "route").met_at) == (EVE, None)
    with refused("MR-2", 403):
        world.do(case, "learn_route", "repair_worker")
    world.do(case, "learn_route", "repair_worker_2")
    assert kept(case, "route")


@pytest.mark.django_db
@pytest.mark.clause("OC-1.3")
def test_a_report_made_before_a_new_lead_keeps_the_day_before(world: World) -> None:
    before = world.file(visit_at=VISIT)
    decide(world, "repair.route_days", 2)
    world.do(before, "accept", "control_centre")
    world.do(before, "dispatch", "control_centre", worker=world.staff["repair_worker"].number)
    assert promise(before, "route").due_at == EVE


@pytest.mark.clause("OC-1.4", "CF-10")
@pytest.mark.parametrize(
    ("option", "said"),
    [("shoe_covers", "shoe covers on"), ("work_shoes", "your work shoes"), ("cloth_shoes", "flat cloth shoes")],
)
def test_the_footwear_named_is_the_office_s(option: str, said: str) -> None:
    policy = chosen(ConductPolicy, conduct__footwear=option)
    assert [said in line for line in says("OC-1.4", policy) or ()] == [True]


# OC-2  At the door


@pytest.mark.parametrize(
    ("named", "zh", "en"), [pytest.param(*words, marks=pytest.mark.clause(words[0]), id=words[0]) for words in ARRIVING]
)
def test_the_worker_is_reminded_at_the_door(named: str, zh: str, en: str) -> None:
    reminds(named, "at_the_door", BEFORE | HOME, zh, en)


@pytest.mark.django_db
@pytest.mark.clause(*(named for named, _zh, _en in ARRIVING))
def test_one_tap_at_the_door_journals_identity_and_purpose(world: World) -> None:
    ticks(world, world.at_home(), "at_the_door", [named for named, _zh, _en in ARRIVING])
