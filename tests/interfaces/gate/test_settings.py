"""Keys and addresses: who may ask."""

from __future__ import annotations

import pytest

from sekisho.interfaces.gate.settings import (
    KEYS_VARIABLE,
    BadSettings,
    KeyRing,
    check_exposure,
    hash_of,
    new_key,
    read_keys,
)


def test_without_keys_everybody_may_ask(ask):
    assert ask("/v1/check", {"text": ""}).status == 200
    assert ask("/metrics").status == 200


def test_with_keys_a_key_is_needed_to_judge_and_to_read_the_counts(make):
    key = new_key()
    ask = make(keys={"shop": hash_of(key)})
    for path, body in (("/v1/check", {"text": ""}), ("/v1/check/batch", {"items": []}), ("/metrics", None)):
        for wrong in ({}, {"HTTP_AUTHORIZATION": f"Basic {key}"}, {"HTTP_AUTHORIZATION": f"Bearer {key}x"}):
            answer = ask(path, body, **wrong)
            assert (answer.status, answer.headers["www-authenticate"]) == (401, "Bearer")
        assert ask(path, body, HTTP_AUTHORIZATION=f"Bearer {key}").status == 200
    assert {ask(path).status for path in ("/healthz", "/readyz", "/openapi.json")} == {200}


def test_the_key_is_asked_for_before_the_body_is_read(make):
    class Untouched:
        def read(self, *_):
            raise AssertionError("read")

    assert make(keys={"shop": "0" * 64})("/v1/check", {"text": ""}, **{"wsgi.input": Untouched()}).status == 401


def test_a_ring_tells_keys_apart():
    one, two = new_key(), new_key()
    ring = KeyRing({"one": hash_of(one), "two": hash_of(two)})
    assert [ring.name_of(f"Bearer {key}") for key in (one, two, "", one[:-1])] == ["one", "two", "", ""]
    assert ring.name_of("bearer " + one) == "one"
    assert ring.name_of("\udcff " * 3) == ""


def test_keys_are_read_from_one_line():
    first, second = hash_of("a"), hash_of("b")
    assert read_keys(f"shop:{first}, moderation:{second}\n") == {"shop": first, "moderation": second}
    assert read_keys("") == {}


@pytest.mark.parametrize("value", ["SECRET", "shop:SECRET", "shop", ":" + "0" * 64, f"a:{'0' * 64} a:{'1' * 64}"])
def test_a_bad_list_of_keys_is_refused_without_showing_it(value):
    with pytest.raises(BadSettings) as refused:
        read_keys(value)
    assert KEYS_VARIABLE in str(refused.value)
    assert "SECRET" not in str(refused.value) + refused.value.hint


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.8.8.8"])
def test_this_machine_needs_no_key(host):
    check_exposure(host, {}, is_open=False)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "gate.example.com"])
def test_other_machines_need_a_key_or_a_word(host):
    with pytest.raises(BadSettings, match="no key"):
        check_exposure(host, {}, is_open=False)
    check_exposure(host, {"a": "0" * 64}, is_open=False)
    check_exposure(host, {}, is_open=True)
