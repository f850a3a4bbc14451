"""From a checked pack to tables the engine runs on: one hyperscan database over all words, bit masks for classes and frames.

Not a judge: nothing here looks at a text. A compiled pack is a plain picklable value, cached by the hash of pack and engine.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sekisho.core.rules.databases import Expressions, Patterns, Role
from sekisho.core.rules.engine_classes import ENGINE_CLASSES, ENGINE_GROUPS
from sekisho.core.rules.model import Frame, Pack, Reach, Scope, Side, Status, WordClass
from sekisho.core.rules.partition import course_part, single_part
from sekisho.core.text import MASK, MASKS, fold, fold_kana

MASKED = f"[a-zぁ-ヺー一-龥][{re.escape(MASKS)}]{{1,3}}[a-zぁ-ヺー一-龥]"
"""Fires where a letter may be masked."""

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


def compile_pack(
    pack: Pack, triggers: Iterable[tuple[str, str]] = (), known: Mapping[str, bytes] | None = None
) -> CompiledPack:
    """Compile `pack`. `triggers` are (engine class, pattern) pairs that tell when a parser is worth running.

    `known` are databases by name, made by the same hyperscan on such a machine: they are used instead of made again.

    Raises `ValueError` naming the class when hyperscan refuses a pattern.
    """
    course, known = course_part(pack), known or {}
    compiled = _compile(single_part(pack), triggers, known)
    return replace(compiled, pack=pack, course=_compile(course, (), known) if course else None)


def databases_of(compiled: CompiledPack) -> dict[str, bytes]:
    """All databases of `compiled` by name, for `compile_pack`."""
    parts = [compiled, compiled.course] if compiled.course else [compiled]
    every = [patterns for part in parts for patterns in (part.gate, part.surface, part.deep)]
    return {name: data for patterns in every for name, data in zip(patterns.names, patterns.databases, strict=True)}


def _compile(pack: Pack, triggers: Iterable[tuple[str, str]], known: Mapping[str, bytes]) -> CompiledPack:
    bits, owners = _number_classes(pack)
    frames = tuple(_compile_frames(pack, bits))
    gate, surface, deep = Expressions(known), Expressions(known), Expressions(known)
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


def _add_class(surface: Expressions, deep: Expressions, word_class: WordClass, mask: int) -> None:
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
