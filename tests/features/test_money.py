"""The books: every yuan is in one place, from the price shown to the safe, and no movement is ever taken back."""

from decimal import Decimal
from functools import partial

import pytest
from django.db import DatabaseError, transaction

from menling.journal.models import Case, Event
from menling.kernel.refusal import Refused
from menling.money.books import balance
from menling.money.models import Charge, Handover, Transfer
from menling.procedures.places import bag
from tests.office import World
from tests.procedures.given import refused
from tests.together import together

ZERO = Decimal("0.00")


def places(world: World, charge: Case | None = None) -> dict[str, Decimal]:
    """Return what is in each place that is not empty; `owed` is that of one charge."""
    office = world.office.pk
    named = {"income": f"income:{office}", "bag": bag(world.staff["repair_worker"].pk), "bank": f"bank:{office}",
             "unconfirmed": f"unconfirmed:{office}", "safe": f"safe:{office}", "difference": f"difference:{office}",
             "shortfall": "shortfall:员工5"}  # fmt: skip
    if charge is not None:
        named["owed"] = f"owed:{charge.number}"
    found = {name: balance(office, place) for name, place in named.items()}
    return {name: amount for name, amount in found.items() if amount}


def of(case: Case, kind: str = "charge") -> Case:
    return case.children.filter(kind=kind).latest("id")


@pytest.mark.django_db
def test_a_price_shown_or_agreed_moves_no_money_and_finished_work_is_owed(world: World) -> None:
    case = world.at_home()
    world.do(case, "quote", "repair_worker", items=[{"code": "W01"}])
    world.do(case, "consent", "customer")
    assert not Transfer.objects.exists()
    world.do(case, "finish", "repair_worker")
    assert places(world, of(case)) == {"income": Decimal("-86.00"), "owed": Decimal("86.00")}


@pytest.mark.django_db
def test_free_work_has_no_charge(world: World) -> None:
    case = world.finished()
    assert not case.children.exists()
    assert not Transfer.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("method", "place"), [("cash", "bag"), ("qr", "unconfirmed")])
def test_what_is_collected_goes_to_the_collectors_bag_or_to_the_bank(world: World, method: str, place: str) -> None:
    charge = of(world.finished("86.00"))
    world.do(charge, "collect", "repair_worker", method=method)
    assert places(world, charge) == {"income": Decimal("-86.00"), place: Decimal("86.00")}
    assert Handover.objects.count() == (1 if method == "cash" else 0)
    assert of(case=Case.objects.get(pk=charge.parent_id), kind="settlement").settlement.amount == Decimal("86.00")


@pytest.mark.django_db
def test_more_than_due_is_refused_and_less_needs_a_reason_and_somebody_responsible(world: World) -> None:
    charge = of(world.finished("86.00"))
    for amount, reason, responsible in (("86.01", "多收", "员工5"), ("85.99", "", ""), ("85.99", "少带零钱", " "),
                                        ("85.99", " ", "员工5")):  # fmt: skip
        with refused("OC-4.4", 409):
            world.do(charge, "collect", "repair_worker", amount=amount, shortfall_reason=reason, responsible=responsible)
    for nonsense in ("-1.00", "85.999"):
        with refused("MR-6", 422):
            world.do(charge, "collect", "repair_worker", amount=nonsense)
    assert places(world, charge) == {"income": Decimal("-86.00"), "owed": Decimal("86.00")}
    world.do(charge, "collect", "repair_worker", amount="80.00", shortfall_reason="少带零钱", responsible="员工5")
    assert places(world, charge) == {"income": Decimal("-86.00"), "bag": Decimal("80.00"), "shortfall": Decimal("6.00")}
    row = Charge.objects.get(pk=charge.pk)
    assert (row.collected, row.shortfall_reason, row.responsible) == (Decimal("80.00"), "少带零钱", "员工5")


@pytest.mark.django_db
def test_a_handover_that_counts_right_empties_the_bag_into_the_safe(world: World) -> None:
    charge = of(world.finished("86.00"))
    handover = world.do(charge, "collect", "repair_worker").charge.handover.case
    world.do(handover, "hand_over", "repair_worker", amount="86.00")
    assert places(world)["bag"] == Decimal("86.00"), "handed over is not yet received"
    world.do(handover, "receive", "finance")
    assert places(world) == {"income": Decimal("-86.00"), "safe": Decimal("86.00")}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("counted", "expected"),
    [
        ("85.00", {"safe": Decimal("85.00"), "bag": Decimal("1.00")}),
        ("87.00", {"safe": Decimal("87.00"), "difference": Decimal("-1.00")}),
    ],
)
def test_a_difference_is_explained_and_stays_visible_where_it_arose(
    world: World, counted: str, expected: dict[str, Decimal]
) -> None:
    handover = world.do(of(world.finished("86.00")), "collect", "repair_worker").charge.handover.case
    with refused("HS-4.1.1.6", 409):
        world.do(handover, "receive", "finance", amount=counted)
    world.do(handover, "receive", "finance", amount=counted, difference_reason="找零有误")
    assert places(world) == {"income": Decimal("-86.00")} | expected
    facts = Event.objects.get(case=handover, verb="receive").facts
    assert (facts["expected"], facts["amount"], facts["reason"]) == ("86.00", counted, "找零有误")


