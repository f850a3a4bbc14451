"""A deal's log as evidence: plain values with every hash, in the form `sekisho.deal/1` (docs/schema/deal.schema.json).

The same log always gives the same export. How to check one: `verifying`.
"""

from __future__ import annotations

from typing import Any

from sekisho.market.deals.models import Deal, Event
from sekisho.market.deals.verifying import SCHEMA


def export(deal: Deal) -> dict[str, Any]:
    """The whole log; an erased body and its salt are null."""
    events = Event.objects.filter(deal=deal).select_related("body").order_by("position")
    return {
        "schema": SCHEMA,
        **deal.facts,
        "length": deal.length,
        "head": bytes(deal.head).hex(),
        "events": [_event(event) for event in events.iterator(chunk_size=2000)],
    }


def _event(event: Event) -> dict[str, Any]:
    gone = event.body.erased_at is not None
    header = {name: value for name, value in event.header.items() if name != "deal"}
    return header | {
        "body": None if gone else event.body.content,
        "salt": None if gone else bytes(event.body.salt).hex(),
        "commitment": bytes(event.commitment).hex(),
        "previous": bytes(event.previous).hex(),
        "digest": bytes(event.digest).hex(),
    }
