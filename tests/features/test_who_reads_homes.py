"""OI-4.2, CF-04  Every collection and every case by number, as those read it whose work does not need the homes of all."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django.plugin import DjangoDbBlocker

from menling.api.cases import COLLECTIONS
from menling.journal.models import Case
from menling.kernel.roles import OUTSIDE
from menling.orders.addresses import VISITED
from menling.premises.models import Staff
from tests.demonstration import filled
from tests.doors.api import Caller

pytestmark = [pytest.mark.django_db, pytest.mark.clause("OI-4.2", "CF-04")]
OUTSIDERS = sorted(role.value for role in OUTSIDE)
LITTLE = [*OUTSIDERS, "employee", "repair_worker", "housekeeper", "engineering_crew", "home_service_worker"]
FAMILY = {kind: name for name, kinds in COLLECTIONS.items() for kind in kinds}


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, Any]]:
    """The invented company with 3 days behind the morning."""
    with django_db_blocker.unblock(), filled(3) as said:
        yield said


def read(there: Caller, path: str, status: int = 200) -> dict[str, Any]:
    """Return what an address answers."""
    answer = there.get(path)
    assert answer.status_code == status, path
    body: dict[str, Any] = json.loads(answer.content)
    return body


def samples() -> list[Case]:
    """Return the newest cases of every kind there are."""
    return [case for kind in FAMILY for case in Case.objects.filter(kind=kind).select_related("unit").order_by("-pk")[:6]]


@pytest.mark.parametrize("role", OUTSIDERS)
def test_who_is_nobody_of_the_company_finds_no_case_of_any_kind(demo: dict[str, Any], role: str) -> None:
    there, cases = Caller(demo["tokens"][role]), samples()
    assert len({case.kind for case in cases}) > 15
    for name in COLLECTIONS:
        assert read(there, f"/{name}")["items"] == [], name
    for case in cases:
        read(there, f"/{FAMILY[case.kind]}/{case.number}", 404)


@pytest.mark.parametrize("role", [*OUTSIDERS, "employee"])
def test_who_is_nobody_of_the_company_does_not_read_what_its_people_hold(demo: dict[str, Any], role: str) -> None:
    there = Caller(demo["tokens"][role])
    for number in Staff.objects.values_list("number", flat=True):
        read(there, f"/staff/{number}/holding", 404)


@pytest.mark.parametrize("role", LITTLE)
def test_wherever_an_address_is_not_told_no_line_no_step_and_no_event_tells_it(demo: dict[str, Any], role: str) -> None:
    there = Caller(demo["tokens"][role])
    for name in COLLECTIONS:
        for line in read(there, f"/{name}")["items"]:
            shown = there.get(f"/{name}/{line['number']}").content.decode()
            case = Case.objects.select_related("unit").get(number=line["number"])
            if case.unit and json.loads(shown)["address"] != "full":
                assert f'"{case.unit.code}' not in shown, (role, line["number"])


def test_a_worker_reads_a_visit_that_is_over_without_the_home_in_any_of_its_events(demo: dict[str, Any]) -> None:
    over = Case.objects.filter(kind__in=VISITED, closed_at__isnull=False, assignee_id__isnull=False, unit__is_public=False)
    cases = over.select_related("unit").order_by("-pk")[:10]
    assert cases
    for case in cases:
        worker = next(user for user in demo["users"] if Staff.objects.get(number=user["number"]).pk == case.assignee_id)
        answer = Caller(worker["token"]).get(f"/orders/{case.number}")
        assert answer.json()["address"] == "masked"
        assert f'"{case.unit.code}' not in answer.content.decode()
