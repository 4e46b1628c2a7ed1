"""HA-1.2  Whoever hears what a resident wants notes the home and tells the office."""

import pytest

from menling.journal.models import Case
from menling.kernel.roles import Role as R
from menling.procedures.referral import COLLEAGUES, REFERRAL, desk_in_charge, home_noted
from tests.office import World
from tests.procedures.given import last, refused, told_roles


@pytest.mark.clause("HA-1.2")
@pytest.mark.parametrize("role", sorted(COLLEAGUES))
def test_everybody_at_work_may_pass_on_what_a_resident_said(role: R) -> None:
    assert REFERRAL.step("pass_on", "new", {role}).after == "passed"
    assert {R.EMPLOYEE, R.SECURITY, R.REPAIR_WORKER, R.HOUSEKEEPER, R.FINANCE, R.WAREHOUSE} <= COLLEAGUES


@pytest.mark.clause("HA-1.2")
def test_the_home_is_needed_from_a_colleague_and_the_desk_in_charge_is_found() -> None:
    with refused("HA-1.2", 422):
        home_noted(" ", frozenset({R.SECURITY}))
    home_noted("", frozenset({R.SERVICE_DESK}))
    assert [desk_in_charge("repair", each) for each in ("control_centre", "service_desk", "either")] == [
        "control_centre", "service_desk", "control_centre",
    ]  # fmt: skip
    assert desk_in_charge("housekeeping", "control_centre") == "service_desk"


@pytest.mark.clause("HA-1.2")
@pytest.mark.django_db
@pytest.mark.parametrize(("wanted", "desk"), [("repair", "control_centre"), ("housekeeping", "service_desk")])
def test_one_tap_reaches_the_desk_with_the_words_and_becomes_an_order(world: World, wanted: str, desk: str) -> None:
    answer = world.answer("pass_on", None, "finance", kind="referral", wanted=wanted, unit="3-2-1201", content="想擦玻璃")
    case = Case.objects.get(number=answer.body["number"])
    assert told_roles(case) == {desk}
    assert (case.referral.content, case.referral.unit_text) == ("想擦玻璃", "3-2-1201")
    assert last(case, "pass_on").clauses == ["HA-1.2"]
    order = world.file(content=case.referral.content)
    assert world.do(case, "take", desk, became=order.number).status == "taken"
