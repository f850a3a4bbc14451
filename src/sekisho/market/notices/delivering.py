"""Taking what waits to its endpoint, through the outbox: signed, tried again later and later, given up after days.

At least once: a crash between sending and marking sends it again, with the same id.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from standardwebhooks.webhooks import Webhook

from sekisho.market.kernel import clock, outbox
from sekisho.market.notices import webhooks, wire
from sekisho.market.notices.models import Delivery, DeliveryState, Endpoint

WAITS = tuple(timedelta(seconds=s) for s in (5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400))
"""After the first, second, … failure; after the last one more attempt is made and then no other."""
STOP_AFTER = timedelta(days=5)
"""An endpoint that answered nothing well for so long is stopped: `webhook.choose` starts it again."""
GONE = 410
"""A server that answers so wants no more."""


def _house(topic: str) -> None:
    def handler(payload: dict[str, Any]) -> None:
        webhooks.queue(None, topic, payload)

    handler.__name__, handler.__module__ = "to_back_ends", __name__
    outbox.handles(topic)(handler)


for _topic in webhooks.TOPICS:
    _house(_topic)


@outbox.handles("notices.webhook")
def deliver(payload: dict[str, Any]) -> None:
    """One attempt. A payload whose `attempt` is not the delivery's own is an old one: a replay has overtaken it."""
    delivery = (
        Delivery.objects.select_for_update(of=("self",))
        .select_related("endpoint")
        .get(pk=payload["delivery"])
    )
    endpoint, now = delivery.endpoint, clock.now()
    if delivery.state != DeliveryState.WAITING or delivery.attempts != payload["attempt"]:
        return
    if endpoint.stopped_at or endpoint.removed_at:
        _end(delivery, DeliveryState.FAILED, "the endpoint was stopped")
    elif endpoint.quiet_until and endpoint.quiet_until > now:
        # One dead server costs the outbox one attempt a while, however much waits for it.
        _later(delivery, endpoint.quiet_until)
    else:
        _attempt(delivery, endpoint, wire.post)


def _attempt(
    delivery: Delivery, endpoint: Endpoint, post: Callable[[str, bytes, dict[str, str]], int]
) -> None:
    delivery.attempts += 1
    try:
        status = post(endpoint.url, delivery.body.encode(), _headers(delivery, endpoint))
        answer, good = str(status), 200 <= status < 300
    except wire.Unreachable as error:
        status, answer, good = 0, str(error)[:200], False
    if good:
        Endpoint.objects.filter(pk=endpoint.pk).update(failing_since=None, quiet_until=None)
        _end(delivery, DeliveryState.DELIVERED, answer)
        return
    now = clock.now()
    wait = WAITS[delivery.attempts - 1] if delivery.attempts <= len(WAITS) else None
    since = endpoint.failing_since or now
    stop = status == GONE or now - since >= STOP_AFTER
    # Quiet grows with how long nothing went well, so that many waiting deliveries do not become many attempts.
    quiet = max(wait or WAITS[0], (now - since) / 10)
    Endpoint.objects.filter(pk=endpoint.pk).update(
        failing_since=since, quiet_until=now + quiet, stopped_at=now if stop else None
    )
    delivery.answer = answer
    if wait is None or stop:
        _end(delivery, DeliveryState.FAILED, answer)
    else:
        _later(delivery, now + wait)


def _headers(delivery: Delivery, endpoint: Endpoint) -> dict[str, str]:
    now = clock.now()
    signature = Webhook(webhooks.secret_of(endpoint)).sign(str(delivery.id), now, delivery.body)
    return {
        "Content-Type": "application/json", "User-Agent": "sekisho", "webhook-id": str(delivery.id),
        "webhook-timestamp": str(int(now.timestamp())), "webhook-signature": signature,
    }  # fmt: skip


def _end(delivery: Delivery, state: DeliveryState, answer: str) -> None:
    delivery.state, delivery.answer, delivery.next_at, delivery.done_at = state, answer, None, clock.now()
    delivery.save()


def _later(delivery: Delivery, at: datetime) -> None:
    delivery.next_at = at
    delivery.save()
    outbox.tell("notices.webhook", due_at=at, delivery=delivery.id, attempt=delivery.attempts)
