"""OpenAPI 3.1 of the server, generated from the types of requests and answers and from the table of problems."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import msgspec

import sekisho
from sekisho.interfaces.gate.answers import (
    Health,
    PostingAnswer,
    Problem,
    Ready,
    ThreadAnswer,
    VerdictAnswer,
)
from sekisho.interfaces.gate.judging import ENDPOINTS, Endpoint
from sekisho.interfaces.gate.problems import CONTENT_TYPE, KINDS
from sekisho.interfaces.gate.settings import Limits

_ANSWERS: dict[str, type[msgspec.Struct]] = {
    "check": VerdictAnswer,
    "check_posting": PostingAnswer,
    "check_thread": ThreadAnswer,
}
_SAID: tuple[tuple[str, str, type[msgspec.Struct]], ...] = (
    ("/healthz", "The process is alive.", Health),
    ("/readyz", "A pack is in use; and whether the pack in its folder was refused.", Ready),
)
_DIGEST_HEADERS = {
    "Sekisho-Pack": {"description": "Id of the pack.", "schema": {"type": "string"}},
    "Sekisho-Digest": {"description": "Names pack and engine exactly.", "schema": {"type": "string"}},
}


@lru_cache(maxsize=1)
def document(limits: Limits) -> bytes:
    """The document as JSON."""
    kinds = [one.body for one in ENDPOINTS] + list(_ANSWERS.values()) + [Health, Ready, Problem]
    _, components = msgspec.json.schema_components(kinds, ref_template="#/components/schemas/{name}")
    paths: dict[str, Any] = {}
    for endpoint in ENDPOINTS:
        paths[endpoint.path] = {"post": _post(endpoint)}
        paths[endpoint.path + "/batch"] = {"post": _post_batch(endpoint, limits)}
    for path, about, kind in _SAID:
        paths[path] = {"get": _get(about, "application/json", _ref(kind))}
    paths["/metrics"] = {
        "get": _get("Counts in the Prometheus text format.", "text/plain", {"type": "string"})
    }
    paths["/openapi.json"] = {"get": _get("This document.", "application/json", {"type": "object"})}
    told = {
        "openapi": "3.1.0",
        "info": {"title": "sekisho gate", "version": sekisho.__version__, "description": _about(limits)},
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
        },
    }
    return msgspec.json.encode(told, order="sorted")


def _about(limits: Limits) -> str:
    return (
        f"Judges texts. Limits: {limits.body_bytes:,} bytes a body, {limits.text_length:,} code points a text, "
        f"{limits.batch_items:,} items a batch, {limits.request_seconds:g} seconds a request. No text is stored or logged."
    )


def _ref(kind: type[msgspec.Struct]) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{kind.__name__}"}


def _post(endpoint: Endpoint) -> dict[str, Any]:
    return _asked(endpoint.name, endpoint.about, _ref(endpoint.body), _ref(_ANSWERS[endpoint.name]))


def _post_batch(endpoint: Endpoint, limits: Limits) -> dict[str, Any]:
    items = {"type": "array", "maxItems": limits.batch_items, "items": _ref(endpoint.body)}
    body = {
        "type": "object",
        "properties": {"items": items},
        "required": ["items"],
        "additionalProperties": False,
    }
    about = endpoint.about[:-1] + ", many at once; each is answered or refused by itself."
    return _asked(endpoint.name + "_batch", about, body, _batch_answer(_ANSWERS[endpoint.name]))


def _batch_answer(kind: type[msgspec.Struct]) -> dict[str, Any]:
    """Answers in the order of the items: each is an answer with status 200, or a problem."""
    judged = _object(status={"const": 200}, answer=_ref(kind))
    refused = _object(status={"type": "integer", "minimum": 400, "maximum": 599}, problem=_ref(Problem))
    results = {"type": "array", "items": {"oneOf": [judged, refused]}}
    return _object(pack={"type": "string"}, digest={"type": "string"}, results=results)


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _asked(name: str, about: str, body: dict[str, Any], answer: dict[str, Any]) -> dict[str, Any]:
    return {
        "operationId": name,
        "summary": about,
        "security": [{"key": []}, {}],
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        "responses": {"200": _answer("Judged.", "application/json", answer), **_refusals()},
    }


def _get(about: str, media: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {
        "summary": about,
        "responses": {"200": _answer(about, media, schema), **_refusals("401", "404", "405", "503")},
    }


def _answer(about: str, media: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": about, "headers": _DIGEST_HEADERS, "content": {media: {"schema": schema}}}


def _refusals(*only: str) -> dict[str, Any]:
    told: dict[str, list[str]] = {}
    for code, kind in KINDS.items():
        if not only or str(kind.status) in only:
            told.setdefault(str(kind.status), []).append(f"`{code}`: {kind.en}.")
    return {
        status: _answer(" ".join(said), CONTENT_TYPE, _ref(Problem)) for status, said in sorted(told.items())
    }
