"""Beginnings of the safety tests: a solicitation, its report, a claimed case, a decision."""

from __future__ import annotations

from typing import Any

from tests.market.stage import LURE, Stage

from sekisho.market.deals.models import Deal
from sekisho.market.kernel import outbox
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.ids import new_id
from sekisho.market.messaging.models import Message
from sekisho.market.messaging.verbs import send, send_anyway
from sekisho.market.people.models import Account
from sekisho.market.safety import claims, decisions, reports
from sekisho.market.safety.folding import fold
from sekisho.market.safety.models import Case, Decision, Report

WARNING = {"kind": "warning"}
REASON = "契約の前にLINEへの移動を求めるメッセージを確認しました。"


def lured(stage: Stage, deal: Deal | None = None) -> Message:
    """The client lures the worker to LINE: he is warned, and sends it all the same."""
    message = send(stage.client, deal or stage.deal(), text=LURE)
    if message.state == "nudged":
        message = send_anyway(stage.client, message)
    outbox.deliver(1000)
    return message


def reported(stage: Stage, **fields: Any) -> Report:
    """She reports such a message."""
    message = lured(stage)
    return reports.file(
        stage.worker, None, about="message", about_id=message.id, category="channel_solicitation", **fields
    )


def claimed(stage: Stage, by: Actor | None = None, **fields: Any) -> Case:
    """A moderator has claimed the case of a report."""
    case = reported(stage, **fields).case
    assert case is not None
    return claims.claim(by or stage.moderator, case)


def decide(stage: Stage, case: Case, *orders: dict[str, Any], by: Actor | None = None, **fields: Any) -> Decision:
    """Who holds the case decides it: a breach, with these measures."""
    given = {"breach": True, "rule": "channel_solicitation", "public_reason": REASON, "private_note": "記録のとおり。"}
    return decisions.make(by or stage.moderator, case, orders=orders or (WARNING,), **given | fields)


def standing(stage: Stage, name: str = "aoba") -> str:
    """How somebody stands now."""
    return str(Account.objects.get(pk=stage.cast[name].pk).standing)


def acting(stage: Stage, name: str = "aoba") -> Actor:
    """Somebody as he stands now."""
    return Account.objects.get(pk=stage.cast[name].pk).actor


def opened(deal: Deal, moderator: Actor) -> Case:
    """A case about this deal's client that the moderator has claimed: without one nobody of the house reads the deal."""
    case = fold("finding", new_id(), subject=deal.client_id, matter=deal.id, category="other", deal=deal.id)
    return claims.claim(moderator, case)
