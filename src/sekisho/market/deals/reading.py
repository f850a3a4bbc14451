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
    """Events in order. `older` and `newer` are what to give as `before` and `after` for the next page that way; None: no more."""

    rows: tuple[EventRow, ...]
    older: int | None
    newer: int | None


def page(deal: Deal, *, before: int | None = None, after: int | None = None, limit: int = 50) -> EventPage:
    """The last `limit` events, or those before or after a position."""
    size = max(1, min(limit, MOST))
    events = Event.objects.filter(deal=deal).select_related("body", "author")
    if after is not None:
        found = list(events.filter(position__gt=after).order_by("position")[: size + 1])
        rows, more_older, more_newer = found[:size], True, len(found) > size
    else:
        bounded = events if before is None else events.filter(position__lt=before)
        found = list(bounded.order_by("-position")[: size + 1])
        rows, more_older, more_newer = found[:size][::-1], len(found) > size, before is not None
    if not rows:
        return EventPage((), None, None)
    return EventPage(
        tuple(map(row, rows)),
        rows[0].position if more_older and rows[0].position > 0 else None,
        rows[-1].position if more_newer and rows[-1].position + 1 < deal.length else None,
    )


def row(event: Event) -> EventRow:
    """An event with its body and author loaded, as it is shown."""
    body = event.body
    gone = body.erased_at is not None
    return EventRow(
        event.id, event.position, event.type, event.by, event.author_id, event.author.display_name if event.author else "",
        event.at, event.turn, None if gone else body.content, body.erased_because if gone else "",
    )  # fmt: skip
