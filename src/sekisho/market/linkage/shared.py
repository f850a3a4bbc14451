"""Who else uses the same contact identifiers. It opens eyes and cases, never sanctions."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sekisho.market.linkage.models import Sighting

COMMON = 20
"""An identifier that more accounts than this have written is nobody's own (a help desk, a club) and tells nothing."""


@dataclass(frozen=True, slots=True)
class Shared:
    """`account` has written identifiers of these kinds that the account asked about has written too."""

    account: UUID
    kinds: tuple[str, ...]


def shared_by(account: UUID) -> tuple[Shared, ...]:
    """The accounts with the same identifiers, those that share most first."""
    mine = Sighting.objects.filter(account_id=account).values_list("digest", flat=True)
    users: dict[bytes, list[tuple[UUID, str]]] = {}
    for digest, other, kind in Sighting.objects.filter(digest__in=list(mine)).values_list(
        "digest", "account_id", "kind"
    ):
        users.setdefault(bytes(digest), []).append((other, kind))
    found: dict[UUID, set[str]] = {}
    weight: dict[UUID, int] = {}
    for rows in users.values():
        if len(rows) > COMMON:
            continue
        for other, kind in rows:
            if other != account:
                found.setdefault(other, set()).add(kind)
                weight[other] = weight.get(other, 0) + 1
    order = sorted(found, key=lambda other: (-weight[other], other))
    return tuple(Shared(other, tuple(sorted(found[other]))) for other in order)
