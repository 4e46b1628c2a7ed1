"""HA-1.4, CF-22  A booking the office confirmed in the resident's place joins the calls that may not be left out."""

from random import Random

import pytest

from menling.journal.models import Case
from menling.orders.register import lines as register_lines
from menling.orders.served import must_be_called
from tests import cleaning
from tests.doors.web import browser, words
from tests.examples import facts_for
from tests.office import World


@pytest.mark.clause("HA-1.4", "CF-22")
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("office", "how", "must"), [("desk", "phone", True), ("desk", "in_person", True), ("desk", "paper", False), ("", "", False)]
)
def test_a_booking_the_office_confirmed_is_among_those_that_must_be_called_back(
    world: World, office: str, how: str, must: bool
) -> None:
    case = cleaning.quoted(world)
    why = {"reason": "手伤"} if how == "in_person" else {}
    world.do(case, "consent", "service_desk", how=how, **why) if office else world.do(case, "consent", "customer")
    served(world, case)
    (line,) = register_lines(world.office, [case.number])
    assert (line.to_call, line.must_call) == (True, must)
    assert line.instead == ({"phone": "phone", "in_person": "手伤"}[how] if must else "")


@pytest.mark.clause("HA-1.4", "CF-22")
@pytest.mark.django_db
@pytest.mark.parametrize("who", ["service_desk", "service_desk_supervisor"])
def test_a_booking_the_office_attested_is_among_those_that_must_be_called_back(world: World, who: str) -> None:
    case = world.do(cleaning.quoted(world), "attest", who, reason="老人看不清")
    served(world, case)
    (line,) = register_lines(world.office, [case.number])
    assert (line.must_call, line.instead) == (True, "老人看不清")


@pytest.mark.clause("HA-1.4", "CF-22")
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "how", "must"), [("service_desk", "phone", True), ("service_desk", "paper", False), ("customer", "", False)]
)
def test_a_booking_the_office_confirmed_is_marked_on_the_start_page_of_quality(
    world: World, who: str, how: str, must: bool
) -> None:
    case = cleaning.quoted(world)
    world.do(case, "consent", who, **({"how": how} if how else {}))
    served(world, case)
    world.do(case, "sign_off", "housekeeper")
    world.do(case, "review", "team_lead")
    assert must_be_called([case]) == ({case.pk} if must else set())
    page = words(browser(world, "quality").read("/quality"))
    assert (case.number in page, "must be called back" in page) == (True, must)


@pytest.mark.clause("HA-1.4", "CF-22")
@pytest.mark.django_db
def test_a_booking_the_resident_agreed_to_anew_is_one_the_office_did_not_confirm(world: World) -> None:
    case = world.do(cleaning.quoted(world), "consent", "service_desk", how="phone")
    assert must_be_called([case]) == {case.pk}
    world.do(case, "quote", "service_desk", amount="260", description="另加一间")
    world.do(case, "consent", "customer")
    assert must_be_called([case]) == set()


@pytest.mark.clause("CF-22", "MR-49")
@pytest.mark.django_db
@pytest.mark.parametrize("verb", ["attest", "sign_on_paper"])
def test_what_the_office_confirmed_stands_until_the_resident_objects_and_signs_on_the_own_link(world: World, verb: str) -> None:
    def marked() -> tuple[bool, bool]:
        (line,) = register_lines(world.office, [case.number])
        return bool(must_be_called([case])), line.must_call

    case = world.finished()
    if verb == "attest":
        world.do(case, "attest", "team_lead", reason="老人手抖，不便签名")
    else:
        world.do(case, verb, "service_desk", **facts_for(world, case, verb, Random(1)))
    assert marked() == (True, True)
    world.do(case, "object", "customer", reason="还在滴水")
    assert marked() == (False, False)
    world.do(case, "rework", "repair_worker", done="已重做")
    world.do(case, "sign", "customer")
    assert (case.status, marked()) == ("signed", (False, False))
    world.do(case, "object", "customer", reason="还在滴水")
    world.do(case, "rework", "repair_worker", done="已重做")
    world.do(case, "attest", "team_lead", reason="老人手抖，不便签名")
    assert marked() == (True, True)


@pytest.mark.clause("CF-22")
@pytest.mark.django_db
def test_a_booking_the_office_confirmed_stands_though_the_resident_signs_the_work(world: World) -> None:
    case = world.do(cleaning.quoted(world), "attest", "service_desk", reason="老人看不清")
    served(world, case)
    assert must_be_called([case]) == {case.pk}


def served(world: World, case: Case) -> None:
    """Have an agreed order done, and signed by the resident."""
    world.do(case, "dispatch", "team_lead", workers=[world.staff["housekeeper"].number])
    for verb, facts in (("acknowledge", {}), ("arrive", {}), ("start", {}), ("finish", {"summary": "已擦净"})):
        world.do(case, verb, "housekeeper", **facts)
    world.do(case, "sign", "customer", rating=5)
