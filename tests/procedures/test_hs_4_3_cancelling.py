"""HS-4.3.2  Who cancels a service after somebody was sent is told nothing but that it is cancelled: no service has such a fee."""

from collections.abc import Callable

import pytest

from menling.journal.models import Case
from menling.money.models import Charge, Transfer
from tests import alarms, cleaning
from tests.office import World

pytestmark = [pytest.mark.django_db, pytest.mark.clause("HS-4.3.2", "CF-19")]


@pytest.mark.parametrize("sent", [cleaning.sent, alarms.sent], ids=["cleaning", "alarm"])
def test_cancelling_cleaning_or_an_alarm_after_dispatch_creates_no_charge(world: World, sent: Callable[[World], Case]) -> None:
    case = world.do(sent(world), "cancel", "service_desk", reason="业主改期未定")
    assert case.status == "cancelled"
    assert not case.order.change_seen, "who was sent still has to acknowledge it"
    assert not Charge.objects.exists()
    assert not Transfer.objects.exists()
