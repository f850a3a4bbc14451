"""Finds frames in a reading: which acts are said, and whether a scope around them takes their force away.

Knows no labels or verdicts.
"""

from __future__ import annotations

from dataclasses import dataclass

from sekisho.core.detection.reading import Reading, Token
from sekisho.core.rules.compiler import CompiledFrame, CompiledScope
from sekisho.core.rules.model import Reach, Side

ANCHOR_LIMIT = 12
"""Occurrences of a frame's first slot tried in one place; beyond it, without a finding, the place counts as not finished."""


FARTHEST = 1000
"""Code points beyond which a marker never counts, whatever the reach: the work for a match stays bounded."""

LONGEST_TOKEN = 100
"""Code points of the longest token looked back for."""

QUOTED_AROUND = 6
"""Code points, both marks included, that a quotation must have beside the quoted word to be more than a name in quotes."""


@dataclass(frozen=True, slots=True)
class Match:
    """A frame found: the span of its tokens and the tokens themselves, first slot first."""

    compiled: CompiledFrame
    start: int
    end: int
    tokens: tuple[Token, ...]


@dataclass(slots=True)
class FrameSearch:
    """What a search found: matches that stand, those a scope cancelled (frame id, scope id, start), whether it was cut short."""

    standing: list[Match]
    cancelled: list[tuple[str, str, int]]
    exhausted: bool


def find_frames(reading: Reading, frames: tuple[CompiledFrame, ...]) -> FrameSearch:
    """Look for `frames` in every sentence, pair of neighbours, or the whole text, as each frame's reach says."""
    search = FrameSearch([], [], False)
    local = [f for f in frames if f.frame.reach in (Reach.SENTENCE, Reach.CLAUSE)]
    paired = [f for f in frames if f.frame.reach is Reach.NEIGHBOURS]
    whole = [f for f in frames if f.frame.reach is Reach.TEXT]
    count = len(reading.ends)
    for sentence in range(count):
        if reading.first[sentence] == reading.first[sentence + 1]:
            continue
        if local:
            _search(reading, reading.tokens_of(sentence, sentence), local, search)
        if paired:
            _search(reading, reading.tokens_of(sentence, sentence + 1), paired, search)
    if whole:
        _search(reading, reading.tokens, whole, search)
    return search


def _search(reading: Reading, tokens: list[Token], frames: list[CompiledFrame], search: FrameSearch) -> None:
    present = 0
    for token in tokens:
        present |= token[2]
    for compiled in frames:
        for need in compiled.need:
            if not present & need:
                break
        else:
            _match(reading, tokens, compiled, search)


def _match(reading: Reading, tokens: list[Token], compiled: CompiledFrame, search: FrameSearch) -> None:
    """One standing match for every class that fills the first slot: an approved tool must not hide another beside it."""
    frame = compiled.frame
    slots = [[token for token in tokens if token[2] & need] for need in compiled.need]
    rest = slots[1:] if frame.ordered else sorted(slots[1:], key=len)
    standing: set[int] = set()
    tried = 0
    for anchor in slots[0]:
        if anchor[2] in standing:
            continue
        if tried == ANCHOR_LIMIT:
            search.exhausted = search.exhausted or not standing
            return
        tried += 1
        chosen = [anchor]
        for candidates in rest:
            best = _nearest(anchor, candidates, chosen, frame.near, frame.ordered)
            if best is None:
                break
            chosen.append(best)
        else:
            start = min(token[0] for token in chosen)
            end = max(token[1] for token in chosen)
            if frame.reach is Reach.CLAUSE and reading.has_comma(start, end):
                continue
            match = Match(compiled, start, end, tuple(chosen))
            scope = _cancelling(reading, match)
            if scope is None:
                search.standing.append(match)
                standing.add(anchor[2])
            else:
                search.cancelled.append((frame.id, scope, start))


def _nearest(
    anchor: Token, candidates: list[Token], chosen: list[Token], near: int, ordered: bool
) -> Token | None:
    best, best_gap = None, near + 1
    low, high = anchor[0] - near, anchor[1] + near
    for token in candidates:
        if token[1] < low:
            continue
        if token[0] > high:
            break
        if ordered and token[0] < chosen[-1][1]:
            continue
        gap = token[0] - anchor[1] if token[0] >= anchor[1] else anchor[0] - token[1]
        if gap < best_gap and not any(token[0] < other[1] and other[0] < token[1] for other in chosen):
            best, best_gap = token, gap
    return best


def _cancelling(reading: Reading, match: Match) -> str | None:
    present = reading.present
    for scope in match.compiled.scopes:
        if present & scope.markers and _counts(reading, match, scope):
            return scope.id
    return None


def _counts(reading: Reading, match: Match, scope: CompiledScope) -> bool:
    start, end = match.start, match.end
    if scope.of:
        near = [token for token in match.tokens if token[2] & scope.of]
        if not near:
            return False
        start, end = min(token[0] for token in near), max(token[1] for token in near)
    if scope.side is Side.AROUND and not _quoted(reading, match):
        return False
    for marker in _tokens_in_reach(reading, match, scope):
        if marker[2] & scope.markers and _in_place(reading, scope, start, end, marker):
            return True
    return False


def _tokens_in_reach(reading: Reading, match: Match, scope: CompiledScope) -> list[Token]:
    if scope.reach is Reach.TEXT:
        gap = min(scope.gap, FARTHEST)
        return reading.tokens_between(match.start - gap - LONGEST_TOKEN, match.end + gap + 1)
    first, last = reading.sentence_of(match.start), reading.sentence_of(max(match.end - 1, match.start))
    if scope.reach is Reach.NEIGHBOURS:
        return reading.tokens_of(first - 1, last + 1)
    return reading.tokens_of(first, last)


def _in_place(reading: Reading, scope: CompiledScope, start: int, end: int, marker: Token) -> bool:
    if marker[0] >= end:
        if scope.side is Side.BEFORE or marker[0] - end > scope.gap:
            return False
        between = (end, marker[0])
    elif marker[1] <= start:
        if scope.side is Side.AFTER or start - marker[1] > scope.gap:
            return False
        between = (marker[1], start)
    else:
        return True
    if scope.reach is Reach.CLAUSE and reading.has_comma(*between):
        return False
    if scope.barriers:
        for token in reading.tokens_between(*between):
            if token[2] & scope.barriers:
                return False
    return True


def _quoted(reading: Reading, match: Match) -> bool:
    """Whether the act is said in quotation: its first token stands in quoted words that are more than that token."""
    start, end = match.tokens[0][:2]
    return any(
        end < high and high - low >= end - start + QUOTED_AROUND for low, high in reading.quotations_before(start)
    )
