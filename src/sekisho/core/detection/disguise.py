"""Which words and identifiers stand in a text in disguise: split, masked, turned round, or in letters of other scripts.

A writer who hides a word knows why; frames may ask for that through the engine's classes. Knows no frames and no verdicts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from sekisho.core.detection.reading import Token
from sekisho.core.rules.compiler import CompiledPack
from sekisho.core.rules.engine_classes import ENGINE_GROUPS
from sekisho.core.text import Deep, Folded, fold_kana

# Characters that folding takes for others and that hardly ever stand in a word of this pack's languages: invisible ones,
# keycaps, Greek, Cyrillic, Armenian, Cherokee, phonetic and turned letters, boxed letters.
_FOREIGN = re.compile(
    "[\u00ad\u0180-\u02af\u0370-\u052f\u0531-\u058f\u13a0-\u13ff\u1d00-\u1d7f\u200b-\u200d\u2060-\u2064\u20e3\ua4d0-\ua4ff"
    "\uab30-\uabbf\ufeff\U0001f130-\U0001f189]"
)
_MASKS = frozenset("○〇●◯◎*×✕□■☆★∞")
_SLOPPY = str.maketrans("", "", "-ー ()")
_NUMBER = re.compile(r"[0-9](?:[0-9]|[- ](?=[0-9])){5,15}")
_UNIT = re.compile("円|えん|エン|圓|yen|万|usd|人|名|件|個|本|枚|年")
_NAME = re.compile("(?<![a-z0-9])[a-z][a-z0-9._@-]{4,40}")
_GAP = re.compile("[^a-z0-9]")
# What follows makes a part number of it: `L1NE-0R`.
_CODE = re.compile("-[a-z0-9]{1,6}(?![a-z])")
_LEAST_BACKWARDS = 3


class Disguises:
    """What of a pack is worth hiding: its `evade` classes and the identifiers."""

    def __init__(self, compiled: CompiledPack) -> None:
        bits = compiled.bits
        self.words = 0
        for word_class in compiled.pack.classes.values():
            if word_class.evade:
                self.words |= bits[word_class.id] & -bits[word_class.id]
        self._contacts = 0
        for name in (*ENGINE_GROUPS["at_contact"], "at_url", "at_form", "at_bank"):
            self._contacts |= bits[name] & -bits[name]
        self._hidden = bits["at_hidden"]
        self._number = bits["at_spelled_number"]
        self._name = bits["at_spelled_name"]

    def foreign(self, folded: Folded) -> bool:
        """Whether anything in the text as written is of other scripts or invisible."""
        return _FOREIGN.search(folded.original) is not None

    def on_the_surface(self, tokens: Iterable[Token], folded: Folded) -> list[Token]:
        """A mark before every word whose characters, as written, are not the letters that were read."""
        guarded = self.words | self._contacts
        return [
            (start, start, self._hidden)
            for start, end, mask in tokens
            if mask & guarded and start < end and _FOREIGN.search(_written(folded, start, end))
        ]

    def below(self, tokens: list[Token], deep: Deep, text: str, seen: list[tuple[int, int]]) -> list[Token]:
        """A mark before every word and identifier of `deep` that reads otherwise in `text`; `seen` are identifiers of `text`."""
        marks = []
        for start, end, mask in tokens:
            if start == end:
                continue
            first, last = deep.span(start, end)
            if mask & self.words:
                hidden = not _CODE.match(text, last) and self._word_hidden(deep.text, start, end, text[first:last])
            elif mask & self._contacts:
                hidden = _plain(deep.text[start:end]) != _plain(text[first:last]) and not any(
                    low < last and first < high for low, high in seen
                )
            else:
                continue
            if hidden:
                marks.append((start, start, self._hidden))
        return marks + self._spelled(deep, text)

    def _word_hidden(self, read: str, start: int, end: int, written: str) -> bool:
        word = read[start:end]
        if not _MASKS.isdisjoint(word):
            around = read[max(start - 1, 0) : start] + read[end : end + 1]
            return not (word[0].isascii() and any(char.isascii() and char.isalnum() for char in around))
        # `L-1-N-3` is a part number; nobody splits four letters with hyphens and swaps two of them as well.
        if "-" in written and 2 * sum(char.isdigit() for char in written) >= len(word):
            return False
        spelling = fold_kana(written)
        if word == spelling or spelling.endswith(word) or spelling.startswith(word):
            return False
        return written[::-1] != word or not word.isascii() or len(word) > _LEAST_BACKWARDS

    def _spelled(self, deep: Deep, text: str) -> list[Token]:
        marks: list[Token] = []
        for match in _NUMBER.finditer(deep.text):
            first, last = deep.span(match.start(), match.end())
            digits = sum(char.isdecimal() and char.isascii() for char in text[first:last])
            if digits < 4 and not _UNIT.match(deep.text, match.end()) and last - first < 160:
                marks.append((match.start(), match.end(), self._number))
        for match in _NAME.finditer(deep.text):
            first, last = deep.span(match.start(), match.end())
            gaps = len(_GAP.findall(text[first:last])) - len(_GAP.findall(match[0]))
            if gaps >= 4 and 2 * gaps >= len(match[0]) - 2:
                marks.append((match.start(), match.end(), self._name))
        return marks


def _plain(text: str) -> str:
    return fold_kana(text).translate(_SLOPPY)


def _written(folded: Folded, start: int, end: int) -> str:
    first, last = folded.span(start, end)
    return unicodedata.normalize("NFKC", folded.original[first:last].rstrip("\u200b\u200c\u200d\u2060\ufeff"))
