"""A frozen contract: one side, whose doings a case is about, moves nothing there any more. Money stays where it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from sekisho.market.contracts.models import Contract
from sekisho.market.contracts.states import LIVE, ContractState
from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.outbox import tell
from sekisho.market.kernel.problems import Kind, Problem, Row, describe
from sekisho.market.kernel.verbs import verb

describe({
    "frozen": Row(Kind.CONFLICT, "運営の確認中のため、この契約では現在この操作ができません。お金は動いていません。",
                  "The house is looking at this contract; this cannot be done now. No money has moved."),
    "frozen_already": Row(Kind.CONFLICT, "この契約はすでに凍結されています。", "This contract is frozen already."),
})  # fmt: skip
STILL = frozenset({
    "contract.accept", "termination.agree", "dispute.accept", "dispute.concede", "dispute.reject",
})  # fmt: skip
"""What a frozen side may still do: pay, give back, agree, and defend itself. What it says in a dispute is no move."""
FAVOURS = {ContractState.DELIVERED: "worker"}
"""Whom the timer of a state favours. It stops while that side is frozen; those of the other side, and those for both, run on."""


def not_frozen(contract: Contract, action: str, held: Iterable[str]) -> None:
    """Raise `Problem("frozen")` where the frozen side tries to move something to its own good."""
    if contract.frozen_side and contract.frozen_side in held and action not in STILL:
        raise Problem("frozen")


@verb("contract.freeze")
def freeze(actor: Actor, contract: Contract, *, side: str, decision: UUID) -> Contract:
    """On an authority: `side` (client or worker) moves nothing any more. The other side is told what it means for it."""
    if contract.frozen_side:
        raise Problem("frozen_already")
    if contract.state not in LIVE:
        raise Problem("not_from_here", state=contract.state)
    contract.frozen_side, contract.frozen_by = side, decision
    if FAVOURS.get(ContractState(contract.state)) == side and contract.due_at is not None:
        contract.frozen_seconds = max(0, int((contract.due_at - clock.now()).total_seconds()))
        contract.due_at = None
    _stored(contract)
    tell("contract.frozen", contract=contract.id, by=side)
    return contract


@verb("contract.unfreeze")
def unfreeze(actor: Actor, contract: Contract) -> Contract:
    """On an authority: it goes on; a timer that stood still has as much time left as it had."""
    if contract.frozen_seconds is not None and contract.state in FAVOURS:
        contract.due_at = clock.now() + timedelta(seconds=contract.frozen_seconds)
    side, contract.frozen_side, contract.frozen_by, contract.frozen_seconds = contract.frozen_side, "", None, None
    _stored(contract)
    tell("contract.unfrozen", contract=contract.id, by=side)
    return contract


def _stored(contract: Contract) -> None:
    contract.save(update_fields=["frozen_side", "frozen_by", "frozen_seconds", "due_at"])
