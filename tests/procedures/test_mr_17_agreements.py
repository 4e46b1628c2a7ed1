"""MR-17, HS-4.3.1, HS-4.3.2  Visits of agreements called off and moved; a rest; renewal asked about and drawn up; the end."""

from contextlib import nullcontext
from datetime import date, timedelta

import pytest

from menling.agreements.days import to_come
from menling.doorway.agreed import agreement
from menling.jobs.named import JOBS
from menling.journal.models import Outgoing
from menling.journal.replay import differences
from menling.journal.sweep import sweep
from menling.orders.models import Housekeeping
from menling.portal.visits import visits
from menling.printing.wording import moment
from menling.procedures.agreement_rules import over, renewed_dates
from tests.agreed import at, in_force, order_of, row
from tests.office import World
from tests.procedures.given import decide, kept, last, newest_message, promise, refused, told_roles, told_staff

DESKS_AND_MANAGER = {"service_desk", "service_desk_supervisor", "office_manager"}
MONDAY, THURSDAY = date(2026, 11, 23), date(2026, 11, 26)


@pytest.mark.clause("HS-4.3.2")
@pytest.mark.django_db
def test_a_visit_is_called_off_before_and_after_it_was_filed_and_both_are_told(world: World) -> None:
    case = in_force(world)
    JOBS["agreements"].run(at(2026, 11, 21, 6))
    since = newest_message()
    for day in (MONDAY, THURSDAY):
        world.do(case, "skip", "service_desk", day=day, reason="业主出差", asked_by="resident")
    assert order_of(case, MONDAY).status == "cancelled"
    assert world.staff["housekeeper"].pk in told_staff(case, since)
    assert Outgoing.objects.filter(case=case, pk__gt=since, phone="13800138000").count() == 2
    assert JOBS["agreements"].run(at(2026, 11, 25, 6)) == []
    assert last(case, "skip").facts == {"day": "2026-11-26", "asked_by": "resident", "reason": "业主出差"}
    for day in (MONDAY, date(2026, 11, 24)):
        with refused("HS-4.3.2", 409 if day == MONDAY else 422):
            world.do(case, "skip", "service_desk", day=day, reason="再次")


@pytest.mark.clause("HS-4.3.1")
@pytest.mark.django_db
def test_a_visit_is_moved_before_and_after_it_was_filed_and_comes_once(world: World) -> None:
    case = in_force(world)
    JOBS["agreements"].run(at(2026, 11, 21, 6))
    world.do(case, "move", "service_desk", day=MONDAY, visit_at=at(2026, 11, 23, 14), reason="业主上午不在",
             asked_by="resident")  # fmt: skip
    assert order_of(case, MONDAY).order.visit_at == at(2026, 11, 23, 14)
    assert last(order_of(case, MONDAY), "file").facts["override_reason"] == ""
    assert last(order_of(case, MONDAY), "move").facts["asked_by"] == "resident"
    world.do(case, "move", "team_lead", day=THURSDAY, visit_at=at(2026, 11, 27, 9), reason="人手", asked_by="office",
             apologised=True)  # fmt: skip
    assert JOBS["agreements"].run(at(2026, 11, 24, 6)) == []
    assert len(JOBS["agreements"].run(at(2026, 11, 25, 6))) == 1
    assert order_of(case, THURSDAY).order.visit_at == at(2026, 11, 27, 9)
    assert JOBS["agreements"].run(at(2026, 11, 26, 6)) == []
    assert last(case, "move").facts["old"] == at(2026, 11, 26, 9).isoformat()
    with refused("HS-4.3.2"):
        world.now = at(2026, 11, 27, 9)
        world.do(case, "move", "service_desk", day=THURSDAY, visit_at=at(2026, 11, 28, 9), reason="晚了", asked_by="resident")


@pytest.mark.clause("HS-4.3.1")
@pytest.mark.django_db
def test_a_visit_moved_for_a_reason_of_ours_takes_an_apology_and_one_the_resident_moves_none(world: World) -> None:
    case = in_force(world)
    later = {"visit_at": at(2026, 11, 27, 9), "day": THURSDAY}
    for told in ({"asked_by": "office"}, {}):
        with refused("HS-4.3.1", 422):
            world.do(case, "move", "service_desk", reason="保洁员培训", **told, **later)
    assert not case.events.filter(verb="move").exists()
    world.do(case, "move", "service_desk", reason="保洁员培训", asked_by="office", apologised=True, **later)
    world.do(case, "move", "service_desk", reason="业主要求", asked_by="resident", **later)
    assert [row.facts["apologised"] for row in case.events.filter(verb="move").order_by("pk")] == [True, False]


