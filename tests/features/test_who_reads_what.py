"""What leaves the office's books, and to whom."""

from datetime import date, timedelta

import pytest

from menling.doorway.showing import shown
from menling.journal.cases import visible_to
from menling.kernel.refusal import Refused
from menling.premises.models import Occupancy
from tests.office import World, make_person, move_in


@pytest.mark.django_db
def test_only_who_hands_the_link_over_reads_it(world: World) -> None:
    case = world.at_home()
    handing = {"control_centre", "service_desk", "team_lead", "repair_worker"}
    for who in handing | {"finance", "business_lead", "quality", "office_manager"}:
        assert ("resident_link" in shown(case, world.actor(who), world.now)) is (who in handing), who


@pytest.mark.django_db
def test_no_phone_stands_unmasked_in_a_timeline(world: World) -> None:
    case = world.file(phone="13911112222")
    world.do(case, "change", "control_centre", phone="13933334444")
    world.do(case, "correct", "control_centre", field="phone", value="13955556666", reason="记错")
    text = str(shown(case, world.actor("finance"), world.now))
    assert not {"13911112222", "13933334444", "13955556666"} & {text[at : at + 11] for at in range(len(text))}
    assert "139 **** 4444" in text


@pytest.mark.django_db
def test_a_resident_reads_what_was_done_and_nothing_the_office_noted(world: World) -> None:
    case = world.do(world.sent(), "note", "control_centre", text="住户脾气急")
    body = shown(case, world.actor("customer"), world.now)
    assert [line["verb"] for line in body["events"]] == ["file", "accept", "dispatch"]
    assert "住户脾气急" not in str(body)
    assert world.staff["control_centre"].name not in str(body["events"])


@pytest.mark.django_db
def test_a_new_tenant_does_not_see_the_repairs_of_the_people_before(world: World) -> None:
    case = world.file()
    tenant = make_person(world.company, "新租客", "13600000001")
    move_in(tenant, world.unit, "tenant")
    Occupancy.objects.filter(person=tenant).update(since=world.now.date() + timedelta(days=1))
    world.resident, world.actors = tenant, {}
    assert not visible_to(world.actor("customer")).filter(pk=case.pk).exists()
    Occupancy.objects.filter(person=tenant).update(since=date(2020, 1, 1))
    assert visible_to(world.actor("customer")).filter(pk=case.pk).exists()


@pytest.mark.django_db
def test_a_signature_named_must_have_been_drawn_for_this_order(world: World) -> None:
    case = world.finished()
    with pytest.raises(Refused, match=r"HC-5\.5\.1"):
        world.do(case, "sign", "customer", signature="a" * 64)
    assert world.do(case, "sign", "customer").status == "signed"


@pytest.mark.django_db
def test_a_price_shown_again_needs_consent_again_even_for_the_same_sum(world: World) -> None:
    case = world.at_home()
    world.do(case, "quote", "repair_worker", items=[{"code": "W03"}])
    world.do(case, "consent", "customer")
    world.do(case, "quote", "repair_worker", items=[{"code": "W02", "quantity": 20}])
    with pytest.raises(Refused, match=r"EN-3\.7"):
        world.do(case, "finish", "repair_worker", summary="换灯泡")


@pytest.mark.django_db
def test_a_repair_written_down_late_joins_the_next_copy_of_the_register(world: World) -> None:
    yesterday, today = world.now.date(), world.now.date() + timedelta(days=1)
    world.file()
    for day, at in ((yesterday, 24), (today, 24)):
        if day == today:
            late = world.file(at=world.now - timedelta(hours=36))
        world.later(60 * at)
        answer = world.answer("prepare", None, "control_centre", kind="register_copy", day=day)
        copy = world.file().__class__.objects.get(number=answer.body["number"])
        world.do(copy, "deliver", "control_centre")
    assert late.number in copy.registercopy.entries
