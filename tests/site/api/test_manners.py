"""What holds for every operation: tokens, problems, keys, cursors, ETags, limits."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from api_callers import JOB, Caller, back_end
from sekisho.interfaces.api import callers as limits_of
from sekisho.interfaces.api.callers import Limits
from sekisho.interfaces.api.operations import OPERATIONS
from sekisho.interfaces.api.problems import status_of
from sekisho.market.jobs.models import Job
from sekisho.market.kernel.problems import PROBLEMS
from sekisho.market.people.models import Token


def test_a_session_cookie_opens_nothing(cast: dict[str, Any]) -> None:
    browser = Client()
    browser.force_login(cast["aoba"])
    assert browser.get("/api/v1/me").status_code == 401
    assert browser.post("/api/v1/jobs", JOB, content_type="application/json").status_code == 401


@pytest.mark.parametrize("token", ["x", "sk_", "é", "a" * 5000, "sk_a b"])
def test_a_token_that_is_none_is_refused(token: str, db: None) -> None:
    assert Caller(token).refused("GET", "/me") == (401, "bad_token")


def test_a_revoked_token_and_one_of_a_closed_account_open_nothing(
    cast: dict[str, Any], callers: dict[str, Caller]
) -> None:
    cast["taro"].is_active = False
    cast["taro"].save()
    Token.objects.filter(account=cast["hanako"]).update(revoked_at="2026-01-01T00:00:00Z")
    for name in ("taro", "hanako"):
        assert callers[name].refused("GET", "/me") == (401, "bad_token")


@pytest.mark.parametrize(
    ("lang", "word"), [("ja", "見つかりません"), ("en-GB,en;q=0.9", "Not found"), ("fr", "見つかりません")]
)
def test_a_problem_speaks_the_language_that_was_asked_for(
    callers: dict[str, Caller], lang: str, word: str
) -> None:
    told = callers["aoba"].ask("GET", "/nowhere", **{"Accept-Language": lang}).json()
    assert word in told["title"]
    assert (told["status"], told["code"], told["type"]) == (404, "not_found", "/api/v1/problems/not_found")


def test_a_problem_carries_its_facts(cast: dict[str, Any], callers: dict[str, Caller]) -> None:
    told = callers["aoba"].ask("POST", "/jobs", JOB | {"title": "　"}).json()
    assert (told["code"], told["field"]) == ("blank", "title")


def test_every_code_can_be_read_where_its_type_says(callers: dict[str, Caller]) -> None:
    for row in callers["nobody"].get("/problems")["items"]:
        assert callers["nobody"].get(f"/problems/{row['code']}") == row
    assert all(400 <= status_of(code) <= 503 for code in PROBLEMS)


def test_what_is_wrong_with_a_body_is_told_by_pointers_without_repeating_it(
    callers: dict[str, Caller],
) -> None:
    told = (
        callers["aoba"].ask("POST", "/jobs", JOB | {"title": 1, "questions": ["a", 2], "secret": "x"}).json()
    )
    assert told["code"] == "bad_request"
    assert {error["pointer"]: error["code"] for error in told["errors"]} == {
        "#/title": "string_type", "#/questions/1": "string_type", "#/secret": "extra_forbidden"
    }  # fmt: skip


@pytest.mark.parametrize("body", [b"{", b"\xff", b"[1]", b"null", b'{"title": "\\ud800"}', b"[" * 5000])
def test_what_is_no_such_body_is_refused(callers: dict[str, Caller], body: bytes) -> None:
    assert callers["aoba"].refused("POST", "/jobs", body) == (400, "bad_request")


def test_a_body_of_another_type_or_too_large_is_refused_before_it_is_read(callers: dict[str, Caller]) -> None:
    headers = {"Authorization": f"Bearer {callers['aoba'].token}"}
    plain = Client().generic("POST", "/api/v1/jobs", "{}", content_type="text/plain", headers=headers)
    assert (plain.status_code, plain.json()["code"]) == (415, "wrong_media")
    assert callers["aoba"].refused("POST", "/jobs", b" " * 200_001) == (413, "too_large")


def test_another_method_is_told_which_there_are(callers: dict[str, Caller]) -> None:
    answer = callers["aoba"].ask("PATCH", "/jobs")
    assert (answer.status_code, set(answer["Allow"].split(", "))) == (405, {"GET", "POST"})


def test_the_same_key_makes_one_job_and_for_another_body_it_is_refused(callers: dict[str, Caller]) -> None:
    client, key = callers["aoba"], {"Idempotency-Key": "order-1"}
    assert client.do("/jobs", JOB, **key) == client.do("/jobs", JOB, **key)
    assert Job.objects.count() == 1
    assert client.refused("POST", "/jobs", JOB | {"title": "別の案件"}, **key) == (409, "key_reused")
    assert client.refused("POST", "/jobs", JOB, **{"Idempotency-Key": "a b"}) == (400, "bad_key")


def test_the_keys_of_two_callers_never_meet(cast: dict[str, Any], callers: dict[str, Caller]) -> None:
    operator, key = cast["kancho"].actor, {"Idempotency-Key": "1"}
    one, other = (back_end(operator, "money") for _ in range(2))
    deposit = {"client": str(cast["aoba"].id), "amount": 100, "reference": "a"}
    one.do("/house/deposits", deposit, **key)
    one.do("/house/deposits", deposit, **key)
    other.do("/house/deposits", deposit | {"reference": "b"}, **key)
    assert callers["aoba"].get("/money")["client_yen"] == 200


def test_pages_hold_every_row_once_though_rows_are_added_meanwhile(callers: dict[str, Caller]) -> None:
    client = callers["aoba"]
    made = [client.do("/jobs", JOB)["id"] for _ in range(5)]
    seen, cursor = [], ""
    while True:
        page = client.get(f"/jobs?limit=2{cursor}")
        seen += [row["id"] for row in page["items"]]
        if page["next"] is None:
            break
        client.do("/jobs", JOB)
        cursor = f"&cursor={page['next']}"
    assert seen == made[::-1]


@pytest.mark.parametrize("cursor", ["x", "W10", "é", "bnVsbA", "WyIyMDI2LTAxLTAxIiwgIngiXQ", "%00"])
def test_a_cursor_of_ones_own_making_is_refused(callers: dict[str, Caller], cursor: str) -> None:
    status, code = callers["aoba"].refused("GET", f"/jobs?cursor={cursor}")
    assert (status, code) in {(400, "bad_cursor"), (400, "bad_request")}


@pytest.mark.parametrize("limit", ["0", "101", "x", "1e9"])
def test_a_page_has_from_one_to_a_hundred_rows(callers: dict[str, Caller], limit: str) -> None:
    assert callers["aoba"].refused("GET", f"/jobs?limit={limit}") == (400, "bad_request")


def test_what_has_not_changed_is_not_sent_again(callers: dict[str, Caller]) -> None:
    client = callers["aoba"]
    place = f"/jobs/{client.do('/jobs', JOB)['id']}"
    tag = client.ask("GET", place)["ETag"]
    again = client.ask("GET", place, **{"If-None-Match": tag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    client.do(place, JOB | {"title": "紹介文12本"}, "PUT")
    assert client.ask("GET", place, **{"If-None-Match": tag}).status_code == 200


def test_who_asks_too_often_is_told_when_to_come_again(
    callers: dict[str, Caller], monkeypatch: pytest.MonkeyPatch
) -> None:
    few = limits_of.Limits(1000, {"per_minute": 1, "burst": 2}, {"per_minute": 1, "burst": 1})
    monkeypatch.setattr(limits_of, "limits", lambda: few)
    client = callers["aoba"]
    client.get("/me"), client.get("/me")
    answer = client.ask("GET", "/me")
    assert (answer.status_code, answer.json()["code"]) == (429, "too_fast")
    assert 1 <= int(answer["Retry-After"]) <= 60
    client.do("/judge", {"text": "a"})
    callers["hanako"].get("/me")


def test_a_back_end_does_what_its_scopes_say_and_nothing_else(
    cast: dict[str, Any], db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    often = {"per_minute": 100_000, "burst": 100_000}
    monkeypatch.setattr("sekisho.interfaces.api.callers.limits", lambda: Limits(200_000, often, often))
    bare = back_end(cast["kancho"].actor)
    for op in OPERATIONS:
        if not op.open and op.body is None:
            path = op.path.replace("{id}", str(cast["aoba"].id))
            path += {"files.upload": "?name=a.txt&purpose=message", "reports.about": f"?about=job&id={cast['aoba'].id}"}.get(
                op.name, ""
            )
            want = (403, "no_scope" if op.scope else "users_only")
            assert bare.refused(op.method, path) == want, op.name


def test_a_text_is_judged_without_being_stored(callers: dict[str, Caller], cast: dict[str, Any]) -> None:
    told = callers["aoba"].do("/judge", {"text": "契約前ですが、LINEで連絡しましょう。"})
    assert told["verdict"] == "violation"
    assert told["findings"][0]["quote"]


def test_a_fault_of_the_server_is_a_problem_too(
    callers: dict[str, Caller], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("sekisho.interfaces.api.pages.page", broken)
    answer = callers["aoba"].ask("GET", "/jobs")
    assert (answer.status_code, answer.json()["code"]) == (500, "fault")
    assert b"secret" not in answer.content


@pytest.mark.parametrize("path", ["/", "/jobs/%0A", "/jobs/x", "/%0A%F3%84", "/jobs//", "/openapi.json/x"])
def test_any_other_address_is_a_problem_too(callers: dict[str, Caller], path: str) -> None:
    assert callers["aoba"].refused("GET", path) == (404, "not_found")
