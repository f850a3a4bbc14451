"""The OpenAPI document is the one committed, and what it says of bodies and answers is so."""

from __future__ import annotations

import json

import jsonschema
import pytest

import generate
from sekisho.interfaces.gate.openapi import document
from sekisho.interfaces.gate.settings import Limits


@pytest.fixture(scope="module")
def openapi():
    return json.loads(document(Limits()))


def validator(openapi, schema):
    return jsonschema.Draft202012Validator({**schema, "components": openapi["components"]})


def test_the_document_is_the_one_committed():
    assert list(generate.stale_openapi()) == [], "run `make docs`, then read what changed"


def test_every_endpoint_is_there(ask, openapi):
    assert openapi["openapi"].startswith("3.1")
    assert set(openapi["paths"]) == set(ask.gate._posts) | set(ask.gate._gets)


@pytest.mark.parametrize("path", ["/v1/check", "/v1/check/batch", "/healthz", "/readyz", "/openapi.json"])
def test_an_answer_is_as_the_document_says(ask, openapi, path):
    told = openapi["paths"][path]
    body = {"text": "LINEに移動"} if path == "/v1/check" else {"items": [{"text": ""}, {"text": 1}]}
    answer = ask(path, body if "post" in told else None)
    said = next(iter(told.values()))["responses"]["200"]["content"]["application/json"]["schema"]
    validator(openapi, said).validate(answer.json)


def test_a_problem_is_as_the_document_says(ask, openapi):
    for path, body in (("/v1/check", {"text": 1}), ("/v1/check", b"?"), ("/v1/check/batch", {"items": 1})):
        answer = ask(path, body)
        said = openapi["paths"][path]["post"]["responses"][str(answer.status)]["content"][answer.headers["content-type"]]
        validator(openapi, said["schema"]).validate(answer.json)


@pytest.mark.parametrize(
    "body",
    [
        {"text": ""},
        {"text": "", "kind": "letter"},
        {"text": "", "kind": "posting", "sender": "worker", "approved_tools": ["x"], "repeated": True},
        {"text": "", "approved_tools": ["x" * 201]},
        {"text": "", "x": 1},
        {"text": None},
        {},
        [],
    ],
)
def test_what_the_document_allows_is_judged_and_nothing_else(ask, openapi, body):
    said = openapi["paths"]["/v1/check"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    allowed = validator(openapi, said).is_valid(body)
    assert (ask("/v1/check", body).status == 200) == allowed
