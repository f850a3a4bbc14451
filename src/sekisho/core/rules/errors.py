"""What is wrong in a pack and where, shown as a compiler would: line, caret, hint. Not how it is found.

Messages begin in lower case, end without a full stop and put names in backticks.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

LINE_WIDTH = 100
"""Terminal columns of a source line that are shown; a longer line is cut around the caret."""

NAME_LENGTH = 60
"""Code points of an author's text that a message repeats."""

INDENT = "    "
_CUT = "…"


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake of an author.

    `line` and `column` count from 1, in code points; line 0 means the file or folder as a whole. `hint` and
    `source_line` are empty when there is nothing to say or show.
    """

    file: str
    line: int
    column: int
    message: str
    hint: str = ""
    source_line: str = ""

    def __str__(self) -> str:
        return render(self)


class PackError(ValueError):
    """A pack that cannot be used. `problems` is all that was found, in order of place; `str()` shows it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = in_order(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(render(problem) for problem in self.problems)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort by place, then message; the same problem found twice is kept once."""
    return tuple(sorted(set(problems), key=lambda p: (p.file, p.line, p.column, p.message, p.hint)))


def render(problem: Problem) -> str:
    """`problem` in one to four lines, no final newline; in a terminal the caret stands under its column."""
    where = f"{problem.file}:{problem.line}:{problem.column}" if problem.line else problem.file
    lines = [_harmless(f"{where}: {problem.message}")]
    if problem.source_line.strip():
        lines += _pointed(problem.source_line, problem.column)
    if problem.hint:
        lines.append(_harmless(f"{INDENT}hint: {problem.hint}"))
    return "\n".join(lines)


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A hint naming the closest of `known`, or "" when nothing is close."""
    by_fold = {candidate.casefold(): candidate for candidate in sorted(known, reverse=True)}
    close = difflib.get_close_matches(name[:80].casefold(), sorted(by_fold), n=1, cutoff=0.7)
    return f"did you mean `{by_fold[close[0]]}`?" if close else ""


def quoted(name: str) -> str:
    """`name` in backticks, cut when it is long."""
    return f"`{name}`" if len(name) <= NAME_LENGTH else f"`{name[:NAME_LENGTH]}…`"


def one_of(names: Iterable[str]) -> str:
    """A hint that lists the possible `names`."""
    return "one of " + ", ".join(f"`{name}`" for name in names)


def terminal_width(text: str) -> int:
    """Columns `text` takes in a terminal: wide characters two, combining and invisible ones none."""
    return sum(_width(character) for character in text)


def _width(character: str) -> int:
    if character.isascii():
        return 1
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def _harmless(text: str) -> str:
    """`text` on one line, without characters that would move the cursor or turn the writing direction."""
    text = text.replace("\r\n", "\n").replace("\n", "↵")
    return "".join(c if c.isprintable() or unicodedata.category(c) == "Zs" else "\ufffd" for c in text)


def _pointed(source: str, column: int) -> list[str]:
    """The source line and its caret line, cut to `LINE_WIDTH` columns around the caret."""
    at = min(max(column - 1, 0), len(source))
    before, after = _shown(source[:at]), _shown(source[at:].rstrip())
    if terminal_width(before) + terminal_width(after) > LINE_WIDTH:
        kept = _fitting(before[::-1], max(LINE_WIDTH * 2 // 3, LINE_WIDTH - terminal_width(after)))[::-1]
        before = kept if kept == before else _CUT + kept
        kept = _fitting(after, LINE_WIDTH - terminal_width(before))
        after = kept if kept == after else kept + _CUT
    return [INDENT + before + after, INDENT + " " * terminal_width(before) + "^"]


def _fitting(text: str, room: int) -> str:
    """The beginning of `text` that fits into `room` columns."""
    for end, character in enumerate(text):
        room -= _width(character)
        if room < 0:
            return text[:end]
    return text


def _shown(source: str) -> str:
    return _harmless(source.replace("\t", "  "))
