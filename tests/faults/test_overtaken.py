"""Somebody changes what a row points at while another waits for it: the other goes on with the row as it is now."""

from functools import partial
from random import Random
from threading import Event as Signal

import pytest
from django.db import transaction

from menling.journal.models import Case
from menling.journal.perform import locked
from menling.kinds import KINDS
from menling.orders.models import Order
from menling.pads.models import Pad
from tests.buying import pad
from tests.office import World
from tests.together import together, wait_until_somebody_waits

pytestmark = pytest.mark.django_db(transaction=True)


def changing(rows: object, ready: Signal, **to: object) -> None:
    """Change a row, and let it go only when somebody waits for it."""
    with transaction.atomic():
        rows.update(**to)  # type: ignore[attr-defined]
        ready.set()
        wait_until_somebody_waits()


def waiting(case: Case, ready: Signal) -> tuple[int | None, object]:
    """Wait for a row of whose change nobody knows yet; return what it points at, by number and as a row."""
    ready.wait(10)
    with transaction.atomic():
        row = locked(KINDS[case.kind], case)
        who = row.holder if case.kind == "pad" else row.worker
        return (row.holder_id if case.kind == "pad" else row.worker_id), who


def test_a_pad_that_changes_hands_while_somebody_waits_for_it_is_found(world: World) -> None:
    case = Case.objects.get(
        number=world.answer("issue", None, "service_desk", kind="pad", **pad(world, Random(0))).body["number"]
    )
    other, ready = world.staff["repair_worker_2"], Signal()
    told = together([partial(changing, Pad.objects.filter(pk=case.pk), ready, holder=other), partial(waiting, case, ready)])
    assert (other.pk, other) in told


def test_an_order_given_to_another_worker_while_somebody_waits_for_it_names_that_one(world: World) -> None:
    case, other, ready = world.sent(), world.staff["repair_worker_2"], Signal()
    told = together([partial(changing, Order.objects.filter(pk=case.pk), ready, worker=other), partial(waiting, case, ready)])
    assert (other.pk, other) in told
