"""From a posting to a payout, as the rooms' verbs do it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import Sum

from sekisho.market.contact_requests import verbs as requests
from sekisho.market.contracts import verbs as contracts
from sekisho.market.contracts.models import Contract
from sekisho.market.deals import log
from sekisho.market.kernel import audit
from sekisho.market.kernel.problems import Problem
from sekisho.market.ledger import verbs as ledger
from sekisho.market.ledger.book import balance
from sekisho.market.ledger.models import Kind, LedgerAccount
from sekisho.market.messaging import verbs as messages
from site_stories import deal_of, funded


def test_a_job_runs_from_posting_to_payout_and_money_is_conserved(cast: dict[str, Any]) -> None:
    client, worker, operator = (cast[name].actor for name in ("aoba", "hanako", "kancho"))
    contract = funded(cast, deal_of(cast))
    contract = contracts.accept(client, contracts.deliver(worker, contract, note="10本納品いたします。"))
    ledger.set_bank_account(worker, None, bank="0001", branch="001", type_="ordinary", number="1234567", holder="ヤマダ ハナコ")
    payout = ledger.ask_payout(worker, None, amount=8_580)
    ledger.confirm_payout(operator, payout)
    assert contract.state == "completed"
    assert (balance(Kind.BANK), balance(Kind.FEE), balance(Kind.FEE_TAX)) == (-2_420, 2_200, 220)
    assert LedgerAccount.objects.aggregate(total=Sum("balance"))["total"] == 0
    assert balance(Kind.ESCROW, contract.id) == 0


def test_the_record_of_a_deal_verifies_after_a_whole_contract(cast: dict[str, Any]) -> None:
    deal = deal_of(cast)
    contract = funded(cast, deal)
    contracts.accept(cast["aoba"].actor, contracts.deliver(cast["hanako"].actor, contract, note="納品です。"))
    deal.refresh_from_db()
    assert list(log.verify(deal)) == []
    audit.seal()
    assert list(audit.verify()) == []


def test_work_cannot_be_delivered_before_funding(cast: dict[str, Any]) -> None:
    deal = deal_of(cast)
    contract = contracts.offer(cast["aoba"].actor, deal, title="紹介文10本", terms="10本", price_yen=10_000)
    contract = contracts.agree(cast["hanako"].actor, contract)
    with pytest.raises(Problem) as refusal:
        contracts.deliver(cast["hanako"].actor, contract, note="先に納品します。")
    assert refusal.value.code == "not_from_here"


def test_a_solicitation_before_the_contract_is_returned_to_its_writer_and_not_delivered(
    cast: dict[str, Any],
) -> None:
    message = messages.send(
        cast["aoba"].actor, deal_of(cast), text="詳細はLINEでお伝えします。IDを教えてください。"
    )
    assert (message.state, message.event_id, message.judgement.verdict) == ("nudged", None, "violation")


def test_approval_of_chatwork_does_not_allow_line(cast: dict[str, Any]) -> None:
    deal = deal_of(cast)
    funded(cast, deal)
    request = requests.ask(
        cast["aoba"].actor, deal, tools=("chatwork",), purpose="原稿の確認を素早く行うためです。"
    )
    requests.approve(cast["hanako"].actor, request)
    deal.refresh_from_db()
    allowed = messages.send(cast["aoba"].actor, deal, text="ではChatworkでご連絡します。")
    other = messages.send(
        cast["aoba"].actor, deal, text="やっぱりLINEのほうが早いので、LINEのIDを教えてください。"
    )
    assert (allowed.state, other.state) == ("delivered", "nudged")


def test_declining_a_contact_request_changes_nothing_in_the_contract(cast: dict[str, Any]) -> None:
    deal = deal_of(cast)
    contract = funded(cast, deal)
    before = Contract.objects.filter(pk=contract.pk).values().get()
    request = requests.ask(
        cast["aoba"].actor, deal, tools=("zoom",), purpose="画面を共有して操作を確認するためです。"
    )
    requests.decline(cast["hanako"].actor, request)
    assert Contract.objects.filter(pk=contract.pk).values().get() == before


def test_one_key_funds_once(cast: dict[str, Any]) -> None:
    deal = deal_of(cast)
    client, worker, operator = (cast[name].actor for name in ("aoba", "hanako", "kancho"))
    contract = contracts.agree(
        worker, contracts.offer(client, deal, title="紹介文", terms="10本", price_yen=10_000)
    )
    ledger.confirm_deposit(operator, None, client=cast["aoba"].id, amount=33_000, reference="r1")
    first = contracts.fund(client, contract, key="k")
    again = contracts.fund(client, contract, key="k")
    assert (first.pk, balance(Kind.ESCROW, contract.id)) == (again.pk, 11_000)


def test_a_stranger_is_told_that_a_contract_does_not_exist(cast: dict[str, Any]) -> None:
    contract = funded(cast, deal_of(cast))
    with pytest.raises(Problem) as refusal:
        contracts.accept(cast["taro"].actor, contract)
    assert refusal.value.code == "not_found"
