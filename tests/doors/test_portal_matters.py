"""The resident's pages beside those of orders: an agreement, an errand and a coordination order, read and signed by link."""

from datetime import timedelta

import pytest

from menling.doorway import keys
from menling.doorway.keys import link_text
from menling.journal.models import Case, Outgoing
from tests.agreed import drafted, in_force, row, to_sign
from tests.buying import bought, errand
from tests.doors.api import Caller, caller
from tests.doors.portal import CLAUSE, Resident, drawing, events, words
from tests.doors.web import browser
from tests.office import World
from tests.procedures.tracking import number, ready, under

pytestmark = pytest.mark.django_db


def brought(world: World) -> Case:
    """Return an errand whose goods are with the resident."""
    return world.do(bought(world), "deliver", "repair_worker")


def concluded(world: World) -> Case:
    """Return a coordination order whose result waits for the resident."""
    case = ready(world, under(world))
    world.staff["tracker"] = world.staff["repair_worker_2"]
    return world.do(case, "conclude", "repair_worker_2", result="厂家已换阀门，不再漏水")


def test_an_agreement_is_read_whole_before_it_is_signed_with_a_drawn_name(today: World) -> None:
    case = to_sign(today)
    resident = Resident(case, "zh-hans")
    page = resident.page()
    for said in (
        "日常保洁",
        "全屋 90 平方米",
        "住宅",
        "用业主的清洁用品",
        "¥160.00",
        "每次",
        today.staff["housekeeper"].name,
        "09:00",
    ):
        assert said in page
    form = resident.form("sign") | {"drawn": drawing()}
    assert [resident.post("sign", form).status_code for _tap in range(2)] == [303, 303]
    case.refresh_from_db()
    agreement = row(case)
    assert (case.status, len(events(case, "sign")), agreement.signed_by) == ("in_force", 1, "王芳")
    assert case.attachments.get(kind="signature").digest == agreement.signature


def test_an_agreement_is_not_signed_with_an_empty_hand(today: World) -> None:
    case = to_sign(today)
    answer = Resident(case, "zh-hans").send("sign")
    assert answer.status_code == 422
    assert "请在框内签名" in words(answer.content.decode())
    assert Resident(case).send("sign", name="王芳").status_code == 303


def test_the_agreement_is_kept_as_a_sheet_once_the_manager_has_signed(today: World) -> None:
    draft, ready = Resident(drafted(today)), Resident(to_sign(today))
    assert draft.client.get(f"{draft.path}/agreement.pdf").status_code == 404
    assert "¥160.00" not in draft.page()
    sheet = ready.client.get(f"{ready.path}/agreement.pdf")
    assert (sheet["Content-Type"], sheet.content[:4]) == ("application/pdf", b"%PDF")


def test_the_link_of_an_agreement_lasts_as_long_as_the_agreement_and_sixty_days(today: World) -> None:
    case = in_force(today)
    last = row(case).until - today.now.date()
    assert keys.holder(link_text(case), today.now + last + timedelta(days=60)) is not None
    assert keys.holder(link_text(case), today.now + last + timedelta(days=61)) is None


def test_a_resident_calls_one_visit_off_and_crew_and_desk_are_told(today: World) -> None:
    case = in_force(today)
    resident = Resident(case, "zh-hans")
    form = resident.form("skip")
    answer = resident.post("skip", form | {"reason": "外出"})
    assert answer.status_code == 303
    step = events(case, "skip")[0]
    assert (step.facts["day"], step.facts["asked_by"], step.actor_name) == (form["day"], "resident", "王芳")
    told = Outgoing.objects.filter(case=case, sentence__contains="no visit")
    assert today.staff["housekeeper"].pk in told.values_list("staff_id", flat=True)
    assert "service_desk" in {role for each in told for role in each.roles}
    assert "已取消" in resident.page()
    again = resident.post("skip", {"key": "again", "day": form["day"], "reason": "外出"})
    assert again.status_code == 409
    assert "不能在这里取消" in words(again.content.decode())


def test_a_visit_that_was_moved_shows_its_new_time_and_the_old_one(today: World) -> None:
    case = in_force(today)
    day = Resident(case).form("skip")["day"]
    agreement = row(case)
    later = agreement.values.calendar.at(agreement.begin + timedelta(days=12), agreement.clock.replace(hour=15))
    today.do(case, "move", "service_desk", day=day, visit_at=later, reason="保洁员请假", asked_by="office", apologised=True)
    page = Resident(case, "zh-hans").page()
    assert "改期" in page
    assert "15:00" in page
    assert "保洁员请假" in page
    assert "原定" in page


