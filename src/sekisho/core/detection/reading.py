"""One text on its way through detection: folded reading, tokens, sentences, quotations. Built only for texts worth a closer look.

Offsets here are code points of the folded reading; they are taken back to the original only for findings.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from sekisho.core.rules.databases import Role

Token = tuple[int, int, int]
"""(start, end, mask): mask holds the bit of the class and the bits of its groups."""

Found = tuple[int, int, int, Role]
"""A raw match: (start, end, mask, role)."""

SENTENCE_LIMIT = 400
"""Code points after which a sentence is cut anyway, so that work within a sentence stays bounded."""

NESTED = 8
"""Quotations looked back at for one that holds a place."""

_ENDS = re.compile(r"[。!?\n♪★☆]+(?:[」』)）\"'])?|\.(?=\s|$)|\.{3,}|…+")
_QUOTES = {"「": "」", "『": "』", "【": "】", "“": "”", '"': '"', "《": "》", "<": ">", "'": "'"}
_QUOTE_MARKS = re.compile(r"[「」『』“”\"]|(?<!\w)'(?=\w)|(?<=[\w.,!?])'(?!\w)")
_COMMAS = re.compile(r"[、,;:]|(?<=[ぁ-ん])\s")


@dataclass(slots=True)
class Reading:
    """A folded text with its tokens in order of place.

    `ends[i]` is where sentence i ends (exclusive); `first[i]` the index of its first token, with a closing sentinel;
    `present` holds the bits of all classes and groups in the text.
    """

    text: str
    tokens: list[Token]
    starts: list[int]
    ends: list[int]
    first: list[int]
    present: int
    _quotations: list[tuple[int, int]] | None = None

    def sentence_of(self, offset: int) -> int:
        """The number of the sentence that holds the code point `offset`."""
        return min(bisect_right(self.ends, offset), len(self.ends) - 1)

    def tokens_of(self, first: int, last: int) -> list[Token]:
        """The tokens that start in sentences `first` to `last`, both included."""
        low = self.first[max(first, 0)]
        high = self.first[min(last, len(self.ends) - 1) + 1]
        return self.tokens[low:high]

    def tokens_between(self, start: int, end: int) -> list[Token]:
        """The tokens that start in [start, end)."""
        return self.tokens[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def has_comma(self, start: int, end: int) -> bool:
        """Whether a clause ends between the two offsets."""
        return _COMMAS.search(self.text, start, end) is not None

    def quotations(self) -> list[tuple[int, int]]:
        """Spans between quotation marks, marks included, in order of their beginning; one that is never closed is none."""
        if self._quotations is None:
            spans: list[tuple[int, int]] = []
            opened: list[tuple[str, int]] = []
            for match in _QUOTE_MARKS.finditer(self.text):
                mark = match.group()
                if opened and _QUOTES[opened[-1][0]] == mark:
                    spans.append((opened.pop()[1], match.end()))
                elif mark in _QUOTES and (mark != "'" or self.text[match.end() : match.end() + 1].isalnum()):
                    opened.append((mark, match.start()))
            self._quotations = sorted(spans)
        return self._quotations

    def quotations_before(self, offset: int) -> list[tuple[int, int]]:
        """The last few quotations that begin before `offset`; one farther back than that does not hold it."""
        spans = self.quotations() if self._quotations is None else self._quotations
        at = bisect_left(spans, (offset, 0))
        return spans[max(0, at - NESTED) : at]


def read_sentences(text: str, tokens: list[Token]) -> Reading:
    """Cut `text` into sentences and deal the sorted `tokens` out to them."""
    ends: list[int] = []
    at = 0
    for match in _ENDS.finditer(text):
        end = match.end()
        while end - at > SENTENCE_LIMIT:
            at += SENTENCE_LIMIT
            ends.append(at)
        ends.append(end)
        at = end
    while len(text) - at > SENTENCE_LIMIT:
        at += SENTENCE_LIMIT
        ends.append(at)
    if at < len(text) or not ends:
        ends.append(len(text))
    starts = [token[0] for token in tokens]
    first = [0]
    for end in ends:
        first.append(bisect_left(starts, end, first[-1]))
    present = 0
    for token in tokens:
        present |= token[2]
    return Reading(text, tokens, starts, ends, first, present)


def clean_tokens(found: list[Found]) -> list[Token]:
    """Sort raw matches; drop those inside a stop of their class and mere hints; of one class's overlapping matches make one."""
    found.sort(key=_by_place)
    stops: dict[int, list[tuple[int, int]]] = {}
    for start, end, mask, role in found:
        if role is Role.STOP:
            stops.setdefault(mask, []).append((start, end))
    tokens: list[Token] = []
    last: dict[int, int] = {}
    for start, end, mask, role in found:
        if role is not Role.WORD or (mask in stops and _inside(start, end, stops[mask])):
            continue
        before = last.get(mask)
        if before is not None:
            old = tokens[before]
            if start < old[1]:
                if end > old[1]:
                    tokens[before] = (old[0], end, mask)
                continue
        last[mask] = len(tokens)
        tokens.append((start, end, mask))
    return tokens


def _by_place(match: Found) -> tuple[int, int]:
    return match[0], -match[1]


def _inside(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    at = bisect_right(spans, (start, 1 << 60)) - 1
    while at >= 0 and start - spans[at][0] <= 64:
        if spans[at][0] <= start and end <= spans[at][1]:
            return True
        at -= 1
    return False
