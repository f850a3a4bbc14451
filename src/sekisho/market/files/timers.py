"""Uploads that nothing refers to are deleted after a day."""

from __future__ import annotations

from sekisho.market.files.models import Upload
from sekisho.market.kernel.outbox import tell
from sekisho.market.kernel.sweep import timer


def _unused(upload: Upload) -> None:
    if upload.about is None:
        upload.delete()
        tell("file.deleted", sha256=upload.sha256)


timer(Upload, _unused)
