"""The resident's page: one order by its link, nothing else, in plain words."""

import io
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import localtime
from PIL import Image

from menling.doorway.keys import link_text
from menling.doorway.showing import loaded
from menling.journal.files import keep_image
from menling.portal.tracking import stages
from menling.premises import clock
from tests.doors.api import Caller, caller
from tests.doors.portal import CLAUSE, Resident, words
from tests.office import World


@pytest.mark.django_db
def test_the_page_says_who_comes_and_when_but_never_the_workers_phone(today: World) -> None:
    worker = today.staff["repair_worker"]
    worker.phone = "13912345678"
    worker.name = "欧阳建国"
    worker.save(update_fields=["phone", "name"])
    case = today.sent()
    page = Resident(case, "zh-hans").page()
    promise = localtime(case.deadlines.get(key="arrive").due_at)
    day = "" if promise.date() == localtime(today.now).date() else f"{promise.month}月{promise.day}日 "
    assert f"欧阳师傅 {day}{promise:%H:%M} 前到门口" in page
    assert worker.number in page
    assert "13912345678" not in page
    assert "建国" not in page


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_stage_of_an_order_shows_a_clause_or_an_internal_status(today: World, language: str) -> None:
    case = today.file()
    pages = [Resident(case, language).page()]
    number = today.staff["repair_worker"].number
    steps = (("accept", "control_centre", {}), ("dispatch", "control_centre", {"worker": number}),
             ("acknowledge", "repair_worker", {}), ("arrive", "repair_worker", {}),
             ("quote", "repair_worker", {"items": [{"code": "W01"}]}), ("consent", "customer", {}),
             ("finish", "repair_worker", {"summary": "已疏通"}), ("object", "customer", {"reason": "还在漏"}),
             ("rework", "repair_worker", {"done": "已换"}), ("sign", "customer", {"rating": 4}))  # fmt: skip
    for verb, who, facts in steps:
        today.do(case, verb, who, **facts)
        pages.append(Resident(case, language).page())
    for page in pages:
        assert not CLAUSE.search(page), CLAUSE.search(page)
        assert not {"dispatched", "acknowledged", "on_site", "quoted", "objected", "signed_off"} & set(page.split())


@pytest.mark.django_db
def test_a_link_opens_its_own_order_and_no_other(today: World) -> None:
    mine, other = today.file(), today.file(content="客厅灯不亮")
    assert "厨房下水堵" in Resident(mine, "zh-hans").page()
    assert "客厅灯不亮" not in Resident(mine, "zh-hans").page()
    holder = Caller(link_text(mine))
    assert holder.get(f"/orders/{mine.number}").status_code == 200
    assert holder.get(f"/orders/{other.number}").status_code == 404
    assert holder.post(f"/orders/{other.number}/cancel", {"reason": "不要了"}).status_code == 404
    assert [row["number"] for row in holder.get("/orders").json()["items"]] == [mine.number]


@pytest.mark.django_db
def test_an_expired_link_still_says_whom_to_call(today: World, monkeypatch: pytest.MonkeyPatch) -> None:
    case = today.file()
    resident = Resident(case, "zh-hans")
    clock.look_again()
    monkeypatch.setenv(clock.VARIABLE, (today.now + timedelta(days=59)).isoformat())
    resident.page(200)
    monkeypatch.setenv(clock.VARIABLE, (today.now + timedelta(days=62)).isoformat())
    page = resident.page(410)
    assert today.office.phone in page
    assert "厨房下水堵" not in page
    assert resident.client.get(f"{resident.path}/state").status_code == 410
    assert resident.post("cancel", {"key": "k", "reason": "不要了"}).status_code == 410


@pytest.mark.django_db
@pytest.mark.parametrize("link", ["mlr_1-740000.forged", "mlg_token", "anything"])
def test_an_unknown_link_is_answered_kindly(today: World, link: str) -> None:
    resident = Resident(today.file(), "zh-hans")
    resident.path = f"/r/{link}"
    page = resident.page(404)
    assert today.office.phone in page
    assert today.elsewhere.phone in page


@pytest.mark.django_db
def test_a_staff_token_opens_no_page_and_neither_signs_nor_rates(today: World) -> None:
    case = today.finished()
    worker = caller(today, "repair_worker")
    token = worker.headers["Authorization"].removeprefix("Bearer ")
    assert Client().get(f"/r/{token}").status_code == 404
    for verb, facts in (("sign", {"rating": 5}), ("rate", {"rating": 5})):
        for who in ("repair_worker", "team_lead", "control_centre"):
            answer = caller(today, who).post(f"/orders/{case.number}/{verb}", facts)
            assert answer.status_code == 403, (verb, who)
            assert answer.json()["clause"]
    case.refresh_from_db()
    assert case.status == "finished"
    assert case.order.rating is None


