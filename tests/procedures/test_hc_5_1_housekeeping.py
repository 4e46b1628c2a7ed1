"""HC-5.1  Hourly service, price and consent before anybody is sent, how to clean, spot checks and calls."""

from datetime import date

import pytest

from menling.kernel.roles import Role as R
from menling.procedures.housekeeping import HOUSEKEEPING
from menling.procedures.housekeeping_policy import HousekeepingPolicy
from menling.procedures.housekeeping_rules import agreed_before_sending, hourly_only, hourly_until, nonconformity
from tests import cleaning
from tests.office import World
from tests.procedures.given import cards, chosen, last, refused, told_roles, worded

DEFAULT = HousekeepingPolicy()
LONG = chosen(HousekeepingPolicy, service__exactly_one_month="long_term")


@pytest.mark.clause("HC-5.1.1", "HC-5.1.1.1")
@pytest.mark.parametrize(
    ("begin", "last_day"),
    [
        (date(2026, 11, 20), date(2026, 12, 20)),
        (date(2026, 12, 20), date(2027, 1, 20)),
        (date(2027, 1, 31), date(2027, 2, 28)),
        (date(2028, 1, 30), date(2028, 2, 29)),
    ],
)
def test_a_service_of_at_most_a_calendar_month_is_hourly(begin: date, last_day: date) -> None:
    assert hourly_until(begin, DEFAULT) == last_day
    assert hourly_until(begin, LONG) < last_day


@pytest.mark.clause("HC-5.1.1.2")
@pytest.mark.parametrize(("until", "hourly"), [(None, True), (19, True), (20, True), (21, False)])
def test_a_service_longer_than_a_month_is_pointed_to_the_agreement(until: int | None, hourly: bool) -> None:
    end = date(2026, 12, until) if until else None
    if hourly:
        hourly_only(date(2026, 11, 20), end, date(2026, 12, 20))
    else:
        with refused("HC-5.1.1.2", 409):
            hourly_only(date(2026, 11, 20), end, date(2026, 12, 20))


@pytest.mark.clause("HC-5.1.1.1", "HC-5.1.1.2")
@pytest.mark.django_db
def test_the_month_counts_from_the_first_visit(world: World) -> None:
    case = cleaning.booked(world, until=date(2026, 12, 20))
    assert case.order.until == date(2026, 12, 20)
    with refused("HC-5.1.1.2", 409):
        cleaning.booked(world, until=date(2026, 12, 21))
    assert cleaning.booked(world, ahead=1440, until=date(2026, 12, 21)).status == "reported"
    with refused("MR-8", 409):
        cleaning.booked(world, until=date(2026, 11, 19))


@pytest.mark.clause("HC-5.1.2")
@pytest.mark.django_db
def test_housekeeping_is_registered_with_every_field_and_who_goes_is_told_at_once(world: World) -> None:
    for missing in ("unit", "reporter", "content"):
        with refused("HC-5.1.2", 422):
            cleaning.booked(world, **{missing: ""})
    case = cleaning.sent(world)
    world.do(case, "acknowledge", "housekeeper_2")
    assert (case.status, last(case, "acknowledge").clauses) == ("acknowledged", ["HC-5.1.2"])
    assert case.deadlines.get(key="acknowledge").clause == "HC-5.1.2"


@pytest.mark.clause("HC-5.1.3")
@pytest.mark.django_db
def test_nobody_is_sent_before_the_resident_heard_and_agreed_to_the_price(world: World) -> None:
    numbers = [world.staff["housekeeper"].number]
    unpriced = world.do(cleaning.booked(world), "accept", "service_desk")
    case = cleaning.quoted(world, ahead=600)
    for early in (unpriced, case):
        with refused("HC-5.1.3", 409):
            world.do(early, "dispatch", "team_lead", workers=numbers)
        with refused("HA-2", 403):
            world.do(early, "dispatch", "finance", workers=numbers)
    with refused("HC-5.1.3", 409):
        world.do(case, "consent", "service_desk", amount="239.99")
    world.do(case, "consent", "service_desk", amount="240")
    assert (str(case.order.agreed), last(case, "consent").clauses[0]) == ("240.00", "HC-5.1.3")
    assert world.do(case, "dispatch", "team_lead", workers=numbers).status == "dispatched"
    assert [step.after for step in HOUSEKEEPING.rows("start")] == ["working"]


@pytest.mark.clause("HC-5.1.3")
def test_what_was_agreed_is_exactly_what_is_due() -> None:
    agreed_before_sending(240, 240)  # type: ignore[arg-type]  # whole yuan
    for agreed in (None, 239, 241):
        with refused("HC-5.1.3"):
            agreed_before_sending(240, agreed)  # type: ignore[arg-type]


@pytest.mark.clause("HC-5.1.3")
@pytest.mark.django_db
def test_how_to_clean_is_shown_at_work_and_ticked(world: World) -> None:
    assert cards("HC-5.1.3", "working", "housekeeping") == ["at_the_door"]
    assert cards("HC-5.1.3", "finished", "housekeeping") == []
    assert worded("HC-5.1.3", "放回原处", "put each one back")
    case = cleaning.working(world)
    world.do(case, "tick", "housekeeper_2", group="at_the_door")
    assert "HC-5.1.3" in last(case, "tick").clauses


@pytest.mark.clause("HC-5.1.4")
@pytest.mark.parametrize(
    ("result", "remark", "found"),
    [("satisfied", "很好", ""), ("quality_problem", "窗台有灰", "窗台有灰"), ("not_satisfied", "拖得太久", "拖得太久")],
)
def test_a_bad_result_of_a_check_is_a_nonconformity(result: str, remark: str, found: str) -> None:
    assert nonconformity(result, remark) == found
    if found:
        with refused("HC-5.1.4", 422):
            nonconformity(result, " ")


@pytest.mark.clause("HC-5.1.4")
@pytest.mark.django_db
def test_what_a_spot_check_or_a_call_finds_is_reported_upwards_and_put_right(world: World) -> None:
    case = cleaning.signed(world)
    world.do(case, "spot_check", "service_desk", result="satisfied", by_call=True)
    assert not told_roles(case) & {"service_desk_supervisor", "office_manager"}
    world.do(case, "spot_check", "service_desk", result="quality_problem", remark="窗台有灰")
    assert told_roles(case) >= {"service_desk_supervisor", "office_manager"}
    assert (case.order.nonconformity, last(case, "spot_check").clauses) == ("窗台有灰", ["HC-5.1.4"])
    case = world.do(case, "close_nonconformity", "service_desk_supervisor", done="已重新擦拭")
    case.order.refresh_from_db()
    assert (case.order.nonconformity, last(case, "close_nonconformity").facts["was"]) == ("", "窗台有灰")
    assert cards("HC-5.1.4", "signed", "housekeeping") == ["after_cleaning"]
    with refused("HC-5.1.4", 403):
        HOUSEKEEPING.step("spot_check", "signed", {R.HOUSEKEEPER})