@pytest.mark.clause("HS-4.3.1", "HS-4.3.2")
@pytest.mark.django_db
def test_the_next_visits_are_those_that_come_on_the_day_they_come(world: World) -> None:
    case = in_force(world)
    assert to_come(row(case), world.now, 3) == [MONDAY, THURSDAY, date(2026, 11, 30)]
    world.do(case, "skip", "service_desk", day=MONDAY, reason="业主出差", asked_by="resident")
    world.do(case, "move", "service_desk", day=THURSDAY, visit_at=at(2026, 11, 27, 9), reason="业主要求",
             asked_by="resident")  # fmt: skip
    assert to_come(row(case), world.now, 2) == [date(2026, 11, 27), date(2026, 11, 30)]
    assert to_come(row(case), at(2026, 11, 27, 9), 1) == [date(2026, 11, 30)]
    world.do(case, "suspend", "service_desk", reason="业主出国")
    assert to_come(row(case), world.now, 2) == []


@pytest.mark.clause("HS-4.3.1", "HS-4.3.2")
@pytest.mark.django_db
def test_a_visit_called_off_or_moved_as_the_order_it_was_filed_as_is_that_for_everybody(world: World) -> None:
    case = in_force(world)
    JOBS["agreements"].run(at(2026, 11, 21, 6))
    world.now = at(2026, 11, 21, 7)
    world.do(order_of(case, MONDAY), "cancel", "team_lead", reason="业主出差")
    assert to_come(row(case), world.now, 2) == [THURSDAY, date(2026, 11, 30)]
    JOBS["agreements"].run(at(2026, 11, 24, 6))
    world.now = at(2026, 11, 24, 7)
    world.do(order_of(case, THURSDAY), "move", "team_lead", visit_at=at(2026, 11, 27, 15), reason="业主要求")
    assert to_come(row(case), world.now, 2) == [date(2026, 11, 27), date(2026, 11, 30)]
    seen = agreement(row(case), world.actor("service_desk"))
    told = {each["day"]: (each["state"], each["at"]) for each in seen["visits"]}
    assert told == {MONDAY: ("skipped", at(2026, 11, 23, 9)), THURSDAY: ("laid_out", at(2026, 11, 27, 15))}
    own = {each["day"]: each for each in visits(row(case), world.now, str)}
    assert (own["2026-11-23"]["state"], own["2026-11-23"]["can_skip"], own["2026-11-23"]["link"]) == ("skipped", False, "")
    assert (own["2026-11-26"]["at"], own["2026-11-26"]["can_skip"]) == (moment(at(2026, 11, 27, 15)), True)
    world.now = at(2026, 11, 26, 12)
    world.do(case, "skip", "customer", day=THURSDAY, reason="又有事")
    assert order_of(case, THURSDAY).status == "cancelled"


@pytest.mark.clause("MR-17")
@pytest.mark.django_db
def test_while_it_rests_nothing_is_filed_and_what_was_filed_is_called_off(world: World) -> None:
    case = in_force(world)
    JOBS["agreements"].run(at(2026, 11, 21, 6))
    world.do(case, "suspend", "service_desk", reason="业主出国", rest_until=date(2026, 12, 1))
    assert (case.status, order_of(case, MONDAY).status) == ("suspended", "cancelled")
    assert JOBS["agreements"].run(at(2026, 11, 24, 6)) == []
    world.do(case, "resume", "office_manager")
    assert len(JOBS["agreements"].run(at(2026, 11, 24, 6))) == 1
    assert differences(case) == []


@pytest.mark.clause("HC-5.1.5")
@pytest.mark.django_db
def test_after_a_stop_takes_effect_nobody_comes_and_before_it_they_do(world: World) -> None:
    decide(world, "agreement.ahead_days", 7)
    case = in_force(world)
    JOBS["agreements"].run(at(2026, 11, 21, 6))
    world.do(case, "stop", "office_manager", stop_on=THURSDAY, reason="人手不足", notice="书面通知", given_by="员工2",
             delivered_at=world.now)  # fmt: skip
    assert (order_of(case, MONDAY).status, order_of(case, THURSDAY).status) == ("dispatched", "cancelled")
    assert JOBS["agreements"].run(at(2026, 11, 25, 23)) == []
    world.now = at(2026, 11, 25, 23)
    with refused("MR-17"):
        world.do(case, "end", "service_desk")
    assert len(JOBS["agreements"].run(at(2026, 11, 26, 0, 15))) == 1
    case.refresh_from_db()
    assert (case.status, differences(case)) == ("stopped", [])


@pytest.mark.clause("MR-17")
@pytest.mark.parametrize(("day", "ends"), [(29, False), (30, False), (31, True)])
def test_an_agreement_ends_when_its_last_day_is_over(day: int, ends: bool) -> None:
    if ends:
        over(date(2026, 12, 30), date(2026, 12, day))
    else:
        with refused("MR-17"):
            over(date(2026, 12, 30), date(2026, 12, day))


@pytest.mark.clause("MR-17")
@pytest.mark.django_db
@pytest.mark.parametrize("days", [14, 30])
def test_the_end_announces_itself_to_desk_and_manager_so_many_days_before(world: World, days: int) -> None:
    decide(world, "agreement.renewal_days", days)
    case = in_force(world)
    due = promise(case, "renewal").due_at
    assert due.astimezone(at(2026, 1, 1).tzinfo).date() == row(case).until - timedelta(days=days)
    since = newest_message()
    sweep(due)
    assert told_roles(case, since) == set()
    sweep(due + timedelta(seconds=1))
    assert told_roles(case, since) == {"service_desk", "service_desk_supervisor", "office_manager"}


