"""What the check page takes: bounded, refused in words, and counted by address without a word of the text."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory, override_settings
from tests.site.web.test_check import LURE, ask, said

from sekisho.interfaces.web.checking import intake
from sekisho.market.kernel.models import Bucket


def test_a_text_beyond_the_limit_is_refused_with_its_length() -> None:
    answer = ask("あ" * 20_001)
    assert (answer.status_code, "20,001" in said(answer)) == (400, True)


def test_a_request_beyond_the_limit_is_refused_before_it_is_read() -> None:
    answer = ask(picture=SimpleUploadedFile("a.png", b"0" * (intake.MOST_BYTES + 1), "image/png"))
    assert (answer.status_code, "12MB" in said(answer)) == (400, True)


def test_an_empty_form_says_what_to_do() -> None:
    assert ask("  ").status_code == 400


def test_an_address_may_not_ask_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    policy = {"bucket": {"per_minute": 0.1, "burst": 3}, "cost": {"live": 1}}
    monkeypatch.setattr(intake, "limits", lambda: policy)
    client = Client(REMOTE_ADDR="203.0.113.9")
    statuses = [client.post("/check/live", {"text": LURE}).status_code for _ in range(4)]
    assert statuses == [200, 200, 200, 429]
    assert Client(REMOTE_ADDR="203.0.113.10").post("/check/live", {"text": LURE}).status_code == 200
    keys = [bucket.key for bucket in Bucket.objects.all()]
    assert keys
    assert not any("203.0.113" in key for key in keys)


def test_the_policy_can_pay_for_every_kind_of_check() -> None:
    policy = intake.limits()
    assert set(policy["cost"]) == {"text", "posting", "thread", "picture", "live"}
    assert max(policy["cost"].values()) <= policy["bucket"]["burst"]


@pytest.mark.parametrize(
    ("told", "forwarded", "counted"),
    [
        ("203.0.113.9", "", "203.0.113.9"),
        ("10.0.0.1", "198.51.100.7, 203.0.113.9", "203.0.113.9"),
        ("::ffff", "", "::/64"),
    ],
)
def test_an_address_is_the_one_that_a_trusted_proxy_names_last(
    told: str, forwarded: str, counted: str
) -> None:
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    request = RequestFactory(REMOTE_ADDR=told).get("/", headers=headers)
    with override_settings(
        SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https") if forwarded else None
    ):
        assert intake._address(request) == counted
