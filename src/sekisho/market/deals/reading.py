"""Reading a deal's log page by page, by position. One query whatever the length; who may read is asked elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sekisho.market.deals.models import Deal, Event

MOST = 200
"""Events of one page."""


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event as it is shown. `body` is None when it was erased, and `erased` says why."""

    id: UUID
    position: int
    type: str
    by: str
    author: UUID | None
    author_name: str
    at: datetime
    turn: int | None
    body: dict[str, Any] | None
    erased: str = ""


@dataclass(frozen=True, slots=True)
class EventPage:
    """Events in order. `older` and `newer` are what to give as `before` and `after` for the next page that way; None: no more.

    `since` is the time of the event before the first; None at the beginning of the log.
    """

    rows: tuple[EventRow, ...]
    older: int | None
    newer: int | None
    since: datetime | None = None


def page(deal: Deal, *, before: int | None = None, after: int | None = None, limit: int = 50) -> EventPage:
    """The last `limit` events, or those before or after a position."""
    size = max(1, min(limit, MOST))
    events = Event.objects.filter(deal=deal).select_related("body", "author")
    if after is not None:
        found = list(events.filter(position__gte=after).order_by("position")[: size + 1])
        neighbour, rows = (found[0] if found else None), found[1:]
        newest = not rows or rows[-1].position + 1 >= deal.length
    else:
        bounded = events if before is None else events.filter(position__lt=before)
        found = list(bounded.order_by("-position")[: size + 1])[::-1]
        neighbour, rows = (found[0], found[1:]) if len(found) > size else (None, found)
        newest = before is None
    if not rows:
        return EventPage((), None, None)
    return EventPage(
        tuple(map(row, rows)), None if neighbour is None else rows[0].position,
        None if newest else rows[-1].position, None if neighbour is None else neighbour.at,
    )  # fmt: skip


def row(event: Event) -> EventRow:
    """An event with its body and author loaded, as it is shown."""
    body = event.body
    gone = body.erased_at is not None
    return EventRow(
        event.id, event.position, event.type, event.by, event.author_id, event.author.display_name if event.author else "",
        event.at, event.turn, None if gone else body.content, body.erased_because if gone else "",
    )  # fmt: skip
