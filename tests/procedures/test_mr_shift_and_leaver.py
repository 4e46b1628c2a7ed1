"""MR-14, MR-15  A shift is given and taken by name; a leaver's work goes to somebody first."""

from datetime import timedelta

import pytest

from menling.doorway.doing import Asked, act
from menling.doorway.leaving import hand_on, in_hands, leave
from menling.journal.models import Case, Event
from menling.journal.replay import differences
from menling.journal.sweep import sweep
from menling.premises.administration.books import Pen
from menling.premises.models import Post, Staff
from menling.procedures.leaving import nothing_in_hand
from menling.procedures.shift_handover import two_people
from tests import agreed, cleaning
from tests.office import SINCE, World
from tests.procedures.given import decide, kept, last, promise, refused, told_roles, told_staff


def written(world: World) -> Case:
    """Return a hand-over the control centre has begun to write."""
    answer = world.answer(
        "prepare", None, "control_centre", kind="shift_handover", keys="6 把", radios="4 台", remarks="电梯在修"
    )
    return Case.objects.get(number=answer.body["number"])


@pytest.mark.clause("MR-14")
@pytest.mark.django_db
def test_a_shift_says_what_is_open_and_names_both(world: World) -> None:
    order = world.sent()
    world.later(60)
    shift = world.do(written(world), "give", "control_centre", to=world.staff["service_desk"].number)
    row = shift.shifthandover
    assert (row.open_orders, row.late_orders, row.envelopes) == ([order.number], [order.number], [])
    assert (row.giver, row.taker) == (world.staff["control_centre"], world.staff["service_desk"])
    assert world.staff["service_desk"].pk in told_staff(shift)
    with refused("MR-2", 403):
        world.do(shift, "acknowledge", "control_centre")
    assert world.do(shift, "acknowledge", "service_desk", remark="钥匙少一把").status == "acknowledged"
    assert last(shift, "acknowledge").actor_name == world.staff["service_desk"].name


@pytest.mark.clause("MR-14")
@pytest.mark.django_db
def test_nobody_hands_a_shift_to_oneself_or_to_who_does_not_work_in_shifts(world: World) -> None:
    with refused("MR-14", 409):
        two_people(7, 7)
    shift = written(world)
    with refused("MR-14", 409):
        world.do(shift, "give", "control_centre", to=world.staff["control_centre"].number)
    with refused("MR-8", 422):
        world.do(shift, "give", "control_centre", to=world.staff["finance"].number)


@pytest.mark.clause("MR-14")
@pytest.mark.django_db
def test_a_shift_nobody_takes_in_time_is_told(world: World) -> None:
    decide(world, "shift.acknowledge_minutes", 10)
    taker = world.staff["service_desk"].number
    shift = world.do(written(world), "give", "control_centre", to=taker)
    assert promise(shift, "acknowledge").due_at == world.now + timedelta(minutes=10)
    sweep(world.now + timedelta(minutes=10, seconds=1))
    assert told_roles(shift) == {"team_lead", "office_manager"}
    other = world.do(written(world), "give", "control_centre", to=taker)
    world.do(other, "acknowledge", "service_desk")
    assert kept(other, "acknowledge")


# MR-15  A leaver's work goes to somebody


@pytest.fixture
def house(world: World) -> World:
    """A world with an administrator."""
    made = Staff.objects.create(company=world.company, number="A900", name="管理员")
    Post.objects.create(staff=made, office=world.office, role="administrator", since=SINCE)
    world.staff["administrator"] = made
    return world


def write_out(world: World, who: str, key: str) -> None:
    """Write somebody out today."""
    leave(world.staff[who], world.office, Pen(world.actor("administrator"), world.now, key), on=world.now.date())


@pytest.mark.clause("MR-15")
@pytest.mark.django_db
def test_nobody_leaves_with_an_order_in_hand_and_after_handing_it_on_may_go(house: World) -> None:
    with refused("MR-15"):
        nothing_in_hand(["XH-R26-00001"])
    order = house.sent()
    with refused("MR-15"):
        write_out(house, "repair_worker", "out-1")
    (held,) = in_hands(house.staff["repair_worker"])
    assert (held.sort, held.number, held.at is not None) == ("order", order.number, True)
    house.do(order, "reassign", "control_centre", worker=house.staff["repair_worker_2"].number, reason="离职")
    write_out(house, "repair_worker", "out-2")
    assert not Staff.objects.get(pk=house.staff["repair_worker"].pk).is_active


