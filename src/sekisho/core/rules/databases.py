"""Expressions collected and made into hyperscan databases, each named after what it was made of. Knows no packs."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

import hyperscan

SHORT = 3
"""Latin words of at most so many letters get their word boundaries from hyperscan: as bare literals they would match everywhere.
Longer ones are bare literals, a twentieth of the compile time, and the engine looks at their neighbours."""


class Role(IntEnum):
    """What a pattern's match means: a token, a text in which its class does not count, or a hint for a parser."""

    WORD = 0
    STOP = 1
    TRIGGER = 2


@dataclass(frozen=True, slots=True)
class Patterns:
    """Serialised hyperscan databases, bare words apart from patterns: together they would take four times as long to compile.

    `names` has a name for each database that tells what it was made of: the same name, the same database.

    By pattern number: bit mask of its class, byte length (0: the match says), role and edges.

    Edges tell at which ends a Latin letter or digit must not follow on: 1 before, 2 after, 3 both, 0 neither.
    """

    databases: tuple[bytes, ...]
    masks: tuple[int, ...]
    lengths: tuple[int, ...]
    roles: tuple[Role, ...]
    edges: tuple[int, ...]
    names: tuple[str, ...] = ()


class Expressions:
    """Collects expressions with their flags until the database is built."""

    def __init__(self, known: Mapping[str, bytes]) -> None:
        self.known = known
        self.sources: list[str] = []
        self.masks: list[int] = []
        self.lengths: list[int] = []
        self.roles: list[Role] = []
        self.edges: list[int] = []
        self._seen: dict[tuple[str, int, Role], None] = {}

    def add_word(self, word: str, mask: int, role: Role = Role.WORD) -> None:
        """A folded word as a literal; stops stand wherever they are found, words at their own edges only."""
        edges = 0
        if role is Role.WORD:
            edges = (1 if _is_latin(word[0]) else 0) | (2 if _is_latin(word[-1]) else 0)
        source = re.escape(word)
        if edges and len(word) <= SHORT:
            source = (r"\b" if edges & 1 else "") + source + (r"\b" if edges & 2 else "")
            edges = 0
        self.add(source, mask, len(word.encode()), role, edges)

    def add(self, source: str, mask: int, length: int, role: Role = Role.WORD, edges: int = 0) -> None:
        if (source, mask, role) in self._seen:
            return
        self._seen[(source, mask, role)] = None
        self.sources.append(source)
        self.masks.append(mask)
        self.lengths.append(length)
        self.roles.append(role)
        self.edges.append(edges)

    def build(self) -> Patterns:
        """One database of all expressions. Raises `ValueError` naming the expression that hyperscan refuses."""
        bare = [n for n, source in enumerate(self.sources) if self.lengths[n] and "\\b" not in source]
        others = sorted(set(range(len(self.sources))).difference(bare))
        made = [self._database(numbers) for numbers in (bare, others) if numbers]
        return Patterns(
            tuple(database for _, database in made),
            tuple(self.masks),
            tuple(self.lengths),
            tuple(self.roles),
            tuple(self.edges),
            tuple(name for name, _ in made),
        )

    def _database(self, numbers: list[int]) -> tuple[str, bytes]:
        """The database of the expressions `numbers`, with its name; taken from what is known if it is there."""
        expressions = [(number, self.sources[number], self._flags(number)) for number in numbers]
        name = hashlib.sha256(repr(expressions).encode()).hexdigest()
        try:
            return name, self.known.get(name) or _compiled(expressions)
        except hyperscan.error:
            for number in numbers:
                try:
                    _compiled([(number, self.sources[number], self._flags(number))])
                except hyperscan.error as error:
                    raise ValueError(f"pattern {self.sources[number]!r} is refused: {error}") from error
            raise

    def _flags(self, number: int) -> int:
        if self.roles[number] is Role.TRIGGER:
            return int(hyperscan.HS_FLAG_UTF8 | hyperscan.HS_FLAG_SINGLEMATCH)
        return int(hyperscan.HS_FLAG_UTF8 | (0 if self.lengths[number] else hyperscan.HS_FLAG_SOM_LEFTMOST))


def _compiled(expressions: list[tuple[int, str, int]]) -> bytes:
    """A serialised database of (number, source, flags)."""
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(
        expressions=[source.encode() for _, source, _ in expressions],
        ids=[number for number, _, _ in expressions],
        elements=len(expressions),
        flags=[flags for _, _, flags in expressions],
    )
    return bytes(hyperscan.dumpb(database))


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()
