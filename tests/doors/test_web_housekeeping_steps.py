"""Housekeeping's forms in the back office: who goes, what failed, and everything a step asks, through the real pages."""

from datetime import timedelta

import pytest
from django.utils.html import escape

from menling.catalogue.models import PriceItem, PriceList
from menling.jobs.pickup import pick_up
from tests import cleaning
from tests.doors.web import browser, words
from tests.office import World
from tests.procedures.given import decide

pytestmark = pytest.mark.django_db


def crew_of(world: World) -> list[str]:
    return [world.staff[each].number for each in cleaning.BOTH]


def test_the_leader_ticks_two_people_of_the_housekeepers_alone(world: World) -> None:
    case = cleaning.agreed(world)
    lead = browser(world, "team_lead")
    form = lead.read(f"/orders/{case.number}/dispatch")
    for number in crew_of(world):
        assert f'name="workers" value="{number}"' in form
    assert world.staff["repair_worker"].number not in form
    assert lead.post(f"/orders/{case.number}/dispatch", {"workers": crew_of(world)}).status_code == 302
    case.refresh_from_db()
    assert case.crew == tuple(world.staff[each].pk for each in cleaning.BOTH)
    assert world.staff["housekeeper_2"].name in words(lead.read(f"/orders/{case.number}"))


def test_of_a_crew_one_may_stay_while_another_goes(world: World) -> None:
    case = cleaning.sent(world, crew=("housekeeper",))
    lead = browser(world, "team_lead")
    form = lead.read(f"/orders/{case.number}/reassign")
    assert "goes now" in form
    sent = {"workers": crew_of(world), "reason": "要两个人"}
    assert lead.post(f"/orders/{case.number}/reassign", sent).status_code == 302
    case.refresh_from_db()
    assert len(case.crew) == 2


def test_what_fails_is_ticked_item_by_item_or_written(world: World) -> None:
    case = cleaning.finished(world)
    lead = browser(world, "team_lead", "zh-hans")
    form = lead.read(f"/orders/{case.number}/object")
    assert all(f'name="items" value="{part}"' in form for part in ("玻璃", "厨房"))
    sent = {"items": ["厨房", "阳台地面"], "reason": "有油渍"}
    assert lead.post(f"/orders/{case.number}/object", sent).status_code == 302
    page = words(lead.read(f"/orders/{case.number}"))
    assert "需要返工的项目 厨房、阳台地面" in page


def test_nothing_ticked_is_refused_beside_the_button(world: World) -> None:
    case = cleaning.finished(world)
    refused = browser(world, "team_lead").post(f"/orders/{case.number}/object", {"reason": ""}, htmx=True)
    assert refused.status_code == 422


@pytest.mark.parametrize("who", ["service_desk", "service_desk_supervisor", "team_lead", "office_manager"])
def test_every_form_offered_opens(world: World, who: str) -> None:
    there = browser(world, who)
    for stage in (cleaning.booked, cleaning.quoted, cleaning.agreed, cleaning.sent, cleaning.finished, cleaning.signed):
        world.later(1)
        case = stage(world, ahead=1440 * (1 + world.now.minute))
        page = there.read(f"/orders/{case.number}")
        for verb in sorted(set(case.procedure.verbs) - {"file", "destroy"}):
            if escape(f"/orders/{case.number}/{verb}?") in page:
                assert "step-form" in there.read(f"/orders/{case.number}/{verb}"), verb


