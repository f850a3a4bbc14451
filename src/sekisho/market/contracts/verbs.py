"""From an offer to the end of a contract. Every move is an event of the deal and, where money moves, a batch of transfers."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sekisho.market.contracts import escrow
from sekisho.market.contracts.models import Contract, Delivery, Review
from sekisho.market.contracts.silence import silence
from sekisho.market.contracts.states import CONTRACT, ContractState
from sekisho.market.deals import log
from sekisho.market.deals.models import Deal
from sekisho.market.kernel import clock, fields
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.outbox import tell
from sekisho.market.kernel.problems import Kind, Problem, Row, describe
from sekisho.market.kernel.verbs import current, verb
from sekisho.market.kernel.yen import yen
from sekisho.market.ledger.fees import split
from sekisho.market.people.verbs import blocked_between
from sekisho.market.profiles.verbs import count

describe({
    "bad_split": Row(Kind.INVALID, "ワーカーへの支払いは0円以上、仮払い額{whole:,}円以下で指定してください。",
                     "Give the worker from 0 to {whole:,} yen."),
    "not_finished": Row(Kind.CONFLICT, "評価は、契約が完了してから投稿できます。",
                        "A review can be written when the contract is completed."),
    "reviewed_already": Row(Kind.CONFLICT, "この契約の評価はすでに投稿しています。", "You have already reviewed this contract."),
})  # fmt: skip


def _moved(contract: Contract, verb_name: str, **changes: Any) -> None:
    CONTRACT.move(contract, verb_name, current().held, silence().waits, **changes)


def _said(contract: Contract, type_: str, by: str, author: UUID | None, **content: Any) -> None:
    log.append(
        log.lock(contract.deal_id),
        type_,
        by=by,
        author=author,
        content={"contract": str(contract.id), **content},
    )


def _side(contract: Contract, actor: Actor) -> str:
    return contract.deal.side(actor.id) or ("clock" if "clock" in actor.roles else "operator")


@verb("contract.offer")
def offer(
    actor: Actor, deal: Deal, *, title: str, terms: str, price_yen: int, deadline: date | None = None
) -> Contract:
    """Offer the worker of a deal a contract: `price_yen` is without tax. Nothing is owed before it is agreed and funded."""
    if blocked_between(deal.client_id, deal.worker_id):
        raise Problem("not_found")
    contract = Contract.objects.create(
        deal=deal, number=Contract.objects.filter(deal=deal).count() + 1, title=fields.line(title, "title", 120),
        terms=fields.text(terms, "terms", 10_000), deadline=deadline, price_yen=yen(price_yen, field="price_yen"),
        funded_yen=split(price_yen).funded,
    )  # fmt: skip
    tell("contract.offered", contract=contract.id)
    return contract


@verb("contract.agree")
def agree(actor: Actor, contract: Contract) -> Contract:
    """The worker agrees to the terms. Work starts when it is funded, not now."""
    _moved(contract, "agree")
    terms = {"title": contract.title, "terms": contract.terms, "price_yen": contract.price_yen}
    _said(contract, "contract_agreed", "worker", actor.id, **terms)
    tell("contract.agreed", contract=contract.id)
    return contract


@verb("contract.decline")
def decline(actor: Actor, contract: Contract) -> Contract:
    """The worker does not want it. Nothing follows from that."""
    _moved(contract, "decline", ended_at=clock.now())
    tell("contract.declined", contract=contract.id)
    return contract


@verb("contract.withdraw")
def withdraw(actor: Actor, contract: Contract) -> Contract:
    """The client takes an offer back."""
    _moved(contract, "withdraw", ended_at=clock.now())
    return contract


@verb("contract.fund")
def fund(actor: Actor, contract: Contract) -> Contract:
    """仮払い: the client's balance goes into escrow. Work may start now."""
    _moved(contract, "fund", funded_at=clock.now())
    escrow.hold(contract)
    _said(contract, "escrow_funded", "client", actor.id, amount_yen=contract.funded_yen)
    count(contract.deal.client_id, orders=1)
    count(contract.deal.worker_id, orders=1)
    tell("contract.funded", contract=contract.id)
    return contract


