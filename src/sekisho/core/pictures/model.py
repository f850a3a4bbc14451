"""What was read from a picture: lines, messages, codes, all with their places in pixels. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Side(StrEnum):
    """Where a chat puts a message: the phone's owner writes on the right, the other side on the left."""

    LEFT = "left"
    RIGHT = "right"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels of its page, `left` and `top` included, `right` and `bottom` not."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def width(self) -> int:
        return self.right - self.left

    def with_(self, other: Box) -> Box:
        """The smallest box that holds both."""
        return Box(
            min(self.left, other.left), min(self.top, other.top), max(self.right, other.right), max(self.bottom, other.bottom)
        )


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text as it was read; `score` from 0 to 1 is the reader's own confidence.

    `flat` is its place on the page turned straight: where pictures are tilted, lines are put in order by it.
    """

    text: str
    box: Box
    score: float
    flat: Box


@dataclass(frozen=True, slots=True)
class Part:
    """Where a line stands in the text of its message: code points [start, end)."""

    line: Line
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PictureMessage:
    """A chat bubble, or a page's whole text where there are no bubbles."""

    text: str
    side: Side
    page: int
    box: Box
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code and what it says."""

    text: str
    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read from a picture, in reading order; `sizes` are the pages in pixels (width, height)."""

    messages: tuple[PictureMessage, ...]
    codes: tuple[Code, ...]
    sizes: tuple[tuple[int, int], ...]

    @property
    def text(self) -> str:
        """The messages' texts, one after the other."""
        return "\n".join(message.text for message in self.messages)
