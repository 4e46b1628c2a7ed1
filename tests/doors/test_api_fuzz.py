"""Whatever a caller sends, the API answers as described: never a server error, always a problem with words."""

import json
import os
from typing import Any
from urllib.parse import quote

import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.core import NotSet

from menling.doorway import keys
from tests.office import World

FEW, MANY = 2, int(os.environ.get("MENLING_FUZZ", "60"))
"""Examples per address: a few in every run, many in the long one."""


def _sent(case: schemathesis.Case, bearer: dict[str, str]) -> Any:
    """Send a generated request through Django's client, which keeps the transaction of the test."""
    body = {} if isinstance(case.body, NotSet) else {"data": json.dumps(case.body, default=str)}
    typed = {"content_type": case.media_type or "application/json"}
    query = {name: str(value) for name, value in (case.query or {}).items()}
    key = {name: str(value)[:90] for name, value in (case.headers or {}).items() if name.lower() == "idempotency-key"}
    return Client(raise_request_exception=False).generic(
        case.method, quote(case.formatted_path), query_params=query, headers=bearer | key, **body, **typed
    )


def _fuzz(world: World, examples: int) -> int:
    """Send generated requests to every address of the API's own description; return how many were answered."""
    bearer = {"Authorization": f"Bearer {keys.issue(world.now, staff=world.staff['control_centre'])}"}
    known = world.file().number
    described = schemathesis.openapi.from_dict(Client().get("/api/v1/openapi.json", headers=bearer).json())
    answered = 0
    for operation in (each.ok() for each in described.get_all_operations()):

        @given(case=operation.as_strategy())
        @settings(max_examples=examples, deadline=None, database=None, derandomize=True, phases=(Phase.generate,),
                  suppress_health_check=list(HealthCheck))  # fmt: skip
        def answers_with_words(case: schemathesis.Case) -> None:
            nonlocal answered
            if "number" in case.path_parameters:
                case.path_parameters["number"] = known
            answer = _sent(case, bearer)
            answered += 1
            assert answer.status_code < 500, case.as_curl_command()
            if answer.status_code >= 400 and answer.status_code != 405:
                assert answer["Content-Type"] == "application/problem+json", case.as_curl_command()
                assert answer.json()["why_zh"]

        answers_with_words()
    return answered


@pytest.mark.django_db
def test_no_input_breaks_the_api(world: World) -> None:
    assert _fuzz(world, FEW) > 100


@pytest.mark.long
@pytest.mark.django_db
def test_no_input_of_many_breaks_the_api(world: World) -> None:
    assert _fuzz(world, MANY) > 1000