@verb("contract.deliver")
def deliver(actor: Actor, contract: Contract, *, note: str) -> Contract:
    """Hand the work over."""
    words = fields.text(note, "note", 5000)
    _moved(contract, "deliver", first_delivered_at=contract.first_delivered_at or clock.now())
    Delivery.objects.create(contract=contract, note=words)
    _said(contract, "delivered", "worker", actor.id, note=words)
    tell("contract.delivered", contract=contract.id)
    return contract


@verb("contract.send_back")
def send_back(actor: Actor, contract: Contract, *, because: str) -> Contract:
    """差し戻し: the work is not as agreed; at most as often and as long as the silence rules say."""
    words = fields.text(because, "because", 5000)
    _moved(contract, "send_back", send_backs=contract.send_backs + 1)
    _said(contract, "sent_back", "client", actor.id, because=words)
    tell("contract.sent_back", contract=contract.id)
    return contract


@verb("contract.accept")
def accept(actor: Actor, contract: Contract) -> Contract:
    """検収: escrow is released to the worker."""
    _moved(contract, "accept", ended_at=clock.now())
    return _completed(contract, actor)


@verb("contract.accept_by_silence")
def accept_by_silence(actor: Actor, contract: Contract) -> Contract:
    """Nobody answered the delivery in time: it is accepted."""
    _moved(contract, "accept_by_silence", ended_at=clock.now())
    return _completed(contract, actor)


def _completed(contract: Contract, actor: Actor) -> Contract:
    escrow.release(contract)
    _said(contract, "accepted", _side(contract, actor), actor.id)
    count(contract.deal.client_id, completed=1)
    count(contract.deal.worker_id, completed=1)
    tell("contract.completed", contract=contract.id)
    return contract


@verb("contract.cancel")
def cancel(actor: Actor, contract: Contract, *, because: str) -> Contract:
    """End it without work; what is in escrow goes back. Once funded, only on an authority (a termination, a settlement)."""
    current().because = fields.text(because, "because", 1000)
    funded = contract.state == ContractState.FUNDED
    _moved(contract, "cancel", ended_at=clock.now())
    if funded:
        escrow.refund(contract)
    _said(contract, "cancelled", _side(contract, actor), actor.id, because=because)
    tell("contract.cancelled", contract=contract.id, by=_side(contract, actor))
    return contract


@verb("contract.lapse")
def lapse(actor: Actor, contract: Contract) -> Contract:
    """It was agreed and never funded."""
    _moved(contract, "lapse", ended_at=clock.now())
    _said(contract, "lapsed", "clock", None)
    tell("contract.lapsed", contract=contract.id)
    return contract


@verb("contract.dispute")
def dispute(actor: Actor, contract: Contract, *, because: str) -> Contract:
    """Ask the house to decide. Timers stop; the money stays where it is until it is settled."""
    words = fields.text(because, "because", 5000)
    _moved(contract, "dispute")
    _said(contract, "disputed", _side(contract, actor), actor.id, because=words)
    tell("contract.disputed", contract=contract.id)
    return contract


@verb("contract.settle")
def settle(actor: Actor, contract: Contract, *, to_worker: int, because: str) -> Contract:
    """On an authority: `to_worker` yen of the escrow (before the fee) are released, the rest goes back."""
    current().because = fields.text(because, "because", 5000)
    _moved(contract, "settle", ended_at=clock.now())
    escrow.release(contract, to_worker)
    _said(contract, "settled", "operator", None, to_worker=to_worker, because=because)
    _said(contract, "accepted" if to_worker else "cancelled", "operator", None)
    tell("contract.settled", contract=contract.id, to_worker=to_worker)
    return contract


@verb("contract.review")
def review(actor: Actor, contract: Contract, *, stars: int, text: str = "") -> Review:
    """1 to 5 stars and a word about the other side, once, when the contract is completed."""
    if contract.state != ContractState.COMPLETED:
        raise Problem("not_finished")
    side = _side(contract, actor)
    if Review.objects.filter(contract=contract, side=side).exists():
        raise Problem("reviewed_already")
    if not isinstance(stars, int) or not 1 <= stars <= 5:
        raise Problem("bad_value", field="stars", choices="1, 2, 3, 4, 5")
    words = fields.text(text, "text", 1000, blank=True)
    row = Review.objects.create(contract=contract, side=side, stars=stars, text=words)
    _said(contract, "reviewed", side, actor.id, stars=stars, text=words)
    count(contract.deal.worker_id if side == "client" else contract.deal.client_id, stars=stars, reviews=1)
    return row
