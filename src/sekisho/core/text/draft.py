"""A text being rewritten pass by pass, each character carrying the way back. Knows no rewrites itself (`deep`)."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from re import Match, Pattern
from typing import NamedTuple


class Piece(NamedTuple):
    """A stretch of the new text and the half-open place in the present text that all of it stands for."""

    text: str
    start: int
    end: int


Rewrite = Callable[[Match[str]], Sequence[Piece] | None]


class Draft:
    """`text` and, for each of its characters, the half-open place in the first text it was read from."""

    __slots__ = ("ends", "starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts: Sequence[int] = range(len(text))
        self.ends: Sequence[int] = range(1, len(text) + 1)

    def rewrite(self, pattern: Pattern[str], read: Rewrite) -> None:
        """Replace every match by the pieces `read` makes of it; None leaves the match alone.

        Pieces are in order and inside the match; what they leave out disappears from the text. One walk, linear.
        """
        text, at = self.text, 0
        parts: list[str] = []
        starts, ends = array("I"), array("I")
        for match in pattern.finditer(text):
            pieces = read(match)
            if pieces is None:
                continue
            parts.append(text[at : match.start()])
            starts.extend(self.starts[at : match.start()])
            ends.extend(self.ends[at : match.start()])
            for piece in pieces:
                parts.append(piece.text)
                starts.extend([self.starts[piece.start]] * len(piece.text))
                ends.extend([self.ends[piece.end - 1]] * len(piece.text))
            at = match.end()
        if not parts:
            return
        parts.append(text[at:])
        starts.extend(self.starts[at:])
        ends.extend(self.ends[at:])
        self.text, self.starts, self.ends = "".join(parts), starts, ends


def whole(match: Match[str], text: str) -> list[Piece]:
    """The match as one piece reading `text`."""
    return [Piece(text, match.start(), match.end())] if text else []


def letter_by_letter(text: str, start: int) -> list[Piece]:
    """A piece for each character of `text`, which replaces as many characters from `start` on."""
    return [Piece(char, start + i, start + i + 1) for i, char in enumerate(text)]
