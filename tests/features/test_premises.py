"""What clerks type: phones, rooms, texts and times are understood, or refused by the name of their field."""

from datetime import date, timedelta
from typing import Any, get_args, get_origin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from menling.journal.facts import Malformed, facts_model, read_facts
from menling.journal.models import Case, Command, Counter, Event
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role
from menling.kinds import KINDS
from menling.orders.models import Order
from menling.premises import names
from menling.premises.actors import link_actor, resident_actor, staff_actor
from menling.premises.models import Post
from tests.examples import FILED, plain
from tests.office import World, make_staff

COMMANDS = sorted(
    {command for kind in KINDS.values() for command in (*kind.commands.values(), *kind.openings.values())},
    key=lambda command: (command.__module__, command.__name__),
)
TEXTS = [
    (command, name)
    for command in COMMANDS
    for name, field in facts_model(command).model_fields.items()
    if str in (field.annotation, *get_args(field.annotation)) and get_origin(field.annotation) is not list
]
PHONES = {
    "13800138000": "13800138000", "138 0013 8000": "13800138000", "１３８００１３８０００": "13800138000",
    "+86 138-0013-8000": "13800138000", "0086 13800138000": "13800138000", "(021) 6000-0001": "02160000001",
    "013800138000": "013800138000", "110": "110", "": "", "未知": "", "不详": "", "匿名": "", " Withheld ": "", "UNKNOWN": "",
    "隐藏": "",
}  # fmt: skip
NO_PHONES = ["十三八", "📞13800138000", "12", "1" * 17, "٠١٢٣٤٥٦", "138O0138000", "13800138000;drop", "1" * 10_000]
ROOMS = [
    "3-2-1201",
    "３－２－１２０１",
    "3栋2单元1201",
    "3栋2单元1201室",
    "3号楼2单元1201",
    " 3 — 2 — 1201 ",
    "3/2/1201",
    "3#2#1201",
]
NO_ROOMS = ["3-2-9999", "1-1-101", "🏠", "3-2-1201-7", "-1", "0", "9" * 40, "x" * 10_000, "' OR 1=1 --", "٣-٢-١٢٠١"]

TYPED = ["🚿漏水💧", "𠮷田さん", "a" * 10_000, "第一行\n第二行", "<script>alert(1)</script>", "\\u0000", "%s {unit}"]


def nothing_kept() -> bool:
    return not any(model.objects.exists() for model in (Case, Order, Command, Counter, Event))


def malformed(command: Any, facts: dict[str, Any]) -> list[str]:
    with pytest.raises(Malformed) as met:
        read_facts(command, facts)
    assert all(each["message"] and each["type"] for each in met.value.errors)
    return [each["path"] for each in met.value.errors]


@pytest.mark.django_db
@pytest.mark.parametrize("typed", sorted(PHONES))
def test_a_phone_is_kept_as_it_is_dialled_and_a_withheld_one_as_none(world: World, typed: str) -> None:
    assert world.file(phone=typed).order.phone == PHONES[typed]


@pytest.mark.django_db
@pytest.mark.parametrize("typed", NO_PHONES)
def test_what_is_no_phone_is_refused_by_name_and_nothing_is_kept(world: World, typed: str) -> None:
    with pytest.raises(Refused) as met:
        world.file(phone=typed)
    assert (met.value.clause, met.value.status, met.value.field) == ("MR-8", 422, "phone")
    assert len(str(met.value.why)) < 200
    assert nothing_kept()


@pytest.mark.django_db
def test_a_withheld_number_is_asked_for_before_a_slip_is_issued(world: World) -> None:
    case = world.do(world.file(phone="未知"), "accept", "control_centre")
    with pytest.raises(Refused, match=r"EN-F\.2") as met:
        world.do(case, "dispatch", "control_centre", worker=world.staff["repair_worker"].number)
    assert met.value.field == "phone"


