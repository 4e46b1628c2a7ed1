"""The demonstration is the same again: nothing in it hangs on when or where it is filled."""

import pytest

from menling.journal.models import Event
from menling.premises.models import Person
from tests.demonstration import filled

pytestmark = pytest.mark.django_db


def test_the_same_seed_gives_the_same_demonstration() -> None:
    told = []
    for _again in range(2):
        with filled(1, seed=5):
            steps = Event.objects.order_by("pk")
            people = list(Person.objects.order_by("pk").values_list("name", "phone__number"))
            told.append((people, list(steps.values_list("case__number", "verb", "actor_name", "happened_at"))))
    assert told[0] == told[1]
    assert all(told[0])
