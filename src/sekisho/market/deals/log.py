"""Appending to a deal and reading it back. Called by the verbs of the rooms above, inside their transactions. Chain: `chain`."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sekisho.core.detection.threads import EventType, Thread, ThreadFinding
from sekisho.core.detection.threads.verdict import EventVerdict
from sekisho.core.rules.model import Action, Outcome, Stage
from sekisho.market.deals.chain import ERASED, commit, genesis, link
from sekisho.market.deals.models import Body, Deal, Event
from sekisho.market.deals.packs import live
from sekisho.market.kernel import clock
from sekisho.market.kernel.ids import new_id

#: Words of the log that check_thread does not know: kept and chained, not judged as events of a thread.
BESIDE = frozenset({
    "terms_changed", "termination_asked", "termination_answered", "disputed", "settled", "sent_back", "file",
    "outside_agreement", "personal_data", "reviewed", "statement_shown", "terms_proposed", "contract_ended", ERASED,
    "terms_answered", "dispute_said", "dispute_proposed", "dispute_answered", "dispute_decided",
    "dispute_reopened", "contact_suggested", "contact_request_withdrawn",
})  # fmt: skip
_JUDGED = frozenset(EventType)
_ANSWERS = (
    EventType.CONTACT_REQUEST_APPROVED,
    EventType.CONTACT_REQUEST_DECLINED,
    EventType.CONTACT_REQUEST_ENDED,
)


@dataclass(frozen=True, slots=True)
class Seen:
    """What the core says of an event, with all it was given: enough to ask it again. `after` is the thread's state behind it."""

    said: EventVerdict
    pack: str
    digest: str
    before: dict[str, Any]
    event: dict[str, Any]
    after: dict[str, Any]

    @property
    def verdict(self) -> Outcome:
        return self.said.verdict

    @property
    def action(self) -> Action:
        return self.said.action

    @property
    def findings(self) -> tuple[ThreadFinding, ...]:
        return self.said.findings

    @property
    def stage(self) -> Stage:
        return self.said.stage


def open_deal(client: UUID, worker: UUID, matter: UUID | None, title: str, pack: str = "") -> Deal:
    """The deal of these two about this matter, made if there is none. `pack`: judged by it for good; "": by whatever is live."""
    pinned = "" if pack == live() else pack
    id_, short = new_id(), title[:200]
    facts = {
        "deal": str(id_),
        "client": str(client),
        "worker": str(worker),
        "matter": _text(matter),
        "title": short,
    }
    deal, _ = Deal.objects.get_or_create(
        client_id=client, worker_id=worker, matter=matter,
        defaults={"id": id_, "title": short, "pack": pinned, "head": genesis(facts)},
    )  # fmt: skip
    return deal


def lock(deal_id: UUID) -> Deal:
    """The deal, locked until the transaction ends: appends to one deal queue here."""
    return Deal.objects.select_for_update().get(pk=deal_id)


def pack_of(deal: Deal, by: str = "") -> str:
    """The pack that judges this deal; while a pack is tried on some accounts, what side `by` writes may have another."""
    return deal.pack or live({"client": deal.client_id, "worker": deal.worker_id}.get(by))


def foresee(deal: Deal, type_: str, *, by: str, content: dict[str, Any]) -> Seen:
    """What the core says of this event now, without adding it."""
    pack = pack_of(deal, by)
    thread = Thread.resume(deal.state, pack) if deal.state else Thread(pack)
    before = deal.state or thread.state()
    event = as_thread_event({"type": type_, **content}, by)
    said = thread.add(event)
    return Seen(said, pack, thread.digest, before, event, thread.state())


