"""Asking to end a funded contract before delivery. Before the first delivery silence ends it; after one, never."""

from __future__ import annotations

from sekisho.market.contracts.models import Contract, Termination
from sekisho.market.contracts.moves import begun, said, side_of, state, step, under, words_of
from sekisho.market.contracts.reasons import reason, reasons
from sekisho.market.contracts.states import TERMINATION, ContractState
from sekisho.market.contracts.verbs import cancel
from sekisho.market.kernel import clock, fields
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.outbox import tell
from sekisho.market.kernel.problems import Kind, Problem, Row, describe
from sekisho.market.kernel.verbs import verb

describe({
    "delivered_already": Row(
        Kind.CONFLICT, "納品後は途中終了を申し込めません。検収・差し戻し・「運営に判断を求める」のいずれかを選んでください。",
        "After a delivery it cannot be ended by request. Accept it, send it back, or ask the house to decide."),
    "not_funded": Row(Kind.CONFLICT, "途中終了の申し込みは、仮払いが済んだ契約に対するものです。",
                      "Only a funded contract is ended by request."),
})  # fmt: skip


@verb("termination.ask")
def ask(actor: Actor, contract: Contract, *, reason_code: str, text: str) -> Termination:
    """Ask the other side to end it with a full refund. Unanswered for as long as the silence rules say, it ends so."""
    side = side_of(contract, actor)
    code, words = reason(reason_code, side).code, fields.text(text, "text", 5000)
    if contract.state != ContractState.FUNDED:
        raise Problem("delivered_already" if contract.state == ContractState.DELIVERED else "not_funded")
    if Termination.objects.filter(contract=contract, state="asked").exists():
        raise Problem("waits_already")
    statement = state(contract, actor, words, "termination")
    termination = Termination(contract=contract, side=side, reason=code, statement=statement)
    begun(TERMINATION, termination, "termination")
    said(contract, "termination_asked", side, actor.id, termination=str(termination.id), reason=code,
         **words_of(statement))  # fmt: skip
    tell("termination.asked", termination=termination.id, contract=contract.id)
    return termination


@verb("termination.agree")
def agree(actor: Actor, termination: Termination) -> Termination:
    """The other side agrees: the contract is cancelled and the whole escrow goes back."""
    _answered(termination, actor, "agree")
    _cancelled(termination, actor, agreed=True)
    return termination


@verb("termination.refuse")
def refuse(actor: Actor, termination: Termination) -> Termination:
    """The other side wants to go on: the contract stays as it is."""
    return _answered(termination, actor, "refuse")


@verb("termination.withdraw")
def withdraw(actor: Actor, termination: Termination) -> Termination:
    """Whoever asked takes it back."""
    return _answered(termination, actor, "withdraw")


@verb("termination.lapse")
def lapse(actor: Actor, termination: Termination) -> Termination:
    """Nobody answered. Where nothing was ever delivered the contract ends with a full refund; else nothing changes."""
    _answered(termination, actor, "lapse")
    contract = termination.contract
    if contract.state == ContractState.FUNDED and contract.first_delivered_at is None:
        _cancelled(termination, actor, agreed=False)
    return termination


def _answered(termination: Termination, actor: Actor, name: str) -> Termination:
    step(TERMINATION, termination, name, ended_at=clock.now())
    said(termination.contract, "termination_answered", side_of(termination.contract, actor), actor.id,
         termination=str(termination.id), answer=termination.state)  # fmt: skip
    tell(f"termination.{termination.state}", termination=termination.id, contract=termination.contract_id)
    return termination


def _cancelled(termination: Termination, actor: Actor, *, agreed: bool) -> None:
    why = reasons()[termination.reason]
    cancel(
        under(actor, "termination", termination.id), termination.contract, because=why.code, by=termination.side,
        bears=why.borne(termination.side, agreed=agreed),
    )  # fmt: skip
