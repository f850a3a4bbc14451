"""Sealing and verifying the audit chain: each seal holds the hash of its entry and of the seal before it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from django.db import connection, transaction

from sekisho.market.kernel.models import AuditEntry, AuditSeal

_FIRST = bytes(32)
_LOCK = 0x5E4150  # one sealing process at a time (advisory lock)


def seal(limit: int = 1000) -> int:
    """Append the entries that are not in the chain yet; returns how many."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
            if not cursor.fetchone()[0]:
                return 0
        last = AuditSeal.objects.order_by("-position").first()
        position, previous = (last.position, bytes(last.digest)) if last else (0, _FIRST)
        seals = []
        for entry in AuditEntry.objects.filter(seal=None).order_by("at", "id")[:limit]:
            position += 1
            digest = _digest(previous, entry)
            seals.append(AuditSeal(position=position, entry=entry, previous=previous, digest=digest))
            previous = digest
        AuditSeal.objects.bulk_create(seals)
    return len(seals)


def _digest(previous: bytes, entry: AuditEntry) -> bytes:
    fields = [
        entry.id, entry.at.isoformat(), entry.actor, entry.actor_name, entry.action, entry.thing, entry.thing_id,
        entry.because, entry.parent,
    ]  # fmt: skip
    return hashlib.sha256(previous + "\x1f".join(str(f) for f in fields).encode()).digest()


def verify() -> Iterator[str]:
    """Walk the chain; yields a sentence a fault."""
    position, previous = 0, _FIRST
    for row in AuditSeal.objects.select_related("entry").order_by("position").iterator():
        position += 1
        if row.position != position:
            yield f"audit chain: position {position} is missing (found {row.position})"
            position = row.position
        if bytes(row.previous) != previous:
            yield f"audit chain: seal {row.position} does not follow the one before it"
        if bytes(row.digest) != _digest(bytes(row.previous), row.entry):
            yield f"audit chain: entry {row.entry_id} at {row.position} was changed after it was sealed"
        previous = bytes(row.digest)
