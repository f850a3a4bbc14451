"""Blocks: silent, mutual, reversible. What the blocked one reaches is compared byte for byte with the world without the block."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.market.stage import Stage, later

from api_callers import Caller, of
from sekisho.interfaces.api import callers as limits
from sekisho.market.contracts import verbs as contracts
from sekisho.market.contracts.models import Contract
from sekisho.market.deals.verbs import export
from sekisho.market.jobs import applications, invitations
from sekisho.market.jobs import verbs as jobs
from sekisho.market.jobs.models import Invitation, Job
from sekisho.market.kernel.problems import Problem
from sekisho.market.messaging.models import Message
from sekisho.market.messaging.verbs import send
from sekisho.market.notices.models import Notice
from sekisho.market.people.verbs import block, unblock
from site_world import taken_back

HELLO = "通販の紹介文を書いてきました。よろしくお願いします。"
CHANGING = (
    (r'name="csrfmiddlewaretoken" value="[^"]*"', ""), (r'name="key" value="[0-9a-f]{32}"', ""),
    (r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "id"), (r'"[0-9a-f]{64}"', '"hash"'),
    (r"\d{4}-\d\d-\d\dT[\d:.]+Z", "time"),
)  # fmt: skip


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is too fast."""
    often = {"per_minute": 100_000, "burst": 100_000}
    monkeypatch.setattr(limits, "limits", lambda: limits.Limits(200_000, often, often))


class Reach:
    """What somebody reaches by pages and API: of every answer the status, where it leads and what it says."""

    def __init__(self, account: Any, browser: Client) -> None:
        self.browser, self.caller = browser, of(account)

    def pages(self, *paths: str) -> list[str]:
        return [told(self.browser.get(path)) for path in paths]

    def api(self, *paths: str) -> list[str]:
        return [told(self.caller.ask("GET", path)) for path in paths]

    def posts(self, *acts: tuple[str, dict[str, Any]]) -> list[str]:
        return [told(self.browser.post(path, body, follow=True)) for path, body in acts]

    def calls(self, *acts: tuple[str, dict[str, Any]]) -> list[str]:
        return [told(self.caller.ask("POST", path, body)) for path, body in acts]


def told(answer: Any) -> str:
    """An answer without what changes from one to the next in any case."""
    headers = sorted(
        (k, v) for k, v in answer.headers.items() if k not in ("ETag", "Content-Length", "Set-Cookie")
    )
    text = f"{answer.status_code} {headers} {answer.content.decode('utf-8', 'replace')}"
    for pattern, word in CHANGING:
        text = re.sub(pattern, word, text)
    return text


def reached(who: Reach, stage: Stage, contract: Contract, job: Job, other: Any) -> list[str]:
    """Every page and reading that concerns the two."""
    deal = contract.deal_id
    return who.pages(
        "/home", "/jobs", f"/jobs/{job.id}", f"/people/{other.id}", f"/deals/{deal}", f"/contracts/{contract.id}", "/notices",
        "/money", "/me", f"/deals/{deal}/contact", "/exposure",
    ) + who.api(
        "/me", "/jobs", f"/jobs/{job.id}", f"/accounts/{other.id}", "/deals", f"/deals/{deal}", f"/deals/{deal}/events",
        f"/deals/{deal}/messages", "/contracts", f"/contracts/{contract.id}", "/invitations", "/applications", "/notices",
        "/contact-requests", "/personal-data-requests", "/me/blocks",
    )  # fmt: skip


def met(stage: Stage) -> tuple[Contract, Job]:
    """A funded contract with words on both sides, and another open job of the client's."""
    contract = stage.funded()
    send(stage.client, contract.deal, text="お世話になっております。")
    send(stage.worker, contract.deal, text="よろしくお願いします。")
    return contract, stage.job()


def test_no_byte_of_what_a_blocked_client_reaches_changes(
    stage: Stage, cast: dict[str, Any], browsers: Any
) -> None:
    contract, job = met(stage)
    who = Reach(cast["aoba"], browsers["aoba"])
    before = reached(who, stage, contract, job, cast["hanako"])
    block(stage.worker, cast["aoba"])
    assert reached(who, stage, contract, job, cast["hanako"]) == before


