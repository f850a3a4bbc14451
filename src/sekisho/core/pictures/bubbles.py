"""Lines of a page -> messages with sides, as chat programs draw them. Judges nothing.

A bubble is lines close together on the same colour. Whose it is, its margin tells and, where margins do not, its colour.
A page on which nothing stands right and left is one text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING

from sekisho.core.pictures.model import Box, Line, Part, PictureMessage, Side

if TYPE_CHECKING:
    from PIL.Image import Image

Colour = tuple[int, int, int]

SAME_COLOUR = 24
"""Most that two colours of one bubble differ in any channel; photographs and compression blur them."""
GAP = 0.75
"""Line heights between two lines of one bubble."""
WRAPPED = 1.6
"""Letters of room that may be left at the end of a line that was broken only because it was full."""

_FURNITURE = re.compile(
    r"(?:既読\s*\d{0,3}|未読|送信済み?|(?:午前|午後|AM|PM)?\s*\d{1,2}[:：.]\d{2}\s*(?:AM|PM)?|read|seen|delivered|sent|今日|昨日|today|yesterday"
    r"|\d{1,2}[/／月]\d{1,2}日?\s*(?:[(（][月火水木金土日][)）])?|\d{1,3}\s*%|5G|4G|LTE|Wi-?Fi)(?:\s*(?:\d{1,2}[:：]\d{2}))?",
    re.IGNORECASE,
)
_LATIN_END = re.compile(r"[0-9A-Za-z_@.,!?)\]:;'\"-]$")
_LATIN_START = re.compile(r"^[0-9A-Za-z(\[$£€@'\"]")


@dataclass(slots=True)
class _Bubble:
    lines: list[Line]
    box: Box
    """Its place on the page turned straight."""
    colour: Colour
    side: Side = field(default=Side.NONE)


def messages_of(lines: Sequence[Line], page: Image, number: int) -> list[PictureMessage]:
    """The messages on a page in reading order. Marks of the program (clock, 既読, dates) that stand alone are left out."""
    ordered = _in_order([line for line in lines if not _FURNITURE.fullmatch(line.text.strip())])
    if not ordered:
        return []
    bubbles = _gather(ordered, page)
    _give_sides(bubbles, page.size[0])
    if {bubble.side for bubble in bubbles} <= {Side.NONE, Side.LEFT}:
        whole = _Bubble(ordered, ordered[0].flat, (0, 0, 0))
        return [_message(whole, number)]
    return [_message(bubble, number) for bubble in bubbles]


def _in_order(lines: Sequence[Line]) -> list[Line]:
    """From top to bottom; what stands on one height from left to right."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.flat.top + line.flat.bottom):
        middle = (line.flat.top + line.flat.bottom) / 2
        if rows and middle < rows[-1][0].flat.bottom - rows[-1][0].flat.height / 3:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda line: line.flat.left)]


def _gather(lines: Sequence[Line], page: Image) -> list[_Bubble]:
    bubbles: list[_Bubble] = []
    for line in lines:
        colour = _colour_around(page, line.box)
        home = next((one for one in reversed(bubbles[-4:]) if _belongs(line, colour, one)), None)
        if home is None:
            bubbles.append(_Bubble([line], line.flat, colour))
        else:
            home.lines.append(line)
            home.box = home.box.with_(line.flat)
    return bubbles


def _belongs(line: Line, colour: Colour, bubble: _Bubble) -> bool:
    last, here = bubble.lines[-1].flat, line.flat
    height = max(here.height, last.height)
    close = here.top - last.bottom < GAP * height and last.top - here.bottom < GAP * height
    beside = here.left < bubble.box.right + height and bubble.box.left < here.right + height
    alike = abs(here.height - last.height) < 0.6 * height
    return close and beside and alike and _distance(colour, bubble.colour) <= SAME_COLOUR


def _colour_around(page: Image, box: Box) -> Colour:
    """The colour a line stands on: the middle one of the pixels just above and below it."""
    above, below = max(0, box.top - 2), min(page.size[1] - 1, box.bottom + 1)
    step = max(1, box.width // 24)
    seen = [page.getpixel((x, y)) for y in (above, below) for x in range(max(0, box.left), min(box.right, page.size[0]), step)]
    return tuple(int(median(channel)) for channel in zip(*seen, strict=True)) if seen else (255, 255, 255)  # type: ignore[return-value]


def _distance(one: Colour, other: Colour) -> int:
    return max(abs(a - b) for a, b in zip(one, other, strict=True))


def _give_sides(bubbles: Sequence[_Bubble], width: int) -> None:
    """By margins first; a bubble in doubt is whose colour it has."""
    for bubble in bubbles:
        left, right = bubble.box.left, width - bubble.box.right
        if right < 0.16 * width and left > 1.6 * right and left > 0.16 * width:
            bubble.side = Side.RIGHT
        elif left < 0.3 * width and right > 1.3 * left:
            bubble.side = Side.LEFT
    mine = [bubble.colour for bubble in bubbles if bubble.side is Side.RIGHT]
    theirs = [bubble.colour for bubble in bubbles if bubble.side is Side.LEFT]
    if not mine or not theirs:
        return
    for bubble in bubbles:
        if bubble.side is Side.NONE:
            near_mine = min(_distance(bubble.colour, colour) for colour in mine)
            near_theirs = min(_distance(bubble.colour, colour) for colour in theirs)
            if near_mine != near_theirs and min(near_mine, near_theirs) <= SAME_COLOUR:
                bubble.side = Side.RIGHT if near_mine < near_theirs else Side.LEFT


def _around(lines: Iterable[Line]) -> Box:
    boxes = [line.box for line in lines]
    box = boxes[0]
    for other in boxes[1:]:
        box = box.with_(other)
    return box


def _message(bubble: _Bubble, page: int) -> PictureMessage:
    """Join the lines; where one was broken only because the bubble was full, the words go on."""
    text = ""
    parts = []
    edge = max(line.flat.right for line in bubble.lines)
    before: Line | None = None
    for line in bubble.lines:
        if before is not None:
            text += _joint(before, line, edge)
        start = len(text)
        text += line.text
        parts.append(Part(line, start, len(text)))
        before = line
    return PictureMessage(text, bubble.side, page, _around(bubble.lines), tuple(parts))


def _joint(before: Line, line: Line, edge: int) -> str:
    if line.flat.top < before.flat.top + before.flat.height / 2:
        return " "
    if edge - before.flat.right > WRAPPED * before.flat.height:
        return "\n"
    return " " if _LATIN_END.search(before.text) and _LATIN_START.search(line.text) else ""
