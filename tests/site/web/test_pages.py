"""From signing up to being paid, through pages alone."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from sekisho.market.contracts.models import Contract
from sekisho.market.deals.models import Deal
from sekisho.market.jobs.models import Application, Job
from sekisho.market.ledger.models import Payout
from sekisho.market.messaging.models import Message

JOB = {
    "title": "商品紹介文のライティング 10本", "category": "writing", "pay_text": "1本 1,000円", "submit": "1",
    "body": "通販サイトに載せる商品紹介文を10本お願いします。1本400字程度、納期は2週間、資料はお渡しします。",
}  # fmt: skip


BANK = {"bank": "0001", "branch": "001", "type": "ordinary", "number": "1234567", "holder": "サクラ　ハナコ"}


def logged_in(account: Any) -> Client:
    """A browser of one of the cast."""
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def browsers(cast: dict[str, Any]) -> dict[str, Client]:
    """A browser for each of the cast, and one of nobody."""
    return {name: logged_in(account) for name, account in cast.items()} | {"nobody": Client()}


def agreed(browsers: dict[str, Client]) -> Contract:
    """A contract that was offered and agreed through pages."""
    client, worker = browsers["aoba"], browsers["hanako"]
    client.post("/jobs/new", JOB)
    job = Job.objects.get()
    worker.post(f"/jobs/{job.id}/apply", {"text": "通販の紹介文を書いてきました。よろしくお願いします。"})
    application = Application.objects.get()
    client.post(f"/applications/{application.id}/choose")
    client.post(
        f"/deals/{application.deal_id}/offer",
        {"title": "紹介文10本", "terms": "10本、各400字", "price_yen": "１０，０００円"},
    )
    contract = Contract.objects.get()
    worker.post(f"/contracts/{contract.id}/agree")
    return contract


def test_a_job_runs_from_posting_to_payout_through_pages(
    cast: dict[str, Any], browsers: dict[str, Client]
) -> None:
    client, worker, operator = browsers["aoba"], browsers["hanako"], browsers["kancho"]
    contract = agreed(browsers)
    operator.post(
        "/house/deposits", {"client": cast["aoba"].id, "amount": "11,000", "reference": "20261124-1"}
    )
    client.post(f"/contracts/{contract.id}/fund")
    worker.post(f"/contracts/{contract.id}/deliver", {"note": "10本納品いたします。"})
    client.post(f"/contracts/{contract.id}/accept")
    worker.post("/money/bank", BANK)
    worker.post("/money", {"amount": "8580"})
    operator.post(f"/payouts/{Payout.objects.get().id}/confirm")
    contract.refresh_from_db()
    assert (contract.state, Payout.objects.get().state) == ("completed", "paid")


def test_every_page_of_a_deal_can_be_read_by_its_parties_and_by_nobody_else(
    browsers: dict[str, Client],
) -> None:
    contract = agreed(browsers)
    for path in (f"/contracts/{contract.id}", f"/deals/{contract.deal_id}"):
        seen = {name: browser.get(path).status_code for name, browser in browsers.items()}
        assert seen == {"aoba": 200, "hanako": 200, "taro": 404, "minarai": 404, "kancho": 404, "nobody": 302}


def test_a_nudged_message_comes_back_with_its_evidence_and_is_not_delivered(
    browsers: dict[str, Client],
) -> None:
    contract = agreed(browsers)
    page = browsers["aoba"].post(
        f"/deals/{contract.deal_id}", {"text": "詳細はLINEでお伝えします。IDを教えてください。"}
    )
    assert "<mark>" in page.content.decode()
    assert Message.objects.get().state == "nudged"
    assert "IDを教えて" not in browsers["hanako"].get(f"/deals/{contract.deal_id}").content.decode()


def test_funding_without_money_says_so_and_changes_nothing(browsers: dict[str, Client]) -> None:
    contract = agreed(browsers)
    page = browsers["aoba"].post(f"/contracts/{contract.id}/fund")
    assert (page.status_code, "残高が足りません" in page.content.decode()) == (409, True)
    assert Contract.objects.get().state == "agreed"


def test_what_was_typed_is_still_there_when_a_verb_refuses(browsers: dict[str, Client]) -> None:
    page = browsers["aoba"].post("/jobs/new", JOB | {"title": " "})
    assert JOB["body"] in page.content.decode()


def test_the_front_page_judges_a_pasted_text_without_an_account_and_keeps_nothing(
    browsers: dict[str, Client],
) -> None:
    text = "詳細はLINEでお伝えします。IDを教えてください。"
    page = browsers["nobody"].post(
        "/", {"text": text, "kind": "message", "stage": "pre_contract", "pack": "standard"}
    )
    assert "規約違反の可能性が高い" in page.content.decode()
    assert not Message.objects.exists()
    assert not Deal.objects.exists()


def test_no_state_changes_by_get(browsers: dict[str, Client]) -> None:
    contract = agreed(browsers)
    assert browsers["aoba"].get(f"/contracts/{contract.id}/fund").status_code == 405


def test_every_page_open_to_all_answers(browsers: dict[str, Client]) -> None:
    paths = ("/", "/jobs", "/accounts/login/", "/accounts/signup/")
    assert [browsers["nobody"].get(path).status_code for path in paths] == [200] * len(paths)


def test_every_page_of_ones_own_answers(browsers: dict[str, Client]) -> None:
    agreed(browsers)
    for name in ("aoba", "hanako", "kancho"):
        assert [browsers[name].get(path).status_code for path in ("/home", "/money", "/jobs")] == [200] * 3
    assert [browsers["kancho"].get(path).status_code for path in ("/house", "/house/deposits")] == [200, 200]
