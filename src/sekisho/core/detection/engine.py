"""Runs a compiled pack over a text: fold, one hyperscan pass, and a closer look only where some frame could stand.

Knows tokens and frames; verdicts are made in `judge`.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import Any

import hyperscan

from sekisho.core.detection.disguise import Disguises
from sekisho.core.detection.frames import FrameSearch, Match, find_frames
from sekisho.core.detection.identifiers import Identifier, find_identifiers
from sekisho.core.detection.parsers import identifier_tokens, pay_tokens
from sekisho.core.detection.reading import Found, Reading, clean_tokens, read_sentences
from sekisho.core.rules.compiler import CompiledFrame, CompiledPack
from sekisho.core.rules.databases import Patterns
from sekisho.core.text import Deep, Folded, read_backwards, read_deep, read_masked

MEMO_LIMIT = 50_000
"""Combinations of classes remembered with the frames they allow."""

Hit = tuple[int, int, int]

_LATIN = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789_")


def _collect(pattern: int, start: int, end: int, _flags: int, hits: Any) -> None:
    hits.append((pattern, start, end))


class Matcher:
    """A hyperscan database with one scratch space per thread."""

    def __init__(self, patterns: Patterns) -> None:
        self.masks, self.lengths = patterns.masks, patterns.lengths
        self.roles, self.edges = patterns.roles, patterns.edges
        self._databases = [hyperscan.loadb(data, mode=hyperscan.HS_MODE_BLOCK) for data in patterns.databases]
        self._local = threading.local()

    def hits(self, data: bytes) -> list[Hit]:
        """All matches as (pattern, start or 0, end) in bytes."""
        found: list[Hit] = []
        try:
            scratches = self._local.scratches
        except AttributeError:
            scratches = self._local.scratches = [hyperscan.Scratch(database) for database in self._databases]
        for database, scratch in zip(self._databases, scratches, strict=True):
            database.scan(data, _collect, 0, found, scratch)
        return found


@dataclass(slots=True)
class Sight:
    """What was seen in a text: the reading, the frames, the identifiers, and whether some check was cut short."""

    reading: Reading
    search: FrameSearch
    identifiers: list[Identifier]
    unfinished: tuple[str, ...]


class Engine:
    """A compiled pack ready to look at texts; safe to share between threads."""

    def __init__(self, compiled: CompiledPack) -> None:
        self.compiled = compiled
        self.gate = Matcher(compiled.gate)
        self.surface = Matcher(compiled.surface)
        self.deep = Matcher(compiled.deep)
        bits = compiled.bits
        self._evasive = bits["at_evasive"]
        self._contact = bits["at_contact"]
        self._pay = bits["at_pay_high"] | bits["at_pay_absurd"]
        self._id_like = bits["at_id_like"]
        self._service = bits.get("channel", 0)
        self._always = self._evasive | self._contact
        self._disguises = Disguises(compiled)
        self._memo: dict[int, tuple[CompiledFrame, ...]] = {}
        self._passes: dict[int, bool] = {}

    def look(self, text: str, folded: Folded | None = None) -> Sight | None:
        """Look at a folded text; None when nothing in it could make a frame.

        With `folded`, whose reading is `text`, words written in other letters than were read are seen as hidden.
        """
        data = text.encode()
        hits = self.gate.hits(data)
        if not hits:
            return None
        masks = self.gate.masks
        hints = 0
        for hit in hits:
            hints |= masks[hit[0]]
        if hints & self._id_like and hints & self._service:
            hints |= self._contact
        written = folded if folded is not None and hints & self._disguises.words else None
        if written is not None and (written.original.isascii() or not self._disguises.foreign(written)):
            written = None
        if written is None and not hints & self._always and not self._worth_a_look(hints):
            return None
        hits = self.surface.hits(data)
        masks = self.surface.masks
        present = hints
        for hit in hits:
            present |= masks[hit[0]]
        if written is None and not present & self._always and not self.frames_for(present):
            return None
        return self._look_closer(text, data, hits, present, written)

    def _worth_a_look(self, hints: int) -> bool:
        """Whether the rare slots of some frame could all be filled."""
        passes = self._passes.get(hints)
        if passes is None:
            passes = any(all(hints & need for need in frame.gate) for frame in self.compiled.frames)
            if len(self._passes) >= MEMO_LIMIT:
                self._passes.clear()
            self._passes[hints] = passes
        return passes

    def frames_for(self, present: int) -> tuple[CompiledFrame, ...]:
        """The frames all of whose slots can be filled from the classes in `present`."""
        present &= self.compiled.relevant
        found = self._memo.get(present)
        if found is None:
            found = tuple(
                frame for frame in self.compiled.frames if all(present & need for need in frame.need)
            )
            if len(self._memo) >= MEMO_LIMIT:
                self._memo.clear()
            self._memo[present] = found
        return found

    def _look_closer(
        self, text: str, data: bytes, hits: list[Hit], present: int, written: Folded | None
    ) -> Sight | None:
        """Examine the text as it reads and, where it looks evasive, once more as deeper readings have it."""
        found = _matches(self.surface, data, hits, text.isascii())
        sight = self._examine(text, found, present, written)
        if not present & self._evasive:
            return sight
        for read in (read_deep, read_masked, read_backwards):
            deep = read(text)
            if deep is None:
                continue
            data = deep.text.encode()
            found = _matches(self.deep, data, self.deep.hits(data), deep.text.isascii())
            seen = [] if sight is None else [(one.start, one.end) for one in sight.identifiers]
            below = self._examine(deep.text, found, present | self._contact | self._pay, (deep, text, seen))
            if below is None:
                continue
            if sight is None:
                sight = Sight(read_sentences(text, []), FrameSearch([], [], False), [], ())
            sight = _joined(sight, below, deep)
        return sight

    def _examine(
        self,
        text: str,
        found: list[Found],
        present: int,
        source: Folded | tuple[Deep, str, list[tuple[int, int]]] | None = None,
    ) -> Sight | None:
        """`source` tells what `text` was read from: the text as written, or a deep reading of which folded text."""
        bits = self.compiled.bits
        unfinished: list[str] = []
        identifiers: list[Identifier] = []
        if present & self._contact:
            identifiers, exhausted = find_identifiers(text)
            if exhausted:
                unfinished.append("identifiers")
        tokens = clean_tokens(found)
        extra = identifier_tokens(identifiers, bits)
        if present & self._pay:
            extra.extend(pay_tokens(text, bits))
        if isinstance(source, Folded):
            extra.extend(self._disguises.on_the_surface([*tokens, *extra], source))
        elif source is not None:
            extra.extend(self._disguises.below([*tokens, *extra], *source))
        if extra:
            tokens = sorted([*tokens, *extra])
        seen = 0
        for token in tokens:
            seen |= token[2]
        frames = self.frames_for(seen)
        if not frames and not identifiers and not unfinished:
            return None
        reading = read_sentences(text, tokens)
        search = find_frames(reading, frames)
        if search.exhausted:
            unfinished.append("frames")
        return Sight(reading, search, identifiers, tuple(unfinished))


def _joined(sight: Sight, below: Sight, deep: Deep) -> Sight:
    """`sight` with what only the deeper reading shows, taken back to the places of the surface."""
    back = deep.span
    seen = {(match.compiled.frame.id, match.start) for match in sight.search.standing}
    for match in below.search.standing:
        tokens = tuple((*back(start, end), mask) for start, end, mask in match.tokens)
        start, end = back(match.start, match.end)
        if (match.compiled.frame.id, start) not in seen:
            sight.search.standing.append(Match(match.compiled, start, end, tokens))
    known = {identifier.canonical for identifier in sight.identifiers}
    taken = [(identifier.start, identifier.end) for identifier in sight.identifiers]
    for identifier in below.identifiers:
        start, end = back(identifier.start, identifier.end)
        same = any(low < end and start < high and end - start <= high - low for low, high in taken)
        if identifier.canonical not in known and not same:
            sight.identifiers.append(replace(identifier, start=start, end=end))
    unfinished = tuple(dict.fromkeys((*sight.unfinished, *below.unfinished)))
    return replace(sight, unfinished=unfinished)


def _matches(matcher: Matcher, data: bytes, hits: list[Hit], ascii_only: bool) -> list[Found]:
    """Hits with offsets in code points instead of bytes; those that are only part of a longer Latin word are dropped."""
    lengths, masks, roles, edges = matcher.lengths, matcher.masks, matcher.roles, matcher.edges
    spans = []
    for pattern, start, end in hits:
        length = lengths[pattern]
        if length:
            start = end - length
            edge = edges[pattern]
            if edge and (
                (edge & 1 and start and data[start - 1] in _LATIN)
                or (edge & 2 and end < len(data) and data[end] in _LATIN)
            ):
                continue
        spans.append((start, end, masks[pattern], roles[pattern]))
    if ascii_only:
        return spans
    place: dict[int, int] = {}
    at = count = 0
    for offset in sorted({offset for span in spans for offset in span[:2]}):
        count += len(data[at:offset].decode())
        place[offset] = count
        at = offset
    return [(place[start], place[end], mask, role) for start, end, mask, role in spans]
