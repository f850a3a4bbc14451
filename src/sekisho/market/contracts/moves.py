"""What every verb of this room does beside its own work: move by the table, note in the deal, judge. No verbs here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from sekisho.core.rules.model import Action
from sekisho.market.contracts.freezing import not_frozen
from sekisho.market.contracts.models import Change, Contract, OfContract, Statement, Termination
from sekisho.market.contracts.real import live_contract, token_yen
from sekisho.market.contracts.reminders import plan
from sekisho.market.contracts.silence import silence
from sekisho.market.contracts.states import CHANGE, CONTRACT, STATEMENT, TERMINATION, StatementState
from sekisho.market.deals import log
from sekisho.market.files.models import Upload
from sekisho.market.files.verbs import attach, attached, share
from sekisho.market.judging.files import judge_files
from sekisho.market.judging.judge import judge_text
from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import Actor, Authority
from sekisho.market.kernel.ids import new_id
from sekisho.market.kernel.outbox import tell
from sekisho.market.kernel.problems import Kind, Problem, Row, describe
from sekisho.market.kernel.states import StateTable
from sekisho.market.kernel.verbs import current

describe({
    "own_matter": Row(Kind.FORBIDDEN, "ご自身が当事者の契約は、運営として扱えません。",
                      "You are a party to this contract; somebody else of the house must do this."),
    "waits_already": Row(Kind.CONFLICT, "回答を待っているものがあります。先にそちらを終えてください。",
                         "Another one is waiting for its answer; end that one first."),
})  # fmt: skip
_KINDS = {"delivery": "delivery", "dispute": "dispute"}
"""What a kind of statement is called in the core; the others are judged as messages."""


def moved(contract: Contract, verb: str, **changes: Any) -> None:
    """Take a contract along and plan the reminders of the wait it enters."""
    step(CONTRACT, contract, verb, **changes)


def step(table: StateTable, thing: Contract | OfContract, verb: str, **changes: Any) -> None:
    """Take `thing` along in its lifecycle, in the words under which the verb going on may act."""
    not_frozen(thing if isinstance(thing, Contract) else thing.contract, f"{table.name}.{verb}", current().held)
    table.move(thing, verb, current().held, silence().waits, **changes)
    plan(table, thing)


def begun(table: StateTable, thing: OfContract, wait: str | None) -> None:
    """Store a new thing, its timer set to the end of `wait`."""
    thing.due_at = clock.now() + silence().waits[wait] if wait else None
    thing.save(force_insert=True)
    plan(table, thing)


def side_of(contract: Contract, actor: Actor) -> str:
    """`client`, `worker`, `clock` or `operator`, as the deal writes it."""
    return contract.deal.side(actor.id) or ("clock" if "clock" in actor.roles else "operator")


def under(actor: Actor, kind: str, id_: UUID) -> Actor:
    """`actor`, with what gives him the right shown to the verb he calls next."""
    return replace(actor, authority=Authority(kind, id_))


def not_own(contract: Contract, actor: Actor) -> None:
    """Raise `Problem("own_matter")` when one of the house is a party."""
    if contract.deal.side(actor.id):
        raise Problem("own_matter")


def said(contract: Contract, type_: str, by: str, author: UUID | None, **content: Any) -> None:
    """Add an event to the contract's deal."""
    body = {"contract": str(contract.id), **content}
    log.append(log.lock(contract.deal_id), type_, by=by, author=author, content=body)


def ended(contract: Contract, type_: str, by: str, author: UUID | None, **content: Any) -> None:
    """Add the end of a contract to its deal.

    The thread takes any end for that of a live contract. One that never counted (not funded, or with a token sum) must not
    end another that does: beside such a one it is only noted.
    """
    real = contract.funded_at is not None and contract.funded_yen >= token_yen(contract.deal)
    if real or live_contract(contract.deal, but=contract) is None:
        said(contract, type_, by, author, **content)
    else:
        said(contract, "contract_ended", by, author, how=type_, **content)


def state(
    contract: Contract, actor: Actor, text: str, kind: str, uploads: Sequence[Upload] = ()
) -> Statement:
    """Keep what a party says, with files, judged in the deal's context. What breaks the rules is held for a moderator."""
    deal, side = log.lock(contract.deal_id), side_of(contract, actor)
    statement = Statement(id=new_id(), contract=contract, side=side, kind=kind, text=text, author=actor.me)
    where: Any = {
        "kind": _KINDS.get(kind, "message"), "sender": side, "writer": actor.id, "stage": deal.stage,
        "approved_tools": tuple(deal.approved_tools),
    }  # fmt: skip
    statement.judgement = judge_text(text, subject=statement.id, **where)
    files = judge_files(uploads, **where)
    held = statement.judgement.action != "allow" or files.action is not Action.ALLOW
    row = STATEMENT.find(None, "hold" if held else "show", {side})
    statement.state = row.to
    statement.warned = statement.judgement.verdict != "clear" or not files.clear
    begun(STATEMENT, statement, "look" if held else None)
    attach(uploads, "statement", statement.id)
    if held:
        tell("statement.held", statement=statement.id)
    else:
        hand_over(statement)
    return statement


def hand_over(statement: Statement) -> None:
    """The other side may fetch what is attached to it."""
    deal = statement.contract.deal
    share(statement.id, deal.worker_id if statement.side == "client" else deal.client_id)


def words_of(statement: Statement) -> dict[str, Any]:
    """A statement as the deal keeps it: its text, or that it is held back; of held files the log has no name, but the hash."""
    shown = statement.state == StatementState.SHOWN
    files = [upload.facts for upload in attached([statement.id]).get(statement.id, ())]
    if not shown:
        files = [{name: value for name, value in one.items() if name != "name"} for one in files]
    words = {"text": statement.text} if shown else {"held": True}
    return {"statement": str(statement.id)} | words | ({"files": files} if files else {})


def drop_waiting(contract: Contract, *, changes: bool = True) -> None:
    """What waits for an answer on this contract leads nowhere any more: the clock ends it."""
    waiting: list[OfContract] = list(Termination.objects.filter(contract=contract, state="asked"))
    if changes:
        waiting += Change.objects.filter(contract=contract, state="proposed")
    for thing in waiting:
        table = TERMINATION if isinstance(thing, Termination) else CHANGE
        table.move(thing, "lapse", ("clock",), silence().waits, ended_at=clock.now())
        tell(f"{table.name}.lapsed", id=thing.pk, contract=contract.id, cancelled=False)
