"""Joins letters that were set apart: `l i n e`, `ラ・イ・ン`, `z.o.o.m`, one letter a line, `ちゃ☆っと★わ☆ーく`, `cho-ku-se-tsu`.
Enumerations such as `A・B・C` are joined too; the surface reading is kept beside this one, so nothing is lost.
"""

from __future__ import annotations

import re
from re import Match

from sekisho.core.text.draft import Draft, Piece, letter_by_letter

# Symbols, arrows, dingbats and emoji are separators as much as dots are.
SEPARATORS = r" \n・._*|/~+=<>^#,、\-\u2190-\u2bff\u3003-\u3004\u3012\u3013\U0001f000-\U0001faff"
CJK = "ぁ-ゖァ-ヺー一-鿿々〇"
# Signs that stand for letters (`p @ y p @ l`, `L・!・N・E`) count where they are set apart among letters.
_SIGN = f"(?<=[a-z0-9][{SEPARATORS}])[@$!€∞](?![a-z0-9@$!€∞])"
_ITEM = f"(?:(?<![a-z0-9])[a-z0-9](?![a-z0-9])|{_SIGN}|[{CJK}][ゃゅょャュョ]?)"
_RUN = re.compile(f"{_ITEM}(?:[{SEPARATORS}]{{1,3}}{_ITEM}){{2,}}")
_PARTS = re.compile(f"([^{SEPARATORS}][ゃゅょャュョ]?)([{SEPARATORS}]*)")
_KEPT_SIGNS = frozenset("._-")
_LONG_SIGNS = frozenset("-~")
_SCRIPTS = tuple(map(re.compile, ("[ぁ-ゖ]{2}", "[ァ-ヺー]{2}", "[一-鿿々〇]{2}")))

DECORATION = "☆★✩✪✨♡♥❤♪✿❀◆◇▲△✕✖*^|\U0001f300-\U0001faff"
"""Symbols that split words but separate none."""

_LATIN_DECORATION = DECORATION.replace("|", "")  # between Latin letters it is an l

_KANA = "[ぁ-ゖァ-ヺー]"
# Two gaps at least, so that `来週♪また` stays two words; kana also where the one gap is inside katakana.
_KANA_PIECES = re.compile(f"{_KANA}{{1,4}}(?:[{DECORATION}/_=+#]{{1,2}}{_KANA}{{1,4}}){{2,24}}")
_KATAKANA_PIECES = re.compile(f"[ァ-ヺ][{DECORATION}_=+#]{{1,2}}[ァ-ヺー]")
_LATIN_PIECES = re.compile(
    f"(?<![a-z0-9@._\\-])[a-z]{{1,6}}(?:[{_LATIN_DECORATION}]{{1,2}}[a-z]{{1,6}}){{1,12}}(?![a-z0-9@._\\-])"
)
_SYLLABLES = re.compile("(?<![a-z0-9@._/\\-])[a-z]{1,3}(?:-[a-z]{1,4}){2,20}(?![a-z0-9@._/\\-])")
_COUNTED = re.compile(
    "(?:^|-)(?:nana|roku|kyuu?|ichi|hati|yon|san-(?:ni|go)|go-go|ni-ni|one|two|six|ten)(?:-|$)"
)
# `Z 〇〇 m`: circles among single Latin letters are the letter.
_CIRCLES = re.compile("(?<=[a-z]) ?([〇○◯]{1,2}) ?(?=[a-z](?![a-z]))")


def join_letters(draft: Draft) -> None:
    """Rewrite every run of three or more single letters, at least two of them no digits, as one word.

    Before that pieces of words set apart by symbols, after it syllables set apart by hyphens.
    """
    draft.rewrite(_CIRCLES, lambda match: [Piece("o", at, at + 1) for at in range(*match.span(1))])
    for pattern in (_KANA_PIECES, _KATAKANA_PIECES, _LATIN_PIECES):
        draft.rewrite(pattern, _without_decoration)
    draft.rewrite(_RUN, _join)
    draft.rewrite(_SYLLABLES, lambda match: None if _COUNTED.search(match[0]) else _without_decoration(match))


def _join(match: Match[str]) -> list[Piece] | None:
    parts = [(part[1], part[2], match.start() + part.start()) for part in _PARTS.finditer(match[0])]
    letters = "".join(letter for letter, _, _ in parts)
    if sum(not char.isdigit() for char in letters) < 2 or (len(parts) == 3 and _between_words(match)):
        return None
    usual = parts[0][1][0]
    pieces: list[Piece] = []
    for letter, separator, at in parts:
        pieces += letter_by_letter(letter, at)
        # `a _ b` among letters set apart by spaces: the sign is part of the name; `ス ク - ル`: it is the long vowel.
        sign = separator.replace(usual, "")
        if usual in separator and sign in _KEPT_SIGNS and letter.isascii():
            pieces += letter_by_letter(sign, at + len(letter) + separator.index(sign))
        elif usual == " " and sign in _LONG_SIGNS and "ぁ" <= letter[0] <= "ヺ":
            place = at + len(letter) + separator.index(sign)
            pieces.append(Piece("ー", place, place + 1))
    return pieces


def _between_words(match: Match[str]) -> bool:
    """Whether both outer letters belong to longer words of their script: `ぜろ の いち` has one letter apart, not three."""
    text, start, end = match.string, match.start(), match.end()
    edges = (text[max(start - 1, 0) : start + 1], text[end - 1 : end + 1])
    return all(any(script.fullmatch(edge) for script in _SCRIPTS) for edge in edges)


def _without_decoration(match: Match[str]) -> list[Piece]:
    return [
        Piece(char, at, at + 1) for at, char in enumerate(match[0], match.start()) if char.isalpha() or char == "ー"
    ]
