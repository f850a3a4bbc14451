"""Accounts that have things in common, as a graph: every edge with its reasons, and never a thing itself. For moderators only."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from uuid import UUID

from sekisho.market.linkage.links import Cause, Common, Explained, common, explained
from sekisho.market.linkage.policy import policy
from sekisho.market.people.models import Account

DEEPEST, MOST = 3, 200


@dataclass(frozen=True, slots=True)
class Node:
    """An account, `depth` edges from the one asked about."""

    account: UUID
    name: str
    standing: str
    registered_at: datetime
    deleted: bool
    depth: int


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing two accounts have in common, by `kind`; `trait` names it to `mark_innocent`, and says nothing of it.

    `strength` from 0 to 1. `accounts`: how many have shown it; `times`: how often these two have. `first_at`: since when both
    have. `likeness`: 1, or less for a text or picture that is nearly the same.
    """

    trait: UUID
    kind: str
    strength: float
    accounts: int
    times: int
    first_at: datetime
    last_at: datetime
    likeness: float
    explained: Cause | None


@dataclass(frozen=True, slots=True)
class Edge:
    """Why `one` and `other` (by the order of ids) may belong together. `strength` counts what is not explained: 0 if all is."""

    one: UUID
    other: UUID
    strength: float
    reasons: tuple[Reason, ...]
    explained: Cause | None

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of things they have in common."""
        return tuple(sorted({reason.kind for reason in self.reasons}))


@dataclass(frozen=True, slots=True)
class Graph:
    """`nodes`: the account asked about, then the nearest and strongest. `more`: some were left out for the limit."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    more: bool


def graph(account: UUID, depth: int = 1, limit: int = 50) -> Graph:
    """What is within `depth` (1 to 3) edges of an account, of at most `limit` (to 200) accounts. Explained edges lead no further.

    For rooms above and the verb `look`: never for the people concerned. Raises `Account.DoesNotExist`.
    """
    limit = max(1, min(limit, MOST))
    depths, frontier, more = {account: 0}, [account], False
    things: dict[UUID, Common] = {}
    known = Explained({}, {})
    for step in range(1, max(1, min(depth, DEEPEST)) + 1):
        for one in common(frontier):
            things[one.trait] = one
        known = explained(list(things.values()))
        met = _met(things, known, set(frontier), depths.keys())
        more |= len(met) > limit - len(depths)
        chosen = sorted(met, key=lambda other: (-met[other], other))[: limit - len(depths)]
        depths |= dict.fromkeys(chosen, step)
        frontier = [other for other in chosen if met[other] > 0]
        if not frontier:
            break
    edges = sorted(_edges(things, known, depths.keys()), key=lambda e: (-e.strength, e.one, e.other))
    return Graph(_nodes(depths), tuple(edges), more)


def _met(
    things: dict[UUID, Common], known: Explained, frontier: set[UUID], seen: AbstractSet[UUID]
) -> dict[UUID, float]:
    """Accounts not seen yet that an edge leads to from the frontier, and the strength of the strongest."""
    found: dict[UUID, float] = {}
    for one in things.values():
        for here in one.shown.keys() & frontier:
            for other in one.shown.keys() - seen:
                free = known.of(one.trait, here, other) is None
                found[other] = max(found.get(other, 0.0), _strength(one, here, other) if free else 0.0)
    return found


def _edges(things: dict[UUID, Common], known: Explained, seen: AbstractSet[UUID]) -> Iterator[Edge]:
    between: dict[tuple[UUID, UUID], list[Reason]] = {}
    for one in things.values():
        for here, there in combinations(sorted(one.shown.keys() & seen), 2):
            between.setdefault((here, there), []).append(
                _reason(one, here, there, known.traits.get(one.trait))
            )
    for (here, there), reasons in between.items():
        cause = known.pairs.get((here, there))
        doubt = 1.0
        for reason in reasons:
            doubt *= 1.0 if cause or reason.explained else 1.0 - reason.strength
        reasons.sort(key=lambda r: (-r.strength, r.trait))
        yield Edge(here, there, round(1.0 - doubt, 4), tuple(reasons), cause)


def _reason(one: Common, here: UUID, there: UUID, known: Cause | None) -> Reason:
    a, b = one.shown[here], one.shown[there]
    return Reason(
        one.trait, one.kind, round(_strength(one, here, there), 4), len(one.shown), a.times + b.times, max(a.at, b.at),
        max(a.last_at, b.last_at), min(a.likeness, b.likeness), known,
    )  # fmt: skip


def _strength(one: Common, here: UUID, there: UUID) -> float:
    """The kind's strength, less the less alike and the more common the thing is."""
    rules = policy()
    rare = 1 - (len(one.shown) - 2) / rules.common
    return rules.strength.get(one.kind, 0.0) * rare * min(one.shown[here].likeness, one.shown[there].likeness)


def _nodes(depths: dict[UUID, int]) -> tuple[Node, ...]:
    fields = ("display_name", "standing", "registered_at", "deleted_at")
    rows = {pk: row for pk, *row in Account.objects.filter(pk__in=list(depths)).values_list("pk", *fields)}
    if len(rows) < len(depths):
        raise Account.DoesNotExist
    return tuple(
        Node(id_, name, standing, at, gone is not None, depth)
        for id_, depth in depths.items() for name, standing, at, gone in [rows[id_]]
    )  # fmt: skip
