"""Splits text into the smallest pieces that fold independently of their neighbours, and folds one piece.

A cluster is one character and the marks and invisible characters that follow it; `\\r\\n` is one cluster. Nothing here
knows about whole texts or offsets (`fold`).

Most characters are inert: they fold to themselves and never join the character before. All others are hot. Which is which
is worked out once from this Python's own Unicode tables, so that a newer Unicode needs no new data here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from sekisho.core.text.confusables import INVISIBLE, LOOSE_MARKS, SUBSTITUTES

# A cluster is stable after two or three steps; the bound is for characters of Unicode versions not seen yet.
_STEPS = 8

# Marks kept of a longer cluster: so few that their decompositions cannot make a cluster that would be cut again.
_LARGEST_CLUSTER, _KEPT = 64, 12

# Letters that canonical composition joins to the letter before although they are no marks: Hangul vowels and finals,
# Kirat Rai vowel E. A test compares with the decompositions this Python knows.
_JOINING = frozenset(map(chr, (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3), 0x16D67)))
# Marks that compose with nothing (strokes through, keycaps, enclosures): dropped whatever stands before.
_NEVER_JOINING = frozenset(map(chr, (*range(0x0334, 0x0338), *range(0x20D0, 0x2100))))

# Inert without looking: unified ideographs, Yi, Hangul syllables, private use.
_INERT_BLOCKS = ((0x3400, 0x4DBF), (0x4E00, 0xA48F), (0xAC00, 0xD7A3), (0xE000, 0xF8FF))
# Looked at one by one: Latin-1, punctuation and symbols, CJK punctuation and kana. All other scripts simply count as hot,
# which costs them speed and nothing else.
_EXAMINED_BLOCKS = ((0x0000, 0x00FF), (0x2010, 0x2BFF), (0x3000, 0x312F))


def _continues(char: str) -> bool:
    if char in INVISIBLE or char in LOOSE_MARKS:
        return True
    substitute = SUBSTITUTES.get(ord(char), char) or char
    first = unicodedata.normalize("NFKD", substitute)[0]
    return unicodedata.category(first)[0] == "M" or first in _JOINING


def _latin_under(char: str) -> str | None:
    """The ASCII letter or letters under the accents of a precomposed letter, else None."""
    parts = unicodedata.normalize("NFD", char)
    if len(parts) == 1:
        return None
    base = parts[0].translate(SUBSTITUTES)
    return base if base.isascii() and base.isalpha() else None


def _fold_step(text: str) -> str:
    # Look-alikes again after NFKC (mathematical Greek) and before case folding (capital Nu is not small nu).
    text = unicodedata.normalize("NFKC", text.translate(SUBSTITUTES)).translate(SUBSTITUTES)
    text = unicodedata.normalize("NFKC", text.casefold())
    read = []
    for char in text:
        if char <= "\x7f":
            read.append(char)
        elif char not in LOOSE_MARKS:
            digit = unicodedata.decimal(char, None)
            read.append(str(digit) if digit is not None else _latin_under(char) or char)
    return "".join(read)


def _is_inert(point: int) -> bool:
    char = chr(point)
    return not _continues(char) and _fold_step(char) == char


def _inert_class() -> str:
    """The inert characters of the basic plane as the inside of a regex class.

    The class is used negated, so every astral character counts as hot. Naming astral ranges instead would make `re`
    leave its bitmap and slow the scan by an order of magnitude.
    """
    ranges = [list(block) for block in _INERT_BLOCKS]
    for first, last in _EXAMINED_BLOCKS:
        for point in filter(_is_inert, range(first, last + 1)):
            if ranges[-1][1] == point - 1:
                ranges[-1][1] = point
            else:
                ranges.append([point, point])
    return "".join(f"\\u{first:04x}-\\u{last:04x}" for first, last in ranges)


_INERT = _inert_class()
# `[..][..]*` and not `[..]+`: only a leading class of its own is used by `re` as a scan ahead.
HOT_RUN = re.compile(f"[^{_INERT}][^{_INERT}]*")
# A hot run with the character before it, which its marks may join, and line ends in one piece.
PIECE = re.compile(f"[{_INERT}]?[^{_INERT}]+(?:(?<=\r)\n[^{_INERT}]*)*")


class _Continuations(dict[str, bool]):
    """char -> does it belong to the cluster of the character before it."""

    def __missing__(self, char: str) -> bool:
        answer = self[char] = _continues(char)
        return answer


_CONTINUES = _Continuations()


def clusters(piece: str) -> Iterator[str]:
    """The clusters of a piece in order; joined they are the piece. Linear."""
    start = 0
    for at in range(1, len(piece)):
        char = piece[at]
        if _CONTINUES[char] or (char == "\n" and piece[at - 1] == "\r"):
            continue
        yield piece[start:at]
        start = at
    if piece:
        yield piece[start:]


def _fold_until_stable(cluster: str) -> str:
    for _ in range(_STEPS):
        read = _fold_step(cluster)
        if read == cluster:
            break
        cluster = read
    return cluster


class _Readings(dict[str, str]):
    """Remembers the reading of short strings; forgets everything when full, so that hostile text cannot grow it."""

    LARGEST = 8192
    LONGEST = 16

    def remember(self, written: str, read: str) -> str:
        if len(written) <= self.LONGEST:
            if len(self) >= self.LARGEST:
                self.clear()
            self[written] = read
        return read


class _ClusterReadings(_Readings):
    def __missing__(self, cluster: str) -> str:
        return self.remember(cluster, _fold_until_stable(_bounded(cluster.replace("\r\n", "\n"))))


def _bounded(cluster: str) -> str:
    """A pile of marks is cut to what is still seen: putting them in canonical order takes quadratic time."""
    if len(cluster) <= _LARGEST_CLUSTER:
        return cluster
    return "".join([char for char in cluster if char not in INVISIBLE and char not in LOOSE_MARKS][:_KEPT])


CLUSTER_READINGS = _ClusterReadings()


class NeedsBase(Exception):
    """The run begins with a mark that may join the character before it: fold by pieces instead."""


class _RunReadings(_Readings):
    """Reading of a whole hot run, context-free: raises NeedsBase where that would be wrong."""

    def __missing__(self, run: str) -> str:
        for char in run:
            if char not in INVISIBLE and char not in _NEVER_JOINING:
                if _CONTINUES[char]:
                    raise NeedsBase
                break
        return self.remember(run, "".join([CLUSTER_READINGS[cluster] for cluster in clusters(run)]))


RUN_READINGS = _RunReadings()
