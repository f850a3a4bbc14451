"""Screenshots for tests, drawn with the font of a development package."""

from __future__ import annotations

import io
from importlib.util import find_spec
from pathlib import Path


def screenshot(*lines: str) -> bytes:
    """A PNG of `lines`, dark on white."""
    from PIL import Image, ImageDraw, ImageFont

    spec = find_spec("pylopdf_fonts_jp")
    assert spec is not None
    assert spec.origin is not None
    font = ImageFont.truetype(str(Path(spec.origin).parent / "NotoSansJP-Regular.otf"), 36)
    picture = Image.new("RGB", (1000, 60 + 70 * len(lines)), "white")
    pen = ImageDraw.Draw(picture)
    for number, line in enumerate(lines):
        pen.text((30, 30 + 70 * number), line, font=font, fill="black")
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
