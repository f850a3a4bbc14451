"""What one was told, and where one's own server is told."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from sekisho.interfaces.api.operation import Asked, Shown, Text, act, many, most, one, seen
from sekisho.market.kernel.actors import Actor
from sekisho.market.notices import verbs, webhooks
from sekisho.market.notices.models import Delivery, DeliveryState, Endpoint, Notice


class NoticeOut(Shown):
    """One notice."""

    id: UUID
    topic: str
    title: str
    body: str
    link: str
    at: datetime
    read_at: datetime | None


class EndpointOut(Shown):
    """Where a server is told. `topics` empty: of everything. `stopped_at`: it answered nothing well for days."""

    id: UUID
    url: str
    topics: list[str]
    made_at: datetime
    failing_since: datetime | None
    stopped_at: datetime | None


class SecretOut(EndpointOut):
    """An endpoint with its signing secret, which is shown this once."""

    secret: str

    @classmethod
    def of(cls, row: Endpoint, actor: Actor) -> SecretOut:
        """With its secret."""
        return cls(**EndpointOut.of(row, actor).model_dump(), secret=webhooks.secret_of(row))


class WebhookDeliveryOut(Shown):
    """One happening on its way to an endpoint. `id` is the `webhook-id` of every attempt."""

    id: UUID
    topic: str
    state: DeliveryState
    attempts: int
    made_at: datetime
    next_at: datetime | None
    done_at: datetime | None
    answer: str
    body: dict[str, Any]

    @staticmethod
    def resolve_body(row: Delivery) -> Any:
        """What is sent."""
        return json.loads(row.body)


class EndpointIn(Asked):
    """An address that takes POST, and the topics it is told of."""

    url: Annotated[Text, most(500)]
    topics: Annotated[list[Literal[webhooks.TOPICS]], Field(max_length=len(webhooks.TOPICS))] = []  # type: ignore[valid-type]


OWN, SENT = seen(Endpoint), seen(Delivery, "endpoint")
OPERATIONS = (
    many("notices.list", "/notices", seen(Notice), NoticeOut),
    act("notices.read", "/notices/{id}/read", verbs.read, seen(Notice), out=NoticeOut),
    many("webhooks.list", "/webhooks", OWN, EndpointOut, by="made_at", scope="webhooks"),
    one("webhooks.get", "/webhooks/{id}", OWN, EndpointOut, scope="webhooks"),
    act("webhooks.add", "/webhooks", webhooks.add, body=EndpointIn, out=SecretOut, status=201, scope="webhooks"),
    act("webhooks.choose", "/webhooks/{id}", webhooks.choose, OWN, body=EndpointIn, out=EndpointOut, method="PUT",
        scope="webhooks"),
    act("webhooks.rotate", "/webhooks/{id}/rotate", webhooks.rotate, OWN, out=SecretOut, scope="webhooks"),
    act("webhooks.remove", "/webhooks/{id}", webhooks.remove, OWN, method="DELETE", scope="webhooks"),
    many("webhooks.deliveries", "/webhooks/{id}/deliveries", SENT, WebhookDeliveryOut, by="made_at", under=("endpoint", OWN),
         scope="webhooks"),
    act("webhooks.replay", "/webhook-deliveries/{id}/replay", webhooks.replay, SENT, out=WebhookDeliveryOut, scope="webhooks"),
)  # fmt: skip
