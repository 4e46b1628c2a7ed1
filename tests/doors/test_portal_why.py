"""“Why 30 yuan for five minutes?”: the resident's page answers with item, block and consent, the office's with clauses too."""

import pytest

from menling.doorway.bill import bill_of
from menling.doorway.showing import loaded
from menling.journal.models import Case
from tests.doors.portal import CLAUSE, Resident
from tests.doors.web import browser, words
from tests.office import World
from tests.procedures.test_en_d_charging import by_the_block

pytestmark = pytest.mark.django_db


def five_minutes(world: World) -> Case:
    by_the_block(world)
    case = world.at_home()
    world.do(case, "quote", "repair_worker", items=[{"code": "E05"}])
    world.do(case, "consent", "customer")
    world.later(5)
    return world.do(case, "finish", "repair_worker", summary="已检查")


@pytest.mark.clause("EN-Q.3", "EN-D.13")
def test_the_resident_reads_why_five_minutes_cost_thirty_yuan(world: World) -> None:
    case = five_minutes(world)
    page = Resident(case).page()
    for said in ("Why this amount?", "charged by the started 30 minutes, 1 × ¥30.00 = ¥30.00",
                 "From the arrival to the end of the work: 5 min",
                 "one block", "¥30.00 was agreed to before the work"):  # fmt: skip
        assert said in page, said
    assert not CLAUSE.search(page)


@pytest.mark.clause("EN-Q.3")
def test_the_desk_reads_the_same_sentences_out(world: World) -> None:
    case = five_minutes(world)
    page = words(browser(world, "service_desk").read(f"/orders/{case.number}"))
    assert all(each.text in page for each in bill_of(loaded(case)).lines)


def test_free_work_needs_no_reason(world: World) -> None:
    assert "Why this amount?" not in Resident(world.finished()).page()


@pytest.mark.clause("HC-5.6.2")
def test_what_is_not_on_the_list_names_the_contract_review_that_agreed_to_it(world: World) -> None:
    case = world.at_home()
    world.do(case, "ask_review", "repair_worker", content="钢琴搬到八楼", price="500.00")
    review = world.child(case, "contract_review")
    world.do(review, "approve", "office_manager", reason="两个人能搬")
    world.do(case, "quote", "repair_worker", review=review.number)
    page = Resident(case).page()
    assert f"contract review {review.number} agreed to this price." in page
