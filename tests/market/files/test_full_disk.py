"""A disk that takes no more: the kernel refuses the write, the upload is refused, and nothing of it is left."""

from __future__ import annotations

import io
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.market.stage import refused

from sekisho.market.files import verbs
from sekisho.market.files.models import Upload
from sekisho.market.kernel.verification import verify_all

CONTENT = b"%PDF-1.7\n" + bytes(range(256)) * 2_000


@contextmanager
def full_after(size: int) -> Iterator[None]:
    """Within the block no file of this process may grow beyond `size` bytes: a write beyond it fails in the kernel."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_an_upload_to_a_full_disk_is_refused_leaves_nothing_and_works_once_there_is_room(
    cast: dict[str, Any], data_dir: Path
) -> None:
    def upload() -> Upload:
        return verbs.upload(cast["hanako"].actor, None, name="見本.pdf", stream=io.BytesIO(CONTENT), for_="message")

    with full_after(100_000), refused("disk_full"):
        upload()
    assert not Upload.objects.exists()
    assert [path for path in (data_dir / "files").rglob("*") if path.is_file()] == []
    assert upload().size == len(CONTENT)
    assert [result.faults for result in verify_all().results if result.name == "files.stored"] == [()]
