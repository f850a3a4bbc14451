"""Joins letters that were set apart: `l i n e`, `ラ・イ・ン`, `z.o.o.m`, one letter a line. Enumerations such as `A・B・C` are
joined too; the surface reading is kept beside this one, so nothing is lost.
"""

from __future__ import annotations

import re
from re import Match

from sekisho.core.text.draft import Draft, Piece, letter_by_letter

# Symbols, arrows, dingbats and emoji are separators as much as dots are.
SEPARATORS = r" \n・._*|/~+=<>^#,、\-\u2190-\u2bff\u3003-\u3004\u3012\u3013\U0001f000-\U0001faff"
CJK = "ぁ-ゖァ-ヺー一-鿿々〇"
_ITEM = f"(?:(?<![a-z0-9])[a-z0-9](?![a-z0-9])|[{CJK}])"
_RUN = re.compile(f"{_ITEM}(?:[{SEPARATORS}]{{1,3}}{_ITEM}){{2,}}")
_PARTS = re.compile(f"([^{SEPARATORS}])([{SEPARATORS}]*)")
_KEPT_SIGNS = frozenset("._-/")
_SCRIPTS = tuple(map(re.compile, ("[ぁ-ゖ]{2}", "[ァ-ヺー]{2}", "[一-鿿々〇]{2}")))


def join_letters(draft: Draft) -> None:
    """Rewrite every run of three or more single letters, at least two of them no digits, as one word."""
    draft.rewrite(_RUN, _join)


def _join(match: Match[str]) -> list[Piece] | None:
    parts = [(part[1], part[2], match.start() + part.start()) for part in _PARTS.finditer(match[0])]
    letters = "".join(letter for letter, _, _ in parts)
    if sum(not char.isdigit() for char in letters) < 2 or (len(letters) == 3 and _between_words(match)):
        return None
    usual = parts[0][1][0]
    pieces: list[Piece] = []
    for letter, (_, separator, at) in zip(letters, parts, strict=True):
        pieces.append(Piece(letter, at, at + 1))
        # `a _ b` among letters set apart by spaces: the sign is part of the name.
        sign = separator.replace(usual, "")
        if usual in separator and sign in _KEPT_SIGNS and letter.isascii():
            pieces += letter_by_letter(sign, at + 1 + separator.index(sign))
    return pieces


def _between_words(match: Match[str]) -> bool:
    """Whether both outer letters belong to longer words of their script: `ぜろ の いち` has one letter apart, not three."""
    text, start, end = match.string, match.start(), match.end()
    edges = (text[max(start - 1, 0) : start + 1], text[end - 1 : end + 1])
    return all(any(script.fullmatch(edge) for script in _SCRIPTS) for edge in edges)
