"""No text reaches a log, a metric or a problem: a mark is sent in every place there is, and everything told is searched."""

from __future__ import annotations

import json

import pytest

import sekisho
from sekisho.interfaces.gate import judging
from sekisho.interfaces.gate.logs import places
from sekisho.interfaces.gate.settings import Limits

MARK = "秘密のしるしzqx"
HALVES = ("秘密のしるし", "zqx")

BODIES = [
    {"text": MARK + "x" * 500},
    {"text": [MARK]},
    {"text": "", "kind": MARK},
    {"text": "", "sender": MARK},
    {"text": "", "stage": MARK},
    {"text": "", "approved_tools": [MARK * 100]},
    {"text": "", "approved_tools": MARK},
    {"text": "", "repeated": MARK},
    {"text": "", MARK: 1},
    {"text": "", f"a - at `$.{MARK}`": 1},
    {"text": {MARK: {MARK: MARK}}},
    MARK,
    [MARK],
    {"items": MARK},
    {"items": [{"text": 1, MARK: 2}, {MARK: 1}, MARK, {"text": "", "kind": MARK}]},
    {"events": MARK},
    {"events": [MARK]},
    {"events": [{MARK: MARK}]},
    {"events": [{"type": MARK, "text": MARK}]},
    {"events": [{"type": "message", "sender": MARK}]},
    {"events": [{"type": "message", "sender": "client", "text": MARK, "at": MARK, "id": MARK}]},
    {"events": [{"type": "contact_request", "by": "client", "tools": [MARK], "purpose": MARK, "amount_yen": MARK}]},
    {"title": [MARK], "body": MARK},
    {"title": MARK, "client": MARK},
    {"title": MARK, "client": {"rating": MARK, MARK: MARK}},
    {"title": MARK, "pay": {"text": [MARK]}},
]
RAW = [MARK.encode(), b'{"text":"' + MARK.encode(), MARK.encode("utf-16"), b'{"' + MARK.encode() + b'\xff":1}']
PATHS = [f"/v1/{name}{end}" for name in ("check", "check_posting", "check_thread") for end in ("", "/batch")]


def told(*parts):
    return json.dumps(parts, ensure_ascii=False, default=repr)


@pytest.mark.parametrize("path", PATHS)
def test_no_text_reaches_a_problem_a_log_or_a_metric(make, path):
    ask = make(limits=Limits(text_length=100), log_requests=True)
    for body in [*BODIES, *RAW]:
        answer = ask(path, body)
        if answer.status != 200:
            assert not any(half in answer.body.decode() for half in HALVES), body
        elif path.endswith("/batch"):
            problems = [result["problem"] for result in answer.json["results"] if "problem" in result]
            assert not any(half in told(problems) for half in HALVES), body
        assert not any(half in told(answer.headers) for half in HALVES)
    everything = told(ask.lines, ask("/metrics").body.decode(), ask("/readyz").json)
    assert not any(half in everything for half in HALVES)
    assert len(ask.lines) >= len(BODIES)


@pytest.mark.parametrize(
    "headers",
    [
        {"PATH_INFO": "/" + MARK},
        {"QUERY_STRING": MARK},
        {"HTTP_AUTHORIZATION": "Bearer " + MARK},
        {"HTTP_ACCEPT_LANGUAGE": MARK},
        {"CONTENT_TYPE": MARK},
        {"CONTENT_TYPE": "application/json; charset=" + MARK},
        {"CONTENT_LENGTH": MARK},
        {"REQUEST_METHOD": MARK},
        {"HTTP_CONTENT_ENCODING": MARK},
    ],
)
def test_no_header_reaches_a_problem_a_log_or_a_metric(make, headers):
    ask = make(keys={"one": "0" * 64}, log_requests=True)
    answer = ask("/v1/check", {"text": MARK}, **headers)
    assert answer.status >= 400
    everything = told(answer.headers, answer.body.decode(), ask.lines, ask.gate.counts.told("p", "d", refused=False).decode())
    assert not any(half in everything for half in HALVES)


def test_a_fault_of_ours_is_told_without_what_was_sent(ask, monkeypatch):
    def fails(*_):
        raise RuntimeError(f"cannot judge {MARK}")

    monkeypatch.setattr(judging, "verdict_record", fails)
    answer = ask("/v1/check", {"text": "LINEに移動 " + MARK})
    assert (answer.status, answer.json["code"]) == (503, "fault")
    (line,) = ask.lines
    assert line["event"] == "fault"
    assert "RuntimeError at test_privacy.py" in line["where"]
    items = ask("/v1/check/batch", {"items": [{"text": ""}, {"text": "LINEに移動 " + MARK}]}).json["results"]
    assert [(item["status"], item.get("problem", {}).get("code")) for item in items] == [(200, None), (503, "fault")]
    assert not any(half in told(line, answer.body.decode()) for half in HALVES)


def test_a_fault_of_the_core_is_told_without_its_message(ask, monkeypatch):
    def call(*_, **__):
        raise KeyError(MARK)

    monkeypatch.setattr(sekisho, "check_posting", call, raising=False)
    monkeypatch.setattr(judging, "_found", lambda *_: dict)
    assert ask("/v1/check_posting", {"title": MARK}).status == 503
    assert not any(half in told(ask.lines) for half in HALVES)


def test_places_names_lines_and_no_message():
    with pytest.raises(ValueError, match=MARK) as raised:
        raise ValueError(MARK)
    assert places(raised.value).startswith("ValueError at test_privacy.py:")
    assert MARK not in places(raised.value)
