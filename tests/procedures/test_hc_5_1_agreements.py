"""HC-4.2, HC-5.1.1.2, HC-5.1.5, HS-4.1.1.3  Long-term service: signed by the manager and the customer, lived by, stopped."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from menling.agreements.days import horizon, to_file
from menling.jobs.named import JOBS
from menling.journal.files import keep_image
from menling.orders.models import Housekeeping, Visit
from menling.policies.models import CalendarDay
from menling.policies.values import values_for
from menling.procedures.agreement import AGREEMENT
from menling.procedures.agreement_rules import AgreementPolicy, complete, notice_given, price_of_visit, signed_before_service
from menling.procedures.agreement_times import Pattern, days, falls_on, first_clash
from menling.procedures.housekeeping_policy import HousekeepingPolicy
from menling.procedures.housekeeping_rules import hourly_only, hourly_until
from tests import cleaning
from tests.agreed import at, drafted, in_force, row, submitted, to_sign, today
from tests.examples import picture
from tests.office import World
from tests.procedures.given import chosen, decide, kept, last, promise, refused, told_roles, told_staff

NINE = time(9)
FEB = Pattern(date(2027, 1, 31), date(2028, 3, 31), NINE, 120, month_day=31)


@pytest.mark.clause("HC-5.1.1.2")
@pytest.mark.parametrize(
    ("begin", "until", "hourly"),
    [
        (date(2026, 11, 20), date(2026, 12, 19), True),
        (date(2026, 11, 20), date(2026, 12, 20), True),
        (date(2026, 11, 20), date(2026, 12, 21), False),
        (date(2027, 1, 31), date(2027, 2, 28), True),
        (date(2027, 1, 31), date(2027, 3, 1), False),
        (date(2028, 1, 31), date(2028, 2, 29), True),
        (date(2028, 1, 31), date(2028, 3, 1), False),
        (date(2028, 2, 29), date(2028, 3, 29), True),
        (date(2028, 2, 29), date(2028, 3, 30), False),
    ],
)
def test_one_calendar_month_is_hourly_and_a_day_more_needs_an_agreement(begin: date, until: date, hourly: bool) -> None:
    last_day = hourly_until(begin, HousekeepingPolicy())
    if hourly:
        hourly_only(begin, until, last_day)
    else:
        with refused("HC-5.1.1.2", 409):
            hourly_only(begin, until, last_day)


@pytest.mark.clause("HC-5.1.1.2")
@pytest.mark.django_db
def test_an_office_may_count_exactly_one_month_as_long_term(world: World) -> None:
    month = (world.now + timedelta(minutes=180)).astimezone().date().replace(month=12)
    assert cleaning.booked(world, until=month).order.until == month
    decide(world, "service.exactly_one_month", "long_term")
    with refused("HC-5.1.1.2", 409):
        cleaning.booked(world, until=month)


@pytest.mark.clause("HC-5.1.1.2")
@pytest.mark.django_db
def test_longer_service_is_filed_under_an_agreement_both_sides_signed_and_under_no_other(world: World) -> None:
    far = today(world) + timedelta(days=60)
    waiting = to_sign(world, clock="15:00")
    with refused("HC-5.1.1.2", 409):
        cleaning.booked(world, until=far)
    for number, status in ((waiting.number, 409), ("XH-L26-99999", 422)):
        with refused("HC-5.1.1.2", status):
            cleaning.booked(world, until=far, agreement=number)
    world.do(waiting, "sign", "customer")
    case = cleaning.booked(world, until=far, agreement=waiting.number)
    assert (case.parent, case.order.until) == (waiting, far)
    with refused("HC-5.1.1.2", 422):
        cleaning.booked(world, unit="3-2-1202", until=far, agreement=waiting.number)


@pytest.mark.clause("HC-5.1.1.2")
@pytest.mark.parametrize("status", sorted(set(AGREEMENT.statuses) - {"new"}))
def test_there_is_service_only_while_it_is_signed_and_lived_by(status: str) -> None:
    if status in ("in_force", "stopping"):
        signed_before_service(status)
    else:
        with refused("HC-5.1.1.2", 409):
            signed_before_service(status)


@pytest.mark.clause("HC-4.2")
@pytest.mark.django_db
def test_only_the_office_manager_signs_for_the_office(world: World) -> None:
    case = submitted(world)
    for who in ("service_desk", "service_desk_supervisor", "team_lead", "business_lead", "company_management", "customer"):
        with refused("HC-4.2", 403):
            world.do(case, "sign_office", who)
    assert world.do(case, "sign_office", "office_manager").status == "signed_here"
    signed = row(case)
    assert (signed.manager, signed.manager_signed_at) == (world.staff["office_manager"], world.now)
    assert world.do(case, "send_back", "office_manager", reason="价格再商量").status == "draft"
    assert (row(case).manager, row(case).confirmed_by) == (None, "")


@pytest.mark.clause("HC-5.1.5")
@pytest.mark.parametrize("missing", ["content", "scope", "target", "times", "price", "crew"])
def test_an_agreement_says_everything_before_it_goes_to_the_manager(missing: str) -> None:
    known: dict[str, object] = dict.fromkeys(("content", "scope", "target", "times", "price", "crew"), "x")
    complete(known)
    with refused("HC-5.1.5", 409):
        complete(known | {missing: ""})


@pytest.mark.clause("HC-5.1.5")
@pytest.mark.django_db
def test_capacity_is_confirmed_by_the_assistant_and_nobody_is_promised_twice(world: World) -> None:
    case = drafted(world)
    with refused("HC-5.1.5", 422):
        world.do(case, "submit", "service_desk")
    with refused("HC-5.1.5", 403):
        world.do(case, "submit", "team_lead", capacity=True)
    world.do(case, "submit", "service_desk", capacity=True)
    assert row(case).confirmed_by == world.staff["service_desk"].name
    assert told_roles(case) == {"office_manager"}
    same_hour = drafted(world, unit="3-2-1202", clock="10:59", weekdays=[4, 6])
    with refused("HC-5.1.5", 409):
        world.do(same_hour, "submit", "service_desk", capacity=True)
    world.do(same_hour, "change", "service_desk", clock="11:00")
    assert world.do(same_hour, "submit", "service_desk", capacity=True).status == "with_manager"
    other = drafted(world, unit="3-2-1202", workers=[world.staff["housekeeper_2"].number])
    assert world.do(other, "submit", "service_desk", capacity=True).status == "with_manager"


@pytest.mark.clause("HC-5.1.5")
@pytest.mark.django_db
def test_the_resident_signs_in_person_or_on_paper_with_the_sheet_on_file_never_the_desk(world: World) -> None:
    case = to_sign(world)
    with refused("HC-5.1.5", 403):
        world.do(case, "sign", "service_desk")
    for facts in ({"scan": "", "name": "王芳"}, {"scan": "a" * 64, "name": "王芳"}):
        with refused("HC-5.1.5", 422):
            world.do(case, "sign_on_paper", "service_desk", **facts)
    scan = keep_image(case, picture(), "photo", by=world.actor("service_desk"), at=world.now).digest
    with refused("HC-5.1.5", 422):
        world.do(case, "sign_on_paper", "service_desk", scan=scan, name=" ")
    assert world.do(case, "sign_on_paper", "service_desk", scan=scan, name="王芳").status == "in_force"
    assert (row(case).scan, row(case).signed_by, row(case).signature) == (scan, "王芳", "")
    assert last(case, "sign_on_paper").facts["follow_up"] == "mandatory"
    other = in_force(world, clock="15:00")
    assert (row(other).signed_by, row(other).signed_at) == ("王芳", world.now)
    assert world.staff["housekeeper"].pk in told_staff(other)


@pytest.mark.clause("HC-5.1.5")
@pytest.mark.parametrize(
    ("days_asked", "stop_on", "allowed"),
    [(0, 19, False), (0, 20, True), (0, 21, True), (7, 26, False), (7, 27, True), (7, 28, True)],
)
def test_our_own_stop_takes_effect_after_a_written_notice_and_its_days(days_asked: int, stop_on: int, allowed: bool) -> None:
    policy = chosen(AgreementPolicy, agreement__notice_days=days_asked)
    said = ("office", "人手不足", "员工2", at(2026, 11, 20, 9), date(2026, 11, 20), date(2026, 11, stop_on))
    if allowed:
        notice_given(*said, policy)
    else:
        with refused("HC-5.1.5", 409):
            notice_given(*said, policy)


@pytest.mark.clause("HC-5.1.5")
@pytest.mark.django_db
def test_we_do_not_stop_without_a_notice_on_file_and_the_customer_may(world: World) -> None:
    day = today(world) + timedelta(days=7)
    case = in_force(world)
    words = {"notice": "因人员调整，自下周起停止服务。", "given_by": "员工2", "delivered_at": world.now}
    for missing in words:
        with refused("HC-5.1.5", 422):
            world.do(case, "stop", "office_manager", stop_on=day, reason="人手不足",
                     **{name: value for name, value in words.items() if name != missing})  # fmt: skip
    with refused("MR-8", 409):
        world.do(case, "stop", "office_manager", stop_on=day, reason="人手不足",
                 **words | {"delivered_at": world.now + timedelta(hours=1)})  # fmt: skip
    world.do(case, "stop", "office_manager", stop_on=day, reason="人手不足", **words)
    stopped = row(case)
    assert (case.status, stopped.stop_on, stopped.notice_by, stopped.notice_at) == ("stopping", day, "员工2", world.now)
    other = in_force(world, clock="15:00")
    assert world.do(other, "stop", "service_desk", stop_on=today(world), reason="搬家", asked_by="resident").status == "stopping"


@pytest.mark.clause("HC-5.1.5")
@pytest.mark.django_db
def test_others_are_named_with_a_reason_and_both_sides_are_told(world: World) -> None:
    case = in_force(world)
    with refused("HC-5.1.5", 422):
        world.do(case, "assign", "team_lead", workers=[], reason="产假")
    world.do(case, "assign", "team_lead", workers=[world.staff["housekeeper_2"].number], reason="产假")
    assert row(case).crew == [world.staff["housekeeper_2"].pk]
    assert {world.staff["housekeeper"].pk, world.staff["housekeeper_2"].pk} <= set(told_staff(case))


@pytest.mark.clause("HC-5.1.5")
def test_a_price_for_the_month_is_due_once_in_it_and_one_for_a_visit_each_time() -> None:
    assert [price_of_visit(Decimal(160), "visit", first) for first in (True, False)] == [Decimal(160), Decimal(160)]
    assert [price_of_visit(Decimal(900), "month", first) for first in (True, False)] == [Decimal(900), Decimal(0)]


@pytest.mark.clause("HS-4.1.1.3")
def test_the_days_are_those_the_agreement_fixes_month_ends_clipped() -> None:
    ends = [date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30)]
    assert days(FEB, date(2027, 1, 1), date(2027, 4, 30)) == ends
    assert days(FEB, date(2028, 2, 1), date(2028, 2, 29)) == [date(2028, 2, 29)]
    leap = Pattern(date(2027, 2, 1), date(2028, 12, 31), NINE, 120, month_day=29)
    assert [falls_on(leap, day) for day in (date(2027, 2, 28), date(2028, 2, 28), date(2028, 2, 29))] == [True, False, True]


@pytest.mark.clause("HS-4.1.1.3")
def test_every_second_week_is_counted_from_the_week_of_the_first_day() -> None:
    fortnight = Pattern(date(2026, 11, 26), date(2026, 12, 31), NINE, 120, weekdays=(1, 4), every_weeks=2)
    assert days(fortnight, date(2026, 11, 1), date(2027, 1, 31)) == [
        date(2026, 11, 26), date(2026, 12, 7), date(2026, 12, 10), date(2026, 12, 21), date(2026, 12, 24),
    ]  # fmt: skip


@pytest.mark.clause("HS-4.1.1.3")
def test_a_public_holiday_is_left_out_where_the_agreement_says_so() -> None:
    spring = date(2027, 2, 8)
    served = Pattern(date(2027, 2, 1), date(2027, 2, 28), NINE, 120, weekdays=(1,))
    at_rest = Pattern(date(2027, 2, 1), date(2027, 2, 28), NINE, 120, weekdays=(1,), holidays=False)
    assert [falls_on(each, spring, {spring}) for each in (served, at_rest)] == [True, False]
    assert falls_on(at_rest, spring)


@pytest.mark.clause("HC-5.1.5")
def test_two_rhythms_clash_only_where_day_and_hour_meet() -> None:
    mondays = Pattern(date(2026, 11, 23), date(2027, 3, 1), NINE, 120, weekdays=(1,))
    for clock, clashes in ((time(7), False), (time(7, 1), True), (time(10, 59), True), (time(11), False)):
        other = Pattern(date(2026, 11, 1), date(2026, 12, 31), clock, 120, weekdays=(1, 2), every_weeks=2)
        assert (first_clash(mondays, other) is not None) == clashes
    assert first_clash(mondays, Pattern(date(2027, 3, 2), date(2027, 5, 1), NINE, 120, weekdays=(1,))) is None


@pytest.mark.clause("HS-4.1.1.3")
@pytest.mark.django_db
def test_visits_are_filed_each_morning_for_the_days_ahead_once_at_the_time_agreed(world: World) -> None:
    case = in_force(world)  # Mondays and Thursdays; it is Friday
    assert JOBS["agreements"].run(at(2026, 11, 21, 5, 59)) == []
    filed = JOBS["agreements"].run(at(2026, 11, 21, 6))
    assert (len(filed), JOBS["agreements"].run(at(2026, 11, 21, 6, 15))) == (1, [])
    order = Housekeeping.objects.select_related("case").get(case__parent=case)
    assert (order.visit_at, order.channel, order.case.status) == (at(2026, 11, 23, 9), "agreement", "dispatched")
    assert (order.agreed, order.agreed_how, order.worker) == (Decimal(160), "agreement", world.staff["housekeeper"])
    assert last(order.case, "consent").facts["agreement"] == case.number
    assert promise(order.case, "appointment").due_at == promise(order.case, "acknowledge").due_at == at(2026, 11, 23, 9)
    world.now = at(2026, 11, 23, 9)
    world.do(order.case, "arrive", "housekeeper")
    assert kept(order.case, "appointment")


@pytest.mark.clause("HS-4.1.1.3")
@pytest.mark.django_db
def test_how_far_ahead_and_from_which_hour_is_the_offices_choice(world: World) -> None:
    decide(world, "agreement.ahead_days", 5)
    decide(world, "agreement.filed_at", "05:30")
    values = values_for(world.office, world.now)
    assert [horizon(values, at(2026, 11, 21, 5, minute)).day for minute in (29, 30)] == [25, 26]
    case = in_force(world)
    assert [each.day for each in to_file(row(case), at(2026, 11, 21, 6))] == [23, 26]


@pytest.mark.clause("HS-4.1.1.3")
@pytest.mark.django_db
def test_who_is_named_but_busy_leaves_the_visit_to_the_leader(world: World) -> None:
    world.now = at(2026, 11, 20, 10, 30)
    in_force(world)
    busy = cleaning.agreed(world, unit="3-2-1202", visit_at=at(2026, 11, 23, 10))
    world.do(busy, "dispatch", "team_lead", worker=world.staff["housekeeper"].number)
    JOBS["agreements"].run(at(2026, 11, 23, 6))
    order = Housekeeping.objects.select_related("case").get(channel="agreement")
    assert (order.case.status, Visit.objects.filter(order=order).count()) == ("agreed", 0)
    assert "team_lead" not in told_roles(order.case), "the pick-up of eight o'clock brings it"


@pytest.mark.clause("HS-4.1.1.3")
@pytest.mark.django_db
def test_a_holiday_of_the_offices_calendar_has_no_visit(world: World) -> None:
    case = in_force(world, holidays=False)
    CalendarDay.objects.create(office=None, day=date(2026, 11, 23), works=False, name="假日")
    assert JOBS["agreements"].run(at(2026, 11, 21, 7)) == []
    assert [each.day for each in to_file(row(case), datetime(2026, 11, 24, tzinfo=at(2026, 11, 24).tzinfo))] == []
    assert len(JOBS["agreements"].run(at(2026, 11, 24, 7))) == 1
