"""What comes as JSON is what it says: a yes is no id, a figure no text, a text no figure, and none is taken for another."""

import json
from typing import Any

import pytest

from menling.journal.facts import Malformed, read_facts, schema
from menling.journal.models import Case
from menling.kinds import KINDS
from tests.doors.api import Caller, caller
from tests.office import World

FILING = {"kind": "repair", "unit": "3-2-1201", "reporter": "王芳", "phone": "13800138000", "content": "厨房下水堵"}
SAMPLES: dict[str, Any] = {"boolean": True, "integer": 7, "number": 1.5, "string": "7", "array": [], "object": {}}
COMMANDS = [
    pytest.param(command, id=f"{name}-{verb}")
    for name, kind in KINDS.items()
    for verb, command in {**kind.commands, **kind.openings}.items()
]


def types_of(fact: dict[str, Any]) -> set[str]:
    """Return the JSON types a fact is described with; a whole number is a number too."""
    if "$ref" in fact or "properties" in fact:
        return {"object"}
    found = {kind for each in fact.get("anyOf", ()) for kind in types_of(each)} | ({fact["type"]} if "type" in fact else set())
    return found | {"integer"} if "number" in found else found


@pytest.mark.parametrize("command", COMMANDS)
def test_no_fact_of_any_verb_takes_another_type_than_it_is_described_with(command: Any) -> None:
    for name, fact in schema(command).get("properties", {}).items():
        allowed = types_of(fact)
        assert allowed, name
        for kind, value in SAMPLES.items():
            if kind not in allowed:
                with pytest.raises(Malformed) as wrong:
                    read_facts(command, {name: value}, exact=True)
                assert name in {each["path"].split(".")[0] for each in wrong.value.errors}, (name, kind)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("unit", True), ("unit", 1.5), ("unit", ["3-2-1201"]), ("unit", {"id": 1}), ("reporter", 5), ("reporter", ["王芳"]),
        ("content", {"text": "漏水"}), ("content", False), ("phone", 13800138000), ("accept", 1), ("accept", "true"),
        ("visit_at", 1763800000),
        ("visit_at", "1894012444"), ("happened_at", "1763800000.5"), ("visit_at", True), ("happened_at", 0),
        ("sent_at", False), ("office", True),
        ("office", ["XH"]), ("kind", True), ("kind", ["repair"]), ("content", "\ud800"),
    ],
)  # fmt: skip
def test_a_value_of_another_type_is_422_at_its_field_and_files_nothing(world: World, field: str, value: Any) -> None:
    answer = caller(world, "control_centre").post("/orders", FILING | {field: value})
    assert (answer.status_code, [each["path"] for each in answer.json()["errors"]][:1]) == (422, [field])
    assert not Case.objects.filter(kind="repair").exists()


@pytest.mark.django_db
def test_a_home_may_be_named_by_its_id_and_a_room_by_text_and_a_time_is_written_out(world: World) -> None:
    desk = caller(world, "control_centre")
    timed = {"visit_at": "2027-03-01T14:30:00+08:00", "happened_at": "2026-11-20T10:05:00+08:00"}
    assert desk.post("/orders", FILING | timed).status_code == 201
    assert desk.post("/orders", FILING | {"unit": world.unit.pk}).status_code == 201
    assert desk.post("/orders", FILING).status_code == 201


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("verb", "facts"),
    [
        ("dispatch", {"worker": True}), ("dispatch", {"worker": ["JL006"]}), ("decline", {"reason": 5, "offered": "介绍厂家"}),
        ("decline", {"reason": "不做", "offered": ["介绍厂家"]}), ("cancel", {"reason": {}}), ("note", {"text": False}),
        ("move", {"visit_at": 1763800000, "reason": "改期"}),
    ],
)  # fmt: skip
def test_a_step_with_a_value_of_another_type_is_422_at_its_field(world: World, verb: str, facts: dict[str, Any]) -> None:
    case = world.do(world.file(), "accept", "control_centre")
    answer = caller(world, "control_centre").post(f"/orders/{case.number}/{verb}", facts)
    assert answer.status_code == 422
    assert {each["path"] for each in answer.json()["errors"]} <= set(facts)
    case.refresh_from_db()
    assert case.status == "accepted"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "entry", [{"number": 5, "pin": "2580"}, {"number": "JL001", "pin": 2580}, {"number": "JL001", "pin": True}]
)
def test_a_log_in_takes_texts_only(entry: dict[str, Any]) -> None:
    assert Caller(None).post("/login", entry).status_code == 422


@pytest.mark.django_db
@pytest.mark.parametrize("ids", [["5"], [True], [1.5], "5", {"5": 1}])
def test_messages_are_marked_as_read_by_their_ids_only(world: World, ids: Any) -> None:
    assert caller(world, "repair_worker").post("/my/messages/seen", {"ids": ids}).status_code == 422


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_what_a_step_asks_for_is_described_whole_and_points_nowhere_else(kind: str) -> None:
    for verb, command in (KINDS[kind].openings | KINDS[kind].commands).items():
        assert "$ref" not in json.dumps(schema(command)), verb
