"""The money beside the states: which transfers each move of a contract makes. Escrow is the contract's own account."""

from __future__ import annotations

from sekisho.market.contracts.models import Contract
from sekisho.market.kernel.problems import Problem
from sekisho.market.ledger.book import Leg, account, balance, post
from sekisho.market.ledger.fees import policy, split_funded
from sekisho.market.ledger.models import Kind


def hold(contract: Contract) -> None:
    """仮払い: client → escrow. Raises `Problem` too_little, moved_already."""
    legs = [
        Leg(
            account(Kind.CLIENT, contract.deal.client_id),
            account(Kind.ESCROW, contract.id),
            contract.funded_yen,
            "fund",
        )
    ]
    post(legs, key=f"fund:{contract.id}", matter=contract.id)


def held(contract: Contract) -> int:
    """What is in escrow now, in yen."""
    return balance(Kind.ESCROW, contract.id)


def release(contract: Contract, to_worker: int | None = None) -> None:
    """Escrow → worker, fee and tax; what is not released goes back to the client. None: all of it is released.

    The fee is taken of what is released, not of what goes back. Raises `Problem("bad_split")`.
    """
    whole = held(contract)
    gross = whole if to_worker is None else to_worker
    if not 0 <= gross <= whole or whole == 0:
        raise Problem("bad_split", whole=whole)
    escrow, parts = account(Kind.ESCROW, contract.id), split_funded(gross, policy(contract.fee_table))
    moves = [
        (account(Kind.WORKER, contract.deal.worker_id), parts.paid, "release"),
        (account(Kind.FEE), parts.fee, "fee"),
        (account(Kind.FEE_TAX), parts.fee_tax, "fee_tax"),
        (account(Kind.CLIENT, contract.deal.client_id), whole - gross, "refund"),
    ]
    legs = [Leg(escrow, target, amount, purpose) for target, amount, purpose in moves if amount]
    post(legs, key=f"release:{contract.id}", matter=contract.id)


def refund(contract: Contract) -> None:
    """All of it back to the client."""
    release(contract, to_worker=0)