def test_to_a_blocked_worker_an_open_job_is_as_a_closed_one_and_nothing_else_changes(
    stage: Stage, cast: dict[str, Any], browsers: Any
) -> None:
    contract, job = met(stage)
    applied = stage.job(title="応募した案件")
    applications.apply(stage.worker, applied, text=HELLO)
    who = Reach(cast["hanako"], browsers["hanako"])

    def all_of_it() -> list[str]:
        acts = who.posts(
            (f"/jobs/{job.id}/apply", {"text": HELLO}), (f"/jobs/{applied.id}/apply", {"text": HELLO})
        )
        acts += who.calls((f"/jobs/{job.id}/applications", {"text": HELLO}))
        pages = who.pages(f"/jobs/{applied.id}", "/jobs?q=紹介文") + who.api(
            f"/jobs/{applied.id}", "/jobs?q=紹介文"
        )
        return acts + pages + reached(who, stage, contract, job, cast["aoba"])

    with taken_back():
        for each in (job, applied):
            jobs.close(stage.client, each)
        closed = all_of_it()
    block(stage.client, cast["hanako"])
    assert all_of_it() == closed


def acts_of_the_client(who: Reach, contract: Contract, job: Job, worker: Any) -> list[str]:
    """Whatever a client can try towards a worker, by pages and by API."""
    deal = contract.deal_id
    offer = {"title": "次の10本", "terms": "10本、各400字", "price_yen": 10_000}
    found = who.posts(
        (f"/deals/{deal}", {"text": "その後いかがでしょうか。"}), (f"/people/{worker.id}/invite", {"job": str(job.id)}),
        (f"/deals/{deal}/offer", offer), (f"/contracts/{contract.id}/change-propose", {"terms": "12本、各400字。"}),
        (f"/deals/{deal}/contact", {"tools": "chatwork", "purpose": "進捗の確認"}),
    ) + who.calls(
        (f"/deals/{deal}/messages", {"text": "資料をお送りしました。"}), (f"/deals/{deal}/contracts", offer),
        (f"/deals/{deal}/personal-data-requests", {"kinds": ["address"], "purpose": "見本をお送りするため"}),
    )  # fmt: skip
    return (
        found
        + who.pages(f"/deals/{deal}", "/home", f"/jobs/{job.id}")
        + who.api("/contracts", "/invitations")
    )


def test_whatever_a_blocked_client_tries_is_answered_as_without_the_block(
    stage: Stage, cast: dict[str, Any], browsers: Any
) -> None:
    contract, job = met(stage)
    who = Reach(cast["aoba"], browsers["aoba"])
    with taken_back():
        free = acts_of_the_client(who, contract, job, cast["hanako"])
    block(stage.worker, cast["aoba"])
    assert acts_of_the_client(who, contract, job, cast["hanako"]) == free


def test_each_finds_none_of_the_others_jobs(stage: Stage, cast: dict[str, Any], browsers: Any) -> None:
    job = stage.job()
    found: Callable[[], bool] = lambda: str(job.id) in browsers["hanako"].get("/jobs").content.decode()  # noqa: E731
    listed: Callable[[], int] = lambda: len(Caller.get(of(cast["hanako"]), "/jobs")["items"])  # noqa: E731
    for blocker, blocked in (("aoba", "hanako"), ("hanako", "aoba")):
        assert (found(), listed()) == (True, 1)
        block(cast[blocker].actor, cast[blocked])
        assert (found(), listed()) == (False, 0)
        assert browsers["hanako"].get(f"/jobs/{job.id}").status_code == 404
        unblock(cast[blocker].actor, cast[blocked])
    assert str(job.id) in browsers["taro"].get("/jobs").content.decode()


