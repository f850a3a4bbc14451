"""Sending: judge in the deal's true context, act as the pack says, keep the attempt, append what is said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sekisho.core.detection.judge import FORCE
from sekisho.core.rules.model import Action
from sekisho.market.deals import log
from sekisho.market.deals.models import Deal
from sekisho.market.deals.verbs import inspect as inspect_deal
from sekisho.market.files.models import Upload
from sekisho.market.files.verbs import attach, attached, share, waiting
from sekisho.market.judging.files import JudgedFiles, judge_files
from sekisho.market.judging.judge import keep_event
from sekisho.market.judging.models import Judgement
from sekisho.market.kernel import clock, fields
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.outbox import tell
from sekisho.market.kernel.problems import Kind, Problem, Row, describe
from sekisho.market.kernel.verbs import current, verb
from sekisho.market.messaging.models import Message
from sekisho.market.messaging.policy import policy
from sekisho.market.messaging.reading import ThreadPage, whole_thread
from sekisho.market.messaging.restraint import held_for_repeating, not_too_fast
from sekisho.market.messaging.states import MESSAGE, SAID, MessageState
from sekisho.market.people.models import Block
from sekisho.market.people.verbs import blocked_between

describe({
    "you_blocked": Row(Kind.CONFLICT, "この相手をブロックしています。メッセージを送るには、ブロックを解除してください。",
                       "You have blocked this person. Unblock to send a message."),
    "not_anyway": Row(Kind.CONFLICT, "このメッセージは、このままでは送信できません。内容を書き直してください。",
                      "This message cannot be sent as it is. Please rewrite it."),
})  # fmt: skip


@verb("message.send")
def send(actor: Actor, deal: Deal, *, text: str, files: Sequence[UUID] = ()) -> Message:
    """Say something, with uploaded files. The returned message's state tells what came of it.

    Delivered, nudged (returned to its writer), held (a moderator looks first), refused, or muted: that one must look delivered
    to its writer everywhere (`reading.shown_state`). Raises `Problem` blank, too_long, too_many, you_blocked, those of files.
    """
    uploads = waiting(actor, files, "message")
    words = fields.text(text, "text", policy().longest, blank=bool(uploads))
    side = deal.side(actor.id)
    assert side is not None
    not_too_fast(actor)
    if Block.objects.filter(blocker_id=actor.id, blocked_id=_other(deal, actor.me)).exists():
        raise Problem("you_blocked")
    seen, judgement = _judged(deal, side, words, uploads, actor.id)
    judged = judge_files(uploads, kind="message", sender=side, writer=actor.id, stage=deal.stage,
                         approved_tools=deal.approved_tools)  # fmt: skip
    action, general = _action(seen.action, judged, judgement, deal, actor)
    row = MESSAGE.find(None, action, current().held)
    message = Message(
        deal=deal, author_id=actor.me, state=row.to, text=words, judgement=judgement, general=general,
        warned=judgement.verdict != "clear" or not judged.clear, not_read={str(k): v for k, v in judged.not_read},
    )  # fmt: skip
    if row.to in SAID:
        message.event, _ = log.append(
            deal, "message", by=side, author=actor.id, content=_content(words, uploads), seen=seen
        )
    if row.to == MessageState.HELD:
        message.held_at, message.due_at = message.at, message.at + policy().look_within
    message.save(force_insert=True)
    attach(uploads, "message", message.id)
    _told(message)
    return message


def _judged(
    deal: Deal, side: str, words: str, uploads: Sequence[Upload], writer: UUID | None
) -> tuple[log.Seen, Judgement]:
    seen = log.foresee(deal, "message", by=side, content=_content(words, uploads))
    return seen, keep_event(words, seen, kind="message", subject=deal.id, writer=writer)


def _content(words: str, uploads: Sequence[Upload]) -> dict[str, Any]:
    return {"text": words} | ({"files": [u.facts for u in uploads]} if uploads else {})


def _action(
    said: Action, judged: JudgedFiles, judgement: Judgement, deal: Deal, actor: Actor
) -> tuple[str, bool]:
    """The verb of the lifecycle, and whether its writer is told the reason in general only.

    A block is asked last: what is nudged or held is so with and without it, or the difference would tell of the block.
    """
    action = max(said, judged.action, key=FORCE.__getitem__)
    if action is Action.NUDGE and held_for_repeating(deal, actor, (judgement, *judged.judgements)):
        return "hold", True
    if action is Action.ALLOW and blocked_between(deal.client_id, deal.worker_id):
        return "mute", False
    return action.value, False


@verb("message.send_anyway")
def send_anyway(actor: Actor, message: Message) -> Message:
    """Deliver a nudged message as it is, where the policy allows it; its recipient sees a warning, and the record says so.

    It is judged once more as things stand now: if it would be held or refused by now, it is. Raises `Problem("not_anyway")`.
    """
    MESSAGE.find(message.state, "send_anyway", current().held)
    if message.judgement.verdict not in (*policy().send_anyway, "clear"):
        raise Problem("not_anyway")
    not_too_fast(actor)
    deal = log.lock(message.deal_id)
    seen, judgement = _judged(deal, deal.side(actor.id) or "", message.text, _files(message), actor.id)
    if seen.action in (Action.HOLD, Action.REFUSE):
        now = clock.now()
        MESSAGE.move(message, seen.action.value, current().held, judgement=judgement)
        if seen.action is Action.HOLD:
            message.held_at, message.due_at = now, now + policy().look_within
            message.save(update_fields=["held_at", "due_at"])
        _told(message)
        return message
    return _said(message, "send_anyway", deal, seen, judgement)


@verb("message.release")
def release(actor: Actor, message: Message) -> Message:
    """A moderator lets a held message pass."""
    MESSAGE.find(message.state, "release", current().held)
    deal = log.lock(message.deal_id)
    seen, judgement = _judged(
        deal, deal.side(message.author_id) or "", message.text, _files(message), message.author_id
    )
    return _said(message, "release", deal, seen, judgement)


@verb("message.withhold")
def withhold(actor: Actor, message: Message, *, because: str) -> Message:
    """A moderator keeps a held message back for good; its writer is told why."""
    current().because = fields.text(because, "because", 1000)
    MESSAGE.move(message, "withhold", current().held, due_at=None, held_minutes=_minutes(message))
    tell("message.withheld", message=message.id, because=because)
    return message


@verb("message.inspect")
def inspect(
    actor: Actor, deal: Deal, *, because: str, before: int | None = None, limit: int = 50
) -> ThreadPage:
    """A moderator reads a page of a thread with every attempt that was not delivered. Why stands in the audit chain."""
    current().because = fields.text(because, "because", 1000)
    return whole_thread(deal, inspect_deal(actor, deal, because=because, before=before, limit=limit))


def _said(message: Message, name: str, deal: Deal, seen: log.Seen, judgement: Judgement) -> Message:
    side, uploads = deal.side(message.author_id) or "", _files(message)
    event, _ = log.append(
        deal, "message", by=side, author=message.author_id, content=_content(message.text, uploads), seen=seen
    )
    held = _minutes(message) if message.state == MessageState.HELD else None
    verb_name = "mute" if blocked_between(deal.client_id, deal.worker_id) else name
    MESSAGE.move(
        message, verb_name, current().held, event=event, judgement=judgement, due_at=None, held_minutes=held,
        anyway=name == "send_anyway", warned=message.warned or judgement.verdict != "clear",
    )  # fmt: skip
    _told(message)
    return message


def _told(message: Message) -> None:
    if message.state == MessageState.DELIVERED:
        share(message.id, _other(message.deal, message.author_id))
    tell(f"message.{message.state}", message=message.id)


def _files(message: Message) -> list[Upload]:
    return attached([message.id]).get(message.id, [])


def _other(deal: Deal, one: UUID) -> UUID:
    return deal.worker_id if one == deal.client_id else deal.client_id


def _minutes(message: Message) -> int:
    waited: timedelta = clock.now() - (message.held_at or message.at)
    return int(waited.total_seconds() // 60)
