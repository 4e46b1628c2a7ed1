"""Tests run on the embedded database of the purpose "test", unless DATABASE_URL names another server."""

import os

os.environ["MENLING_PURPOSE"] = "test"
os.environ["DJANGO_SETTINGS_MODULE"] = "menling.settings"

import pytest

from menling import embedded


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """The first test that needs the database starts the server; a run without such a test does not."""
    if "DATABASE_URL" not in os.environ:
        embedded.ensure("test")
