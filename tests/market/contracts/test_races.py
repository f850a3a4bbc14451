"""Two who act at once, over real connections: one is done, the other is refused, and the money is right either way."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections
from tests.market.stage import Stage

from sekisho.config.database import Database
from sekisho.market.contracts import settlements, verbs
from sekisho.market.contracts.models import Contract, Dispute
from sekisho.market.contracts.moves import under
from sekisho.market.deals import log
from sekisho.market.kernel.actors import SYSTEM
from sekisho.market.kernel.ids import new_id
from sekisho.market.kernel.problems import Problem
from sekisho.market.ledger.book import balance
from sekisho.market.ledger.models import Kind

ROUNDS = 4


def together(*calls: Callable[[], Any]) -> list[str]:
    """What came of calls that start at the same moment, each on a connection of its own: `done` or the refusal's code."""
    results, gate = [""] * len(calls), threading.Barrier(len(calls))

    def one(place: int, call: Callable[[], Any]) -> None:
        gate.wait()
        try:
            call()
            results[place] = "done"
        except Problem as problem:
            results[place] = problem.code
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=one, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.fixture
def live(committed: Database, stage: Stage) -> Stage:
    """The stage on a database whose writes stay."""
    return stage


def sound(contract: Contract) -> Contract:
    """The contract as it stands, its deal's chain intact."""
    assert list(log.verify(log.Deal.objects.get(pk=contract.deal_id))) == []
    return Contract.objects.get(pk=contract.pk)


def test_accepting_against_disputing_one_wins_and_the_escrow_is_right(live: Stage) -> None:
    for _ in range(ROUNDS):
        contract = live.delivered()
        results = together(
            lambda c=contract: verbs.accept(live.client, c),  # type: ignore[misc]
            lambda c=contract: verbs.dispute(live.worker, c, because="意見が合いません。"),  # type: ignore[misc]
        )
        assert sorted(results) == ["done", "not_from_here"]
        disputed = sound(contract).state == "disputed"
        assert Dispute.objects.filter(contract=contract).exists() == disputed
        assert balance(Kind.ESCROW, contract.id) == (11_000 if disputed else 0)


def test_funding_against_cancelling_never_leaves_money_in_a_cancelled_contract(live: Stage) -> None:
    for _ in range(ROUNDS):
        contract = live.agreed()
        live.money(11_000)
        cash = balance(Kind.CLIENT, live.client.me)
        results = together(
            lambda c=contract: verbs.fund(live.client, c),  # type: ignore[misc]
            lambda c=contract: verbs.cancel(live.worker, c, because="都合によります。"),  # type: ignore[misc]
        )
        funded = sound(contract).state == "funded"
        assert results == (["done", "not_yours"] if funded else ["not_from_here", "done"])
        assert balance(Kind.ESCROW, contract.id) == (11_000 if funded else 0)
        assert balance(Kind.CLIENT, live.client.me) == cash - (11_000 if funded else 0)


def test_accepting_against_the_clock_pays_once(live: Stage) -> None:
    for number in range(1, ROUNDS + 1):
        contract = live.delivered()
        results = together(
            lambda c=contract: verbs.accept(live.client, c),  # type: ignore[misc]
            lambda c=contract: verbs.accept_by_silence(SYSTEM, c),  # type: ignore[misc]
        )
        assert sorted(results) in (["already", "done"], ["done", "not_from_here"])
        assert sound(contract).state == "completed"
        assert balance(Kind.WORKER, live.worker.me) == 8_580 * number


def test_two_fundings_at_once_take_the_money_once(live: Stage) -> None:
    contract = live.agreed()
    live.money(33_000)
    results = together(*[lambda: verbs.fund(live.client, contract)] * 2)
    assert sorted(results) == ["already", "done"]
    assert balance(Kind.CLIENT, live.client.me) == 22_000


def test_reversing_a_settlement_against_the_end_of_its_window_is_one_or_the_other(live: Stage) -> None:
    for _ in range(ROUNDS):
        settlement = settlements.propose(live.moderator, live.undecided(), to_worker=6_600, because="裁定です。")
        settlement = settlements.confirm(live.operator, settlement)
        above = under(live.operator, "appeal", new_id())
        results = together(
            lambda s=settlement: settlements.carry_out(SYSTEM, s),  # type: ignore[misc]
            lambda s=settlement, a=above: settlements.reverse(a, s, because="異議を認めます。"),  # type: ignore[misc]
        )
        paid = sound(settlement.contract).state == "completed"
        assert results == (["done", "window_over"] if paid else ["not_from_here", "done"])
        assert balance(Kind.ESCROW, settlement.contract_id) == (0 if paid else 11_000)
