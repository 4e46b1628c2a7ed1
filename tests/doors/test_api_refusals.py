"""What a program hears when a fact is missing, or when it asks for money before there is any: always the clause."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from menling.kinds import KINDS
from tests.doors.api import caller
from tests.examples import picture
from tests.office import World

pytestmark = pytest.mark.django_db
ERRAND = {
    "unit": "3-2-1201", "name": "王芳", "item": "米", "brand": "金穗", "nature": "食品", "quantity": "1", "spec": "5kg",
    "price": "10.00", "buy_by": "2099-01-01T10:00:00+08:00",
}  # fmt: skip


def test_every_step_of_every_kind_says_which_clause_asks_for_its_facts() -> None:
    for kind in KINDS.values():
        for verb in (*kind.commands, *kind.openings):
            assert kind.procedure.clause_of(verb, "new"), (kind.procedure.kind, verb)


@pytest.mark.parametrize(
    ("verb", "who", "clause", "missing"),
    [
        ("decline", "control_centre", "HS-4.2.2", ["reason", "offered"]), ("dispatch", "control_centre", "HS-4.2.3", ["worker"]),
        ("cancel", "control_centre", "HS-4.3.2", ["reason"]), ("ask_lead", "team_lead", "HS-4.2.3", ["what"]),
        ("absent", "repair_worker", "HS-4.3.3", ["slip"]), ("carry_over", "repair_worker", "EN-D.11", ["reason"]),
        ("attest", "team_lead", "EN-D.14", ["reason"]),
    ],
)  # fmt: skip
def test_a_missing_fact_is_422_with_the_clause_that_asks_for_it(
    world: World, verb: str, who: str, clause: str, missing: list[str]
) -> None:
    told = caller(world, who).post(f"/orders/{world.sent().number}/{verb}", {})
    assert (told.status_code, told.json()["clause"]) == (422, clause)
    assert [each["path"] for each in told.json()["errors"]] == missing
    assert told.json()["why_zh"].startswith("还缺")


@pytest.mark.parametrize("column", sorted(ERRAND))
def test_every_column_of_the_errand_register_is_asked_for_by_its_clause(world: World, column: str) -> None:
    told = caller(world, "service_desk").post("/errands", {name: value for name, value in ERRAND.items() if name != column})
    assert (told.status_code, told.json()["clause"], told.json()["errors"][0]["path"]) == (422, "HC-5.4.1", column)


def test_what_is_wrong_and_not_missing_borrows_no_clause(world: World) -> None:
    case = world.sent()
    for facts in ({"reason": 5}, {"reasons": "生病"}, {"reason": 5, "more": 1}):
        told = caller(world, "control_centre").post(f"/orders/{case.number}/cancel", facts)
        assert (told.status_code, told.json()["clause"]) == (422, None), facts


@pytest.mark.parametrize(
    ("verb", "who", "status", "clause"),
    [
        ("settle", "finance", 409, "HS-4.2.3"), ("settle", "repair_worker", 403, "HS-4.2.3"),
        ("collect", "repair_worker", 409, "HS-3.3"), ("collect", "service_desk", 403, "HS-3.3"),
        ("hand_over", "repair_worker", 409, "HS-4.1.1.6"), ("receive", "finance", 409, "HS-4.1.1.6"),
        ("confirm_fee", "service_desk", 409, "HC-5.3.8"),
    ],
)  # fmt: skip
def test_money_asked_for_before_there_is_any_is_refused_with_its_clause(
    world: World, verb: str, who: str, status: int, clause: str
) -> None:
    case = world.at_home()
    told = caller(world, who).post(f"/orders/{case.number}/{verb}", {})
    assert (told.status_code, told.json()["clause"]) == (status, clause)


@pytest.mark.clause("MR-3", "HS-3.3")
@pytest.mark.parametrize(("by", "worker", "status", "clause"), [
    ("control_centre", "repair_worker", 409, "HS-3.3"), ("control_centre", "finance", 403, "MR-3"),
    ("finance", "repair_worker", 403, "MR-3"),
])  # fmt: skip
def test_money_written_down_for_a_worker_before_there_is_any_is_judged_as_the_workers_own(
    world: World, by: str, worker: str, status: int, clause: str
) -> None:
    facts = {"method": "cash", "on_behalf_of": world.staff[worker].number, "source": "paper"}
    told = caller(world, by).post(f"/orders/{world.at_home().number}/collect", facts)
    assert (told.status_code, told.json()["clause"]) == (status, clause)


def test_a_free_repair_signed_off_has_nothing_to_settle(world: World) -> None:
    case, finance = world.completed(), caller(world, "finance")
    told = finance.post(f"/orders/{case.number}/settle")
    assert (told.status_code, told.json()["clause"]) == (409, "HS-4.2.3")
    assert finance.post(f"/orders/{case.number}/settle", key="").status_code == 400
    assert finance.post(f"/orders/{case.number}/settle", {"x": 1}).status_code == 422
    assert finance.post(f"/orders/{case.number}/explode").status_code == 404


def test_the_photo_of_an_order_of_another_office_is_404_with_or_without_a_picture(world: World) -> None:
    case = world.at_home()
    for who, told in (("control_centre_elsewhere", 404), ("repair_worker", 422)):
        there = caller(world, who)
        assert there.client.post(f"/api/v1/orders/{case.number}/photos", headers=there.headers).status_code == told, who
    sent: dict[str, Any] = {"photo": SimpleUploadedFile("photo.jpg", picture(), "image/jpeg")}
    assert there.client.post(f"/api/v1/orders/{case.number}/photos", sent, headers=there.headers).status_code == 201


def test_a_field_that_cannot_be_read_is_named_as_it_was_sent(world: World) -> None:
    desk = caller(world, "control_centre")
    sent: list[tuple[str, dict[str, Any], str]] = [("/login", {}, "number"), ("/my/messages/seen", {"ids": ["a"]}, "ids.0")]
    for address, body, path in sent:
        assert [each["path"] for each in desk.post(address, body).json()["errors"]] == [path]


def test_a_key_of_other_letters_than_a_header_carries_is_refused_and_not_taken_for_none(world: World) -> None:
    answer = caller(world, "control_centre").post("/orders", {"unit": "3-2-1201", "reporter": "王芳", "content": "漏水"}, key="é")
    assert (answer.status_code, answer.json()["errors"][0]["path"]) == (422, "Idempotency-Key")


@pytest.mark.parametrize("written", ["{0} ", " {0}", "{1}", "{2}"])
def test_who_did_it_is_found_by_the_work_number_however_it_is_typed(world: World, written: str) -> None:
    case, number = world.sent(), world.staff["repair_worker"].number
    wide = "".join(chr(ord(each) + 0xFEE0) for each in number)
    told = {"on_behalf_of": written.format(number, number.lower(), wide), "source": "radio"}
    assert caller(world, "control_centre").post(f"/orders/{case.number}/acknowledge", told).status_code == 200


@pytest.mark.clause("HC-5.1.2")
def test_a_report_that_lacks_entries_of_the_log_is_422_and_names_each_of_them(world: World) -> None:
    desk = caller(world, "control_centre")
    for body, paths in (({}, ["unit", "reporter", "content"]), ({"unit": "3-2-1201", "content": "漏水"}, ["reporter"])):
        answer = desk.post("/orders", body)
        assert (answer.status_code, answer.json()["clause"]) == (422, "HC-5.1.2")
        assert [each["path"] for each in answer.json()["errors"]] == paths


def test_fields_are_named_in_words_too_and_what_is_wrong_with_each_in_the_language_asked_for(world: World) -> None:
    desk, case = caller(world, "control_centre"), world.sent()
    said: dict[str, dict[str, Any]] = {}
    for language in ("zh-CN", "en"):
        desk.headers["Accept-Language"] = language
        said[language] = desk.post(f"/orders/{case.number}/cancel", {"happened_at": "soon"}).json()
    for body in said.values():
        assert "实际时间（happened_at）" in body["why_zh"]
    chinese, english = (said[language]["errors"][0]["message"] for language in said)
    assert (chinese.isascii(), english.isascii()) == (False, True)
