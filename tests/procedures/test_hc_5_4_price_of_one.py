"""HC-5.4.1  What a piece really costs is known from its invoice: from the limit on nothing is bought without a whole register."""

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from menling.journal.models import Case
from menling.procedures import errand_rules as rules
from menling.procedures.errand_rules import ErrandPolicy
from tests.buying import BUYER, WANTED, errand
from tests.office import World
from tests.procedures.given import chosen, promise, refused

GAP: dict[str, object] = dict.fromkeys(rules.REGISTERED, "x") | {"brand": ""}
WHOLE: dict[str, object] = dict.fromkeys(rules.REGISTERED, "x")
LITTLE = {name: value for name, value in WANTED.items() if name in rules.ALWAYS} | {"price": "9.99", "buy_by": None}


@pytest.mark.clause("HC-5.4.1")
@pytest.mark.parametrize(
    ("paid", "quantity", "is_refused"),
    [
        ("9.99", None, False), ("10.00", None, True), ("10.01", None, True),
        ("19.98", "2", False), ("20.00", "2", True), ("20.01", "2", True), ("50.00", "10", False), ("5.00", "0.5", True),
    ],
)  # fmt: skip
def test_the_price_of_one_is_that_of_the_invoice_by_the_quantity_of_the_register(
    paid: str, quantity: str | None, is_refused: bool
) -> None:
    asked = (Decimal(paid), Decimal(quantity) if quantity else None, ErrandPolicy())
    rules.register_filled_for(WHOLE, *asked)
    if is_refused:
        with refused("HC-5.4.1", 409):
            rules.register_filled_for(GAP, *asked)
    else:
        rules.register_filled_for(GAP, *asked)


@pytest.mark.clause("HC-5.4.1")
def test_an_office_that_asks_for_a_whole_register_earlier_asks_so_of_the_invoice_too() -> None:
    with refused("HC-5.4.1", 409):
        rules.register_filled_for(GAP, Decimal("5.00"), None, chosen(ErrandPolicy, errands__register_from="5.00"))


def little(world: World) -> Case:
    """Return an errand for something cheap of which the register says no more than it has to."""
    asked = LITTLE | {"buyer": world.staff[BUYER].number}
    return Case.objects.get(number=world.answer("file", None, "service_desk", kind="errand", **asked).body["number"])


@pytest.mark.clause("HC-5.4.1")
@pytest.mark.django_db
def test_what_turns_out_dearer_is_bought_once_the_desk_has_filled_in_the_register(world: World) -> None:
    case = little(world)
    with refused("HC-5.4.1", 409):
        world.do(case, "buy", BUYER, amount="50.00", invoice="1")
    for field, value in (("brand", "潜水艇"), ("nature", "铜"), ("quantity", "1"), ("spec", "四分")):
        world.do(case, "correct", "service_desk", field=field, value=value, reason="补填")
    with refused("MR-4", 422):
        world.do(case, "correct", "service_desk", field="buy_by", value="明天", reason="补填")
    case = world.do(case, "correct", "service_desk", field="buy_by", value="2026-11-20 18:00", reason="补填")
    assert case.errand.buy_by == datetime(2026, 11, 20, 18, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert promise(case, "buy").due_at == case.errand.buy_by
    world.do(case, "correct", "service_desk", field="price", value="50.00", reason="涨价")
    assert world.do(case, "buy", BUYER, amount="50.00", invoice="1").status == "bought"


@pytest.mark.clause("HC-5.4.1")
@pytest.mark.django_db
def test_what_stays_cheap_and_what_was_registered_whole_is_bought_at_once(world: World) -> None:
    assert world.do(little(world), "buy", BUYER, amount="9.99", invoice="1").status == "bought"
    assert world.do(errand(world, price="9.99"), "buy", BUYER, amount="90.00", invoice="2").status == "bought"
