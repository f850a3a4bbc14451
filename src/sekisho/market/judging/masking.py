"""Example texts masked: only a short window around the evidence can be read, and no contact identifier in it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

HIDDEN = "＊"
"""Stands for one code point, so that places in the text stay what they are."""
_ALIKE = re.compile(
    r"[\w.+-]{1,64}@[\w.-]{1,255}|https?://\S{1,500}|www\.\S{1,500}|@\w{3,64}|\d(?:[\d\-–ー－ 　()（）]{4,40})\d"
)
"""What looks like an address or a long number though the engine did not take it for a contact: hidden all the same."""
Span = tuple[int, int]


def masked(text: str, evidence: Iterable[Span], contacts: Iterable[Span], window: int) -> str:
    """`text` with every code point hidden but white space and those within `window` of evidence; contacts are hidden there too.

    As long as `text`. Linear in the text and the number of spans.
    """
    shown = bytearray(len(text))
    for start, end in evidence:
        low, high = max(0, start - window), min(len(text), end + window)
        shown[low:high] = b"\1" * max(0, high - low)
    alike = (match.span() for match in _ALIKE.finditer(text))
    for start, end in (*contacts, *alike):
        low, high = max(0, start), min(len(text), end)
        shown[low:high] = bytes(max(0, high - low))
    return "".join(char if seen or char.isspace() else HIDDEN for char, seen in zip(text, shown, strict=True))
