"""Letters and QR codes of one page, by rapidocr and zxing-cpp. Knows no chats."""

from __future__ import annotations

import logging
import math
from functools import lru_cache
from statistics import median
from typing import TYPE_CHECKING, Any

from sekisho.core.pictures.errors import PictureError
from sekisho.core.pictures.formats import INSTALL
from sekisho.core.pictures.model import Box, Code, Line

if TYPE_CHECKING:
    from PIL.Image import Image

LEAST_SCORE = 0.5
"""Below it a line is noise: a texture, an icon, a face."""


@lru_cache(maxsize=1)
def _reader() -> Any:
    """The letter reader with its models, loaded once (about a second)."""
    try:
        from rapidocr import RapidOCR
    except ImportError:
        raise PictureError("missing_extra", "reading pictures needs the images extra", INSTALL) from None
    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    return RapidOCR(params={"Global.log_level": "error"})


def read_lines(page: Image) -> list[Line]:
    """The lines of text on a page, as they were found."""
    import numpy

    found = _reader()(numpy.asarray(page)[:, :, ::-1], use_cls=False)  # the classifier turns short lines on their heads
    if found.boxes is None or found.txts is None:
        return []
    tilt = _tilt(found.boxes)
    lines = []
    for corners, text, score in zip(found.boxes, found.txts, found.scores, strict=True):
        if score >= LEAST_SCORE and not _is_speck(text.strip()):
            across, down = [point[0] for point in corners], [point[1] for point in corners]
            box = Box(int(min(across)), int(min(down)), int(max(across)) + 1, int(max(down)) + 1)
            lines.append(Line(text.strip(), box, float(score), _flat(corners, tilt)))
    return lines


def _is_speck(text: str) -> bool:
    """A lone sign is an icon or the round picture of a writer more often than a letter."""
    return len(text) < 2 and (not text or text.isascii())


def _tilt(boxes: Any) -> float:
    """By how much the page leans, in radians: as its long lines do."""
    leaning = []
    for top_left, top_right, _, bottom_left in boxes:
        wide, tall = math.dist(top_left, top_right), math.dist(top_left, bottom_left)
        if wide > 3 * tall:
            leaning.append(math.atan2(top_right[1] - top_left[1], top_right[0] - top_left[0]))
    return median(leaning) if leaning else 0.0


def _flat(corners: Any, tilt: float) -> Box:
    """The box of a line after its page was turned straight about the corner (0, 0)."""
    x, y = sum(point[0] for point in corners) / 4, sum(point[1] for point in corners) / 4
    middle = x * math.cos(-tilt) - y * math.sin(-tilt), x * math.sin(-tilt) + y * math.cos(-tilt)
    wide, tall = math.dist(corners[0], corners[1]) / 2, math.dist(corners[0], corners[3]) / 2
    return Box(int(middle[0] - wide), int(middle[1] - tall), int(middle[0] + wide) + 1, int(middle[1] + tall) + 1)


def read_codes(page: Image, number: int) -> list[Code]:
    """The QR codes on a page, from top to bottom."""
    try:
        import zxingcpp
    except ImportError:
        raise PictureError("missing_extra", "reading QR codes needs the images extra", INSTALL) from None
    codes = []
    wanted = (zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.MicroQRCode)
    for found in zxingcpp.read_barcodes(page, formats=wanted):  # type: ignore[arg-type,unused-ignore]
        place = found.position
        corners = (place.top_left, place.top_right, place.bottom_left, place.bottom_right)
        across, down = [corner.x for corner in corners], [corner.y for corner in corners]
        codes.append(Code(found.text, number, Box(min(across), min(down), max(across) + 1, max(down) + 1)))
    return sorted(codes, key=lambda code: (code.box.top, code.box.left))
