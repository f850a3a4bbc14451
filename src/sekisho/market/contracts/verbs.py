"""From an offer to the end of a contract. Every move is an event of the deal and, where money moves, a batch of transfers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sekisho.market.contracts import escrow
from sekisho.market.contracts.models import Contract, Delivery, Dispute
from sekisho.market.contracts.moves import begun, drop_waiting, ended, moved, said, side_of, state, words_of
from sekisho.market.contracts.states import CONTRACT, DISPUTE, ContractState
from sekisho.market.deals.models import Deal
from sekisho.market.files.verbs import waiting
from sekisho.market.judging.judge import judge_text
from sekisho.market.kernel import clock, fields
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.ids import new_id
from sekisho.market.kernel.outbox import tell
from sekisho.market.kernel.problems import Kind, Problem, Row, describe
from sekisho.market.kernel.verbs import current, verb
from sekisho.market.kernel.yen import yen
from sekisho.market.ledger.fees import policy, split
from sekisho.market.people.verbs import blocks
from sekisho.market.profiles.verbs import count

describe({
    "bad_split": Row(Kind.INVALID, "ワーカーへの支払いは0円以上、仮払い額{whole:,}円以下で指定してください。",
                     "Give the worker from 0 to {whole:,} yen."),
})  # fmt: skip


@verb("contract.offer")
def offer(
    actor: Actor, deal: Deal, *, title: str, terms: str, price_yen: int, deadline: date | None = None
) -> Contract:
    """Offer the worker of a deal a contract: `price_yen` is without tax. Nothing is owed before it is agreed and funded.

    The words are judged first: what breaks the rules comes back in the state `returned`, and the worker sees nothing of it.
    """
    if blocks(actor.id, deal.worker_id):
        raise Problem("unblock_first")
    fees = policy()
    contract = Contract(
        id=new_id(), deal=deal, fee_table=fees.id, number=Contract.objects.filter(deal=deal).count() + 1,
        title=fields.line(title, "title", 120), terms=fields.text(terms, "terms", 10_000), deadline=deadline,
        price_yen=yen(price_yen, field="price_yen"), funded_yen=split(price_yen, fees).funded,
    )  # fmt: skip
    judgement = judge_text(
        f"{contract.title}\n{contract.terms}", kind="message", sender="client", subject=contract.id, writer=actor.id,
        stage=deal.stage, approved_tools=tuple(deal.approved_tools),
    )  # fmt: skip
    row = CONTRACT.find(None, "offer" if judgement.action == "allow" else "return_offer", current().held)
    contract.state, contract.judgement, contract.warned = row.to, judgement, judgement.verdict != "clear"
    contract.ended_at = None if row.to == ContractState.OFFERED else clock.now()
    contract.save(force_insert=True)
    # Whom the worker blocks can offer: she sees and hears nothing of it while she does, and he cannot tell.
    if row.to != ContractState.OFFERED or not contract.unseen:
        tell(f"contract.{row.to}", contract=contract.id)
    return contract


@verb("contract.offer_again")
def offer_again(actor: Actor, contract: Contract, *, deadline: date | None = None) -> Contract:
    """「前回と同じ内容で」: a new contract of its own with the same title, terms and price; it is agreed and funded anew."""
    return offer(
        actor, contract.deal, title=contract.title, terms=contract.terms, price_yen=contract.price_yen,
        deadline=deadline,
    )  # fmt: skip


@verb("contract.agree")
def agree(actor: Actor, contract: Contract) -> Contract:
    """The worker agrees to the terms. Work starts when it is funded, not now."""
    moved(contract, "agree")
    terms = {"title": contract.title, "terms": contract.terms, "price_yen": contract.price_yen, "fee_table": contract.fee_table}
    said(contract, "contract_agreed", "worker", actor.id, **terms)
    tell("contract.agreed", contract=contract.id)
    return contract


@verb("contract.decline")
def decline(actor: Actor, contract: Contract) -> Contract:
    """The worker does not want it. Nothing follows from that."""
    moved(contract, "decline", ended_at=clock.now())
    tell("contract.declined", contract=contract.id)
    return contract


@verb("contract.withdraw")
def withdraw(actor: Actor, contract: Contract) -> Contract:
    """The client takes an offer back."""
    moved(contract, "withdraw", ended_at=clock.now())
    if not contract.unseen:
        tell("contract.withdrawn", contract=contract.id)
    return contract


@verb("contract.fund")
def fund(actor: Actor, contract: Contract) -> Contract:
    """仮払い: the client's balance goes into escrow. Work may start now."""
    moved(contract, "fund", funded_at=clock.now())
    escrow.hold(contract)
    said(contract, "escrow_funded", "client", actor.id, amount_yen=contract.funded_yen)
    count(contract.deal.client_id, orders=1)
    count(contract.deal.worker_id, orders=1)
    tell("contract.funded", contract=contract.id)
    return contract


