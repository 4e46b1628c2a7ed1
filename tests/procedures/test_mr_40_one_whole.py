"""MR-40  A job written down afterwards is one whole: where one step is refused nothing is written."""

from typing import Any

import pytest

from menling.journal.models import Case, Command
from menling.journal.replay import differences
from menling.premises import clock
from tests.doors.test_web_emergencies import job
from tests.doors.web import browser
from tests.office import World

pytestmark = [pytest.mark.clause("MR-40"), pytest.mark.django_db]


@pytest.fixture
def today(world: World) -> World:
    """The small office, now by the clock its doors use."""
    world.now = clock.now()
    return world


@pytest.mark.parametrize("wrong", [{"worker": "A999"}, {"duty": ["moon"]}], ids=["second step", "last step"])
def test_where_a_step_is_refused_nothing_is_written_and_the_form_put_right_is_one_job(
    today: World, wrong: dict[str, Any]
) -> None:
    centre = browser(today, "control_centre")
    assert centre.post("/new/afterwards", job(today, **wrong), key="once", htmx=True).status_code == 422
    assert not Case.objects.exists()
    assert not Command.objects.filter(key__startswith="once").exists(), "the key can be used again"
    assert centre.post("/new/afterwards", job(today), key="once").status_code == 302
    case = Case.objects.get(kind="repair")
    assert (case.status, case.number[-5:]) == ("finished", "00001"), "the register has no gap"
    assert differences(case) == []


def test_the_whole_of_it_pressed_twice_is_there_once(today: World) -> None:
    centre, sent = browser(today, "control_centre"), job(today)
    for _press in range(2):
        assert centre.post("/new/afterwards", sent, key="once").status_code == 302
    case = Case.objects.get(kind="repair")
    assert [case.events.filter(verb=verb).count() for verb in ("file", "dispatch", "arrive", "start", "finish")] == [1] * 5
