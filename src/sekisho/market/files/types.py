"""What a file is by its first bytes. The name and what the sender says of it are not asked."""

from __future__ import annotations

HEAD = 512
"""Bytes that are looked at."""

_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (8, b"WAVE", "audio/wav"),
    (4, b"ftypheic", "image/heic"),
    (4, b"ftypheix", "image/heic"),
    (4, b"ftypmif1", "image/heic"),
    (4, b"ftyp", "video/mp4"),
    (0, b"%PDF-", "application/pdf"),
    (0, b"PK\x03\x04", "application/zip"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"\x1f\x8b", "application/gzip"),
    (0, b"MZ", "application/x-msdownload"),
    (0, b"\x7fELF", "application/x-elf"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"8BPS", "image/vnd.adobe.photoshop"),
)
_MARKUP = (b"<!doctype html", b"<html", b"<script", b"<svg", b"<?xml", b"<body", b"<iframe")
UNKNOWN = "application/octet-stream"


def type_of(head: bytes) -> str:
    """A media type for the first `HEAD` bytes of a file; `application/octet-stream` where they do not tell."""
    for start, mark, name in _MAGIC:
        if head[start : start + len(mark)] == mark:
            return name
    words = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if words.startswith(_MARKUP):
        return "text/html"
    return "text/plain" if head and _is_text(head) else UNKNOWN


def _is_text(head: bytes) -> bool:
    if b"\0" in head:
        return False
    for cut in range(4):  # a character may be cut at the end of the head
        try:
            head[: len(head) - cut].decode("utf-8")
        except UnicodeDecodeError:
            continue
        return True
    return False
