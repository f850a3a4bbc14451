"""Where keys, tables and values stand in a TOML text, by path. Not a parser: the text has passed `tomllib`.

A path is the keys and array indexes that lead to a value: `("line", "words", 2)`. For text that is not TOML
the answers are places that may be wrong, never an error and never an endless loop.
"""

from __future__ import annotations

import contextlib
import re
from bisect import bisect_right
from dataclasses import dataclass, field

Path = tuple[str | int, ...]

NAMES = 32
"""Names of one dotted key whose places are kept; what lies deeper stands where the last of them does."""

_BLANK = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_BARE_VALUE = re.compile(r"[^,\]}\n#]*")
_BASIC = re.compile(r'"(?:[^"\\\n]|\\.)*"?')
_LITERAL = re.compile(r"'[^'\n]*'?")
_ESCAPE_OR_END = re.compile(r'\\.|"""', re.DOTALL)
_ESCAPED = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_LETTER_ESCAPES = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r"}


@dataclass(frozen=True, slots=True)
class Positions:
    """Offsets by path. `key_at` finds the name, `value_at` the value: (line, column), both from 1."""

    starts: list[int]
    keys: dict[Path, int] = field(default_factory=dict)
    values: dict[Path, int] = field(default_factory=dict)

    def key_at(self, path: Path) -> tuple[int, int]:
        """Where the last name of `path` is written; when it is nowhere, where the table around it begins."""
        return self._where(path, self.keys, self.values)

    def value_at(self, path: Path) -> tuple[int, int]:
        """Where the value of `path` begins; for a table the name in its header."""
        return self._where(path, self.values, self.keys)

    def _where(self, path: Path, first: dict[Path, int], second: dict[Path, int]) -> tuple[int, int]:
        offset = first.get(path, second.get(path))
        while offset is None and path:
            path = path[:-1]
            offset = self.keys.get(path, self.values.get(path))
        if offset is None:
            return 1, 1
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1


def scan(text: str) -> Positions:
    """Find the places of everything in `text` (newlines as `\\n`), in time linear in its length."""
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    positions = Positions(starts)
    with contextlib.suppress(RecursionError):  # nearly too deep for `tomllib` too; what was found stands
        _Scanner(text, positions).run()
    return positions


class _Scanner:
    """Walks once over the text; `at` only ever grows."""

    def __init__(self, text: str, positions: Positions) -> None:
        self.text = text
        self.at = 0
        self.table: Path = ()
        self.counts: dict[Path, int] = {}
        self.keys, self.values = positions.keys, positions.values

    def run(self) -> None:
        while self._next():
            before = self.at
            if self._next() == "[":
                self._header()
            else:
                self._pair(self.table)
            if self.at == before:
                self.at += 1

    def _next(self) -> str:
        """The next character that is neither blank nor comment, or "" at the end."""
        match = _BLANK.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return self.text[self.at : self.at + 1]

    def _header(self) -> None:
        array = self.text.startswith("[[", self.at)
        self.at += 2 if array else 1
        names = self._names()
        path: Path = ()
        for number, (name, offset) in enumerate(names, 1):
            path = (*path, name)
            self.keys.setdefault(path, offset)
            if array and number == len(names):
                count = self.counts.get(path, 0)
                self.counts[path] = count + 1
                path = (*path, count)
                self.keys[path] = offset
            elif path in self.counts:
                path = (*path, self.counts[path] - 1)
        self.table = path
        while self._next() == "]":
            self.at += 1

    def _pair(self, table: Path) -> None:
        path = table
        for name, offset in self._names():
            path = (*path, name)
            self.keys.setdefault(path, offset)
        if self._next() == "=":
            self.at += 1
            self._value(path)

    def _names(self) -> list[tuple[str, int]]:
        """A dotted key from here on: its names and where each begins."""
        names: list[tuple[str, int]] = []
        while True:
            character = self._next()
            shape = {'"': _BASIC, "'": _LITERAL}.get(character, _BARE_KEY)
            match = shape.match(self.text, self.at)
            if not match:
                return names
            if len(names) < NAMES:
                names.append((_key_text(match.group()), self.at))
            self.at = match.end()
            if self._next() != ".":
                return names
            self.at += 1

    def _value(self, path: Path) -> None:
        character = self._next()
        self.values[path] = self.at
        if character == "[":
            self._array(path)
        elif character == "{":
            self._inline_table(path)
        elif character in ('"', "'") and character:
            self._string(character)
        else:
            match = _BARE_VALUE.match(self.text, self.at)
            self.at = match.end() if match else self.at

    def _array(self, path: Path) -> None:
        self.at += 1
        index = 0
        while (character := self._next()) and character != "]":
            if character == ",":
                self.at += 1
                continue
            before = self.at
            self._value((*path, index))
            index += 1
            if self.at == before:
                self.at += 1
        self.at += 1

    def _inline_table(self, path: Path) -> None:
        self.at += 1
        while (character := self._next()) and character != "}":
            before = self.at
            if character == ",":
                self.at += 1
            else:
                self._pair(path)
            if self.at == before:
                self.at += 1
        self.at += 1

    def _string(self, quote: str) -> None:
        if self.text.startswith(quote * 3, self.at):
            self.at = self._long_end(quote)
        else:
            match = (_BASIC if quote == '"' else _LITERAL).match(self.text, self.at)
            self.at = match.end() if match else self.at + 1

    def _long_end(self, quote: str) -> int:
        """Where a string in three quotes ends; up to two more quotes may belong to it."""
        text, at = self.text, self.at + 3
        if quote == "'":
            found = text.find("'''", at)
            at = len(text) if found < 0 else found + 3
        else:
            while (match := _ESCAPE_OR_END.search(text, at)) and match.group() != '"""':
                at = match.end()
            at = match.end() if match else len(text)
        for _ in range(2):
            at += text.startswith(quote, at)
        return at


def _key_text(raw: str) -> str:
    if raw[0] == "'":
        return raw.strip("'")
    if raw[0] != '"':
        return raw
    return _ESCAPED.sub(_unescape, raw[1:-1])


def _unescape(match: re.Match[str]) -> str:
    number = match[1] or match[2]
    if number:
        return chr(min(int(number, 16), 0x10FFFF))
    return _LETTER_ESCAPES.get(match[3], match[3])
