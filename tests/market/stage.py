"""The stage on which the market's tests play: people, a deal, contracts in every state, made by the rooms' own verbs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest

from sekisho.market.contact_requests import verbs as requests
from sekisho.market.contact_requests.models import ContactRequest
from sekisho.market.contracts import disputes, verbs
from sekisho.market.contracts.models import Contract, Dispute
from sekisho.market.deals import log
from sekisho.market.deals.models import Deal
from sekisho.market.jobs import verbs as jobs
from sekisho.market.jobs.models import Job
from sekisho.market.kernel import clock, outbox
from sekisho.market.kernel.ids import new_id
from sekisho.market.kernel.problems import Problem
from sekisho.market.kernel.sweep import sweep
from sekisho.market.ledger import verbs as ledger

POSTING = {
    "title": "商品紹介文のライティング 10本",
    "category": "writing",
    "pay_text": "1本 1,000円",
    "body": "通販サイトに載せる商品紹介文を10本お願いします。1本400字程度、納期は2週間、資料はお渡しします。",
}
"""A posting that is clear."""
LURE = "詳細はLINEでお伝えします。LINE IDを教えてください。"
"""A solicitation in so many words."""


@contextmanager
def refused(code: str) -> Iterator[None]:
    """Within the block a verb is refused for this reason."""
    with pytest.raises(Problem) as refusal:
        yield
    assert refusal.value.code == code


def later(**wait: float) -> None:
    """Let time pass, then let the clock do what is due and the rooms hear what was told."""
    with clock.ahead(timedelta(**wait)):
        sweep()
        outbox.deliver(1000)


class Stage:
    """Who plays: `client`, `worker`, `stranger`, `moderator`, `operator` are actors."""

    def __init__(self, cast: dict[str, Any]) -> None:
        self.cast = cast
        self.client, self.worker, self.stranger, self.moderator, self.operator = (
            cast[name].actor for name in ("aoba", "hanako", "taro", "minarai", "kancho")
        )

    def job(self, **fields: Any) -> Job:
        """An open job."""
        return jobs.submit(self.client, jobs.draft(self.client, None, **POSTING | fields))

    def deal(self) -> Deal:
        """A deal of its own, with nothing said yet."""
        return log.open_deal(self.cast["aoba"].id, self.cast["hanako"].id, new_id(), "紹介文")

    def money(self, amount: int) -> None:
        """The client's deposit arrives."""
        reference = f"stage-{new_id()}"
        ledger.confirm_deposit(
            self.operator, None, client=self.cast["aoba"].id, amount=amount, reference=reference
        )

    def offered(self, deal: Deal | None = None, price: int = 10_000) -> Contract:
        """A contract on the table."""
        return verbs.offer(
            self.client, deal or self.deal(), title="紹介文10本", terms="10本、各400字。", price_yen=price
        )

    def agreed(self, deal: Deal | None = None, price: int = 10_000) -> Contract:
        """A contract the worker has agreed to."""
        return verbs.agree(self.worker, self.offered(deal, price))

    def funded(self, deal: Deal | None = None, price: int = 10_000) -> Contract:
        """A contract under work."""
        contract = self.agreed(deal, price)
        self.money(contract.funded_yen)
        return verbs.fund(self.client, contract)

    def delivered(self, deal: Deal | None = None, price: int = 10_000) -> Contract:
        """A contract whose work was handed over."""
        return verbs.deliver(self.worker, self.funded(deal, price), note="10本納品いたします。")

    def completed(self, deal: Deal | None = None, price: int = 10_000) -> Contract:
        """A contract well ended."""
        return verbs.accept(self.client, self.delivered(deal, price))

    def disputed(self, by: str = "worker", deal: Deal | None = None) -> Dispute:
        """A dispute about a delivery."""
        contract = verbs.dispute(
            getattr(self, by), self.delivered(deal), because="納品の内容について意見が合いません。"
        )
        return Dispute.objects.get(contract=contract)

    def proposed(self) -> Dispute:
        """A dispute in which the house has proposed that the worker gets 6,000 of 11,000 yen."""
        dispute = self.disputed("client")
        with clock.ahead(timedelta(days=5, minutes=1)):
            sweep()
        dispute.refresh_from_db()
        return disputes.propose(
            self.moderator, dispute, to_worker=6_000, because="半分ほどは契約どおりです。"
        )

    def undecided(self) -> Dispute:
        """A dispute the house must decide."""
        return disputes.reject(self.worker, self.proposed())

    def asked(
        self, deal: Deal, *tools: str, purpose: str = "原稿の確認を素早く行うためです。"
    ) -> ContactRequest:
        """The client's contact request."""
        return requests.ask(self.client, deal, tools=tools or ("chatwork",), purpose=purpose)

    def approved(self, deal: Deal, *tools: str) -> ContactRequest:
        """An approved one."""
        return requests.approve(self.worker, self.asked(deal, *tools))
