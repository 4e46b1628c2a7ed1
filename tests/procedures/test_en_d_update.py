"""EN-D.10A  Jobs under way while the programs are updated: the time of a visit begins with what was tapped, or the check-in."""

from datetime import datetime
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from menling.journal.models import Case
from menling.orders.models import Visit
from tests.office import World
from tests.procedures.given import last

pytestmark = [pytest.mark.django_db, pytest.mark.clause("EN-D.10A")]


def agreed(world: World) -> Case:
    case = world.do(world.at_home(), "quote", "repair_worker", amount="86.00")
    world.later(12)
    return world.do(case, "consent", "repair_worker")


def update() -> None:
    migration = import_module("menling.orders.migrations.0010_consent_is_no_start")
    with connection.schema_editor() as editor:
        migration.take_out(apps, editor)


def start_of(case: Case) -> datetime | None:
    return Visit.objects.values_list("started_at", flat=True).get(order_id=case.pk)


def test_a_consent_once_written_down_as_the_start_of_a_running_visit_is_taken_out(world: World) -> None:
    case = agreed(world)
    Visit.objects.filter(order_id=case.pk).update(started_at=last(case, "consent").happened_at)
    for _turn in range(2):
        update()
        assert start_of(case) is None
    world.later(18)
    world.do(case, "finish", "repair_worker", summary="已换件")
    assert last(case, "finish").facts["minutes"] == 30


def test_a_start_that_was_tapped_stays_and_so_does_what_is_finished(world: World) -> None:
    done = world.do(agreed(world), "finish", "repair_worker", summary="已换件")
    Visit.objects.filter(order_id=done.pk).update(started_at=last(done, "consent").happened_at)
    world.later(120)
    tapped = world.do(agreed(world), "start", "repair_worker")
    update()
    assert (start_of(tapped), start_of(done)) == (last(tapped, "start").happened_at, last(done, "consent").happened_at)
