"""Whether the disk holds what the rows say, and nothing besides."""

from __future__ import annotations

from collections.abc import Iterator

from sekisho.market.files import store
from sekisho.market.files.models import Upload
from sekisho.market.kernel import clock

STRAY_SECONDS = 86_400
"""How long a file without a row is left alone: its upload may still be going on."""


def verify() -> Iterator[str]:
    """Compare every file with its row; yields a sentence a fault."""
    known = dict(
        Upload.objects.filter(erased_at=None).order_by("sha256").values_list("sha256", "size").distinct()
    )
    for sha256, size in known.items():
        path = store.path_of(sha256)
        if not path.is_file():
            yield f"file {sha256}: is missing"
        elif path.stat().st_size != size or store.digest_of(path) != sha256:
            yield f"file {sha256}: was changed after it was stored"


def sweep_strays() -> int:
    """Delete files that no row knows and that are older than a day (left by a killed process); returns how many."""
    before, gone = clock.now().timestamp() - STRAY_SECONDS, 0
    for path in [*store.stored(), *(store.root() / "arriving").glob("*")]:
        if path.stat().st_mtime < before and not Upload.objects.filter(sha256=path.name).exists():
            path.unlink(missing_ok=True)
            gone += 1
    return gone
