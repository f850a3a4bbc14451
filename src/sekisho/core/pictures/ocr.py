"""Letters and QR codes of one page, by rapidocr and zxing-cpp. Knows no chats."""

from __future__ import annotations

import logging
import math
from collections.abc import Sequence
from functools import lru_cache
from statistics import median
from typing import TYPE_CHECKING, Any

from sekisho.core.pictures.errors import PictureError
from sekisho.core.pictures.formats import INSTALL
from sekisho.core.pictures.model import Box, Code, Line
from sekisho.core.pictures.twins import settled

if TYPE_CHECKING:
    from PIL.Image import Image

LEAST_SCORE = 0.5
"""Below it a line is noise: a texture, an icon, a face."""

ENLARGED = 2
"""By how much a page is enlarged on which a code was seen and not read."""
ENLARGED_PIXELS = 6_000_000
"""Pixels of a page up to which it is enlarged."""


@lru_cache(maxsize=1)
def _reader() -> Any:
    """The letter reader with its models, loaded once (about a second)."""
    try:
        from rapidocr import RapidOCR
    except ImportError:
        raise PictureError("missing_extra", "reading pictures needs the images extra", INSTALL) from None
    import numpy

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    reader: Any = RapidOCR(params={"Global.log_level": "error"})
    # Reading something brings its letter model up, which then tells us of signs and not only of texts.
    reader(numpy.zeros((48, 48, 3), numpy.uint8), use_det=False, use_cls=False, use_rec=True)
    reader.text_rec.postprocess_op = _Decoder(reader.text_rec.postprocess_op.character)
    return reader


class _Decoder:
    """The letter model's probabilities -> lines and their scores, as rapidocr's own decoder, with look-alike signs decided."""

    def __init__(self, signs: Sequence[str]) -> None:
        self._signs = signs
        """By index; the first stands for none."""
        self._index = {sign: at for at, sign in enumerate(signs)}

    def __call__(self, told: Any, *_: object, **__: object) -> tuple[list[tuple[str, float]], list[Any]]:
        """`told` is lines by steps by signs; a sign that goes on over several steps is one. No places of words are told."""
        return [self._line(line) for line in told], []

    def _line(self, told: Any) -> tuple[str, float]:
        import numpy

        best = told.argmax(axis=1)
        begins = best != 0
        begins[1:] &= best[1:] != best[:-1]
        steps = numpy.flatnonzero(begins)
        if not len(steps):
            return "", 0.0
        text = settled(
            [self._signs[best[step]] for step in steps],
            lambda at, other: float(told[steps[at], self._index[other]]) if other in self._index else 0.0,
        )
        return text, float(told[steps, best[steps]].mean())


def read_lines(page: Image) -> list[Line]:
    """The lines of text on a page, as they were found."""
    import numpy

    # The classifier is left out: it turns short lines on their heads.
    found = _reader()(numpy.asarray(page)[:, :, ::-1], use_det=True, use_cls=False, use_rec=True)
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
    """The QR codes on a page, from top to bottom. A page with a code too fine to be read as it is, is looked at enlarged."""
    try:
        import zxingcpp
    except ImportError:
        raise PictureError("missing_extra", "reading QR codes needs the images extra", INSTALL) from None
    wanted = (zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.MicroQRCode)
    found = zxingcpp.read_barcodes(page, formats=wanted, return_errors=True)  # type: ignore[arg-type,unused-ignore]
    codes = [Code(one.text, number, _place_of(one.position, 1)) for one in found if one.valid]
    if len(codes) < len(found) and page.size[0] * page.size[1] <= ENLARGED_PIXELS:
        read = {code.text for code in codes}
        large = page.convert("L").resize((page.size[0] * ENLARGED, page.size[1] * ENLARGED))
        found = zxingcpp.read_barcodes(large, formats=wanted)  # type: ignore[arg-type,unused-ignore]
        codes += [Code(one.text, number, _place_of(one.position, ENLARGED)) for one in found if one.text not in read]
    return sorted(codes, key=lambda code: (code.box.top, code.box.left))


def _place_of(place: Any, scale: int) -> Box:
    corners = (place.top_left, place.top_right, place.bottom_left, place.bottom_right)
    across, down = [corner.x // scale for corner in corners], [corner.y // scale for corner in corners]
    return Box(min(across), min(down), max(across) + 1, max(down) + 1)