@pytest.mark.parametrize(("typed", "key"), [("013800138000", "13800138000"), ("13800138000", "13800138000"),
                                            ("02160000001", "02160000001"), ("未知", "")])  # fmt: skip
def test_a_dialled_zero_before_a_mobile_number_does_not_count_when_it_is_searched(typed: str, key: str) -> None:
    assert names.phone_key(typed) == key


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ROOMS)
def test_a_room_is_found_however_it_is_written(world: World, typed: str) -> None:
    assert world.file(unit=typed).unit_id == world.unit.pk


@pytest.mark.django_db
@pytest.mark.parametrize("typed", NO_ROOMS)
def test_a_room_that_is_not_here_is_refused_by_name_and_nothing_is_kept(world: World, typed: str) -> None:
    with pytest.raises(Refused) as met:
        world.file(unit=typed)
    assert (met.value.clause, met.value.status, met.value.field) == ("MR-8", 422, "unit")
    assert len(str(met.value.why)) < 200
    assert nothing_kept()


@given(st.text())
def test_a_room_written_in_the_form_of_the_register_stays_as_it_is(text: str) -> None:
    assert names.unit_key(names.unit_key(text)) == names.unit_key(text)


@given(st.text(max_size=40))
def test_any_text_is_a_phone_of_plain_digits_or_a_refusal(text: str) -> None:
    try:
        digits = names.phone(text)
    except Refused:
        return
    assert digits == "" or (digits.isascii() and digits.isdigit() and 3 <= len(digits) <= 16)


@given(st.text())
def test_folding_twice_is_folding_once_and_leaves_no_control_characters(text: str) -> None:
    folded = names.folded(text)
    assert names.folded(folded) == folded
    assert not set(folded) & {"\0", "\r", "\x1b", "\x7f"}


@pytest.mark.parametrize(("name", "sound", "letters"), [("王小明", "wang xiao ming", "wxm"), ("Anna 王", "anna  wang", "aw")])
def test_names_sort_and_are_searched_by_their_sounds(name: str, sound: str, letters: str) -> None:
    assert names.pinyin(name).split() == sound.split()
    assert names.initials(name).startswith(letters[0])
    assert len(names.initials("王" * 99)) == 30


@pytest.mark.django_db
@pytest.mark.parametrize("text", TYPED)
def test_any_text_of_up_to_ten_thousand_characters_is_kept_as_it_was_typed(world: World, text: str) -> None:
    case = world.file(content=text)
    assert case.order.content == text
    world.do(case, "note", "control_centre", text=text)
    assert case.events.latest("pk").facts["text"] == text
    world.do(case, "decline", "control_centre", reason=text, offered=text)
    assert case.events.latest("pk").facts["reason"] == text


@pytest.mark.parametrize(("command", "name"), TEXTS, ids=lambda each: getattr(each, "__name__", each))
@pytest.mark.parametrize("text", ["前\0后", "a" * 10_001, "\ud800"], ids=["NUL", "too long", "half a character"])
def test_a_text_no_row_can_hold_is_malformed_by_its_name_in_every_command(command: Any, name: str, text: str) -> None:
    fields = facts_model(command).model_fields.items()
    others = {each: plain(field.annotation) for each, field in fields if field.is_required()}
    assert set(malformed(command, others | {name: text})) == {name}


@pytest.mark.django_db
def test_what_is_malformed_reaches_no_command(world: World) -> None:
    for text in ("前\0后", "a" * 10_001):
        with pytest.raises(Malformed, match="content"):
            world.file(content=text)
    assert nothing_kept()


