"""Beginnings that many tests share: a deal from a job, a funded contract."""

from __future__ import annotations

from typing import Any

from sekisho.market.contracts import verbs as contracts
from sekisho.market.contracts.models import Contract
from sekisho.market.deals.models import Deal
from sekisho.market.jobs import verbs as jobs
from sekisho.market.ledger import verbs as ledger


def deal_of(cast: dict[str, Any]) -> Deal:
    """A deal from an open job and an application that was chosen."""
    client, worker = cast["aoba"].actor, cast["hanako"].actor
    job = jobs.draft(client, None, title="商品紹介文のライティング 10本", category="writing", pay_text="1本 1,000円",
                     body="通販サイトに載せる商品紹介文を10本お願いします。"
                          "1本400字程度、納期は2週間、資料はお渡しします。")  # fmt: skip
    job = jobs.submit(client, job)
    application = jobs.apply(worker, job, text="通販の紹介文を50本ほど書いてきました。よろしくお願いします。")
    jobs.choose(client, application)
    return Deal.objects.get(pk=application.deal_id)


def funded(cast: dict[str, Any], deal: Deal, price: int = 10_000) -> Contract:
    """A funded contract on a deal."""
    client, worker, operator = (cast[name].actor for name in ("aoba", "hanako", "kancho"))
    contract = contracts.agree(
        worker, contracts.offer(client, deal, title="紹介文10本", terms="10本、各400字", price_yen=price)
    )
    ledger.confirm_deposit(
        operator, None, client=cast["aoba"].id, amount=contract.funded_yen, reference=str(contract.id)
    )
    return contracts.fund(client, contract)
