"""A new key: every hash is hashed once more with it, in the background. No link is lost, and an old key alone opens nothing.

What it cannot do: a copy of the tables taken before, together with the old key, stays readable by trial. A key that is no
longer in the list ends every link between what was hashed with it and what is hashed later; `forget_key` deletes the former.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import connection

from sekisho.market.kernel import clock
from sekisho.market.kernel.sweep import timer
from sekisho.market.linkage.keys import chain, lifted, lifted_number
from sekisho.market.linkage.models import Band, Explanation, KeyUse, Sighting, Trait

BATCH = 500
AGAIN = timedelta(days=1)
"""How often it is looked again: a process that was started with the old list may still write."""
_LIFT = """
UPDATE linkage_trait t SET digest = n.digest, key = %s
FROM unnest(%s::uuid[], %s::bytea[]) AS n (id, digest) WHERE t.id = n.id
"""
_MOVE = """
INSERT INTO linkage_sighting AS s (trait_id, account_id, at, last_at, times, likeness)
SELECT %(to)s, account_id, at, last_at, times, likeness FROM linkage_sighting WHERE trait_id = %(from)s
ON CONFLICT (trait_id, account_id) DO UPDATE SET
    at = LEAST(s.at, excluded.at), last_at = GREATEST(s.last_at, excluded.last_at),
    times = s.times + excluded.times, likeness = GREATEST(s.likeness, excluded.likeness)
"""


@dataclass(frozen=True, slots=True)
class KeyStanding:
    """Hashes under one list of keys: its name, whether all its keys are in the list of now, how many things, since when."""

    name: str
    newest: bool
    listed: bool
    traits: int


def standing() -> tuple[KeyStanding, ...]:
    """For operators: what is hashed under which key. A name that is not listed can be forgotten."""
    there = chain()
    with connection.cursor() as cursor:
        cursor.execute("SELECT key, count(*) FROM linkage_trait GROUP BY key ORDER BY key")
        return tuple(
            KeyStanding(n, n == there.newest, n in there.names, count) for n, count in cursor.fetchall()
        )


def in_use() -> None:
    """Note that this list of keys is in use; a new one starts the work."""
    if not KeyUse.objects.filter(pk=chain().newest).exists():
        KeyUse.objects.bulk_create([KeyUse(name=chain().newest)], ignore_conflicts=True)


def lift(use: KeyUse) -> None:
    """Hash the next batch that lags behind, if `use` is the list of now."""
    there = chain()
    rows: list[Trait] = []
    if use.name == there.newest:
        behind = Trait.objects.filter(key__in=there.names[:-1]).order_by("pk")
        rows = list(behind.select_for_update(skip_locked=True)[:BATCH])
        _lift(rows)
    more = len(rows) == BATCH
    KeyUse.objects.filter(pk=use.pk).update(due_at=clock.now() + (timedelta() if more else AGAIN))


def _lift(rows: list[Trait]) -> None:
    newest = chain().newest
    digests = {row.pk: lifted(bytes(row.digest), row.key) for row in rows}
    known = Trait.objects.filter(digest__in=list(digests.values())).values_list("digest", "pk")
    twins = {bytes(digest): pk for digest, pk in known}
    for row in rows:
        if (twin := twins.get(digests[row.pk])) is not None:
            _merge(row, twin)
            del digests[row.pk]
    keys = {row.pk: row.key for row in rows}
    bands = list(Band.objects.filter(trait__in=list(digests)))
    Band.objects.filter(trait__in=list(digests)).delete()
    Band.objects.bulk_create(
        Band(value=lifted_number(band.value, keys[band.trait_id]), trait_id=band.trait_id) for band in bands
    )
    with connection.cursor() as cursor:
        cursor.execute(_LIFT, [newest, list(digests), list(digests.values())])


def _merge(row: Trait, twin: UUID) -> None:
    """The same thing was written under the new key meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(_MOVE, {"to": twin, "from": row.pk})
    explained = Explanation.objects.filter(trait=twin, ended_at=None).exists()
    Explanation.objects.filter(trait=row, **({"ended_at__isnull": False} if explained else {})).update(
        trait=twin
    )
    erase([row.pk])


def erase(traits: Collection[UUID]) -> None:
    """Delete things with all that hangs on them."""
    for model in (Band, Sighting, Explanation):
        model._default_manager.filter(trait__in=list(traits)).delete()
    Trait.objects.filter(pk__in=list(traits)).delete()


timer(KeyUse, lift)
