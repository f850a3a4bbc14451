"""Bytes of a picture or a PDF -> pages of pixels. The content decides what it is, never a name. Nothing is written.

Everything is bounded before it is unpacked: bytes, pages, pixels; what is larger than reading needs is scaled down.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from sekisho.core.pictures.errors import PictureError

if TYPE_CHECKING:
    from PIL.Image import Image

BYTE_LIMIT = 30_000_000
"""Bytes of a file."""
PIXEL_LIMIT = 60_000_000
"""Pixels a file may claim to hold; a tall screenshot of a phone has five million."""
PAGE_LIMIT = 20
"""Pages of a PDF."""
LONGEST_SIDE = 6_000
"""Pixels of a side that are read; a longer one is scaled down."""
MOST_READ = 12_000_000
"""Pixels that are read of one page; more is scaled down."""
PDF_SCALE = 2.0
"""Pixels a point: 144 dots an inch, enough for ten-point type."""

INSTALL = "pip install 'sekisho[images]'"


def pages_of(data: bytes) -> list[Image]:
    """The pages of a PNG, JPEG, WebP, HEIC or PDF file as RGB pictures, upright as the camera held them.

    Raises `PictureError` for anything else, for what is damaged, animated, encrypted, or beyond a limit.
    """
    if not data:
        raise PictureError("empty", "the file is empty")
    if len(data) > BYTE_LIMIT:
        message = f"the file has {len(data):,} bytes; at most {BYTE_LIMIT:,} are read"
        raise PictureError("too_large", message, "crop or compress it")
    for is_such, read in _READERS:
        if is_such(data):
            return list(read(data))
    raise PictureError("unknown_format", "not a PNG, JPEG, WebP, HEIC or PDF file", "save a screenshot as PNG or JPEG")


def is_picture(data: bytes) -> bool:
    """Whether the first bytes of a file are those of a picture or PDF; 16 are enough."""
    return any(is_such(data) for is_such, _ in _READERS)


def _is_pdf(data: bytes) -> bool:
    return data.lstrip()[:5] == b"%PDF-"


def _is_heic(data: bytes) -> bool:
    brands = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif")
    return data[4:8] == b"ftyp" and data[8:12] in brands


def _is_picture(data: bytes) -> bool:
    return data[:8] == b"\x89PNG\r\n\x1a\n" or data[:3] == b"\xff\xd8\xff" or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")


def _picture(data: bytes, forms: tuple[str, ...] = ("PNG", "JPEG", "WEBP")) -> Iterator[Image]:
    try:
        from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError
    except ImportError:
        raise PictureError("missing_extra", "reading pictures needs the images extra", INSTALL) from None
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=forms) as picture:
                _check_size(*picture.size)
                if getattr(picture, "n_frames", 1) > 1:
                    raise PictureError("animated", "the picture moves", "save the frame that matters as a picture of its own")
                picture.load()
                yield _readable(ImageOps.exif_transpose(picture))
    except PictureError:
        raise
    except Image.DecompressionBombError as error:
        raise PictureError("too_large", _first_line(error), "crop it to the messages that matter") from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, MemoryError) as error:
        raise PictureError("damaged", f"the picture cannot be unpacked: {_first_line(error)}", "save or take it anew") from None


def _heic(data: bytes) -> Iterator[Image]:
    try:
        import pillow_heif
    except ImportError:
        raise PictureError("missing_extra", "reading HEIC needs the images extra", INSTALL) from None
    pillow_heif.register_heif_opener()
    yield from _picture(data, ("HEIF",))


def _pdf(data: bytes) -> Iterator[Image]:
    try:
        import pypdfium2  # type: ignore[import-untyped,unused-ignore]
    except ImportError:
        raise PictureError("missing_extra", "reading PDF needs the images extra", INSTALL) from None
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        secret = "password" in str(error).lower()
        code, hint = ("encrypted", "save it without a password") if secret else ("damaged", "save it anew")
        raise PictureError(code, f"the PDF cannot be opened: {_first_line(error)}", hint) from None
    try:
        if not 0 < len(document) <= PAGE_LIMIT:
            raise PictureError("too_many_pages", f"the PDF has {len(document):,} pages; 1 to {PAGE_LIMIT} are read", "split it")
        for number in range(len(document)):
            page = document[number]
            width, height = page.get_size()
            scale = min(PDF_SCALE, LONGEST_SIDE / max(width, height, 1.0))
            _check_size(int(width * scale) or 1, int(height * scale) or 1)
            yield _readable(page.render(scale=scale).to_pil())
    except pypdfium2.PdfiumError as error:
        raise PictureError("damaged", f"a page of the PDF cannot be drawn: {_first_line(error)}", "save it anew") from None
    finally:
        document.close()


_READERS: tuple[tuple[Callable[[bytes], bool], Callable[[bytes], Iterator[Image]]], ...] = (
    (_is_picture, _picture),
    (_is_heic, _heic),
    (_is_pdf, _pdf),
)


def _check_size(width: int, height: int) -> None:
    if width * height > PIXEL_LIMIT:
        message = f"the picture is {width:,} × {height:,} pixels; at most {PIXEL_LIMIT:,} are read"
        raise PictureError("too_large", message, "crop it to the messages that matter")
    if min(width, height) < 8:
        raise PictureError("damaged", f"the picture is only {width} × {height} pixels")


def _readable(picture: Image) -> Image:
    """RGB on white, no larger than reading needs."""
    from PIL import Image

    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        above = picture.convert("RGBA")
        picture = Image.new("RGB", above.size, "white")
        picture.paste(above, mask=above.getchannel("A"))
    else:
        picture = picture.convert("RGB")
    width, height = picture.size
    scale = min(1.0, LONGEST_SIDE / max(width, height), (MOST_READ / (width * height)) ** 0.5)
    if scale < 1.0:
        picture = picture.resize((max(8, int(width * scale)), max(8, int(height * scale))))
    return picture


def _first_line(error: Exception) -> str:
    return str(error).split("\n", 1)[0][:200] or type(error).__name__
