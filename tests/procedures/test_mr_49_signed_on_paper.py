"""MR-49  What a resident signed on paper is entered by a desk with a picture of the sheet, never by who did the work."""

from random import Random

import pytest

from menling.kernel.roles import Role
from menling.orders.models import Order
from menling.orders.register import lines
from menling.orders.served import must_be_called
from menling.premises.models import Post
from menling.procedures.afterwards import signed_on_paper
from tests.buying import BUYER, bought
from tests.examples import facts_for
from tests.office import SINCE, World
from tests.procedures.given import last, promise, refused, told_staff

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


@pytest.mark.clause("HC-5.5.1", "OC-4.5")
def test_a_dispatch_slip_signed_on_paper_counts_with_what_the_resident_wrote_on_it(world: World) -> None:
    case = world.finished()
    facts = facts_for(world, case, "sign_on_paper", Random(1)) | {"rating": 2, "opinion": "等了很久"}
    for missing in ({"scan": " "}, {"name": " "}):
        with refused("MR-49", 422):
            world.do(case, "sign_on_paper", "service_desk", **(facts | missing))
    with refused("MR-8", 422):
        world.do(case, "sign_on_paper", "service_desk", **(facts | {"scan": "0" * 64}))
    assert world.do(case, "sign_on_paper", "service_desk", **facts).status == "signed"
    order = Order.objects.get(pk=case.pk)
    assert (order.signed_by, order.rating, order.opinion, order.attested) == (facts["name"], 2, "等了很久", "")
    assert promise(case, "review").met_at is None
    (line,) = lines(world.office, [case.number])
    assert (line.must_call, last(case, "sign_on_paper").facts["follow_up"]) == (True, "mandatory")
    assert must_be_called([case]) == {case.pk}
    assert world.do(case, "review", "team_lead").status == "reviewed"


@pytest.mark.clause("HC-5.5.1", "OC-4.5")
@pytest.mark.parametrize("who", ["repair_worker", "team_lead", "finance"])
def test_nobody_but_a_desk_enters_what_a_resident_signed_on_a_slip(world: World, who: str) -> None:
    case = world.finished()
    with refused("HC-5.5.1", 403):
        world.do(case, "sign_on_paper", who, **facts_for(world, case, "sign_on_paper", Random(1)))


@pytest.mark.clause("HC-5.5.1")
def test_who_sits_at_the_desk_and_did_the_work_leaves_the_slip_to_somebody_else(world: World) -> None:
    worker = world.staff["repair_worker"]
    Post.objects.create(staff=worker, office=world.office, role=Role.CONTROL_CENTRE, since=SINCE)
    case = world.finished()
    with refused("MR-49", 403):
        world.do(case, "sign_on_paper", "repair_worker", **facts_for(world, case, "sign_on_paper", Random(1)))
