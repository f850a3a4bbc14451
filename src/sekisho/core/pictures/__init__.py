"""Pictures: bytes of a screenshot -> texts, QR codes and a verdict with boxes. Needs the extra `images` to read one."""

from __future__ import annotations

from sekisho.core.pictures.annotate import annotated
from sekisho.core.pictures.errors import PictureError
from sekisho.core.pictures.judging import Evidence, PictureVerdict, check_picture, check_reading, read_picture
from sekisho.core.pictures.model import Box, Code, Line, PictureMessage, Reading, Side

__all__ = [
    "Box",
    "Code",
    "Evidence",
    "Line",
    "PictureError",
    "PictureMessage",
    "PictureVerdict",
    "Reading",
    "Side",
    "annotated",
    "check_picture",
    "check_reading",
    "read_picture",
]
