"""What is done about files in the background: pictures are read ahead of their use, deleted ones leave the disk."""

from __future__ import annotations

from typing import Any

from sekisho.market.files import store
from sekisho.market.files.models import FileReading, Upload
from sekisho.market.files.reading import reading_of
from sekisho.market.kernel.locks import alone
from sekisho.market.kernel.outbox import handles


@handles("file.uploaded")
def read_ahead(payload: dict[str, Any]) -> None:
    """Read it, so that whoever attaches it need not wait."""
    upload = Upload.objects.filter(pk=payload["upload"]).first()
    if upload is not None:
        reading_of(upload)


@handles("file.deleted")
def leave_the_disk(payload: dict[str, Any]) -> None:
    """Delete the bytes when no row has them any more. An upload of the same content waits for us, or we see its row."""
    sha256 = str(payload["sha256"])
    alone(f"file {sha256}")
    if not Upload.objects.filter(sha256=sha256, erased_at=None).exists():
        FileReading.objects.filter(pk=sha256).delete()
        store.forget(sha256)
