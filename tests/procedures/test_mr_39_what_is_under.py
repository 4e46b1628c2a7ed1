"""MR-39  What lies under an order that is handed on ends with it, and goes on when the order comes back."""

import pytest

from menling.journal.models import Case
from menling.journal.replay import differences
from menling.journal.sweep import sweep
from menling.premises.models import Post
from tests.examples import ENTRY, TO_GREENING
from tests.office import World
from tests.procedures.given import last, promise, refused, told_roles, told_staff
from tests.procedures.tracking import number

pytestmark = [pytest.mark.clause("MR-39"), pytest.mark.django_db]
PIANO = {"content": "钢琴搬到八楼", "price": "500.00"}
BACK = {"reason": "绿化说归维修"}


def tracked(world: World, tracker: str = "repair_worker_2") -> tuple[Case, Case]:
    """Return an order a desk has taken, and the coordination order under it."""
    case = world.do(world.file(), "accept", "control_centre")
    world.do(case, "coordinate", "control_centre", reason="等厂家配件", tracker=number(world, tracker))
    return case, world.child(case, "coordination")


def reviewed(world: World) -> tuple[Case, Case]:
    """Return an order that waits for a contract review, and that review."""
    case = world.do(world.file(), "accept", "control_centre")
    world.do(case, "ask_review", "control_centre", **PIANO)
    return case, world.child(case, "contract_review")


def running(case: Case) -> set[str]:
    return set(case.deadlines.filter(met_at=None, released_at=None).values_list("key", flat=True))


@pytest.mark.clause("MR-39", "EN-D.4")
def test_tracking_ends_with_the_order_and_the_tracker_hears_why(world: World) -> None:
    case, under = tracked(world)
    world.do(case, "hand_on", "control_centre", **TO_GREENING)
    under.refresh_from_db()
    assert (under.status, under.closed_at is not None, running(under)) == ("handed_on", True, set())
    assert last(under, "hand_on").facts == {"of": case.number, "department": "greening"}
    assert world.staff["repair_worker_2"].pk in told_staff(under)
    with refused("EN-D.16", 409):
        world.do(under, "log", "repair_worker_2", **ENTRY)
    world.later(60 * 24 * 60)
    sweep(world.now)
    assert not under.deadlines.filter(broken_at__isnull=False).exists()
    assert differences(under) == []


@pytest.mark.clause("MR-39", "EN-D.4", "EN-D.6", "EN-D.7")
def test_an_order_that_comes_back_is_tracked_again_by_the_same_person_with_every_promise(world: World) -> None:
    case, under = tracked(world)
    world.do(case, "hand_on", "control_centre", **TO_GREENING)
    world.later(60)
    world.do(case, "take_back", "service_desk", **BACK)
    under.refresh_from_db()
    assert (under.status, under.closed_at, under.coordination.tracker) == ("tracked", None, world.staff["repair_worker_2"])
    assert running(under) == {"entry", "lead_review", "supervision"}
    assert promise(under, "entry").armed_at == world.now
    assert last(under, "take_back").facts == {"of": case.number, "reason": BACK["reason"]}
    assert differences(under) == []
    with refused("EN-D.4", 409):
        world.do(case, "coordinate", "control_centre", reason="等厂家配件", tracker=number(world, "repair_worker"))


@pytest.mark.clause("MR-39", "EN-D.4")
def test_what_nobody_tracked_or_somebody_who_has_left_waits_for_a_name(world: World) -> None:
    case, under = tracked(world)
    world.do(case, "hand_on", "control_centre", **TO_GREENING)
    Post.objects.filter(staff=world.staff["repair_worker_2"]).delete()
    world.do(case, "take_back", "control_centre", **BACK)
    under.refresh_from_db()
    assert (under.status, under.assignee_id, under.coordination.tracker) == ("unowned", None, None)
    assert "appoint" in running(under)
    assert {"team_lead", "business_lead"} <= told_roles(under)
    world.do(case, "hand_on", "control_centre", **TO_GREENING)
    under.refresh_from_db()
    assert (under.status, running(under)) == ("handed_on", set())


@pytest.mark.clause("MR-39", "HC-5.6.2")
def test_nobody_decides_on_a_wish_whose_order_went_elsewhere_and_it_is_asked_again_when_that_comes_back(world: World) -> None:
    case, review = reviewed(world)
    world.do(case, "hand_on", "control_centre", **TO_GREENING)
    review.refresh_from_db()
    assert (review.status, running(review)) == ("handed_on", set())
    with refused("HC-5.6.2", 409):
        world.do(review, "approve", "office_manager", reason="能搬")
    world.later(60)
    world.do(case, "take_back", "control_centre", **BACK)
    review.refresh_from_db()
    assert (review.status, running(review), promise(review, "decide").armed_at) == ("asked", {"decide"}, world.now)
    assert case.order.held_by == review.number
    assert "office_manager" in told_roles(review)
    assert differences(review) == []
    world.do(review, "approve", "office_manager", reason="能搬")
    assert review.status == "approved"


@pytest.mark.clause("MR-39")
def test_what_a_person_withdrew_stays_withdrawn(world: World) -> None:
    case, review = reviewed(world)
    world.do(review, "withdraw", "control_centre", reason="不搬了")
    world.do(case, "hand_on", "control_centre", **TO_GREENING)
    world.do(case, "take_back", "control_centre", **BACK)
    review.refresh_from_db()
    assert review.status == "withdrawn"
