"""The contract of the API: the order of answers, replays, problems, who sees what."""

from datetime import timedelta

import pytest
from django.test import Client

from menling.api.cases import COLLECTIONS
from menling.catalogue.models import PriceItem
from menling.journal.cases import open_case
from menling.journal.models import Case, Command, Event
from menling.kinds import KINDS
from tests.doors.api import Caller, caller
from tests.office import ROLES, World

FILING = {"kind": "repair", "unit": "3-2-1201", "reporter": "王芳", "phone": "13800138000", "content": "厨房下水堵"}
COLLECTION = {kind: name for name, kinds in COLLECTIONS.items() for kind in kinds}


@pytest.mark.django_db
def test_without_a_token_nothing_is_answered_but_401(world: World) -> None:
    case = world.file()
    for token in (None, "wrong", "mlg_" + "x" * 43, "mlr_1-2.abc"):
        answer = Caller(token).get(f"/orders/{case.number}")
        assert answer.status_code == 401
        assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.django_db
def test_what_is_invisible_is_404_before_the_body_is_read(world: World) -> None:
    case = world.file()
    answer = caller(world, "control_centre_elsewhere").post(f"/orders/{case.number}/accept", "not json", key="")
    assert answer.status_code == 404


@pytest.mark.django_db
def test_a_verb_or_collection_nobody_knows_is_a_404_problem_and_no_page(world: World) -> None:
    number, strict = world.file().number, Client(enforce_csrf_checks=True)
    for address in (f"/orders/{number}/frobnicate", "/nothing", "/nothing/1/accept"):
        answer = strict.post(f"/api/v1{address}", "{}", content_type="application/json")
        assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.django_db
def test_a_nul_in_an_address_is_not_there_and_in_a_question_bad_input(world: World) -> None:
    desk = caller(world, "control_centre")
    assert {desk.get(f"/{address}/%00").status_code for address in ("orders", "files", "charges")} == {404}
    for question in ("/orders?status=%00", "/orders?office=%00", "/quote?item=%00", "/price-list?office=%00"):
        answer = desk.get(question)
        assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")


@pytest.mark.django_db
def test_a_malformed_body_is_422_with_field_paths_before_the_key_is_missed(world: World) -> None:
    desk = caller(world, "control_centre")
    case = world.do(world.file(), "accept", "control_centre")
    answer = desk.post(f"/orders/{case.number}/dispatch", {"worker": [], "colour": "red"}, key="")
    assert answer.status_code == 422
    assert {each["path"].split(".")[0] for each in answer.json()["errors"]} == {"worker", "colour"}
    assert answer.json()["why_zh"].startswith("有些栏目")


@pytest.mark.django_db
def test_a_step_without_a_key_is_400_before_role_or_status_are_asked(world: World) -> None:
    case = world.file()
    answer = caller(world, "finance").post(f"/orders/{case.number}/accept", {}, key="")
    assert answer.status_code == 400


@pytest.mark.django_db
def test_a_wrong_role_is_403_and_a_wrong_status_409_each_with_its_clause(world: World) -> None:
    case = world.file()
    role = caller(world, "finance").post(f"/orders/{case.number}/accept")
    status = caller(world, "team_lead").post(f"/orders/{case.number}/review")
    assert (role.status_code, role.json()["clause"]) == (403, "HS-4.2.1")
    assert (status.status_code, status.json()["clause"]) == (409, "EN-7.6")
    assert "控制中心" in role.json()["why_zh"] or "受理维修" in role.json()["why_zh"]
    assert role.json()["why"] != role.json()["why_zh"]


@pytest.mark.django_db
def test_the_same_key_and_body_gets_the_stored_answer_and_another_body_422(world: World) -> None:
    desk = caller(world, "control_centre")
    first = desk.post("/orders", FILING, key="call-1")
    again = desk.post("/orders", FILING, key="call-1")
    other = desk.post("/orders", FILING | {"content": "停电"}, key="call-1")
    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 422)
    assert first.content == again.content
    assert other.json()["clause"] == "MR-7"
    assert Case.objects.filter(kind="repair").count() == 1


@pytest.mark.django_db
def test_a_refusal_stores_no_answer_and_may_be_retried_with_its_key(world: World) -> None:
    desk = caller(world, "control_centre")
    case = world.do(world.file(phone=""), "accept", "control_centre")
    worker = {"worker": world.staff["repair_worker"].number}
    refused = desk.post(f"/orders/{case.number}/dispatch", worker, key="send")
    assert (refused.status_code, refused.json()["clause"]) == (409, "EN-F.2")
    assert "电话" in refused.json()["why_zh"]
    assert not Command.objects.filter(key="send").exists()
    world.do(case, "change", "control_centre", phone="13900139000")
    assert desk.post(f"/orders/{case.number}/dispatch", worker, key="send").status_code == 200


