"""An app beside the rooms that hears what they tell and notes every hearing: a row a delivery, never made one."""

from __future__ import annotations

import json
from typing import Any

from django.apps import AppConfig

TOPICS = ("contract.agreed", "contract.funded", "contract.delivered", "contract.completed", "contract.lapsed",
          "contract.reminder", "ledger.payout_asked", "ledger.payout_paid", "ledger.deposited")  # fmt: skip
TABLE = "CREATE TABLE heard (id bigserial PRIMARY KEY, topic text NOT NULL, payload jsonb NOT NULL)"


class Counting(AppConfig):
    """Registers one handler a topic."""

    name, label = "tests.site.faults.counting", "counting"

    def ready(self) -> None:
        from sekisho.market.kernel.outbox import handles

        for topic in TOPICS:
            handles(topic)(_hearer(topic))


def _hearer(topic: str) -> Any:
    def hear(payload: dict[str, Any]) -> None:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO heard (topic, payload) VALUES (%s, %s)", [topic, json.dumps(payload)])

    hear.__module__ = "sekisho.market.counting"
    return hear