def test_in_a_gap_of_the_grid_two_are_sent_and_what_was_picked_up_stands_first(today: World) -> None:
    begin = today.now - timedelta(days=1)
    cleaning.agreed(today, ahead=1440)
    waited = cleaning.booked(today, at=begin, ahead=3 * 1440)
    for verb, facts in (("accept", {}), ("quote", {"amount": "240"}), ("consent", {"how": "phone"})):
        today.do(waited, verb, "service_desk", at=begin, **facts)
    pick_up(today.now)
    lead = browser(today, "team_lead")
    rows = lead.get("/crew").context["waiting"]
    assert rows[0].number == waited.number
    first, second = crew_of(today)
    page = lead.read(f"/crew/assign/{first}")
    assert f'name="mate" value="{second}"' in page
    sent = {"order": waited.number, "at": today.now.isoformat(), "mate": second}
    assert lead.post(f"/crew/assign/{first}", sent).status_code == 302
    waited.refresh_from_db()
    assert waited.crew == tuple(today.staff[each].pk for each in cleaning.BOTH)


def test_both_passes_of_the_acceptance_stay_on_the_page(today: World) -> None:
    case = cleaning.finished(today)
    today.do(case, "object", "team_lead", items=["厨房"], reason="有油渍")
    today.do(case, "rework", "housekeeper", done="重新去油")
    today.do(case, "sign", "customer", rating=4)
    page = words(browser(today, "service_desk").read(f"/orders/{case.number}"))
    assert "Acceptance, pass 2" in page
    assert "Acceptance, pass 1" in page
    assert "To be done again: 厨房" in page
    assert "4/5" in page


def test_four_acceptances_stand_as_stages_and_each_person_finds_the_own_one(today: World) -> None:
    today.later(-10)
    decide(today, "acceptance.chain", "four_steps")
    case = cleaning.finished(today)
    today.do(case, "accept_site", "housekeeper")
    lead, chief = browser(today, "team_lead"), browser(today, "service_desk_supervisor")
    assert f"/steps/{case.number}/accept_supervisor" in lead.read("/team")
    assert lead.post(f"/steps/{case.number}/accept_supervisor", {"next": "/team"}).status_code == 302
    assert f"/steps/{case.number}/accept_office" in chief.read("/counter")
    assert chief.post(f"/steps/{case.number}/accept_office", {"next": "/counter"}).status_code == 302
    stages = chief.get(f"/orders/{case.number}").context["rounds"][0].stages
    assert [stage.at is not None for stage in stages] == [True, True, True, False]


def test_a_spot_check_that_fails_stands_on_the_page_until_it_is_closed(today: World) -> None:
    case = cleaning.signed(today)
    desk, chief = browser(today, "service_desk"), browser(today, "service_desk_supervisor")
    assert desk.post(f"/orders/{case.number}/spot_check", {"result": "not_satisfied", "remark": "窗台有灰"}).status_code == 302
    assert "Not in order: 窗台有灰" in words(chief.read(f"/orders/{case.number}"))
    assert chief.post(f"/orders/{case.number}/close_nonconformity", {"done": "已补做"}).status_code == 302
    assert "Not in order:" not in words(chief.read(f"/orders/{case.number}"))


def test_the_leader_finds_finished_and_signed_cleaning_on_the_start_page(today: World) -> None:
    unsigned = cleaning.finished(today)
    today.later(1)
    done = today.do(cleaning.signed(today, ahead=3 * 1440), "sign_off", "housekeeper")
    page = browser(today, "team_lead").read("/team")
    assert f"/steps/{unsigned.number}/attest" in page
    assert f"/steps/{done.number}/review" in page


def test_the_price_of_a_cleaning_offers_cleaning_and_that_of_a_repair_repairs(world: World) -> None:
    published = PriceList.objects.get(office=world.office)
    PriceItem.objects.create(price_list=published, code="C01", name="日常保洁", price="240", per="visit", skill="保洁")
    order, repair = cleaning.quoted(world), world.at_home()
    forms = [
        browser(world, who).read(f"/orders/{case.number}/quote") for who, case in (("service_desk", order), ("team_lead", repair))
    ]
    assert [[f'name="items:{code}"' in form for code in ("C01", "W01", "M01")] for form in forms] == [
        [True, False, False], [False, True, False],
    ]  # fmt: skip
