"""Who else shows the same contacts and bank accounts. It opens eyes and cases, never sanctions."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from sekisho.market.linkage.links import common, explained
from sekisho.market.linkage.policy import policy


def strong(account: UUID) -> dict[UUID, set[str]]:
    """The accounts that share strong things with this one for no known innocent cause, and the kinds of those things."""
    things = common([account], policy().strong_kinds)
    known = explained(things)
    found: dict[UUID, set[str]] = defaultdict(set)
    for one in things:
        for other in one.shown.keys() - {account}:
            if known.of(one.trait, account, other) is None:
                found[other].add(one.kind)
    return found


@dataclass(frozen=True, slots=True)
class Shared:
    """`account` has shown strong things of these kinds that the account asked about has shown too."""

    account: UUID
    kinds: tuple[str, ...]


def shared_by(account: UUID) -> tuple[Shared, ...]:
    """The accounts with the same strong things (contacts, bank accounts), those that share most kinds first."""
    found = strong(account)
    order = sorted(found, key=lambda other: (-len(found[other]), other))
    return tuple(Shared(other, tuple(sorted(found[other]))) for other in order)
