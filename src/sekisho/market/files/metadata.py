"""Takes out of pictures what cameras and programs write beside the pixels: place, time, device, thumbnail. The pixels stay.

JPEG, PNG and WebP are cut at their own joints; HEIC is blanked in place with the help of `pillow_heif`, when it is there.
What cannot be read to its end is left as it was, and said to be so.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator

KEPT, REMOVED, NONE = "kept", "removed", "none"
"""What became of the metadata: still there as it could not be taken out; taken out; there was none, or it is no picture."""

_ORIENTATION = 0x0112
_AFTER_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_JPEG_DROPPED = {0xE1, 0xED, 0xFE}  # Exif and XMP; IPTC; comments
_PNG_DROPPED = {b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"}
_WEBP_DROPPED = {b"EXIF", b"XMP "}


def without_metadata(data: bytes, type_: str) -> tuple[bytes, str]:
    """The same picture without it, and what became of it (`KEPT`, `REMOVED`, `NONE`)."""
    cut = _CUTS.get(type_)
    if cut is None:
        return data, NONE
    try:
        cleaned = cut(data)
    except (ValueError, IndexError, struct.error):
        cleaned = None
    if cleaned is None:
        return data, KEPT
    return cleaned, NONE if cleaned == data else REMOVED


def _jpeg(data: bytes) -> bytes:
    out, turn = [data[:2]], 1
    for marker, part in _segments(data):
        if marker in _JPEG_DROPPED or (marker == 0xE2 and part[4:8] == b"MPF\0"):
            if marker == 0xE1 and part[4:10] == b"Exif\0\0":
                turn = _orientation(part[10:])
            continue
        out.append(part)
    if turn != 1:
        # How the camera was held is all that is kept: without it the picture would lie on its side.
        tiff = struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, _ORIENTATION, 3, 1, turn, 0, 0)
        out.insert(1, b"\xff\xe1" + struct.pack(">H", 8 + len(tiff)) + b"Exif\0\0" + tiff)
    return b"".join(out)


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Marker and bytes of each segment up to the end of the picture; what stands behind it (other pictures) is not given."""
    at = 2
    while True:
        if data[at] != 0xFF:
            raise ValueError("not a marker")
        marker = data[at + 1]
        if marker == 0xD9:
            yield marker, data[at : at + 2]
            return
        end = at + 2 + struct.unpack_from(">H", data, at + 2)[0]
        if marker == 0xDA:
            found = _AFTER_SCAN.search(data, end)
            if found is None:
                raise ValueError("the picture has no end")
            end = found.start()
        if end > len(data) or end <= at + 3:
            raise ValueError("a segment is longer than the file")
        yield marker, data[at:end]
        at = end


def _orientation(tiff: bytes) -> int:
    """1 to 8; 1 where it is not told."""
    order = {b"II": "<", b"MM": ">"}[tiff[:2]] if tiff[:2] in (b"II", b"MM") else None
    if order is None:
        return 1
    start = struct.unpack_from(f"{order}I", tiff, 4)[0]
    for number in range(min(struct.unpack_from(f"{order}H", tiff, start)[0], 200)):
        tag, _, _, value = struct.unpack_from(f"{order}HHIH", tiff, start + 2 + number * 12)
        if tag == _ORIENTATION:
            return value if 1 <= value <= 8 else 1
    return 1


def _png(data: bytes) -> bytes:
    out, at = [data[:8]], 8
    while True:
        length, name = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        if end > len(data):
            raise ValueError("a chunk is longer than the file")
        if name not in _PNG_DROPPED:
            out.append(data[at:end])
        if name == b"IEND":
            return b"".join(out)
        at = end


def _webp(data: bytes) -> bytes:
    parts, at = [], 12
    while at < len(data):
        name, length = struct.unpack_from("<4sI", data, at)
        end = at + 8 + length + length % 2
        if at + 8 + length > len(data):
            raise ValueError("a chunk is longer than the file")
        part = bytearray(data[at:end])
        if name == b"VP8X":
            part[8] &= ~0b1100 & 0xFF  # no longer announces Exif and XMP
        if name not in _WEBP_DROPPED:
            parts.append(bytes(part))
        at = end
    body = b"WEBP" + b"".join(parts)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _heic(data: bytes) -> bytes | None:
    try:
        import pillow_heif
    except ImportError:
        return None
    try:
        info = pillow_heif.open_heif(data, convert_hdr_to_8bit=False).info
    except (OSError, SyntaxError, RuntimeError):
        return None
    for block in (info.get("exif"), info.get("xmp")):
        if block:
            found = bytes(block).removeprefix(b"Exif\0\0")
            if found not in data:
                return None
            data = data.replace(found, bytes(len(found)))
    return data


_CUTS: dict[str, Callable[[bytes], bytes | None]] = {
    "image/jpeg": _jpeg,
    "image/png": _png,
    "image/webp": _webp,
    "image/heic": _heic,
}
CUTTABLE = frozenset(_CUTS)
"""The media types whose metadata can be taken out."""
