"""From a checked pack to tables the engine runs on: one hyperscan database over all words, bit masks for classes and frames.

Not a judge: nothing here looks at a text. A compiled pack is a plain picklable value, cached by the hash of pack and engine.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntEnum

import hyperscan

from sekisho.core.rules.engine_classes import ENGINE_CLASSES, ENGINE_GROUPS
from sekisho.core.rules.model import Frame, Pack, Reach, Scope, Side, Status, WordClass
from sekisho.core.rules.partition import course_part, single_part
from sekisho.core.text import MASK, MASKS, fold, fold_kana

MASKED = f"[a-zぁ-ヺー一-龥][{re.escape(MASKS)}]{{1,3}}[a-zぁ-ヺー一-龥]"
"""Fires where a letter may be masked."""

SHORT = 3
"""Latin words of at most so many letters get their word boundaries from hyperscan: as bare literals they would match everywhere.
Longer ones are bare literals, a twentieth of the compile time, and the engine looks at their neighbours."""


class Role(IntEnum):
    """What a pattern's match means: a token, a text in which its class does not count, or a hint for a parser."""

    WORD = 0
    STOP = 1
    TRIGGER = 2


@dataclass(frozen=True, slots=True)
class CompiledScope:
    """A scope with its names turned into masks."""

    id: str
    markers: int
    side: Side
    reach: Reach
    gap: int
    barriers: int
    of: int


@dataclass(frozen=True, slots=True)
class CompiledFrame:
    """A frame with its names turned into masks; `need` holds one mask per slot, `gate` those of slots that are not common."""

    frame: Frame
    rules: tuple[str, ...]
    need: tuple[int, ...]
    gate: tuple[int, ...]
    scopes: tuple[CompiledScope, ...]


@dataclass(frozen=True, slots=True)
class Patterns:
    """Serialised hyperscan databases, bare words apart from patterns: together they would take four times as long to compile.

    By pattern number: bit mask of its class, byte length (0: the match says), role and edges.

    Edges tell at which ends a Latin letter or digit must not follow on: 1 before, 2 after, 3 both, 0 neither.
    """

    databases: tuple[bytes, ...]
    masks: tuple[int, ...]
    lengths: tuple[int, ...]
    roles: tuple[Role, ...]
    edges: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CompiledPack:
    """Everything the engine needs of a pack.

    `gate` holds the few words and hints without which nothing else need be looked for; `surface` and `deep` all words for the
    everyday and the deeper reading. `bits` maps class and group names to their mask (a class's mask holds its groups).
    `course` is what only threads look for (see `partition`).
    """

    pack: Pack
    gate: Patterns
    surface: Patterns
    deep: Patterns
    bits: dict[str, int]
    tools: dict[int, str]
    frames: tuple[CompiledFrame, ...]
    relevant: int
    course: CompiledPack | None = None


class _Expressions:
    """Collects expressions with their flags until the database is built."""

    def __init__(self) -> None:
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
        databases = tuple(self._database(numbers) for numbers in (bare, others) if numbers)
        return Patterns(
            databases,
            tuple(self.masks),
            tuple(self.lengths),
            tuple(self.roles),
            tuple(self.edges),
        )

    def _database(self, numbers: list[int]) -> bytes:
        try:
            return _compiled([(number, self.sources[number], self._flags(number)) for number in numbers])
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


def compile_pack(pack: Pack, triggers: Iterable[tuple[str, str]] = ()) -> CompiledPack:
    """Compile `pack`. `triggers` are (engine class, pattern) pairs that tell when a parser is worth running.

    Raises `ValueError` naming the class when hyperscan refuses a pattern.
    """
    course = course_part(pack)
    compiled = _compile(single_part(pack), triggers)
    return replace(compiled, pack=pack, course=_compile(course, ()) if course else None)


def _compile(pack: Pack, triggers: Iterable[tuple[str, str]]) -> CompiledPack:
    bits, owners = _number_classes(pack)
    frames = tuple(_compile_frames(pack, bits))
    gate, surface, deep = _Expressions(), _Expressions(), _Expressions()
    gated = relevant = 0
    for compiled in frames:
        for need in compiled.gate:
            gated |= need
        for need in compiled.need:
            relevant |= need
    for word_class in pack.classes.values():
        mask = bits[word_class.id]
        _add_class(surface, deep, word_class, mask)
        if mask & gated:
            for word in word_class.words:
                gate.add_word(fold(word).text, mask)
            for pattern in word_class.patterns:
                gate.add(pattern, mask, 0, role=Role.TRIGGER)
    for name, source in triggers:
        gate.add(source, bits[name], 0, role=Role.TRIGGER)
    tools = {owners[c.id]: c.tool for c in pack.classes.values() if c.tool}
    return CompiledPack(pack, gate.build(), surface.build(), deep.build(), bits, tools, frames, relevant)


