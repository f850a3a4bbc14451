"""Reading a thread: what one side may see of it, page by page, in a fixed number of queries whatever its length.

Everything that shows messages goes through here: what a block hides is hidden in this one place.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from sekisho.market.deals.models import Deal, Event
from sekisho.market.deals.reading import EventPage, EventRow, page
from sekisho.market.files.models import Upload
from sekisho.market.files.verbs import attached
from sekisho.market.judging.models import Judgement
from sekisho.market.kernel.actors import Actor
from sekisho.market.messaging.models import Message
from sekisho.market.messaging.states import MessageState

ATTEMPTS = 50
"""Of the attempts that were not delivered, so many of a page's time are shown, the latest."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a thread: an event, a message, or both. `state` is as the reader may know it; `judgements` are of its files."""

    event: EventRow | None
    message: Message | None
    state: str
    files: tuple[Upload, ...] = ()
    judgements: tuple[Judgement, ...] = ()


@dataclass(frozen=True, slots=True)
class ThreadPage:
    """Entries in order of time. `older` and `newer`: what to give as `before` and `after` for the next page that way."""

    entries: tuple[Entry, ...]
    older: int | None
    newer: int | None


def shown_state(message: Message, actor: Actor) -> str:
    """A message's state as `actor` may know it: to its writer a muted one is delivered. Moderators know the truth."""
    if message.state == MessageState.MUTED and "moderator" not in actor.roles:
        return MessageState.DELIVERED.value
    return str(message.state)


def events_for(actor: Actor, deal: Deal) -> QuerySet[Event]:
    """The events of a deal that one of its parties sees: all but the words a block keeps from her."""
    kept = Message.objects.filter(deal=deal, state=MessageState.MUTED, event__isnull=False).exclude(
        author_id=actor.id
    )
    return Event.objects.filter(deal=deal).exclude(pk__in=kept.values("event_id"))


def thread(
    actor: Actor, deal: Deal, *, before: int | None = None, after: int | None = None, limit: int = 50
) -> ThreadPage:
    """A page of a deal as one of its parties sees it: what was said to and by her, and her own attempts. At most 5 queries."""
    events = page(deal, before=before, after=after, limit=limit)
    messages = _messages(deal, events, Message.objects.filter(author_id=actor.id))
    spared = {m.event_id for m in messages if m.state == MessageState.MUTED and m.author_id != actor.id}
    entries = [e for e in _entries(events, messages, actor) if e.event is None or e.event.id not in spared]
    return ThreadPage(tuple(entries), events.older, events.newer)


def whole_thread(deal: Deal, events: EventPage) -> ThreadPage:
    """The same with everybody's attempts and true states, for a moderator (who came by `message.inspect`)."""
    messages = _messages(deal, events, Message.objects.all())
    return ThreadPage(tuple(_entries(events, messages, None)), events.older, events.newer)


def _messages(deal: Deal, events: EventPage, attempts: object) -> list[Message]:
    """The messages of these events, and of `attempts` those that were never said, made after the event before them."""
    found = Message.objects.select_related("judgement", "author").filter(deal=deal)
    said = list(found.filter(event__in=[row.id for row in events.rows]))
    tries = attempts.select_related("judgement", "author").filter(deal=deal, event=None)  # type: ignore[attr-defined]
    if events.since is not None:
        tries = tries.filter(at__gt=events.since)
    if events.newer is not None:
        tries = tries.filter(at__lte=events.rows[-1].at)
    return [*said, *tries.order_by("-at")[:ATTEMPTS]]


def _entries(events: EventPage, messages: list[Message], actor: Actor | None) -> list[Entry]:
    files = attached(message.id for message in messages)
    judged = judged_files(upload.id for uploads in files.values() for upload in uploads)
    by_event = {message.event_id: message for message in messages if message.event_id is not None}

    def entry(event: EventRow | None, message: Message | None) -> Entry:
        if message is None:
            return Entry(event, None, "")
        uploads = files.get(message.id, [])
        state = shown_state(message, actor) if actor is not None else str(message.state)
        return Entry(
            event, message, state, tuple(uploads), tuple(j for u in uploads for j in judged.get(u.id, ()))
        )

    rows = [(row.at, row.position, entry(row, by_event.get(row.id))) for row in events.rows]
    rows += [(m.at, -1, entry(None, m)) for m in messages if m.event_id is None]
    return [entry for _, _, entry in sorted(rows, key=lambda row: row[:2])]


def judged_files(uploads: Iterable[UUID]) -> dict[UUID, list[Judgement]]:
    """The judgements of files by upload, in one query; none where there are no files."""
    ids, found = list(uploads), dict[UUID, list[Judgement]]()
    for judgement in Judgement.objects.filter(subject__in=ids) if ids else ():
        if judgement.subject is not None:
            found.setdefault(judgement.subject, []).append(judgement)
    return found