@pytest.mark.django_db
def test_no_staff_token_signs_or_rates_not_even_on_behalf(world: World) -> None:
    case = world.finished()
    for role in [*ROLES, "repair_worker_2", "company_management"]:
        for verb, facts in (("sign", {}), ("rate", {"rating": 5})):
            plain = caller(world, str(role)).post(f"/orders/{case.number}/{verb}", facts)
            behalf = caller(world, str(role)).post(f"/orders/{case.number}/{verb}", facts | {"source": "phone"})
            assert plain.status_code in (403, 404), (role, verb)
            assert behalf.status_code in (403, 404), (role, verb)
    case.refresh_from_db()
    assert case.status == "finished"


@pytest.mark.django_db
def test_a_desk_records_a_workers_step_with_true_time_source_and_recorder(world: World) -> None:
    case = world.sent()
    arrived = world.now + timedelta(minutes=9)
    world.later(40)
    desk = caller(world, "control_centre")
    desk_now = desk.post(f"/orders/{case.number}/arrive", {"happened_at": arrived.isoformat(), "source": "radio"})
    assert desk_now.status_code in (200, 422), desk_now.content
    event = Event.objects.filter(case=case, verb="arrive").first()
    assert event is not None
    assert (event.happened_at, event.source) == (arrived, "radio")
    assert (event.actor_name, event.recorder_name) == (world.staff["repair_worker"].name, world.staff["control_centre"].name)


@pytest.mark.django_db
def test_a_step_for_somebody_who_does_not_work_here_names_the_field_to_who_may_write_it_down(world: World) -> None:
    case, told = world.sent(), {"on_behalf_of": "NOBODY", "source": "radio"}
    desk = caller(world, "control_centre").post(f"/orders/{case.number}/arrive", told)
    finance = caller(world, "finance").post(f"/orders/{case.number}/arrive", told)
    assert (desk.status_code, desk.json()["clause"], desk.json()["errors"][0]["path"]) == (422, "MR-8", "on_behalf_of")
    assert (finance.status_code, finance.json()["clause"]) == (403, "MR-3")


@pytest.mark.django_db
def test_a_control_centre_asked_for_housekeeping_is_refused_with_the_clause(world: World) -> None:
    answer = caller(world, "control_centre").post("/orders", FILING | {"kind": "housekeeping"})
    assert (answer.status_code, answer.json()["clause"]) == (403, "HS-4.2.1")


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["charge", "referral", "gardening", "", "rep"])
def test_an_order_of_a_kind_nobody_takes_is_malformed_at_its_kind(world: World, kind: str) -> None:
    answer = caller(world, "control_centre").post("/orders", FILING | {"kind": kind}, key="")
    assert (answer.status_code, [each["path"] for each in answer.json()["errors"]]) == (422, ["kind"])


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["alarm", "housekeeping"])
def test_filing_what_another_desk_takes_is_answered_in_the_order_of_every_answer(world: World, kind: str) -> None:
    wanted = FILING | {"kind": kind}
    desk = caller(world, "control_centre")
    assert Caller(None).post("/orders", wanted, key="").status_code == 401
    assert desk.post("/orders", wanted | {"office": "LY", "colour": "red"}, key="").status_code == 404
    assert desk.post("/orders", wanted | {"colour": "red"}, key="").status_code == 422
    assert desk.post("/orders", wanted, key="").status_code == 400
    told = desk.post("/orders", wanted)
    assert (told.status_code, told.json()["clause"]) == (403, "HS-4.2.1")


@pytest.mark.django_db
def test_filing_a_repair_is_answered_in_the_order_of_every_answer(world: World) -> None:
    desk, finance = caller(world, "control_centre"), caller(world, "finance")
    assert Caller(None).post("/orders", FILING, key="").status_code == 401
    assert finance.post("/orders", FILING | {"office": "LY", "colour": "red"}, key="").status_code == 404
    assert finance.post("/orders", FILING | {"colour": "red"}, key="").status_code == 422
    assert finance.post("/orders", FILING, key="").status_code == 400
    assert finance.post("/orders", FILING).status_code == 403
    filed = desk.post("/orders", FILING, key="once")
    assert (filed.status_code, desk.post("/orders", FILING, key="once").json()) == (201, filed.json())


@pytest.mark.django_db
def test_a_step_recorded_for_the_worker_is_answered_again_when_somebody_else_has_the_order(world: World) -> None:
    case = world.sent()
    desk = caller(world, "control_centre")
    told = {"reason": "堵车", "can_come_at": (world.now + timedelta(hours=1)).isoformat(), "source": "radio"}
    first = desk.post(f"/orders/{case.number}/delay", told, key="by-radio")
    assert first.status_code == 200
    world.do(case, "reassign", "control_centre", worker=world.staff["repair_worker_2"].number, reason="请假")
    assert desk.post(f"/orders/{case.number}/delay", told, key="by-radio").json() == first.json()
    world.do(case, "release", "control_centre", reason="改派")
    again = desk.post(f"/orders/{case.number}/delay", told, key="by-radio")
    assert (again.status_code, again.json()) == (200, first.json())
    assert Event.objects.filter(case=case, verb="delay").count() == 1
    assert desk.post(f"/orders/{case.number}/delay", told, key="nobody-sent").status_code == 403


