"""HC-2 to HC-4, HS-2  What a home service is, in which offices, and who arranges the people for it."""

import pytest

from menling.journal.models import Case
from menling.policies.values import approve
from menling.procedures.scope import ScopePolicy, offered_here
from tests import cleaning
from tests.office import World
from tests.procedures.given import chosen, decide, refused

KEY = "intake.home_services"


def elsewhere(world: World) -> Case:
    """Return a repair filed in the other office."""
    by, office = world.actor("control_centre_elsewhere"), world.office
    world.office = world.elsewhere
    try:
        answer = world.answer("file", None, by, unit="1-1-101", reporter="李强", phone="13900139000", content="灯不亮")
    finally:
        world.office = office
    return Case.objects.get(number=answer.body["number"])


# HC-2, HS-2  Every office of the company, and this one


@pytest.mark.clause("HS-2")
@pytest.mark.django_db
def test_what_one_office_chooses_binds_this_office_alone(world: World) -> None:
    assert world.file().status == "reported"
    decide(world, KEY, ["housekeeping"])
    with refused("HC-3"):
        world.file()
    assert elsewhere(world).status == "reported"


@pytest.mark.clause("HC-2")
@pytest.mark.django_db
def test_what_the_company_chooses_binds_every_office(world: World) -> None:
    world.later(1)
    approve(None, KEY, ["housekeeping"], by=world.actor("company_management"), company_id=world.company.pk,
            in_force_from=world.now, at=world.now)  # fmt: skip
    world.later(1)
    with refused("HC-3"):
        world.file()
    with refused("HC-3"):
        elsewhere(world)
    decide(world, KEY, ["repair"])
    assert world.file().status == "reported"


# HC-3  Housekeeping and repair


@pytest.mark.clause("HC-3")
@pytest.mark.parametrize(("kind", "other"), [("repair", "housekeeping"), ("housekeeping", "repair")])
def test_housekeeping_and_repair_are_home_services_and_nothing_else_is_unless_listed(kind: str, other: str) -> None:
    offered_here(kind, ScopePolicy())
    offered_here(kind, chosen(ScopePolicy, intake__home_services=[kind]))
    with refused("HC-3"):
        offered_here(kind, chosen(ScopePolicy, intake__home_services=[other]))
    with refused("HC-3"):
        offered_here("gardening", ScopePolicy())
    offered_here("gardening", chosen(ScopePolicy, intake__home_services=[other, "gardening"]))


@pytest.mark.clause("HC-3")
@pytest.mark.django_db
def test_housekeeping_is_taken_where_the_office_offers_it(world: World) -> None:
    assert cleaning.booked(world).status == "reported"
    decide(world, KEY, ["repair"])
    with refused("HC-3"):
        cleaning.booked(world)


# HC-4.3  Who arranges the people


@pytest.mark.clause("HC-4.3", "CF-41")
@pytest.mark.django_db
def test_the_service_desk_arranges_the_people_where_the_office_says_so(world: World) -> None:
    crew = [world.staff["housekeeper"].number]
    with refused("HA-2", 403):
        world.do(cleaning.agreed(world), "dispatch", "service_desk", workers=crew)
    decide(world, "dispatch.assigner", "service_desk_too")
    assert world.do(cleaning.agreed(world), "dispatch", "service_desk", workers=crew).status == "dispatched"