def test_an_invitation_and_an_offer_do_not_reach_who_blocked(
    stage: Stage, cast: dict[str, Any], browsers: Any
) -> None:
    deal, job = stage.deal(), stage.job()
    block(stage.worker, cast["aoba"])
    invitations.invite(stage.client, job, worker=cast["hanako"])
    offered = stage.offered(deal)
    later()
    assert not Invitation.objects.visible_to(stage.worker).exists()
    assert not Contract.objects.visible_to(stage.worker).exists()
    assert browsers["hanako"].get(f"/contracts/{offered.id}").status_code == 404
    assert browsers["hanako"].post(f"/contracts/{offered.id}/agree").status_code == 404
    assert not Notice.objects.filter(account=cast["hanako"]).exists()
    contracts.withdraw(stage.client, stage.offered(deal))
    later()
    assert not Contract.objects.visible_to(stage.worker).exists()
    assert not Notice.objects.filter(account=cast["hanako"]).exists()
    unblock(stage.worker, cast["aoba"])
    assert contracts.agree(stage.worker, offered).state == "agreed"


def test_who_blocks_must_unblock_before_offering(stage: Stage, cast: dict[str, Any]) -> None:
    deal = stage.deal()
    block(stage.client, cast["hanako"])
    with pytest.raises(Problem) as refusal:
        stage.offered(deal)
    assert refusal.value.code == "unblock_first"


def test_with_a_live_contract_only_chat_is_muted_and_the_record_keeps_it(
    stage: Stage, cast: dict[str, Any]
) -> None:
    contract = stage.funded()
    later()
    block(stage.worker, cast["aoba"])
    Notice.objects.all().delete()
    said = send(stage.client, contract.deal, text="急いでください。")
    contracts.deliver(stage.worker, contract, note="納品いたします。")
    contracts.send_back(stage.client, contract, because="2本目の字数が足りません。")
    contracts.dispute(stage.worker, contract, because="約束どおりの字数です。")
    later()
    hers = set(Notice.objects.filter(account=cast["hanako"]).values_list("topic", flat=True))
    his = set(Notice.objects.filter(account=cast["aoba"]).values_list("topic", flat=True))
    assert said.state == "muted"
    assert "contract.sent_back" in hers
    assert not {topic for topic in hers if topic.startswith("message.")}
    assert {"contract.delivered", "contract.disputed"} <= his
    assert "急いでください。" in str(export(stage.worker, contract.deal)["events"])


def test_money_still_moves_under_a_block(stage: Stage, cast: dict[str, Any]) -> None:
    contract = stage.delivered()
    block(stage.worker, cast["aoba"])
    contracts.accept(stage.client, contract)
    later()
    assert Notice.objects.filter(account=cast["hanako"], topic="contract.completed").exists()


def test_after_unblocking_words_arrive_again(stage: Stage, cast: dict[str, Any]) -> None:
    deal = stage.deal()
    block(stage.worker, cast["aoba"])
    send(stage.client, deal, text="これは届きません。")
    unblock(stage.worker, cast["aoba"])
    assert send(stage.client, deal, text="これは届きます。").state == "delivered"
    assert [m.text for m in Message.objects.visible_to(stage.worker).filter(deal=deal)] == [
        "これは届きます。"
    ]


def test_the_menu_is_on_every_thing_of_somebody_else_and_on_none_of_ones_own(
    stage: Stage, cast: dict[str, Any], browsers: Any
) -> None:
    contract, job = met(stage)
    stage.asked(contract.deal)
    pages = {f"/deals/{contract.deal_id}": 3, f"/contracts/{contract.id}": 1, f"/jobs/{job.id}": 1,
             f"/people/{cast['aoba'].id}": 1}  # fmt: skip
    menu = '<details class="more">'
    assert {path: browsers["hanako"].get(path).content.decode().count(menu) for path in pages} == pages
    assert [browsers["nobody"].get(f"/jobs/{job.id}").content.decode().count(menu)] == [0]
    assert browsers["aoba"].get(f"/jobs/{job.id}").content.decode().count(menu) == 0


def test_blocking_from_the_menu_says_what_goes_on_all_the_same(
    stage: Stage, cast: dict[str, Any], browsers: Any
) -> None:
    contract = stage.funded()
    page = browsers["hanako"].post(f"/people/{cast['aoba'].id}/block", follow=True).content.decode()
    assert "止まるのはメッセージだけです" in page
    assert f"/contracts/{contract.id}" in page
    assert (
        "この方をブロックしています"
        not in browsers["aoba"].get(f"/people/{cast['hanako'].id}").content.decode()
    )
