"""Webhooks as a channel of notices: where somebody's server is told, and what waits for it. Sending is `delivering`'s."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.outbox import tell
from sekisho.market.kernel.problems import Kind, Problem, Row, describe
from sekisho.market.kernel.verbs import verb
from sekisho.market.notices import wire
from sekisho.market.notices.models import Delivery, DeliveryState, Endpoint
from sekisho.market.notices.table import PRIVATE, SILENT, TABLE

MOST = 10
"""Endpoints of one owner."""
TOPICS = tuple(sorted(({row.topic for row in TABLE} | SILENT.keys()) - PRIVATE))
"""What can be asked for; `SILENT` ones go to a marketplace's back end only."""
_INNER = frozenset({"judgement"})
"""Keys of a happening that are for the house."""

describe({
    "bad_url": Row(Kind.INVALID, "通知先は https:// で始まる公開アドレスにしてください（500文字以内）。",
                   "The address must be a public one that begins with https:// (at most 500 characters)."),
    "endpoints_enough": Row(Kind.CONFLICT, "通知先は{most}件までです。", "You may have at most {most} endpoints."),
})  # fmt: skip


def secret_of(endpoint: Endpoint) -> str:
    """The signing secret (`whsec_…`), derived anew each time. Another `SEKISHO_SECRET_KEY` makes another secret."""
    message = b"webhook:" + endpoint.id.bytes + bytes(endpoint.salt)
    digest = hmac.new(settings.SECRET_KEY.encode(), message, hashlib.sha256).digest()
    return "whsec_" + base64.b64encode(digest).decode()


def _url(value: str) -> str:
    try:
        if len(value) > 500:
            raise ValueError(value)
        wire.checked(value)
    except ValueError:
        raise Problem("bad_url") from None
    return value


def _topics(values: tuple[str, ...]) -> list[str]:
    unknown = next((topic for topic in values if topic not in TOPICS), None)
    if unknown is not None:
        raise Problem("bad_value", field="topics", choices=", ".join(TOPICS))
    return sorted(set(values))


@verb("webhook.add")
def add(actor: Actor, thing: None, *, url: str, topics: tuple[str, ...] = ()) -> Endpoint:
    """Be told at `url` of these topics (none: of all that concern one). A back end is told of everything in the house."""
    if Endpoint.objects.filter(Q(account_id=actor.id), removed_at=None).count() >= MOST:
        raise Problem("endpoints_enough", most=MOST)
    return Endpoint.objects.create(
        account_id=actor.id, url=_url(url), topics=_topics(topics), salt=secrets.token_bytes(32)
    )


@verb("webhook.choose")
def choose(actor: Actor, endpoint: Endpoint, *, url: str, topics: tuple[str, ...] = ()) -> Endpoint:
    """Change address and topics; an endpoint that was stopped starts again."""
    endpoint.url, endpoint.topics = _url(url), _topics(topics)
    endpoint.stopped_at = endpoint.failing_since = endpoint.quiet_until = None
    endpoint.save()
    return endpoint


@verb("webhook.rotate")
def rotate(actor: Actor, endpoint: Endpoint) -> Endpoint:
    """A new secret; the old one signs nothing any more."""
    endpoint.salt = secrets.token_bytes(32)
    endpoint.save(update_fields=["salt"])
    return endpoint


@verb("webhook.remove")
def remove(actor: Actor, endpoint: Endpoint) -> Endpoint:
    """No more deliveries; what waited is given up."""
    endpoint.removed_at = clock.now()
    endpoint.save(update_fields=["removed_at"])
    endpoint.deliveries.filter(state=DeliveryState.WAITING).update(
        state=DeliveryState.FAILED, next_at=None, answer="the endpoint was removed"
    )
    return endpoint


@verb("webhook.replay")
def replay(actor: Actor, delivery: Delivery) -> Delivery:
    """Send it once more, with the same id, delivered before or not."""
    delivery.state, delivery.attempts, delivery.next_at = DeliveryState.WAITING, 0, clock.now()
    delivery.done_at = None
    delivery.save()
    Endpoint.objects.filter(pk=delivery.endpoint_id).update(quiet_until=None)
    tell("notices.webhook", delivery=delivery.id, attempt=0)
    return delivery


def queue(account: UUID | None, topic: str, payload: dict[str, Any]) -> None:
    """Put one happening on its way to the endpoints of `account` (None: of back ends) that asked for it."""
    wanted = Q(topics=[]) | Q(topics__contains=topic)
    endpoints = Endpoint.objects.filter(wanted, Q(account_id=account), removed_at=None, stopped_at=None)
    if not endpoints:
        return
    data = {key: value for key, value in payload.items() if account is None or key not in _INNER}
    body = {"type": topic, "timestamp": clock.now().isoformat(), "data": data}
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    for endpoint in endpoints:
        delivery = Delivery.objects.create(endpoint=endpoint, topic=topic, body=text)
        tell("notices.webhook", delivery=delivery.id, attempt=0)
