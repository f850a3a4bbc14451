"""Changing terms or deadline, with the other side's agreement; and recording what was agreed outside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sekisho.market.contracts.models import Change, Contract
from sekisho.market.contracts.moves import begun, said, side_of, state, step, words_of
from sekisho.market.contracts.states import CHANGE, ContractState
from sekisho.market.files.models import Upload
from sekisho.market.files.verbs import waiting
from sekisho.market.kernel import clock, fields
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.outbox import tell
from sekisho.market.kernel.problems import Kind, Problem, Row, describe
from sekisho.market.kernel.verbs import verb

describe({
    "not_changeable": Row(Kind.CONFLICT, "条件を変更できるのは、合意してから契約が終わるまでの間です。",
                          "Terms can be changed from the agreement until the contract ends."),
    "nothing_changed": Row(Kind.INVALID, "今の条件と同じ内容です。", "These are the terms as they are."),
    "not_yet": Row(Kind.INVALID, "「{field}」には今日までの日付を入力してください。", "“{field}” must not lie in the future."),
    "change_refused": Row(Kind.CONFLICT, "変更の内容に規約に反するおそれがあるため、運営が確認しています。",
                          "The proposed terms may break the rules; the house is looking at them."),
})  # fmt: skip
_OPEN = (ContractState.AGREED, ContractState.FUNDED, ContractState.DELIVERED)


@verb("change.propose")
def propose(actor: Actor, contract: Contract, *, terms: str, deadline: date | None = None) -> Change:
    """Propose other terms or another deadline at the same price. More money is another contract: `contract.offer`."""
    return _proposed(actor, contract, Change(terms=fields.text(terms, "terms", 10_000), deadline=deadline))


@verb("change.record_outside")
def record_outside(
    actor: Actor, contract: Contract, *, terms: str, agreed_on: date, tool: str, deadline: date | None = None,
    file: UUID | None = None,
) -> Change:  # fmt: skip
    """Record what the two agreed outside: when, with which tool, what holds now. It counts when the other side confirms.

    `file` names a picture of it, uploaded for an agreement.
    """
    if agreed_on > clock.now().date():
        raise Problem("not_yet", field="agreed_on")
    uploads = waiting(actor, [file] if file else [], "agreement")
    return _proposed(actor, contract, Change(
        kind="outside_agreement", terms=fields.text(terms, "terms", 10_000), deadline=deadline, agreed_on=agreed_on,
        tool=fields.line(tool, "tool", 40), file=file,
    ), uploads)  # fmt: skip


def _proposed(actor: Actor, contract: Contract, change: Change, uploads: Sequence[Upload] = ()) -> Change:
    if contract.state not in _OPEN:
        raise Problem("not_changeable")
    if (change.terms, change.deadline or contract.deadline) == (contract.terms, contract.deadline):
        raise Problem("nothing_changed")
    if Change.objects.filter(contract=contract, state="proposed").exists():
        raise Problem("waits_already")
    side = side_of(contract, actor)
    change.contract, change.side = contract, side
    change.statement = state(contract, actor, change.terms[:5000], "change", uploads)
    begun(CHANGE, change, "change")
    told = {
        "deadline": change.deadline,
        "agreed_on": change.agreed_on,
        "tool": change.tool,
        "file": change.file,
    }
    said(contract, "terms_proposed", side, actor.id, change=str(change.id), kind=change.kind,
         **words_of(change.statement), **{name: str(value) for name, value in told.items() if value})  # fmt: skip
    tell("change.proposed", change=change.id, contract=contract.id)
    return change


@verb("change.agree")
def agree(actor: Actor, change: Change) -> Change:
    """The other side agrees: from now on these are the terms. Terms that the house holds back cannot be agreed to yet."""
    if change.statement.state != "shown":
        raise Problem("change_refused")
    contract = Contract.objects.select_for_update(of=("self",)).get(pk=change.contract_id)
    before = {"terms": contract.terms, "deadline": str(contract.deadline or "")}
    contract.terms, contract.deadline = change.terms, change.deadline or contract.deadline
    contract.save(update_fields=["terms", "deadline"])
    _answered(change, actor, "agree")
    after = {"terms": contract.terms, "deadline": str(contract.deadline or "")}
    type_ = "outside_agreement" if change.kind == "outside_agreement" else "terms_changed"
    said(
        contract, type_, side_of(contract, actor), actor.id, change=str(change.id), before=before, after=after
    )
    return change


@verb("change.refuse")
def refuse(actor: Actor, change: Change) -> Change:
    """The other side does not agree: the terms stay."""
    return _answered(change, actor, "refuse")


@verb("change.withdraw")
def withdraw(actor: Actor, change: Change) -> Change:
    """Whoever proposed it takes it back."""
    return _answered(change, actor, "withdraw")


@verb("change.lapse")
def lapse(actor: Actor, change: Change) -> Change:
    """Nobody answered: the terms stay."""
    return _answered(change, actor, "lapse")


def _answered(change: Change, actor: Actor, name: str) -> Change:
    step(CHANGE, change, name, ended_at=clock.now())
    by = side_of(change.contract, actor)
    said(change.contract, "terms_answered", by, actor.id, change=str(change.id), answer=change.state)
    tell(f"change.{change.state}", change=change.id, contract=change.contract_id)
    return change
