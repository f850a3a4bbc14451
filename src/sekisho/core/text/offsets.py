"""Code point offsets -> UTF-16 offsets, for clients (JavaScript, Java) that count in UTF-16 code units. Exact and linear."""

from __future__ import annotations


def utf16_offset(text: str, index: int) -> int:
    """UTF-16 code units before code point `index` of `text`; IndexError unless 0 <= index <= len(text)."""
    if not 0 <= index <= len(text):
        raise IndexError(f"offset {index} is outside the text, which has {len(text)} code points")
    return _units(text[:index])


def utf16_span(text: str, start: int, end: int) -> tuple[int, int]:
    """The half-open span `start:end` of code points in UTF-16 code units; IndexError unless 0 <= start <= end <= len."""
    if not 0 <= start <= end <= len(text):
        raise IndexError(f"span {start}:{end} is outside the text, which has {len(text)} code points")
    first = _units(text[:start])
    return first, first + _units(text[start:end])


def _units(text: str) -> int:
    # A lone surrogate is one unit in JavaScript as well.
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
