"""What was said and done between two people, and saying more."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, ClassVar
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field

from sekisho.interfaces.api.operation import Ask, Asked, Op, Shown, Text, act, found, many, most, one, seen
from sekisho.interfaces.api.operations.files import FileIds
from sekisho.interfaces.api.operations.jobs import PersonOut
from sekisho.market.deals import verbs as deals
from sekisho.market.deals.chain import ERASED
from sekisho.market.deals.models import Deal, Event
from sekisho.market.kernel.actors import Actor
from sekisho.market.messaging import verbs
from sekisho.market.messaging.models import Message
from sekisho.market.messaging.policy import policy
from sekisho.market.messaging.reading import Count, count_for, events_for, kept_from
from sekisho.market.messaging.states import MessageState


class DealOut(Shown):
    """Everything between one client and one worker about one matter. `head`: the digest of the record's last link."""

    id: UUID
    title: str
    client: PersonOut
    worker: PersonOut
    matter: UUID | None
    stage: str
    approved_tools: list[str]
    length: int
    head: str
    moved_at: datetime

    @staticmethod
    def resolve_length(row: Deal) -> int:
        """As its reader counts."""
        return row.length - getattr(row, "kept", 0)

    @staticmethod
    def resolve_head(row: Deal) -> str:
        """In hexadecimal."""
        return bytes(row.head).hex()


class EventOut(Shown):
    """One link of a deal's record. `position`: from 0, as its reader counts; what a block keeps from him is not counted."""

    id: UUID
    position: int
    type: str
    by: str
    author_id: UUID | None
    at: datetime
    content: dict[str, Any]
    erased_at: datetime | None
    commitment: str
    digest: str

    @staticmethod
    def resolve_content(row: Event) -> dict[str, Any]:
        """What it says; empty once it was erased."""
        return dict(row.body.content or {})

    @staticmethod
    def resolve_erased_at(row: Event) -> datetime | None:
        """When its body was erased."""
        return row.body.erased_at

    @staticmethod
    def resolve_commitment(row: Event) -> str:
        """In hexadecimal."""
        return bytes(row.commitment).hex()

    @staticmethod
    def resolve_digest(row: Event) -> str:
        """In hexadecimal."""
        return bytes(row.digest).hex()


class EventsOut(Schema):
    """Events in order, and the position after which the next page begins."""

    items: list[EventOut]
    next: int | None


class ExportOut(Schema):
    """The whole record with its hashes, as docs/schema/deal.schema.json says."""

    model_config: ClassVar = ConfigDict(extra="allow")
    length: int
    head: str
    events: list[dict[str, Any]]


class EventsAsked(Asked):
    """Events after the position `after` (-1: from the first)."""

    after: Annotated[int, Field(ge=-1, le=2_000_000_000)] = -1
    limit: Annotated[int, Field(ge=1, le=100)] = 50


class MessageOut(Shown):
    """An attempt to say something. `nudged` ones come back to their writer with what was seen in them."""

    id: UUID
    deal_id: UUID
    author_id: UUID
    state: MessageState
    text: str
    at: datetime
    warned: bool
    findings: list[dict[str, Any]] = []

    @classmethod
    def of(cls, row: Message, actor: Actor) -> MessageOut:
        """As its writer or its recipient may see it: a block is silent, and what is held teaches nobody how to evade."""
        message: MessageOut = cls.from_orm(row)
        own = row.author_id == actor.id
        if row.state == MessageState.MUTED:
            message.state = MessageState.DELIVERED
        if own:
            message.warned = row.state in (MessageState.NUDGED, MessageState.REFUSED)
        if message.warned or "moderator" in actor.roles:
            message.findings = [one for one in row.judgement.findings if one["verdict"] != "clear"]
        return message


class MessageIn(Asked):
    """Something to say, with uploaded files."""

    text: Annotated[Text, most(policy().longest)] = ""
    files: FileIds = []


def DEALS(actor: Actor) -> Any:  # noqa: N802 - a table of rows like the others
    """The deals of the caller, each with how many of its events are kept from him."""
    return Deal.objects.visible_to(actor).select_related("client", "worker").annotate(kept=kept_from(actor))


SAID = seen(Message, "judgement")


def _events(ask: Ask) -> EventsOut:
    deal = found(DEALS, ask.actor, ask.pk)
    count = count_for(ask.actor, deal)
    after = count.real(ask.query.after) if ask.query.after >= 0 else -1
    rows = events_for(ask.actor, deal).filter(position__gt=after).select_related("body")
    events = list(rows.order_by("position")[: ask.query.limit + 1])
    more = len(events) > ask.query.limit
    events = events[: ask.query.limit]
    items: list[EventOut] = [EventOut.of(row, ask.actor) for row in events]
    for item in items:
        _counted(item, count)
    return EventsOut.model_construct(items=items, next=items[-1].position if more else None)


def _counted(item: EventOut, count: Count) -> None:
    item.position = count.shown(item.position)
    erased = item.content.get("position") if item.type == ERASED else None
    if erased in count.hidden:
        del item.content["position"]
    elif erased is not None:
        item.content["position"] = count.shown(erased)


def _export(ask: Ask) -> dict[str, Any]:
    return deals.export(ask.actor, found(DEALS, ask.actor, ask.pk))


OPERATIONS = (
    many("deals.list", "/deals", DEALS, DealOut, by="moved_at"),
    one("deals.get", "/deals/{id}", DEALS, DealOut),
    Op(name="deals.events", method="GET", path="/deals/{id}/events", about="The record of a deal, in order.", out=EventsOut,
       query=EventsAsked, answer=_events),
    Op(name="deals.export", method="POST", path="/deals/{id}/export", about="The whole record with its hashes, as evidence.",
       out=ExportOut, answer=_export, does="deal.export"),
    many("deals.messages", "/deals/{id}/messages", SAID, MessageOut, under=("deal", DEALS)),
    act("messages.send", "/deals/{id}/messages", verbs.send, DEALS, body=MessageIn, out=MessageOut, status=201),
    one("messages.get", "/messages/{id}", SAID, MessageOut),
    act("messages.send_anyway", "/messages/{id}/send-anyway", verbs.send_anyway, SAID, out=MessageOut),
)  # fmt: skip
