"""Who has what in common with whom, read with bounded effort whatever was stored. Rows only; what they mean is in `graph`."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from sekisho.market.linkage.policy import policy

_COMMON = """
SELECT t.id, t.kind, o.account_id, o.at, o.last_at, o.times, o.likeness
FROM unnest(%(accounts)s::uuid[]) AS a (id)
CROSS JOIN LATERAL (
    SELECT trait_id FROM linkage_sighting WHERE account_id = a.id ORDER BY last_at DESC LIMIT %(most)s
) m
JOIN linkage_trait t ON t.id = m.trait_id AND (%(kinds)s::text[] IS NULL OR t.kind = ANY (%(kinds)s))
CROSS JOIN LATERAL (SELECT * FROM linkage_sighting WHERE trait_id = m.trait_id LIMIT %(common)s + 1) o
"""


_EXPLAINED = """
SELECT trait_id, one_id, other_id, id, cause, because, at FROM linkage_explanation
WHERE ended_at IS NULL
  AND (trait_id = ANY (%(traits)s) OR (one_id = ANY (%(accounts)s) AND other_id = ANY (%(accounts)s)))
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """When and how often one account showed a thing; `likeness` 1 for the thing itself."""

    at: datetime
    last_at: datetime
    times: int
    likeness: float


@dataclass(frozen=True, slots=True)
class Common:
    """One thing and every account that showed it; more than one, and no more than the policy's `common`."""

    trait: UUID
    kind: str
    shown: dict[UUID, Shown] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cause:
    """The innocent cause a moderator knows; `explanation` is the id to unmark it by."""

    explanation: UUID
    cause: str
    because: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Explained:
    """What moderators know of innocent causes, by thing and by pair (the lesser id first)."""

    traits: dict[UUID, Cause]
    pairs: dict[tuple[UUID, UUID], Cause]

    def of(self, trait: UUID, one: UUID, other: UUID) -> Cause | None:
        """The explanation that holds for a thing between two accounts."""
        return self.pairs.get(pair(one, other)) or self.traits.get(trait)


def pair(one: UUID, other: UUID) -> tuple[UUID, UUID]:
    """Two accounts in the order of their ids."""
    return (one, other) if one < other else (other, one)


def common(accounts: Collection[UUID], kinds: Collection[str] | None = None) -> list[Common]:
    """What these accounts have in common with anybody, of the things each met last."""
    rules = policy()
    values: dict[str, Any] = {"accounts": list(accounts), "most": rules.most_traits, "common": rules.common,
                              "kinds": None if kinds is None else sorted(kinds)}  # fmt: skip
    found: dict[UUID, Common] = {}
    with connection.cursor() as cursor:
        cursor.execute(_COMMON, values)
        for trait, kind, account, *shown in cursor.fetchall():
            found.setdefault(trait, Common(trait, kind)).shown[account] = Shown(*shown)
    return [one for one in found.values() if 1 < len(one.shown) <= rules.common]


def explained(things: Collection[Common]) -> Explained:
    """The explanations that hold now for any of these."""
    found = Explained({}, {})
    if not things:
        return found
    accounts = list({account for one in things for account in one.shown})
    with connection.cursor() as cursor:
        cursor.execute(_EXPLAINED, {"traits": [one.trait for one in things], "accounts": accounts})
        for trait, one, other, *cause in cursor.fetchall():
            if trait is not None:
                found.traits[trait] = Cause(*cause)
            else:
                found.pairs[one, other] = Cause(*cause)
    return found
