"""What must hold of files: the disk holds what the rows say."""

from __future__ import annotations

from collections.abc import Iterator

from sekisho.market.files import checking
from sekisho.market.kernel.verification import Seen, checks, count


@checks("files.stored", "uploads")
def stored(seen: Seen) -> Iterator[str]:
    """Every file that is not erased is there, as it was stored."""
    count(seen, "files_upload")
    yield from checking.verify()
