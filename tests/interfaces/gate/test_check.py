"""What the endpoints answer."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

import sekisho
from sekisho.core.detection.record import verdict_record
from sekisho.core.rules.model import Kind, Sender, Stage
from sekisho.interfaces.cli import json_output
from sekisho.interfaces.gate.answers import VerdictAnswer
from sekisho.interfaces.gate.problems import HINTS, KINDS, WANTED
from sekisho.interfaces.gate.settings import Limits

HIT = "😀 LINEに移動してください"


def test_a_verdict_is_the_record_of_the_command_line(ask, tiny_pack):
    verdict = sekisho.check(HIT, pack=tiny_pack)
    answer = ask("/v1/check", {"text": HIT})
    assert answer.status == 200
    assert answer.json == json.loads(json_output.line(verdict_record(HIT, verdict)))
    assert answer.json["verdict"] == "violation"


def test_a_clear_verdict_is_the_record_of_the_command_line(ask, tiny_pack):
    text = "よろしくお願いします。"
    assert ask("/v1/check", {"text": text}).json == verdict_record(text, sekisho.check(text, pack=tiny_pack))


def test_an_answer_has_the_shape_that_openapi_tells(ask):
    msgspec.json.decode(ask("/v1/check", {"text": HIT}).body, type=VerdictAnswer, strict=True)


def test_context_counts(ask):
    told = {"text": HIT, "stage": "contact_approved", "approved_tools": ["line"]}
    assert ask("/v1/check", told).json["verdict"] == "clear"
    assert ask("/v1/check", {"text": HIT, "repeated": True}).json["action"] == "hold"


@pytest.mark.parametrize("values", [Kind, Sender, Stage])
def test_every_word_of_the_context_is_known(ask, values):
    field = values.__name__.lower()
    assert {ask("/v1/check", {"text": "", field: value.value}).status for value in values} == {200}


@pytest.mark.parametrize("path", ["/v1/check", "/healthz", "/readyz", "/metrics", "/openapi.json", "/nowhere"])
def test_every_answer_names_pack_and_engine(ask, path):
    headers = ask(path, {"text": ""} if path == "/v1/check" else None).headers
    assert headers["sekisho-pack"] == "tiny"
    assert headers["sekisho-digest"] == ask.gate.current.judge.digest


def test_every_item_of_a_batch_is_answered_or_refused_by_itself(make):
    ask = make(limits=Limits(text_length=50))
    items = [{"text": HIT}, {"text": 1}, 5, {"text": "x" * 51}, {"text": "", "kind": "?"}, {"text": ""}]
    answer = ask("/v1/check/batch", {"items": items})
    assert answer.status == 200
    results = answer.json["results"]
    assert [result["status"] for result in results] == [200, 422, 422, 422, 422, 200]
    assert [result["problem"].get("at") for result in results[1:5]] == [
        "$.items[1].text",
        "$.items[2]",
        "$.items[3].text",
        "$.items[4].kind",
    ]
    assert results[0]["answer"] == ask("/v1/check", {"text": HIT}).json


def test_a_batch_has_its_limit(make):
    ask = make(limits=Limits(batch_items=2))
    assert ask("/v1/check/batch", {"items": [{"text": ""}] * 2}).status == 200
    assert ask("/v1/check/batch", {"items": [{"text": ""}] * 3}).json["code"] == "batch_too_large"


def test_items_for_which_no_time_is_left_are_told_so(make):
    ask = make(limits=Limits(request_seconds=0.0))
    results = ask("/v1/check/batch", {"items": [{"text": ""}] * 2}).json["results"]
    assert [(result["status"], result["problem"]["code"]) for result in results] == [(503, "late")] * 2


def test_who_waits_too_long_for_a_judge_is_told_to_come_again(make):
    ask = make(limits=Limits(request_seconds=0.01))
    with ask.gate.judging:
        answer = ask("/v1/check", {"text": ""})
    assert (answer.status, answer.json["code"], answer.headers["retry-after"]) == (503, "late", "1")
    assert ask("/v1/check", {"text": ""}).status == 200


POSTING = {"title": "記事作成", "body": "LINEに移動", "client": {"rating": 4.7, "reviews": 3}}
THREAD = {"events": [{"type": "message", "sender": "client", "text": "LINEに移動"}, {"type": "contract_agreed"}]}


def test_a_thread_is_judged(ask):
    answer = ask("/v1/check_thread", THREAD)
    assert (answer.status, answer.json["verdict"]) == (200, "violation")


def test_a_pack_without_the_data_for_postings_says_so(ask):
    answer = ask("/v1/check_posting", POSTING)
    assert (answer.status, answer.json["code"]) == (501, "not_built")


@pytest.mark.parametrize("path", ["check_posting", "check_thread"])
def test_a_function_of_the_core_is_called_with_plain_values_and_the_pack(ask, monkeypatch, path):
    asked = []

    class Verdict(msgspec.Struct):
        verdict: str
        digest: str

    def call(given, *, pack):
        asked.append((given, pack))
        return Verdict("clear", "d")

    monkeypatch.setattr(sekisho, path, call, raising=False)
    monkeypatch.setattr("sekisho.interfaces.gate.judging._found", lambda *_: lambda _, v: msgspec.to_builtins(v))
    body = POSTING if path == "check_posting" else THREAD
    assert ask("/v1/" + path, body).json == {"verdict": "clear", "digest": "d"}
    assert asked == [(body["events"] if path == "check_thread" else body, ask.gate.current.folder)]


@pytest.mark.parametrize("path", ["check_posting", "check_thread"])
def test_what_a_function_of_the_core_refuses_is_a_problem_without_its_message(ask, monkeypatch, path):
    class BadEvent(ValueError):
        index, field = 1, "amount_yen"

    def call(*_, **__):
        raise BadEvent("SECRET")

    monkeypatch.setattr(sekisho, path, call, raising=False)
    monkeypatch.setattr("sekisho.interfaces.gate.judging._found", lambda *_: dict)
    answer = ask("/v1/" + path, POSTING if path == "check_posting" else THREAD)
    assert (answer.status, answer.json["at"]) == (422, "$.events[1].amount_yen")
    assert b"SECRET" not in answer.body


@pytest.mark.parametrize(
    ("accepted", "lang"),
    [("", "en"), ("ja", "ja"), ("ja-JP,en;q=0.5", "ja"), ("fr,ja;q=0.2,en;q=0.9", "en"), ("*", "en"), ("jaq", "en")],
)
def test_a_problem_is_told_in_the_better_language(ask, accepted, lang):
    answer = ask("/nowhere", HTTP_ACCEPT_LANGUAGE=accepted)
    kind = KINDS["not_found"]
    assert (answer.headers["content-language"], answer.json["title"]) == (lang, kind.ja if lang == "ja" else kind.en)
    assert answer.headers["content-type"] == "application/problem+json"


def test_every_kind_of_problem_is_told_in_both_languages():
    for pair in (*((kind.ja, kind.en) for kind in KINDS.values()), *HINTS.values(), *WANTED.values()):
        ja, en = pair
        assert en.replace("{}", "").isascii()
        assert not ja.isascii()
        assert ja.count("{}") == en.count("{}")


def test_a_problem_has_the_members_of_rfc_9457(ask):
    told = ask("/v1/check", {"text": 1}).json
    assert told == {
        "type": "urn:sekisho:gate:wrong_value",
        "title": "A value is wrong",
        "status": 422,
        "code": "wrong_value",
        "detail": "$.text: must be str",
        "at": "$.text",
    }


def test_every_problem_stands_in_the_documentation():
    page = (Path(__file__).parents[3] / "docs" / "json.md").read_text(encoding="utf-8")
    assert [code for code in KINDS if f"`{code}`" not in page] == []