def append(
    deal: Deal,
    type_: str,
    *,
    by: str,
    author: UUID | None,
    content: dict[str, Any],
    seen: Seen | None = None,
    at: datetime | None = None,
) -> tuple[Event, Seen | None]:
    """Add an event (deal must be locked) and follow the thread; returns it with what the core says of it.

    `by`: client, worker, operator or clock. `content` is the event's fields in check_thread's words beside type and side.
    `seen`: what `foresee` said of the very same event under the same lock, to be judged once and not twice. `at`: when it
    happened, for a log that is kept elsewhere; now otherwise. Raises `ValueError` for a type that is in no list.
    """
    if type_ not in _JUDGED | BESIDE:
        raise ValueError(f"no event is called {type_!r}; words that are not judged are listed in BESIDE")
    if seen is None and type_ in _JUDGED:
        seen = foresee(deal, type_, by=by, content=content)
    moment = at or clock.now()
    body, salt = {"type": type_, **content}, secrets.token_bytes(16)
    commitment, previous = commit(salt, body), bytes(deal.head)
    event = Event(deal=deal, position=deal.length, type=type_, by=by, author_id=author, at=moment, commitment=commitment,
                  previous=previous, turn=seen.said.index if seen else None)  # fmt: skip
    event.digest = link(previous, event.header, commitment)
    event.save(force_insert=True)
    Body.objects.create(event=event, salt=salt, content=body)
    if seen is not None:
        deal.state, deal.stage, deal.approved_tools = (
            seen.after,
            seen.stage.value,
            list(seen.said.approved_tools),
        )
    deal.length, deal.head, deal.moved_at = deal.length + 1, event.digest, moment
    deal.save(update_fields=["state", "stage", "approved_tools", "length", "head", "moved_at"])
    return event, seen


def as_thread_event(body: dict[str, Any], by: str) -> dict[str, Any]:
    """A stored body as an event of check_thread, which knows two sides, and the operator only as one who answers requests.

    A contract that the house or the clock ended was cancelled by nobody: it has lapsed, and neither side is asked why.
    """
    event = dict(body)
    if by in ("client", "worker"):
        event["sender" if event["type"] == "message" else "by"] = by
    elif event["type"] in _ANSWERS:
        event["by"] = "operator"
    elif event["type"] == EventType.CANCELLED:
        event["type"] = EventType.LAPSED.value
    return event


def forget_words(deal: Deal, turn: int) -> None:
    """Take the words of an event out of what the thread remembers of its last messages (deal must be locked)."""
    deal.state = without_words(deal.state, turn)
    deal.save(update_fields=["state"])


def without_words(state: dict[str, Any], turn: int) -> dict[str, Any]:
    """A thread's state without the words of its event number `turn`; what they came to stays."""
    state = dict(state)
    for name in ("client", "worker"):
        if not state.get(name):
            continue
        side = dict(state[name])
        side["pieces"] = [piece for piece in side["pieces"] if piece["event"] != turn]
        if side["refused"] and side["refused"]["event"] == turn:
            side["refused"] = side["refused"] | {"text": ""}
        state[name] = side
    return state


def verify(deal: Deal) -> Iterator[str]:
    """Walk a deal's chain; yields a sentence a fault."""
    previous, position = genesis(deal.facts), 0
    erased = set(
        Body.objects.filter(event__deal=deal, event__type=ERASED).values_list("content__position", flat=True)
    )
    for event in (
        Event.objects.filter(deal=deal).select_related("body").order_by("position").iterator(chunk_size=2000)
    ):
        where = f"deal {deal.id} event {event.position}"
        if event.position != position:
            yield f"{where}: position {position} is missing"
            position = event.position
        if bytes(event.previous) != previous:
            yield f"{where}: does not follow the event before it"
        if link(bytes(event.previous), event.header, bytes(event.commitment)) != bytes(event.digest):
            yield f"{where}: was changed after it was written"
        yield from _body_faults(event, where, erased)
        previous, position = bytes(event.digest), position + 1
    if (position, previous) != (deal.length, bytes(deal.head)):
        yield f"deal {deal.id}: the log ends at {position}, the deal says {deal.length}"


def _body_faults(event: Event, where: str, erased: set[int]) -> Iterator[str]:
    body = getattr(event, "body", None)
    if body is None or body.erased_at is not None:
        if body is None or event.position not in erased:
            yield f"{where}: its body is gone and no event says why"
    elif commit(bytes(body.salt), body.content) != bytes(event.commitment):
        yield f"{where}: its body was changed after it was written"


def digest(deal: Deal) -> str:
    """The digest of pack and engine that judges this deal."""
    return Thread(pack_of(deal)).digest


def _text(value: UUID | None) -> str | None:
    return None if value is None else str(value)