@pytest.mark.django_db
def test_a_visit_is_cancelled_before_it_begins_and_not_after(today: World) -> None:
    early, late = today.file(), today.file(content="客厅灯不亮")
    form = Resident(late).form("cancel") | {"reason": "自己修好了"}
    assert Resident(early).send("cancel", reason="自己修好了").status_code == 303
    early.refresh_from_db()
    assert early.status == "cancelled"
    today.do(late, "accept", "control_centre")
    today.do(late, "dispatch", "control_centre", worker=today.staff["repair_worker"].number)
    today.do(late, "arrive", "repair_worker")
    answer = Resident(late, "zh-hans").post("cancel", form)
    said = words(answer.content.decode())
    assert answer.status_code == 409
    assert "请来电" in said
    assert not CLAUSE.search(said)


@pytest.mark.django_db
def test_a_form_without_its_key_changes_nothing(today: World) -> None:
    case = today.file()
    assert Resident(case).post("cancel", {"reason": "不要了"}).status_code == 409
    case.refresh_from_db()
    assert case.status == "reported"


@pytest.mark.django_db
@pytest.mark.parametrize("verb", ["arrive", "finish", "collect", "sign_off", "tick", "nothing"])
def test_the_page_takes_no_step_of_the_staff(today: World, verb: str) -> None:
    assert Resident(today.at_home()).post(verb, {"key": "k"}).status_code == 404


@pytest.mark.django_db
def test_photos_are_shown_to_the_holder_of_the_link_alone(today: World) -> None:
    case, other = today.at_home(), today.file(content="客厅灯不亮")
    image = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(image, "PNG")
    kept = keep_image(case, image.getvalue(), "photo", by=today.actor("repair_worker"), at=today.now)
    shown = Resident(case).client.get(f"/r/{link_text(case)}/photo/{kept.digest}")
    assert shown.status_code == 200
    assert shown["Content-Type"] == "image/jpeg"
    assert Image.open(io.BytesIO(b"".join(shown.streaming_content))).size == (40, 30)
    assert Resident(other).client.get(f"/r/{link_text(other)}/photo/{kept.digest}").status_code == 404
    assert Resident(other).client.get(f"/r/{link_text(case)[:-2]}/photo/{kept.digest}").status_code == 404


@pytest.mark.django_db
def test_the_page_stays_out_of_search_engines_and_caches(today: World) -> None:
    answer = Resident(today.file()).client.get(Resident(today.file()).path)
    assert "noindex" in answer["X-Robots-Tag"]
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "no-referrer"


@pytest.mark.django_db
def test_the_page_changes_its_language_and_remembers_it(today: World) -> None:
    resident = Resident(today.file(), "zh-hans")
    assert "您的报修已登记" in resident.page()
    resident.client.get(f"{resident.path}?lang=en")
    assert "We have your request" in resident.page()


@pytest.mark.django_db
def test_a_late_worker_is_said_to_be_late(today: World, monkeypatch: pytest.MonkeyPatch) -> None:
    case = today.sent()
    clock.look_again()
    monkeypatch.setenv(clock.VARIABLE, (today.now + timedelta(minutes=20)).isoformat())
    assert "晚到了" in Resident(case, "zh-hans").page()


@pytest.mark.django_db
def test_every_step_changes_what_an_open_page_asks_for(today: World) -> None:
    case = today.file()
    resident = Resident(case)
    before = resident.client.get(f"{resident.path}/state").content
    assert resident.client.get(f"{resident.path}/state").content == before
    today.do(case, "accept", "control_centre")
    assert resident.client.get(f"{resident.path}/state").content != before


@pytest.mark.django_db
def test_nobody_is_on_the_way_to_a_visit_of_another_hour(today: World) -> None:
    case = today.do(today.sent(), "acknowledge", "repair_worker")
    visit_at = case.order.visit_at
    assert visit_at is not None
    for minutes, here in ((30, "师傅在路上"), (31, "师傅已接单")):
        track = stages(loaded(case), [], visit_at - timedelta(minutes=minutes))
        assert [stage.title for stage in track if stage.state == "now"] == [here]


@pytest.mark.django_db
def test_taking_an_order_on_is_not_setting_out_nor_is_anybody_on_the_way_who_is_still_at_another_home(today: World) -> None:
    tomorrow = today.now + timedelta(days=1)
    case = today.do(today.sent(visit_at=tomorrow), "acknowledge", "repair_worker")
    track = {stage.title: (stage.state, stage.at) for stage in stages(loaded(case), list(case.events.order_by("pk")), today.now)}
    assert (track["师傅已接单"][0], "师傅在路上" in track) == ("now", False)
    assert track["师傅已接单"][1], "when it was taken on is known"
    late = stages(loaded(case), list(case.events.order_by("pk")), tomorrow)
    assert [(stage.title, stage.at) for stage in late if stage.state == "now"] == [("师傅在路上", "")]
    today.now = tomorrow - timedelta(minutes=60)
    at_home = today.do(today.sent(), "acknowledge", "repair_worker")
    today.do(at_home, "arrive", "repair_worker")
    assert [stage.title for stage in stages(loaded(case), [], tomorrow) if stage.state == "now"] == ["师傅已接单"]