@pytest.mark.clause("MR-15")
@pytest.mark.django_db
def test_cash_a_slip_stub_a_shift_and_what_was_passed_on_are_in_the_hands_too(world: World) -> None:
    paid = world.finished("86.00")
    world.do(world.child(paid, "charge"), "collect", "repair_worker")
    away = world.do(world.sent(), "absent", "repair_worker", slip="0042")
    world.answer("pass_on", None, "repair_worker", kind="referral", wanted="housekeeping", unit="3-2-1201")
    sorts = [each.sort for each in in_hands(world.staff["repair_worker"])]
    assert sorted(set(sorts)) == ["cash", "order", "passed", "slip"]
    world.do(away, "return_stub", "service_desk", slip="0042")
    assert "slip" not in [each.sort for each in in_hands(world.staff["repair_worker"])]
    shift = world.do(written(world), "give", "control_centre", to=world.staff["service_desk"].number)
    assert [each.number for each in in_hands(world.staff["service_desk"])] == [shift.number]


@pytest.mark.clause("MR-15", "HS-4.3.2")
@pytest.mark.django_db
def test_who_was_sent_to_a_visit_that_was_cancelled_leaves_after_having_seen_that(house: World) -> None:
    case = cleaning.sent(house)
    house.do(case, "cancel", "service_desk", reason="不做了")
    house.do(case, "acknowledge", "housekeeper")
    assert in_hands(house.staff["housekeeper"]) == []
    assert [(each.sort, each.number) for each in in_hands(house.staff["housekeeper_2"])] == [("unseen", case.number)]
    with refused("MR-15"):
        write_out(house, "housekeeper_2", "out-1")
    told = {"on_behalf_of": house.staff["housekeeper_2"].number, "source": "phone"}
    act(Asked(house.actor("team_lead"), "told-1", house.now, told), case.number, "acknowledge")
    assert promise(case, "change_seen").met_at
    write_out(house, "housekeeper_2", "out-2")


@pytest.mark.clause("HS-4.3.2", "MR-42")
@pytest.mark.django_db
def test_a_cancellation_is_seen_by_all_when_everybody_who_still_works_here_saw_it(house: World) -> None:
    case = cleaning.sent(house)
    house.do(case, "cancel", "service_desk", reason="不做了")
    Staff.objects.filter(pk=house.staff["housekeeper_2"].pk).update(is_active=False)
    house.do(case, "acknowledge", "housekeeper")
    assert promise(case, "change_seen").met_at
    assert differences(case) == []


@pytest.mark.clause("MR-15")
@pytest.mark.django_db
def test_who_an_agreement_names_leaves_after_somebody_else_was_named(house: World) -> None:
    case = agreed.in_force(house)
    (held,) = [each for each in in_hands(house.staff["housekeeper"]) if each.sort == "agreement"]
    assert (held.number, held.kind) == (case.number, "agreement")
    with refused("MR-15"):
        write_out(house, "housekeeper", "out-1")
    house.do(case, "assign", "service_desk", workers=[house.staff["housekeeper_2"].number], reason="离职")
    assert in_hands(house.staff["housekeeper"]) == []
    write_out(house, "housekeeper", "out-2")
    assert not Staff.objects.get(pk=house.staff["housekeeper"].pk).is_active


@pytest.mark.clause("MR-15", "MR-9")
@pytest.mark.django_db
def test_orders_of_somebody_ill_go_to_others_one_by_one_and_twice_is_once(world: World) -> None:
    first, second = world.sent(), world.file()
    asked = Asked(world.actor("team_lead"), "ill-1", world.now, {})
    wanted = {first.number: world.staff["repair_worker_2"].number, second.number: "first_free"}
    for _again in range(2):
        done, kept_back = hand_on(asked, world.staff["repair_worker"], wanted, "生病")
        assert (done.to, done.why, bool(kept_back.why)) == (world.staff["repair_worker_2"].number, "", True)
    first.refresh_from_db()
    assert first.assignee_id == world.staff["repair_worker_2"].pk
    assert Event.objects.filter(case=first, verb="reassign").count() == 1


@pytest.mark.clause("MR-15", "MR-9")
@pytest.mark.django_db
def test_from_a_stale_page_nobody_takes_an_order_off_who_goes_instead_by_now(world: World) -> None:
    case = world.sent()
    world.do(case, "reassign", "team_lead", worker=world.staff["repair_worker_2"].number, reason="生病")
    stale = Asked(world.actor("team_lead"), "ill-2", world.now, {})
    wanted = {case.number: world.staff["repair_worker"].number}
    (kept_back,) = hand_on(stale, world.staff["repair_worker"], wanted, "生病")
    assert (kept_back.to, kept_back.clause) == ("", "MR-9")
    case.refresh_from_db()
    assert case.assignee_id == world.staff["repair_worker_2"].pk
