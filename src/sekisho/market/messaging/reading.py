"""Reading a thread: what one side may see of it, page by page, in a fixed number of queries whatever its length.

Everything that shows messages goes through here: what a block hides is hidden in this one place.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Count as Number
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

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
    return Event.objects.filter(deal=deal).exclude(pk__in=_kept(actor, deal).values("event_id"))


def _kept(actor: Actor, deal: Deal | OuterRef) -> QuerySet[Message]:
    kept = Message.objects.filter(deal=deal, state=MessageState.MUTED, event__isnull=False)
    return kept.exclude(author_id=actor.id)


def kept_from(actor: Actor) -> Combinable:
    """For a query of deals: how many events of each a block keeps from one of its parties."""
    number = _kept(actor, OuterRef("pk")).order_by().values("deal").annotate(n=Number("pk")).values("n")
    return Coalesce(Subquery(number), 0)


@dataclass(frozen=True, slots=True)
class Count:
    """How one of the parties counts the events of a deal: without what a block keeps from her, so that nothing is missing.

    `hidden`: the positions in the log that she does not see, in order. A message that is kept from her stays so, whatever
    becomes of the block: no number ever changes.
    """

    hidden: tuple[int, ...]

    def shown(self, position: int) -> int:
        """The number she knows for a position of the log."""
        return position - bisect_left(self.hidden, position)

    def real(self, number: int) -> int:
        """The position of the log behind her `number`."""
        for position in self.hidden:
            number += position <= number
        return number


def count_for(actor: Actor, deal: Deal) -> Count:
    """The count of one of the parties. One query."""
    return Count(tuple(_kept(actor, deal).order_by("event__position").values_list("event__position", flat=True)))


def thread(
    actor: Actor, deal: Deal, *, before: int | None = None, after: int | None = None, limit: int = 50
) -> ThreadPage:
    """A page of a deal as one of its parties sees it: what was said to and by her, and her own attempts. At most 6 queries."""
    count = count_for(actor, deal)
    events = page(
        deal, limit=limit, before=None if before is None else count.real(before),
        after=None if after is None else count.real(after),
    )  # fmt: skip
    messages = _messages(deal, events, Message.objects.filter(author_id=actor.id))
    spared = {m.event_id for m in messages if m.state == MessageState.MUTED and m.author_id != actor.id}
    entries = [
        e if e.event is None else replace(e, event=replace(e.event, position=count.shown(e.event.position)))
        for e in _entries(events, messages, actor) if e.event is None or e.event.id not in spared
    ]  # fmt: skip
    ends = (None if end is None else count.shown(end) for end in (events.older, events.newer))
    return ThreadPage(tuple(entries), *ends)


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
