"""The words every procedure is written in: money, calendars, actors, sentences, refusals, settings and points."""

from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from menling.clauses import clauses
from menling.kernel.actor import ALL_OFFICES, SYSTEM, Actor
from menling.kernel.calendars import OfficeCalendar, month_of, years_after
from menling.kernel.money import FEN, MOST, times, to_jiao, yuan
from menling.kernel.points import Rule
from menling.kernel.policy import SETTINGS, Setting, in_force, setting
from menling.kernel.procedure import ROLE_TITLES, Clock, Due, Moment, Procedure, at_time, minutes_after
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role
from menling.kernel.words import Message
from menling.ledger.points import points
from menling.procedures.repair import REPAIR
from menling.procedures.repair_policy import RepairPolicy

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
CALENDAR = OfficeCalendar(holidays=frozenset({date(2026, 10, 1)}), worked=frozenset({date(2026, 10, 10)}))
instants = st.datetimes(datetime(2001, 1, 1), datetime(2150, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # given the zone beside
amounts = st.decimals(Decimal(0), MOST, places=2)


@given(amounts)
def test_an_amount_with_two_places_is_taken_as_it_is(amount: Decimal) -> None:
    assert yuan(amount) == amount == yuan(str(amount))
    assert yuan(amount).as_tuple().exponent == -2


@pytest.mark.parametrize("wrong", ["-0.01", "0.001", "10000000", "NaN", "Infinity", "1e9", "1e-9"])
def test_what_is_no_amount_is_refused_with_its_field(wrong: str) -> None:
    with pytest.raises(Refused) as met:
        yuan(Decimal(wrong), "price")
    assert (met.value.clause, met.value.status, met.value.field) == ("MR-6", 422, "price")
    assert str(met.value.why).endswith("is not an amount in yuan with at most two decimals.")


def test_nothing_below_zero_remains_of_minus_nothing() -> None:
    assert str(yuan(Decimal("-0"))) == "0.00"


@given(amounts)
def test_a_price_to_the_jiao_is_never_further_off_than_half_of_one(amount: Decimal) -> None:
    rounded = to_jiao(amount)
    assert rounded * 10 == int(rounded * 10)
    assert abs(rounded - amount) <= Decimal("0.05")
    assert to_jiao(amount, "down") <= amount <= to_jiao(amount, "up")
    assert to_jiao(Decimal("0.05")) == to_jiao(Decimal("0.10")) == Decimal("0.10")


@given(st.decimals(Decimal(0), Decimal(9999), places=2), st.decimals(Decimal("0.01"), Decimal(900), places=2))
def test_a_line_is_price_by_quantity_to_the_fen_half_up(price: Decimal, quantity: Decimal) -> None:
    assert abs(times(price, quantity) - price * quantity) <= FEN / 2
    assert times(Decimal("2.25"), Decimal("0.5")) == Decimal("1.13")


@given(instants)
def test_the_end_of_a_day_is_its_last_instant_at_the_office(at: datetime) -> None:
    end = CALENDAR.end_of_day(at)
    assert end >= at
    assert CALENDAR.local(end).date() == CALENDAR.local(at).date()
    assert CALENDAR.local(end + timedelta(microseconds=1)).date() > CALENDAR.local(at).date()


@given(instants)
def test_what_is_due_before_the_end_of_work_is_always_due_later_than_now(at: datetime) -> None:
    due = CALENDAR.before_end_of_shift(at)
    assert at < due <= at + timedelta(hours=24)
    assert CALENDAR.local(due).time() in (CALENDAR.shift_end, CALENDAR.shift_start)


def test_the_instant_work_ends_belongs_to_the_next_morning() -> None:
    end = CALENDAR.end_of_shift(NOON)
    assert CALENDAR.before_end_of_shift(end - timedelta(microseconds=1)) == end
    assert CALENDAR.before_end_of_shift(end) == CALENDAR.at(date(2026, 11, 21), time(8, 0))


def test_working_days_skip_weekends_and_holidays_and_count_worked_weekends() -> None:
    assert CALENDAR.next_working_day(date(2026, 9, 30)) == date(2026, 10, 2)
    assert CALENDAR.next_working_day(date(2026, 10, 9)) == date(2026, 10, 10)
    assert CALENDAR.next_working_day(date(2026, 11, 20)) == date(2026, 11, 23)
    assert not CALENDAR.announced(date(2030, 1, 1))


def test_another_zone_has_another_day() -> None:
    urumqi = OfficeCalendar(ZoneInfo("Asia/Urumqi"))
    late = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
    assert (CALENDAR.local(late).date(), urumqi.local(late).date()) == (date(2026, 11, 21), date(2026, 11, 20))


@pytest.mark.parametrize(("day", "years", "then"), [
    (date(2024, 2, 29), 1, date(2025, 2, 28)), (date(2024, 2, 29), 4, date(2028, 2, 29)),
    (date(2026, 11, 20), 2, date(2028, 11, 20)),
])  # fmt: skip
def test_years_later_is_the_same_day(day: date, years: int, then: date) -> None:
    assert years_after(day, years) == then


@pytest.mark.parametrize(
    ("day", "begin", "end"),
    [(date(2026, 11, 30), date(2026, 11, 1), date(2026, 12, 1)), (date(2026, 12, 1), date(2026, 12, 1), date(2027, 1, 1)),
     (date(2028, 2, 29), date(2028, 2, 1), date(2028, 3, 1))],
)  # fmt: skip
def test_a_month_runs_from_its_first_midnight_at_the_office_to_that_of_the_next(day: date, begin: date, end: date) -> None:
    zone = OfficeCalendar().zone
    assert month_of(day, zone) == tuple(datetime.combine(on, time.min, zone) for on in (begin, end))


def test_minutes_and_clock_times_are_counted_from_an_instant() -> None:
    assert minutes_after(NOON, 15) - NOON == timedelta(minutes=15)
    assert at_time(CALENDAR.local(NOON), time(9, 0)).isoformat() == "2026-11-20T09:00:00+08:00"


def test_roles_count_in_their_office_and_those_of_the_company_everywhere() -> None:
    by = Actor("staff", 7, "王芳", roles={1: frozenset({Role.FINANCE}), ALL_OFFICES: frozenset({Role.QUALITY})})
    assert (by.roles_in(1), by.roles_in(2)) == ({Role.FINANCE, Role.QUALITY}, {Role.QUALITY})
    assert by.holds(1, Role.FINANCE, Role.WAREHOUSE)
    assert not by.holds(2, Role.FINANCE)
    assert (by.offices, by.sees_all_offices) == ({1}, True)
    assert not Actor("staff", 8, "李四", roles={1: frozenset({Role.FINANCE})}).sees_all_offices
    assert SYSTEM.holds(9, Role.SYSTEM)


def test_who_writes_for_another_stays_beside_the_one_who_acted() -> None:
    worker, desk = Actor("staff", 7, "王芳"), Actor("staff", 8, "李四")
    written = worker.recorded_by(desk, "radio")
    assert (written.id, written.recorder, written.source) == (7, desk, "radio")
    assert (worker.recorder, worker.source) == (None, "")


def test_a_sentence_is_said_in_the_language_of_its_reader_with_its_parts() -> None:
    words = {"Add {what} by {who}.": "请补{what}（{who}）。", "phone": "电话", "unit": "房号", ", ": "、"}
    message = Message("Add {what} by {who}.", {"what": (Message("unit"), Message("phone")), "who": "{王芳}"})
    assert message.said_by(lambda text: words.get(text, text)) == "请补房号、电话（{王芳}）。"
    assert str(message) == "Add unit, phone by {王芳}."


def test_an_amount_is_written_in_a_sentence_as_on_every_page_with_its_thousands_apart() -> None:
    sentence = "¥{least} to ¥{most}, number {number}."
    values: dict[str, object] = {"least": Decimal("5000.00"), "most": "1234567.8", "number": "5000"}
    assert str(Message(sentence, values)) == "¥5,000.00 to ¥1,234,567.8, number 5000."
    assert Message(sentence, values).said_by(lambda _text: "{least}元至{most}元") == "5,000.00元至1,234,567.8元"
    assert str(Message(sentence, {"least": "", "most": "待定", "number": 0})) == "¥ to ¥待定, number 0."


def test_a_refusal_says_clause_reason_status_and_field() -> None:
    refused = Refused("EN-F.2", "Add {what}.", status=422, field="phone", what="the phone")
    assert str(refused) == "EN-F.2: Add the phone."
    assert (refused.status, refused.field, Refused("EN-F.2", "No.").status) == (422, "phone", 409)


def test_every_role_has_a_name() -> None:
    assert set(ROLE_TITLES) == set(Role)


def test_every_point_keeps_clauses_that_exist_and_has_a_name_of_its_own() -> None:
    known = points()
    assert {clause for point in known for clause in point.clauses} <= set(clauses()) | choices()
    assert all(point.clauses for point in known)
    assert {point.sort for point in known} >= {"rule", "step", "clock", "prompt", "setting"}


def choices() -> set[str]:
    """Return the conflicts of the papers that settings decide, which they may name beside their clauses."""
    return {clause for each in SETTINGS.values() for clause in each.clauses if clause.startswith("CF-")}


def test_a_rule_taken_away_neither_refuses_nor_computes() -> None:
    def figure(amount: Decimal) -> Decimal:
        if amount < 0:
            raise Refused("EN-D.12", "No.")
        return amount + 1

    kept = Rule(figure, ("EN-D.12",))
    assert kept(Decimal(1)) == 2
    kept._remove("EN-D.12")
    assert (kept(Decimal(1)), kept(Decimal(-1))) == (0, None)


def test_a_step_and_a_clock_taken_away_are_gone_alone() -> None:
    step = REPAIR.steps[0]
    clock = Clock(("EN-2.1",), "door", "at the door", frozenset({"go"}), frozenset({"come"}), lambda moment: Due(moment.at))
    table = Procedure("table", "Table", type(next(iter(step.before))), (step, step), (clock,))
    table._without_step(step, "EN-2.1")
    table._without_clock(clock, "EN-2.1")
    assert (table.steps, table.clocks) == ((), ())
    assert clock.due(Moment(NOON, None, CALENDAR, {})) == Due(NOON)


@pytest.mark.parametrize("key", sorted(SETTINGS))
def test_every_figure_is_shipped_within_its_own_bounds(key: str) -> None:
    known = SETTINGS[key]
    shipped = str(known.default) if isinstance(known.default, (Decimal, time)) else known.default
    assert known.check(shipped) == known.default == known.read(None)
    assert known.clauses[0] in clauses(), "it is cited when a figure is refused"


def beyond(known: Setting) -> list[object]:
    """Return figures of the right form that the procedure forbids."""
    if isinstance(known.default, bool) or not isinstance(known.default, (int, Decimal)):
        return []
    return [*([known.least - 1] if known.least is not None else []), *([known.most + 1] if known.most is not None else [])]


def outside(known: Setting) -> list[object]:
    wrong: list[object] = [None, [], {}, "", "abc", "NaN"]
    if isinstance(known.default, bool):
        return [*wrong, 1, 0, "true"]
    if isinstance(known.default, (int, Decimal)):
        wrong += [True, "Infinity"]
        return [*wrong, 3.7] if isinstance(known.default, int) else wrong
    if isinstance(known.default, time):
        return [*wrong, "25:00", "09:00+08:00", 9]
    return [*wrong, 7, True]


@pytest.mark.parametrize("key", sorted(SETTINGS))
def test_a_figure_outside_what_its_clause_allows_is_refused_with_that_clause(key: str) -> None:
    known = SETTINGS[key]
    for wrong, status in [*((each, 422) for each in outside(known)), *((each, 409) for each in beyond(known))]:
        with pytest.raises(Refused) as met:
            known.check(wrong)
        assert (met.value.clause, met.value.status) == (known.clauses[0], status), wrong


def test_a_policy_is_filled_from_the_table_with_defaults_where_it_is_silent() -> None:
    policy = in_force(RepairPolicy, {"repair.arrive_minutes": 20, "register.copy_time": "08:30", "unknown.key": 1})
    silent = in_force(RepairPolicy, {})
    assert (policy.arrive_within, policy.register_at, policy.dispatch_within) == (20, time(8, 30), silent.dispatch_within)
    assert all(getattr(silent, each.name) == each.default for each in fields(RepairPolicy))


def test_the_same_key_declared_twice_is_one_figure() -> None:
    @dataclass(frozen=True)
    class Another:
        arrive: int = setting("repair.arrive_minutes", "EN-2.1", "At the door within", 15)

    assert in_force(Another, {"repair.arrive_minutes": 20}).arrive == 20
    assert SETTINGS["repair.arrive_minutes"].title == next(
        each.metadata["setting"].title for each in fields(RepairPolicy) if each.name == "arrive_within"
    )
