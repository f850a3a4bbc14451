"""Appending to a deal and reading it back. Called by the verbs of the rooms above, inside their transactions.

Chain: commitment = SHA-256(salt ‖ canonical JSON of the body); digest = SHA-256(previous ‖ header ‖ commitment). The header
holds deal, position, type, side and time. Whoever keeps one digest can later tell whether anything before it was changed.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sekisho.core.detection.threads import Thread
from sekisho.core.detection.threads.verdict import EventVerdict
from sekisho.market.deals.models import Body, Deal, Event
from sekisho.market.kernel import clock

#: Words of the log that check_thread does not know: kept and chained, not judged as events of a thread.
BESIDE = frozenset({
    "terms_changed", "termination_asked", "termination_answered", "disputed", "settled", "sent_back", "file",
    "outside_agreement", "personal_data", "reviewed", "statement_shown", "terms_proposed", "contract_ended",
    "terms_answered", "dispute_said", "dispute_proposed", "dispute_answered", "contact_suggested", "contact_request_withdrawn",
})  # fmt: skip


def open_deal(client: UUID, worker: UUID, matter: UUID | None, title: str, pack: str = "standard") -> Deal:
    """The deal of these two about this matter, made if there is none."""
    deal, _ = Deal.objects.get_or_create(
        client_id=client, worker_id=worker, matter=matter, defaults={"title": title[:200], "pack": pack}
    )
    return deal


def lock(deal_id: UUID) -> Deal:
    """The deal, locked until the transaction ends: appends to one deal queue here."""
    return Deal.objects.select_for_update().get(pk=deal_id)


def append(
    deal: Deal, type_: str, *, by: str, author: UUID | None, content: dict[str, Any]
) -> tuple[Event, EventVerdict | None]:
    """Add an event (deal must be locked) and follow the thread; returns it with what the core says of it.

    `by`: client, worker, operator or clock. `content` is the event's fields in check_thread's words beside type and side.
    """
    at = clock.now()
    body = {"type": type_, **content}
    salt = secrets.token_bytes(16)
    commitment = commit(salt, body)
    previous, position = bytes(deal.head), deal.length
    event = Event(deal=deal, position=position, type=type_, by=by, author_id=author, at=at,
                  commitment=commitment, previous=previous,
                  digest=link(previous, header(deal.id, position, type_, by, at.isoformat()), commitment))  # fmt: skip
    event.save(force_insert=True)
    Body.objects.create(event=event, salt=salt, content=body)
    verdict = None
    if type_ not in BESIDE:
        thread = Thread.resume(deal.state, deal.pack) if deal.state else Thread(deal.pack)
        verdict = thread.add(as_thread_event(body, by, at.isoformat(), str(event.id)))
        deal.state, deal.stage, deal.approved_tools = (
            thread.state(),
            thread.stage.value,
            list(thread.approved_tools),
        )
    deal.length, deal.head, deal.moved_at = position + 1, event.digest, at
    deal.save(update_fields=["state", "stage", "approved_tools", "length", "head", "moved_at"])
    return event, verdict


def foresee(deal: Deal, type_: str, *, by: str, content: dict[str, Any]) -> EventVerdict:
    """What the core would say of this event now, without adding it."""
    thread = Thread.resume(deal.state, deal.pack) if deal.state else Thread(deal.pack)
    return thread.add(as_thread_event({"type": type_, **content}, by, None, None))


def as_thread_event(body: dict[str, Any], by: str, at: str | None, id_: str | None) -> dict[str, Any]:
    """A stored body as an event of check_thread."""
    event = dict(body)
    if event["type"] == "message":
        event["sender"] = by
    elif by in ("client", "worker") or (by == "operator" and event["type"].startswith("contact_request_")):
        # The house takes part in a thread only by answering contact requests.
        event["by"] = by
    return event | ({"at": at} if at else {}) | ({"id": id_} if id_ else {})


def header(deal: UUID, position: int, type_: str, by: str, at: str) -> bytes:
    """The part of a link that is not the body."""
    return canonical({"deal": str(deal), "position": position, "type": type_, "by": by, "at": at})


def canonical(value: Any) -> bytes:
    """JSON with sorted keys and no spaces, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def commit(salt: bytes, body: dict[str, Any]) -> bytes:
    """The commitment to a body."""
    return hashlib.sha256(salt + canonical(body)).digest()


def link(previous: bytes, head: bytes, commitment: bytes) -> bytes:
    """The digest of a link."""
    return hashlib.sha256(previous + head + commitment).digest()


def verify(deal: Deal) -> Iterator[str]:
    """Walk a deal's chain; yields a sentence a fault."""
    previous, position = bytes(32), 0
    for event in (
        Event.objects.filter(deal=deal).select_related("body").order_by("position").iterator(chunk_size=2000)
    ):
        where = f"deal {deal.id} event {event.position}"
        if event.position != position:
            yield f"{where}: position {position} is missing"
            position = event.position
        if bytes(event.previous) != previous:
            yield f"{where}: does not follow the event before it"
        head = header(deal.id, event.position, event.type, event.by, event.at.isoformat())
        if link(bytes(event.previous), head, bytes(event.commitment)) != bytes(event.digest):
            yield f"{where}: was changed after it was written"
        body = getattr(event, "body", None)
        if body is None:
            yield f"{where}: its body is gone without a mark of erasure"
        elif body.erased_at is None and commit(bytes(body.salt), body.content) != bytes(event.commitment):
            yield f"{where}: its body was changed after it was written"
        previous, position = bytes(event.digest), position + 1
    if (position, previous) != (deal.length, bytes(deal.head)):
        yield f"deal {deal.id}: the log ends at {position}, the deal says {deal.length}"


def digest(deal: Deal) -> str:
    """The digest of pack and engine that judges this deal."""
    return Thread(deal.pack).digest
