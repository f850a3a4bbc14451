"""Folding for reading: what is written -> what a reader reads, with the way back to the characters written.

`fold` is the everyday reading of every text. Where it matches a pattern of `EVASIVE`, `read_deep`, `read_masked` and
`read_backwards` read it more deeply. Spans lead back: `Deep.span` to the folded text, `Folded.span` to the
original, `utf16_span` to JavaScript.
"""

from sekisho.core.text.deep import MASK, MASKS, Deep, read_backwards, read_deep, read_masked
from sekisho.core.text.evasive import EVASIVE
from sekisho.core.text.fold import MAX_CODE_POINTS, Folded, TextTooLong, fold
from sekisho.core.text.kana import fold_kana
from sekisho.core.text.offsets import utf16_offset, utf16_span

__all__ = [
    "EVASIVE",
    "MASK",
    "MASKS",
    "MAX_CODE_POINTS",
    "Deep",
    "Folded",
    "TextTooLong",
    "fold",
    "fold_kana",
    "read_backwards",
    "read_deep",
    "read_masked",
    "utf16_offset",
    "utf16_span",
]
