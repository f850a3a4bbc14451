"""What happens in a dispute: evidence, the house's proposal, acceptance, concession, and what the clock does meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sekisho.market.contracts import escrow
from sekisho.market.contracts.models import Dispute, Settlement, Statement
from sekisho.market.contracts.moves import not_own, said, side_of, state, step, under, words_of
from sekisho.market.contracts.silence import silence
from sekisho.market.contracts.states import DISPUTE, SETTLEMENT, DisputeState
from sekisho.market.contracts.verbs import settle
from sekisho.market.files.verbs import waiting
from sekisho.market.kernel import clock, fields
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.outbox import tell
from sekisho.market.kernel.problems import Problem
from sekisho.market.kernel.verbs import current, verb


@verb("dispute.say")
def say(actor: Actor, dispute: Dispute, *, text: str, files: Sequence[UUID] = ()) -> Statement:
    """Say one's side, with files, while evidence is taken. A client who never does pays for what was delivered."""
    words = fields.text(text, "text", 5000)
    if dispute.state != DisputeState.EVIDENCE:
        raise Problem("not_from_here", state=dispute.state)
    statement = state(dispute.contract, actor, words, "dispute", waiting(actor, files, "evidence"))
    said(dispute.contract, "dispute_said", side_of(dispute.contract, actor), actor.id, dispute=str(dispute.id),
         **words_of(statement))  # fmt: skip
    tell("dispute.said", dispute=dispute.id, statement=statement.id)
    return statement


def silence_pays(dispute: Dispute) -> bool:
    """Whether the worker is paid at the end of the evidence: something was delivered, and the client has said nothing."""
    spoke = Statement.objects.filter(contract=dispute.contract, kind="dispute", side="client").exists()
    return not spoke and dispute.contract.first_delivered_at is not None


@verb("dispute.close_evidence")
def close_evidence(actor: Actor, dispute: Dispute) -> Dispute:
    """Both have had their time: the house proposes an ending next. Raises `Problem` where silence pays."""
    if silence_pays(dispute):
        raise Problem("not_yours")
    step(DISPUTE, dispute, "close_evidence")
    tell("dispute.waiting", dispute=dispute.id)
    return dispute


@verb("dispute.pay_by_silence")
def pay_by_silence(actor: Actor, dispute: Dispute) -> Dispute:
    """The client said nothing in all the time of evidence about what was delivered: the worker is paid in full.

    Raises `Problem` where he did, or where nothing was delivered: nobody is paid for that by silence.
    """
    if not silence_pays(dispute):
        raise Problem("not_yours")
    return _over(actor, dispute, "pay_by_silence", escrow.held(dispute.contract))


@verb("dispute.propose")
def propose(actor: Actor, dispute: Dispute, *, to_worker: int, because: str) -> Dispute:
    """The house proposes: `to_worker` yen of the escrow (before the fee) to the worker, the rest back. Both may accept."""
    not_own(dispute.contract, actor)
    words = current().because = fields.text(because, "because", 5000)
    split_of(dispute, to_worker)
    step(
        DISPUTE, dispute, "propose", to_worker=to_worker, because=words, proposed_by=actor.id, accepted_by=""
    )
    said(dispute.contract, "dispute_proposed", "operator", actor.id, dispute=str(dispute.id), to_worker=to_worker,
         because=words)  # fmt: skip
    tell("dispute.proposed", dispute=dispute.id)
    return dispute


def split_of(dispute: Dispute, to_worker: int) -> None:
    """Raise `Problem("bad_split")` for what the escrow cannot give."""
    whole = escrow.held(dispute.contract)
    if isinstance(to_worker, bool) or not isinstance(to_worker, int) or not 0 <= to_worker <= whole:
        raise Problem("bad_split", whole=whole)


@verb("dispute.accept")
def accept(actor: Actor, dispute: Dispute) -> Dispute:
    """Accept the proposal. When both have, it is done."""
    side = side_of(dispute.contract, actor)
    if dispute.accepted_by:
        assert dispute.to_worker is not None
        return _over(actor, dispute, "accept", dispute.to_worker)
    step(DISPUTE, dispute, "accept", accepted_by=side, due_at=dispute.due_at)
    said(dispute.contract, "dispute_answered", side, actor.id, dispute=str(dispute.id), answer="accepted")
    tell("dispute.accepted", dispute=dispute.id, by=side)
    return dispute


@verb("dispute.reject")
def reject(actor: Actor, dispute: Dispute) -> Dispute:
    """Do not accept it: the house decides."""
    step(DISPUTE, dispute, "reject", accepted_by="")
    side = side_of(dispute.contract, actor)
    said(dispute.contract, "dispute_answered", side, actor.id, dispute=str(dispute.id), answer="rejected")
    tell("dispute.decision", dispute=dispute.id)
    return dispute


@verb("dispute.go_on")
def go_on(actor: Actor, dispute: Dispute) -> Dispute:
    """No proposal came, or not both accepted it in time: the house decides."""
    step(DISPUTE, dispute, "go_on", accepted_by="")
    tell("dispute.decision", dispute=dispute.id)
    return dispute


@verb("dispute.overdue")
def overdue(actor: Actor, dispute: Dispute) -> Dispute:
    """The house has not decided in time: it escalates, and again after as long. Money never moves by the house's silence."""
    step(DISPUTE, dispute, "overdue")
    tell("dispute.overdue", dispute=dispute.id)
    return dispute


@verb("dispute.concede")
def concede(actor: Actor, dispute: Dispute) -> Dispute:
    """Give in: a client pays in full, a worker gives all of it back."""
    whole = escrow.held(dispute.contract)
    return _over(actor, dispute, "concede", whole if side_of(dispute.contract, actor) == "client" else 0)


@verb("dispute.decide")
def decide(actor: Actor, dispute: Dispute, *, to_worker: int, because: str) -> Dispute:
    """On an authority (a settlement of two persons): it is decided how the money is divided. It moves with `settle`."""
    step(DISPUTE, dispute, "decide", to_worker=to_worker, because=because, ended_at=clock.now())
    said(dispute.contract, "dispute_decided", "operator", None, dispute=str(dispute.id), to_worker=to_worker,
         because=because)  # fmt: skip
    tell("dispute.decided", dispute=dispute.id)
    return dispute


@verb("dispute.reopen")
def reopen(actor: Actor, dispute: Dispute, *, because: str) -> Dispute:
    """On an authority (an upheld appeal): the house decides anew. Raises `Problem("needs")` when the money has moved."""
    words = current().because = fields.text(because, "because", 5000)
    step(DISPUTE, dispute, "reopen", to_worker=None, because="", ended_at=None)
    said(dispute.contract, "dispute_reopened", "operator", None, dispute=str(dispute.id), because=words)
    tell("dispute.reopened", dispute=dispute.id)
    return dispute


def _over(actor: Actor, dispute: Dispute, name: str, to_worker: int) -> Dispute:
    step(DISPUTE, dispute, name, to_worker=to_worker, ended_at=clock.now())
    for proposal in Settlement.objects.filter(dispute=dispute, state="proposed"):
        SETTLEMENT.move(proposal, "lapse", ("clock",), silence().waits, ended_at=clock.now())
    shown = actor if actor.authority else under(actor, "dispute", dispute.id)
    settle(shown, dispute.contract, to_worker=to_worker, because=dispute.state)
    tell("dispute.over", dispute=dispute.id, state=dispute.state)
    return dispute
