"""What the ledger's tests share: files of a bank, a world with money in every place."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from sekisho.market.contracts import escrow
from sekisho.market.contracts import verbs as contracts
from sekisho.market.contracts.models import Contract
from sekisho.market.contracts.states import ContractState
from sekisho.market.deals import log
from sekisho.market.kernel.ids import new_id
from sekisho.market.ledger import imports, payouts
from sekisho.market.ledger import verbs as ledger
from sekisho.market.ledger.bank_transfer import codes
from sekisho.market.ledger.fees import policy, split
from sekisho.market.ledger.models import BankAccount, DepositReference, LedgerAccount, Unmatched
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
            price_yen=price, funded_yen=split(price).funded, fee_table=policy().id, state=ContractState.AGREED,
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


class World:
    """People and contracts, made once; every example is taken back to them."""

    def __init__(self) -> None:
        def person(name: str, **roles: bool) -> Account:
            return Account.objects.create_user(f"{name}@example.com", None, display_name=name, **roles)

        self.clients = [person(f"client{i}", is_client=True, is_worker=False) for i in (0, 1)]
        self.workers = [person(f"worker{i}") for i in (0, 1)]
        self.operator = person("operator", is_operator=True).actor
        self.codes = [codes.closed("1000000001"), codes.closed("1000000002")]
        for client, code in zip(self.clients, self.codes, strict=True):
            DepositReference.objects.create(client=client, code=code)
        payouts.set_bank_account(self.workers[0].actor, None, bank="0001", branch="001", type_="ordinary",
                                 number="1234567", holder="ハナコ")  # fmt: skip
        self.contracts = [
            SimpleNamespace(id=new_id(), funded_yen=yen, fee_table=policy().id, deal=SimpleNamespace(
                client_id=self.clients[i % 2].id, worker_id=self.workers[i // 2].id))
            for i, yen in enumerate((11_000, 1, 135_802))
        ]  # fmt: skip
        self._first_money()
        rows = LedgerAccount.objects.exclude(balance=0).values_list("kind", "owner", "balance")
        self.balances = {(kind, owner): balance for kind, owner, balance in rows}

    def _first_money(self) -> None:
        """Some at the clients', some earned, some on its way: every act is within a few steps of the beginning."""
        worker = self.workers[0]
        for i, client in enumerate(self.clients):
            ledger.confirm_deposit(
                self.operator, None, client=client.id, amount=200_000 + i, reference=f"first{i}"
            )
        done = SimpleNamespace(id=new_id(), funded_yen=33_000, fee_table=policy().id, deal=SimpleNamespace(
            client_id=self.clients[0].id, worker_id=worker.id))  # fmt: skip
        escrow.hold(done)
        escrow.release(done)
        escrow.hold(self.contracts[2])
        asked, paid = (payouts.ask_payout(worker.actor, None, amount=5_000 + i) for i in (0, 1))
        payouts.confirm_payout(self.operator, paid)
        self.payouts = [
            {"id": row.id, "state": row.state, "amount": row.amount, "worker": worker}
            for row in (asked, paid)
        ]
        self.payouts[1]["state"] = "paid"
        imports.import_statement(self.operator, None, content="日付,摘要,入金\n2026-09-30,ﾌﾒｲ,700".encode())
        self.unmatched = [{"id": Unmatched.objects.get().id, "state": "waiting", "amount": 700}]


@pytest.fixture
def money_world(db: None) -> World:
    """A world for the laws of money."""
    return World()
