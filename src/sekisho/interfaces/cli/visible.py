"""Text of strangers made safe to print: what would steer the terminal or stay unseen is written out, and spans are kept."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

WHOLE = 4000
"""Code points up to which a text is shown whole."""
AROUND = 200
"""Code points shown on either side of a span of a longer text."""
_WRITTEN_OUT = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def visible(text: str) -> str:
    """`text` on one line with every control, invisible and unassigned character written as an escape."""
    return "".join(
        _shown(character) if character not in "\n\t" else repr(character)[1:-1] for character in text
    )


def windows(length: int, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The parts of a text of `length` that are shown: all of it, or of a long one what surrounds the spans."""
    if length <= WHOLE:
        return [(0, length)]
    parts: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        low, high = max(0, start - AROUND), min(length, end + AROUND)
        if parts and low <= parts[-1][1]:
            parts[-1] = (parts[-1][0], max(high, parts[-1][1]))
        else:
            parts.append((low, high))
    return parts


def marked_lines(text: str, spans: Sequence[tuple[int, int]]) -> list[list[tuple[str, int]]]:
    """The lines of `text`, each as runs of (what to print, index into `spans` or -1 outside all).

    Earlier spans win; what lies outside the text is left out."""
    owner = [-1] * len(text)
    for index in reversed(range(len(spans))):
        start, end = (min(max(0, offset), len(text)) for offset in spans[index])
        owner[start:end] = [index] * (end - start)
    lines: list[list[tuple[str, int]]] = [[]]
    for character, index in zip(text, owner, strict=True):
        if character == "\n":
            lines.append([])
            continue
        shown = "    " if character == "\t" else _shown(character)
        runs = lines[-1]
        if runs and runs[-1][1] == index:
            runs[-1] = (runs[-1][0] + shown, index)
        else:
            runs.append((shown, index))
    return lines


def _shown(character: str) -> str:
    if character.isprintable() or unicodedata.category(character) not in _WRITTEN_OUT:
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
