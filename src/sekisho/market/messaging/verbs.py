"""Sending: judge in the deal's true context, act as the pack says, keep the attempt, append what is delivered."""

from __future__ import annotations

from datetime import timedelta

from sekisho.core.detection.threads.verdict import EventVerdict
from sekisho.market.deals import log
from sekisho.market.deals.models import Deal
from sekisho.market.judging.judge import keep_event
from sekisho.market.judging.models import Judgement
from sekisho.market.kernel import clock, fields
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.outbox import tell
from sekisho.market.kernel.verbs import current, verb
from sekisho.market.messaging.models import Message
from sekisho.market.messaging.states import MESSAGE, MessageState
from sekisho.market.people.verbs import blocked_between

LONGEST = 10_000
LOOK_WITHIN = timedelta(hours=24)
"""A held text is looked at within this, or it is marked overdue and escalates."""
NUDGES = 2
"""After so many nudged rewritings within a day the next is held with a general reason, so that nudges do not teach evasion."""


@verb("message.send")
def send(actor: Actor, deal: Deal, *, text: str) -> Message:
    """Say something. The returned message's `state` tells what came of it: delivered, nudged, held, refused or muted.

    A muted one (a block, and no live contract) looks delivered to its writer; the interfaces must show it so.
    """
    words = fields.text(text, "text", LONGEST)
    side = deal.side(actor.id)
    assert side is not None
    verdict = log.foresee(deal, "message", by=side, content={"text": words})
    judgement = keep_event(
        words, verdict, kind="message", subject=deal.id, writer=actor.id, digest=log.digest(deal)
    )
    action = "mute" if _muted(deal) else _action(verdict, deal, actor)
    row = MESSAGE.find(None, action, current().held)
    message = Message(
        deal=deal, author_id=actor.me, state=row.to, text=words, judgement=judgement, warned=_warns(judgement)
    )
    if row.to == MessageState.DELIVERED:
        message.event, _ = log.append(deal, "message", by=side, author=actor.id, content={"text": words})
    if row.to == MessageState.HELD:
        message.due_at = clock.now() + LOOK_WITHIN
    message.save(force_insert=True)
    tell(f"message.{row.to}", message=message.id)
    return message


def _muted(deal: Deal) -> bool:
    return deal.stage == "pre_contract" and blocked_between(deal.client_id, deal.worker_id)


def _action(verdict: EventVerdict, deal: Deal, actor: Actor) -> str:
    action = verdict.action.value
    if action != "nudge":
        return action
    since = clock.now() - timedelta(days=1)
    nudged = Message.objects.filter(
        deal=deal, author_id=actor.me, state=MessageState.NUDGED, at__gte=since
    ).count()
    return "hold" if nudged >= NUDGES else "nudge"


def _warns(judgement: Judgement) -> bool:
    """Whether the recipient sees a warning beside it."""
    return judgement.verdict != "clear"


@verb("message.send_anyway")
def send_anyway(actor: Actor, message: Message) -> Message:
    """Deliver a nudged message as it is; its recipient sees a warning, and the record says so."""
    return _delivered(message, "send_anyway")


@verb("message.release")
def release(actor: Actor, message: Message) -> Message:
    """A moderator lets a held message pass."""
    return _delivered(message, "release")


@verb("message.withhold")
def withhold(actor: Actor, message: Message, *, because: str) -> Message:
    """A moderator keeps a held message back for good; its writer is told why."""
    current().because = fields.text(because, "because", 1000)
    MESSAGE.move(message, "withhold", current().held, due_at=None, held_minutes=_minutes(message))
    tell("message.withheld", message=message.id, because=because)
    return message


def _delivered(message: Message, name: str) -> Message:
    deal = log.lock(message.deal_id)
    side = deal.side(message.author_id) or ""
    event, _ = log.append(deal, "message", by=side, author=message.author_id, content={"text": message.text})
    held = _minutes(message) if message.state == MessageState.HELD else None
    MESSAGE.move(message, name, current().held, event=event, due_at=None, held_minutes=held)
    tell("message.delivered", message=message.id)
    return message


def _minutes(message: Message) -> int:
    return int((clock.now() - message.at).total_seconds() // 60)