@pytest.mark.django_db
def test_everything_of_another_office_is_404_and_no_list_shows_it(world: World) -> None:
    numbers = {kind: _case_of(world, kind) for kind in KINDS}
    strangers = [f"{role.value}_elsewhere" for role in ROLES]
    for who in strangers:
        stranger = caller(world, who)
        for kind, number in numbers.items():
            path = f"/{COLLECTION[kind]}/{number}"
            assert stranger.get(path).status_code == 404, (who, path)
            for verb in KINDS[kind].commands:
                assert stranger.post(f"{path}/{verb}", {}).status_code == 404, (who, path, verb)
            assert stranger.get(f"/{COLLECTION[kind]}").json()["items"] == [], (who, kind)
        assert stranger.get(f"/orders/{numbers['repair']}/candidates").status_code == 404
        assert stranger.get("/orders", office="XH").status_code == 404


def _case_of(world: World, kind: str) -> str:
    if kind == "repair":
        return world.file().number
    return open_case(kind, world.office, world.now, year=2026).number


@pytest.mark.django_db
def test_a_list_gives_every_row_back_once_in_order_through_its_pages(world: World) -> None:
    filed = [world.file(at=world.later(minutes=1), content=f"第{n}件").number for n in range(7)]
    desk = caller(world, "control_centre")
    seen: list[str] = []
    query = {"sort": "reported_at", "limit": "3"}
    while True:
        page = desk.get("/orders", **query).json()
        seen += [each["number"] for each in page["items"]]
        if page["next"] is None:
            break
        query["next"] = page["next"]
    assert seen == filed
    assert desk.get("/orders", sort="colour").status_code == 422
    assert desk.get("/orders", next="rubbish").status_code == 422


@pytest.mark.django_db
def test_the_description_of_the_api_names_every_verb_with_its_facts(world: World) -> None:
    paths = caller(world, "control_centre").get("/openapi.json").json()["paths"]
    for kind, sort in KINDS.items():
        for verb in sort.commands:
            described = paths[f"/api/v1/{COLLECTION[kind]}/{{number}}/{verb}"]["post"]
            assert described["requestBody"]["content"]["application/json"]["schema"]["type"] == "object"


@pytest.mark.django_db
def test_a_fee_from_one_hundred_yuan_is_not_offered_to_the_worker(world: World) -> None:
    for amount, offered in (("99.99", True), ("100.00", False)):
        charge = world.child(world.finished(amount), "charge")
        verbs = [each["verb"] for each in caller(world, "repair_worker").get(f"/charges/{charge.number}").json()["actions"]]
        assert ("collect" in verbs) is offered


@pytest.mark.django_db
def test_what_was_collected_before_counts_when_a_fee_is_offered_to_the_worker(world: World) -> None:
    case = world.signed("60.00")
    world.do(world.child(case, "charge"), "collect", "repair_worker")
    world.do(case, "reopen", "team_lead", reason="又堵了")
    world.do(case, "dispatch", "control_centre", worker=world.staff["repair_worker"].number)
    world.do(case, "arrive", "repair_worker")
    world.do(case, "quote", "repair_worker", amount="110.00")
    world.do(case, "consent", "repair_worker")
    world.do(case, "finish", "repair_worker", summary="已疏通")
    charge = world.child(case, "charge")
    for who, offered in (("repair_worker", False), ("business_lead", True)):
        shown = caller(world, who).get(f"/charges/{charge.number}").json()
        assert (shown["due"], "collect" in [each["verb"] for each in shown["actions"]]) == ("50.00", offered), who


@pytest.mark.django_db
def test_an_address_the_api_does_not_have_is_a_problem_too(world: World) -> None:
    answer = caller(world, "control_centre").get("/nothing")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.django_db
def test_an_order_says_whether_the_desk_has_followed_up_before_it_is_signed_off(world: World) -> None:
    case = world.signed()
    desk = caller(world, "control_centre")
    before = desk.get(f"/orders/{case.number}").json()
    assert (before["verified"], "verify" in [each["verb"] for each in before["actions"]]) == (False, True)
    world.do(case, "sign_off", "repair_worker")
    assert desk.get(f"/orders/{case.number}").json()["verified"] is False
    world.do(case, "verify", "control_centre", result="已电话核实")
    assert desk.get(f"/orders/{case.number}").json()["verified"] is True


@pytest.mark.django_db
def test_the_price_list_says_which_services_are_housekeeping(world: World) -> None:
    PriceItem.objects.filter(price_list__office=world.office, code="W03").update(skill="保洁")
    items = {each["code"]: each for each in caller(world, "repair_worker").get("/price-list").json()["items"]}
    assert (items["W03"]["is_cleaning"], items["W01"]["is_cleaning"], items["M01"]["is_cleaning"]) == (True, False, False)