def masked_words(word: str) -> list[str]:
    """`word` with one to three neighbouring letters after the first as one `MASK` (`L○NE`, `ラ○ン`, `チャ○ーク`)."""
    if not 3 <= len(word) <= 12 or " " in word:
        return []
    masked = []
    for width in (1, 2, 3):
        if len(word) - width >= max(2, width):
            last = len(word) - width + (len(word) == 3)
            masked += [word[:at] + MASK + word[at + width :] for at in range(1, last)]
    return masked


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _number_classes(pack: Pack) -> tuple[dict[str, int], dict[str, int]]:
    groups: dict[str, set[str]] = {}
    for word_class in pack.classes.values():
        for group in word_class.groups:
            groups.setdefault(group, set()).add(word_class.id)
    for group, engine_classes in ENGINE_GROUPS.items():
        groups.setdefault(group, set()).update(engine_classes)
    names = [*ENGINE_CLASSES, *pack.classes]
    own = {name: 1 << number for number, name in enumerate(names)}
    group_bits = {group: 1 << (len(names) + number) for number, group in enumerate(sorted(groups))}
    bits = dict(own)
    for group, members in groups.items():
        for member in members:
            if member in bits:
                bits[member] |= group_bits[group]
    bits.update(group_bits)
    return bits, own


def _add_class(surface: _Expressions, deep: _Expressions, word_class: WordClass, mask: int) -> None:
    for words, role in ((word_class.words, Role.WORD), (word_class.not_in, Role.STOP)):
        for word in words:
            folded = fold(word).text
            surface.add_word(folded, mask, role)
            kana = fold_kana(folded)
            deep.add_word(kana, mask, role)
            if word_class.evade and role is Role.WORD:
                for masked in masked_words(kana):
                    deep.add_word(masked, mask)
    for pattern in word_class.patterns:
        surface.add(pattern, mask, 0)
        deep.add(fold_kana(pattern), mask, 0)


def _compile_frames(pack: Pack, bits: dict[str, int]) -> Iterable[CompiledFrame]:
    used: dict[str, list[str]] = {}
    for rule in pack.rules.values():
        if rule.status in (Status.TESTING, Status.STABLE):
            for name in rule.frames:
                used.setdefault(name, []).append(rule.id)
    scopes = {scope.id: _compile_scope(scope, bits) for scope in pack.scopes.values()}
    common = {c.id for c in pack.classes.values() if c.common}
    common |= {group for c in pack.classes.values() if c.common for group in c.groups}
    for frame in pack.frames.values():
        if frame.id in used or frame.signals:
            own = pack.default_unless if frame.unless is None else frame.unless
            always = (scope for scope in pack.always_unless if scope not in frame.despite)
            unless = dict.fromkeys((*own, *always))
            yield CompiledFrame(
                frame,
                tuple(used.get(frame.id, ())),
                tuple(_mask(slot.split("|"), bits) for slot in frame.slots),
                tuple(_mask(slot.split("|"), bits) for slot in _rare_slots(frame, common)),
                tuple(scopes[name] for name in unless),
            )


def _rare_slots(frame: Frame, common: set[str]) -> tuple[str, ...]:
    """The slots that ordinary talk does not fill; the first slot where there is none."""
    rare = tuple(slot for slot in frame.slots if not common.intersection(slot.split("|")))
    return rare or frame.slots[:1]


def _compile_scope(scope: Scope, bits: dict[str, int]) -> CompiledScope:
    return CompiledScope(
        scope.id,
        _mask(scope.markers, bits),
        scope.side,
        scope.reach,
        scope.gap,
        _mask(scope.barriers, bits),
        _mask(scope.of, bits),
    )


def _mask(names: Iterable[str], bits: dict[str, int]) -> int:
    """The mask that any of `names` sets. A class stands for its own bit alone, so the lowest bit of its mask."""
    mask = 0
    for name in names:
        mask |= bits[name] & -bits[name]
    return mask
