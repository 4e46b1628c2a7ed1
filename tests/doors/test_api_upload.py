"""Uploading a picture: by whom it belongs to, when it belongs there, and once however often it is sent."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from menling.journal.models import Attachment, Case
from tests.doors.api import Caller, caller
from tests.examples import picture
from tests.office import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> None:
    """A folder of the test's own for what is kept."""
    settings.MEDIA_ROOT = tmp_path


def send(who: Caller, case: Case, kind: str = "photo", key: str = "", colour: int = 90) -> Any:
    """Return the answer to an upload."""
    data = {"photo": SimpleUploadedFile("photo.jpg", picture(colour=colour), "image/jpeg")}
    headers = who.headers | ({"Idempotency-Key": key} if key else {})
    return who.client.post(f"/api/v1/orders/{case.number}/photos?kind={kind}", data, headers=headers)


def test_a_photo_is_taken_from_the_worker_sent_and_from_who_writes_the_job_down(world: World) -> None:
    case = world.at_home()
    for who in ("repair_worker", "team_lead", "control_centre", "service_desk"):
        assert send(caller(world, who), case).status_code == 201, who
    for who in ("finance", "quality", "customer"):
        told = send(caller(world, who), case)
        assert (told.status_code, told.json()["clause"]) == (403, "EN-7.2"), who
    assert send(caller(world, "repair_worker_2"), case).status_code == 404


def test_a_photo_belongs_to_a_visit_and_a_signature_to_finished_work(world: World) -> None:
    case = world.do(world.file(), "accept", "control_centre")
    assert send(caller(world, "control_centre"), case).status_code == 409
    done = world.finished()
    assert send(caller(world, "customer"), done, "signature").status_code == 201
    assert send(caller(world, "repair_worker"), done, "signature").status_code == 403
    world.do(done, "sign", "customer", rating=5)
    assert send(caller(world, "customer"), done, "signature").status_code == 409
    assert Attachment.objects.count() == 1


def test_the_same_picture_under_the_same_key_gets_the_same_answer_wherever_the_order_stands(world: World) -> None:
    case = world.at_home()
    worker = caller(world, "repair_worker")
    first = send(worker, case, key="photo-1")
    world.do(case, "finish", "repair_worker", photos=[first.json()["digest"]])
    world.do(case, "sign", "customer", rating=5)
    again = send(worker, case, key="photo-1")
    assert (again.status_code, again.json()) == (201, first.json())
    other = send(worker, case, key="photo-1", colour=10)
    assert (other.status_code, other.json()["clause"]) == (422, "MR-7")
    assert send(worker, case, key="photo-2").status_code == 409
