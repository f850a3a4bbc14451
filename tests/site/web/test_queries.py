"""A page takes so many queries and no more, however long it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import copy
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.market.stage import Stage

from sekisho.market.contracts import changes, disputes, terminations
from sekisho.market.contracts import verbs as contracts
from sekisho.market.contracts.models import Contract, Dispute, Statement
from sekisho.market.kernel.ids import new_id
from sekisho.market.messaging import verbs as messages

MOST = 12
Made = Callable[[Stage, int], str]


def copies(row: Any, count: int, **fields: Any) -> None:
    """`count` more of a row, differing in nothing but their ids."""
    for _ in range(count):
        other = copy(row)
        other.pk, other._state = new_id(), copy(row._state)
        other._state.adding = True
        for name, value in fields.items():
            setattr(other, name, value)
        other.save(force_insert=True)


def disputed(stage: Stage, rows: int) -> str:
    contract = stage.funded()
    copies(changes.withdraw(stage.worker, changes.propose(stage.worker, contract, terms="12本、各300字。")), rows)
    asked = terminations.ask(stage.client, contract, reason_code="both_agree", text="終了をお願いします。")
    copies(terminations.withdraw(stage.client, asked), rows)
    contract = contracts.deliver(stage.worker, contract, note="10本納品いたします。")
    copies(contract.deliveries.get(), rows)
    contract = contracts.dispute(stage.worker, contract, because="納品の内容について意見が合いません。")
    said = disputes.say(stage.client, Dispute.objects.get(contract=contract), text="3本足りません。")
    copies(said, rows)
    assert Statement.objects.filter(contract=contract).count() >= rows
    return f"/contracts/{contract.id}"


def worked_on(stage: Stage, rows: int) -> str:
    contract = stage.delivered()
    copies(changes.withdraw(stage.worker, changes.propose(stage.worker, contract, terms="12本、各300字。")), rows)
    copies(contract.deliveries.get(), rows)
    changes.propose(stage.worker, contract, terms="12本、各200字。")
    return f"/contracts/{contract.id}"


def under_way(stage: Stage, rows: int) -> str:
    contract = stage.funded()
    terminations.ask(stage.worker, contract, reason_code="both_agree", text="終了をお願いします。")
    changes.propose(stage.worker, contract, terms="12本、各200字。")
    return f"/contracts/{contract.id}"


def listed(stage: Stage, rows: int) -> str:
    disputed(stage, 1)
    contract = Contract.objects.get()
    for number in range(rows):
        copies(contract, 1, number=number + 10, state="funded")
    return "/home"


def talked(stage: Stage, rows: int) -> str:
    deal = stage.deal()
    stage.completed(deal)
    contract = stage.funded(deal)
    for number in range(rows // 3):
        messages.send(stage.client, deal, text=f"ご確認をお願いします。{number}")
        messages.send(stage.worker, deal, text=f"確認いたしました。{number}")
        copies(contract, 1, number=number + 10, state="completed")
    stage.asked(deal)
    return f"/deals/{deal.id}"


@pytest.mark.parametrize("made", [disputed, worked_on, under_way, listed, talked])
@pytest.mark.parametrize("who", ["aoba", "hanako"])
def test_a_page_takes_at_most_twelve_queries_whether_three_rows_or_sixty(
    stage: Stage, browsers: dict[str, Client], made: Made, who: str
) -> None:
    counts = []
    for rows in (3, 60):
        with transaction.atomic():
            path = made(stage, rows)
            browsers[who].get(path)  # what is read once a process
            with CaptureQueriesContext(connection) as queries:
                assert browsers[who].get(path).status_code == 200
            told = [re.sub(r"[0-9a-f-]{36}", "id", q["sql"])[:230] for q in queries]
            counts.append(len([q for q in told if not q.startswith(("SAVEPOINT", "RELEASE"))]))
            transaction.set_rollback(True)
    assert counts[0] == counts[1] <= MOST, "\n".join(told)
