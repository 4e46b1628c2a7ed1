"""Tests run on the embedded database of the purpose "test", unless DATABASE_URL names another server."""

import itertools
import os

os.environ["MENLING_PURPOSE"] = "test"
os.environ["DJANGO_SETTINGS_MODULE"] = "menling.settings"

import django
import pytest
from django.utils import translation

from menling import embedded
from menling.embedded.leases import claim


def _claim_database() -> int:
    """Runs at the same time in one checkout must not share a test database: each takes the first free number."""
    place = embedded.Place.of("test")
    place.home.mkdir(parents=True, exist_ok=True)
    for number in itertools.count():
        descriptor = claim(place.home / f"tests-{number}.lock")
        if descriptor is not None:
            break
    os.environ["MENLING_TEST_DATABASE"] = f"test_menling_{number}"
    return descriptor


# The workers of a parallel run inherit the number of the process that started them.
CLAIM = None if "PYTEST_XDIST_WORKER" in os.environ else _claim_database()
django.setup()

from tests.office import World, build_world  # noqa: E402  # rows need Django to be set up


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """The first test that needs the database starts the server; a run without such a test does not."""
    if "DATABASE_URL" not in os.environ:
        embedded.ensure("test")


@pytest.fixture(autouse=True)
def first_language() -> None:
    """A request leaves its language to the thread: every test begins in the one of the house, whatever ran before it."""
    translation.deactivate()


@pytest.fixture
def world(db: None) -> World:
    """A small office with people and homes."""
    return build_world()
