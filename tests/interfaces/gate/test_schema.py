"""Requests made up from the OpenAPI document, whole and damaged: every answer is one the document tells of, none a fault."""

from __future__ import annotations

import json

import jsonschema
import pytest
from hypothesis import HealthCheck, assume, given, settings

from sekisho.interfaces.gate.openapi import document
from sekisho.interfaces.gate.settings import Limits
from tests.interfaces.gate.making import damaged, whole

OPENAPI = json.loads(document(Limits()))
PATHS = [path for path, told in OPENAPI["paths"].items() if "post" in told]


def asked(path):
    schema = OPENAPI["paths"][path]["post"]["requestBody"]["content"]["application/json"]["schema"]
    return whole(schema, OPENAPI["components"])


BODIES = {path: asked(path) for path in PATHS}


def check(ask, path, body):
    """The answer is documented, in shape and status, and no fault was told."""
    try:
        data = json.dumps(body, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        assume(False)
    answer = ask(path, data)
    told = OPENAPI["paths"][path]["post"]["responses"]
    said = told[str(answer.status)]["content"][answer.headers["content-type"]]["schema"]
    jsonschema.Draft202012Validator({**said, "components": OPENAPI["components"]}).validate(answer.json)
    assert answer.status < 500 or answer.json["code"] == "not_built"
    assert ask.lines == []
    return answer


def tried(ask, path, bodies, count):
    """Send so many made-up bodies."""

    @settings(max_examples=count, suppress_health_check=list(HealthCheck))
    @given(body=bodies)
    def sent(body):
        check(ask, path, body)

    sent()


@pytest.mark.parametrize("path", ["/v1/check", *(path for path in PATHS if path.endswith("/batch"))])
def test_a_good_request_is_judged(ask, path):
    @settings(max_examples=25, suppress_health_check=list(HealthCheck))
    @given(body=BODIES[path])
    def judged(body):
        assert check(ask, path, body).status == 200

    judged()


@pytest.mark.parametrize("path", PATHS)
def test_a_damaged_request_is_answered(ask, path):
    tried(ask, path, damaged(BODIES[path]), 25)


@pytest.mark.long
@pytest.mark.parametrize("path", PATHS)
def test_ten_thousand_requests_are_answered(ask, path):
    tried(ask, path, BODIES[path] | damaged(BODIES[path]), 1_000)
    tried(ask, path, damaged(damaged(BODIES[path])), 1_000)
