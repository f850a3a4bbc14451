"""What a picture or PDF says, read once a content and kept: reading is slow and needs no context, judging is neither."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sekisho.core.pictures import Box, Code, Line, PictureError, PictureMessage, Reading, Side, read_picture
from sekisho.core.pictures.formats import BYTE_LIMIT, is_picture
from sekisho.core.pictures.model import Part
from sekisho.market.files import store
from sekisho.market.files.models import FileReading, Upload


def reading_of(upload: Upload) -> FileReading | None:
    """What stands in it, read now if it was not yet (a second or two a page); None for what is no picture or PDF.

    Without the images extra, and for a file that cannot be read, the row says why nothing was read.
    """
    path = store.path_of(upload.sha256)
    kept = FileReading.objects.filter(pk=upload.sha256).first()
    if kept is not None and kept.not_read != "missing_extra":
        return kept
    if not path.is_file():
        return None
    with path.open("rb") as file:
        if not is_picture(file.read(16)):
            return None
    content, not_read = _read(path.read_bytes() if upload.size <= BYTE_LIMIT else None)
    row, _ = FileReading.objects.update_or_create(
        sha256=upload.sha256, defaults={"content": content, "not_read": not_read}
    )
    return row


def _read(data: bytes | None) -> tuple[dict[str, Any] | None, str]:
    if data is None:
        return None, "too_large"
    try:
        return asdict(read_picture(data)), ""
    except PictureError as error:
        return None, error.code


def from_plain(content: dict[str, Any]) -> Reading:
    """The reading that was kept."""
    return Reading(
        tuple(_message(one) for one in content["messages"]),
        tuple(Code(one["text"], one["page"], Box(**one["box"])) for one in content["codes"]),
        tuple((width, height) for width, height in content["sizes"]),
    )


def _message(plain: dict[str, Any]) -> PictureMessage:
    parts = tuple(
        Part(
            Line(p["line"]["text"], Box(**p["line"]["box"]), p["line"]["score"], Box(**p["line"]["flat"])),
            p["start"],
            p["end"],
        )
        for p in plain["parts"]
    )
    return PictureMessage(plain["text"], Side(plain["side"]), plain["page"], Box(**plain["box"]), parts)
