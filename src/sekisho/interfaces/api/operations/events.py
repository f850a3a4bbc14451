"""Events of a marketplace that keeps its own contracts: handed in by its back end, answered with what was seen in them."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema

from sekisho.interfaces.api.operation import Ask, Asked, Op, Text, most
from sekisho.market.external.models import LONGEST
from sekisho.market.external.verbs import take_event

Name = Annotated[Text, most(LONGEST)]


class EventIn(Asked):
    """One event. `deal`, `client`, `worker`, `event_id`: the marketplace's own ids; `event`: as `sekisho thread` reads it."""

    deal: Name
    client: Name
    worker: Name
    event_id: Name
    event: dict[str, Any]


class TakenOut(Schema):
    """The event's place, what was seen in it, and where the deal stands now. `known`: it had been sent before."""

    event: UUID
    position: int
    verdict: str
    action: str
    findings: list[dict[str, Any]]
    unsure: list[str]
    stage: str
    approved_tools: list[str]
    digest: str
    known: bool


def _take(ask: Ask) -> Any:
    # The token's own id speaks for the marketplace. The event's id makes a call repeatable; a key is not needed.
    return take_event(replace(ask.actor, id=UUID(ask.caller.token)), None, **ask.body)


OPERATIONS = (
    Op(name="events.take", method="POST", path="/events", about="Judge an event of another marketplace's deal and keep it.",
       body=EventIn, out=TakenOut, answer=_take, status=201, scope="events", words=frozenset({"backend"}),
       does="deal.take_event"),
)  # fmt: skip
