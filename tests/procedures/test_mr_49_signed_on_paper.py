"""MR-49  An errand signed on paper is entered by a desk with a picture of the sheet, never by who bought."""

from random import Random

import pytest

from menling.procedures.afterwards import signed_on_paper
from tests.buying import BUYER, bought
from tests.examples import facts_for
from tests.office import World
from tests.procedures.given import last, refused, told_staff

pytestmark = [pytest.mark.clause("MR-49"), pytest.mark.django_db]


@pytest.mark.clause("HC-5.4.3")
def test_the_picture_of_the_sheet_and_the_name_stand_for_the_signature(world: World) -> None:
    case = world.do(bought(world), "deliver", BUYER)
    facts = facts_for(world, case, "sign_on_paper", Random(1))
    for missing in ({"scan": " "}, {"name": " "}):
        with refused("MR-49", 422):
            world.do(case, "sign_on_paper", "service_desk", **(facts | missing))
    with refused("MR-8", 422):
        world.do(case, "sign_on_paper", "service_desk", **(facts | {"scan": "0" * 64}))
    world.do(case, "sign_on_paper", "service_desk", **facts)
    case.errand.refresh_from_db()
    assert (case.status, case.errand.signed_by, last(case, "sign_on_paper").facts["scan"]) == ("signed", "王芳", facts["scan"])
    assert world.staff[BUYER].pk in told_staff(case)
    assert world.do(case, "settle", BUYER).status == "settled"


@pytest.mark.clause("HC-5.4.3")
def test_nobody_enters_a_signature_for_the_own_purchase_and_no_worker_enters_one(world: World) -> None:
    signed_on_paper("a", "王芳", own_work=False)
    with refused("MR-49", 403):
        signed_on_paper("a", "王芳", own_work=True)
    case = world.do(bought(world), "deliver", BUYER)
    facts = facts_for(world, case, "sign_on_paper", Random(1))
    with refused("HC-5.4.3", 403):
        world.do(case, "sign_on_paper", BUYER, **facts)


@pytest.mark.clause("HC-5.4.3")
def test_nothing_is_signed_on_paper_before_it_was_brought(world: World) -> None:
    case = bought(world)
    with refused("HC-5.4.3"):
        world.do(case, "sign_on_paper", "control_centre", scan="a", name="王芳")
