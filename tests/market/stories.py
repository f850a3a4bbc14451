"""People and deals for tests, made by the rooms' own verbs or straight in the tables where the way there is not the point."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from sekisho.market.deals import log
from sekisho.market.deals.models import Deal
from sekisho.market.people.models import Account


def new_deal(cast: dict[str, Any], worker: str = "hanako", title: str = "紹介文の執筆") -> Deal:
    """A deal without events between 株式会社あおば and a worker."""
    return log.open_deal(cast["aoba"].id, cast[worker].id, uuid4(), title)


def funded_deal(cast: dict[str, Any], worker: str = "hanako", yen: int = 30_000) -> Deal:
    """A deal in which a contract was agreed and funded, as its log tells."""
    deal = log.lock(new_deal(cast, worker).id)
    log.append(deal, "contract_agreed", by="worker", author=cast[worker].id, content={"title": "執筆", "price_yen": yen})
    log.append(deal, "escrow_funded", by="client", author=cast["aoba"].id, content={"amount_yen": yen})
    return deal


def say(deal: Deal, side: str, text: str) -> None:
    """A message straight into the log."""
    author = deal.client_id if side == "client" else deal.worker_id
    log.append(log.lock(deal.id), "message", by=side, author=author, content={"text": text})
    deal.refresh_from_db()


def person(name: str) -> Account:
    """One more worker."""
    return Account.objects.create_user(f"{uuid4().hex}@example.com", None, display_name=name)
