"""What must hold of every record: an erased one has nothing left of what was written, and nobody reads it."""

from __future__ import annotations

from collections.abc import Iterator

from sekisho.market.kernel.verification import Seen, checks, count, rows


@checks("exposure.erased", "exposure records")
def erased(seen: Seen) -> Iterator[str]:
    """Erased records are empty and shared with nobody; the others say what was given."""
    count(seen, "exposure_exposure")
    parts = ("given", "attached", "ticked")
    left = " OR ".join(
        f"EXISTS (SELECT 1 FROM exposure_{part} p WHERE p.exposure_id = e.id)" for part in parts
    )
    shared = "EXISTS (SELECT 1 FROM exposure_share s WHERE s.exposure_id = e.id AND s.ended_at IS NULL)"
    full = f"e.title <> '' OR e.story <> '' OR {left} OR {shared}"
    for (pk,) in rows(f"SELECT e.id FROM exposure_exposure e WHERE e.state = 'erased' AND ({full})"):
        yield f"exposure record {pk} is erased and something of it is left"
    given = "EXISTS (SELECT 1 FROM exposure_given p WHERE p.exposure_id = e.id)"
    for (pk,) in rows(f"SELECT e.id FROM exposure_exposure e WHERE e.state <> 'erased' AND NOT {given}"):
        yield f"exposure record {pk} says nothing of what was given"
