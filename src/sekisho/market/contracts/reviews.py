"""Reviews of a completed contract. One written after a refusal is looked at before it counts."""

from __future__ import annotations

from sekisho.market.contracts.models import Contract, Review
from sekisho.market.contracts.moves import begun, not_own, said, side_of, step
from sekisho.market.contracts.states import REVIEW, ContractState
from sekisho.market.deals import log
from sekisho.market.judging.judge import judge_text
from sekisho.market.kernel import clock, fields
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.ids import new_id
from sekisho.market.kernel.outbox import tell
from sekisho.market.kernel.problems import Kind, Problem, Row, describe
from sekisho.market.kernel.verbs import current, verb
from sekisho.market.profiles.verbs import count

describe({
    "not_finished": Row(Kind.CONFLICT, "評価は、契約が完了してから投稿できます。",
                        "A review can be written when the contract is completed."),
    "reviewed_already": Row(Kind.CONFLICT, "この契約の評価はすでに投稿しています。", "You have already reviewed this contract."),
})  # fmt: skip
JUDGED, AFTER_REFUSAL = "judged", "after_refusal"


@verb("contract.review")
def review(actor: Actor, contract: Contract, *, stars: int, text: str = "") -> Review:
    """1 to 5 stars and a word about the other side, once, when the contract is completed.

    Hidden until a moderator has looked: a text that breaks the rules, and whatever somebody writes about the one who refused
    to go outside with him (`why` judged, after_refusal).
    """
    if contract.state != ContractState.COMPLETED:
        raise Problem("not_finished")
    side = side_of(contract, actor)
    if Review.objects.filter(contract=contract, side=side).exists():
        raise Problem("reviewed_already")
    if isinstance(stars, bool) or not isinstance(stars, int) or not 1 <= stars <= 5:
        raise Problem("bad_value", field="stars", choices="1, 2, 3, 4, 5")
    words, id_ = fields.text(text, "text", 1000, blank=True), new_id()
    judgement = judge_text(words, kind="review", sender=side, subject=id_, writer=actor.id) if words else None
    broken = judgement is not None and judgement.action != "allow"
    why = JUDGED if broken else AFTER_REFUSAL if refused_by_other(contract, side) else ""
    state = REVIEW.find(None, "hide" if why else "show", {side}).to
    row = Review(id=id_, contract=contract, side=side, state=state, author=actor.me, stars=stars, text=words,
                 judgement=judgement, why=why)  # fmt: skip
    begun(REVIEW, row, "look" if why else None)
    if why:
        tell("review.hidden", review=row.id, why=why)
        return row
    return _shown(row)


def refused_by_other(contract: Contract, side: str) -> bool:
    """Whether the other side has refused to go outside with `side`, or declined its contact request, in this deal."""
    other = "worker" if side == "client" else "client"
    return log.lock(contract.deal_id).state.get(other, {}).get("refused") is not None


def _shown(row: Review) -> Review:
    deal = row.contract.deal
    said(row.contract, "reviewed", row.side, row.author, stars=row.stars, text=row.text)
    count(deal.worker_id if row.side == "client" else deal.client_id, stars=row.stars, reviews=1)
    tell("review.shown", review=row.id)
    return row


@verb("review.release")
def release(actor: Actor, row: Review) -> Review:
    """It is a fair review: show it and let it count."""
    not_own(row.contract, actor)
    step(REVIEW, row, "release", ended_at=clock.now())
    return _shown(row)


@verb("review.withhold")
def withhold(actor: Actor, row: Review, *, because: str) -> Review:
    """It is not: it never counts, and its writer is told why."""
    not_own(row.contract, actor)
    current().because = fields.text(because, "because", 1000)
    step(REVIEW, row, "withhold", ended_at=clock.now())
    tell("review.withheld", review=row.id, because=because)
    return row


@verb("review.remove")
def remove(actor: Actor, row: Review, *, because: str) -> Review:
    """On an authority (a decision): it was shown, and counts no more."""
    current().because = fields.text(because, "because", 1000)
    step(REVIEW, row, "remove", ended_at=clock.now())
    deal = row.contract.deal
    count(deal.worker_id if row.side == "client" else deal.client_id, stars=-row.stars, reviews=-1)
    tell("review.withheld", review=row.id, because=because)
    return row


@verb("review.overdue")
def overdue(actor: Actor, row: Review) -> Review:
    """Nobody has looked at it in time: it escalates, and again after as long."""
    step(REVIEW, row, "overdue")
    tell("review.overdue", review=row.id)
    return row
