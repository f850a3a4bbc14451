"""The deeper reading, for texts that look evasive: what a reader makes of split, spelt-out and disguised writing.

It over-reads on purpose (`A・B・C` becomes `ABC`): it is used beside the everyday reading (`fold`), never instead of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from sekisho.core.text.digits import read_digits
from sekisho.core.text.draft import Draft, whole
from sekisho.core.text.joined import join_letters
from sekisho.core.text.kana import read_long_dashes, read_look_alikes, spell_kana_one_way
from sekisho.core.text.leet import read_leet
from sekisho.core.text.numbers import read_amounts
from sekisho.core.text.reversal import says_backwards
from sekisho.core.text.shapes import read_shapes
from sekisho.core.text.spelled import read_spelled

# Letters are joined before words are looked for, words become signs before digits, digits stand before leet.
_PASSES = (
    join_letters,
    read_shapes,
    read_spelled,
    read_amounts,
    read_digits,
    read_leet,
    read_look_alikes,
    read_long_dashes,
    spell_kana_one_way,
)


MASKS = "○〇●◯◎*×✕□■☆★∞"
"""Characters written in place of a letter (伏せ字)."""

MASK = "○"
"""What `read_masked` makes of one to three of them in a row."""

_MASKED = re.compile(f"(?<=[a-zぁ-ヺー一-龥])[{re.escape(MASKS)}]{{1,3}}(?=[a-zぁ-ヺー一-龥])")


@dataclass(frozen=True, slots=True)
class Deep:
    """A deeper reading. `text` is what was read; `span` leads back to the folded text it was read from."""

    text: str
    _starts: Sequence[int] = field(repr=False, compare=False)
    _ends: Sequence[int] = field(repr=False, compare=False)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in `text` -> offsets in the folded text, both in code points; an empty span gives an empty span.

        Raises IndexError unless 0 <= start <= end <= len(text).
        """
        if not 0 <= start <= end <= len(self.text):
            raise IndexError(
                f"span {start}:{end} is outside the reading, which has {len(self.text)} code points"
            )
        if start < end:
            first, last = self._starts[start], self._ends[end - 1]
            # A reading from the end has its first letter last.
            return (first, last) if first < last else (self._starts[end - 1], self._ends[start])
        place = self._starts[start] if start < len(self.text) else (self._ends[-1] if self.text else 0)
        return place, place


def read_deep(folded_text: str) -> Deep | None:
    """Read a folded text (`Folded.text`) more deeply; None when there is nothing deeper in it. Linear, bounded patterns.

    Rewrites, in order: letters set apart; mail addresses, domains, letter names and links spelt out; amounts and digits
    in kanji, kana and words; leet; kanji among katakana; last all kana by `fold_kana`. Built letters come after joining.
    """
    draft = Draft(folded_text)
    for rewrite in _PASSES:
        rewrite(draft)
    if draft.text == folded_text:
        return None
    return Deep(draft.text, draft.starts, draft.ends)


def read_masked(folded_text: str) -> Deep | None:
    """A folded text with kana in one spelling and every run of masking characters inside a word as one `MASK`.

    None if nothing changes.
    """
    draft = Draft(folded_text)
    draft.rewrite(_MASKED, lambda match: whole(match, MASK))
    read_look_alikes(draft)
    spell_kana_one_way(draft)
    if draft.text == folded_text:
        return None
    return Deep(draft.text, draft.starts, draft.ends)


def read_backwards(folded_text: str) -> Deep | None:
    """A folded text from its last character to its first, kana in one spelling; None unless it says that it is so written."""
    if not says_backwards(folded_text):
        return None
    draft = Draft(folded_text[::-1])
    draft.starts, draft.ends = draft.starts[::-1], draft.ends[::-1]
    spell_kana_one_way(draft)
    return Deep(draft.text, draft.starts, draft.ends)
