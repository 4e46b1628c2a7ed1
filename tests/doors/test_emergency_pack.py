"""The emergency pack: printed each shift with numbers of the pad register, its sheets entered afterwards."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from menling.errands.models import Errand
from menling.journal.models import Case, Event, Outgoing
from menling.kernel.roles import Role
from menling.orders.models import Order
from menling.pads.models import Pad
from menling.premises.models import OnCall, Shift
from tests.buying import WANTED
from tests.doors.web import browser, words
from tests.examples import picture
from tests.office import World, make_staff
from tests.paper import pages_of, words_of
from tests.procedures.given import decide

pytestmark = pytest.mark.django_db
DOWN_FOR = timedelta(hours=2)


def printed(world: World, who: str = "service_desk", key: str = "pack-1") -> bytes:
    """Return the pack of this shift, printed by somebody."""
    answer = browser(world, who).client.post("/emergency-pack/print", {"key": key})
    assert answer.status_code == 200, answer.content
    assert answer["Content-Type"] == "application/pdf"
    return bytes(answer.content)


def said(made: bytes) -> str:
    """Return the words of all pages, without spaces."""
    return re.sub(r"\s", "", "".join(words_of(page) for page in pages_of(made)))


def sheet(world: World, number: str = "ED00001", **more: str) -> dict[str, str]:
    """Return what was written on a sheet while the office was down: a pipe that burst and was mended within the hour."""
    down = timezone.localtime(world.now) - DOWN_FOR
    clock = {name: f"{down + timedelta(minutes=minutes):%Y-%m-%d %H:%M}" for name, minutes in
             (("reported", 0), ("sent", 4), ("arrived", 12), ("begun", 13), ("finished", 50))}  # fmt: skip
    return {"key": f"sheet-{number}", "sheet": number, "unit": "3-2-1201", "reporter": "王芳", "phone": "13800138000",
            "content": "水管爆裂", "urgency": "emergency", "worker": world.staff["repair_worker"].number,
            "summary": "已关阀换管"} | clock | more  # fmt: skip


def test_the_pack_says_whom_to_call_what_is_open_and_bears_numbers_of_its_own(today: World) -> None:
    chief = make_staff(today.company, today.office, Role.REPAIR_WORKER, "A777", "夜班师傅")
    chief.phone = "13700007777"
    chief.save(update_fields=["phone"])
    OnCall.objects.create(office=today.office, day=timezone.localtime(today.now).date(), rank=1, staff=chief)
    Shift.objects.create(staff=today.staff["repair_worker"], office=today.office, starts_at=today.now - timedelta(hours=1),
                         ends_at=today.now + timedelta(hours=6))  # fmt: skip
    later = today.file(content="下午修灯", visit_at=today.now + timedelta(minutes=1))
    now = today.sent(content="厨房漏水")
    pack = said(printed(today))
    people = ("夜班师傅", "13700007777", today.staff["repair_worker"].name, "13800138000")
    known = (*people, "下午修灯", later.number, "厨房漏水", now.number)
    for each in (*known, "ED00001", "ED00006", "EM00004", "EE00002"):
        assert each in pack, each
    assert "ED00007" not in pack


def test_the_numbers_of_the_pack_are_in_the_pad_register_in_the_hands_of_who_printed_it(today: World) -> None:
    printed(today)
    pads = {pad.form: pad for pad in Pad.objects.all()}
    assert {pad.ends[0] for pad in pads.values()} == {"ED00001", "EM00001", "EE00001"}
    assert {pad.holder for pad in pads.values()} == {today.staff["service_desk"]}
    printed(today, "control_centre", "pack-2")
    assert Pad.objects.count() == 3
    assert set(Pad.objects.values_list("holder__number", flat=True)) == {today.staff["control_centre"].number}


def test_each_number_shown_on_the_pack_is_journalled_once_however_often_the_button_is_pressed(today: World) -> None:
    case = today.file()
    assert printed(today)
    assert printed(today)
    assert Event.objects.filter(case=case, verb="reveal").count() == 1


def test_a_pad_without_enough_blank_sheets_is_followed_by_the_next_numbers(today: World) -> None:
    printed(today)
    pad = Pad.objects.get(form="dispatch_slip")
    for figure in range(1, 56):
        today.do(pad.case, "void", "service_desk", number=pad.printed(figure), reason="写坏")
    pack = said(printed(today, key="pack-2"))
    assert "ED00061" in pack
    assert "ED00056" not in pack
    assert Pad.objects.filter(form="dispatch_slip").count() == 2


def test_who_gives_out_no_pads_prints_no_pack(today: World) -> None:
    for who in ("finance", "quality"):
        assert browser(today, who).client.post("/emergency-pack/print", {"key": "x"}).status_code == 403
    assert not Pad.objects.exists()


def test_a_sheet_is_entered_with_its_true_times_and_no_clock_refuses_it(today: World) -> None:
    printed(today, "control_centre")
    desk, typed = browser(today, "control_centre"), sheet(today)
    assert [desk.client.post("/emergency-pack/sheet", typed).status_code for _press in range(2)] == [302, 302]
    order = Order.objects.get(content="水管爆裂")
    case = order.case
    at = {row.verb: row for row in case.events.all()}
    steps = ["file", "accept", "dispatch", "arrive", "start", "finish"]
    assert [row.verb for row in case.events.order_by("pk") if row.verb in steps] == steps
    assert case.status == "finished"
    assert timezone.localtime(case.reported_at).strftime("%Y-%m-%d %H:%M") == typed["reported"]
    assert timezone.localtime(at["arrive"].happened_at).strftime("%Y-%m-%d %H:%M") == typed["arrived"]
    assert (at["arrive"].source, at["arrive"].recorder_name) == ("paper", today.staff["control_centre"].name)
    assert at["finish"].actor_name == today.staff["repair_worker"].name
    assert not Outgoing.objects.filter(case=case, urgent=True, roles__contains=["control_centre"]).exists()
    used = Pad.objects.get(form="dispatch_slip").sheets.get()
    assert (used.figure, used.fate, used.case) == (1, "used", case)
    assert not case.deadlines.filter(key__in=("dispatch", "arrive"), broken_at__isnull=False).exists()


def test_a_sheet_that_ends_before_the_work_leaves_the_order_where_it_stood(today: World) -> None:
    printed(today, "control_centre")
    answer = browser(today, "control_centre").client.post("/emergency-pack/sheet", sheet(today, arrived="", finished=""))
    assert answer.status_code == 302
    assert Case.objects.get(order__content="水管爆裂").status == "dispatched"


def on_paper(world: World, **facts: str) -> dict[str, str]:
    """Return an errand sheet: two valves bought and brought while the office was down."""
    down = timezone.localtime(world.now) - DOWN_FOR
    clock = {name: f"{down + timedelta(minutes=minutes):%Y-%m-%d %H:%M}" for name, minutes in
             (("reported", 0), ("buy_by", 60), ("bought", 30), ("delivered", 45))}  # fmt: skip
    return {"paper": "errand_sheet", "key": "errand-1", "sheet": "EE00001", "buyer": world.staff["repair_worker"].number,
            "amount": "86.00", "invoice": "00123456"} | {name: WANTED[name] for name in WANTED} | clock | facts  # fmt: skip


def ended(world: World, **facts: str) -> dict[str, Any]:
    """Return an errand sheet that also bears the signature and the time of the payment."""
    down = timezone.localtime(world.now) - DOWN_FOR
    clock = {name: f"{down + timedelta(minutes=minutes):%Y-%m-%d %H:%M}" for name, minutes in (("signed", 47), ("paid", 50))}
    return on_paper(world) | clock | {"signed_by": "王芳", "method": "cash"} | facts


def photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("sheet.jpg", picture(), "image/jpeg")


@pytest.mark.clause("HC-5.4.1", "HC-5.4.6", "MR-40")
def test_an_errand_sheet_of_the_pack_is_entered_on_the_same_page_with_its_true_times(today: World) -> None:
    printed(today, "service_desk")
    desk, typed = browser(today, "service_desk"), on_paper(today)
    assert [desk.client.post("/emergency-pack/sheet", typed).status_code for _press in range(2)] == [302, 302]
    errand = Errand.objects.get()
    assert (errand.case.status, str(errand.paid), errand.sheet) == ("delivered", "86.00", "EE00001")
    at = {row.verb: row for row in errand.case.events.all()}
    assert [timezone.localtime(at[verb].happened_at).strftime("%Y-%m-%d %H:%M") for verb in ("file", "buy", "deliver")] == [
        typed["reported"], typed["bought"], typed["delivered"]]  # fmt: skip
    assert (at["buy"].actor_name, at["buy"].source) == (today.staff["repair_worker"].name, "paper")
    assert Pad.objects.get(form="errand_sheet").sheets.get().case == errand.case
    assert not errand.case.deadlines.filter(broken_at__isnull=False).exists()


@pytest.mark.clause("HC-5.4.3", "MR-49", "MR-40")
def test_an_errand_sheet_goes_on_to_its_end_signed_on_paper_and_paid(today: World) -> None:
    printed(today, "service_desk")
    desk, typed = browser(today, "service_desk"), ended(today)
    answers = [desk.client.post("/emergency-pack/sheet", typed | {"scan": photo()}) for _press in range(2)]
    assert [each.status_code for each in answers] == [302, 302]
    errand = Errand.objects.get()
    assert (errand.case.status, errand.signed_by, str(errand.settled), errand.method) == ("settled", "王芳", "86.00", "cash")
    at = {row.verb: row for row in errand.case.events.all()}
    assert [timezone.localtime(at[verb].happened_at).strftime("%Y-%m-%d %H:%M") for verb in ("sign_on_paper", "settle")] == [
        typed["signed"], typed["paid"]]  # fmt: skip
    assert at["sign_on_paper"].actor_name == today.staff["service_desk"].name
    assert (at["settle"].actor_name, at["settle"].source) == (today.staff["repair_worker"].name, "paper")
    assert errand.case.attachments.get(kind="photo").digest == at["sign_on_paper"].facts["scan"]


@pytest.mark.clause("MR-49", "MR-40")
def test_a_signature_on_paper_without_its_picture_or_name_enters_nothing(today: World) -> None:
    printed(today, "service_desk")
    desk = browser(today, "service_desk")
    for key, left_out in (("a", {}), ("b", {"signed_by": " ", "scan": photo()})):
        answer = desk.client.post("/emergency-pack/sheet", ended(today, key=key) | left_out)
        assert (answer.status_code, "MR-49" in answer.content.decode(), Errand.objects.count()) == (422, True, 0)


@pytest.mark.clause("HC-5.4.2", "MR-40")
def test_an_errand_sheet_without_its_invoice_is_put_right_before_anything_is_written(today: World) -> None:
    printed(today, "service_desk")
    desk = browser(today, "service_desk")
    answer = desk.client.post("/emergency-pack/sheet", on_paper(today, invoice=""))
    assert (answer.status_code, Errand.objects.count()) == (422, 0)
    assert not Pad.objects.get(form="errand_sheet").sheets.exists()
    assert desk.client.post("/emergency-pack/sheet", on_paper(today)).status_code == 302
    assert Errand.objects.count() == 1


@pytest.mark.clause("HC-5.4.6")
def test_an_errand_sheet_that_was_only_registered_waits_for_its_buyer(today: World) -> None:
    printed(today, "service_desk")
    typed = on_paper(today, bought="", amount="", invoice="")
    answer = browser(today, "service_desk").client.post("/emergency-pack/sheet", typed)
    assert (answer.status_code, Errand.objects.get().case.status) == (302, "registered")


@pytest.mark.clause("HS-4.3.3", "HC-5.4.6")
def test_a_slip_left_on_a_door_is_entered_with_the_order_of_the_same_pack(today: World) -> None:
    printed(today, "control_centre")
    desk = browser(today, "control_centre")
    desk.client.post("/emergency-pack/sheet", sheet(today, urgency="ordinary", arrived="", begun="", finished=""))
    order = Order.objects.get().case
    assert order.number in desk.read("/emergency-pack"), "it is offered to choose from"
    left = f"{timezone.localtime(today.now) - timedelta(minutes=40):%Y-%m-%d %H:%M}"
    slip = {"paper": "message_slip", "key": "slip-1", "sheet": "EM00001", "order": order.number, "reported": left,
            "worker": today.staff["repair_worker"].number}  # fmt: skip
    assert [desk.client.post("/emergency-pack/sheet", slip).status_code for _press in range(2)] == [302, 302]
    order.refresh_from_db()
    absent = order.events.get(verb="absent")
    assert (order.status, absent.actor_name, absent.source) == ("nobody_home", today.staff["repair_worker"].name, "paper")
    assert timezone.localtime(absent.happened_at).strftime("%Y-%m-%d %H:%M") == left
    assert Pad.objects.get(form="message_slip").sheets.get().case == order


@pytest.mark.clause("HS-4.3.3", "HC-5.4.6", "MR-8")
def test_a_slip_left_on_a_door_names_its_order_by_the_number_of_the_sheet_it_was_written_on(today: World) -> None:
    printed(today, "control_centre")
    desk = browser(today, "control_centre")
    left = f"{timezone.localtime(today.now) - timedelta(minutes=40):%Y-%m-%d %H:%M}"
    slip = {"paper": "message_slip", "sheet": "EM00001", "order": "ed00002", "reported": left,
            "worker": today.staff["repair_worker"].number}  # fmt: skip
    for unknown in ("ED00002", "XH-R26-99999", "ED"):
        answer = desk.post("/emergency-pack/sheet", slip | {"order": unknown}, key=f"slip-{unknown}", htmx=True)
        said_so = answer.content.decode()
        assert (answer.status_code, "<html" in said_so, unknown in said_so, "MR-8" in said_so) == (422, False, True, True)
    typed = sheet(today, "ED00002", urgency="ordinary", arrived="", begun="", finished="")
    assert desk.client.post("/emergency-pack/sheet", typed).status_code == 302
    assert desk.client.post("/emergency-pack/sheet", slip | {"key": "slip-1"}).status_code == 302
    assert Order.objects.get().case.status == "nobody_home"


def test_a_number_is_entered_once_and_only_if_it_was_given_out(today: World) -> None:
    printed(today, "control_centre")
    desk = browser(today, "control_centre")
    assert desk.client.post("/emergency-pack/sheet", sheet(today)).status_code == 302
    again = desk.client.post("/emergency-pack/sheet", sheet(today, key="another"))
    assert again.status_code == 409
    foreign = desk.client.post("/emergency-pack/sheet", sheet(today, "ED09999"))
    assert foreign.status_code == 422
    assert "ED09999" in words(foreign.content.decode())
    assert Order.objects.filter(content="水管爆裂").count() == 1


def test_what_is_wrong_on_the_sheet_is_said_and_what_was_right_stays(today: World) -> None:
    printed(today, "control_centre")
    typed = sheet(today)
    desk = browser(today, "control_centre")
    answer = desk.client.post("/emergency-pack/sheet", typed | {"paid": typed["finished"]}, follow=True)
    assert answer.status_code == 200
    order = Order.objects.get(content="水管爆裂")
    assert order.case.status == "finished"
    assert order.case.number in words(answer.content.decode())


@pytest.mark.clause("HS-4.1.1.2", "CF-07")
def test_a_sheet_taken_at_once_says_why_so_soon_where_every_visit_has_its_lead(today: World) -> None:
    today.now -= timedelta(days=1)
    decide(today, "booking.min_lead_applies_to", "all_orders")
    today.now += timedelta(days=1)
    printed(today)
    desk = browser(today, "control_centre")
    assert desk.read("/emergency-pack").count('name="override_reason"') == 1
    written = sheet(today, urgency="ordinary") | dict.fromkeys(("sent", "arrived", "begun", "finished"), "")
    assert "HS-4.1.1.2" in desk.post("/emergency-pack/sheet", written, htmx=True).content.decode()
    desk.post("/emergency-pack/sheet", written | {"override_reason": "老人独自在家"})
    entered = Case.objects.get(kind="repair")
    assert entered.events.get(verb="file").facts["override_reason"] == "老人独自在家"


def test_the_page_of_the_pack_has_one_main_button_at_a_time(today: World) -> None:
    page = browser(today, "control_centre").read("/emergency-pack").split("<main", 1)[1]
    sheets = page.split('<details class="sheet" name="sheets"')
    assert [each.count("btn-primary") for each in sheets] == [0, 1, 1, 1]  # of one name: no two are open
