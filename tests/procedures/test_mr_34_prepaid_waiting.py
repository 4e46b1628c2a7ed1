"""MR-34  What is prepaid is spoken for by visits that were done and are not charged yet."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

import pytest

from menling.cli import doctor
from menling.journal.facts import read_facts
from menling.journal.models import Case
from menling.journal.perform import perform
from menling.journal.when import When
from menling.kernel.refusal import Refused
from menling.kinds import KINDS
from menling.money.waiting import uncharged_of
from menling.procedures.deposit import nothing_is_to_be_paid_from_it
from tests import agreed
from tests.office import World
from tests.procedures.given import decide
from tests.procedures.test_mr_34_deposits import charges_of, cleaned, prepaid, visit
from tests.recount import recounted, written

pytestmark = pytest.mark.clause("MR-34")


@contextmanager
def refused_naming(numbers: str) -> Iterator[None]:
    """Expect a refusal that names orders."""
    with pytest.raises(Refused) as caught:
        yield
    assert (caught.value.clause, caught.value.status) == ("MR-34", 409)
    assert numbers in str(caught.value)


def test_a_prepayment_is_given_back_once_nothing_waits_for_it() -> None:
    nothing_is_to_be_paid_from_it([])
    with refused_naming("XH-H26-00001，XH-H26-00002"):
        nothing_is_to_be_paid_from_it(["XH-H26-00001", "XH-H26-00002"])


@pytest.mark.django_db
def test_no_prepayment_is_given_back_while_a_visit_waits_to_be_charged(world: World) -> None:
    agreement = agreed.in_force(world)
    case, order = prepaid(world, agreement, "320.00"), cleaned(world, visit(world, agreement))
    assert uncharged_of(agreement) == {order.number: Decimal(160)}
    with refused_naming(order.number):
        world.do(case, "give_back", "finance")
    world.do(order, "object", "customer", items=["厨房"])
    with refused_naming(order.number):
        world.do(case, "give_back", "finance")
    world.do(order, "rework", "housekeeper", done="已重擦")
    world.do(order, "sign", "customer", rating=5)
    assert (charges_of(order), uncharged_of(agreement)) == ([("collected", Decimal(160), "prepaid")], {})
    world.do(case, "give_back", "finance")
    assert Case.objects.get(pk=case.pk).deposit.returned == Decimal(160)
    assert recounted(world.office.pk).moved == written(world.office.pk)


@pytest.mark.django_db
@pytest.mark.parametrize(("amount", "second"), [
    ("160.00", [("due", Decimal(160), "")]), ("160.01", []), ("320.00", []), ("159.99", [("due", Decimal(160), "")]),
])  # fmt: skip
def test_a_visit_waits_only_for_what_the_ones_done_before_it_leave(
    world: World, amount: str, second: list[tuple[str, Decimal, str]]
) -> None:
    agreement = agreed.in_force(world)
    prepaid(world, agreement, amount)
    assert charges_of(cleaned(world, visit(world, agreement))) == []
    assert charges_of(cleaned(world, visit(world, agreement))) == second


@pytest.mark.django_db
def test_two_prepayments_count_together_and_one_given_back_no_more(world: World) -> None:
    agreement = agreed.in_force(world)
    prepaid(world, agreement, "100.00")
    world.do(prepaid(world, agreement, "500.00"), "give_back", "finance")
    prepaid(world, agreement, "61.00")
    assert charges_of(cleaned(world, visit(world, agreement))) == []
    assert charges_of(cleaned(world, visit(world, agreement))) == []
    assert charges_of(cleaned(world, visit(world, agreement))) == [("due", Decimal(160), "")]


@pytest.mark.django_db
def test_what_is_charged_at_the_door_keeps_no_prepayment_back(world: World) -> None:
    decide(world, "deposits.visits_draw_down", False)
    agreement = agreed.in_force(world)
    case, order = prepaid(world, agreement, "320.00"), cleaned(world, visit(world, agreement))
    assert (charges_of(order), uncharged_of(agreement)) == ([("due", Decimal(160), "")], {})
    assert world.do(case, "give_back", "finance").status == "returned"


def done_by_an_older_program(world: World, order: Case, verb: str, who: str, **facts: int) -> None:
    """Have a step taken by a process whose table charges nothing with it, as before a restart has reached that process."""
    kind = KINDS["housekeeping"]
    command = kind.commands[verb]
    perform(command, order, kind=kind, by=world.actor(who), at=When(world.now, world.now, "typed"),
            key=f"older-{verb}-{order.pk}", facts=read_facts(command, facts), reactions={})  # fmt: skip
    order.refresh_from_db()


@pytest.mark.django_db
@pytest.mark.parametrize("steps", [
    (("sign_off", "housekeeper"), ("review", "team_lead"), ("archive", "service_desk")), (("sign_off", "housekeeper"),),
])  # fmt: skip
def test_a_visit_that_was_signed_and_not_charged_is_charged_once_with_the_next_step(
    world: World, steps: tuple[tuple[str, str], ...]
) -> None:
    agreement = agreed.in_force(world)
    case, order = prepaid(world, agreement, "320.00"), cleaned(world, visit(world, agreement))
    done_by_an_older_program(world, order, "sign", "customer", rating=5)
    assert (order.status, charges_of(order), uncharged_of(agreement)) == ("signed", [], {order.number: Decimal(160)})
    with refused_naming(order.number):
        world.do(case, "give_back", "finance")
    for verb, who in steps:
        world.do(order, verb, who)
        assert charges_of(order) == [("collected", Decimal(160), "prepaid")]
    assert recounted(world.office.pk).moved == written(world.office.pk)


@pytest.mark.django_db
@pytest.mark.parametrize(("reached", "missed"), [(("sign_off",), "review"), (("sign_off", "review"), "archive")])
def test_each_step_after_the_signature_makes_up_for_the_missing_charge(
    world: World, reached: tuple[str, ...], missed: str
) -> None:
    agreement, who = agreed.in_force(world), {"sign_off": "housekeeper", "review": "team_lead", "archive": "service_desk"}
    prepaid(world, agreement, "320.00")
    order = cleaned(world, visit(world, agreement))
    done_by_an_older_program(world, order, "sign", "customer", rating=5)
    for verb in reached:
        done_by_an_older_program(world, order, verb, who[verb])
    assert charges_of(order) == []
    world.do(order, missed, who[missed])
    assert charges_of(order) == [("collected", Decimal(160), "prepaid")]


def examined() -> list[str]:
    """Return what the doctor says of prepaid visits where it finds some that nobody charged."""
    try:
        doctor.EXAMINATIONS["prepaid visits"]()
    except doctor.Ailment as ailment:
        return [str(ailment)]
    return []


@pytest.mark.django_db
@pytest.mark.parametrize("reached", [(), ("sign_off", "review", "archive")])
def test_the_doctor_names_what_an_older_program_left_uncharged_and_a_note_makes_up_for_it(
    world: World, reached: tuple[str, ...]
) -> None:
    agreement, who = agreed.in_force(world), {"sign_off": "housekeeper", "review": "team_lead", "archive": "service_desk"}
    prepaid(world, agreement, "320.00")
    order, done = cleaned(world, visit(world, agreement)), cleaned(world, visit(world, agreement))
    world.do(done, "sign", "customer", rating=5)
    assert examined() == []
    done_by_an_older_program(world, order, "sign", "customer", rating=5)
    for verb in reached:
        done_by_an_older_program(world, order, verb, who[verb])
    (said,) = examined()
    assert (said.startswith("1 prepaid visits"), order.number in said) == (True, True)
    for _turn in range(2):
        world.do(order, "note", "finance", text="预付扣款补记")
        assert (examined(), charges_of(order)) == ([], [("collected", Decimal(160), "prepaid")])
    assert recounted(world.office.pk).moved == written(world.office.pk)


@pytest.mark.django_db
def test_a_note_on_a_signed_visit_leaves_what_is_due_at_the_door_to_be_collected(world: World) -> None:
    agreement = agreed.in_force(world)
    order = cleaned(world, visit(world, agreement))
    world.do(order, "sign", "customer", rating=5)
    prepaid(world, agreement, "320.00")
    world.do(order, "note", "finance", text="改日收款")
    assert (charges_of(order), examined()) == ([("due", Decimal(160), "")], [])


@pytest.mark.django_db
def test_what_is_still_due_at_the_door_is_left_to_be_collected_by_later_steps(world: World) -> None:
    agreement = agreed.in_force(world)
    order = cleaned(world, visit(world, agreement))
    world.do(order, "sign", "customer", rating=5)
    prepaid(world, agreement, "320.00")
    world.do(order, "sign_off", "housekeeper")
    assert charges_of(order) == [("due", Decimal(160), "")]