@verb("contract.deliver")
def deliver(actor: Actor, contract: Contract, *, note: str, files: Sequence[UUID] = ()) -> Contract:
    """Hand the work over: a note and uploaded files of any kind. A waiting request to end it is void.

    Both are judged; held back or not, the delivery counts. Raises `Problem`, also those of files.
    """
    words, uploads = fields.text(note, "note", 5000), waiting(actor, files, "delivery")
    moved(contract, "deliver", first_delivered_at=contract.first_delivered_at or clock.now())
    statement = state(contract, actor, words, "delivery", uploads)
    delivery = Delivery.objects.create(contract=contract, statement=statement)
    drop_waiting(contract, changes=False)
    said(contract, "delivered", "worker", actor.id, delivery=str(delivery.id), **words_of(statement))
    tell("contract.delivered", contract=contract.id)
    return contract


@verb("contract.send_back")
def send_back(actor: Actor, contract: Contract, *, because: str) -> Contract:
    """差し戻し: the work is not as agreed; at most as often and as long as the silence rules say."""
    words = fields.text(because, "because", 5000)
    moved(contract, "send_back", send_backs=contract.send_backs + 1)
    said(contract, "sent_back", "client", actor.id, **words_of(state(contract, actor, words, "send_back")))
    tell("contract.sent_back", contract=contract.id)
    return contract


@verb("contract.accept")
def accept(actor: Actor, contract: Contract) -> Contract:
    """検収: escrow is released to the worker."""
    moved(contract, "accept", ended_at=clock.now())
    return _completed(contract, actor)


@verb("contract.accept_by_silence")
def accept_by_silence(actor: Actor, contract: Contract) -> Contract:
    """Nobody answered the delivery in time: it is accepted."""
    moved(contract, "accept_by_silence", ended_at=clock.now())
    return _completed(contract, actor)


def _completed(contract: Contract, actor: Actor) -> Contract:
    escrow.release(contract)
    drop_waiting(contract)
    ended(contract, "accepted", side_of(contract, actor), actor.id)
    _counted(contract)
    tell("contract.completed", contract=contract.id)
    return contract


def _counted(contract: Contract) -> None:
    count(contract.deal.client_id, completed=1)
    count(contract.deal.worker_id, completed=1)


@verb("contract.cancel")
def cancel(
    actor: Actor, contract: Contract, *, because: str, by: str | None = None, bears: str | None = None
) -> Contract:
    """End it without work; what is in escrow goes back. Once funded, only on an authority (a termination, a decision).

    On an authority `by` is the side that wanted it, `bears` the side whose completion rate bears it (None: nobody's).
    """
    words = current().because = fields.text(because, "because", 1000)
    funded = contract.state == ContractState.FUNDED
    moved(contract, "cancel", ended_at=clock.now())
    if funded:
        escrow.refund(contract)
        if bears is not None:
            count(getattr(contract.deal, f"{bears}_id"), ended_by_own_fault=1)
        content = {"because": words}
    else:
        by, content = None, words_of(state(contract, actor, words, "cancel"))
    drop_waiting(contract)
    by = by or side_of(contract, actor)
    ended(contract, "cancelled", by, actor.id, **content)
    tell("contract.cancelled", contract=contract.id, by=by)
    return contract


@verb("contract.lapse")
def lapse(actor: Actor, contract: Contract) -> Contract:
    """It was agreed and never funded."""
    moved(contract, "lapse", ended_at=clock.now())
    drop_waiting(contract)
    ended(contract, "lapsed", "clock", None)
    tell("contract.lapsed", contract=contract.id)
    return contract


@verb("contract.dispute")
def dispute(actor: Actor, contract: Contract, *, because: str, files: Sequence[UUID] = ()) -> Contract:
    """Ask the house to decide. Timers of the contract stop; the money stays where it is until the dispute has ended."""
    words, side = fields.text(because, "because", 5000), side_of(contract, actor)
    uploads = waiting(actor, files, "evidence")
    moved(contract, "dispute")
    drop_waiting(contract)
    row = Dispute(contract=contract, side=side, state=DISPUTE.find(None, "open", current().held).to)
    begun(DISPUTE, row, "dispute_evidence")
    statement = state(contract, actor, words, "dispute", uploads)
    said(contract, "disputed", side, actor.id, dispute=str(row.id), **words_of(statement))
    tell("contract.disputed", contract=contract.id, dispute=row.id)
    return contract


@verb("contract.settle")
def settle(actor: Actor, contract: Contract, *, to_worker: int, because: str) -> Contract:
    """On an authority: `to_worker` yen of the escrow (before the fee) are released, the rest goes back."""
    words = current().because = fields.text(because, "because", 5000)
    moved(contract, "settle", ended_at=clock.now())
    escrow.release(contract, to_worker)
    drop_waiting(contract)
    said(contract, "settled", "operator", None, to_worker=to_worker, because=words)
    # The thread ends with it: as work accepted, or without.
    ended(contract, "accepted" if to_worker else "lapsed", "operator", None)
    if to_worker:
        _counted(contract)
    tell("contract.settled", contract=contract.id, to_worker=to_worker)
    return contract
