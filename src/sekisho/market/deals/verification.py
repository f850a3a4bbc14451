"""What must hold of every deal: its chain, its bodies."""

from __future__ import annotations

from collections.abc import Iterator

from sekisho.market.deals import log
from sekisho.market.deals.models import Deal
from sekisho.market.kernel.verification import Seen, checks, count, rows


@checks("deals.chains", "events of deals")
def chains(seen: Seen) -> Iterator[str]:
    """Every event follows the one before it and has its body, unchanged or marked as erased."""
    count(seen, "deals_event")
    for deal in Deal.objects.order_by("pk").iterator(chunk_size=500):
        yield from log.verify(deal)


@checks("deals.bodies", "bodies of events")
def bodies(seen: Seen) -> Iterator[str]:
    """A body tells the same kind of event as the chain; an erased one holds nothing and says why."""
    count(seen, "deals_body")
    sql = """SELECT b.event_id, e.type, b.content->>'type' FROM deals_body b JOIN deals_event e ON e.id = b.event_id
             WHERE b.erased_at IS NULL AND b.content->>'type' IS DISTINCT FROM e.type"""
    yield from (f"event {event} is {one}, its body says {other}" for event, one, other in rows(sql))
    sql = "SELECT event_id FROM deals_body WHERE erased_at IS NOT NULL AND erased_because = ''"
    yield from (f"the body of event {event} was erased without a reason" for (event,) in rows(sql))
