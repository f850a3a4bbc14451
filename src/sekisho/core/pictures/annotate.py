"""The picture with its findings marked, for a report. The marks have numbers, so that colour is not needed to tell them."""

from __future__ import annotations

import io

from sekisho.core.pictures.formats import pages_of
from sekisho.core.pictures.judging import PictureVerdict
from sekisho.core.rules.model import Outcome

COLOURS = {Outcome.VIOLATION: "#c0392b", Outcome.UNSURE: "#6c5ce7", Outcome.CAUTION: "#b9770e", Outcome.CLEAR: "#2d7d46"}


def annotated(data: bytes, verdict: PictureVerdict, page: int = 0) -> bytes:
    """A PNG of one page with a numbered frame around every finding's lines.

    Raises `PictureError`, and `IndexError` for a page that is not there.
    """
    from PIL import ImageDraw, ImageFont

    picture = pages_of(data)[page].copy()
    pen = ImageDraw.Draw(picture)
    size = max(14, picture.size[1] // 70)
    font = ImageFont.load_default(size)
    for number, found in enumerate(verdict.evidence, start=1):
        if found.page != page:
            continue
        colour = COLOURS[found.finding.verdict]
        for box in found.boxes:
            pen.rectangle((box.left - 3, box.top - 3, box.right + 2, box.bottom + 2), outline=colour, width=max(2, size // 8))
        if found.boxes:
            corner = (max(0, found.boxes[0].left - size - 6), max(0, found.boxes[0].top - size // 2))
            pen.ellipse((*corner, corner[0] + size + 4, corner[1] + size + 4), fill=colour)
            pen.text((corner[0] + 4, corner[1]), str(number), fill="white", font=font)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
