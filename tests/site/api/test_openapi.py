"""The OpenAPI document is the one committed, and whatever fits or nearly fits it is answered as it says, never by a fault."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api_callers import back_end, of
from sekisho.config.wsgi import application
from sekisho.interfaces.api import build, callers
from sekisho.interfaces.api.callers import SCOPES
from site_world import taken_back, world

COMMITTED = Path(__file__).resolve().parents[3] / "docs" / "schema" / "api.openapi.json"
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


def test_the_document_is_the_one_committed() -> None:
    assert COMMITTED.read_text("utf-8") == build.document()


def test_the_document_is_openapi_3_1_with_a_name_and_a_description_for_every_operation() -> None:
    document = json.loads(build.document())
    told = [operation for item in document["paths"].values() for operation in item.values()]
    assert document["openapi"].startswith("3.1")
    assert len({one["operationId"] for one in told}) == len(told) == len(build.OPERATIONS)
    assert all(one["summary"] and one["description"] for one in told)


@pytest.fixture
def tokens(cast: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Everybody's, and a back end's; nobody is too fast."""
    often = {"per_minute": 1_000_000, "burst": 1_000_000}
    monkeypatch.setattr(callers, "limits", lambda: callers.Limits(200_000, often, often))
    # As Django's own test client does: the end of a request must not close the connection the test's transaction is on.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield [of(account).token or "" for account in cast.values()] + [
        back_end(cast["kancho"].actor, *SCOPES).token or ""
    ]
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def read_to_its_end(environ: Any, start: Any) -> list[bytes]:
    """The application as a server calls it: what it answers is read whole and closed."""
    answer = application(environ, start)
    try:
        return [b"".join(answer)]
    finally:
        answer.close()


def walk(cast: dict[str, Any], tokens: list[str], examples: int) -> int:
    """Ask `examples` times for every operation, by whoever, often about things there are; returns how often it succeeded."""
    ids, counts = [str(pk) for pk in world(cast).values()], {"good": 0}
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", read_to_its_end)
    for found in schema.get_all_operations():
        operation = found.ok()

        @settings(
            max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck)
        )
        @given(case=operation.as_strategy(generation_mode=GenerationMode.POSITIVE) | operation.as_strategy(
            generation_mode=GenerationMode.NEGATIVE))  # fmt: skip
        def asked(case: Any) -> None:
            choose = random.Random(repr(case.body) + repr(case.query))
            if "id" in (case.path_parameters or {}) and choose.random() < 0.8:
                case.path_parameters["id"] = choose.choice(ids)
            with taken_back():
                headers = {"Authorization": f"Bearer {choose.choice(tokens)}", "Accept-Encoding": "identity"}
                answer = case.call(headers=headers)
                case.validate_response(answer, checks=CHECKS)
            counts["good"] += answer.status_code < 400

        asked()
    return counts["good"]


def test_no_request_whatever_is_answered_by_a_fault_or_otherwise_than_the_document_says(
    cast: dict[str, Any], tokens: list[str]
) -> None:
    assert walk(cast, tokens, 6) > 40


@pytest.mark.long
def test_no_request_of_ten_thousand_is_answered_by_a_fault_or_otherwise_than_the_document_says(
    cast: dict[str, Any], tokens: list[str]
) -> None:
    assert walk(cast, tokens, 130) > 1000
