"""Several people write into one deal at the same moment, on connections of their own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

from django.db import connections

from sekisho.market.deals import log
from sekisho.market.deals.models import Event
from sekisho.market.deals.verbs import export
from sekisho.market.deals.verifying import verify_export
from sekisho.market.messaging.verbs import send
from sekisho.market.people.models import Account


def test_messages_sent_at_once_make_one_chain_without_gap(committed: Any) -> None:
    client, worker = (
        Account.objects.create_user(f"{name}@example.com", None, display_name=name) for name in ("c", "w")
    )
    deal = log.open_deal(client.id, worker.id, uuid4(), "執筆")

    def talk(who: Account) -> list[str]:
        try:
            return [send(who.actor, deal, text=f"確認しました（{number}）。").state for number in range(8)]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        states = list(pool.map(talk, [client, worker, client, worker]))
    deal.refresh_from_db()
    assert states == [["delivered"] * 8] * 4
    assert Event.objects.filter(deal=deal).count() == deal.length == 32
    assert list(log.verify(deal)) == []
    assert verify_export(export(client.actor, deal)) == []
