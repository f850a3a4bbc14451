"""Real answers against the OpenAPI document with every object closed: no field is untold, none told that is not there."""

from __future__ import annotations

import copy
import json
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sekisho.core.detection.library import load
from sekisho.interfaces.gate.app import Gate
from sekisho.interfaces.gate.counts import Counts
from sekisho.interfaces.gate.judging import Current
from sekisho.interfaces.gate.openapi import document
from sekisho.interfaces.gate.server import LAYOUT
from sekisho.interfaces.gate.settings import Limits, Settings

from .conftest import ROOT, Client
from .making import damaged

CORPUS = ROOT / "benchmarks" / "data" / "dev.jsonl"
COMMAND_LINE = json.loads((ROOT / "docs/schema/posting.schema.json").read_text(encoding="utf-8"))
CLIENTS: tuple[Any, ...] = (
    None,
    {
        "rating": 2.1,
        "reviews": 0,
        "orders": 0,
        "registered_days": 3,
        "profile": "",
        "identity_verified": False,
    },
    {"rating": 4.9, "reviews": 120, "orders": 300, "registered_days": 2000, "profile": "制作会社です。"},
)
PAYS: tuple[Any, ...] = (
    None, {"text": "月50万円、1日30分"}, {"text": "1文字0.1円"}, {"text": "時給$25〜"}, {"text": "1記事3,000円以上"}, {},
)  # fmt: skip


@pytest.fixture(scope="module")
def ask() -> Client:
    """A gate on the standard pack, which has the data for postings."""
    lines: list[dict[str, Any]] = []
    tell = lambda event, **fields: lines.append({"event": event, **fields})  # noqa: E731
    judge = load("standard")
    return Client(Gate(Settings(), Current.of("standard", judge), Counts(LAYOUT), tell), lines)


def closed(schema: Any) -> Any:
    """The schema with no room for a field it does not name. Where fields are not named at all (texts by language) room stays."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    shut = (
        {"additionalProperties": False} if "properties" in schema and schema.get("type") == "object" else {}
    )
    return {**{name: closed(part) for name, part in schema.items()}, **shut}


OPENAPI = closed(json.loads(document(Limits())))


def fits(path: str, answer: Any) -> None:
    said = OPENAPI["paths"][path]["post"]["responses"]["200"]["content"]["application/json"]["schema"]
    jsonschema.Draft202012Validator({**said, "components": OPENAPI["components"]}).validate(answer)


def rows(kind: str) -> list[dict[str, Any]]:
    told = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]
    return [row for row in told if row["kind"] == kind]


def postings() -> list[dict[str, Any]]:
    """The postings of the corpus, with every manner of pay and client in turn."""
    made = []
    for number, row in enumerate(rows("posting")):
        title, _, body = row["text"].partition("\n")
        given = {"title": title, "body": body, "category": "data_entry" if number % 2 else None}
        made.append({**given, "pay": PAYS[number % len(PAYS)], "client": CLIENTS[number % len(CLIENTS)]})
    return made


def test_postings_are_answered_as_the_document_says_field_by_field(ask: Client) -> None:
    seen: set[str] = set()
    for posting in postings():
        answer = ask("/v1/check_posting", posting)
        assert answer.status == 200
        fits("/v1/check_posting", answer.json)
        seen |= {name for name, value in answer.json.items() if value}
        seen |= {"going" for pay in answer.json["pay"] if pay["going"]}
    assert {
        "findings",
        "signs",
        "pay",
        "going",
        "missing",
        "contacts",
        "vague",
        "pay_implausible",
        "pay_too_low",
    } <= seen


@settings(suppress_health_check=list(HealthCheck))
@given(posting=damaged(st.sampled_from(postings()).map(copy.deepcopy)))
def test_a_damaged_posting_is_answered_without_a_fault(ask: Client, posting: Any) -> None:
    assert ask("/v1/check_posting", json.dumps(posting).encode()).status < 500
    assert ask.lines == []


def test_a_batch_of_postings_is_answered_as_the_document_says(ask: Client) -> None:
    fits(
        "/v1/check_posting/batch",
        ask("/v1/check_posting/batch", {"items": [*postings()[:8], 5, {"title": 1}]}).json,
    )


def test_messages_are_answered_as_the_document_says_field_by_field(ask: Client) -> None:
    for row in rows("message"):
        body = {name: row[name] for name in ("text", "kind", "sender", "stage")}
        fits("/v1/check", ask("/v1/check", body).json)


def test_threads_are_answered_as_the_document_says_field_by_field(ask: Client) -> None:
    said = [
        {"type": "message", "sender": row["sender"], "text": row["text"], "id": row["id"]}
        for row in rows("message")[:30]
    ]
    agreed = {"type": "contract_agreed", "at": "2026-01-01T00:00:00Z"}
    answer = ask("/v1/check_thread", {"events": [*said[:15], agreed, *said[15:]]})
    assert answer.status == 200
    fits("/v1/check_thread", answer.json)


def resolved(schema: Any, whole: Any) -> Any:
    """A part of a schema without references, alternatives with null spelled one way, and words for people left out."""
    if "$ref" in schema:
        at = whole
        for step in schema["$ref"].removeprefix("#/").split("/"):
            at = at[step]
        return resolved(at, whole)
    if "properties" in schema:
        return {name: resolved(part, whole) for name, part in schema["properties"].items()}
    if "items" in schema:
        return [resolved(schema["items"], whole)]
    parts = [resolved(part, whole) for part in schema.get("anyOf", schema.get("oneOf", []))]
    if parts:
        inner = next(part for part in parts if part != "null")
        return sorted([*inner, "null"]) if isinstance(inner, list) else {"or null": inner}
    if "enum" in schema or "const" in schema:
        return sorted("null" if word is None else word for word in schema.get("enum", [schema.get("const")]))
    kind = schema["type"]
    if isinstance(kind, list):
        return {"or null": next(one for one in kind if one != "null")}
    return kind


def test_the_command_line_and_the_server_tell_one_and_the_same_record_of_a_posting() -> None:
    server = json.loads(document(Limits()))
    ours = resolved(server["components"]["schemas"]["PostingAnswer"], server)
    theirs = resolved(COMMAND_LINE, COMMAND_LINE)
    del theirs["file"]
    assert ours == theirs
