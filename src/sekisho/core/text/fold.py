"""What is written -> what a reader reads, with the way back to the exact characters written.

The everyday reading, run on every text. It does not interpret: kana stay kana, kanji digits stay kanji (`deep`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from re import Match
from typing import NamedTuple, NoReturn

from sekisho.core.text.clusters import CLUSTER_READINGS, HOT_RUN, PIECE, RUN_READINGS, NeedsBase, clusters

MAX_CODE_POINTS = 1_000_000


class TextTooLong(ValueError):
    """A text of more than 1,000,000 code points; such a text is refused, never read in part."""

    def __init__(self, length: int) -> None:
        super().__init__(
            f"text has {length:,} code points, at most {MAX_CODE_POINTS:,} are read; split it and judge the parts"
        )
        self.length = length


class _WayBack(NamedTuple):
    """Clusters whose length changed, as four parallel lists of code point offsets; all between them is one to one."""

    read_starts: list[int]
    read_ends: list[int]
    starts: list[int]
    ends: list[int]


class Folded:
    """A text and its reading; immutable.

    `original` is the text as given, `text` its reading. All offsets are code points, half-open.
    Written by hand because a frozen dataclass takes three times as long to make and cannot keep its way back.
    """

    __slots__ = ("_way_back", "original", "text")
    original: str
    text: str
    _way_back: _WayBack  # absent until the first span is asked for

    def __init__(self, original: str, text: str) -> None:
        _set_original(self, original)
        _set_text(self, text)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"Folded is immutable: cannot set `{name}`")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"Folded is immutable: cannot delete `{name}`")

    def __reduce__(self) -> tuple[type[Folded], tuple[str, str]]:
        return Folded, (self.original, self.text)

    def __repr__(self) -> str:
        return f"Folded(original={self.original!r}, text={self.text!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Folded) and self.original == other.original

    def __hash__(self) -> int:
        return hash(self.original)

    @property
    def changed(self) -> bool:
        """Whether the reading differs from what is written, be it only in case."""
        return self.text != self.original

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in `text` -> offsets in `original` of the smallest run of whole clusters read there.

        A cluster is a character with the marks and invisible characters after it. An empty span gives an empty span.
        Raises IndexError unless 0 <= start <= end <= len(text). The first call walks the text once, later ones
        take logarithmic time.
        """
        if not 0 <= start <= end <= len(self.text):
            raise IndexError(
                f"span {start}:{end} is outside the reading, which has {len(self.text)} code points"
            )
        try:
            way_back = self._way_back
        except AttributeError:
            way_back = _walk(self.original)
            _set_way_back(self, way_back)
        first = _cluster_at(way_back, start)[0]
        return first, first if end == start else _cluster_at(way_back, end - 1)[1]


# The slots' own setters pass by __setattr__ and cost a third of object.__setattr__ on this hottest of paths.
_set_original: Callable[[Folded, str], None] = vars(Folded)["original"].__set__
_set_text: Callable[[Folded, str], None] = vars(Folded)["text"].__set__
_set_way_back: Callable[[Folded, _WayBack], None] = vars(Folded)["_way_back"].__set__


def fold(text: str) -> Folded:
    """Read a text of at most 1,000,000 code points, else TextTooLong. Any `str` will do, lone surrogates included.

    Each cluster is NFKC-normalised and case-folded, look-alikes become the Latin letters they are seen as, invisible
    characters and loose accents vanish, dashes become `-`, wave dashes `~`, white space ` ` or `\\n`.
    Folding a reading changes nothing. Linear.
    """
    if len(text) > MAX_CODE_POINTS:
        raise TextTooLong(len(text))
    if text.isascii() and text.replace("\n", " ").isprintable():
        return Folded(text, text.lower())
    try:
        if "\r" in text:
            return Folded(text, HOT_RUN.sub(_read_run, text.replace("\r\n", "\n")))
        return Folded(text, HOT_RUN.sub(_read_run, text))
    except NeedsBase:
        return Folded(text, PIECE.sub(_read_piece, text))


def _read_run(match: Match[str]) -> str:
    return RUN_READINGS[match[0]]


def _read_piece(match: Match[str]) -> str:
    return "".join([CLUSTER_READINGS[cluster] for cluster in clusters(match[0])])


def _changes(text: str) -> Iterator[tuple[int, int, int]]:
    """(start, end, length of the reading) of every cluster that is not one to one."""
    for piece in PIECE.finditer(text):
        start = piece.start()
        for cluster in clusters(piece[0]):
            end = start + len(cluster)
            length = len(CLUSTER_READINGS[cluster])
            if length != 1 or end - start != 1:
                yield start, end, length
            start = end


def _walk(text: str) -> _WayBack:
    way_back = _WayBack([], [], [], [])
    ahead = 0  # reading offset minus original offset
    for start, end, length in _changes(text):
        way_back.read_starts.append(start + ahead)
        way_back.read_ends.append(start + ahead + length)
        way_back.starts.append(start)
        way_back.ends.append(end)
        ahead += length - (end - start)
    return way_back


def _cluster_at(way_back: _WayBack, index: int) -> tuple[int, int]:
    at = bisect_right(way_back.read_starts, index) - 1
    if at < 0:
        return index, index + 1
    if index < way_back.read_ends[at]:
        return way_back.starts[at], way_back.ends[at]
    place = index - way_back.read_ends[at] + way_back.ends[at]
    return place, place + 1
