"""HC-5.2.5  An emergency that is over when it is written down: nobody is called out, and the report says so."""

import pytest

from menling.procedures.emergency import over_by_the_desk
from tests.office import World
from tests.procedures.given import last, newest_message, refused, told_roles

BURST = {"urgency": "emergency", "content": "水管爆裂"}


@pytest.mark.clause("HC-5.2.5")
@pytest.mark.django_db
@pytest.mark.parametrize("over", [True, False])
def test_nobody_is_called_out_to_what_is_over_and_that_stands_on_the_report(world: World, over: bool) -> None:
    before = newest_message()
    case = world.file(over=over, **BURST)
    assert bool(told_roles(case, before)) is not over
    assert last(case, "file").facts.get("over", False) is over


@pytest.mark.clause("HC-5.2.5")
@pytest.mark.django_db
def test_a_caller_cannot_keep_the_office_from_being_called_out(world: World) -> None:
    before = newest_message()
    with refused("HC-5.2.5", 403):
        world.file("customer", over=True, **BURST)
    assert newest_message() == before
    over_by_the_desk(over=True, resident=False)
    over_by_the_desk(over=False, resident=True)