@pytest.mark.django_db
def test_an_order_reopened_before_collection_owes_nothing_until_it_is_finished_again(world: World) -> None:
    case = world.signed("86.00")
    charge = of(case)
    world.do(case, "reopen", "team_lead", reason="又堵了")
    charge.refresh_from_db()
    assert (charge.status, places(world, charge)) == ("void", {})
    with refused("HS-3.3"):
        world.do(charge, "collect", "repair_worker")
    again(world, case, "90.00")
    assert places(world, of(case)) == {"income": Decimal("-90.00"), "owed": Decimal("90.00")}


@pytest.mark.django_db
@pytest.mark.parametrize(("now", "rest"), [("86.00", None), ("50.00", None), ("90.00", "4.00")])
def test_an_order_reopened_after_collection_owes_only_what_is_more(world: World, now: str, rest: str | None) -> None:
    case = world.signed("86.00")
    first = of(case)
    world.do(first, "collect", "repair_worker", amount="80.00", shortfall_reason="少带零钱", responsible="员工5")
    world.do(case, "reopen", "team_lead", reason="又堵了")
    again(world, case, now)
    assert Case.objects.get(pk=first.pk).status == "collected", "what was collected stays collected"
    charges = list(Charge.objects.filter(case__parent=case).order_by("pk").values_list("due", flat=True))
    assert charges == [Decimal("86.00")] + ([Decimal(rest)] if rest else [])
    assert places(world)["shortfall"] == Decimal("6.00"), "a shortfall is not asked of the resident a second time"


def again(world: World, case: Case, amount: str) -> None:
    """Send a worker once more and finish for an agreed amount."""
    world.do(case, "dispatch", "control_centre", worker=world.staff["repair_worker"].number)
    world.do(case, "arrive", "repair_worker")
    world.do(case, "quote", "repair_worker", amount=Decimal(amount), description="疏通")
    world.do(case, "consent", "customer")
    world.do(case, "finish", "repair_worker")


@pytest.mark.django_db
def test_receipts_are_numbered_without_gaps_although_collections_are_refused_between_them(world: World) -> None:
    numbers = []
    for amount in ("86.00", "5.00", "14.00"):
        charge = of(world.finished(amount))
        with refused("OC-4.4", 409):
            world.do(charge, "collect", "repair_worker", amount="0.01")
        world.do(charge, "collect", "repair_worker")
        numbers.append(Charge.objects.get(pk=charge.pk).receipt)
    assert numbers == ["XH-P26-00001", "XH-P26-00002", "XH-P26-00003"]


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["UPDATE money_transfer SET amount = 1", "DELETE FROM money_transfer"])
def test_a_transfer_is_neither_changed_nor_deleted(world: World, statement: str) -> None:
    world.finished("86.00")
    with pytest.raises(DatabaseError, match="rows are only added"), transaction.atomic():
        run(statement)
    assert Transfer.objects.get().amount == Decimal("86.00")


def run(statement: str) -> None:
    """Run a statement past the models."""
    with transaction.get_connection().cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
def test_nothing_moves_for_nothing_or_from_a_place_to_itself(world: World) -> None:
    charge = of(world.finished("86.00"))
    kept = {"office": world.office, "case": charge, "happened_at": world.now}
    for source, target, amount in (("a", "b", ZERO), ("a", "b", Decimal("-1.00")), ("a", "a", Decimal("1.00"))):
        with pytest.raises(DatabaseError, match="transfer_"), transaction.atomic():
            Transfer.objects.create(source=source, target=target, amount=amount, **kept)


@pytest.mark.django_db(transaction=True)
def test_a_question_and_a_collection_at_once_leave_one_of_them_and_the_money_once(world: World) -> None:
    world.actor("customer"), world.actor("repair_worker")
    charge = of(world.finished("86.00"))
    together([
        partial(world.answer, "query_fee", charge, "customer", question="为何比上次贵"),
        partial(world.answer, "collect", charge, "repair_worker"),
    ])  # fmt: skip
    charge.refresh_from_db()
    assert charge.status in ("questioned", "disputed")
    assert places(world, charge)["owed" if charge.status == "questioned" else "bag"] == Decimal("86.00")


@pytest.mark.django_db(transaction=True)
def test_two_first_collections_of_a_day_at_once_share_one_handover_and_have_receipts_in_a_row(world: World) -> None:
    world.actor("repair_worker")
    charges = [of(world.finished(amount)) for amount in ("86.00", "5.00")]
    answers = together([partial(world.answer, "collect", charge, "repair_worker") for charge in charges])
    assert not [each for each in answers if isinstance(each, Refused)]
    rows = Charge.objects.order_by("receipt")
    assert [row.receipt for row in rows] == ["XH-P26-00001", "XH-P26-00002"]
    assert {row.handover_id for row in rows} == {Handover.objects.get().pk}
    assert places(world) == {"income": Decimal("-91.00"), "bag": Decimal("91.00")}
