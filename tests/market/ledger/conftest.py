"""What the ledger's tests share: files of a bank, a world with money in every place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sekisho.market.contracts import verbs as contracts
from sekisho.market.contracts.models import Contract
from sekisho.market.contracts.states import ContractState
from sekisho.market.deals import log
from sekisho.market.ledger import verbs as ledger
from sekisho.market.ledger.fees import split
from sekisho.market.ledger.models import BankAccount
from sekisho.market.people.models import Account

BANK = {"bank": "0001", "branch": "123", "type_": "ordinary", "number": "1234567", "holder": "ヤマダ ハナコ"}


@pytest.fixture
def bank_file() -> Callable[..., bytes]:
    """A statement as a bank gives it; rows of (text, in, out, number)."""

    def make(*rows: tuple[str, int, int, str], encoding: str = "utf-8") -> bytes:
        lines = [f"2026-10-01,{text},{into or ''},{out or ''},{number}" for text, into, out, number in rows]
        return "\r\n".join(["取引日,摘要,入金金額,出金金額,番号", *lines]).encode(encoding)

    return make


@pytest.fixture
def give_bank_account() -> Callable[[Account], BankAccount]:
    """The worker enters where she is paid."""
    return lambda account: ledger.set_bank_account(account.actor, None, **BANK)


@pytest.fixture
def agreed() -> Callable[[dict[str, Any], int], Contract]:
    """A contract both agreed to, of this price without tax."""

    def make(cast: dict[str, Any], price: int = 10_000) -> Contract:
        deal = log.open_deal(cast["aoba"].id, cast["hanako"].id, None, "紹介文")
        return Contract.objects.create(
            deal=deal, number=Contract.objects.filter(deal=deal).count() + 1, title="紹介文10本", terms="10本、各400字",
            price_yen=price, funded_yen=split(price).funded, state=ContractState.AGREED,
        )  # fmt: skip

    return make


@pytest.fixture
def earned(agreed: Callable[..., Contract]) -> Callable[..., Contract]:
    """A contract funded, delivered and accepted: 10,000 yen without tax leave the worker 8,580."""

    def make(cast: dict[str, Any], price: int = 10_000) -> Contract:
        contract = agreed(cast, price)
        client, worker, operator = (cast[name].actor for name in ("aoba", "hanako", "kancho"))
        ledger.confirm_deposit(
            operator, None, client=cast["aoba"].id, amount=contract.funded_yen, reference=str(contract.id)
        )
        contract = contracts.deliver(worker, contracts.fund(client, contract), note="納品いたします。")
        return contracts.accept(client, contract)

    return make
