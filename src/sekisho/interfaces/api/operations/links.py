"""Accounts that have things in common, for the house: the graph, innocent causes, the keys. Never a thing itself."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from sekisho.interfaces.api.operation import Ask, Asked, Op, Shown, Text, act, every, found, most, seen
from sekisho.interfaces.api.operations.cases import PEOPLE
from sekisho.market.linkage import rotation, verbs
from sekisho.market.linkage.graph import DEEPEST, MOST
from sekisho.market.linkage.models import Explanation
from sekisho.market.people.models import Account

Why = Annotated[Text, most(1000)]


class LookAsked(Asked):
    """How far from the account, and how many accounts at most."""

    depth: Annotated[int, Field(ge=1, le=DEEPEST)] = 1
    limit: Annotated[int, Field(ge=1, le=MOST)] = 50


class CauseOut(Shown):
    """An innocent cause that is known; `explanation` is the id to take it back by."""

    explanation: UUID
    cause: str
    because: str
    at: datetime


class ReasonOut(Shown):
    """One thing two accounts have in common: its kind, never the thing. `trait` names it to `links.mark_innocent`."""

    trait: UUID
    kind: str
    strength: float
    accounts: int
    times: int
    first_at: datetime
    last_at: datetime
    likeness: float
    explained: CauseOut | None


class EdgeOut(Shown):
    """Why two accounts may belong together. `strength` counts only what is not explained."""

    one: UUID
    other: UUID
    strength: float
    reasons: list[ReasonOut]
    explained: CauseOut | None


class NodeOut(Shown):
    """An account, `depth` edges from the one asked about."""

    account: UUID
    name: str
    standing: str
    registered_at: datetime
    deleted: bool
    depth: int


class GraphOut(Shown):
    """The account asked about, then the nearest and strongest. `more`: some were left out."""

    nodes: list[NodeOut]
    edges: list[EdgeOut]
    more: bool


class InnocentIn(Asked):
    """Two accounts, or one thing that all who share it have for an innocent cause."""

    cause: Literal[verbs.CAUSES]  # type: ignore[valid-type]
    because: Why
    accounts: Annotated[list[UUID], Field(max_length=2)] = []
    trait: UUID | None = None


class ExplanationOut(Shown):
    """What was marked."""

    id: UUID
    cause: str
    because: str
    trait_id: UUID | None
    one_id: UUID | None
    other_id: UUID | None
    at: datetime
    ended_at: datetime | None


class BecauseIn(Asked):
    """Why."""

    because: Why


class ForgetIn(Asked):
    """A list of keys that is no longer in use, by its name."""

    name: Annotated[Text, most(16)]
    because: Why


class KeyOut(Shown):
    """How much is hashed under one list of keys. One that is not `listed` can be forgotten."""

    name: str
    newest: bool
    listed: bool
    traits: int


class KeysOut(Schema):
    """All of them."""

    items: list[KeyOut]


def _look(ask: Ask) -> Any:
    account = found(every(Account), ask.actor, ask.pk)
    return GraphOut.of(verbs.look(ask.actor, account, **ask.body, key=None), ask.actor)


def _keys(ask: Ask) -> dict[str, Any]:
    return {"items": list(rotation.standing())}


OPERATOR: dict[str, Any] = {"words": frozenset({"operator"})}
OPERATIONS = (
    Op(name="links.look", does="linkage.look", method="POST", path="/house/accounts/{id}/links", body=LookAsked, out=GraphOut,
       answer=_look, about="Accounts linked with one, with every edge's reason. The look stands in the audit chain.",
       **PEOPLE),
    act("links.mark_innocent", "/house/links/explanations", verbs.mark_innocent, body=InnocentIn, out=ExplanationOut, status=201,
        **PEOPLE),
    act("links.unmark", "/house/links/explanations/{id}/unmark", verbs.unmark, seen(Explanation), body=BecauseIn,
        out=ExplanationOut, **PEOPLE),
    Op(name="links.keys", method="GET", path="/house/links/keys", out=KeysOut, answer=_keys,
       about="What is hashed under which list of keys.", **OPERATOR),
    act("links.forget_key", "/house/links/keys/forget", verbs.forget_key, body=ForgetIn, **OPERATOR),
)  # fmt: skip