@pytest.mark.clause("MR-17")
@pytest.mark.django_db
@pytest.mark.parametrize("days", [14, 30])
@pytest.mark.parametrize(("hour", "minute", "told"), [(5, 59, False), (6, 0, True), (6, 1, True)])
def test_desk_and_manager_are_reminded_once_in_the_morning_of_the_day_to_ask(
    world: World, days: int, hour: int, minute: int, told: bool
) -> None:
    decide(world, "agreement.renewal_days", days)
    case = in_force(world)
    day = row(case).until - timedelta(days=days)
    morning, since = at(day.year, day.month, day.day, hour, minute), newest_message()
    for _twice in range(2):
        JOBS["agreements"].run(morning)
    assert case.events.filter(verb="remind").count() == int(told)
    reminded = Outgoing.objects.filter(case=case, pk__gt=since, sentence__contains="ask about a renewal")
    assert [set(each.roles) for each in reminded] == ([DESKS_AND_MANAGER] if told else [])
    assert not kept(case, "renewal")
    assert differences(case) == []


@pytest.mark.clause("MR-17")
@pytest.mark.django_db
@pytest.mark.parametrize("verb", ["ask_renewal", "renew"])
def test_nobody_is_reminded_of_a_renewal_that_was_asked_about(world: World, verb: str) -> None:
    case = in_force(world)
    world.do(case, verb, "service_desk")
    day = row(case).until - timedelta(days=14)
    JOBS["agreements"].run(at(day.year, day.month, day.day, 6))
    assert not case.events.filter(verb="remind").exists()


@pytest.mark.clause("MR-17")
@pytest.mark.django_db
@pytest.mark.parametrize(("days", "fits"), [(-1, False), (0, True), (1, True)])
def test_the_manager_reminds_the_desks_of_a_renewal_from_its_day_on_and_not_once_it_was_asked_about(
    world: World, days: int, fits: bool
) -> None:
    case = in_force(world)
    day = row(case).until - timedelta(days=14 - days)
    world.now = at(day.year, day.month, day.day, 9)
    with nullcontext() if fits else refused("MR-17", 409):
        world.do(case, "remind", "office_manager")
    if fits:
        with refused("MR-17", 409):
            world.do(case, "remind", "office_manager")
        JOBS["agreements"].run(world.now)
        assert case.events.filter(verb="remind").count() == 1, "once for a term, whoever reminds"
    world.do(case, "ask_renewal", "service_desk")
    with refused("MR-17", 409):
        world.do(case, "remind", "office_manager")


@pytest.mark.clause("MR-17")
@pytest.mark.django_db
def test_asking_or_renewing_in_time_keeps_the_promise(world: World) -> None:
    asked, renewed = in_force(world), in_force(world, clock="15:00")
    world.do(asked, "ask_renewal", "service_desk", renewal=False, remark="下半年再说")
    world.do(renewed, "renew", "service_desk")
    assert kept(asked, "renewal")
    assert kept(renewed, "renewal")


@pytest.mark.clause("MR-17")
@pytest.mark.parametrize(
    ("begin", "until", "today", "following"),
    [
        ((2026, 11, 21), (2027, 2, 20), (2027, 2, 10), ((2027, 2, 21), (2027, 5, 20))),
        ((2026, 11, 21), (2027, 2, 20), (2027, 3, 5), ((2027, 3, 5), (2027, 6, 4))),
        ((2027, 1, 1), (2027, 12, 31), (2027, 12, 1), ((2028, 1, 1), (2028, 12, 31))),
        ((2027, 1, 31), (2028, 1, 30), (2028, 1, 1), ((2028, 1, 31), (2029, 1, 30))),
    ],
)
def test_what_follows_begins_the_day_after_and_is_as_long(
    begin: tuple[int, int, int], until: tuple[int, int, int], today: tuple[int, int, int],
    following: tuple[tuple[int, int, int], tuple[int, int, int]],
) -> None:  # fmt: skip
    assert renewed_dates(date(*begin), date(*until), date(*today)) == (date(*following[0]), date(*following[1]))


@pytest.mark.clause("MR-17")
@pytest.mark.django_db
def test_a_renewal_is_an_agreement_of_its_own_signed_anew_and_drawn_up_once(world: World) -> None:
    case = in_force(world)
    world.do(case, "renew", "service_desk", price="180")
    following = case.children.get(kind="agreement")
    new, old = row(following), row(case)
    assert (following.status, new.begin, new.price) == ("draft", old.until + timedelta(days=1), 180)
    assert (new.content, new.crew, new.weekdays, new.manager, new.signed_by) == (old.content, old.crew, old.weekdays, None, "")
    with refused("MR-17"):
        world.do(case, "renew", "service_desk")
    world.do(following, "drop", "service_desk", reason="改签")
    world.do(case, "renew", "service_desk")
    assert not Housekeeping.objects.exists()
    assert [differences(each) for each in (case, following)] == [[], []]
