"""EN-1  Preparation: what the worker reads, asks, wears and packs before setting out."""

from datetime import timedelta

import pytest

from menling.journal.models import Outgoing
from menling.orders.models import Order
from menling.orders.queries import earlier_visits, legal_owner
from menling.policies.values import values_for
from menling.premises.models import Occupancy
from tests.office import World, make_person, make_unit, move_in
from tests.procedures.given import refused
from tests.procedures.reminding import BEFORE, reminds, ticks

WORDS = (
    ("EN-1.1", "问清客户", "ask the customer now"),
    ("EN-1.2", "器材备好", "equipment you need ready"),
    ("EN-1.4", "毛巾、垫布、鞋套", "towel, mat and shoe covers"),
    ("EN-1.5", "至少知道姓", "at least the surname"),
    ("EN-1.6", "请问这里是××老师家吗", "is this the home of"),
    ("EN-1.7", "加 0 再拨", "a 0 in front"),
    ("EN-1.8", "对方同意再往下问", "go on once they agree"),
    ("EN-1.9", "要不要别的部门配合", "another department have to help"),
    ("EN-1.10", "左胸", "left breast"),
    ("EN-1.11", "没有异味", "no smell"),
    ("EN-1.12", "不留长指甲", "nails short"),
    ("EN-1.13", "口气清新", "breath fresh"),
    ("EN-1.14", "不带粗口", "without swearing"),
    ("EN-1.15", "人字梯、皮碗、疏通机、应急灯", "plunger, drain cleaner, step ladder or emergency lamp"),
    ("EN-1.16", "已为此事上过门", "has already called"),
)


@pytest.mark.parametrize(
    ("named", "zh", "en"), [pytest.param(*words, marks=pytest.mark.clause(words[0]), id=words[0]) for words in WORDS]
)
def test_the_worker_is_reminded_before_setting_out(named: str, zh: str, en: str) -> None:
    reminds(named, "setting_out", BEFORE, zh, en)


@pytest.mark.django_db
@pytest.mark.clause(*(named for named, _zh, _en in WORDS))
def test_one_tap_before_setting_out_journals_every_preparation(world: World) -> None:
    ticks(world, world.sent(), "setting_out", [named for named, _zh, _en in WORDS])


@pytest.mark.django_db
@pytest.mark.clause("EN-1.1", "MR-10")
def test_only_the_worker_sent_or_the_foreman_ticks_the_preparation(world: World) -> None:
    case = world.sent()
    with refused("MR-2", 403):
        world.do(case, "tick", "repair_worker_2", group="setting_out")
    with refused("MR-10", 403):
        world.do(case, "tick", "finance", group="setting_out")
    ticks(world, case, "setting_out", ["EN-1.1"], who="team_lead")


@pytest.mark.django_db
@pytest.mark.clause("EN-1.5")
def test_the_person_who_reported_and_the_legal_owner_are_kept_apart(world: World) -> None:
    move_in(make_person(world.company, "李强", "13900139000"), world.unit, "tenant")
    order = asked(world, reporter="李强", phone="13900139000")
    assert (order.reporter, owner_of(order)) == ("李强", "王芳")


@pytest.mark.django_db
@pytest.mark.clause("EN-1.5")
def test_the_legal_owner_is_the_one_of_the_day_of_the_report(world: World) -> None:
    order = asked(world)
    sold = order.values.calendar.local(order.case.reported_at).date()
    Occupancy.objects.filter(unit=world.unit, role="owner").update(until=sold)
    move_in(make_person(world.company, "陈静", "13700137000"), world.unit, "owner")
    Occupancy.objects.filter(person__name="陈静").update(since=sold + timedelta(days=1))
    world.later(24 * 60)
    assert [owner_of(order), owner_of(asked(world))] == ["王芳", "陈静"]


@pytest.mark.django_db
@pytest.mark.clause("EN-1.5")
def test_a_home_without_an_owner_on_record_names_none(world: World) -> None:
    assert owner_of(asked(world)) == "王芳"
    empty = make_unit(world.office, "9", "1", "101")
    assert owner_of(asked(world, unit=empty.code)) is None


@pytest.mark.django_db
@pytest.mark.clause("EN-1.5", "HC-5.1.2")
def test_a_report_without_the_name_of_who_reported_is_not_taken(world: World) -> None:
    with refused("HC-5.1.2", 422):
        world.file(reporter=" ")
    order = asked(world, reporter="王")
    assert (order.reporter, owner_of(order)) == ("王", "王芳")


@pytest.mark.django_db
@pytest.mark.clause("EN-1.16")
def test_who_accepts_is_shown_who_was_there_about_the_same_report(world: World) -> None:
    case = world.at_home()
    first = world.now
    world.do(case, "carry_over", "repair_worker", reason="缺配件", next_at=world.now + timedelta(hours=2))
    world.do(case, "move", "control_centre", visit_at=world.now + timedelta(hours=2))
    assert not Outgoing.objects.filter(case=case, sentence__contains="about this before").exists()
    second = world.staff["repair_worker_2"]
    world.do(case, "dispatch", "control_centre", worker=second.number)
    seen = [(each.worker, each.arrived_at, each.outcome) for each in earlier_visits(case.order)]
    assert seen == [(world.staff["repair_worker"].name, first, "continued")]
    told = Outgoing.objects.get(case=case, sentence__contains="about this before")
    assert (told.staff_id, told.values["names"]) == (second.pk, world.staff["repair_worker"].name)


@pytest.mark.django_db
@pytest.mark.clause("EN-1.16")
def test_a_trip_that_ended_before_the_door_is_no_earlier_visit_but_an_empty_home_is(world: World) -> None:
    case = world.sent()
    world.do(case, "reassign", "control_centre", worker=world.staff["repair_worker_2"].number, reason="生病")
    assert earlier_visits(case.order) == []
    world.do(case, "absent", "repair_worker_2", slip="L001")
    assert [each.outcome for each in earlier_visits(case.order)] == ["absent"]


def asked(world: World, **facts: str) -> Order:
    order = Order.objects.select_related("case", "case__office").get(pk=world.file(**facts).pk)
    order.values = values_for(order.case.office, order.case.reported_at)
    return order


def owner_of(order: Order) -> str | None:
    owner = legal_owner(order)
    return owner and owner.name
