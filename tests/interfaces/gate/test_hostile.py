"""Bad requests: a clear answer below 500, whatever comes in; and nothing of it in what is told."""

from __future__ import annotations

import json
import string

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sekisho.interfaces.gate.problems import KINDS
from sekisho.interfaces.gate.settings import Limits

PATHS = [f"/v1/{name}{end}" for name in ("check", "check_posting", "check_thread") for end in ("", "/batch")]
ALLOWED = {200} | {kind.status for kind in KINDS.values() if kind.status < 500} | {501}

BODIES = {
    "nothing": b"",
    "not json": b"text=abc",
    "half": b'{"text":"ab',
    "two": b'{"text":""}{"text":""}',
    "a mark before": b'\xef\xbb\xbf{"text":""}',
    "not utf-8": b'{"text":"\x83\x8d"}',
    "utf-16": '{"text":""}'.encode("utf-16"),
    "a surrogate in bytes": b'{"text":"\xed\xa0\x80"}',
    "a lone surrogate": b'{"text":"\\ud800"}',
    "a lone low surrogate": b'{"text":"\\udc00 abc def ghi"}',
    "deep": b'{"text":' + b"[" * 200_000 + b"]" * 200_000 + b"}",
    "deep and unknown": b'{"title":"","x":' + b'{"a":' * 100_000 + b"1" + b"}" * 100_000 + b"}",
    "deep items": b'{"items":[' + b"[" * 100_000 + b"]" * 100_000 + b"]}",
    "a huge number": b'{"text":"","repeated":' + b"9" * 100_000 + b"}",
    "an endless number": b'{"client":{"rating":1e999}}',
    "not a number": b'{"client":{"rating":NaN}}',
    "huge counts": b'{"client":{"reviews":' + b"9" * 400 + b"}}",
    "a huge unknown number": b'{"x":' + b"9" * 5_000 + b"}",
    "huge events": b'{"events":[{"type":"escrow_funded","amount_yen":' + b"9" * 5_000 + b"}]}",
    "null": b"null",
    "a list": b"[]",
    "a string": b'"text"',
    "wrong types": b'{"text":{"a":[1]},"kind":[],"approved_tools":"line"}',
    "unknown words": b'{"text":"","kind":"letter"}',
    "unknown fields": b'{"text":"","txt":""}',
    "many keys": json.dumps({"text": "", **{f"k{n}": n for n in range(20_000)}}).encode(),
    "many tools": json.dumps({"text": "", "approved_tools": ["x"] * 51}).encode(),
    "a long tool": json.dumps({"text": "", "approved_tools": ["x" * 201]}).encode(),
    "a path in a name": b'{"text":"","x - at `$.text`":1}',
    "zeros": b"\x00" * 1_000,
}


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("name", BODIES)
def test_a_bad_body_gets_a_problem(ask, path, name):
    answer = ask(path, BODIES[name])
    assert answer.status in ALLOWED
    if answer.status != 200:
        assert answer.json["status"] == answer.status
        assert KINDS[answer.json["code"]].status == answer.status
    assert ask.lines == []


def test_the_harmless_escapes_are_judged(ask):
    assert ask("/v1/check", b'{"text":"\\u0000\\ud83d\\ude00\\u202e"}').status == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"CONTENT_TYPE": "text/plain"}, 415),
        ({"CONTENT_TYPE": ""}, 415),
        ({"CONTENT_TYPE": "application/json; charset=shift_jis"}, 415),
        ({"CONTENT_TYPE": 'Application/JSON; charset="UTF-8"'}, 200),
        ({"HTTP_CONTENT_ENCODING": "gzip"}, 415),
        ({"CONTENT_LENGTH": "999999999999"}, 413),
        ({"CONTENT_LENGTH": "-1"}, 413),
        ({"CONTENT_LENGTH": "٣"}, 413),
        ({"CONTENT_LENGTH": "9" * 5000}, 413),
        ({"CONTENT_LENGTH": "50"}, 408),
        ({"CONTENT_LENGTH": ""}, 200),
    ],
)
def test_headers_are_read_strictly(ask, headers, status):
    assert ask("/v1/check", {"text": ""}, **headers).status == status


def test_a_body_without_a_length_has_its_limit_too(make):
    ask = make(limits=Limits(body_bytes=1000))
    assert ask("/v1/check", {"text": "x" * 900}, CONTENT_LENGTH="").status == 200
    assert ask("/v1/check", {"text": "x" * 1000}, CONTENT_LENGTH="").json["code"] == "body_too_large"


@pytest.mark.parametrize("path", ["/v1/check", "/v1/check_posting", "/v1/check_thread"])
def test_a_text_has_its_limit(make, path):
    ask = make(limits=Limits(text_length=5))
    body = {"text": "x" * 6} if path == "/v1/check" else {"title": "x" * 6}
    if path == "/v1/check_thread":
        body = {"events": [{"type": "message", "sender": "client", "text": "x" * 6}]}
    assert ask(path, body).json["code"] == "text_too_long"


@pytest.mark.parametrize(
    ("path", "method", "allowed"),
    [
        ("/v1/check", "GET", "POST"),
        ("/v1/check", "HEAD", "POST"),
        ("/v1/check/batch", "PUT", "POST"),
        ("/healthz", "POST", "GET, HEAD"),
        ("/metrics", "DELETE", "GET, HEAD"),
        ("/v1/check", "OPTIONS", "POST"),
        ("/v1/check", "BREW", "POST"),
    ],
)
def test_a_wrong_method_is_told_the_right_one(ask, path, method, allowed):
    answer = ask(path, method=method)
    assert (answer.status, answer.headers["allow"]) == (405, allowed)


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics", "/openapi.json"])
def test_head_is_get_without_the_body(ask, path):
    head, get = ask(path, method="HEAD"), ask(path)
    assert (head.status, head.body, get.status) == (200, b"", 200)
    if path != "/metrics":
        assert head.headers == get.headers


@pytest.mark.parametrize("path", ["", "/", "/v1", "/v1/check/", "/V1/check", "/v1/check/batch/x", "/\udcff", "/../x"])
def test_there_is_nothing_elsewhere(ask, path):
    assert ask(path, {"text": ""}).status == 404


words = st.sampled_from(["text", "kind", "sender", "stage", "approved_tools", "items", "events", "type", "client", "pay"])
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["message", "LINEに移動", "client"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words | st.text(string.ascii_letters), inner, max_size=6),
    max_leaves=12,
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=st.sampled_from(PATHS), body=values)
def test_no_json_makes_the_server_fail(ask, path, body):
    try:
        data = json.dumps(body, ensure_ascii=False).encode("utf-8", "surrogatepass")
    except ValueError:
        return
    assert ask(path, data).status in ALLOWED
    assert ask.lines == []


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=st.sampled_from(PATHS), body=st.binary(max_size=200))
def test_no_bytes_make_the_server_fail(ask, path, body):
    assert ask(path, body).status in ALLOWED
    assert ask.lines == []

