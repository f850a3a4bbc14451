"""Pages are as safe and as quick as promised: for everybody, in both languages."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from tests.market.stage import Stage


def pages(stage: Stage) -> list[str]:
    """An address for every page that can be asked for by GET, with things that are there."""
    contract = stage.completed()
    dispute = stage.proposed()
    job = stage.job(questions=("経験を教えてください",))
    ids = {"jobs": job.id, "deals": contract.deal_id, "contracts": contract.id, "people": stage.cast["aoba"].id,
           "house": dispute.id}  # fmt: skip
    found = []
    for pattern in get_resolver("sekisho.interfaces.web.urls").url_patterns:
        route = str(pattern.pattern)
        if "<slug" not in route and "<help" not in route:
            found.append("/" + route.replace("<uuid:pk>", str(ids.get(route.split("/")[0], job.id))))
    return [*found, f"/contracts/{dispute.contract_id}", "/accounts/login/", "/accounts/signup/", "/accounts/email/",
            "/accounts/2fa/", "/accounts/password/change/", "/accounts/password/reset/"]  # fmt: skip


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_no_page_fails_for_anybody_and_none_may_run_a_script_of_its_own(
    stage: Stage, browsers: dict[str, Client], lang: str
) -> None:
    wrong = []
    for browser in browsers.values():
        browser.get("/jobs")  # makes the middleware, with the settings as they are
    for path in pages(stage):
        for name, browser in browsers.items():
            with override_settings(DEBUG=False):
                answer = browser.get(path, headers={"accept-language": lang})
            policy = answer.headers.get("Content-Security-Policy", "")
            text = answer.content.decode("utf-8", "replace")
            unsafe = "unsafe" in policy or "default-src 'none'" not in policy
            inline = "<style" in text or " style=" in text or " onclick=" in text or "<script>" in text
            if answer.status_code >= 500 or unsafe or inline:
                wrong.append((path, name, answer.status_code))
    assert wrong == []


def test_no_address_of_an_act_answers_to_get(stage: Stage, browsers: dict[str, Client]) -> None:
    contract = stage.agreed()
    paths = [f"/contracts/{contract.id}/{act}" for act in ("fund", "agree", "change-propose")]
    paths += ["/money/reference", f"/house/money/lists/{contract.id}"]
    assert {browsers["aoba"].get(path).status_code for path in paths} == {405}


def test_nobody_is_led_to_another_site(browsers: dict[str, Client]) -> None:
    answer = browsers["aoba"].post("/lang/en", {"next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"


def test_an_act_of_another_kind_of_thing_does_not_exist(stage: Stage, browsers: dict[str, Client]) -> None:
    contract = stage.agreed()
    for path in (
        f"contracts/{contract.id}/settle",
        f"contracts/{contract.id}/dispute-say",
        f"widgets/{contract.id}/agree",
    ):
        assert browsers["aoba"].post(f"/{path}").status_code == 404


def test_a_page_asks_the_database_as_often_whatever_its_length(
    stage: Stage, browsers: dict[str, Client]
) -> None:
    contract = stage.funded()
    most = {f"/deals/{contract.deal_id}": 12, "/home": 12, "/notices": 12, f"/contracts/{contract.id}": 18}

    def asked() -> list[int]:
        counts = []
        for path in most:
            with CaptureQueriesContext(connection) as seen:
                assert browsers["hanako"].get(path).status_code == 200
            counts.append(len(seen))
        return counts

    before = asked()
    for number in range(12):
        browsers["aoba"].post(f"/deals/{contract.deal_id}", {"text": f"{number}本目の資料をお送りします。"})
    assert asked() == before
    assert [count <= bound for count, bound in zip(before, most.values(), strict=True)] == [True] * 4


def test_a_message_that_a_block_keeps_back_looks_sent_to_its_writer(
    stage: Stage, cast: dict[str, Any], browsers: dict[str, Client]
) -> None:
    deal = stage.deal()
    browsers["hanako"].post(f"/people/{cast['aoba'].id}/block")
    page = browsers["aoba"].post(f"/deals/{deal.id}", {"text": "その後いかがでしょうか。"}, follow=True)
    assert '<p class="said">その後いかがでしょうか。</p></div>' in page.content.decode().replace("\n", "")
    assert "その後いかが" not in browsers["hanako"].get(f"/deals/{deal.id}").content.decode()


def test_pages_for_what_goes_wrong_are_there() -> None:
    for name in ("500.html", "403_csrf.html"):
        assert "<h1>" in render_to_string(name)