@pytest.mark.parametrize(("verb", "facts", "path"), [
    ("rate", {"rating": 0}, "rating"), ("rate", {"rating": 6}, "rating"), ("rate", {"rating": 10**9}, "rating"),
    ("rate", {"rating": "great"}, "rating"), ("rate", {}, "rating"), ("sign", {"rating": 99}, "rating"),
    ("rate", {"rating": 5, "colour": "red"}, "colour"), ("rate", {"rating": 5, "my colour": "red"}, "my colour"),
    ("quote", {"amount": "NaN"}, "amount"),
    ("quote", {"items": [{"code": "W01", "quantity": "-1"}]}, "items.0.quantity"),
    ("quote", {"items": [{"code": "W\0"}]}, "items.0.code"), ("quote", {"items": [{"code": "W" * 21}]}, "items.0.code"),
    ("add_material", {"name": "带", "quantity": "1e50"}, "quantity"),
    ("add_material", {"name": "带", "quantity": "0"}, "quantity"),
    ("add_material", {"code": "W" * 21}, "code"), ("move", {"visit_at": "2026-11-20T10:00:00"}, "visit_at"),
    ("move", {"visit_at": "9999-12-31T23:59:59Z"}, "visit_at"), ("move", {"visit_at": "0001-01-01T00:00:00+14:00"}, "visit_at"),
    ("move", {"visit_at": "tomorrow"}, "visit_at"), ("finish", {"photos": ["a\0"]}, "photos.0"),
    ("warn", {"about": "weather", "told": "x", "consented": True}, "about"),
])  # fmt: skip
def test_a_wrong_fact_is_named_by_its_path(verb: str, facts: dict[str, Any], path: str) -> None:
    assert malformed(KINDS["repair"].commands[verb], facts) == [path]


@pytest.mark.django_db
@pytest.mark.parametrize("amount", ["86.001", "-1", "10000000", "1e400", "1e-400"])
def test_an_amount_that_is_none_is_refused_by_name(world: World, amount: str) -> None:
    case = world.at_home()
    with pytest.raises(Refused, match="MR-6") as met:
        world.do(case, "quote", "repair_worker", amount=amount)
    assert (met.value.status, met.value.field) == (422, "amount")
    with pytest.raises(Refused, match="MR-6") as met:
        world.do(case, "report_damage", "repair_worker", item="瓷砖", price=amount)
    assert met.value.field == "price"


@pytest.mark.django_db
def test_a_visit_before_the_report_is_refused_by_name_and_nothing_is_kept(world: World) -> None:
    with pytest.raises(Refused, match="MR-8") as met:
        world.file(visit_at=world.now - timedelta(minutes=1))
    assert (met.value.status, met.value.field, nothing_kept()) == (409, "visit_at", True)
    assert world.file(visit_at=world.now).status == "reported"


@pytest.mark.django_db
def test_posts_count_from_their_first_to_their_last_day(world: World) -> None:
    staff = make_staff(world.company, world.office, Role.FINANCE, "Z1", "临时")
    Post.objects.filter(staff=staff).update(since=date(2026, 11, 2), until=date(2026, 11, 20))
    held = {day: staff_actor(staff, date(2026, 11, day)).holds(world.office.pk, Role.FINANCE) for day in (1, 2, 20, 21)}
    assert held == {1: False, 2: True, 20: True, 21: False}


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.CUSTOMER, Role.SYSTEM])
def test_no_post_makes_a_member_of_staff_a_resident_or_the_system(world: World, role: Role) -> None:
    staff = make_staff(world.company, world.office, role, "Z1", "冒名")
    assert staff_actor(staff, world.now.date()).roles == {}


@pytest.mark.django_db
def test_a_resident_reaches_the_own_homes_and_a_link_one_case(world: World) -> None:
    resident = resident_actor(world.resident)
    assert (resident.units, resident.cases) == (frozenset({world.unit.pk}), None)
    assert resident.roles == {world.office.pk: frozenset({Role.CUSTOMER})}
    assert resident_actor(world.resident, 7).cases == link_actor(7, 1, "王芳").cases == frozenset({7})
    with pytest.raises(Refused, match="MR-8"):
        world.file("customer", **FILED | {"unit": "3-2-1202"})


def test_the_tables_of_texts_and_commands_are_not_empty() -> None:
    assert len(COMMANDS) > 40
    assert len(TEXTS) > 50