def test_an_errand_is_signed_after_goods_and_invoice_were_compared(today: World) -> None:
    case = brought(today)
    resident = Resident(case, "zh-hans")
    page = resident.page()
    for said in ("角阀", "潜水艇", "¥86.00", "00123456"):
        assert said in page
    untouched = resident.send("sign", drawn=drawing())
    assert untouched.status_code == 422
    assert "先核对" in words(untouched.content.decode())
    form = resident.form("sign") | {"drawn": drawing(), "checked": "yes"}
    assert [resident.post("sign", form).status_code for _tap in range(2)] == [303, 303]
    case.refresh_from_db()
    signature = case.attachments.get(kind="signature").digest
    assert (case.status, [each.facts["signature"] for each in events(case, "sign")]) == ("signed", [signature])
    assert "待付 ¥86.00" in resident.page()


def test_goods_that_are_not_what_was_asked_for_go_back_to_the_buyer(today: World) -> None:
    case = brought(today)
    assert Resident(case).send("object", reason="尺寸不对").status_code == 303
    case.refresh_from_db()
    assert (case.status, events(case, "object")[0].facts["reason"]) == ("bought", "尺寸不对")


def test_an_errand_that_came_to_nothing_says_why_and_that_nothing_is_to_be_paid(today: World) -> None:
    case = today.do(errand(today), "not_bought", "repair_worker", reason="全城缺货。", told_resident=True, apologised=True)
    page = Resident(case, "zh-hans").page()
    assert "全城缺货" in page
    assert "无需付款" in page


def test_the_result_of_a_coordination_order_is_read_and_signed(today: World) -> None:
    case = concluded(today)
    resident = Resident(case, "zh-hans")
    page = resident.page()
    assert "厂家已换阀门" in page
    assert number(today) in page
    assert resident.send("sign", drawn=drawing()).status_code == 303
    case.refresh_from_db()
    assert (case.status, case.coordination.signed_by) == ("signed", "王芳")
    assert case.coordination.signature == case.attachments.get(kind="signature").digest


def test_a_result_that_settles_nothing_is_tracked_on(today: World) -> None:
    case = concluded(today)
    assert Resident(case, "zh-hans").send("object", reason="又漏了").status_code == 303
    case.refresh_from_db()
    assert case.status == "tracked"
    assert "厂家已换阀门" not in Resident(case, "zh-hans").page()


@pytest.mark.parametrize(("ready", "extra"), [(to_sign, {}), (brought, {"checked": True}), (concluded, {})])
def test_no_token_of_the_staff_signs_for_a_resident(today: World, ready: object, extra: dict[str, object]) -> None:
    case = ready(today)  # type: ignore[operator]
    path = {"agreement": "agreements", "errand": "errands", "coordination": "coordinations"}[case.kind]
    for who in ("service_desk", "office_manager", "team_lead", "repair_worker_2"):
        answer = caller(today, who).post(f"/{path}/{case.number}/sign", {"name": "王芳"} | extra)
        assert answer.status_code in (403, 404), (who, answer.content)
    case.refresh_from_db()
    assert not events(case, "sign")
    assert Caller(link_text(case)).post(f"/{path}/{case.number}/sign", {"name": "王芳"} | extra).status_code == 200


@pytest.mark.parametrize("ready", [to_sign, in_force, errand, brought, concluded])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_pages_speak_to_a_resident_without_clauses_and_without_workers_phones(
    today: World, ready: object, language: str
) -> None:
    for each in today.staff.values():
        each.phone = f"139{each.pk:08d}"
        each.save(update_fields=["phone"])
    page = Resident(ready(today), language).page()  # type: ignore[operator]
    assert not CLAUSE.search(page)
    assert "139000" not in page


def test_a_reason_the_office_wrote_is_read_without_a_workers_number(today: World) -> None:
    today.staff["housekeeper"].phone = "13912340001"
    today.staff["housekeeper"].save(update_fields=["phone"])
    reason = "保洁员生病，可问13912340001"
    agreed = in_force(today)
    day = Resident(agreed).form("skip")["day"]
    today.do(agreed, "skip", "service_desk", day=day, reason=reason, asked_by="office")
    errand_lost = today.do(errand(today), "not_bought", "repair_worker", reason=reason, told_resident=True, apologised=True)
    for case in (agreed, errand_lost):
        page = Resident(case, "zh-hans").page()
        assert "保洁员生病" in page
        assert "13912340001" not in page


@pytest.mark.parametrize(("ready", "path"), [(to_sign, "agreements"), (brought, "errands"), (concluded, "coordinations")])
def test_the_desk_hands_the_link_over_from_the_screen(today: World, ready: object, path: str) -> None:
    case = ready(today)  # type: ignore[operator]
    page = browser(today, "service_desk").read(f"/{path}/{case.number}")
    assert link_text(case) in page
    assert "<svg" in page
    assert link_text(case) not in browser(today, "quality").read(f"/{path}/{case.number}")
